//! The changes of the cluster's configuration that one can ask for (§6, thesis ch. 4).

use std::fmt;

use raft_core::{Change, ConfChange, ConfState, NodeId, Payload, Transition};

use super::read::read_nodes;
use crate::names::NodeSet;
use crate::words::{Words, say};

/// A change of the configuration. A node that is not there yet is started with an empty disk.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Membership {
    /// `member add n6 voter`: the node gets a vote, at once.
    AddVoter(NodeId),
    /// `member add n6 learner`: the node gets the log and no vote (thesis 4.2.1).
    AddLearner(NodeId),
    /// `member promote n6`: a learner gets a vote.
    Promote(NodeId),
    /// `member remove n2`: the node is no member any more.
    Remove(NodeId),
    /// `member joint n1,n2,n6`: these are the voters, after a joint configuration of the old and the new ones.
    Joint(NodeSet),
    /// `member replace n2 n6`: one goes and another comes, through a joint configuration.
    Replace {
        /// Who goes.
        old: NodeId,
        /// Who comes.
        new: NodeId,
    },
}

impl Membership {
    /// Reads what stands after `member`.
    pub(super) fn read(words: &mut Words<'_>) -> Membership {
        let what = words.expect("add, promote, remove, joint or replace");
        match what.text {
            "add" => {
                let node = words.node();
                let kind = words.expect("voter or learner");
                match kind.text {
                    "learner" => return Membership::AddLearner(node),
                    "voter" => {}
                    _ => words.wrong("", kind, " should be voter or learner"),
                }
                Membership::AddVoter(node)
            }
            "promote" => Membership::Promote(words.node()),
            "remove" => Membership::Remove(words.node()),
            "replace" => Membership::Replace { old: words.node(), new: words.node() },
            _ => {
                if what.text != "joint" {
                    words.wrong("", what, " is no change of members: add, promote, remove, joint, replace");
                }
                let all = words.rest();
                Membership::Joint(read_nodes(words, all, &mut NodeSet::default()))
            }
        }
    }

    /// The nodes that take part afterwards because of it.
    #[must_use]
    pub fn comes(self) -> NodeSet {
        match self {
            Membership::AddVoter(node) | Membership::AddLearner(node) => [node].into_iter().collect(),
            Membership::Replace { new, .. } => [new].into_iter().collect(),
            Membership::Joint(voters) => voters,
            Membership::Promote(_) | Membership::Remove(_) => NodeSet::default(),
        }
    }

    /// The nodes that must be members already.
    #[must_use]
    pub fn needs(self) -> Option<NodeId> {
        match self {
            Membership::Promote(node) | Membership::Remove(node) | Membership::Replace { old: node, .. } => Some(node),
            Membership::AddVoter(_) | Membership::AddLearner(_) | Membership::Joint(_) => None,
        }
    }

    /// The change that a leader with this configuration proposes.
    #[must_use]
    pub fn change(self, conf: &ConfState) -> ConfChange {
        let (transition, changes) = match self {
            Membership::AddVoter(node) | Membership::Promote(node) => (Transition::Auto, vec![Change::AddVoter(node)]),
            Membership::AddLearner(node) => (Transition::Auto, vec![Change::AddLearner(node)]),
            Membership::Remove(node) => (Transition::Auto, vec![Change::Remove(node)]),
            Membership::Replace { old, new } => {
                (Transition::Implicit, vec![Change::AddVoter(new), Change::Remove(old)])
            }
            Membership::Joint(voters) => {
                let come = voters.iter().filter(|node| !conf.voters.contains(node)).map(Change::AddVoter);
                let go = conf.voters.iter().copied().filter(|node| !voters.contains(*node)).map(Change::Remove);
                (Transition::Implicit, come.chain(go).collect())
            }
        };
        ConfChange { transition, changes, context: Payload::EMPTY }
    }
}

impl fmt::Display for Membership {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Membership::AddVoter(node) => say(f, "add n# voter", &[*node], &""),
            Membership::AddLearner(node) => say(f, "add n# learner", &[*node], &""),
            Membership::Promote(node) => say(f, "promote n#", &[*node], &""),
            Membership::Remove(node) => say(f, "remove n#", &[*node], &""),
            Membership::Joint(voters) => say(f, "joint $", &[], voters),
            Membership::Replace { old, new } => say(f, "replace n# n#", &[*old, *new], &""),
        }
    }
}
