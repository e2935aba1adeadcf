//! Exactly once: however often a client sends a command, it takes effect once (thesis 6.3).

use raft_core::Index;

use super::{Fact, Finding, Scene};
use crate::chunks::Chunks;
use crate::sure::size;

/// By client, from c1, and by the number of its command, from 1: at which index it took effect; 0 if it did not.
#[derive(Clone, Debug, Default)]
pub(super) struct ExactlyOnce {
    effects: Vec<Chunks<Index>>,
}

impl ExactlyOnce {
    pub(super) fn observe(&mut self, scene: Scene<'_>, fact: Fact<'_>) -> Option<Finding> {
        let Fact::TookEffect(client, sequence, index) = fact else { return None };
        let place = size(client.number() - 1);
        while self.effects.len() <= place {
            self.effects.push(Chunks::default());
        }
        let effects = &mut self.effects[place];
        let at = size(sequence.checked_sub(1)?);
        while effects.len() <= at {
            effects.push(0); // reads that do not go through the log have numbers, too
        }
        let first = effects.get_mut(at).expect("it was just made sure of");
        if *first == 0 {
            *first = index;
        }
        let first = *first;
        (first != index).then(|| {
            let text = format!("command {sequence} of {client} took effect at index {first}, and again at {index}");
            Finding::new(&[scene.node], Some(index), text)
        })
    }
}
