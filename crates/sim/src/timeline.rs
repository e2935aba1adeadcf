//! A run being played, back and forth: the world at one moment, what is done to it, and the way to any other moment.
//!
//! Actions of the run take place at their times; an action of a person takes place now and becomes part of the run. Acting in
//! the past makes a branch: the future that was is kept and can be returned to. Going to another moment means taking the last
//! keyframe before it and replaying from there; since the world is deterministic, that *is* the moment, to the last bit.

mod frames;
mod history;

use frames::Frames;
use history::{History, ROOT};

use crate::act_error::ActError;
use crate::action::Action;
use crate::config::ConfigError;
use crate::run::{ACTIONS_MAX, Run, Timed};
use crate::time::SECOND_US;
use crate::world::World;

/// A session keeps at most this many actions, all branches together.
pub const HISTORY_MAX: usize = 4 * ACTIONS_MAX;

/// How far a step goes at most to find something visible: one simulated second.
pub const STEP_US_MAX: u64 = SECOND_US;

/// What a step goes to.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub enum Unit {
    /// The next event that leaves a visible record.
    #[default]
    Record,
    /// The next event of the world, be it an idle tick.
    Event,
    /// The next Ready that a node hands out.
    Ready,
    /// The next message that arrives.
    Message,
}

impl Unit {
    /// How many of them there were: it grows with each and never else.
    fn count(self, world: &World) -> u64 {
        match self {
            Unit::Record => world.trace().next_seq(),
            Unit::Event => world.events(),
            Unit::Ready => world.readies(),
            Unit::Message => world.arrivals(),
        }
    }
}

/// A run, its branches, and the world at one moment.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// The present branch.
    run: Run,
    history: History,
    frames: Frames,
    world: World,
    /// How many of the run's actions are done.
    done: usize,
}

/// A branch of the history, for those who want to choose one.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Branch {
    /// Its name for [`Timeline::switch_to`]; it stays the same.
    pub id: usize,
    /// Whether it is the present one.
    pub is_present: bool,
    /// How many actions it has.
    pub actions: usize,
    /// Where it leaves the present branch, in µs: the earlier of the first actions that differ. `None` for the present branch.
    pub forks_at_us: Option<u64>,
}

impl Timeline {
    /// The run at time 0, nothing done yet.
    ///
    /// # Errors
    /// What is wrong with the run's settings. A run that was parsed has none of that.
    pub fn new(run: Run) -> Result<Timeline, ConfigError> {
        let world = World::new(&run.config, run.seed)?;
        let mut frames = Frames::new();
        frames.offer(ROOT, &world);
        Ok(Timeline { history: History::of(&run.actions), run, frames, world, done: 0 })
    }

