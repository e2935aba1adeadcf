//! What the search tells, as plain data. TypeScript types are generated from this file.
//!
//! Times are simulated µs; what is done is told in the words of a run's text.

use raftarium_sim::checks::Property;
use raftarium_sim::fuzz::{Find, Search, Tally};
use serde::Serialize;
use tsify::Tsify;

/// How a search stands.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct Report {
    /// Random runs begun so far.
    pub runs: u64,
    /// Events played so far, those of the shrinking included.
    pub events: u64,
    /// Distinct states of the cluster met so far: who leads, terms, votes, logs, cuts.
    pub states: u64,
    /// Whether that is their number; an estimate otherwise.
    pub states_exact: bool,
    /// In how many runs each mark was reached, in the order of `raftarium_sim::fuzz::MARKS`; the present run is not among them.
    pub marks: Vec<u64>,
    /// The search's seed.
    pub seed: String,
    /// How far the present run is, 0 to 1.
    pub progress: f64,
    /// The run in which something fell; null until there is one.
    pub found: Option<Found>,
}

/// A run in which a property fell, as short as it is by now.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct Found {
    /// The run's text.
    pub run_text: String,
    /// The same as a link's hash, without `#`.
    pub link: String,
    /// Which property fell first.
    pub property: Fallen,
    /// How: the checker's sentence.
    pub violation: String,
    /// When, µs.
    pub at_us: u64,
    /// The witnesses: one or two nodes, such as `n1`.
    pub nodes: Vec<String>,
    /// The log index in question; null if there is none.
    pub index: Option<u64>,
    /// In which of the search's runs it was found, from 1.
    pub run_no: u64,
    /// Numbers of actions: of the run as it was found, and after each pass of the shrinking that left fewer (the last one may go on).
    pub lengths: Vec<u32>,
    /// Whether it may still become shorter.
    pub shrinking: bool,
    /// What is done, the broken rules first.
    pub actions: Vec<Done>,
}

/// An action of the run that was found.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct Done {
    /// When, µs.
    pub at_us: u64,
    /// What: `crash n1`.
    pub text: String,
}

/// How the futures of a run were counted so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
pub struct OddsReport {
    /// How many actions the run has; there is one prefix more, the empty one.
    pub actions: u32,
    /// By prefix, from the empty one: in how many random futures something fell, without the rules that the run breaks.
    pub fallen: Vec<u32>,
    /// The same with all rules kept.
    pub real: Vec<u32>,
    /// How many prefixes are done; the one after them is being counted.
    pub done_prefixes: u32,
}

/// The properties, as the page's view model names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum Fallen {
    /// At most one leader a term (§5.2).
    ElectionSafety,
    /// A leader never overwrites or deletes entries of its log (§5.3).
    LeaderAppendOnly,
    /// Logs with an equal (index, term) are equal up to there (§5.3).
    LogMatching,
    /// Committed entries are in the logs of all later leaders (§5.4).
    LeaderCompleteness,
    /// No two nodes apply different commands at one index (§5.4.3).
    StateMachineSafety,
    /// One vote a node and term, across restarts (§5.2).
    OneVote,
    /// What was acknowledged survives a crash (§5.1).
    AcknowledgedDurable,
    /// A process's commit index never goes back (Figure 2).
    CommitMonotonic,
    /// One order explains every answer to a client (thesis ch. 6).
    Linearizability,
    /// A command takes effect once (thesis 6.3).
    ExactlyOnce,
}

impl From<Property> for Fallen {
    fn from(property: Property) -> Fallen {
        match property {
            Property::ElectionSafety => Fallen::ElectionSafety,
            Property::LeaderAppendOnly => Fallen::LeaderAppendOnly,
            Property::LogMatching => Fallen::LogMatching,
            Property::LeaderCompleteness => Fallen::LeaderCompleteness,
            Property::StateMachineSafety => Fallen::StateMachineSafety,
            Property::OneVote => Fallen::OneVote,
            Property::AcknowledgedDurable => Fallen::AcknowledgedDurable,
            Property::CommitMonotonic => Fallen::CommitMonotonic,
            Property::Linearizability => Fallen::Linearizability,
            Property::ExactlyOnce => Fallen::ExactlyOnce,
        }
    }
}

/// How a search stands; `seed` is its own.
#[must_use]
pub fn report(search: &Search, seed: &str) -> Report {
    Report {
        runs: search.runs(),
        events: search.events(),
        states: search.states(),
        states_exact: search.states_are_exact(),
        marks: search.marks().to_vec(),
        seed: seed.to_string(),
        progress: search.per_mille() as f64 / 1_000.0,
        found: search.found().map(found),
    }
}

/// How the futures of a run were counted so far.
#[must_use]
pub fn odds(tally: &Tally) -> OddsReport {
    OddsReport {
        actions: few(tally.actions),
        fallen: tally.fallen.clone(),
        real: tally.real.clone(),
        done_prefixes: few(tally.done_prefixes),
    }
}

/// A run has 10,000 actions at most.
fn few(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn found(find: Find) -> Found {
    let Find { run, violation, run_no, lengths, shrinking } = find;
    Found {
        link: run.to_link(),
        property: violation.property.into(),
        at_us: violation.at_us,
        nodes: violation.nodes.iter().map(|node| format!("n{node}")).collect(),
        index: violation.index,
        violation: violation.text,
        run_no,
        lengths: lengths.into_iter().map(few).collect(),
        shrinking,
        actions: run.actions.iter().map(|timed| Done { at_us: timed.at_us, text: timed.action.to_string() }).collect(),
        run_text: run.to_string(),
    }
}
