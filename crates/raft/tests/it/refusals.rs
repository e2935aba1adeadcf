//! What is asked for and cannot be: the typed error, or the decision, says which and why, and nothing changes.

use std::ops::Range;
use std::sync::Arc;

use raft_core::{
    AppendResult, Body, CampaignError, Change, ConfChange, ConfChangeRefusal, ConfState, Config, ConfigError, Decision,
    Entries, Entry, HardState, Index, MemStorage, Message, MessageBody, NoElection, NoSnapshot, Payload, Position,
    ProposeError, RawNode, ReadMode, Role, Snapshot, SnapshotRefusal, StepError, Storage, StorageError, Term,
    Transition,
};

use crate::cluster::{cluster, cluster_with, disk};

#[test]
fn a_stored_commit_index_beyond_the_stored_log_starts_no_node() {
    let state = |commit| HardState { term: 1, commit, ..HardState::default() };
    let start = |disk| RawNode::new(Config::new(1), disk).err();
    assert_eq!(start(disk(3, &[1], state(1))), None);
    let beyond = ConfigError::CommitOutsideLog { commit: 2, first: 0, last: 1 };
    assert_eq!(start(disk(3, &[1], state(2))), Some(beyond));
}

/// A crash between writing a snapshot and writing the commit index that came with it: what the snapshot covers is committed.
#[test]
fn a_node_that_crashed_between_a_snapshot_and_its_hard_state_starts_from_the_snapshot_7() {
    let state = HardState { term: 1, commit: 1, ..HardState::default() };
    let mut installed = disk(3, &[1], state);
    let snapshot =
        Snapshot { last: Position::new(2, 7), conf_state: ConfState::of_voters(1..=3), data: "state".into() };
    installed.apply_snapshot(Arc::new(snapshot)).expect("newer");
    let node = RawNode::new(Config { applied: 7, ..Config::new(1) }, installed).expect("a disk that a crash can leave");
    assert_eq!((node.status().commit, node.status().applied, node.status().term), (7, 7, 1));
    assert_eq!(node.status().last, Position::new(2, 7));
}

#[test]
fn a_leader_does_not_campaign_against_itself_5_2() {
    let mut c = cluster(3).elect(1);
    assert_eq!(c.node(1).campaign(), Err(CampaignError(NoElection::AlreadyLeader)));
    assert_eq!((c.node(1).status().role, c.node(1).status().term), (Role::Leader, 1));
}

#[test]
fn nothing_cannot_be_proposed() {
    let mut c = cluster(3).elect(1);
    assert_eq!(c.node(1).propose_batch(&[]), Err(ProposeError::Empty));
    assert_eq!(c.node(1).log().last_index(), 1);
}

#[test]
fn a_forwarded_proposal_that_is_not_taken_says_why() {
    let entries = Entries::from(Entry { term: 0, index: 0, body: Body::Command("x".into()) });
    let message = Message { from: 2, to: 1, term: 0, body: MessageBody::Propose { entries } };
    let nobody = StepError::Proposal(ProposeError::NotLeader { hint: None });
    assert_eq!(cluster(3).node(1).step(&message), Err(nobody));
    let mut c = cluster(3).elect(1);
    c.cut(3).node(1).transfer_leader(3);
    assert_eq!(c.node(1).step(&message), Err(StepError::Proposal(ProposeError::Transferring { to: 3 })));
}

#[test]
fn a_joint_configuration_is_left_before_it_changes_again_6() {
    let mut c = cluster(3).elect(1);
    let joint = ConfChange { transition: Transition::Explicit, ..ConfChange::from_iter([Change::AddLearner(4)]) };
    c.node(1).propose_conf_change(joint).expect("possible");
    c.settle();
    assert!(c.node(1).status().conf.is_joint());
    let again = c.node(1).propose_conf_change(ConfChange::from_iter([Change::AddLearner(5)]));
    assert_eq!(again, Err(ProposeError::ConfChange(ConfChangeRefusal::InJoint)));
    let conf = c.node(1).status().conf.clone();
    assert_eq!(conf.after(&ConfChange::from_iter([Change::AddLearner(5)])), Err(ConfChangeRefusal::InJoint));
}

