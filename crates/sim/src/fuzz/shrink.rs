//! Cuts a run down to what its violation needs. A candidate counts only if it was played and the same property falls first in it,
//! while nothing falls in the same run with all rules kept.

use super::kept;
use super::play::Play;
use super::simpler::Pass;
use crate::checks::{Property, Violation};
use crate::run::Run;
use crate::sure::sure;
use crate::time::MILLISECOND_US;

/// A candidate may show the violation so much later than the first run did.
const LATER_US: u64 = 600 * MILLISECOND_US;
/// The real Raft is watched so much longer.
pub(super) const AFTER_US: u64 = 500 * MILLISECOND_US;
/// All passes are taken again as long as one helps, so often at most.
const ROUNDS_MAX: u32 = 4;

/// A run, what falls in it, and whether it is Raft's fault that it does: only with a rule broken.
#[derive(Clone, Debug)]
pub(super) struct Trial {
    run: Run,
    until_us: u64,
    broken: Play,
    /// Played after the other, if something fell in that and a rule is broken.
    real: Option<Play>,
}

/// How a trial ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Outcome {
    /// Nothing falls, or in the real Raft, too.
    Nothing,
    /// This falls.
    Falls(Violation),
}

impl Trial {
    /// A trial of a run up to `until_us`. `None` when its settings cannot be.
    pub(super) fn new(run: Run, until_us: u64) -> Option<Trial> {
        Some(Trial { broken: Play::new(run.clone()).ok()?, run, until_us, real: None })
    }

    pub(super) fn run(&self) -> &Run {
        &self.run
    }

    /// Goes on; `None` while the budget was too small.
    pub(super) fn advance(&mut self, budget: &mut u64) -> Option<Outcome> {
        if !self.broken.advance(self.until_us, budget) {
            return None;
        }
        let Some(violation) = self.broken.violation() else { return Some(Outcome::Nothing) };
        if self.real.is_none() {
            let real = kept(&self.run);
            if real.actions.len() == self.run.actions.len() {
                // No rule is broken: what falls is a find if ever there was one.
                return Some(Outcome::Falls(violation.clone()));
            }
            self.real = Some(sure(Play::new(real), "the same settings were played with the rules broken"));
        }
        let Some(real) = &mut self.real else { return None };
        if !real.advance(violation.at_us + AFTER_US, budget) {
            return None;
        }
        Some(if real.violation().is_some() { Outcome::Nothing } else { Outcome::Falls(violation.clone()) })
    }
}

/// A run being cut down.
#[derive(Clone, Debug)]
pub(super) struct Shrinker {
    best: Run,
    violation: Violation,
    horizon_us: u64,
    lengths: Vec<usize>,
    /// Whether the present pass has a length of its own in the list.
    told: bool,
    pass: Pass,
    number: usize,
    /// Whether a pass of this round has helped.
    helped: bool,
    rounds: u32,
    trial: Option<Trial>,
}

impl Shrinker {
    /// Begins with a run in which `violation` was seen.
    pub(super) fn new(run: Run, violation: Violation) -> Shrinker {
        let lengths = vec![run.actions.len()];
        let pass = Pass::first(run.actions.len());
        let horizon_us = violation.at_us + LATER_US;
        Shrinker {
            best: run,
            violation,
            horizon_us,
            lengths,
            told: false,
            pass,
            number: 0,
            helped: false,
            rounds: 0,
            trial: None,
        }
    }

    pub(super) fn best(&self) -> &Run {
        &self.best
    }

    pub(super) fn violation(&self) -> &Violation {
        &self.violation
    }

    /// The numbers of actions: of the run found, and of each pass that left fewer.
    pub(super) fn lengths(&self) -> &[usize] {
        &self.lengths
    }

    /// Goes on. True when nothing helps any more.
    pub(super) fn advance(&mut self, budget: &mut u64) -> bool {
        loop {
            if self.trial.is_none() && !self.begin() {
                return true;
            }
            let Some(trial) = &mut self.trial else { continue };
            let Some(outcome) = trial.advance(budget) else { return false };
            let run = self.trial.take().map(|trial| trial.run);
            if let (Some(run), Outcome::Falls(violation)) = (run, outcome) {
                self.judge(run, violation);
            }
        }
    }

    fn property(&self) -> Property {
        self.violation.property
    }

    /// Takes a candidate that was played, if it shows the same and is no worse.
    fn judge(&mut self, run: Run, violation: Violation) {
        let later = violation.at_us > self.violation.at_us;
        if violation.property != self.property() || later && run.actions.len() >= self.best.actions.len() {
            return;
        }
        let before = self.best.actions.len();
        self.best = run;
        // What is done after the fall has no part in it.
        self.best.actions.retain(|timed| timed.at_us <= violation.at_us);
        self.violation = violation;
        self.helped = true;
        if self.best.actions.len() < before {
            if self.told {
                self.lengths.pop();
            }
            self.told = true;
            self.lengths.push(self.best.actions.len());
            // The candidates after this one have moved up.
            if matches!(self.pass, Pass::Chunks(_)) {
                self.number = self.number.saturating_sub(1);
            } else {
                self.number = 0;
            }
        }
    }

    /// Begins the next trial. False when there is none.
    fn begin(&mut self) -> bool {
        loop {
            let candidate = self.pass.candidate(&self.best, self.number);
            self.number += 1;
            match candidate {
                Some(run) if run == self.best => {}
                Some(run) => {
                    self.trial = Trial::new(run, self.horizon_us);
                    if self.trial.is_some() {
                        return true;
                    }
                }
                None => {
                    (self.number, self.told) = (0, false);
                    match self.pass.next() {
                        Some(pass) => self.pass = pass,
                        None if self.helped && self.rounds < ROUNDS_MAX => {
                            (self.helped, self.rounds) = (false, self.rounds + 1);
                            self.pass = Pass::first(self.best.actions.len());
                        }
                        None => return false,
                    }
                }
            }
        }
    }
}
