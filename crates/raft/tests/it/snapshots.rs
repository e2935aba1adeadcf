//! §7: compaction, and every case of receiving a snapshot.

use std::sync::Arc;

use raft_core::{
    AppendResult, ConfState, Decision, Entries, HardState, Message, MessageBody, MessageKind, NoSnapshot, Position,
    ProgressState, Snapshot, SnapshotRefusal, StorageError, UnstableView,
};

use crate::cluster::{Cluster, cluster, cluster_on, cluster_with, disk};

/// Takes a snapshot of what the node has applied, and forgets the log up to there.
fn compact(c: &mut Cluster, id: u64) {
    let (applied, conf) = (c.node(id).status().applied, c.node(id).status().conf.clone());
    c.node(id).storage_mut().create_snapshot(applied, conf, "state".into()).expect("newer than before");
    c.node(id).storage_mut().compact(applied).expect("in the log");
}

fn snapshot(last: Position, voters: u64) -> MessageBody {
    let conf_state = ConfState::of_voters(1..=voters);
    MessageBody::InstallSnapshot { snapshot: Arc::new(Snapshot { last, conf_state, data: "state".into() }) }
}

/// A follower n2 of two, in term 2, with this log and commit index, gets this snapshot from n1.
fn receive(terms: &[u64], commit: u64, last: Position) -> Cluster {
    let state = HardState { term: 2, commit, ..HardState::default() };
    let mut c = cluster_on(vec![disk(2, &[], HardState::default()), disk(2, terms, state)], |_| {});
    let message = Message { from: 1, to: 2, term: 2, body: snapshot(last, 2) };
    c.node(2).step(message).expect("well formed");
    c.handle_readies();
    c
}

#[test]
fn a_follower_that_needs_compacted_entries_gets_the_snapshot_and_goes_on_7() {
    let mut c = cluster(3).elect(1);
    c.cut(3);
    for command in ["a", "b", "c"] {
        c.propose(1, command);
    }
    c.settle();
    compact(&mut c, 1);
    c.propose(1, "d");
    c.settle();
    c.heal().run(8);
    assert_eq!(c.node(3).log().first_index(), 5, "the log begins after the snapshot");
    assert_eq!(c.commit(3), 5);
    assert_eq!(c.commands(3), ["d"], "the rest came with the snapshot");
    assert_eq!(c.node(1).status().progress[2].1.state(), ProgressState::Replicate);
}

#[test]
fn a_leader_that_has_no_snapshot_says_so_7() {
    let mut c = cluster(3).elect(1);
    c.cut(3);
    c.propose(1, "a");
    c.settle();
    let applied = c.node(1).status().applied;
    c.node(1).storage_mut().compact(applied).expect("in the log");
    c.decisions(1);
    c.heal().run(8);
    let missing = |d: &Decision| matches!(d, Decision::SnapshotNotSent { to: 3, why: NoSnapshot::Missing });
    assert!(c.decisions(1).iter().any(missing));
    assert_eq!(c.node(3).log().last_index(), 1);
}

#[test]
fn a_snapshot_that_covers_more_than_the_log_replaces_it_7() {
    let c = receive(&[1, 1], 1, Position::new(2, 5));
    assert_eq!((c.terms_of_log(2), c.commit(2)), (vec![], 5));
}

#[test]
fn after_a_snapshot_the_consistency_check_compares_with_its_term_5_3() {
    let mut c = receive(&[1, 1], 1, Position::new(2, 5));
    c.network.clear();
    for term in [1, 2] {
        let body = MessageBody::AppendEntries { prev: Position::new(term, 5), entries: Entries::EMPTY, commit: 5 };
        c.node(2).step(Message { from: 1, to: 2, term: 2, body }).expect("well formed");
    }
    c.handle_readies();
    let answers: Vec<_> = c.network.iter().map(|message| message.body.clone()).collect();
    let refused = AppendResult::Rejected { prev_index: 5, hint: Position::new(0, 4) };
    let matched = AppendResult::Matched { index: 5 };
    assert_eq!(answers, [refused, matched].map(MessageBody::AppendEntriesResponse));
}

