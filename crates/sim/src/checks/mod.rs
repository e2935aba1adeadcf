//! The checkers: after every event, the properties of Raft's Figure 3 are checked against everything that happened so far.
//!
//! Each property is one file. The world tells facts (a log was written, a node leads, an index is committed, an entry is
//! applied); a checker keeps what it needs of the past and answers with a [`Violation`] that names both witnesses. The
//! checkers are incremental: a fact costs a few comparisons, however long the run is.

mod election_safety;
mod leader_append_only;
mod leader_completeness;
mod ledger;
mod log_matching;
mod state_machine_safety;

use std::fmt;

use raft_core::{Entry, Index, MemStorage, NodeId, Position, Role, Term};

use election_safety::ElectionSafety;
use leader_append_only::LeaderAppendOnly;
use leader_completeness::LeaderCompleteness;
use ledger::Ledger;
use log_matching::LogMatching;
use state_machine_safety::StateMachineSafety;

use crate::names::NodeName;

/// A property of Raft (Figure 3).
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Property {
    /// At most one leader can be elected in a term (§5.2).
    ElectionSafety,
    /// A leader never overwrites or deletes entries in its log; it only appends (§5.3).
    LeaderAppendOnly,
    /// Two logs that hold an entry of one index and term are identical up to it (§5.3).
    LogMatching,
    /// An entry committed in a term is in the log of every leader of a later term (§5.4).
    LeaderCompleteness,
    /// No two nodes apply different entries at one index (§5.4.3).
    StateMachineSafety,
}

impl Property {
    /// Every property, in the order of Figure 3.
    pub const ALL: [Property; 5] = [
        Property::ElectionSafety,
        Property::LeaderAppendOnly,
        Property::LogMatching,
        Property::LeaderCompleteness,
        Property::StateMachineSafety,
    ];

    /// The paper's name for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Property::ElectionSafety => "Election Safety",
            Property::LeaderAppendOnly => "Leader Append-Only",
            Property::LogMatching => "Log Matching",
            Property::LeaderCompleteness => "Leader Completeness",
            Property::StateMachineSafety => "State Machine Safety",
        }
    }
}

impl fmt::Display for Property {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How a property fell.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Violation {
    /// Which property.
    pub property: Property,
    /// When, in simulated µs.
    pub at_us: u64,
    /// The two nodes that are at odds (one, if it is at odds with its own past).
    pub nodes: Vec<NodeId>,
    /// The log index in question, if there is one.
    pub index: Option<Index>,
    /// What is wrong, in a sentence.
    pub text: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.property, self.text)
    }
}

/// A property and how it stands.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct CheckState<'a> {
    /// The property.
    pub property: Property,
    /// How it fell first; `None` while it holds.
    pub violation: Option<&'a Violation>,
}

/// What a checker found: the world adds the property and the time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Finding {
    pub(crate) nodes: Vec<NodeId>,
    pub(crate) index: Option<Index>,
    pub(crate) text: String,
}

impl Finding {
    fn new(nodes: impl IntoIterator<Item = NodeId>, index: Option<Index>, text: String) -> Finding {
        let mut nodes: Vec<NodeId> = nodes.into_iter().collect();
        nodes.dedup();
        Finding { nodes, index, text }
    }
}

/// A node's part as the checkers see it, after an event.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) struct Standing {
    pub(crate) role: Role,
    pub(crate) term: Term,
    pub(crate) commit: Index,
    pub(crate) last: Position,
}

/// A fact about one node.
#[derive(Copy, Clone, Debug)]
pub(crate) enum Fact<'a> {
    /// A node of this role wrote these entries to its log, replacing what was there from their first index on.
    Wrote(Role, &'a [Entry]),
    /// The process ended.
    Crashed,
    /// A new process began with this log.
    Restarted(&'a MemStorage),
    /// An event is over, and this is how the node stands now.
    Stands(Standing),
    /// The store took this entry.
    Applied(&'a Entry),
}

/// What a checker may look at beside the fact: who says it, every log as written, and how every node stood before.
#[derive(Copy, Clone)]
pub(crate) struct Scene<'a> {
    pub(crate) node: NodeId,
    pub(crate) ledger: &'a Ledger,
    /// By node, from n1; `None` while a node is down.
    pub(crate) standings: &'a [Option<Standing>],
}

impl Scene<'_> {
    fn standing(&self, node: NodeId) -> Option<Standing> {
        self.standings[place(node)]
    }
}

fn place(node: NodeId) -> usize {
    usize::try_from(node - 1).expect("nodes are small numbers from 1")
}

