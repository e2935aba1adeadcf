//! Election Safety: at most one leader can be elected in a term (§5.2).
//!
//! Two leaders at one moment are legal, if their terms differ.

use raft_core::{NodeId, Role, Term};

use super::{Fact, Finding, Scene, name};
use crate::sorted::SortedMap;

/// Who led each term.
#[derive(Clone, Debug, Default)]
pub(super) struct ElectionSafety {
    leaders: SortedMap<Term, NodeId>,
}

impl ElectionSafety {
    pub(super) fn observe(&mut self, scene: Scene<'_>, fact: Fact<'_>) -> Option<Finding> {
        let Fact::Stands(standing) = fact else { return None };
        if standing.role != Role::Leader {
            return None;
        }
        let term = standing.term;
        let first = *self.leaders.get_or_insert(term, scene.node);
        (first != scene.node).then(|| {
            let text = format!("{} and {} were both elected leader of term {term}", name(first), name(scene.node));
            Finding::new(&[first, scene.node], None, text)
        })
    }
}
