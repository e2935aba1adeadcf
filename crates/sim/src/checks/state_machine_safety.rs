//! State Machine Safety: if a node has applied an entry at an index, no other node ever applies a different one there (§5.4.3).

use raft_core::{Entry, NodeId, Term};

use super::{Fact, Finding, Scene, ledger, name};
use crate::chunks::Chunks;

/// Who first applied an entry at an index, and which.
#[derive(Copy, Clone, Debug)]
struct Applied {
    term: Term,
    hash: u64,
    node: NodeId,
}

/// By index, from 1: what was applied there.
#[derive(Clone, Debug, Default)]
pub(super) struct StateMachineSafety {
    applied: Chunks<Applied>,
}

impl StateMachineSafety {
    pub(super) fn observe(&mut self, scene: Scene<'_>, fact: Fact<'_>) -> Option<Finding> {
        let Fact::Applied(entry) = fact else { return None };
        let mine = Applied { term: entry.term, hash: ledger::hash(entry), node: scene.node };
        let place = usize::try_from(entry.index - 1).expect("a log fits into memory");
        match self.applied.get(place) {
            Some(first) if first.hash == mine.hash => None,
            Some(first) => Some(finding(entry, *first, mine)),
            None => {
                assert_eq!(place, self.applied.len(), "entries are applied in order");
                self.applied.push(mine);
                None
            }
        }
    }
}

fn finding(entry: &Entry, first: Applied, mine: Applied) -> Finding {
    let text = format!(
        "at index {} {} applied the entry of term {}, and {} another one, of term {}",
        entry.index,
        name(first.node),
        first.term,
        name(mine.node),
        mine.term
    );
    Finding::new([first.node, mine.node], Some(entry.index), text)
}