/// All checkers and their common notes.
#[derive(Clone, Debug)]
pub(crate) struct Checks {
    ledger: Ledger,
    standings: Vec<Option<Standing>>,
    election_safety: ElectionSafety,
    leader_append_only: LeaderAppendOnly,
    log_matching: LogMatching,
    leader_completeness: LeaderCompleteness,
    state_machine_safety: StateMachineSafety,
    violations: Vec<Violation>,
    /// Nothing is looked at any more.
    stopped: bool,
}

impl Checks {
    pub(crate) fn new(nodes: u64) -> Checks {
        let count = usize::try_from(nodes).expect("a small number");
        Checks {
            ledger: Ledger::new(count),
            standings: vec![None; count],
            election_safety: ElectionSafety::default(),
            leader_append_only: LeaderAppendOnly,
            log_matching: LogMatching::default(),
            leader_completeness: LeaderCompleteness::default(),
            state_machine_safety: StateMachineSafety::default(),
            violations: Vec::new(),
            stopped: false,
        }
    }

    /// Looks at nothing from now on: to measure what looking costs.
    pub(crate) fn stop(&mut self) {
        self.stopped = true;
    }

    /// Takes note of how a node stands after an event. Most events change nothing here, and cost one comparison.
    pub(crate) fn stands(&mut self, at_us: u64, node: NodeId, standing: Standing) -> Option<&Violation> {
        if self.stopped || self.standings[place(node)] == Some(standing) {
            return None;
        }
        let found = self.check(at_us, node, Fact::Stands(standing));
        self.standings[place(node)] = Some(standing);
        self.violation(found)
    }

    /// Takes note of a fact, and checks it. `Some` is a violation that is new.
    pub(crate) fn fact(&mut self, at_us: u64, node: NodeId, fact: Fact<'_>) -> Option<&Violation> {
        if self.stopped {
            return None;
        }
        let found = match fact {
            Fact::Wrote(_, entries) => {
                // Append-only is about what is replaced: it must be seen before the ledger forgets it.
                let found = self.run(at_us, node, Property::LeaderAppendOnly, fact);
                self.ledger.write(node, entries);
                found | self.run(at_us, node, Property::LogMatching, fact)
            }
            Fact::Crashed => {
                self.standings[place(node)] = None;
                false
            }
            Fact::Restarted(log) => {
                self.ledger.restore(node, log);
                self.check(at_us, node, fact)
            }
            Fact::Stands(_) | Fact::Applied(_) => self.check(at_us, node, fact),
        };
        self.violation(found)
    }

    fn check(&mut self, at_us: u64, node: NodeId, fact: Fact<'_>) -> bool {
        Property::ALL.into_iter().fold(false, |found, property| self.run(at_us, node, property, fact) | found)
    }

    fn run(&mut self, at_us: u64, node: NodeId, property: Property, fact: Fact<'_>) -> bool {
        if self.violations.iter().any(|violation| violation.property == property) {
            return false; // it has fallen; only the first fall is told
        }
        let scene = Scene { node, ledger: &self.ledger, standings: &self.standings };
        let finding = match property {
            Property::ElectionSafety => self.election_safety.observe(scene, fact),
            Property::LeaderAppendOnly => self.leader_append_only.observe(scene, fact),
            Property::LogMatching => self.log_matching.observe(scene, fact),
            Property::LeaderCompleteness => self.leader_completeness.observe(scene, fact),
            Property::StateMachineSafety => self.state_machine_safety.observe(scene, fact),
        };
        let Some(Finding { nodes, index, text }) = finding else { return false };
        self.violations.push(Violation { property, at_us, nodes, index, text });
        true
    }

    fn violation(&self, found: bool) -> Option<&Violation> {
        if found { self.violations.last() } else { None }
    }

    /// How every property stands, in the order of [`Property::ALL`].
    pub(crate) fn states(&self) -> impl Iterator<Item = CheckState<'_>> {
        Property::ALL.into_iter().map(|property| {
            let violation = self.violations.iter().find(|violation| violation.property == property);
            CheckState { property, violation }
        })
    }

    /// Every fallen property's first violation, in order of time.
    pub(crate) fn violations(&self) -> &[Violation] {
        &self.violations
    }
}

/// Prints an entry's place as `index@term`, or that there is none.
fn entry_text(index: Index, term: Option<Term>) -> String {
    term.map_or_else(|| "nothing".to_string(), |term| format!("{index}@{term}"))
}

fn name(node: NodeId) -> NodeName {
    NodeName(node)
}

#[cfg(test)]
mod tests;
