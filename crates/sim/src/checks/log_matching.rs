//! Log Matching: if two logs hold an entry with the same index and term, they are identical in all entries up to it (§5.3).
//!
//! Checked against every log there ever was, not only those of the moment: an (index, term) is made once, by one leader.

use raft_core::{Index, NodeId, Term};

use super::ledger::First;
use super::{Fact, Finding, Scene, name};
use crate::chunks::Chunks;
use crate::sure::size;

/// Everything that was ever written: who first wrote an entry of an index and term, and what the log was up to it.
#[derive(Clone, Debug, Default)]
pub(super) struct LogMatching {
    /// By index, from 1: what was written there first. Almost always there is nothing else.
    places: Chunks<First>,
    /// The entries of other terms that were written to an index later.
    others: Vec<(Index, First)>,
}

impl LogMatching {
    pub(super) fn observe(&mut self, scene: Scene<'_>, fact: Fact<'_>) -> Option<Finding> {
        let Fact::Wrote(_, entries) = fact else { return None };
        entries.iter().find_map(|entry| self.wrote(scene, entry.index))
    }

    fn wrote(&mut self, scene: Scene<'_>, index: Index) -> Option<Finding> {
        let line = scene.ledger.line(scene.node, index).expect("the ledger has what was just written");
        let mine = First { line, node: scene.node, beside: 0 };
        let at = size(index - 1);
        let Some(place) = self.places.get(at) else {
            assert_eq!(at, self.places.len(), "a log has no holes");
            self.places.push(mine);
            return None;
        };
        let mut known = Some(place);
        if place.line.term != line.term {
            let same = |(at, first): &&(Index, First)| *at == index && first.line.term == line.term;
            known = self.others.iter().find(same).map(|(_, first)| first);
        }
        match known {
            Some(first) if first.line.chain == line.chain => None,
            Some(first) => Some(finding(mine, first.node, index, line.term)),
            None => {
                self.others.push((index, mine));
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
