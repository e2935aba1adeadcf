//! The commit index of a process never decreases (Figure 2). A crash may forget it: it is volatile, and is learnt again.

use super::{Fact, Finding, Scene, name};

/// Needs no notes of its own: the standings have the commit index before the event.
#[derive(Copy, Clone, Debug)]
pub(super) struct CommitMonotonic;

impl CommitMonotonic {
    pub(super) fn observe(&mut self, scene: Scene<'_>, fact: Fact<'_>) -> Option<Finding> {
        let Fact::Stands(now) = fact else { return None };
        let before = scene.standing(scene.node)?.commit;
        (now.commit < before).then(|| {
            let text = format!("the commit index of {} went back from {before} to {}", name(scene.node), now.commit);
            Finding::new(&[scene.node], Some(before), text)
        })
    }
}
