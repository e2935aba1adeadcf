//! §5.3 and §5.4.2: replication, repair, the commit rule.

use raft_core::{Decision, Entry, HardState, NoCommit, Position, ProgressState, ProposeError, Role};

use crate::cluster::{Cluster, cluster, cluster_on, disk};

#[test]
fn a_command_is_applied_everywhere_once_a_majority_holds_it_5_3() {
    let mut c = cluster(3).elect(1);
    assert_eq!(c.propose(1, "x"), Position::new(1, 2));
    c.settle();
    for id in 1..=3 {
        assert_eq!(c.commands(id), ["x"]);
    }
}

#[test]
fn a_minority_commits_nothing_and_a_majority_goes_on_5_3() {
    let mut c = cluster(3).elect(1);
    c.cut(1);
    c.propose(1, "lost");
    c.settle();
    assert_eq!(c.commit(1), 1);
    c.campaign(2).settle();
    c.propose(2, "kept");
    c.settle();
    c.heal().run(5);
    for id in 1..=3 {
        assert_eq!(c.commands(id), ["kept"]);
        assert_eq!(c.terms_of_log(id), [1, 2, 2]);
    }
}

#[test]
fn followers_say_who_leads_and_append_nothing_5_3() {
    let mut c = cluster(3).elect(1);
    let last = c.node(2).status().last;
    assert_eq!(c.node(2).propose("x"), Err(ProposeError::NotLeader { hint: Some(1) }));
    assert_eq!((c.node(2).status().last, c.node(2).has_ready()), (last, false));
    assert_eq!(cluster(3).node(2).propose("x"), Err(ProposeError::NotLeader { hint: None }));
}

#[test]
fn a_follower_behind_is_brought_up_by_its_hint_in_one_refusal_5_3() {
    let state = HardState { term: 1, ..HardState::default() };
    let disks = vec![disk(2, &[1; 50], state), disk(2, &[1; 3], state)];
    let mut c = cluster_on(disks, |_| {}).elect(1);
    assert_eq!(c.terms_of_log(2).len(), 51);
    let refused = c.decisions(2).iter().filter(|d| matches!(d, Decision::AppendRefused { .. })).count();
    assert_eq!(refused, 1);
}

#[test]
fn conflicting_entries_are_removed_with_everything_after_them_5_3() {
    let state = HardState { term: 3, ..HardState::default() };
    let disks = vec![disk(3, &[1, 3], state), disk(3, &[1, 2, 2, 2], state), disk(3, &[1], state)];
    let c = cluster_on(disks, |_| {}).elect(1);
    for id in 1..=3 {
        assert_eq!(c.terms_of_log(id), [1, 3, 4]);
    }
}

#[test]
fn an_entry_of_an_older_term_is_not_committed_by_counting_5_4_2() {
    let state = HardState { term: 2, ..HardState::default() };
    let disks = vec![disk(3, &[1, 2], state), disk(3, &[1, 2], state), disk(3, &[1], state)];
    let mut c = cluster_on(disks, |_| {});
    c.campaign(1).handle_readies().deliver_to(|_| true).handle_readies().deliver_to(|id| id == 1);
    assert_eq!(c.node(1).status().role, Role::Leader);
    // n2 answers that it holds index 2: a majority does, but of term 2.
    let matched = raft_core::Message {
        from: 2,
        to: 1,
        term: 3,
        body: raft_core::MessageBody::AppendEntriesResponse(raft_core::AppendResult::Matched { index: 2 }),
    };
    c.handle_readies();
    c.node(1).step(matched).expect("a member");
    assert_eq!(c.commit(1), 0);
    let not = Decision::NotCommitted { index: 2, term: 2, why: NoCommit::OlderTerm { mine: 3 } };
    assert!(c.decisions(1).contains(&not));
    c.settle();
    assert_eq!(c.commit(1), 3, "with the first entry of its own term");
}

