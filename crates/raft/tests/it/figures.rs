//! Figures 6, 7 and 8 of the paper, replayed.

use raft_core::{Decision, Entries, HardState, Message, MessageBody, NoCommit, Position, Role, Term};

use crate::cluster::{Cluster, cluster, cluster_on, cluster_with, disk};

/// Crashes the leader of an earlier term and lets it win the next one.
fn re_elect(c: &mut Cluster, id: u64) {
    c.crash(id).restart(id).campaign(id).settle();
    assert_eq!(c.leader(), Some(id));
}

#[test]
fn figure_6_an_entry_is_committed_once_its_leader_has_it_on_a_majority() {
    let mut c = cluster(5).elect(1);
    c.propose(1, "y<-1");
    c.settle();
    c.cut(4);
    c.propose(1, "y<-9");
    c.settle();
    re_elect(&mut c, 1);
    re_elect(&mut c, 1);
    c.cut(2);
    c.propose(1, "x<-7");
    c.propose(1, "x<-5");
    c.settle();
    c.cut(5);
    c.propose(1, "x<-4");
    c.settle();
    let rows: [(u64, &[Term]); 5] = [
        (1, &[1, 1, 1, 2, 3, 3, 3, 3]),
        (2, &[1, 1, 1, 2, 3]),
        (3, &[1, 1, 1, 2, 3, 3, 3, 3]),
        (4, &[1, 1]),
        (5, &[1, 1, 1, 2, 3, 3, 3]),
    ];
    for (id, terms) in rows {
        assert_eq!(c.terms_of_log(id), terms, "n{id}");
    }
    assert_eq!(c.commit(1), 7, "the eighth entry is on two nodes of five");
}

/// The leader's log and those of (a) to (f); the leader is n1.
const FIGURE_7: [&[Term]; 7] = [
    &[1, 1, 1, 4, 4, 5, 5, 6, 6, 6],
    &[1, 1, 1, 4, 4, 5, 5, 6, 6],
    &[1, 1, 1, 4],
    &[1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6],
    &[1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7],
    &[1, 1, 1, 4, 4, 4, 4],
    &[1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3],
];

fn figure_7() -> Cluster {
    let state = HardState { term: 7, ..HardState::default() };
    cluster_on(FIGURE_7.iter().map(|terms| disk(7, terms, state)).collect(), |_| {})
}

#[test]
fn figure_7_all_six_followers_are_repaired_at_once() {
    let mut c = figure_7().elect(1);
    for id in 1..=7 {
        assert_eq!(c.terms_of_log(id), [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 8], "n{id}");
    }
    c.run(4);
    assert!((1..=7).all(|id| c.commit(id) == 11));
}

#[test]
fn figure_7_each_follower_is_repaired_with_few_refusals() {
    // One refusal for each term that the logs do not share at most, by the hints of both sides.
    let rows: [(u64, usize); 6] = [(2, 1), (3, 1), (4, 0), (5, 1), (6, 1), (7, 1)];
    let mut c = figure_7().elect(1);
    for (id, most) in rows {
        let refused = c.decisions(id).iter().filter(|d| matches!(d, Decision::AppendRefused { .. })).count();
        assert!(refused <= most, "n{id} refused {refused} times");
    }
}

#[test]
fn figure_7_who_may_follow_the_leader_and_with_whose_votes_5_4_1() {
    // (a) wins with b, e and f; (c) with a, b, e and f; (d) with everyone; (f) with nobody.
    let rows: [(u64, &[u64]); 4] = [(2, &[3, 6, 7]), (4, &[2, 3, 6, 7]), (5, &[2, 3, 4, 6, 7]), (7, &[])];
    for (candidate, voters) in rows {
        let mut c = figure_7();
        c.crash(1).campaign(candidate).settle();
        let granted: Vec<u64> = (2..=7)
            .filter(|id| *id != candidate && c.nodes[*id as usize - 1].status().voted_for == Some(candidate))
            .collect();
        assert_eq!(granted, voters, "n{candidate}");
    }
}

