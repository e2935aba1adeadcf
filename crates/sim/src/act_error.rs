//! Why an action cannot be done in the world as it is. Nothing changes then.

use std::fmt;

use raft_core::{Index, NodeId};

use crate::client::QUEUE_MAX;
use crate::names::ClientId;
use crate::network::MessagePattern;
use crate::words::say;

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
            ActError::NoSuchNode { node, nodes: 1 } => {
                say(f, "there is no node n#: this cluster has only n1", &[node], &"")
            }
            ActError::NoSuchNode { node, nodes } => {
                say(f, "there is no node n#: this cluster has n1 to n#", &[node, nodes], &"")
            }
            ActError::Down { node } => say(f, "n# has crashed: restart it first", &[node], &""),
            ActError::Running { node } => say(f, "n# is running: that is for a crashed node", &[node], &""),
            ActError::Frozen { node } => say(f, "n# is frozen: thaw it first", &[node], &""),
            ActError::NotFrozen { node } => say(f, "n# is not frozen", &[node], &""),
            ActError::NoSuchMessage { pattern } => say(f, "there is no such message on its way: $", &[], &pattern),
            ActError::NotApplied { node, first, applied } => say(
                f,
                "n# can drop what it has applied: its log begins at #, and # is applied",
                &[node, first, applied],
                &"",
            ),
            ActError::NotNext { node, next } => {
                say(f, "there is no node n#: the next to join is n#", &[node, next], &"")
            }
            ActError::NoLease => say(f, "a read by lease needs the setting `checkquorum on`", &[], &""),
            ActError::NoLeader => say(f, "there is no leader to ask", &[], &""),
            ActError::NotMember { node } => say(f, "n# is not there to be changed so", &[node], &""),
            ActError::Member { node } => say(f, "n# is a member already", &[node], &""),
            ActError::Leads { node } => say(f, "n# leads: a leader has no election timer", &[node], &""),
            ActError::QueueFull { client } => {
                say(f, "c# has # commands waiting, and no room for more", &[client.number(), QUEUE_MAX as u64], &"")
            }
            ActError::TooManyActions { max } => {
                say(f, "this run has # actions, and no room for more", &[max as u64], &"")
            }
        }
    }
}

impl std::error::Error for ActError {}
