//! Who takes part: the configuration of the cluster and the changes that a log entry can ask for (§6, thesis ch. 4).

use alloc::vec::Vec;

use crate::entry::{NodeId, Payload};

/// The configuration of a cluster, as snapshots hold it (etcd's `ConfState`). Every list is sorted and has no
/// duplicates.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct ConfState {
    /// The voters; in a joint configuration the *incoming* ones (C_new of §6).
    pub voters: Vec<NodeId>,
    /// The voters that are on their way out (C_old of §6); empty unless the configuration is joint.
    pub voters_outgoing: Vec<NodeId>,
    /// Nodes that receive the log but have no vote (thesis 4.2.1).
    pub learners: Vec<NodeId>,
    /// Outgoing voters that become learners when the joint configuration is left.
    pub learners_next: Vec<NodeId>,
    /// Whether the leader leaves the joint configuration by itself as soon as it is applied.
    pub auto_leave: bool,
}

impl ConfState {
    /// The plain configuration of these voters, sorted.
    pub fn of_voters(voters: impl IntoIterator<Item = NodeId>) -> ConfState {
        let mut voters: Vec<NodeId> = voters.into_iter().collect();
        voters.sort_unstable();
        voters.dedup();
        ConfState { voters, ..ConfState::default() }
    }

    /// Whether two majorities are needed (§6, joint consensus).
    pub fn is_joint(&self) -> bool {
        !self.voters_outgoing.is_empty()
    }
}

/// A change of the configuration, as an entry holds it (etcd's `ConfChangeV2`). Without changes it asks to leave the
/// joint configuration.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct ConfChange {
    /// How the change passes through joint consensus.
    pub transition: Transition,
    /// What to do, in order.
    pub changes: Vec<Change>,
    /// The host's own bytes, uninterpreted.
    pub context: Payload,
}

impl ConfChange {
    /// The change that leaves a joint configuration.
    pub const LEAVE_JOINT: ConfChange =
        ConfChange { transition: Transition::Auto, changes: Vec::new(), context: Payload::EMPTY };

    /// Bytes that the change counts for in size limits: the context and nine for each step.
    pub fn payload_bytes(&self) -> u64 {
        (self.context.len() + 9 * self.changes.len()) as u64
    }
}

impl FromIterator<Change> for ConfChange {
    fn from_iter<I: IntoIterator<Item = Change>>(changes: I) -> Self {
        ConfChange { changes: changes.into_iter().collect(), ..ConfChange::default() }
    }
}

/// How a change passes through joint consensus (§6).
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug, Default)]
pub enum Transition {
    /// Directly when one voter changes (thesis 4.1), else as [`Transition::Implicit`].
    #[default]
    Auto,
    /// Through a joint configuration that the leader leaves by itself.
    Implicit,
    /// Through a joint configuration that stays until [`ConfChange::LEAVE_JOINT`] is proposed.
    Explicit,
}

/// One step of a [`ConfChange`].
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Change {
    /// Make the node a voter; a learner is promoted.
    AddVoter(NodeId),
    /// Make the node a learner; a voter is demoted.
    AddLearner(NodeId),
    /// Remove the node.
    Remove(NodeId),
}

impl Change {
    /// The node that the step is about.
    pub fn node(&self) -> NodeId {
        match *self {
            Change::AddVoter(id) | Change::AddLearner(id) | Change::Remove(id) => id,
        }
    }
}
