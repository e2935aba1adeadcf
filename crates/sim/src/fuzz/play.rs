//! Plays a run on a bare world, without the timeline's keyframes: for candidates that are looked at once.

use crate::checks::Violation;
use crate::config::ConfigError;
use crate::run::{Run, Timed};
use crate::world::World;

use super::EVENTS_MAX;

/// A run being played to its first violation.
#[derive(Clone, Debug)]
pub(super) struct Play {
    run: Run,
    world: World,
    done: usize,
}

impl Play {
    /// The run at its start.
    ///
    /// # Errors
    /// What is wrong with its settings.
    pub(super) fn new(run: Run) -> Result<Play, ConfigError> {
        Ok(Play { world: World::new(&run.config, run.seed)?, run, done: 0 })
    }

    /// The world as it is, and what was done to it.
    pub(super) fn into_parts(mut self) -> (World, Vec<Timed>) {
        self.run.actions.truncate(self.done);
        (self.world, self.run.actions)
    }

    /// Plays until something falls or `until_us` is over, and takes from `budget` what that costs in events. True when it is over.
    /// The order is the timeline's: at one instant events come before actions.
    pub(super) fn advance(&mut self, until_us: u64, budget: &mut u64) -> bool {
        while self.violation().is_none() && self.world.events() < EVENTS_MAX {
            if *budget == 0 {
                return false;
            }
            *budget -= 1;
            let event_us = self.world.next_event_us().filter(|&at_us| at_us <= until_us);
            let action = self.run.actions.get(self.done).filter(|timed| timed.at_us <= until_us);
            match (event_us, action) {
                (None, None) => return true,
                (Some(event_us), action) if action.is_none_or(|action| event_us <= action.at_us) => {
                    self.world.step_event();
                }
                (_, Some(timed)) => {
                    self.done += 1;
                    self.world.advance_to(timed.at_us);
                    if let Err(why) = self.world.act(&timed.action) {
                        self.world.refuse(&timed.action, why);
                    }
                }
                (Some(_), None) => unreachable!("an event without an action in its way was taken"),
            }
        }
        true
    }

    /// What fell first.
    pub(super) fn violation(&self) -> Option<&Violation> {
        self.world.violations().first()
    }
}
