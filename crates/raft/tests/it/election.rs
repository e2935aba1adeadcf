//! §5.1, §5.2 and §5.4.1: terms, elections and the vote rule.

use raft_core::{Decision, HardState, Position, Role, VoteRefusal};

use crate::cluster::{cluster, cluster_on, disk};

#[test]
fn a_node_starts_as_a_follower_5_2() {
    for node in cluster(3).nodes {
        assert_eq!(node.status().role, Role::Follower);
        assert_eq!(node.status().leader, None);
    }
}

#[test]
fn a_follower_that_hears_nothing_for_the_election_timeout_starts_an_election_5_2() {
    let mut c = cluster(3);
    let timeout = c.node(1).status().randomized_election_timeout_ticks;
    c.tick(1, timeout - 1);
    assert_eq!(c.node(1).status().role, Role::Follower);
    c.tick(1, 1);
    let status = c.node(1).status();
    assert_eq!((status.role, status.term, status.voted_for), (Role::Candidate, 1, Some(1)));
}

#[test]
fn a_candidate_with_votes_from_a_majority_becomes_leader_5_2() {
    let c = cluster(3).elect(1);
    assert_eq!(c.leader(), Some(1));
    for node in &c.nodes {
        assert_eq!((node.status().term, node.status().leader), (1, Some(1)));
    }
}

#[test]
fn a_leader_begins_its_term_with_a_noop_and_commits_it_8() {
    let c = cluster(3).elect(1);
    for id in 1..=3 {
        assert_eq!(c.terms_of_log(id), [1]);
        assert_eq!(c.commit(id), 1);
    }
}

#[test]
fn a_cluster_of_one_elects_itself_only_after_its_vote_is_synced() {
    let mut c = cluster(1);
    c.campaign(1);
    assert_eq!(c.node(1).status().role, Role::Candidate);
    c.settle();
    assert_eq!(c.node(1).status().role, Role::Leader);
}

#[test]
fn each_node_votes_for_at_most_one_candidate_in_a_term_first_come_first_served_5_2() {
    let mut c = cluster(3);
    c.campaign(1).campaign(2).handle_readies().deliver_to(|id| id == 3).settle();
    assert_eq!(c.node(3).status().voted_for, Some(1));
    assert_eq!(c.leader(), Some(1));
    let refusal = Decision::VoteRefused {
        to: 2,
        term: 1,
        pre_vote: false,
        mine: Position::ORIGIN,
        theirs: Position::ORIGIN,
        voted_for: Some(1),
        why: VoteRefusal::AlreadyVoted { voted_for: 1 },
    };
    assert!(c.decisions(3).contains(&refusal));
}

#[test]
fn a_voter_denies_its_vote_if_its_own_log_is_more_up_to_date_5_4_1() {
    // Rows: the candidate's log, the voter's log, whether the vote is granted.
    let rows: [(&[u64], &[u64], bool); 6] = [
        (&[1], &[1], true),
        (&[1, 1], &[1], true),
        (&[1], &[1, 1], false),
        (&[2], &[1, 1], true),
        (&[1, 1], &[2], false),
        (&[], &[1], false),
    ];
    for (candidate, voter, granted) in rows {
        let state = HardState { term: 2, ..HardState::default() };
        let mut c = cluster_on(vec![disk(2, candidate, state), disk(2, voter, state)], |_| {});
        c.campaign(1).settle();
        assert_eq!(c.node(2).status().voted_for == Some(1), granted, "{candidate:?} {voter:?}");
        assert_eq!(c.node(2).status().term, 3, "the request moves the term in any case");
    }
}

#[test]
fn a_candidate_that_hears_a_leader_of_its_term_follows_it_5_2() {
    let mut c = cluster(3);
    c.campaign(1).campaign(2).handle_readies().deliver_to(|id| id == 3).settle();
    assert_eq!(c.node(2).status().role, Role::Follower);
    assert_eq!(c.node(2).status().leader, Some(1));
}

#[test]
fn a_split_vote_ends_without_a_leader_and_a_later_term_has_one_5_2() {
    let mut c = cluster(4);
    c.campaign(1).campaign(2).handle_readies();
    c.deliver_to(|id| id == 3);
    c.network.retain(|message| (message.from, message.to) != (1, 4));
    c.settle();
    assert_eq!(c.leader(), None, "two votes each");
    c.run(60);
    assert!(c.leader().is_some());
}

#[test]
fn a_leader_that_learns_of_a_higher_term_steps_down_5_1() {
    let mut c = cluster(3).elect(1);
    c.cut(1).campaign(2).settle();
    assert_eq!(c.leader(), Some(2));
    assert_eq!(c.node(1).status().role, Role::Leader, "two leaders, of two terms");
    c.heal().run(3);
    let status = c.node(1).status();
    assert_eq!((status.role, status.term, status.leader), (Role::Follower, 2, Some(2)));
}

#[test]
fn heartbeats_keep_followers_from_campaigning_5_2() {
    let mut c = cluster(3).elect(1);
    c.run(200);
    assert_eq!(c.leader(), Some(1));
    assert!(c.nodes.iter().all(|node| node.status().term == 1));
}

#[test]
fn a_restarted_node_keeps_its_term_and_its_vote_figure_2() {
    let mut c = cluster(3);
    c.campaign(1).handle_readies().deliver_to(|id| id == 2).handle_readies().crash(2).restart(2);
    let status = c.node(2).status();
    assert_eq!((status.term, status.voted_for, status.role), (1, Some(1), Role::Follower));
    c.campaign(3).settle();
    assert_eq!(c.node(2).status().voted_for, Some(1), "not a second vote in term 1");
}

#[test]
fn election_timeouts_are_drawn_from_the_range_anew_at_each_change_of_role_5_2() {
    let mut drawn = std::collections::BTreeSet::new();
    let mut c = cluster(3);
    for _ in 0..60 {
        c.campaign(1);
        drawn.insert(c.node(1).status().randomized_election_timeout_ticks);
    }
    assert!(drawn.iter().all(|ticks| (10..=19).contains(ticks)), "{drawn:?}");
    assert!(drawn.len() > 7, "{drawn:?}");
}

#[test]
fn every_answer_is_told_with_the_votes_and_refusals_so_far_5_2() {
    let state = HardState { term: 1, ..HardState::default() };
    let mut c = cluster_on([&[1][..], &[1, 1], &[1]].map(|terms| disk(3, terms, state)).to_vec(), |_| {});
    c.campaign(1).settle();
    let totals = |d: &Decision| {
        let Decision::VoteReceived { from, granted_total, refused_total, .. } = *d else { return None };
        Some((from, granted_total, refused_total))
    };
    let told: Vec<_> = c.decisions(1).iter().filter_map(totals).collect();
    assert_eq!(told, [(1, 1, 0), (2, 1, 1), (3, 2, 1)]);
}

#[test]
fn a_candidate_that_lost_becomes_a_follower_at_once_and_by_the_papers_dialect_waits_5_2() {
    for steps_down in [true, false] {
        let state = HardState { term: 1, ..HardState::default() };
        let disks = [&[][..], &[1], &[1]].map(|terms| disk(3, terms, state)).to_vec();
        let mut c = cluster_on(disks, |config| config.dialect.lost_candidate_steps_down = steps_down);
        c.campaign(1).settle();
        let expected = if steps_down { Role::Follower } else { Role::Candidate };
        assert_eq!((c.node(1).status().role, c.node(1).status().term), (expected, 2));
    }
}
