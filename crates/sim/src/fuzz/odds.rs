//! How a run's future narrows: from each of its moments, in how many random futures does something fall, without the rules and with
//! them? Where the one rises to all, the run has passed the point of no return.

use super::kept;
use super::play::Play;
use super::taste::Taste;
use super::walk::Walk;
use crate::action::Action;
use crate::rng::{Rng, Stream, mix};
use crate::rules::RuleId;
use crate::run::Run;
use crate::time::MILLISECOND_US;
use crate::world::World;

/// A future is watched so long.
const FUTURE_US: u64 = 1_200 * MILLISECOND_US;

/// What was counted so far.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// How many actions the run has: there is one prefix more, the empty one.
    pub actions: usize,
    /// By prefix: in how many of its futures something fell, without the rules.
    pub fallen: Vec<u32>,
    /// The same with all rules kept.
    pub real: Vec<u32>,
    /// How many prefixes are done.
    pub done_prefixes: usize,
}

/// The futures of a run, being counted.
#[derive(Clone, Debug)]
pub struct Odds {
    run: Run,
    broken: Vec<RuleId>,
    per_prefix: u32,
    tally: Tally,
    /// The prefix at work, with the rules broken and with all kept; they are entered one after the other.
    worlds: [Option<World>; 2],
    entering: Option<Box<Play>>,
    /// How many futures of this prefix are over: those without the rules and those with them take turns.
    futures: u32,
    walk: Option<Box<Walk>>,
}

impl Odds {
    /// The futures of `run`, `per_prefix` (at least 1) from each moment. The rules that it breaks are broken from the start.
    #[must_use]
    pub fn new(run: Run, per_prefix: u32) -> Odds {
        let broken: Vec<RuleId> = run.actions.iter().filter_map(|timed| broken_rule(&timed.action)).collect();
        let tally = Tally { actions: run.actions.len(), ..Tally::default() };
        let per_prefix = per_prefix.max(1);
        Odds { run, broken, per_prefix, tally, worlds: [None, None], entering: None, futures: 0, walk: None }
    }

    /// What was counted so far.
    #[must_use]
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Whether every prefix is done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.tally.done_prefixes > self.tally.actions
    }

    /// Goes on for `events` events. Where it stops makes no difference to what it counts.
    pub fn advance(&mut self, events: u64) {
        let mut budget = events;
        while budget > 0 && !self.is_done() {
            if self.worlds.iter().all(Option::is_some) {
                self.watch(&mut budget);
            } else {
                self.enter(&mut budget);
            }
        }
    }

    /// Plays the prefix: without the rules first, then with them.
    fn enter(&mut self, budget: &mut u64) {
        let prefix = self.tally.done_prefixes;
        let until_us = prefix.checked_sub(1).map_or(0, |last| self.run.actions[last].at_us);
        let which = usize::from(self.worlds[0].is_some());
        let mut play = match self.entering.take() {
            Some(play) => play,
            None => {
                *budget -= 1;
                let mut run = self.run.clone();
                let mut place = 0;
                run.actions.retain(|timed| {
                    place += 1;
                    place <= prefix || broken_rule(&timed.action).is_some()
                });
                let run = if which == 0 { run } else { kept(&run) };
                Box::new(Play::new(run).expect("the settings are those of a run that was played"))
            }
        };
        if play.advance(until_us, budget) {
            self.worlds[which] = Some(play.into_parts().0);
        } else {
            self.entering = Some(play);
        }
    }

    /// Watches one future.
    fn watch(&mut self, budget: &mut u64) {
        let which = (self.futures % 2) as usize;
        let mut walk = match self.walk.take() {
            Some(walk) => walk,
            None => {
                *budget -= 1;
                // Both have the same luck.
                let label = (self.tally.done_prefixes as u64) << 32 | u64::from(self.futures / 2);
                let mut rng = Rng::new(mix(self.run.seed ^ mix(label)), Stream::Features);
                let taste = Taste::draw(&self.broken, &mut rng);
                let world = self.worlds[which].as_ref().map(World::keyframe).expect("both were entered");
                Box::new(Walk::new(world, Vec::new(), taste, FUTURE_US, rng).calm())
            }
        };
        if !walk.advance(None, budget) {
            self.walk = Some(walk);
            return;
        }
        let fell = u32::from(!walk.world().violations().is_empty());
        let prefix = self.tally.done_prefixes;
        for counts in [&mut self.tally.fallen, &mut self.tally.real] {
            counts.resize(prefix + 1, 0);
        }
        let counts = if which == 0 { &mut self.tally.fallen } else { &mut self.tally.real };
        counts[prefix] += fell;
        self.futures += 1;
        if self.futures == 2 * self.per_prefix {
            (self.futures, self.worlds) = (0, [None, None]);
            self.tally.done_prefixes += 1;
        }
    }
}

fn broken_rule(action: &Action) -> Option<RuleId> {
    if let Action::Break { rule } = action { Some(*rule) } else { None }
}
