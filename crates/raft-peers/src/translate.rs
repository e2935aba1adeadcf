//! Messages, entries and configurations in the words of the other: raft-rs' protobuf types and ours.
//!
//! What one side cannot say is dropped on the way, and only that: raft-rs' commit index in votes and in answers, its
//! priorities and snapshot requests. An empty command cannot be told from a leader's first entry in protobuf; nobody
//! proposes one here.

use protobuf::Message as _;
use raft::eraftpb::{
    ConfChange as TheirChangeV1, ConfChangeSingle, ConfChangeTransition, ConfChangeType, ConfChangeV2 as TheirChange,
    ConfState as TheirConf, Entry as TheirEntry, EntryType, Message as TheirMessage, MessageType,
    Snapshot as TheirSnapshot,
};
use raft_core::{
    AppendResult, Body, Change, ConfChange, ConfState, Entries, Entry, Message, MessageBody, NodeId, Payload, Position,
    Snapshot, Transition,
};
use std::sync::Arc;

/// raft-rs marks the vote requests of a leader transfer by this context.
const TRANSFER: &[u8] = b"CampaignTransfer";

/// Our message in raft-rs' words.
pub fn to_theirs(message: &Message) -> TheirMessage {
    let mut out = TheirMessage { from: message.from, to: message.to, term: message.term, ..TheirMessage::default() };
    out.set_msg_type(kind_to_theirs(&message.body));
    match &message.body {
        MessageBody::RequestVote { last, transfer, .. } => {
            (out.log_term, out.index) = (last.term, last.index);
            if *transfer {
                out.context = TRANSFER.into();
            }
        }
        MessageBody::RequestVoteResponse { granted, .. } => out.reject = !granted,
        MessageBody::AppendEntries { prev, entries, commit } => {
            (out.log_term, out.index, out.commit) = (prev.term, prev.index, *commit);
            out.entries = entries.iter().map(entry_to_theirs).collect::<Vec<_>>().into();
        }
        MessageBody::AppendEntriesResponse(AppendResult::Matched { index }) => out.index = *index,
        MessageBody::AppendEntriesResponse(AppendResult::Rejected { prev_index, hint }) => {
            out.reject = true;
            (out.index, out.reject_hint, out.log_term) = (*prev_index, hint.index, hint.term);
        }
        MessageBody::Heartbeat { commit, read_round } => {
            out.commit = *commit;
            out.context = round_to_theirs(*read_round).into();
        }
        MessageBody::HeartbeatResponse { read_round } => out.context = round_to_theirs(*read_round).into(),
        MessageBody::InstallSnapshot { snapshot } => out.set_snapshot(snapshot_to_theirs(snapshot)),
        MessageBody::TimeoutNow => {}
        // raft-rs names the transferee as the sender.
        MessageBody::TransferLeader { transferee } => out.from = *transferee,
        MessageBody::Propose { entries } => {
            out.entries = entries.iter().map(entry_to_theirs).collect::<Vec<_>>().into();
        }
        MessageBody::ReadIndex { context } => out.entries = vec![read_entry(*context)].into(),
        MessageBody::ReadIndexResponse { index, context } => {
            out.index = *index;
            out.entries = vec![read_entry(*context)].into();
        }
    }
    out
}

fn kind_to_theirs(body: &MessageBody) -> MessageType {
    match body {
        MessageBody::RequestVote { pre_vote: false, .. } => MessageType::MsgRequestVote,
        MessageBody::RequestVote { pre_vote: true, .. } => MessageType::MsgRequestPreVote,
        MessageBody::RequestVoteResponse { pre_vote: false, .. } => MessageType::MsgRequestVoteResponse,
        MessageBody::RequestVoteResponse { pre_vote: true, .. } => MessageType::MsgRequestPreVoteResponse,
        MessageBody::AppendEntries { .. } => MessageType::MsgAppend,
        MessageBody::AppendEntriesResponse(_) => MessageType::MsgAppendResponse,
        MessageBody::Heartbeat { .. } => MessageType::MsgHeartbeat,
        MessageBody::HeartbeatResponse { .. } => MessageType::MsgHeartbeatResponse,
        MessageBody::InstallSnapshot { .. } => MessageType::MsgSnapshot,
        MessageBody::TimeoutNow => MessageType::MsgTimeoutNow,
        MessageBody::TransferLeader { .. } => MessageType::MsgTransferLeader,
        MessageBody::Propose { .. } => MessageType::MsgPropose,
        MessageBody::ReadIndex { .. } => MessageType::MsgReadIndex,
        MessageBody::ReadIndexResponse { .. } => MessageType::MsgReadIndexResp,
    }
}

