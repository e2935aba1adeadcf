//! The search: random runs one after the other, and when one falls, a judgement, the shrinking, and the next.

use super::archive::Archive;
use super::marks::Marker;
use super::shrink::{AFTER_US, Outcome, Shrinker, Trial};
use super::taste::{Taste, settings};
use super::walk::Walk;
use super::{is_fair, play::Play};
use crate::action::Action;
use crate::checks::Violation;
use crate::names::NODES_MAX;
use crate::rng::{Rng, Stream, mix};
use crate::rules::RuleId;
use crate::run::{Run, Timed};
use crate::scene::{SCENES, Scene};
use crate::sure::size;
use crate::time::MILLISECOND_US;
use crate::world::World;

/// One of so many runs begins with a prepared scene, one of so many where an earlier run met something new.
const SCENE_ONE_OF: u64 = 12;
const ARCHIVE_ONE_OF: u64 = 2;

/// A run in which a property fell, as far as it is cut down by now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Find {
    /// The run: settings, the rules it breaks, what is done.
    pub run: Run,
    /// What falls in it first. With all rules kept nothing falls in the same run.
    pub violation: Violation,
    /// In which of the search's runs it was found, from 1.
    pub run_no: u64,
    /// The numbers of actions: of the run as it was found, and after each pass of the shrinking that left fewer.
    pub lengths: Vec<usize>,
    /// Whether it may still become shorter.
    pub shrinking: bool,
}

/// What it is doing.
#[derive(Clone, Debug)]
enum Stage {
    /// Between two runs.
    Idle,
    /// The way into a random run: a scene's actions, or none.
    Entering(Box<Play>, u64, Box<Taste>),
    Walking(Box<Walk>),
    /// Something fell: is it the broken rules' fault?
    Judging(Box<Trial>),
    Shrinking(Box<Shrinker>),
    /// It has a find, and waits to be told to go on.
    Found(Box<Shrinker>),
}

/// A search for runs in which a property falls.
#[derive(Clone, Debug)]
pub struct Search {
    broken: Vec<RuleId>,
    nodes: u64,
    seed: u64,
    scenes: bool,
    /// Runs begun, events taken.
    run_no: u64,
    events: u64,
    archive: Archive,
    stage: Stage,
}

impl Search {
    /// A search in clusters of `nodes` nodes with these rules broken (none: of Raft itself), as the seed has it.
    ///
    /// # Errors
    /// A sentence: so many nodes are too few or too many.
    pub fn new(broken: &[RuleId], nodes: u64, seed: u64) -> Result<Search, String> {
        if !(2..=NODES_MAX - 2).contains(&nodes) {
            return Err(format!("a search has clusters of 2 to {} nodes, not {nodes}", NODES_MAX - 2));
        }
        Ok(Search {
            broken: broken.to_vec(),
            nodes,
            seed,
            scenes: true,
            run_no: 0,
            events: 0,
            archive: Archive::default(),
            stage: Stage::Idle,
        })
    }

    /// Does without the prepared scenes: what is found then owes nothing to schedules made by hand.
    #[must_use]
    pub fn without_scenes(mut self) -> Search {
        self.scenes = false;
        self
    }

    /// Random runs begun so far.
    #[must_use]
    pub fn runs(&self) -> u64 {
        self.run_no
    }

    /// Events taken so far, those of the shrinking included.
    #[must_use]
    pub fn events(&self) -> u64 {
        self.events
    }

    /// Distinct states of the cluster met so far; after a million an estimate, see [`Search::states_are_exact`].
    #[must_use]
    pub fn states(&self) -> u64 {
        self.archive.states()
    }

    /// Whether every state was told apart. After a million a sample is, and their number is right to about a thousandth.
    #[must_use]
    pub fn states_are_exact(&self) -> bool {
        self.archive.is_exact()
    }

    /// How many runs came through each of [`MARKS`](super::MARKS), in their order. The present run is not among them.
    #[must_use]
    pub fn marks(&self) -> &[u64] {
        self.archive.marks.runs()
    }

    /// How far the present run is, in thousandths.
    #[must_use]
    pub fn per_mille(&self) -> u64 {
        match &self.stage {
            Stage::Walking(walk) => walk.per_mille().min(1_000),
            Stage::Idle | Stage::Entering(..) | Stage::Judging(_) => 0,
            Stage::Shrinking(_) | Stage::Found(_) => 1_000,
        }
    }

    /// The present find.
    #[must_use]
    pub fn found(&self) -> Option<Find> {
        let (shrinker, shrinking) = match &self.stage {
            Stage::Shrinking(shrinker) => (shrinker, true),
            Stage::Found(shrinker) => (shrinker, false),
            Stage::Idle | Stage::Entering(..) | Stage::Walking(_) | Stage::Judging(_) => return None,
        };
        Some(Find {
            run: shrinker.best().clone(),
            violation: shrinker.violation().clone(),
            run_no: self.run_no,
            lengths: shrinker.lengths().to_vec(),
            shrinking,
        })
    }

