//! What is simpler than a run: the candidates of the shrinker, a list of each kind. Whether they still show the violation is not
//! decided here.

use crate::action::{Action, Fate, Losing, Quality};
use crate::config::WorldConfig;
use crate::network::MessagePattern;
use crate::run::{Run, Timed};
use crate::time::MILLISECOND_US;

/// A kind of candidate, in the order in which they are tried.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Pass {
    /// Without so many neighbouring actions: halves first, single ones last.
    Chunks(usize),
    /// Without two actions that are no neighbours (cut and heal).
    Pairs,
    /// Settings, each back to its default; fewer nodes.
    Settings,
    /// Each action as a simpler one.
    Actions,
    /// Earlier and rounder times.
    Times,
    /// Other small seeds, which read better.
    Seeds,
}

/// Pairs are tried for runs of no more actions than this.
const PAIRS_ACTIONS_MAX: usize = 40;
/// Seeds from 1 to this are tried.
const SEEDS: u64 = 12;

impl Pass {
    /// What a run of so many actions begins with.
    pub(super) fn first(actions: usize) -> Pass {
        Pass::Chunks((actions / 2).max(1))
    }

    pub(super) fn next(self) -> Option<Pass> {
        match self {
            Pass::Chunks(1) => Some(Pass::Settings),
            Pass::Chunks(size) => Some(Pass::Chunks(size / 2)),
            Pass::Settings => Some(Pass::Actions),
            Pass::Actions => Some(Pass::Pairs),
            Pass::Pairs => Some(Pass::Times),
            Pass::Times => Some(Pass::Seeds),
            Pass::Seeds => None,
        }
    }

    /// The candidate of this kind with this number, from 0; `None` when there are no more.
    pub(super) fn candidate(self, run: &Run, number: usize) -> Option<Run> {
        match self {
            Pass::Chunks(size) => {
                // From the end, where what came after matters least.
                let end = run.actions.len().checked_sub(number * size).filter(|&end| end > 0)?;
                Some(without(run, end.saturating_sub(size)..end))
            }
            Pass::Pairs => pair(run, number),
            Pass::Settings => setting(run, number),
            Pass::Actions => simpler_action(run, number),
            Pass::Times => time(run, number),
            Pass::Seeds => {
                let seed = number as u64 + 1;
                (seed <= SEEDS && seed < run.seed).then(|| Run { seed, ..run.clone() })
            }
        }
    }
}

fn without(run: &Run, range: std::ops::Range<usize>) -> Run {
    let mut run = run.clone();
    run.actions.drain(range);
    run
}

fn pair(run: &Run, number: usize) -> Option<Run> {
    let len = run.actions.len();
    if len > PAIRS_ACTIONS_MAX {
        return None;
    }
    let mut pairs = (0..len).flat_map(|first| (first + 2..len).map(move |second| (first, second)));
    let (first, second) = pairs.nth(number)?;
    let mut run = without(run, second..second + 1);
    run.actions.remove(first);
    Some(run)
}

/// Settings one by one; a candidate that changes nothing is one all the same, and is not played.
fn setting(run: &Run, number: usize) -> Option<Run> {
    let default = WorldConfig { nodes: run.config.nodes, ..WorldConfig::default() };
    let config = match number {
        0 => default,
        1 => WorldConfig { storage: default.storage, ..run.config },
        2 => WorldConfig { batch: default.batch, ..run.config },
        3 => WorldConfig { pre_vote: false, ..run.config },
        4 => WorldConfig { check_quorum: false, ..run.config },
        5 => WorldConfig { latency_us: default.latency_us, ..run.config },
        6 => WorldConfig { sync_us: default.sync_us, ..run.config },
        7 => WorldConfig { retry_us: default.retry_us, ..run.config },
        8 => WorldConfig { compact_bytes: 0, ..run.config },
        9 => WorldConfig { election_us: default.election_us, ..run.config },
        10 if run.config.nodes > 3 => WorldConfig { nodes: 3, ..run.config },
        11 if run.config.nodes > 3 => WorldConfig { nodes: run.config.nodes - 1, ..run.config },
        10 | 11 => run.config,
        _ => return None,
    };
    Some(Run { config, ..run.clone() })
}

