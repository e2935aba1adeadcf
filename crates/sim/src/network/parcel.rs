//! What travels: parcels, their names, and how they are on their way.

use std::fmt;

use raft_core::{Message, MessageKind, NodeId};

use crate::command::Submission;
use crate::names::ClientId;
use crate::store::Outcome;

/// One end of a way: a node or a client. Prints as `n1` or `c1`.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Endpoint {
    /// A node.
    Node(NodeId),
    /// A client.
    Client(ClientId),
}

impl Endpoint {
    /// A number of its own: 1..=9 for nodes, 11..=109 for clients.
    #[must_use]
    pub fn code(self) -> u64 {
        match self {
            Endpoint::Node(node) => node,
            Endpoint::Client(client) => 10 + client.number(),
        }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Endpoint::Node(node) => write!(f, "n{node}"),
            Endpoint::Client(client) => client.fmt(f),
        }
    }
}

/// What a node answers a client.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Answer {
    /// The command is committed and applied; this is what it came to.
    Done(Outcome),
    /// The node does not lead; perhaps it knows who does.
    NotLeader {
        /// Whom it takes for the leader.
        hint: Option<NodeId>,
    },
}

/// What travels.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Parcel {
    /// From node to node: a message of Raft's.
    Raft(Message),
    /// From a client to a node: a command.
    Request(Submission),
    /// From a node to a client: the answer to its command number `sequence`.
    Reply {
        /// Which command of the client it answers.
        sequence: u64,
        /// The answer.
        answer: Answer,
    },
}

/// What kind of parcel, in a trace and in a message's name.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ParcelKind {
    /// A message of Raft's.
    Raft(MessageKind),
    /// A client's command.
    Request,
    /// The answer to it.
    Reply,
}

impl ParcelKind {
    /// A number of its own, below 16.
    #[must_use]
    pub fn code(self) -> u64 {
        match self {
            ParcelKind::Request => 0,
            ParcelKind::Reply => 1,
            ParcelKind::Raft(MessageKind::RequestVote) => 2,
            ParcelKind::Raft(MessageKind::RequestVoteResponse) => 3,
            ParcelKind::Raft(MessageKind::AppendEntries) => 4,
            ParcelKind::Raft(MessageKind::AppendEntriesResponse) => 5,
            ParcelKind::Raft(MessageKind::Heartbeat) => 6,
            ParcelKind::Raft(MessageKind::HeartbeatResponse) => 7,
            ParcelKind::Raft(MessageKind::RequestPreVote) => 8,
            ParcelKind::Raft(MessageKind::RequestPreVoteResponse) => 9,
            ParcelKind::Raft(MessageKind::InstallSnapshot) => 10,
            ParcelKind::Raft(MessageKind::TimeoutNow) => 11,
            ParcelKind::Raft(MessageKind::TransferLeader) => 12,
            ParcelKind::Raft(MessageKind::Propose) => 13,
            ParcelKind::Raft(MessageKind::ReadIndex) => 14,
            ParcelKind::Raft(MessageKind::ReadIndexResponse) => 15,
        }
    }

    /// Every kind, by its code.
    pub const ALL: [ParcelKind; KINDS] = [
        ParcelKind::Request,
        ParcelKind::Reply,
        ParcelKind::Raft(MessageKind::RequestVote),
        ParcelKind::Raft(MessageKind::RequestVoteResponse),
        ParcelKind::Raft(MessageKind::AppendEntries),
        ParcelKind::Raft(MessageKind::AppendEntriesResponse),
        ParcelKind::Raft(MessageKind::Heartbeat),
        ParcelKind::Raft(MessageKind::HeartbeatResponse),
        ParcelKind::Raft(MessageKind::RequestPreVote),
        ParcelKind::Raft(MessageKind::RequestPreVoteResponse),
        ParcelKind::Raft(MessageKind::InstallSnapshot),
        ParcelKind::Raft(MessageKind::TimeoutNow),
        ParcelKind::Raft(MessageKind::TransferLeader),
        ParcelKind::Raft(MessageKind::Propose),
        ParcelKind::Raft(MessageKind::ReadIndex),
        ParcelKind::Raft(MessageKind::ReadIndexResponse),
    ];

    /// Whether it is a sign of life that leaders and followers exchange all the time.
    #[must_use]
    pub fn is_heartbeat(self) -> bool {
        matches!(self, ParcelKind::Raft(MessageKind::Heartbeat | MessageKind::HeartbeatResponse))
    }
}

/// How many kinds of parcel there are.
pub(super) const KINDS: usize = 16;

impl fmt::Display for ParcelKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ParcelKind::Request => "request",
            ParcelKind::Reply => "reply",
            ParcelKind::Raft(MessageKind::RequestVote) => "vote",
            ParcelKind::Raft(MessageKind::RequestVoteResponse) => "voteResponse",
            ParcelKind::Raft(MessageKind::AppendEntries) => "append",
            ParcelKind::Raft(MessageKind::AppendEntriesResponse) => "appendResponse",
            ParcelKind::Raft(MessageKind::Heartbeat) => "heartbeat",
            ParcelKind::Raft(MessageKind::HeartbeatResponse) => "heartbeatResponse",
            ParcelKind::Raft(MessageKind::RequestPreVote) => "preVote",
            ParcelKind::Raft(MessageKind::RequestPreVoteResponse) => "preVoteResponse",
            ParcelKind::Raft(MessageKind::InstallSnapshot) => "snapshot",
            ParcelKind::Raft(MessageKind::TimeoutNow) => "timeoutNow",
            ParcelKind::Raft(MessageKind::TransferLeader) => "transfer",
            ParcelKind::Raft(MessageKind::Propose) => "propose",
            ParcelKind::Raft(MessageKind::ReadIndex) => "readIndex",
            ParcelKind::Raft(MessageKind::ReadIndexResponse) => "readIndexResponse",
        })
    }
}

impl Parcel {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> ParcelKind {
        match self {
            Parcel::Raft(message) => ParcelKind::Raft(message.kind()),
            Parcel::Request(_) => ParcelKind::Request,
            Parcel::Reply { .. } => ParcelKind::Reply,
        }
    }
}

/// A message's name: the how-manieth of its kind on its way it is. Prints as `n1>n2.append.3`.
///
/// It counts only its own kind on its own way, so it stays the same when something changes elsewhere in the run.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MessageId {
    /// Who sent it.
    pub from: Endpoint,
    /// For whom.
    pub to: Endpoint,
    /// Its kind.
    pub kind: ParcelKind,
    /// Counts from 1.
    pub ordinal: u32,
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}>{}.{}.{}", self.from, self.to, self.kind, self.ordinal)
    }
}

/// A message on its way.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Flight {
    /// Its name.
    pub id: MessageId,
    /// What travels.
    pub parcel: Parcel,
    /// When it left, in µs.
    pub sent_us: u64,
    /// When it arrives, or is lost if `doomed`, in µs; at least `sent_us`.
    pub arrive_us: u64,
    /// Whether it will be lost instead of arriving.
    pub doomed: bool,
    /// Whether it was chance or somebody's hand that doomed it, and not a cut.
    pub dropped: bool,
    /// Since when it is held on its way, in µs; it arrives no sooner than it is released. `None` if it travels.
    pub held_since_us: Option<u64>,
    /// How long it was held before it was last released, in µs, all such times together.
    pub waited_us: u64,
}