    /// In which run the present find was found, from 1; `None` while there is none. What it is, tells [`Search::found`].
    #[must_use]
    pub fn found_in(&self) -> Option<u64> {
        matches!(self.stage, Stage::Shrinking(_) | Stage::Found(_)).then_some(self.run_no)
    }

    /// Whether it has a find that nothing makes shorter: then it waits for [`Search::resume`].
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self.stage, Stage::Found(_))
    }

    /// Leaves the present find and looks for the next.
    pub fn resume(&mut self) {
        if self.found_in().is_some() {
            self.stage = Stage::Idle;
        }
    }

    /// Goes on for `events` events. Where it stops makes no difference to what it finds.
    pub fn advance(&mut self, events: u64) {
        let mut budget = events;
        while budget > 0 && !self.is_done() {
            let before = budget;
            self.step(&mut budget);
            self.events += before - budget;
        }
    }

    fn step(&mut self, budget: &mut u64) {
        match &mut self.stage {
            Stage::Idle => {
                // A run costs something even if nothing happens in it.
                *budget -= 1;
                self.run_no += 1;
                self.stage = self.begin();
            }
            Stage::Entering(play, until_us, _) => {
                if !play.advance(*until_us, budget) {
                    return;
                }
                let mut rng = self.rng(2);
                let Stage::Entering(play, _, taste) = std::mem::replace(&mut self.stage, Stage::Idle) else { return };
                self.stage = Stage::Walking(Box::new(walk(play.into_parts(), Marker::default(), *taste, &mut rng)));
            }
            Stage::Walking(walk) => {
                if walk.advance(Some(&mut self.archive), budget) {
                    self.archive.marks.count(walk.marker());
                    self.stage = judged(walk);
                }
            }
            Stage::Judging(trial) => {
                let Some(outcome) = trial.advance(budget) else { return };
                self.stage = match outcome {
                    Outcome::Falls(violation) => {
                        Stage::Shrinking(Box::new(Shrinker::new(trial.run().clone(), violation)))
                    }
                    Outcome::Nothing => Stage::Idle,
                };
            }
            Stage::Shrinking(shrinker) => {
                if shrinker.advance(budget) {
                    self.stage = Stage::Found(shrinker.clone());
                }
            }
            Stage::Found(_) => {}
        }
    }

    /// The random numbers of the present run; each part of it has its own.
    fn rng(&self, part: u64) -> Rng {
        Rng::new(mix(self.seed ^ mix(self.run_no << 8 | part)), Stream::Chaos)
    }

    fn begin(&self) -> Stage {
        let mut rng = self.rng(1);
        let taste = Taste::draw(&self.broken, &mut rng);
        if self.scenes
            && rng.chance(1, SCENE_ONE_OF)
            && let Some((run, until_us)) = self.scene(&mut rng)
            && let Ok(play) = Play::new(run)
        {
            return Stage::Entering(Box::new(play), until_us, Box::new(taste));
        }
        if rng.chance(1, ARCHIVE_ONE_OF)
            && let Some(kept) = self.archive.any(&mut rng)
        {
            return Stage::Walking(Box::new(walk((kept.world, kept.actions), kept.marker, taste, &mut rng)));
        }
        let config = settings(&self.broken, self.nodes, &mut rng);
        let run = Run { actions: self.breaks(), ..Run::new(config, rng.within(1, 999)) };
        Play::new(run).map_or(Stage::Idle, |play| Stage::Entering(Box::new(play), 0, Box::new(taste)))
    }

    fn breaks(&self) -> Vec<Timed> {
        self.broken.iter().map(|&rule| Timed { at_us: 0, action: Action::Break { rule } }).collect()
    }

    /// A prepared scene of as many nodes, with some of its actions left out, up to some moment.
    fn scene(&self, rng: &mut Rng) -> Option<(Run, u64)> {
        let (_, text) = SCENES[size(rng.within(0, SCENES.len() as u64 - 1))];
        let played = Scene::parse(text).ok()?.play().ok()?;
        let (mut run, end_us) = (played.run().clone(), played.world().now_us());
        if run.config.nodes != self.nodes {
            return None;
        }
        let leaves_out = rng.within(0, 2);
        run.actions.retain(|timed| is_fair(&timed.action) && !rng.chance(leaves_out, 12));
        let until_us = if rng.chance(1, 2) { end_us } else { rng.within(0, end_us) };
        run.actions.retain(|timed| timed.at_us <= until_us);
        run.actions.splice(0..0, self.breaks());
        Some((run, until_us))
    }
}

fn walk((world, actions): (World, Vec<Timed>), marker: Marker, taste: Taste, rng: &mut Rng) -> Walk {
    let length_us = rng.within(300, 2_000) * MILLISECOND_US;
    Walk::new(world, actions, taste, length_us, *rng).after(marker)
}

/// What becomes of a random run that is over.
fn judged(walk: &Walk) -> Stage {
    let world = walk.world();
    let Some(violation) = world.violations().first() else { return Stage::Idle };
    let run = Run { actions: walk.actions().to_vec(), ..Run::new(*world.config(), world.seed()) };
    Trial::new(run, violation.at_us + AFTER_US).map_or(Stage::Idle, |trial| Stage::Judging(Box::new(trial)))
}