/// Figure 8 (a): n1 leads term 2 and has replicated index 2 to n2 only.
fn figure_8_a() -> Cluster {
    let mut c = cluster_with(5, |config| config.message_bytes_max = 0).elect(2);
    c.run(2); // everybody knows that index 1 is committed
    c.crash(2)
        .restart(2)
        .campaign(1)
        .handle_readies()
        .deliver_to(|id| id != 1)
        .handle_readies()
        .deliver_to(|id| id == 1);
    assert_eq!((c.node(1).status().role, c.node(1).status().term), (Role::Leader, 2));
    c.handle_readies();
    deliver_only(&mut c, |m| m.to == 2);
    assert_eq!((c.terms_of_log(1), c.terms_of_log(2), c.terms_of_log(3)), (vec![1, 2], vec![1, 2], vec![1]));
    c
}

/// Of what is on its way now, only this arrives.
fn deliver_only(c: &mut Cluster, wanted: impl Fn(&Message) -> bool) {
    c.network.retain(wanted);
    c.deliver_to(|_| true).handle_readies();
}

/// Figure 8 (b): n1 crashed, n5 leads term 3 by the votes of n3 and n4, and has another entry at index 2.
fn figure_8_b() -> Cluster {
    let mut c = figure_8_a();
    c.crash(1).cut(2).campaign(5).handle_readies();
    c.deliver_to(|id| id != 5).handle_readies().deliver_to(|id| id == 5);
    assert_eq!((c.node(5).status().role, c.node(5).status().term), (Role::Leader, 3));
    c.handle_readies();
    assert_eq!(c.terms_of_log(5), [1, 3]);
    c.network.clear();
    c
}

/// Delivers what n1, n2 and n3 say to each other, but for index 3 to whoever could append it.
fn without_index_3(c: &mut Cluster) {
    let last = c.nodes.iter().map(|node| node.status().last.index).collect::<Vec<_>>();
    deliver_only(c, |m| {
        let carries =
            matches!(&m.body, MessageBody::AppendEntries { entries, .. } if entries.iter().any(|e| e.index == 3));
        matches!((m.from, m.to), (1, 2 | 3) | (2 | 3, 1)) && !(carries && last[m.to as usize - 1] >= 2)
    });
}

/// Figure 8 (c): n5 crashed, n1 leads term 4 and goes on to replicate index 2 of term 2: it is on a majority.
fn figure_8_c() -> Cluster {
    let mut c = figure_8_b();
    // Term 3 is n5's; n1 learns of it and has to try once more.
    c.crash(5).heal().restart(1).campaign(1).campaign(1).handle_readies();
    c.deliver_to(|id| id != 1).handle_readies().deliver_to(|id| id == 1);
    assert_eq!((c.node(1).status().role, c.node(1).status().term), (Role::Leader, 4));
    for _ in 0..6 {
        c.handle_readies();
        without_index_3(&mut c);
    }
    assert_eq!((c.terms_of_log(1), c.terms_of_log(2), c.terms_of_log(3)), (vec![1, 2, 4], vec![1, 2], vec![1, 2]));
    c
}

#[test]
fn figure_8_c_an_entry_of_an_older_term_on_a_majority_is_not_committed() {
    let mut c = figure_8_c();
    // n2 held the entry before: an empty append lets it say so.
    let body = MessageBody::AppendEntries { prev: Position::new(2, 2), entries: Entries::EMPTY, commit: 1 };
    c.network = vec![Message { from: 1, to: 2, term: 4, body }];
    c.deliver_to(|_| true).handle_readies().deliver_to(|_| true);
    assert_eq!(c.commit(1), 1);
    let not = Decision::NotCommitted { index: 2, term: 2, why: NoCommit::OlderTerm { mine: 4 } };
    assert!(c.decisions(1).contains(&not));
}

#[test]
fn figure_8_d_and_it_can_still_be_overwritten() {
    let mut c = figure_8_c();
    c.crash(1).restart(5).campaign(5).campaign(5).settle();
    assert_eq!((c.node(5).status().role, c.node(5).status().term), (Role::Leader, 5));
    for id in 2..=5 {
        assert_eq!(c.terms_of_log(id), [1, 3, 5], "n{id}");
    }
}

#[test]
fn figure_8_e_an_entry_of_the_own_term_on_a_majority_commits_all_before_it() {
    let mut c = figure_8_c();
    c.network.clear();
    c.cut(4).run(6);
    assert_eq!(c.commit(1), 3);
    assert_eq!(c.terms_of_log(3), [1, 2, 4]);
    c.heal().crash(1).restart(5).campaign(5).campaign(5).settle();
    assert_ne!(c.node(5).status().role, Role::Leader, "n5 cannot win an election");
    assert!((2..=3).all(|id| c.terms_of_log(id)[..3] == [1, 2, 4]));
}
