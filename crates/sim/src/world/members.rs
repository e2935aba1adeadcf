//! Changing the cluster's members: who may be named, who is started, and whom to ask.

use raft_core::{ConfState, NodeId};

use super::World;
use crate::act_error::ActError;
use crate::action::Membership;
use crate::names::NODES_MAX;
use crate::node::{Item, Node};
use crate::trace::Happening;

impl World {
    pub(super) fn can_change(&self, membership: Membership) -> Result<(), ActError> {
        let leader = self.leader().ok_or(ActError::NoLeader)?;
        let next = self.nodes.len() as u64 + 1;
        for (new, node) in (next..).zip(membership.comes().iter().filter(|&node| node >= next)) {
            if node != new {
                return Err(ActError::NotNext { node, next: new.min(NODES_MAX) });
            }
        }
        let none = ConfState::default();
        let conf = leader.status().map_or(&none, |status| status.conf);
        let is = |node: NodeId| (conf.is_voter(node), conf.is_learner(node));
        match membership {
            Membership::Promote(node) if !is(node).1 => Err(ActError::NotMember { node }),
            Membership::AddVoter(node) | Membership::Replace { new: node, .. } if is(node).0 => {
                Err(ActError::Member { node })
            }
            Membership::AddLearner(node) if is(node) != (false, false) => Err(ActError::Member { node }),
            Membership::AddVoter(_)
            | Membership::AddLearner(_)
            | Membership::Promote(_)
            | Membership::Remove(_)
            | Membership::Joint(_)
            | Membership::Replace { .. } => match membership.needs() {
                Some(node) if !conf.contains(node) => Err(ActError::NotMember { node }),
                Some(_) | None => Ok(()),
            },
        }
    }

    /// Starts who is new, and asks the leader.
    pub(super) fn change_members(&mut self, membership: Membership) {
        for node in membership.comes().iter() {
            if node > self.nodes.len() as u64 {
                self.join(node);
            }
        }
        self.at_leader(Item::Member(membership));
    }

    /// Gives the leader something to do. It was made sure that there is one.
    pub(super) fn at_leader(&mut self, item: Item) {
        let leader = self.leader().expect("there is a leader").id();
        // An inbox that is full keeps out this item like any other.
        let _full = self.give(leader, item);
    }

    /// The next node starts with an empty disk.
    fn join(&mut self, id: NodeId) {
        let rules = self.nodes[0].rules();
        self.nodes.push(Node::new(id, &self.config, self.seed, self.now_us, rules));
        self.network.join();
        self.checks.join();
        self.clients.iter_mut().for_each(|client| client.join());
        self.record(Happening::Joined { node: id });
        self.schedule_tick(id);
    }
}