#[test]
fn a_restored_snapshot_is_told_with_what_it_replaces_7() {
    let state = HardState { term: 2, commit: 1, ..HardState::default() };
    let mut c = cluster_on(vec![disk(2, &[], HardState::default()), disk(2, &[1, 1], state)], |_| {});
    c.node(2).ready(); // index 1 is being applied
    let last = Position::new(2, 5);
    c.node(2).step(Message { from: 1, to: 2, term: 2, body: snapshot(last, 2) }).expect("well formed");
    let unstable = UnstableView { offset: 3, offset_in_progress: 3, len: 0 };
    let told = Decision::SnapshotRestoring { snapshot: last, commit: 1, applied: 0, applying: 1, unstable };
    assert!(c.decisions(2).contains(&told));
}

#[test]
fn a_snapshot_that_conflicts_with_the_log_replaces_it_7() {
    let c = receive(&[1, 1, 1, 1], 1, Position::new(2, 3));
    assert_eq!((c.terms_of_log(2), c.commit(2)), (vec![], 3));
}

#[test]
fn a_snapshot_that_matches_the_log_only_moves_the_commit_index() {
    let mut c = receive(&[1, 1, 2, 2], 1, Position::new(2, 3));
    assert_eq!((c.terms_of_log(2), c.commit(2)), (vec![1, 1, 2, 2], 3));
    assert!(c.decisions(2).iter().any(|d| matches!(d, Decision::SnapshotFastForwarded { .. })));
}

#[test]
fn by_the_papers_dialect_a_matching_snapshot_is_installed_and_what_follows_it_stays_7() {
    let state = HardState { term: 2, commit: 1, ..HardState::default() };
    let disks = vec![disk(2, &[], HardState::default()), disk(2, &[1, 1, 2, 2], state)];
    let mut c = cluster_on(disks, |config| config.dialect.matching_snapshot_keeps_log = false);
    let message = Message { from: 1, to: 2, term: 2, body: snapshot(Position::new(2, 3), 2) };
    c.node(2).step(message).expect("well formed");
    let to_write = c.clone().node(2).ready().append.entries;
    assert_eq!(to_write.iter().map(|entry| entry.index).collect::<Vec<_>>(), [4]);
    c.handle_readies();
    assert_eq!((c.node(2).log().first_index(), c.terms_of_log(2), c.commit(2)), (4, vec![2], 3));
}

#[test]
fn a_snapshot_of_what_is_committed_is_stale_and_answered_with_the_commit_index_7() {
    let mut c = receive(&[1, 1, 2], 3, Position::new(1, 2));
    assert_eq!((c.terms_of_log(2), c.commit(2)), (vec![1, 1, 2], 3));
    let stale = |d: &Decision| matches!(d, Decision::SnapshotIgnored { why: SnapshotRefusal::Stale, .. });
    assert!(c.decisions(2).iter().any(stale));
}

#[test]
fn a_snapshot_without_this_node_in_it_is_ignored() {
    let mut c = cluster(3);
    let message = Message { from: 1, to: 3, term: 2, body: snapshot(Position::new(2, 3), 2) };
    c.node(3).step(message).expect("well formed");
    let not_member = |d: &Decision| matches!(d, Decision::SnapshotIgnored { why: SnapshotRefusal::NotMember, .. });
    assert!(c.decisions(3).iter().any(not_member));
    assert_eq!(c.commit(3), 0);
}

/// Goal: a newcomer whose vote is needed to commit its own coming gets the log. Method: by the paper's dialect it counts from
/// the entry on that adds it, which follows the snapshot; refused, the snapshot would be sent for ever.
#[test]
fn by_the_papers_dialect_a_newcomer_takes_a_snapshot_from_before_its_time() {
    let mut c = cluster_with(3, |config| config.dialect.conf_change_on_apply = false);
    let message = Message { from: 1, to: 3, term: 2, body: snapshot(Position::new(2, 3), 2) };
    c.node(3).step(message).expect("well formed");
    c.handle_readies();
    assert_eq!((c.commit(3), c.node(3).status().conf.voters.clone()), (3, vec![1, 2]));
    assert!(c.node(3).campaign().is_err(), "it has no vote yet");
}

