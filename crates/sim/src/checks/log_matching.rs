//! Log Matching: if two logs hold an entry with the same index and term, they are identical in all entries up to it (§5.3).
//!
//! Checked against every log there ever was, not only those of the moment: an (index, term) is made once, by one leader.

use raft_core::{Index, NodeId, Term};

use super::ledger::Line;
use super::{Fact, Finding, Scene, name};
use crate::chunks::Chunks;
use crate::sure::size;

/// Who first wrote an entry of this index and term, and what the log was up to it.
#[derive(Copy, Clone, Debug)]
struct First {
    line: Line,
    node: NodeId,
}

/// By index: the entries of different terms that were ever written there. Almost always one.
#[derive(Clone, Debug)]
struct Place {
    first: First,
    others: Vec<First>,
}

/// Everything that was ever written.
#[derive(Clone, Debug, Default)]
pub(super) struct LogMatching {
    places: Chunks<Place>,
}

impl LogMatching {
    pub(super) fn observe(&mut self, scene: Scene<'_>, fact: Fact<'_>) -> Option<Finding> {
        let Fact::Wrote(_, entries) = fact else { return None };
        entries.iter().find_map(|entry| self.wrote(scene, entry.index))
    }

    fn wrote(&mut self, scene: Scene<'_>, index: Index) -> Option<Finding> {
        let line = scene.ledger.line(scene.node, index).expect("the ledger has what was just written");
        let mine = First { line, node: scene.node };
        let at = size(index - 1);
        let Some(place) = self.places.get(at) else {
            assert_eq!(at, self.places.len(), "a log has no holes");
            self.places.push(Place { first: mine, others: Vec::new() });
            return None;
        };
        let known = std::iter::once(&place.first).chain(&place.others).find(|first| first.line.term == line.term);
        match known {
            Some(first) if first.line.chain == line.chain => None,
            Some(first) => Some(finding(mine, first.node, index, line.term)),
            None => {
                self.places.get_mut(at).expect("the place is there").others.push(mine);
                None
            }
        }
    }
}

fn finding(mine: First, other: NodeId, index: Index, term: Term) -> Finding {
    let text = format!(
        "{} and {} both wrote entry {index} of term {term}, and their logs up to it differ",
        name(other),
        name(mine.node)
    );
    Finding::new(&[other, mine.node], Some(index), text)
}