/// The simpler forms of an action, simplest first.
fn forms(action: &Action) -> Vec<Action> {
    match action.clone() {
        Action::Crash { node, losing: Losing::Tail(_) } => vec![Action::Crash { node, losing: Losing::All }],
        Action::Client { client, command, via: Some(_), think_us } => {
            vec![Action::Client { client, command, via: None, think_us }]
        }
        Action::Link { path, quality } => {
            let Quality { loss_percent, duplicate_percent, reorders, .. } = quality;
            let part = |loss_percent, duplicate_percent, reorders| Action::Link {
                path,
                quality: Quality { latency_us: None, loss_percent, duplicate_percent, reorders },
            };
            vec![part(0, 0, reorders), part(0, duplicate_percent, false), part(loss_percent, 0, false)]
        }
        Action::Meet { fate: Fate::Duplicate, pattern } => vec![Action::Meet { fate: Fate::Deliver, pattern }],
        Action::Meet { fate: Fate::Deliver, pattern } => vec![Action::Meet { fate: Fate::Release, pattern }],
        // One message says more than all of its kind.
        Action::Meet { fate: Fate::Hold, pattern: pattern @ MessagePattern { ordinal: None, .. } } => {
            let exact = |ordinal| MessagePattern { ordinal: Some(ordinal), ..pattern };
            (1..=4).map(|ordinal| Action::Meet { fate: Fate::Hold, pattern: exact(ordinal) }).collect()
        }
        Action::Propose { node, .. } => vec![Action::Propose { node, word: "a".into() }],
        Action::Heal(_) => vec![Action::Heal(crate::action::Healing::All)],
        Action::DiskSync { node, .. } => vec![Action::DiskSync { node, sync_us: 2_000 * MILLISECOND_US }],
        Action::Crash { .. }
        | Action::Restart { .. }
        | Action::Freeze { .. }
        | Action::Thaw { .. }
        | Action::Cut(_)
        | Action::Partition { .. }
        | Action::Isolate { .. }
        | Action::Meet { .. }
        | Action::DiskLose { .. }
        | Action::Compact { .. }
        | Action::Member(_)
        | Action::Transfer { .. }
        | Action::Next { .. }
        | Action::Clock { .. }
        | Action::Tick { .. }
        | Action::Break { .. }
        | Action::Mend { .. }
        | Action::Timeout { .. }
        | Action::Timer { .. }
        | Action::Client { via: None, .. }
        | Action::Load { .. }
        | Action::EndLoop { .. } => Vec::new(),
    }
}

fn simpler_action(run: &Run, number: usize) -> Option<Run> {
    const FORMS: usize = 4;
    let place = number / FORMS;
    let timed = run.actions.get(place)?;
    let form = forms(&timed.action).into_iter().nth(number % FORMS);
    let mut run = run.clone();
    if let Some(action) = form {
        run.actions[place].action = action;
    }
    Some(run)
}

/// For each action, from the first: it and all after it as early as the one before, or half the pause before it, or a tenth less;
/// or its time on a round number.
fn time(run: &Run, number: usize) -> Option<Run> {
    const FORMS: usize = 5;
    let place = number / FORMS;
    let at_us = run.actions.get(place)?.at_us;
    let before_us = place.checked_sub(1).map_or(0, |before| run.actions[before].at_us);
    let pause_us = at_us - before_us;
    let round = |unit_us: u64| at_us - at_us % unit_us;
    let wanted_us = match number % FORMS {
        0 => before_us,
        1 => before_us + pause_us / 2,
        2 => round(100 * MILLISECOND_US),
        3 => round(10 * MILLISECOND_US),
        _ => round(MILLISECOND_US),
    };
    let earlier_us = at_us - wanted_us.max(before_us);
    let shift = |timed: &mut Timed| timed.at_us -= earlier_us;
    let mut run = run.clone();
    run.actions[place..].iter_mut().for_each(shift);
    Some(run)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(actions: &str) -> Run {
        Run::parse(&format!("raftarium 1\nnodes 5\nseed 99\nlatency 1ms\n{actions}")).unwrap()
    }

    /// Goal: no pass makes anything longer or later, and each ends. Method: every candidate of a run with actions of many kinds.
    #[test]
    fn candidates_are_never_longer_or_later() {
        let run =
            run("@0 break one-vote-a-term\n@5ms timeout n1\n@17ms hold n1>n2.append\n@117ms crash n1 losing tail 2\n\
             @200ms link all loss 5% reorder\n@311ms client c1 put x 1 via n2\n@400ms heal n1\n");
        let mut pass = Some(Pass::first(run.actions.len()));
        while let Some(this) = pass {
            let candidates: Vec<Run> = (0..).map_while(|number| this.candidate(&run, number)).collect();
            assert!(!candidates.is_empty() && candidates.len() < 100, "{this:?}");
            for candidate in candidates {
                assert!(candidate.actions.len() <= run.actions.len());
                assert!(candidate.config.validate().is_ok());
                let last = |run: &Run| run.actions.last().map_or(0, |timed| timed.at_us);
                assert!(last(&candidate) <= last(&run));
                assert!(candidate.actions.is_sorted_by_key(|timed| timed.at_us), "{this:?}\n{candidate}");
            }
            pass = this.next();
        }
    }

    #[test]
    fn halves_go_first_and_single_actions_last() {
        let run = run("@0 heal\n@1ms heal\n@2ms heal\n@3ms heal\n");
        assert_eq!(Pass::first(4), Pass::Chunks(2));
        assert_eq!(Pass::Chunks(2).candidate(&run, 0).unwrap().actions, run.actions[..2]);
        assert_eq!(Pass::Chunks(2).candidate(&run, 1).unwrap().actions, run.actions[2..]);
        assert_eq!(Pass::Chunks(2).candidate(&run, 2), None);
        assert_eq!(Pass::Chunks(2).next(), Some(Pass::Chunks(1)));
    }
}
