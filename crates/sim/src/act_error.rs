//! Why an action cannot be done in the world as it is. Nothing changes then.

use std::fmt;

use raft_core::{Index, NodeId};

use crate::client::QUEUE_MAX;
use crate::names::ClientId;
use crate::network::MessagePattern;

/// Why an action cannot be done. Prints as a sentence.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum ActError {
    /// The cluster has fewer nodes than that.
    NoSuchNode {
        /// The node named.
        node: NodeId,
        /// How many there are.
        nodes: u64,
    },
    /// The node has crashed.
    Down {
        /// The node.
        node: NodeId,
    },
    /// The node has not crashed.
    Running {
        /// The node.
        node: NodeId,
    },
    /// The node is frozen.
    Frozen {
        /// The node.
        node: NodeId,
    },
    /// The node is not frozen.
    NotFrozen {
        /// The node.
        node: NodeId,
    },
    /// No message in flight, or none that is held, matches.
    NoSuchMessage {
        /// The messages named.
        pattern: MessagePattern,
    },
    /// The node's log cannot be compacted to there.
    NotApplied {
        /// The node.
        node: NodeId,
        /// The first index of its log.
        first: Index,
        /// What it has applied.
        applied: Index,
    },
    /// Nodes join in order: the next one is another.
    NotNext {
        /// The node named.
        node: NodeId,
        /// The node that comes next.
        next: NodeId,
    },
    /// There is no running leader to ask.
    NoLeader,
    /// A leader has no lease without `checkquorum`.
    NoLease,
    /// The node is not a member, or not of the kind that it must be.
    NotMember {
        /// The node.
        node: NodeId,
    },
    /// The node is a voter already.
    Member {
        /// The node.
        node: NodeId,
    },
    /// A leader has no election timer.
    Leads {
        /// The node.
        node: NodeId,
    },
    /// The client has as many commands waiting as it may.
    QueueFull {
        /// The client.
        client: ClientId,
    },
    /// The run has as many actions as it may.
    TooManyActions {
        /// How many it may have.
        max: usize,
    },
}

impl fmt::Display for ActError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            ActError::NoSuchNode { node, nodes: 1 } => write!(f, "there is no node n{node}: this cluster has only n1"),
            ActError::NoSuchNode { node, nodes } => {
                write!(f, "there is no node n{node}: this cluster has n1 to n{nodes}")
            }
            ActError::Down { node } => write!(f, "n{node} has crashed: restart it first"),
            ActError::Running { node } => write!(f, "n{node} is running: that is for a crashed node"),
            ActError::Frozen { node } => write!(f, "n{node} is frozen: thaw it first"),
            ActError::NotFrozen { node } => write!(f, "n{node} is not frozen"),
            ActError::NoSuchMessage { pattern } => write!(f, "there is no such message on its way: {pattern}"),
            ActError::NotApplied { node, first, applied } => {
                write!(f, "n{node} can drop what it has applied: its log begins at {first}, and {applied} is applied")
            }
            ActError::NotNext { node, next } => write!(f, "there is no node n{node}: the next to join is n{next}"),
            ActError::NoLease => write!(f, "a read by lease needs the setting `checkquorum on`"),
            ActError::NoLeader => write!(f, "there is no leader to ask"),
            ActError::NotMember { node } => write!(f, "n{node} is not there to be changed so"),
            ActError::Member { node } => write!(f, "n{node} is a member already"),
            ActError::Leads { node } => write!(f, "n{node} leads: a leader has no election timer"),
            ActError::QueueFull { client } => {
                write!(f, "{client} has {QUEUE_MAX} commands waiting, and no room for more")
            }
            ActError::TooManyActions { max } => write!(f, "this run has {max} actions, and no room for more"),
        }
    }
}

impl std::error::Error for ActError {}