/// raft-rs' message in our words; `None` for what never leaves a node, and for reads that another host named.
pub fn to_ours(message: &TheirMessage) -> Option<Message> {
    let position = Position { term: message.log_term, index: message.index };
    let body = match message.get_msg_type() {
        kind @ (MessageType::MsgRequestVote | MessageType::MsgRequestPreVote) => MessageBody::RequestVote {
            last: position,
            pre_vote: kind == MessageType::MsgRequestPreVote,
            transfer: message.context == TRANSFER,
        },
        kind @ (MessageType::MsgRequestVoteResponse | MessageType::MsgRequestPreVoteResponse) => {
            let pre_vote = kind == MessageType::MsgRequestPreVoteResponse;
            MessageBody::RequestVoteResponse { granted: !message.reject, pre_vote }
        }
        MessageType::MsgAppend => MessageBody::AppendEntries {
            prev: position,
            entries: entries_to_ours(&message.entries),
            commit: message.commit,
        },
        MessageType::MsgAppendResponse => MessageBody::AppendEntriesResponse(if message.reject {
            let hint = Position { term: message.log_term, index: message.reject_hint };
            AppendResult::Rejected { prev_index: message.index, hint }
        } else {
            AppendResult::Matched { index: message.index }
        }),
        MessageType::MsgHeartbeat => {
            MessageBody::Heartbeat { commit: message.commit, read_round: round_to_ours(&message.context)? }
        }
        MessageType::MsgHeartbeatResponse => {
            MessageBody::HeartbeatResponse { read_round: round_to_ours(&message.context)? }
        }
        MessageType::MsgSnapshot => {
            MessageBody::InstallSnapshot { snapshot: Arc::new(snapshot_to_ours(message.get_snapshot())) }
        }
        MessageType::MsgTimeoutNow => MessageBody::TimeoutNow,
        MessageType::MsgTransferLeader => MessageBody::TransferLeader { transferee: message.from },
        MessageType::MsgPropose => MessageBody::Propose { entries: entries_to_ours(&message.entries) },
        MessageType::MsgReadIndex => MessageBody::ReadIndex { context: read_context(message)? },
        MessageType::MsgReadIndexResp => {
            MessageBody::ReadIndexResponse { index: message.index, context: read_context(message)? }
        }
        MessageType::MsgHup
        | MessageType::MsgBeat
        | MessageType::MsgUnreachable
        | MessageType::MsgSnapStatus
        | MessageType::MsgCheckQuorum => return None,
    };
    Some(Message { from: message.from, to: message.to, term: message.term, body })
}

/// A round of reads is a number here and bytes there; no round is 0 here and no bytes there.
fn round_to_theirs(round: u64) -> Vec<u8> {
    if round == 0 { Vec::new() } else { round.to_le_bytes().to_vec() }
}

fn round_to_ours(context: &[u8]) -> Option<u64> {
    if context.is_empty() { Some(0) } else { context.try_into().ok().map(u64::from_le_bytes) }
}

fn read_entry(context: u64) -> TheirEntry {
    TheirEntry { data: context.to_le_bytes().to_vec().into(), ..TheirEntry::default() }
}

fn read_context(message: &TheirMessage) -> Option<u64> {
    let data: &[u8] = &message.entries.first()?.data;
    data.try_into().ok().map(u64::from_le_bytes)
}

/// Our entry in raft-rs' words.
pub fn entry_to_theirs(entry: &Entry) -> TheirEntry {
    let mut out = TheirEntry { term: entry.term, index: entry.index, ..TheirEntry::default() };
    match &entry.body {
        Body::Noop => {}
        Body::Command(payload) => out.data = payload.to_vec().into(),
        Body::ConfChange(change) => {
            out.set_entry_type(EntryType::EntryConfChangeV2);
            out.data = change_bytes(change).into();
            out.context = change.context.to_vec().into();
        }
    }
    out
}