#[test]
fn a_late_or_repeated_append_changes_nothing_5_3() {
    let mut c = cluster(3).elect(1);
    c.propose(1, "x");
    c.handle_readies();
    let late: Vec<_> = c.network.iter().filter(|m| m.to == 2).cloned().collect();
    c.settle();
    c.propose(1, "y");
    c.settle();
    let before = c.terms_of_log(2);
    for message in late.iter().chain(&late) {
        c.node(2).step(message.clone()).expect("well formed");
    }
    c.settle();
    assert_eq!(c.terms_of_log(2), before);
    assert_eq!(c.commands(2), ["x", "y"]);
}

#[test]
fn a_leader_counts_itself_only_after_its_own_sync_thesis_10_2_1() {
    let mut c = cluster(1).elect(1);
    c.propose(1, "x");
    let ready = c.node(1).ready();
    assert_eq!(c.commit(1), 1);
    c.node(1).storage_mut().append(&ready.append.entries);
    c.node(1).ack_append(ready.append.mark);
    assert_eq!(c.commit(1), 2);
}

#[test]
fn a_probed_follower_that_answers_is_replicated_to() {
    let mut c = cluster(3);
    c.cut(3);
    let mut c = c.elect(1);
    let state = |c: &mut crate::cluster::Cluster, id: usize| c.node(1).status().progress[id].1.state();
    assert_eq!(state(&mut c, 1), ProgressState::Replicate);
    assert_eq!(state(&mut c, 2), ProgressState::Probe);
    c.heal().run(3);
    assert_eq!(state(&mut c, 2), ProgressState::Replicate);
}

/// Three commands, one Ready or delivery after the other; before the step `at` this node's process ends and starts again. Says what
/// was acknowledged by then, and the cluster once it is quiet; nothing when the play is over before.
fn restarted(id: u64, at: usize) -> Option<(Vec<String>, Cluster)> {
    let mut c = cluster(3).elect(1);
    for command in ["a", "b", "c"] {
        c.propose(1, command);
    }
    let mut acknowledged = None;
    for step in 0.. {
        if step == at {
            acknowledged = Some(c.commands(1));
            c.crash(id).restart(id);
        }
        if let Some(busy) = (1..=3).find(|busy| c.node(*busy).has_ready()) {
            c.handle_ready(busy);
        } else if !c.network.is_empty() {
            let message = c.network.remove(0);
            c.deliver(message);
        } else {
            break;
        }
    }
    acknowledged.map(|acknowledged| (acknowledged, c))
}

/// Goal: a crash at any moment loses nothing that was acknowledged, and the cluster goes on. Method: the same play with each node,
/// at each of its moments.
#[test]
fn a_restart_at_any_point_loses_nothing_that_was_acknowledged() {
    let mut acknowledged_total = 0;
    for id in 1..=3 {
        let plays = (0..).map_while(|at| restarted(id, at));
        for (at, (acknowledged, mut c)) in plays.enumerate() {
            c.run(60);
            let leader = c.leader().expect("somebody leads");
            c.propose(leader, "after");
            c.settle().run(4);
            for node in 1..=3 {
                let commands = c.commands(node);
                assert!(
                    commands.starts_with(&acknowledged),
                    "n{id} restarted before step {at}: n{node} has {commands:?}"
                );
                assert_eq!(commands.last().map(String::as_str), Some("after"), "n{id} restarted before step {at}");
            }
            acknowledged_total += acknowledged.len();
        }
    }
    assert!(acknowledged_total > 30, "only {acknowledged_total} times was anything to be lost");
}

#[test]
fn a_conflict_is_told_with_what_was_there_and_mere_news_are_none_5_3() {
    let state = HardState { term: 3, ..HardState::default() };
    let append = |prev: Position, terms: &[u64]| {
        let mut c = cluster_on(vec![disk(2, &[], state), disk(2, &[1, 2, 2], state)], |_| {});
        let entry = |(term, index): (&u64, u64)| Entry { term: *term, index, body: raft_core::Body::Noop };
        let entries = terms.iter().zip(prev.index + 1..).map(entry).collect();
        let body = raft_core::MessageBody::AppendEntries { prev, entries, commit: 0 };
        c.node(2).step(raft_core::Message { from: 1, to: 2, term: 3, body }).expect("well formed");
        let of_interest = |d: &Decision| matches!(d, Decision::Conflict { .. } | Decision::Truncated { .. });
        c.decisions(2).into_iter().filter(of_interest).collect::<Vec<_>>()
    };
    assert_eq!(append(Position::new(2, 3), &[3]), []);
    assert_eq!(append(Position::new(1, 1), &[2, 2]), []);
    assert_eq!(append(Position::new(2, 2), &[2]), [], "the last one again");
    let conflict = Decision::Conflict { index: 3, existing: 2, conflicting: 3 };
    let truncated = Decision::Truncated { from: 3, to: 3, all_unstable: true };
    assert_eq!(append(Position::new(2, 2), &[3, 3]), [conflict, truncated]);
}

