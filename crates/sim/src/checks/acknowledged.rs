//! Acknowledged means durable: what a node has told another that it has, it still has after a crash (§5.1, Figure 2: respond
//! only after updating on stable storage).
//!
//! Both sides are checked: nothing is told before the disk has it, and nothing that was told is gone after a restart, unless a
//! leader had it replaced.

use raft_core::{Index, NodeId, Storage};

use super::{Durable, Fact, Finding, Promise, Scene, name, place};

/// By node: up to where it has acknowledged its log, as it is now.
#[derive(Clone, Debug, Default)]
pub(super) struct Acknowledged {
    up_to: Vec<Index>,
}

impl Acknowledged {
    pub(super) fn observe(&mut self, scene: Scene<'_>, fact: Fact<'_>) -> Option<Finding> {
        let node = scene.node;
        if self.up_to.len() <= place(node) {
            self.up_to.resize(place(node) + 1, 0);
        }
        let up_to = &mut self.up_to[place(node)];
        if let Fact::Promised(promise, to, durable) = fact {
            if let Promise::Log(_, index) = promise {
                *up_to = index.min(durable.log).max(*up_to);
            }
            return too_early(scene, promise, to, durable);
        }
        if let Fact::Wrote(_, entries) = fact {
            // A leader's conflicting entries take the place of what was acknowledged to another.
            let first = entries.first()?.index;
            *up_to = first.saturating_sub(1).min(*up_to);
        }
        if let Fact::Restarted(log) = fact
            && log.last_index() < *up_to
        {
            let first = log.last_index() + 1;
            let text = format!("{} had acknowledged entry {first}, and its disk has no such entry", name(node));
            return Some(Finding::new(&[node], Some(first), text));
        }
        None
    }
}

fn too_early(scene: Scene<'_>, promise: Promise, to: NodeId, durable: Durable) -> Option<Finding> {
    let (from, to_name) = (name(scene.node), name(to));
    let (term, vote) = (durable.hard_state.term, durable.hard_state.voted_for);
    let present = scene.standing(scene.node).map_or(term, |standing| standing.term);
    let (index, text) = match promise {
        // What a leader of an older term was promised may be replaced by a later one before the word of it leaves; it was taken
        // before the node moved to that term, and that is what the old leader relies on. The disk may not know that term yet.
        Promise::Log(of, index) if index <= durable.log || present > of => return None,
        Promise::Vote(of) if term > of || term == of && vote == Some(to) => return None,
        Promise::Log(_, index) => {
            (Some(index), format!("{from} told {to_name} that it has entry {index} before its disk had it"))
        }
        Promise::Vote(of) => {
            (None, format!("{from} told {to_name} that it has its vote of term {of} before its disk had it"))
        }
    };
    Some(Finding::new(&[scene.node, to], index, text))
}
