//! One vote a term: a node gives at most one vote in a term, and a restart does not make it forget (§5.2, Figure 2).
//!
//! A vote counts from the moment on when somebody may rely on it: when the answer leaves, when it is on disk, when it elected.

use raft_core::{NodeId, Role, Term};

use super::{Fact, Finding, Promise, Scene, name, place};
use crate::sorted::SortedMap;

/// By voter: whom it voted for in each term.
#[derive(Clone, Debug, Default)]
pub(super) struct OneVote {
    votes: Vec<SortedMap<Term, NodeId>>,
}

impl OneVote {
    pub(super) fn observe(&mut self, scene: Scene<'_>, fact: Fact<'_>) -> Option<Finding> {
        let voter = scene.node;
        if let Fact::Promised(Promise::Vote(term), candidate, _) = fact {
            self.voted(voter, term, candidate)
        } else if let Fact::Synced(state) = fact {
            self.voted(voter, state.term, state.voted_for?)
        } else if let Fact::Stands(now) = fact
            && now.role == Role::Leader
        {
            self.voted(voter, now.term, voter)
        } else {
            None
        }
    }

    fn voted(&mut self, voter: NodeId, term: Term, candidate: NodeId) -> Option<Finding> {
        if self.votes.len() <= place(voter) {
            self.votes.resize_with(place(voter) + 1, SortedMap::default);
        }
        let first = *self.votes[place(voter)].get_or_insert(term, candidate);
        (first != candidate).then(|| {
            let (voter_name, first_name) = (name(voter), name(first));
            let text = format!("{voter_name} voted for {first_name} and for {} in term {term}", name(candidate));
            Finding::new(&[voter, first, candidate], None, text)
        })
    }
}