#[test]
fn a_snapshot_whose_configuration_contradicts_itself_is_ignored_7() {
    let mut c = cluster(3);
    let conf_state = ConfState { voters: vec![3, 1], ..ConfState::default() };
    let snapshot = Arc::new(Snapshot { last: Position::new(1, 5), conf_state, data: Payload::EMPTY });
    let message = Message { from: 1, to: 3, term: 1, body: MessageBody::InstallSnapshot { snapshot } };
    c.node(3).step(message).expect("well formed");
    let why = SnapshotRefusal::Nonsense;
    let ignored = Decision::SnapshotIgnored { snapshot: Position::new(1, 5), commit: 0, why };
    assert!(c.decisions(3).contains(&ignored));
    assert_eq!(c.node(3).log().last_index(), 0);
}

#[test]
fn whoever_reads_by_a_lease_does_not_forget_its_leader_thesis_6_4_1() {
    let mut c = cluster_with(3, |config| {
        config.check_quorum = true;
        config.reads = ReadMode::Lease;
    })
    .elect(1);
    c.decisions(3);
    c.node(3).forget_leader();
    assert_eq!(c.decisions(3), [Decision::ForgetLeaderRefused]);
    assert_eq!(c.node(3).status().leader, Some(1));
}

/// A disk whose host needs time to make a snapshot.
struct Busy {
    disk: MemStorage,
    busy: bool,
}

impl Storage for Busy {
    fn initial_state(&self) -> (HardState, ConfState) {
        self.disk.initial_state()
    }

    fn entries(&self, range: Range<Index>, max_bytes: u64, out: &mut Vec<Entry>) -> Result<(), StorageError> {
        self.disk.entries(range, max_bytes, out)
    }

    fn term(&self, index: Index) -> Result<Term, StorageError> {
        self.disk.term(index)
    }

    fn first_index(&self) -> Index {
        self.disk.first_index()
    }

    fn last_index(&self) -> Index {
        self.disk.last_index()
    }

    fn snapshot(&self) -> Result<Arc<Snapshot>, StorageError> {
        if self.busy { Err(StorageError::SnapshotTemporarilyUnavailable) } else { self.disk.snapshot() }
    }
}

#[test]
fn a_snapshot_that_is_not_ready_is_asked_for_again_7() {
    let mut on_disk = disk(2, &[1, 1, 1], HardState { term: 1, commit: 3, ..HardState::default() });
    on_disk.create_snapshot(2, ConfState::of_voters(1..=2), Payload::EMPTY).expect("in the log");
    on_disk.compact(2).expect("in the log");
    let config = Config { applied: 3, ..Config::new(1) };
    let mut node = RawNode::with_tracer(config, Busy { disk: on_disk, busy: true }, Vec::new()).expect("possible");
    node.campaign().expect("a voter");
    let ready = node.ready();
    node.advance(ready);
    let say = |node: &mut RawNode<Busy, Vec<Decision>>, body| {
        node.step(Message { from: 2, to: 1, term: 2, body }).expect("a member");
        let ready = node.ready();
        node.storage_mut().disk.append(&ready.append.entries);
        let sent = ready.messages.iter().any(|message| matches!(message.body, MessageBody::InstallSnapshot { .. }));
        node.advance(ready);
        sent
    };
    say(&mut node, MessageBody::RequestVoteResponse { granted: true, pre_vote: false });
    let rejected = AppendResult::Rejected { prev_index: 3, hint: Position::ORIGIN };
    assert!(!say(&mut node, MessageBody::AppendEntriesResponse(rejected)));
    let not_yet = Decision::SnapshotNotSent { to: 2, why: NoSnapshot::TemporarilyUnavailable };
    assert!(node.tracer_mut().contains(&not_yet));
    node.storage_mut().busy = false;
    assert!(say(&mut node, MessageBody::HeartbeatResponse { read_round: 0 }));
}
