//! A run being played: the world at one moment of it, and what is done to it from here on.
//!
//! Actions of the run take place at their times; an action of a person takes place now and becomes part of the run.

use crate::act_error::ActError;
use crate::action::Action;
use crate::config::ConfigError;
use crate::run::{ACTIONS_MAX, Run, Timed};
use crate::world::World;

/// A run and the world at one moment of it.
#[derive(Clone, Debug)]
pub struct Timeline {
    run: Run,
    world: World,
    /// How many of the run's actions are done.
    done: usize,
}

impl Timeline {
    /// The run at time 0, nothing done yet.
    ///
    /// # Errors
    /// What is wrong with the run's settings. A run that was parsed has none of that.
    pub fn new(run: Run) -> Result<Timeline, ConfigError> {
        let world = World::new(&run.config, run.seed)?;
        Ok(Timeline { run, world, done: 0 })
    }

    /// The run so far: settings, seed and every action.
    #[must_use]
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// The world now.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Does an action now. What is due at this instant is done first; actions of the run that lie ahead are dropped.
    ///
    /// # Errors
    /// Why it cannot be done. Nothing changes then, the future included.
    pub fn act(&mut self, action: Action) -> Result<(), ActError> {
        self.world.can(&action)?;
        if self.run.actions.len() >= ACTIONS_MAX {
            return Err(ActError::TooManyActions { max: ACTIONS_MAX });
        }
        let at_us = self.world.now_us();
        self.advance_to(at_us);
        self.world.act(&action)?;
        self.run.actions.truncate(self.done);
        self.run.actions.push(Timed { at_us, action });
        self.done += 1;
        Ok(())
    }

    /// When the next event or action is due, in µs; `None` when nothing more happens.
    #[must_use]
    pub fn next_us(&self) -> Option<u64> {
        let action_us = self.run.actions.get(self.done).map(|timed| timed.at_us);
        match (self.world.next_event_us(), action_us) {
            (Some(event_us), Some(action_us)) => Some(event_us.min(action_us)),
            (event_us, action_us) => event_us.or(action_us),
        }
    }

    /// Takes the next event, or does the next action: at one instant events come first. False when nothing more happens.
    pub fn step_event(&mut self) -> bool {
        let Some(action_us) = self.run.actions.get(self.done).map(|timed| timed.at_us) else {
            return self.world.step_event();
        };
        if self.world.next_event_us().is_some_and(|event_us| event_us <= action_us) {
            return self.world.step_event();
        }
        self.world.advance_to(action_us);
        let action = &self.run.actions[self.done].action;
        self.done += 1;
        if let Err(why) = self.world.act(action) {
            self.world.refuse(action, why);
        }
        true
    }

    /// Plays up to `until_us` (at most [`crate::time::TIME_MAX_US`]) and sets the time to it. Does nothing if that is past.
    pub fn advance_to(&mut self, until_us: u64) {
        let finished = self.advance_some(until_us, u64::MAX);
        debug_assert!(finished, "there is no limit");
    }

    /// Plays up to `until_us`, but takes at most `events_max` events. True when `until_us` is reached; otherwise the time is
    /// that of the last event taken, and the next call goes on from there.
    pub fn advance_some(&mut self, until_us: u64, events_max: u64) -> bool {
        let mut events = 0;
        while self.next_us().is_some_and(|at_us| at_us <= until_us) {
            if events == events_max {
                return false;
            }
            self.step_event();
            events += 1;
        }
        self.world.advance_to(until_us);
        true
    }

    /// Plays to the next event that leaves a visible record. False when nothing more happens.
    pub fn step(&mut self) -> bool {
        let seq = self.world.trace().next_seq();
        while self.step_event() {
            if self.world.trace().next_seq() > seq {
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chaos;

    /// Goal: what a person does live is what its run shows again. Method: a run's actions given by hand, after steps of odd
    /// sizes and in the middle of instants; then the recorded run played at one go.
    #[test]
    fn a_live_session_and_its_run_are_the_same_world() {
        for seed in 0..20 {
            let script = chaos::run_with_faults(seed);
            let mut live = Timeline::new(Run::new(script.config, script.seed)).unwrap();
            for (number, Timed { at_us, action }) in script.actions.into_iter().enumerate() {
                while live.next_us().is_some_and(|next_us| next_us < at_us) {
                    live.step_event();
                }
                if number % 3 == 0 {
                    live.advance_to(at_us);
                }
                let _refused = live.act(action);
            }
            live.advance_to(chaos::END_US);
            let mut again = Timeline::new(Run::parse(&live.run().to_string()).unwrap()).unwrap();
            again.advance_to(chaos::END_US);
            assert_eq!(live.world().digest(), again.world().digest(), "seed {seed}");
            assert!(live.world().trace().iter().eq(again.world().trace().iter()), "seed {seed}");
        }
    }

    #[test]
    fn a_step_ends_at_a_visible_record() {
        let mut timeline = Timeline::new(Run::new(crate::WorldConfig::default(), 7)).unwrap();
        for seq in 0..20 {
            assert!(timeline.step());
            assert!(timeline.world().trace().next_seq() > seq);
        }
    }

    #[test]
    fn a_limited_advance_goes_on_where_it_stopped() {
        let run = chaos::run_with_faults(3);
        let mut at_once = Timeline::new(run.clone()).unwrap();
        at_once.advance_to(2_000_000);
        let mut in_parts = Timeline::new(run).unwrap();
        let mut parts = 1;
        while !in_parts.advance_some(2_000_000, 100) {
            parts += 1;
        }
        assert!(parts > 10);
        assert_eq!(in_parts.world().digest(), at_once.world().digest());
        assert_eq!(in_parts.world().now_us(), 2_000_000);
    }

    #[test]
    fn a_refused_action_changes_nothing_live_and_is_recorded_in_a_replay() {
        let mut timeline = Timeline::new(Run::new(crate::WorldConfig::default(), 7)).unwrap();
        timeline.advance_to(1_000_000);
        let before = (timeline.world().digest(), timeline.run().clone());
        let error = timeline.act(Action::Crash { node: 9 }).unwrap_err();
        assert_eq!(error.to_string(), "there is no node n9: this cluster has n1 to n5");
        assert_eq!((timeline.world().digest(), timeline.run().clone()), before);

        let run = Run::parse("raftarium 1\nseed 7\n@5 restart n1\n").unwrap();
        let mut replay = Timeline::new(run).unwrap();
        replay.advance_to(10);
        let lines: Vec<String> = replay.world().trace().iter().map(ToString::to_string).collect();
        assert_eq!(lines, ["5 refused restart n1: n1 is running: only a crashed node restarts"]);
    }
}
