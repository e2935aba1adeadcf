//! State Machine Safety: if a node has applied an entry at an index, no other node ever applies a different one there (§5.4.3).
//!
//! So equal indexes mean equal stores, and a snapshot is the store that applying the entries would have made.

use raft_core::{Entry, Index, NodeId, Term};

use super::{Fact, Finding, Scene, ledger, name};
use crate::chunks::Chunks;
use crate::digest::Digest;
use crate::sure::size;

/// Who first applied an entry at an index, which, and what store that made.
#[derive(Copy, Clone, Debug)]
struct Applied {
    term: Term,
    hash: u64,
    store: Digest,
    node: NodeId,
}

/// By index, from 1: what was applied there.
#[derive(Clone, Debug, Default)]
pub(super) struct StateMachineSafety {
    applied: Chunks<Applied>,
}

impl StateMachineSafety {
    pub(super) fn observe(&mut self, scene: Scene<'_>, fact: Fact<'_>) -> Option<Finding> {
        if let Fact::Restored(index, store) = fact {
            let first = self.applied.get(place(index))?;
            return if first.store == store { None } else { Some(stores_differ(scene.node, *first, index)) };
        }
        let Fact::Applied(entry, store) = fact else { return None };
        let mine = Applied { term: entry.term, hash: ledger::hash(entry), store, node: scene.node };
        match self.applied.get(place(entry.index)) {
            Some(first) if first.hash != mine.hash => Some(entries_differ(entry, *first, mine)),
            Some(first) if first.store != store => Some(stores_differ(scene.node, *first, entry.index)),
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

fn entries_differ(entry: &Entry, first: Applied, mine: Applied) -> Finding {
    let text = format!(
        "at index {} {} applied the entry of term {}, and {} another one, of term {}",
        entry.index,
        name(first.node),
        first.term,
        name(mine.node),
        mine.term
    );
    Finding::new(&[first.node, mine.node], Some(entry.index), text)
}

fn stores_differ(node: NodeId, first: Applied, index: Index) -> Finding {
    let text = format!("at index {index} the stores of {} and {} differ", name(first.node), name(node));
    Finding::new(&[first.node, node], Some(index), text)
}
