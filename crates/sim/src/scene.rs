//! Scenes: runs that wait for what they need. A lesson cannot know at which microsecond a leader is elected; it says
//!
//! ```text
//! raftarium 1
//! nodes 3
//! seed 7
//! when n1 leader: client c1 put x 1    # as soon as it holds, for at most 10 s
//! after 20ms: crash n1                 # this long after the step before
//! when n2 leader                       # only waits
//! expect n2 entry 2 term 1 and safe    # must hold at this moment, or the scene fails
//! #> n2 has it now.                    # what the page says from here on; to the scene a remark like any other
//! ```
//! Steps are taken one after the other; lines `@time action` may stand among them. A scene is a test of itself: playing it
//! gives a [`Timeline`] whose run holds only times, so that it can be shared, or the line at which it failed.

mod condition;

use std::fmt;

use raft_core::NodeId;

use crate::action::Action;
use crate::run::Run;
use crate::time::SECOND_US;
use crate::timeline::Timeline;
use crate::words::{ParseError, Words};

pub use condition::{Atom, Comparison, Condition, Measure};

/// A condition has to come true within this: 10 s.
pub const PATIENCE_US: u64 = 10 * SECOND_US;

/// One step of a scene.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum What {
    /// At a time: an action.
    At(u64, Action),
    /// So long after the step before: an action, or nothing.
    After(u64, Option<Action>),
    /// As soon as a condition holds: an action, or nothing.
    When(Condition, Option<Action>),
    /// A condition that must hold now.
    Expect(Condition),
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct Step {
    line: usize,
    what: What,
}

impl Step {
    /// The highest node that takes part because of it.
    fn joins(&self) -> Option<NodeId> {
        match &self.what {
            What::At(_, Action::Member(change))
            | What::After(_, Some(Action::Member(change)))
            | What::When(_, Some(Action::Member(change))) => change.comes().iter().last(),
            What::At(..) | What::After(..) | What::When(..) | What::Expect(_) => None,
        }
    }
}

/// A prepared run, with conditions.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Scene {
    run: Run,
    steps: Vec<Step>,
}

/// At which line a scene failed, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SceneError {
    /// The line, from 1.
    pub line: usize,
    /// The simulated time, in µs.
    pub at_us: u64,
    /// A sentence.
    pub message: String,
}

impl fmt::Display for SceneError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, at {} µs: {}", self.line, self.at_us, self.message)
    }
}

impl std::error::Error for SceneError {}

impl Scene {
    /// Reads a scene. Every run is a scene, too.
    ///
    /// # Errors
    /// The first fault, with line and column.
    pub fn parse(text: &str) -> Result<Scene, ParseError> {
        let (mut header, mut steps) = (String::new(), Vec::new());
        let is_step = |word: &str| word.starts_with('@') || matches!(word, "when" | "after" | "expect");
        // The header is a run without actions; blank lines keep its line numbers.
        for (line, text) in (1..).zip(text.lines()) {
            let content = crate::run::without_comment(text);
            let mut words = Words::new(content, line);
            match words.peek() {
                Some(word) if is_step(word.text) => steps.push(Step { line, what: read_step(&mut words)? }),
                Some(_) if !steps.is_empty() => {
                    words.fail_here("after the first step every line is a step");
                    words.checked(())?;
                }
                Some(_) | None => header.push_str(content),
            }
            header.push('\n');
        }
        let run = Run::parse(&header)?;
        let nodes = steps.iter().filter_map(Step::joins).max().unwrap_or(0).max(run.config.nodes);
        for Step { line, what } in &steps {
            if let What::When(condition, _) | What::Expect(condition) = what
                && condition.highest_node() > nodes
            {
                let message = format!("there is no node n{}: this cluster has {}", condition.highest_node(), nodes);
                return Err(ParseError::new(*line, 1, message));
            }
        }
        Ok(Scene { run, steps })
    }

    /// Plays the scene to its last step.
    ///
    /// # Errors
    /// The first step that failed, and the timeline as it stood then: a condition that did not come true within
    /// [`PATIENCE_US`], an expectation that does not hold, an action that cannot be done.
    pub fn play(&self) -> Result<Timeline, (Box<Timeline>, SceneError)> {
        let mut timeline = Timeline::new(self.run.clone()).expect("a scene that was read has valid settings");
        for Step { line, what } in &self.steps {
            if let Err(message) = take(&mut timeline, what) {
                let at_us = timeline.world().now_us();
                return Err((Box::new(timeline), SceneError { line: *line, at_us, message }));
            }
        }
        Ok(timeline)
    }
}

