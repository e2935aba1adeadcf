//! Everything that one may want to see of a node, borrowed: it costs nothing to ask.

use crate::configuration::ConfState;
use crate::entry::{Index, NodeId, Position, Term};
use crate::progress::Progress;
use crate::ready::Role;

/// A node at this moment. All ticks are counts of [`tick`](crate::RawNode::tick).
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Status<'a> {
    /// The node.
    pub id: NodeId,
    /// Its part.
    pub role: Role,
    /// The leader of its term, as far as it knows.
    pub leader: Option<NodeId>,
    /// Its term. Never decreases. Figure 2.
    pub term: Term,
    /// Who has its vote in this term. Figure 2.
    pub voted_for: Option<NodeId>,
    /// Highest index known to be committed. Never decreases; applied <= commit <= last. Figure 2.
    pub commit: Index,
    /// Highest index that the host acknowledged as applied. Figure 2.
    pub applied: Index,
    /// The last entry of the log.
    pub last: Position,
    /// Ticks since the timer was last reset: for a leader since its last check of the quorum.
    pub election_elapsed_ticks: u32,
    /// A follower or candidate campaigns when `election_elapsed_ticks` reaches this (§5.2).
    pub randomized_election_timeout_ticks: u32,
    /// Ticks since a leader's last heartbeat.
    pub heartbeat_elapsed_ticks: u32,
    /// The answers that a candidate has, by ascending id: true for granted.
    pub votes: &'a [(NodeId, bool)],
    /// What a leader knows of each node, itself included, by ascending id. Empty on others.
    pub progress: &'a [(NodeId, Progress)],
    /// The configuration in effect (§6).
    pub conf: &'a ConfState,
    /// To whom the leader hands over (thesis 3.10).
    pub transferee: Option<NodeId>,
}
