//! Leader Append-Only: a leader never overwrites or deletes entries in its log; it only appends (§5.3).

use raft_core::{Entry, Index, Role, Term};

use super::{Fact, Finding, Scene, Standing, name};

/// Needs no notes of its own: the ledger has the log before the write, the standings have the log before the event.
#[derive(Copy, Clone, Debug)]
pub(super) struct LeaderAppendOnly;

impl LeaderAppendOnly {
    pub(super) fn observe(&mut self, scene: Scene<'_>, fact: Fact<'_>) -> Option<Finding> {
        if let Fact::Wrote(Role::Leader, entries) = fact {
            overwritten(scene, entries.first()?)
        } else if let Fact::Stands(now) = fact {
            deleted(scene, now)
        } else {
            None
        }
    }
}

/// What a leader writes follows its last entry.
fn overwritten(scene: Scene<'_>, first: &Entry) -> Option<Finding> {
    let last = scene.ledger.last_index(scene.node);
    (first.index <= last).then(|| finding(scene, "overwrote", first.index, first.term))
}

/// A leader that still leads its term has all that it had before.
fn deleted(scene: Scene<'_>, now: Standing) -> Option<Finding> {
    let before = scene.standing(scene.node)?;
    let leads_on = before.role == Role::Leader && now.role == Role::Leader && now.term == before.term;
    let shrank = leads_on && now.last.index < before.last.index;
    shrank.then(|| finding(scene, "deleted", now.last.index + 1, now.term))
}

fn finding(scene: Scene<'_>, did: &str, index: Index, term: Term) -> Finding {
    let text = format!("{} {did} entry {index} of its own log while it led term {term}", name(scene.node));
    Finding::new(&[scene.node], Some(index), text)
}