#[test]
fn a_snapshot_brings_its_configuration_7() {
    let mut c = cluster(3);
    let message = Message { from: 1, to: 3, term: 2, body: snapshot(Position::new(2, 3), 5) };
    c.node(3).step(message).expect("well formed");
    c.handle_readies();
    assert_eq!(c.node(3).status().conf.voters, [1, 2, 3, 4, 5]);
    c.crash(3).restart(3);
    assert_eq!(c.node(3).status().conf.voters, [1, 2, 3, 4, 5], "also after a restart");
}

#[test]
fn a_node_with_a_snapshot_to_install_does_not_campaign_and_applies_nothing() {
    let mut c = cluster(3);
    let message = Message { from: 1, to: 3, term: 2, body: snapshot(Position::new(2, 3), 3) };
    c.node(3).step(message).expect("well formed");
    assert!(c.node(3).campaign().is_err());
    let ready = c.node(3).ready();
    assert_eq!(ready.append.snapshot.as_ref().map(|snapshot| snapshot.last.index), Some(3));
    assert!(ready.must_sync && ready.committed_entries.is_empty());
    crate::cluster::write(c.node(3), &ready);
    c.node(3).advance(ready);
    assert!(c.node(3).campaign().is_ok());
}

#[test]
fn a_failed_snapshot_is_tried_again_and_a_reported_success_resumes_probing() {
    let mut c = cluster_with(3, |config| config.check_quorum = true);
    c = c.elect(1);
    c.cut(3);
    for command in ["a", "b"] {
        c.propose(1, command);
    }
    c.settle();
    compact(&mut c, 1);
    c.heal().tick(1, 2).handle_readies().deliver_to(|_| true).handle_readies().deliver_to(|_| true).handle_readies();
    let state = |c: &mut Cluster| c.node(1).status().progress[2].1.view();
    for _ in 0..10 {
        if state(&mut c).state != ProgressState::Snapshot {
            c.deliver_to(|_| true).handle_readies();
        }
    }
    assert_eq!(state(&mut c).state, ProgressState::Snapshot);
    c.network.clear();
    c.node(1).report_snapshot(3, false);
    assert_eq!((state(&mut c).state, state(&mut c).next_index, state(&mut c).paused), (ProgressState::Probe, 2, true));
    c.run(6);
    assert_eq!(c.commit(3), 3, "the next heartbeat's answer starts it again");
}

#[test]
fn a_snapshot_reported_as_arrived_is_probed_from_after_it() {
    let mut c = cluster(3).elect(1);
    c.cut(3);
    for command in ["a", "b"] {
        c.propose(1, command);
    }
    c.settle();
    compact(&mut c, 1);
    c.heal().lost.push(raft_core::MessageKind::InstallSnapshot);
    c.run(4);
    assert_eq!(c.node(1).status().progress[2].1.state(), ProgressState::Snapshot);
    c.node(1).report_snapshot(3, true);
    let view = c.node(1).status().progress[2].1.view();
    assert_eq!((view.state, view.match_index, view.next_index), (ProgressState::Probe, 1, 4));
}

