//! What is on its way: messages between nodes, and what a node's own storage says back to it.
//!
//! etcd sends itself messages where our core hands out a receipt ([`raft_core::Mark`]): the parts of a receipt travel
//! here as envelopes of their own, so that a transcript can deliver them one by one.

use std::sync::Arc;

use raft_core::{Entry, HardState, Index, Mark, Message, MessageKind, NodeId, SelfAck, Snapshot, Written};

/// One thing on its way to a node.
#[derive(Clone, Debug)]
pub enum Envelope {
    /// A message of the core.
    Message(Message),
    /// A node's answer to itself, synced.
    SelfAck {
        /// The node.
        node: NodeId,
        /// What it answers.
        ack: SelfAck,
    },
    /// The append thread tells how far the disk is.
    Written {
        /// The node.
        node: NodeId,
        /// How far.
        written: Written,
        /// The snapshot that was written with it.
        snapshot: Option<Arc<Snapshot>>,
    },
    /// The apply thread tells what the state machine has taken in.
    Applied {
        /// The node.
        node: NodeId,
        /// What it took in.
        entries: Vec<Entry>,
    },
}

/// Work for a node's append thread.
#[derive(Clone, Debug)]
pub struct AppendWork {
    /// Written if it changed.
    pub hard_state: Option<HardState>,
    /// Replaces everything.
    pub snapshot: Option<Arc<Snapshot>>,
    /// Appended.
    pub entries: Vec<Entry>,
    /// On their way once all is written.
    pub responses: Vec<Envelope>,
}

/// Work for a node's apply thread.
#[derive(Clone, Debug)]
pub struct ApplyWork {
    /// To be applied in order.
    pub entries: Vec<Entry>,
}

impl Envelope {
    /// The receiver.
    pub fn to(&self) -> NodeId {
        match self {
            Envelope::Message(message) => message.to,
            Envelope::SelfAck { node, .. } | Envelope::Written { node, .. } | Envelope::Applied { node, .. } => *node,
        }
    }

    /// Whether it never leaves the node: such envelopes are not dropped.
    pub fn is_local(&self) -> bool {
        match self {
            Envelope::Message(message) => message.from == message.to,
            Envelope::SelfAck { .. } | Envelope::Written { .. } | Envelope::Applied { .. } => true,
        }
    }

    /// The name of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Envelope::Message(message) => kind(message.kind()),
            Envelope::SelfAck { ack, .. } => kind(self_ack_kind(ack)),
            Envelope::Written { .. } => "MsgStorageAppendResp",
            Envelope::Applied { .. } => "MsgStorageApplyResp",
        }
    }
}

/// What a node would have sent to another one in place of this answer to itself.
pub fn self_ack_kind(ack: &SelfAck) -> MessageKind {
    match ack {
        SelfAck::Vote { pre_vote: true, .. } => MessageKind::RequestPreVoteResponse,
        SelfAck::Vote { pre_vote: false, .. } => MessageKind::RequestVoteResponse,
        SelfAck::Append { .. } => MessageKind::AppendEntriesResponse,
    }
}

/// The highest index of an answer to itself, for the index that its line shows.
pub fn self_ack_index(ack: &SelfAck) -> Index {
    match ack {
        SelfAck::Vote { .. } => 0,
        SelfAck::Append { index, .. } => *index,
    }
}

/// A receipt that holds one answer to itself and nothing else.
pub fn receipt_of(ack: SelfAck) -> Mark {
    Mark { self_acks: vec![ack], written: None }
}

/// etcd's name of a message.
pub fn kind(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::RequestPreVote => "MsgPreVote",
        MessageKind::RequestPreVoteResponse => "MsgPreVoteResp",
        MessageKind::RequestVote => "MsgVote",
        MessageKind::RequestVoteResponse => "MsgVoteResp",
        MessageKind::AppendEntries => "MsgApp",
        MessageKind::AppendEntriesResponse => "MsgAppResp",
        MessageKind::Heartbeat => "MsgHeartbeat",
        MessageKind::HeartbeatResponse => "MsgHeartbeatResp",
        MessageKind::InstallSnapshot => "MsgSnap",
        MessageKind::TimeoutNow => "MsgTimeoutNow",
        MessageKind::TransferLeader => "MsgTransferLeader",
        MessageKind::Propose => "MsgProp",
        MessageKind::ReadIndex => "MsgReadIndex",
        MessageKind::ReadIndexResponse => "MsgReadIndexResp",
    }
}

/// Every name that a filter may ask for: also of what never is on its way here.
pub const KINDS: [&str; 24] = [
    "MsgPreVote",
    "MsgPreVoteResp",
    "MsgVote",
    "MsgVoteResp",
    "MsgApp",
    "MsgAppResp",
    "MsgHeartbeat",
    "MsgHeartbeatResp",
    "MsgSnap",
    "MsgTimeoutNow",
    "MsgTransferLeader",
    "MsgProp",
    "MsgReadIndex",
    "MsgReadIndexResp",
    "MsgStorageAppend",
    "MsgStorageAppendResp",
    "MsgStorageApply",
    "MsgStorageApplyResp",
    "MsgHup",
    "MsgBeat",
    "MsgUnreachable",
    "MsgSnapStatus",
    "MsgCheckQuorum",
    "MsgForgetLeader",
];
