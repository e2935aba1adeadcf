//! The plain values of the core: what they hold, where their bounds are, and which of them are impossible.

use std::hash::{DefaultHasher, Hash, Hasher};

use raft_core::{
    AppendResult, Body, Change, ConfChange, ConfState, Config, ConfigError, Entries, Entry, HardState, MemStorage,
    Message, MessageBody, MessageKind, Payload, Position, RawNode, Snapshot, StepError, Storage, StorageError,
};

use crate::cluster::{cluster, cluster_on, disk};

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[test]
fn lists_and_payloads_hash_and_compare_as_their_contents_do() {
    let entry = |index| Entry { term: 1, index, body: Body::Noop };
    assert_eq!(Entries::from(entry(1))[..], [entry(1)]);
    assert_eq!(hash(&Entries::from(entry(1))), hash(&Entries::from(vec![entry(1)])));
    assert_ne!(hash(&Entries::from(entry(1))), hash(&Entries::from(entry(2))));
    for (a, b) in [("x", "y"), ("a payload that is not inline", "a payload that is not inlinf")] {
        assert_ne!(Payload::from(a), Payload::from(b));
        assert_eq!(hash(&Payload::from(a)), hash(&Payload::from(a.as_bytes().to_vec())));
        assert_ne!(hash(&Payload::from(a)), hash(&Payload::from(b)));
    }
}

#[test]
fn a_storage_names_the_bound_that_an_index_is_beyond() {
    let mut disk = disk(3, &[1, 1, 2, 2, 3], HardState::default());
    disk.compact(2).expect("in the log");
    assert_eq!((disk.first_index(), disk.last_index()), (3, 5));
    let compacted = |index| StorageError::Compacted { index, first: 3 };
    let unavailable = |index| StorageError::Unavailable { index, last: 5 };
    let terms = [Err(compacted(1)), Ok(1), Ok(2), Ok(2), Ok(3), Err(unavailable(6))];
    assert_eq!((1..=6).map(|index| disk.term(index)).collect::<Vec<_>>(), terms);
    assert_eq!((disk.entry(2), disk.entry(3).map(Entry::position)), (None, Some(Position::new(2, 3))));
    let mut out = Vec::new();
    assert_eq!(disk.entries(2..4, u64::MAX, &mut out), Err(compacted(2)));
    assert_eq!(disk.entries(4..7, u64::MAX, &mut out), Err(unavailable(6)));
    assert_eq!((disk.compact(2), disk.compact(6)), (Err(compacted(2)), Err(unavailable(6))));
    disk.entries(3..6, u64::MAX, &mut out).expect("in the log");
    assert_eq!(out.iter().map(|entry| entry.index).collect::<Vec<_>>(), [3, 4, 5]);
    disk.compact(5).expect("in the log");
    assert_eq!((disk.first_index(), disk.last_index(), disk.term(5)), (6, 5, Ok(3)));
}

#[test]
fn a_snapshot_is_taken_of_what_is_in_the_log_and_newer_than_the_last_7() {
    let mut disk = disk(3, &[1, 1, 2], HardState::default());
    let conf = ConfState::of_voters(1..=3);
    let made = disk.create_snapshot(2, conf.clone(), "two".into()).expect("in the log");
    assert_eq!(made.last, Position::new(1, 2));
    let old = StorageError::SnapshotOutOfDate { index: 2, current: 2 };
    assert_eq!(disk.create_snapshot(2, conf.clone(), "two".into()), Err(old));
    assert_eq!(disk.create_snapshot(4, conf, "four".into()), Err(StorageError::Unavailable { index: 4, last: 3 }));
    assert_eq!(disk.apply_snapshot(made), Err(old));
    assert_eq!(disk.last_index(), 3, "a refused snapshot changes nothing");
}

#[test]
fn a_change_counts_its_context_and_nine_bytes_a_step() {
    let change =
        ConfChange { context: "abc".into(), ..ConfChange::from_iter([Change::AddVoter(3), Change::Remove(4)]) };
    assert_eq!(change.payload_bytes(), 3 + 2 * 9);
    assert_eq!([Change::AddVoter(3), Change::AddLearner(4), Change::Remove(5)].map(|step| step.node()), [3, 4, 5]);
}

