//! The changes of the cluster's configuration that one can ask for (§6, thesis ch. 4).

use std::fmt;

use raft_core::{Change, ConfChange, ConfState, NodeId, Payload, Transition};

use crate::names::NodeSet;
use crate::words::{ParseError, Words, quoted};

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
    pub(super) fn read(words: &mut Words<'_>) -> Result<Membership, ParseError> {
        let what = words.expect("add, promote, remove, joint or replace")?;
        match what.text {
            "add" => {
                let node = words.node()?;
                let kind = words.expect("voter or learner")?;
                match kind.text {
                    "voter" => Ok(Membership::AddVoter(node)),
                    "learner" => Ok(Membership::AddLearner(node)),
                    other => Err(words.error(kind, format!("{} should be voter or learner", quoted(other)))),
                }
            }
            "promote" => Ok(Membership::Promote(words.node()?)),
            "remove" => Ok(Membership::Remove(words.node()?)),
            "replace" => Ok(Membership::Replace { old: words.node()?, new: words.node()? }),
            "joint" => {
                let all = words.rest();
                let mut voters = NodeSet::default();
                for name in all.text.split(',') {
                    let word = Words::part(all, name.trim());
                    let node = words.node_of(word)?;
                    if !voters.insert(node) {
                        return Err(words.error(word, format!("n{node} is named twice")));
                    }
                }
                Ok(Membership::Joint(voters))
            }
            other => {
                let message =
                    format!("{} is no change of members: add, promote, remove, joint, replace", quoted(other));
                Err(words.error(what, message))
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
            Membership::AddVoter(node) => write!(f, "add n{node} voter"),
            Membership::AddLearner(node) => write!(f, "add n{node} learner"),
            Membership::Promote(node) => write!(f, "promote n{node}"),
            Membership::Remove(node) => write!(f, "remove n{node}"),
            Membership::Joint(voters) => write!(f, "joint {voters}"),
            Membership::Replace { old, new } => write!(f, "replace n{old} n{new}"),
        }
    }
}