    /// The present branch: settings, seed and every action, those that lie ahead included.
    #[must_use]
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// The world now.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.world
    }

    /// How many of the run's actions are done; the others lie ahead.
    #[must_use]
    pub fn actions_done(&self) -> usize {
        self.done
    }

    // ---- forth ----

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
        let action_us = self.run.actions.get(self.done).map(|timed| timed.at_us);
        let event_us = self.world.next_event_us();
        match action_us {
            Some(action_us) if event_us.is_none_or(|event_us| event_us > action_us) => self.replay_action(action_us),
            Some(_) | None => {
                if !self.world.step_event() {
                    return false;
                }
            }
        }
        self.frames.offer(self.history.point(self.done), &self.world);
        true
    }

    fn replay_action(&mut self, at_us: u64) {
        self.world.advance_to(at_us);
        let action = &self.run.actions[self.done].action;
        self.done += 1;
        if let Err(why) = self.world.act(action) {
            self.world.refuse(action, why);
        }
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

    /// Plays to the next event that leaves a visible record, but for no more than [`STEP_US_MAX`]: a healthy cluster that is
    /// asked nothing beats its heart for ever. True if there was such an event; otherwise time has passed, and that is all.
    pub fn step(&mut self) -> bool {
        self.step_by(Unit::Record)
    }

    /// As [`Timeline::step`], to the next event, Ready or message.
    pub fn step_by(&mut self, unit: Unit) -> bool {
        let count = unit.count(&self.world);
        let until_us = self.world.now_us() + STEP_US_MAX;
        while self.next_us().is_some_and(|at_us| at_us <= until_us) {
            self.step_event();
            if unit.count(&self.world) > count {
                return true;
            }
        }
        self.world.advance_to(until_us);
        false
    }

    /// Checks nothing from now on, to measure what checking costs. Going back before now checks again.
    pub fn stop_checking(&mut self) {
        self.world.stop_checking();
    }

    /// Begins to watch the cores at work; after going to another moment, begin again.
    #[cfg(feature = "watch")]
    pub fn watch(&mut self) {
        self.world.watch();
    }

    /// What was seen of the cores since the last time.
    #[cfg(feature = "watch")]
    pub fn take_sightings(&mut self) -> Vec<crate::watch::Sighting> {
        self.world.take_sightings()
    }

    // ---- back and forth ----

    /// Goes to any moment of the present branch: everything due at or before `at_us` is done then. Equals playing the run to
    /// there, whatever was played before.
    pub fn seek(&mut self, at_us: u64) {
        let (world, done) = self.frame_before(&|world| world.now_us() <= at_us);
        if at_us < self.world.now_us() || world.now_us() > self.world.now_us() {
            (self.world, self.done) = (world, done);
        }
        self.advance_to(at_us);
    }

    /// Goes back to the moment of the last event before now that left a visible record; to time 0 when there is none. False
    /// when it was there already.
    pub fn step_back(&mut self) -> bool {
        self.step_back_by(Unit::Record)
    }

    /// As [`Timeline::step_back`], to the last event, Ready or message before now.
    pub fn step_back_by(&mut self, unit: Unit) -> bool {
        let here = self.progress();
        if here == (0, 0) && self.world.now_us() == 0 {
            return false;
        }
        let now_us = self.world.now_us();
        let mut count = unit.count(&self.world);
        while count > 0 {
            (self.world, self.done) = self.frame_before(&|world| unit.count(world) < count);
            count = unit.count(&self.world);
            let start = self.progress();
            if let Some(moment) = self.last_counted(unit, here, now_us) {
                self.restart_at(start, moment);
                return true;
            }
        }
        (self.world, self.done) = self.frame_before(&|world| world.events() == 0);
        true
    }

    /// Plays from here until just before `here`, and says after how much progress the last of the units was.
    fn last_counted(&mut self, unit: Unit, here: (u64, usize), now_us: u64) -> Option<(u64, usize)> {
        let mut last = None;
        loop {
            let count = unit.count(&self.world);
            if self.progress() >= here || !self.step_event() {
                return last;
            }
            let is_earlier = self.progress() < here || self.world.now_us() < now_us;
            if is_earlier && unit.count(&self.world) > count {
                last = Some(self.progress());
            }
        }
    }

    /// Goes to a moment that lies `start` or more ahead of a frame that starts there.
    fn restart_at(&mut self, start: (u64, usize), moment: (u64, usize)) {
        (self.world, self.done) = self.frame_before(&|world| (world.events(), 0) <= start);
        while self.progress() < moment {
            self.step_event();
        }
    }

    /// Grows with every event and action.
    fn progress(&self) -> (u64, usize) {
        (self.world.events(), self.done)
    }

    /// A copy of the latest frame of the present branch for which `is_early` holds, and how many actions are done in it.
    fn frame_before(&self, is_early: &dyn Fn(&World) -> bool) -> (World, usize) {
        for done in (0..=self.run.actions.len()).rev() {
            let end_us = self.run.actions.get(done).map_or(u64::MAX, |next| next.at_us);
            let fits = |world: &World| is_early(world) && world.now_us() <= end_us;
            if let Some(world) = self.frames.latest(self.history.point(done), fits) {
                return (world.keyframe(), done);
            }
        }
        panic!("there is a frame of time 0");
    }

    // ---- acting, and the branches ----

    /// Does an action now. What is due at this instant is done first. If actions lie ahead, this begins a new branch; the old
    /// one is kept.
    ///
    /// # Errors
    /// Why it cannot be done. Nothing changes then, the future included.
    pub fn act(&mut self, action: Action) -> Result<(), ActError> {
        self.world.can(&action)?;
        if self.done >= ACTIONS_MAX || self.history.points() > HISTORY_MAX {
            let max = if self.done >= ACTIONS_MAX { ACTIONS_MAX } else { HISTORY_MAX };
            return Err(ActError::TooManyActions { max });
        }
        let at_us = self.world.now_us();
        self.advance_to(at_us);
        self.world.act(&action)?;
        self.history.act(self.done, Timed { at_us, action });
        self.done += 1;
        self.run.actions = self.history.actions();
        Ok(())
    }

    /// Takes the latest act back: returns to the branch before it, at the moment of the act. False when there is none.
    pub fn undo(&mut self) -> bool {
        let at_us = self.history.undo();
        self.enter_branch(at_us)
    }

    /// Does the act again that was taken back last. False when there is none.
    pub fn redo(&mut self) -> bool {
        let at_us = self.history.redo();
        self.enter_branch(at_us)
    }

    /// The present branch's name for [`Timeline::switch_to`]. Acting at its end gives the longer branch another name; this one goes on naming
    /// the run without that act.
    #[must_use]
    pub fn branch(&self) -> usize {
        self.history.end()
    }

    /// Makes another branch the present one, at the moment where it leaves this one, or now if that is earlier; undoing takes that back.
    /// False when there never was one of that name.
    pub fn switch_to(&mut self, id: usize) -> bool {
        if id >= self.history.points() {
            return false;
        }
        let now_us = self.world.now_us();
        let at_us = self.forks_at_us(id).map_or(now_us, |at_us| at_us.min(now_us));
        self.history.leave_for(id, at_us);
        self.enter_branch(Some(at_us))
    }

    /// The earlier of the first actions in which a branch and the present one differ.
    fn forks_at_us(&self, id: usize) -> Option<u64> {
        let shared = self.history.shared(id);
        let times = [self.history.time_after(id, shared), self.run.actions.get(shared).map(|next| next.at_us)];
        times.into_iter().flatten().min()
    }

    fn enter_branch(&mut self, at_us: Option<u64>) -> bool {
        let Some(at_us) = at_us else { return false };
        self.run.actions = self.history.actions();
        (self.world, self.done) = self.frame_before(&|world| world.now_us() <= at_us);
        self.advance_to(at_us);
        true
    }

    /// All branches, oldest first.
    #[must_use]
    pub fn branches(&self) -> Vec<Branch> {
        let present = self.history.end();
        let branch = |id| Branch {
            id,
            is_present: id == present,
            actions: self.history.depth(id),
            forks_at_us: self.forks_at_us(id),
        };
        self.history.ends().into_iter().map(branch).collect()
    }
}

#[cfg(test)]
mod tests;
