//! The plain values of the core: what they hold, where their bounds are, and which of them are impossible.

use std::hash::{DefaultHasher, Hash, Hasher};

use raft_core::{
    AppendResult, Body, CampaignError, Change, ConfChange, ConfChangeRefusal, ConfState, Config, ConfigError, Decision,
    Entries, Entry, FollowerReason, HardState, MemStorage, Message, MessageBody, MessageKind, NoElection, Payload,
    Position, ProposeError, RawNode, Role, Rules, Snapshot, StepError, Storage, StorageError, VoteRefusal,
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
    assert_eq!(
        (&Entries::from(vec![entry(1), entry(2)])).into_iter().map(|entry| entry.index).collect::<Vec<_>>(),
        [1, 2]
    );
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
    assert!(out.is_empty(), "a refused range brings nothing");
    disk.entries(3..6, u64::MAX, &mut out).expect("in the log");
    assert_eq!(out.iter().map(|entry| entry.index).collect::<Vec<_>>(), [3, 4, 5]);
    disk.compact(5).expect("in the log");
    assert_eq!((disk.first_index(), disk.last_index(), disk.term(5)), (6, 5, Ok(3)));
    assert_eq!(disk.term(6), Err(unavailable(6)), "the first index of an empty log is yet to come");
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

#[test]
fn errors_say_which_and_why() {
    let kind = MessageKind::Heartbeat;
    let texts = [
        (StepError::NotForMe { to: 3 }.to_string(), "the message is for n3"),
        (StepError::Malformed { kind }.to_string(), "the Heartbeat contradicts itself"),
        (ProposeError::NotLeader { hint: Some(2) }.to_string(), "not the leader: ask n2"),
        (
            ProposeError::ConfChange(ConfChangeRefusal::Pending { index: 5, applied: 3 }).to_string(),
            "the configuration cannot change: possible unapplied conf change at index 5 (applied to 3)",
        ),
        (CampaignError(NoElection::AlreadyLeader).to_string(), "it leads already"),
        (ConfigError::ZeroId.to_string(), "a node's id must be at least 1"),
        (StorageError::Compacted { index: 2, first: 4 }.to_string(), "index 2 is compacted: the log starts at 4"),
    ];
    for (text, expected) in texts {
        assert_eq!(text, expected);
    }
}

#[test]
fn every_step_down_and_refusal_names_its_section() {
    let stepped_down = |why| Decision::BecameFollower { was: Role::Leader, old_term: 1, term: 2, leader: None, why };
    let kind = MessageKind::Heartbeat;
    let reasons = [
        (FollowerReason::Started, "§5.2"),
        (FollowerReason::HigherTerm { from: 2, kind }, "§5.1"),
        (FollowerReason::LeaderExists { leader: 2 }, "§5.2"),
        (FollowerReason::ElectionLost, "§5.2"),
        (FollowerReason::QuorumInactive, "thesis 6.2"),
        (FollowerReason::Removed, "§6"),
    ];
    for (why, section) in reasons {
        assert_eq!(stepped_down(why).section(), section);
    }
    let (mine, theirs, voted_for) = (Position::new(1, 2), Position::new(1, 1), None);
    let refused = |why| Decision::VoteRefused { to: 2, term: 2, pre_vote: false, mine, theirs, voted_for, why };
    let refusals = [
        (VoteRefusal::LowerTerm { mine: 3 }, "§5.1"),
        (VoteRefusal::AlreadyVoted { voted_for: 3 }, "§5.2"),
        (VoteRefusal::LeaderKnown { leader: 3 }, "§5.2"),
        (VoteRefusal::LogBehind, "§5.4.1"),
        (VoteRefusal::LeaseHeld { leader: 3, remaining_ticks: 1 }, "thesis 6.4.1"),
    ];
    for (why, section) in refusals {
        assert_eq!(refused(why).section(), section);
    }
}

/// Order duty 2 of `Ready`: a sync is asked for unless only the commit index moved.
#[test]
fn a_sync_is_asked_for_entries_and_votes_and_not_for_a_commit_index() {
    let mut c = cluster(3).elect(1);
    c.propose(1, "x");
    let ready = c.node(1).ready();
    assert!(ready.must_sync && ready.append.hard_state.is_none() && !ready.append.entries.is_empty());
    c.node(1).storage_mut().append(&ready.append.entries);
    c.node(1).advance(ready);
    let body = MessageBody::AppendEntriesResponse(AppendResult::Matched { index: 2 });
    c.node(1).step(Message { from: 2, to: 1, term: 1, body }).expect("a member");
    let ready = c.node(1).ready();
    assert_eq!((ready.must_sync, ready.append.hard_state.map(|state| state.commit)), (false, Some(2)));
}

#[test]
fn a_storage_reads_any_range_whole_however_long() {
    let disk = disk(3, &[1; 200], HardState::default());
    for (start, end) in [(1, 201), (60, 70), (64, 129), (63, 64), (128, 200)] {
        let mut out = Vec::new();
        disk.entries(start..end, u64::MAX, &mut out).expect("in the log");
        assert!(out.iter().map(|entry| entry.index).eq(start..end), "{start}..{end}");
        out.clear();
        disk.entries(start..end, 20_000, &mut out).expect("in the log");
        assert!(
            out.iter().map(|entry| entry.index).eq(start..end),
            "{start}..{end} with a limit that it does not reach"
        );
    }
}

#[test]
fn a_log_names_the_bound_that_a_range_is_beyond() {
    let mut c = cluster_on(vec![disk(3, &[1, 1, 2], HardState::default())], |_| {});
    c.node(1).storage_mut().compact(1).expect("in the log");
    let log = c.node(1).log();
    let mut out = Vec::new();
    assert_eq!(log.read(2..6, u64::MAX, &mut out), Err(StorageError::Unavailable { index: 5, last: 3 }));
    assert_eq!(log.read(1..3, u64::MAX, &mut out), Err(StorageError::Compacted { index: 1, first: 2 }));
    assert_eq!(log.term_at(4), Err(StorageError::Unavailable { index: 4, last: 3 }));
    assert_eq!((log.entry(1), log.entry(4)), (None, None));
    assert_eq!(log.term_at(0), Err(StorageError::Compacted { index: 0, first: 2 }));
}

/// A host whose state machine is as old as its snapshot need not say how old that is.
#[test]
fn a_restarted_node_goes_on_from_what_its_state_machine_has_applied_figure_2() {
    let mut on_disk = disk(3, &[1, 1, 1, 1], HardState { term: 1, commit: 4, ..HardState::default() });
    on_disk.create_snapshot(2, ConfState::of_voters(1..=3), "two".into()).expect("in the log");
    on_disk.compact(2).expect("in the log");
    let start = |applied| RawNode::new(Config { applied, ..Config::new(1) }, on_disk.clone());
    for (applied, expected) in [(0, 2), (2, 2), (3, 3), (4, 4)] {
        let mut node = start(applied).expect("between snapshot and commit index");
        assert_eq!(node.status().applied, expected);
        let rest: Vec<u64> = node.ready().committed_entries.iter().map(|entry| entry.index).collect();
        assert_eq!(rest, (expected + 1..=4).collect::<Vec<_>>());
    }
    for applied in [1, 5] {
        let refused = ConfigError::AppliedOutsideLog { applied, first: 2, last: 4 };
        assert_eq!(start(applied).err(), Some(refused));
    }
}

#[test]
fn terms_that_could_overflow_are_malformed_and_no_campaign_gets_there() {
    let body = || MessageBody::Heartbeat { commit: 0, read_round: 0 };
    let step = |term| cluster(3).node(1).step(Message { from: 2, to: 1, term, body: body() });
    assert_eq!(step(1 << 62), Err(StepError::Malformed { kind: MessageKind::Heartbeat }));
    assert_eq!(step((1 << 62) - 1), Ok(()));
    for (term, refused) in [((1 << 62) - 1, Some(NoElection::TermExhausted)), ((1 << 62) - 2, None)] {
        let mut c = cluster_on(vec![disk(3, &[], HardState { term, ..HardState::default() })], |_| {});
        assert_eq!(c.node(1).campaign().err().map(|error| error.0), refused);
    }
}

#[test]
fn a_change_says_what_it_does() {
    let change: ConfChange = [Change::AddVoter(4), Change::AddLearner(5), Change::Remove(3)].into_iter().collect();
    assert_eq!(change.to_string(), "voter n4, learner n5, remove n3");
    assert_eq!(ConfChange::LEAVE_JOINT.to_string(), "leave joint");
}

#[test]
fn a_soft_state_is_told_when_it_changes_and_only_then() {
    let mut c = cluster(3);
    c.campaign(1);
    let told = c.node(1).ready();
    assert_eq!(told.soft_state.map(|state| state.role), Some(Role::Candidate));
    c.node(1).advance(told);
    let mut c = c.elect(1);
    c.propose(1, "x");
    assert_eq!(c.node(1).ready().soft_state, None);
}

#[test]
fn a_log_names_its_own_last_index_also_of_what_is_not_yet_written() {
    let mut c = cluster(3).elect(1);
    c.propose(1, "x");
    assert_eq!(c.node(1).log().term_at(5), Err(StorageError::Unavailable { index: 5, last: 2 }));
}

#[test]
fn storages_hash_and_compare_as_their_contents_do() {
    let of = |terms: &[u64]| disk(3, terms, HardState::default());
    assert_eq!(of(&[1, 2]), of(&[1, 2]));
    assert_ne!(of(&[1, 2]), of(&[1, 1]));
    assert_eq!(hash(&of(&[1, 2])), hash(&of(&[1, 2])));
    assert_ne!(hash(&of(&[1, 2])), hash(&of(&[1, 1])));
    let state = HardState { term: 3, voted_for: Some(2), commit: 1 };
    assert_eq!(disk(3, &[1], state).hard_state(), state);
}

#[test]
fn all_voters_of_a_joint_configuration_are_named_once_in_order_6() {
    let of = |voters: &[u64], voters_outgoing: &[u64]| {
        let conf =
            ConfState { voters: voters.to_vec(), voters_outgoing: voters_outgoing.to_vec(), ..ConfState::default() };
        conf.all_voters().collect::<Vec<_>>()
    };
    assert_eq!(of(&[1, 3, 5], &[2, 3, 4, 6]), [1, 2, 3, 4, 5, 6]);
    assert_eq!(of(&[4, 5], &[1, 2]), [1, 2, 4, 5]);
    assert_eq!(of(&[1, 2], &[]), [1, 2]);
}

#[test]
fn a_rule_that_is_broken_while_the_node_runs_is_broken_from_then_on() {
    let mut c = cluster(1).elect(1);
    let rules = Rules { leader_counts_itself_after_sync: false, ..Rules::ALL };
    c.node(1).set_rules(rules);
    c.propose(1, "x");
    assert_eq!((c.commit(1), c.node(1).config().rules), (2, rules));
}

#[test]
fn a_set_election_timeout_counts_until_the_next_is_drawn() {
    let mut c = cluster(3);
    c.node(1).set_election_timeout_ticks(3);
    c.tick(1, 2);
    assert_eq!(c.node(1).status().role, Role::Follower);
    c.tick(1, 1);
    assert_eq!(c.node(1).status().role, Role::Candidate);
    c.node(1).set_election_timeout_ticks(0);
    assert_eq!(c.node(1).status().randomized_election_timeout_ticks, 1, "no timeout is shorter than a tick");
}

/// Goal: a limit never leaves a hole. Method: a large entry that does not fit, between small ones; the last is not yet on disk.
#[test]
fn a_log_reads_no_further_than_the_first_entry_that_does_not_fit() {
    let entry = |index, payload: &str| Entry { term: 1, index, body: Body::Command(payload.into()) };
    let mut disk = disk(3, &[], HardState { term: 1, ..HardState::default() });
    disk.append(&[entry(1, "a"), entry(2, &"b".repeat(100))]);
    let mut node = RawNode::new(Config::new(2), disk).expect("valid");
    let (prev, entries) = (Position::new(1, 2), Entries::from(entry(3, "c")));
    let body = MessageBody::AppendEntries { prev, entries, commit: 0 };
    node.step(Message { from: 1, to: 2, term: 1, body }).expect("well formed");
    let mut out = Vec::new();
    node.log().read(1..4, 2 * entry(1, "a").size_bytes(), &mut out).expect("in the log");
    assert_eq!(out, [entry(1, "a")]);
}

/// §7: a snapshot stands for what it covers, also when that is written once more.
#[test]
fn a_storage_skips_entries_that_its_snapshot_covers_7() {
    let mut on_disk = disk(3, &[1; 5], HardState::default());
    on_disk.compact(4).expect("in the log");
    let entries: Vec<Entry> = (1..=6).map(|index| Entry { term: 2, index, body: Body::Noop }).collect();
    on_disk.append(&entries[..4]);
    assert_eq!((on_disk.first_index(), on_disk.last_index(), on_disk.term(5)), (5, 5, Ok(1)), "all is covered");
    on_disk.append(&entries);
    assert_eq!((on_disk.first_index(), on_disk.last_index(), on_disk.term(5)), (5, 6, Ok(2)));
}
