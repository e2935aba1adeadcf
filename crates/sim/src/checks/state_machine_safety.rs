//! State Machine Safety: if a node has applied an entry at an index, no other node ever applies a different one there (§5.4.3).
//!
//! So equal indexes mean equal stores, and a snapshot is the store that applying the entries would have made.

use raft_core::{Entry, Index, NodeId};

use super::ledger::{self, First, Line};
use super::{Fact, Finding, Scene, name};
use crate::chunks::Chunks;
use crate::sure::size;

/// By index, from 1: who was the first to apply an entry there. Its chain is the entry's own hash, and beside it stands the store's.
#[derive(Clone, Debug, Default)]
pub(super) struct StateMachineSafety {
    applied: Chunks<First>,
}

impl StateMachineSafety {
    pub(super) fn observe(&mut self, scene: Scene<'_>, fact: Fact<'_>) -> Option<Finding> {
        if let Fact::Restored(index, store) = fact {
            let first = self.applied.get(place(index))?;
            return if first.beside == store.value() { None } else { Some(stores_differ(scene.node, *first, index)) };
        }
        let Fact::Applied(entry, store) = fact else { return None };
        let line = Line { term: entry.term, chain: ledger::hash(entry) };
        let mine = First { line, node: scene.node, beside: store.value() };
        match self.applied.get(place(entry.index)) {
            Some(first) if first.line.chain != mine.line.chain => Some(entries_differ(entry, *first, mine)),
            Some(first) if first.beside != mine.beside => Some(stores_differ(scene.node, *first, entry.index)),
            Some(_) => None,
            None => {
                assert_eq!(place(entry.index), self.applied.len(), "entries are applied in order");
                self.applied.push(mine);
                None
            }
        }
    }
}

fn place(index: Index) -> usize {
    size(index - 1)
}

fn entries_differ(entry: &Entry, first: First, mine: First) -> Finding {
    let text = format!(
        "at index {} {} applied the entry of term {}, and {} another one, of term {}",
        entry.index,
        name(first.node),
        first.line.term,
        name(mine.node),
        mine.line.term
    );
    Finding::new(&[first.node, mine.node], Some(entry.index), text)
}

fn stores_differ(node: NodeId, first: First, index: Index) -> Finding {
    let text = format!("at index {index} the stores of {} and {} differ", name(first.node), name(node));
    Finding::new(&[first.node, node], Some(index), text)
}