/// raft-rs' entry in our words.
///
/// # Panics
/// When a configuration change does not parse: both sides only make ones that do.
pub fn entry_to_ours(entry: &TheirEntry) -> Entry {
    let body = match entry.get_entry_type() {
        EntryType::EntryNormal if entry.data.is_empty() => Body::Noop,
        EntryType::EntryNormal => Body::Command(Payload::from(&entry.data[..])),
        EntryType::EntryConfChangeV2 => {
            let change = TheirChange::parse_from_bytes(&entry.data).expect("made by raft-rs or by us");
            Body::ConfChange(Arc::new(change_to_ours(&change, &entry.context)))
        }
        EntryType::EntryConfChange => {
            let change = TheirChangeV1::parse_from_bytes(&entry.data).expect("made by raft-rs");
            let one = single_to_ours(change.get_change_type(), change.node_id);
            let change = ConfChange { changes: vec![one], ..ConfChange::default() };
            Body::ConfChange(Arc::new(change))
        }
    };
    Entry { term: entry.term, index: entry.index, body }
}

fn entries_to_ours(entries: &[TheirEntry]) -> Entries {
    entries.iter().map(entry_to_ours).collect()
}

/// Our change in raft-rs' words, without its context, which lies in the entry.
pub fn change_to_theirs(change: &ConfChange) -> TheirChange {
    let mut out = TheirChange::default();
    out.set_transition(match change.transition {
        Transition::Auto => ConfChangeTransition::Auto,
        Transition::Implicit => ConfChangeTransition::Implicit,
        Transition::Explicit => ConfChangeTransition::Explicit,
    });
    let singles = change.changes.iter().map(|change| {
        let mut single = ConfChangeSingle { node_id: change.node(), ..ConfChangeSingle::default() };
        single.set_change_type(match change {
            Change::AddVoter(_) => ConfChangeType::AddNode,
            Change::AddLearner(_) => ConfChangeType::AddLearnerNode,
            Change::Remove(_) => ConfChangeType::RemoveNode,
        });
        single
    });
    out.changes = singles.collect::<Vec<_>>().into();
    out
}

/// Empty for the change that leaves a joint configuration, as raft-rs writes it.
fn change_bytes(change: &ConfChange) -> Vec<u8> {
    change_to_theirs(change).write_to_bytes().expect("writing to memory")
}

fn change_to_ours(change: &TheirChange, context: &[u8]) -> ConfChange {
    let transition = match change.get_transition() {
        ConfChangeTransition::Auto => Transition::Auto,
        ConfChangeTransition::Implicit => Transition::Implicit,
        ConfChangeTransition::Explicit => Transition::Explicit,
    };
    let changes = change.changes.iter().map(|one| single_to_ours(one.get_change_type(), one.node_id)).collect();
    ConfChange { transition, changes, context: Payload::from(context) }
}

fn single_to_ours(kind: ConfChangeType, node: NodeId) -> Change {
    match kind {
        ConfChangeType::AddNode => Change::AddVoter(node),
        ConfChangeType::AddLearnerNode => Change::AddLearner(node),
        ConfChangeType::RemoveNode => Change::Remove(node),
    }
}

/// Our snapshot in raft-rs' words.
pub fn snapshot_to_theirs(snapshot: &Snapshot) -> TheirSnapshot {
    let mut out = TheirSnapshot { data: snapshot.data.to_vec().into(), ..TheirSnapshot::default() };
    let metadata = out.mut_metadata();
    (metadata.term, metadata.index) = (snapshot.last.term, snapshot.last.index);
    metadata.set_conf_state(conf_to_theirs(&snapshot.conf_state));
    out
}

/// raft-rs' snapshot in our words.
pub fn snapshot_to_ours(snapshot: &TheirSnapshot) -> Snapshot {
    let metadata = snapshot.get_metadata();
    Snapshot {
        last: Position { term: metadata.term, index: metadata.index },
        conf_state: conf_to_ours(metadata.get_conf_state()),
        data: Payload::from(&snapshot.data[..]),
    }
}

/// Our configuration in raft-rs' words.
pub fn conf_to_theirs(conf: &ConfState) -> TheirConf {
    TheirConf {
        voters: conf.voters.clone(),
        learners: conf.learners.clone(),
        voters_outgoing: conf.voters_outgoing.clone(),
        learners_next: conf.learners_next.clone(),
        auto_leave: conf.auto_leave,
        ..TheirConf::default()
    }
}

/// raft-rs' configuration in our words; raft-rs keeps its lists in the order of a hash table.
pub fn conf_to_ours(conf: &TheirConf) -> ConfState {
    let sorted = |ids: &[NodeId]| {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids
    };
    ConfState {
        voters: sorted(&conf.voters),
        voters_outgoing: sorted(&conf.voters_outgoing),
        learners: sorted(&conf.learners),
        learners_next: sorted(&conf.learners_next),
        auto_leave: conf.auto_leave,
    }
}