fn read_step(words: &mut Words<'_>) -> Result<What, ParseError> {
    let first = words.expect("a step");
    if let Some(time) = first.text.strip_prefix('@') {
        let what = What::At(words.or_fail(first, crate::run::parse_time(time)), Action::read(words));
        return words.whole(what);
    }
    let (mut before, mut after) = words.split_at_colon();
    let action = match &mut after {
        Some(words) => {
            let action = Action::read(words);
            Some(words.whole(action)?)
        }
        None => None,
    };
    let what = match first.text {
        "when" => What::When(Condition::read(&mut before), action),
        "after" => What::After(before.duration(), action),
        _ => {
            if action.is_some() {
                before.wrong("", first, " takes no action");
            }
            What::Expect(Condition::read(&mut before))
        }
    };
    before.whole(what)
}

fn take(timeline: &mut Timeline, what: &What) -> Result<(), String> {
    let action = match what {
        What::At(at_us, action) => {
            if *at_us < timeline.world().now_us() {
                return Err(format!("it is later than @{at_us} already"));
            }
            timeline.advance_to(*at_us);
            Some(action)
        }
        What::After(after_us, action) => {
            timeline.advance_to(timeline.world().now_us() + after_us);
            action.as_ref()
        }
        What::When(condition, action) => {
            wait(timeline, condition)?;
            action.as_ref()
        }
        What::Expect(condition) => {
            if !condition.holds(timeline.world()) {
                return Err(format!("expected: {condition}"));
            }
            None
        }
    };
    action.map_or(Ok(()), |action| timeline.act(action.clone()).map_err(|error| error.to_string()))
}

fn wait(timeline: &mut Timeline, condition: &Condition) -> Result<(), String> {
    let until_us = timeline.world().now_us() + PATIENCE_US;
    while !condition.holds(timeline.world()) {
        if timeline.next_us().is_none_or(|next_us| next_us > until_us) {
            return Err(format!("it never came true: {condition}"));
        }
        timeline.step_event();
    }
    Ok(())
}

/// The prepared scenes by name. Each is a file in `crates/sim/scenes/`, played by the tests.
pub const SCENES: [(&str, &str); SCENES_LEN] = [
    ("first-election", include_str!("../scenes/first-election.raft")),
    ("split-vote", include_str!("../scenes/split-vote.raft")),
    ("one-write", include_str!("../scenes/one-write.raft")),
    ("leader-crash", include_str!("../scenes/leader-crash.raft")),
    ("two-leaders", include_str!("../scenes/two-leaders.raft")),
    ("partition-a", include_str!("../scenes/partition-a.raft")),
    ("partition-b", include_str!("../scenes/partition-b.raft")),
    ("comes-back", include_str!("../scenes/comes-back.raft")),
    ("election-restriction", include_str!("../scenes/election-restriction.raft")),
    ("log-repair", include_str!("../scenes/log-repair.raft")),
    ("figure-7", include_str!("../scenes/figure-7.raft")),
    ("figure-8", include_str!("../scenes/figure-8.raft")),
    ("lost-tail", include_str!("../scenes/lost-tail.raft")),
    ("snapshot-install", include_str!("../scenes/snapshot-install.raft")),
    ("snapshot-prefix", include_str!("../scenes/snapshot-prefix.raft")),
    ("replace-dead-node", include_str!("../scenes/replace-dead-node.raft")),
    ("leader-transfer", include_str!("../scenes/leader-transfer.raft")),
    ("stale-read", include_str!("../scenes/stale-read.raft")),
    ("lease-read", include_str!("../scenes/lease-read.raft")),
    ("exactly-once", include_str!("../scenes/exactly-once.raft")),
];

const SCENES_LEN: usize = 20;

/// The text of a prepared scene.
#[must_use]
pub fn scene(name: &str) -> Option<&'static str> {
    SCENES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_named_with_line_and_column() {
        let header = "raftarium 1\nnodes 3\nseed 7\n";
        for (steps, place, part) in [
            ("when n4 leader", (4, 1), "there is no node n4"),
            ("when n1 rich", (4, 9), "`rich` cannot be asked"),
            ("when n1 commit > 3", (4, 16), "should be =, >= or <"),
            ("when n1 leader or n2 leader", (4, 16), "should be `and`"),
            ("when n1 leader: explode", (4, 17), "unknown action"),
            ("after a while: crash n1", (4, 7), "not a duration"),
            ("expect safe: crash n1", (4, 1), "takes no action"),
            ("@5 crash n1\nnodes 3", (5, 1), "every line is a step"),
        ] {
            let error = Scene::parse(&format!("{header}{steps}")).unwrap_err();
            assert_eq!((error.line, error.column), place, "{steps}: {error}");
            assert!(error.message.contains(part), "{steps}: {error}");
        }
    }

    #[test]
    fn a_failed_expectation_names_its_line() {
        let scene = Scene::parse("raftarium 1\nseed 7\n@5 heal\nexpect leaders = 3").unwrap();
        let (_, error) = scene.play().unwrap_err();
        assert_eq!(error.to_string(), "line 4, at 5 µs: expected: leaders = 3");
        let scene = Scene::parse("raftarium 1\nseed 7\nwhen n1 commit >= 100").unwrap();
        assert!(scene.play().unwrap_err().1.message.contains("never came true"));
    }
}
