//! Leader Completeness: if an entry is committed in a term, it is in the log of the leaders of all later terms (§5.4).
//!
//! It binds only leaders of terms *later* than the one in which the entry was committed: an older leader that has not yet
//! heard of its successor may well lack it.

use raft_core::{Index, NodeId, Role, Term};

use super::ledger::First;
use super::{Fact, Finding, Scene, Standing, entry_text, name};
use crate::chunks::Chunks;
use crate::sorted::SortedMap;
use crate::sure::size;

/// Everything that was ever committed.
#[derive(Clone, Debug, Default)]
pub(super) struct LeaderCompleteness {
    /// By index, from 1: the entry as it stood in the log of the node that committed it first, and beside it that node's term then.
    committed: Chunks<First>,
    /// The highest index that was committed in a term, or in an earlier one.
    highest: SortedMap<Term, Index>,
}

impl LeaderCompleteness {
    pub(super) fn observe(&mut self, scene: Scene<'_>, fact: Fact<'_>) -> Option<Finding> {
        let Fact::Stands(now) = fact else { return None };
        let before = scene.standing(scene.node);
        let newly_leads =
            now.role == Role::Leader && before.is_none_or(|b| b.role != Role::Leader || b.term != now.term);
        let lacking = if newly_leads { self.lacking(scene, scene.node, now.term) } else { None };
        let newly_committed = self.commit(scene, now);
        lacking.or_else(|| if newly_committed { self.leaders_lacking(scene, now) } else { None })
    }

    /// Notes what this node is the first to commit. True if there is any.
    fn commit(&mut self, scene: Scene<'_>, now: Standing) -> bool {
        let known = self.committed.len() as u64;
        // A commit index beyond the log is a fault of the core's own; there is nothing to note then.
        let reached = now.commit.min(scene.ledger.last_index(scene.node));
        for index in known + 1..=reached {
            let line = scene.ledger.line(scene.node, index).expect("an index within the log");
            self.committed.push(First { line, node: scene.node, beside: now.term });
        }
        if reached <= known {
            return false;
        }
        self.highest.get_or_insert(now.term, reached);
        self.highest.values_from_mut(&now.term).for_each(|highest| *highest = reached);
        true
    }

    /// The leader of `term` must hold everything that was committed in earlier terms.
    fn lacking(&self, scene: Scene<'_>, leader: NodeId, term: Term) -> Option<Finding> {
        let bound = *self.highest.last_before(&term)?;
        let holds = |index| scene.ledger.line(leader, index) == Some(self.entry(index).line);
        if bound == 0 || holds(bound) {
            return None; // equal chains: all entries below are equal, too
        }
        let first = (1..=bound).find(|&index| !holds(index)).expect("the last one is lacking");
        let First { line, node, beside: in_term } = self.entry(first);
        let text = format!(
            "{} leads term {term} without entry {first}@{}, which {} committed in term {in_term}: it holds {} there",
            name(leader),
            line.term,
            name(node),
            entry_text(first, scene.ledger.line(leader, first).map(|line| line.term))
        );
        Some(Finding::new(&[node, leader], Some(first), text))
    }

    /// Something was committed: those who lead later terms at this moment must hold it already.
    fn leaders_lacking(&self, scene: Scene<'_>, now: Standing) -> Option<Finding> {
        (1..).zip(scene.standings).find_map(|(node, standing)| {
            let leads_later = |s: &&Standing| s.role == Role::Leader && s.term > now.term && node != scene.node;
            let standing = standing.as_ref().filter(leads_later)?;
            self.lacking(scene, node, standing.term)
        })
    }

    fn entry(&self, index: Index) -> First {
        let place = size(index - 1);
        *self.committed.get(place).expect("an index that was committed")
    }
}