#[test]
fn what_was_not_written_and_does_not_conflict_stays_5_3() {
    let mut c = cluster(3).elect(1);
    for command in ["stays", "goes"] {
        c.propose(1, command);
    }
    let entries = raft_core::Entries::from(Entry { term: 2, index: 3, body: raft_core::Body::Noop });
    let body = raft_core::MessageBody::AppendEntries { prev: Position::new(1, 2), entries, commit: 1 };
    c.node(1).step(raft_core::Message { from: 2, to: 1, term: 2, body }).expect("well formed");
    let truncated = Decision::Truncated { from: 3, to: 3, all_unstable: false };
    assert!(c.decisions(1).contains(&truncated));
    c.handle_readies();
    assert_eq!(c.terms_of_log(1), [1, 1, 2]);
}

#[test]
fn a_commit_is_told_once_with_all_that_it_covers_5_3() {
    let mut c = cluster(3).elect(1);
    c.decisions(2);
    for command in ["a", "b"] {
        c.propose(1, command);
    }
    c.settle().run(5);
    let committed = |d: &Decision| {
        let Decision::Committed { from, to } = *d else { return None };
        Some((from, to))
    };
    let mut told = c.decisions(2).iter().filter_map(committed).collect::<Vec<_>>();
    assert_eq!((told.first().map(|first| first.0), told.last().map(|last| last.1)), (Some(2), Some(3)));
    told.dedup_by(|next, before| next.0 == before.1 + 1 && next.1 >= next.0);
    assert_eq!(told.len(), 1, "without a gap and without a word twice: {told:?}");
}

#[test]
fn an_idle_follower_is_sent_nothing_but_heartbeats_5_2() {
    let mut c = cluster(3).elect(1);
    c.run(2);
    c.tick(1, 2).handle_readies().deliver_to(|_| true).handle_readies().deliver_to(|_| true).handle_readies();
    assert_eq!(c.in_flight(), [], "two heartbeats, two answers, and that is all");
}

/// The plain loop writes before it applies, so nothing waits for another Ready.
#[test]
fn what_one_message_brings_and_commits_comes_in_one_ready_5_3() {
    let mut c = cluster(3);
    let entries = raft_core::Entries::from(Entry { term: 1, index: 1, body: raft_core::Body::Noop });
    let body = raft_core::MessageBody::AppendEntries { prev: Position::new(0, 0), entries, commit: 1 };
    c.node(2).step(raft_core::Message { from: 1, to: 2, term: 1, body }).expect("well formed");
    let ready = c.node(2).ready();
    assert_eq!((ready.append.entries.len(), ready.committed_entries.len()), (1, 1));
}

/// Figure 2: a crash between writing entries and writing the term that they came in. The node asks for a term that its log has already,
/// and whoever elected that term's leader has no vote left.
#[test]
fn a_node_that_lost_the_term_of_its_last_entries_wins_no_second_time_figure_2() {
    let mut c = cluster(3);
    c.cut(3).campaign(1).settle().heal();
    c.propose(1, "x");
    c.run(4);
    assert_eq!(c.terms_of_log(3), [1, 1]);
    c.node(3).storage_mut().set_hard_state(raft_core::HardState::default());
    c.restart(3);
    assert_eq!((c.node(3).status().term, c.node(3).status().last.term), (0, 1));
    c.campaign(3);
    assert_eq!(c.node(3).status().term, 1);
    c.settle();
    assert_eq!(c.node(3).status().role, raft_core::Role::Follower);
    c.run(4);
    assert_eq!((c.leader(), c.commit(3)), (Some(1), 2));
}
