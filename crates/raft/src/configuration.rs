//! Who takes part: the configuration of a cluster, the changes that an entry can ask for, and what they lead to (§6,
//! thesis ch. 4). Only arithmetic of sets; when a change takes effect is in `membership`.

use alloc::vec::Vec;
use core::{cmp::Ordering, fmt};

use crate::entry::{NodeId, Payload};
use crate::event::ConfChangeRefusal;

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
        let mut conf = ConfState::default();
        for id in voters {
            insert(&mut conf.voters, id);
        }
        conf
    }

    /// Whether two majorities are needed (§6, joint consensus).
    pub fn is_joint(&self) -> bool {
        !self.voters_outgoing.is_empty()
    }

    /// Whether the node has a vote.
    pub fn is_voter(&self, id: NodeId) -> bool {
        has(&self.voters, id) || has(&self.voters_outgoing, id)
    }

    /// Whether the node receives the log and has no vote.
    pub fn is_learner(&self, id: NodeId) -> bool {
        has(&self.learners, id)
    }

    /// Whether the node receives the log.
    pub fn contains(&self, id: NodeId) -> bool {
        self.is_voter(id) || self.is_learner(id)
    }

    /// Everybody with a vote, by ascending id.
    pub fn all_voters(&self) -> impl Iterator<Item = NodeId> {
        merge(&self.voters, &self.voters_outgoing)
    }

    /// Everybody who receives the log, by ascending id.
    pub(crate) fn members(&self) -> Vec<NodeId> {
        let mut members: Vec<NodeId> = self.all_voters().collect();
        for &learner in &self.learners {
            insert(&mut members, learner);
        }
        members
    }

    /// Whether it does not contradict itself: sorted lists, nobody twice, no node 0, learners without a vote, and
    /// outgoing learners among the outgoing voters, and only a joint configuration to be left.
    pub(crate) fn is_possible(&self) -> bool {
        let lists = [&self.voters, &self.voters_outgoing, &self.learners, &self.learners_next];
        lists.iter().all(|list| list.first() != Some(&0) && list.windows(2).all(|pair| pair[0] < pair[1]))
            && !self.learners.iter().any(|id| self.is_voter(*id))
            && self.learners_next.iter().all(|id| has(&self.voters_outgoing, *id) && !has(&self.voters, *id))
            && if self.is_joint() { !self.voters.is_empty() } else { !self.auto_leave }
    }

    /// The configuration after a change.
    ///
    /// # Errors
    /// Why there is none: nothing changes then.
    pub fn after(&self, change: &ConfChange) -> Result<ConfState, ConfChangeRefusal> {
        if change.leaves_joint() { self.left() } else { self.changed(change, change.enters_joint()) }
    }

    /// The same in one step, whatever the change asks for: what a broken rule does.
    pub(crate) fn after_directly(&self, change: &ConfChange) -> Result<ConfState, ConfChangeRefusal> {
        self.changed(change, None)
    }

    /// C_old gives way to C_new (§6).
    fn left(&self) -> Result<ConfState, ConfChangeRefusal> {
        if !self.is_joint() {
            return Err(ConfChangeRefusal::NotInJoint);
        }
        let mut learners = self.learners.clone();
        for &id in &self.learners_next {
            insert(&mut learners, id);
        }
        Ok(ConfState { voters: self.voters.clone(), learners, ..ConfState::default() })
    }

    fn changed(&self, change: &ConfChange, joint: Option<AutoLeave>) -> Result<ConfState, ConfChangeRefusal> {
        if self.is_joint() {
            return Err(ConfChangeRefusal::InJoint);
        }
        let mut next = self.clone();
        if let Some(AutoLeave(auto_leave)) = joint {
            if self.voters.is_empty() {
                return Err(ConfChangeRefusal::NoVoters);
            }
            next.voters_outgoing = self.voters.clone();
            next.auto_leave = auto_leave;
        }
        for step in &change.changes {
            match *step {
                Change::AddVoter(0) | Change::AddLearner(0) | Change::Remove(0) => {
                    return Err(ConfChangeRefusal::ZeroId);
                }
                Change::AddVoter(id) => {
                    next.forget(id);
                    insert(&mut next.voters, id);
                }
                Change::AddLearner(id) => {
                    next.forget(id);
                    // Its vote in the outgoing configuration still counts: it becomes a learner when that is left.
                    let later = has(&next.voters_outgoing, id);
                    insert(if later { &mut next.learners_next } else { &mut next.learners }, id);
                }
                Change::Remove(id) => next.forget(id),
            }
        }
        if next.voters.is_empty() { Err(ConfChangeRefusal::NoVoters) } else { Ok(next) }
    }

    /// The node is in no list but the outgoing one.
    fn forget(&mut self, id: NodeId) {
        for list in [&mut self.voters, &mut self.learners, &mut self.learners_next] {
            if let Ok(at) = list.binary_search(&id) {
                list.remove(at);
            }
        }
    }
}

/// Whether a joint configuration is left by itself.
#[derive(Copy, Clone)]
pub(crate) struct AutoLeave(bool);

/// Whether the sorted list holds the node. Asked rarely: one copy of the search will do.
#[inline(never)]
fn has(list: &[NodeId], id: NodeId) -> bool {
    list.binary_search(&id).is_ok()
}

#[inline(never)]
fn insert(list: &mut Vec<NodeId>, id: NodeId) {
    if let Err(at) = list.binary_search(&id) {
        list.insert(at, id);
    }
}

/// Two sorted lists as one, without what is twice.
fn merge<'a>(left: &'a [NodeId], right: &'a [NodeId]) -> impl Iterator<Item = NodeId> + 'a {
    let (mut left, mut right) = (left.iter().copied().peekable(), right.iter().copied().peekable());
    core::iter::from_fn(move || match (left.peek(), right.peek()) {
        (Some(a), Some(b)) => match a.cmp(b) {
            Ordering::Less => left.next(),
            Ordering::Greater => right.next(),
            Ordering::Equal => {
                right.next();
                left.next()
            }
        },
        (Some(_), None) => left.next(),
        (None, _) => right.next(),
    })
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

    /// Whether it asks to leave a joint configuration.
    pub(crate) fn leaves_joint(&self) -> bool {
        self.transition == Transition::Auto && self.changes.is_empty()
    }

    /// Whether it goes through a joint configuration, and if so whether that is left by itself.
    pub(crate) fn enters_joint(&self) -> Option<AutoLeave> {
        match self.transition {
            Transition::Auto if self.changes.len() <= 1 => None,
            Transition::Auto | Transition::Implicit => Some(AutoLeave(true)),
            Transition::Explicit => Some(AutoLeave(false)),
        }
    }

    /// Bytes that the change counts for in size limits: the context and nine for each step.
    pub fn payload_bytes(&self) -> u64 {
        (self.context.len() + 9 * self.changes.len()) as u64
    }
}

impl fmt::Display for ConfChange {
    /// `voter n4, remove n3`, or `leave joint`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.changes.is_empty() {
            return f.write_str("leave joint");
        }
        for (place, change) in self.changes.iter().enumerate() {
            let what = match change {
                Change::AddVoter(_) => "voter",
                Change::AddLearner(_) => "learner",
                Change::Remove(_) => "remove",
            };
            write!(f, "{}{what} n{}", if place == 0 { "" } else { ", " }, change.node())?;
        }
        Ok(())
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