#[test]
fn a_snapshot_counts_at_once_and_is_synced_before_it_is_answered_7() {
    let state = HardState { term: 2, commit: 1, ..HardState::default() };
    let mut c = cluster_on(vec![disk(2, &[], HardState::default()), disk(2, &[1, 1, 1], state)], |_| {});
    c.handle_readies();
    let message = Message { from: 1, to: 2, term: 2, body: snapshot(Position::new(2, 5), 2) };
    c.node(2).step(message).expect("well formed");
    let log = c.node(2).log();
    let terms: Vec<_> = [3, 4, 5, 6].map(|index| log.term_at(index)).into();
    let compacted = |index| Err(StorageError::Compacted { index, first: 6 });
    assert_eq!(terms, [compacted(3), compacted(4), Ok(2), Err(StorageError::Unavailable { index: 6, last: 5 })]);
    let ready = c.node(2).ready();
    assert!(ready.must_sync && ready.append.snapshot.is_some() && ready.append.entries.is_empty());
    assert!(ready.messages.is_empty() && ready.append.messages.len() == 1);
}

/// Goal: a leader that sends a snapshot goes on from what it still has. Method: the follower's late answers, from before and from
/// after the end of what was compacted.
#[test]
fn a_late_answer_from_before_the_leaders_log_does_not_end_a_snapshot_7() {
    let mut c = cluster(3).elect(1);
    c.cut(3);
    for command in ["a", "b", "c"] {
        c.propose(1, command);
    }
    c.settle();
    compact(&mut c, 1);
    c.heal().lost.push(MessageKind::InstallSnapshot);
    c.run(6);
    c.decisions(1);
    for (index, state) in [(2, ProgressState::Snapshot), (4, ProgressState::Replicate)] {
        assert_eq!(c.node(1).status().progress[2].1.state(), ProgressState::Snapshot);
        let body = MessageBody::AppendEntriesResponse(AppendResult::Matched { index });
        c.node(1).step(Message { from: 3, to: 1, term: 1, body }).expect("well formed");
        let caught_up = c.decisions(1).iter().any(|d| matches!(d, Decision::SnapshotCaughtUp { node: 3, .. }));
        assert_eq!((c.node(1).status().progress[2].1.state(), caught_up), (state, index == 4), "{index}");
    }
}

/// The fate of a snapshot may be reported long after the follower has answered for itself.
#[test]
fn a_report_that_comes_late_changes_nothing_7() {
    let mut c = cluster(3).elect(1);
    c.cut(3);
    c.propose(1, "a");
    c.settle();
    compact(&mut c, 1);
    c.heal().run(6);
    let before = c.node(1).status().progress[2].1.clone();
    assert_eq!((before.state(), before.match_index()), (ProgressState::Replicate, 2));
    for arrived in [true, false] {
        c.node(1).report_snapshot(3, arrived);
        assert_eq!(c.node(1).status().progress[2].1, before);
    }
    c.node(2).report_snapshot(3, false);
    assert!(!c.node(1).has_ready() && !c.node(2).has_ready());
}

/// §6, §7: a snapshot from before a node joined is of no use to it. Were it sent, its refusal would be answered with the same again.
#[test]
fn a_snapshot_from_before_its_receiver_joined_is_not_sent_7() {
    let newcomer = [raft_core::Change::AddVoter(4)];
    let mut c = cluster(4);
    for id in 1..=4 {
        let config = c.node(id).config().clone();
        let node = raft_core::RawNode::with_tracer(config, raft_core::MemStorage::with_voters(1..=3), Vec::new());
        *c.node(id) = node.expect("a valid config");
    }
    let mut c = c.elect(1);
    c.propose(1, "x");
    c.settle();
    compact(&mut c, 1);
    c.node(1).propose_conf_change(raft_core::ConfChange::from_iter(newcomer)).expect("possible");
    c.settle().decisions(1);
    c.run(10);
    let told = c.decisions(1);
    assert!(told.iter().all(|decision| !matches!(decision, Decision::SnapshotSent { .. })));
    let not_sent = |d: &&Decision| matches!(d, Decision::SnapshotNotSent { to: 4, why: NoSnapshot::Missing });
    let times = told.iter().filter(not_sent).count();
    assert!((1..=10).contains(&times), "with heartbeats only, and not {times} times in 10 ticks");
    compact(&mut c, 1);
    c.run(4);
    assert_eq!((c.commit(4), c.node(4).log().first_index()), (3, 4));
}
