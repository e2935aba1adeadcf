//! What was met before, and states worth going on from (Ecoffet et al., "First return, then explore", 2021): coverage is counted in
//! states of the cluster, and a run may begin where an earlier one met a new one.

use std::collections::BTreeSet;

use raft_core::Role;

use super::marks::{Marker, Marks};
use crate::digest::Digest;
use crate::rng::{Rng, mix};
use crate::run::Timed;
use crate::sure::size;
use crate::world::World;

/// So many states are kept to go on from.
const KEPT_MAX: usize = 48;
/// One of so many new states is kept.
const KEPT_ONE_OF: u64 = 6;
/// So many states are told apart; beyond that a sample of them is.
const SEEN_MAX: usize = 1 << 20;
/// Who is longer under way than this, or did more, is not gone on from: counterexamples are short.
const OLD_US: u64 = 1_500_000;
const ACTIONS_MAX: usize = 60;

/// A world to go on from, and what was done to get there.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) world: World,
    pub(super) actions: Vec<Timed>,
    pub(super) marker: Marker,
}

/// Which states were met: each of them up to so many, then a sample that is halved whenever it is full (Wegman's adaptive sampling, in
/// Flajolet, 1990). A state is in the sample or not for ever, so what is new in it is new.
#[derive(Clone, Debug)]
struct Seen {
    sample: BTreeSet<u64>,
    room: usize,
    /// Held are those whose hash ends with so many zeros.
    zeros: u32,
}

impl Default for Seen {
    fn default() -> Self {
        Seen { sample: BTreeSet::new(), room: SEEN_MAX, zeros: 0 }
    }
}

impl Seen {
    /// Whether a state is new. What is not in the sample is never called so.
    fn insert(&mut self, state: u64) -> bool {
        let hash = mix(state);
        if hash.trailing_zeros() < self.zeros || !self.sample.insert(hash) {
            return false;
        }
        while self.sample.len() > self.room {
            self.zeros += 1;
            self.sample.retain(|hash| hash.trailing_zeros() >= self.zeros);
        }
        true
    }

    /// How many there were; an estimate once there is a sample.
    fn count(&self) -> u64 {
        (self.sample.len() as u64) << self.zeros
    }
}

/// What was met.
#[derive(Clone, Debug, Default)]
pub(super) struct Archive {
    seen: Seen,
    kept: Vec<Kept>,
    /// How many runs came through what.
    pub(super) marks: Marks,
}

impl Archive {
    /// How many states were met.
    pub(super) fn states(&self) -> u64 {
        self.seen.count()
    }

    /// Whether that is their number, and no estimate.
    pub(super) fn is_exact(&self) -> bool {
        self.seen.zeros == 0
    }

    /// Looks at a world, and keeps it perhaps if it is new.
    pub(super) fn meet(&mut self, world: &World, actions: &[Timed], marker: &Marker, rng: &mut Rng) {
        if !self.seen.insert(state_of(world)) {
            return;
        }
        let young = world.now_us() < OLD_US && actions.len() < ACTIONS_MAX;
        if !young || !rng.chance(1, KEPT_ONE_OF) {
            return;
        }
        let kept = Kept { world: world.keyframe(), actions: actions.to_vec(), marker: marker.clone() };
        if self.kept.len() < KEPT_MAX {
            self.kept.push(kept);
        } else {
            let place = size(rng.within(0, KEPT_MAX as u64 - 1));
            self.kept[place] = kept;
        }
    }

    /// A state to go on from, if there are some.
    pub(super) fn any(&self, rng: &mut Rng) -> Option<Kept> {
        let last = self.kept.len().checked_sub(1)?;
        Some(self.kept[size(rng.within(0, last as u64))].clone())
    }
}

/// A cluster's state as far as it matters for Raft: who is up, role, vote, term, log, what is synced, committed and applied; and
/// which links are cut. Neither the time nor what is on its way is in it, and terms count from the lowest one.
fn state_of(world: &World) -> u64 {
    let mut digest = Digest::default();
    let nodes = world.nodes();
    let lowest = nodes.iter().map(|node| node.term()).min().unwrap_or(0);
    for node in nodes {
        let role = match node.role() {
            Role::Follower => 0,
            Role::PreCandidate => 1,
            Role::Candidate => 2,
            Role::Leader => 3,
        };
        let last = node.last_index();
        let last_term = node.entry(last).map_or(0, |entry| entry.term);
        let vote = node.voted_for().unwrap_or(0);
        digest.word(role << 8 | vote << 2 | u64::from(node.is_up()) << 1 | u64::from(node.is_frozen()));
        digest.words([node.term() - lowest, last_term.saturating_sub(lowest), last]);
        digest.words([last - node.synced_index().min(last), node.commit(), node.applied()]);
    }
    for link in world.links() {
        digest.word(u64::from(link.cut_ab) << 1 | u64::from(link.cut_ba));
    }
    digest.value()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Goal: the count is right to the last state while there is room, and close to it after, in bounded memory; what was met is not new
    /// again. Method: numbered states, each met twice.
    #[test]
    fn states_are_counted_beyond_the_room_for_them() {
        let mut seen = Seen { room: 4_096, ..Seen::default() };
        for state in 0..4_096 {
            assert!(seen.insert(state) && !seen.insert(state));
        }
        assert_eq!((seen.count(), seen.zeros), (4_096, 0));
        for state in 0..1_000_000 {
            assert!(!seen.insert(state) || state >= 4_096);
            assert!(!seen.insert(state));
        }
        assert!(seen.sample.len() <= 4_096 && seen.zeros > 0);
        // The standard error is about 2 %.
        assert!((930_000..=1_070_000).contains(&seen.count()), "{}", seen.count());
    }
}
