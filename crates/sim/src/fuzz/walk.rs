//! One random run, made while it is played.

use super::EVENTS_MAX;
use super::archive::Archive;
use super::marks::{Marker, tears};
use super::moves::{Move, Mover};
use super::taste::Taste;
use crate::rng::{Rng, mix};
use crate::run::Timed;
use crate::sure::size;
use crate::time::MILLISECOND_US;
use crate::world::World;

/// A run does no more than this.
const ACTIONS_MAX: usize = 120;

/// A random run on its way.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    world: World,
    actions: Vec<Timed>,
    rng: Rng,
    taste: Taste,
    start_us: u64,
    end_us: u64,
    next_us: u64,
    /// It acts sooner, as soon as roles and commit indexes are not these any more: after an election or a commit much is at stake.
    until: Option<u64>,
    /// It acts now and then only, and lets what has begun go on.
    calm: bool,
    marker: Marker,
}

impl Walk {
    /// Goes on from a world to which `actions` led, for `length_us`.
    pub(super) fn new(world: World, actions: Vec<Timed>, taste: Taste, length_us: u64, rng: Rng) -> Walk {
        let start_us = world.now_us();
        Walk {
            start_us,
            end_us: start_us + length_us,
            next_us: start_us,
            world,
            actions,
            rng,
            taste,
            until: None,
            calm: false,
            marker: Marker::default(),
        }
    }

    /// The same, whose beginning came through these marks already.
    pub(super) fn after(mut self, marker: Marker) -> Walk {
        self.marker = marker;
        self
    }

    /// The same, acting now and then only, and not at once.
    pub(super) fn calm(mut self) -> Walk {
        self.calm = true;
        self.next_us += self.pause_us();
        self
    }

    pub(super) fn world(&self) -> &World {
        &self.world
    }

    /// What it came through.
    pub(super) fn marker(&mut self) -> &Marker {
        self.marker.look(&self.world);
        &self.marker
    }

    pub(super) fn actions(&self) -> &[Timed] {
        &self.actions
    }

    /// How far it is, in thousandths.
    pub(super) fn per_mille(&self) -> u64 {
        1_000 * (self.world.now_us() - self.start_us) / (self.end_us - self.start_us).max(1)
    }

    /// Goes on until something falls or the run is over, and takes from `budget` what that costs in events. True when it is over.
    pub(super) fn advance(&mut self, mut archive: Option<&mut Archive>, budget: &mut u64) -> bool {
        while self.world.violations().is_empty() && self.world.events() < EVENTS_MAX {
            if *budget == 0 {
                return false;
            }
            let due = self.world.next_event_us().filter(|&at_us| at_us <= self.next_us);
            if due.is_some() {
                *budget -= 1;
                self.world.step_event();
                if self.until.is_some_and(|before| before != roles(&self.world)) {
                    (self.next_us, self.until) = (self.world.now_us(), None);
                }
                continue;
            }
            self.world.advance_to(self.next_us);
            if self.next_us >= self.end_us {
                return true;
            }
            *budget -= 1;
            if let Some(archive) = &mut archive {
                self.marker.look(&self.world);
                archive.meet(&self.world, &self.actions, &self.marker, &mut self.rng);
            }
            self.act();
            let pause_us = self.pause_us();
            self.next_us = (self.next_us + pause_us).min(self.end_us);
        }
        true
    }

    fn pause_us(&mut self) -> u64 {
        if self.calm {
            return self.rng.within(50, 500) * MILLISECOND_US;
        }
        self.until = self.rng.chance(1, 4).then(|| roles(&self.world));
        if self.until.is_some() {
            return 300 * MILLISECOND_US;
        }
        let longest_ms = [0, 4, 20, self.taste.pause_ms][size(self.rng.within(0, 3))];
        self.rng.within(0, longest_ms) * MILLISECOND_US
    }

    /// Does something that can be done, if a few draws find it.
    fn act(&mut self) {
        if self.actions.len() >= ACTIONS_MAX {
            return;
        }
        for _ in 0..4 {
            let wanted = self.taste.pick(&mut self.rng);
            // What is proposed comes in bursts: logs of different lengths are what many counterexamples need.
            let times = if wanted == Move::Propose { self.rng.within(1, 3) } else { 1 };
            let mut any = false;
            for _ in 0..times {
                any |= self.do_one(wanted);
            }
            if any {
                if let Some(next) = wanted.then() {
                    self.do_one(next);
                }
                return;
            }
        }
    }

    fn do_one(&mut self, wanted: Move) -> bool {
        let count = self.actions.len();
        let mut mover = Mover { world: &self.world, rng: &mut self.rng, taste: &self.taste, count };
        let Some(action) = mover.make(wanted) else { return false };
        let torn = tears(&action, &self.world);
        if self.world.act(&action).is_err() {
            return false;
        }
        if torn {
            self.marker.torn();
        }
        self.actions.push(Timed { at_us: self.world.now_us(), action });
        true
    }
}

/// Who leads and stands, and what is committed.
fn roles(world: &World) -> u64 {
    world.nodes().iter().fold(0, |all, node| mix(all ^ (node.commit() << 2 | node.role() as u64)))
}