#[test]
fn a_configuration_that_contradicts_itself_starts_no_node() {
    let voters = |voters: &[u64]| ConfState { voters: voters.to_vec(), ..ConfState::default() };
    let impossible = [
        voters(&[2, 1]),
        voters(&[1, 1]),
        voters(&[0, 1]),
        ConfState { learners: vec![2], ..voters(&[1, 2]) },
        ConfState { learners_next: vec![2], ..voters(&[1]) },
        ConfState { learners_next: vec![2], voters_outgoing: vec![1, 2], ..voters(&[1, 2]) },
        ConfState { voters_outgoing: vec![1], ..voters(&[]) },
        ConfState { auto_leave: true, ..voters(&[1]) },
    ];
    for conf in impossible {
        let refused = RawNode::new(Config::new(1), MemStorage::new(conf.clone())).err();
        assert_eq!(refused, Some(ConfigError::ImpossibleConfState), "{conf:?}");
    }
    let joint = ConfState { learners_next: vec![2], voters_outgoing: vec![1, 2], auto_leave: true, ..voters(&[1, 3]) };
    assert!(RawNode::new(Config::new(1), MemStorage::new(joint)).is_ok());
}

#[test]
fn a_restarted_node_starts_from_the_commit_index_that_it_wrote_figure_2() {
    let state = HardState { term: 1, commit: 2, ..HardState::default() };
    let c = cluster_on(vec![disk(3, &[1, 1, 1], state)], |_| {});
    assert_eq!(c.commit(1), 2);
}

/// Terms and indexes are counted up from what comes in: beyond 2^62 nothing is believed, so that nothing overflows.
#[test]
fn numbers_that_could_overflow_are_malformed() {
    type Body = fn(u64) -> MessageBody;
    let append = |prev: Position, commit| MessageBody::AppendEntries { prev, entries: Entries::EMPTY, commit };
    let bodies: [(MessageKind, Body); 10] = [
        (MessageKind::RequestVote, |n| MessageBody::RequestVote {
            last: Position::new(1, n),
            pre_vote: false,
            transfer: false,
        }),
        (MessageKind::RequestVote, |n| MessageBody::RequestVote {
            last: Position::new(n, 1),
            pre_vote: false,
            transfer: false,
        }),
        (MessageKind::AppendEntriesResponse, |n| {
            MessageBody::AppendEntriesResponse(AppendResult::Matched { index: n })
        }),
        (MessageKind::AppendEntriesResponse, |n| {
            MessageBody::AppendEntriesResponse(AppendResult::Rejected { prev_index: n, hint: Position::ORIGIN })
        }),
        (MessageKind::AppendEntriesResponse, |n| {
            MessageBody::AppendEntriesResponse(AppendResult::Rejected { prev_index: 1, hint: Position::new(1, n) })
        }),
        (MessageKind::AppendEntriesResponse, |n| {
            MessageBody::AppendEntriesResponse(AppendResult::Rejected { prev_index: 1, hint: Position::new(n, 1) })
        }),
        (MessageKind::Heartbeat, |n| MessageBody::Heartbeat { commit: n, read_round: 0 }),
        (MessageKind::ReadIndexResponse, |n| MessageBody::ReadIndexResponse { index: n, context: 1 }),
        (MessageKind::InstallSnapshot, |n| MessageBody::InstallSnapshot {
            snapshot: Snapshot { last: Position::new(1, n), ..Snapshot::default() }.into(),
        }),
        (MessageKind::InstallSnapshot, |n| MessageBody::InstallSnapshot {
            snapshot: Snapshot { last: Position::new(n, 1), ..Snapshot::default() }.into(),
        }),
    ];
    for (kind, body) in bodies {
        let step = |n| cluster(3).node(1).step(Message { from: 2, to: 1, term: 1, body: body(n) });
        assert_eq!(step(1 << 62), Err(StepError::Malformed { kind }));
        assert_eq!(step((1 << 62) - 1), Ok(()), "{kind:?}");
    }
    let appends =
        [append(Position::new(1 << 62, 1), 0), append(Position::new(1, 1 << 62), 0), append(Position::ORIGIN, 1 << 62)];
    for body in appends {
        let refused = cluster(3).node(1).step(Message { from: 2, to: 1, term: 1, body });
        assert_eq!(refused, Err(StepError::Malformed { kind: MessageKind::AppendEntries }));
    }
}

/// §6: servers take entries from a leader that their configuration does not name; only answers are for members.
#[test]
fn a_leader_that_the_configuration_does_not_name_is_followed_6() {
    let mut c = cluster(3);
    let body = MessageBody::Heartbeat { commit: 0, read_round: 0 };
    c.node(1).step(Message { from: 9, to: 1, term: 1, body }).expect("well formed");
    assert_eq!(c.node(1).status().leader, Some(9));
    let body = MessageBody::HeartbeatResponse { read_round: 0 };
    let refused = c.node(1).step(Message { from: 9, to: 1, term: 1, body });
    assert_eq!(refused, Err(StepError::UnknownPeer { from: 9, kind: MessageKind::HeartbeatResponse }));
}
