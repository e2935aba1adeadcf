//! The checkers: after every event, ten properties are checked against everything that happened so far: the five of Raft's
//! Figure 3, and five that a system built on Raft rests on.
//!
//! Each property is one file. The world tells facts (a log was written, a node leads, an index is committed, an entry is
//! applied); a checker keeps what it needs of the past and answers with a [`Violation`] that names both witnesses. The
//! checkers are incremental: a fact costs a few comparisons, however long the run is.

mod acknowledged;
mod commit_monotonic;
mod election_safety;
mod exactly_once;
mod leader_append_only;
mod leader_completeness;
mod ledger;
mod linearizability;
mod log_matching;
mod one_vote;
mod state_machine_safety;

use std::fmt;

use raft_core::{Entry, HardState, Index, MemStorage, NodeId, Position, Role, Term};

use acknowledged::Acknowledged;
use commit_monotonic::CommitMonotonic;
use election_safety::ElectionSafety;
use exactly_once::ExactlyOnce;
use leader_append_only::LeaderAppendOnly;
use leader_completeness::LeaderCompleteness;
use ledger::Ledger;
use linearizability::Linearizability;
use log_matching::LogMatching;
use one_vote::OneVote;
use state_machine_safety::StateMachineSafety;

use crate::command::Command;
use crate::digest::Digest;
use crate::names::{ClientId, NodeName};
use crate::store::Outcome;
use crate::sure::size;

/// A property of Raft: those of Figure 3, and some more.
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
    /// A node gives at most one vote in a term, across restarts (§5.2).
    OneVote,
    /// What a node has acknowledged survives its crashes (§5.1).
    AcknowledgedDurable,
    /// A process's commit index never decreases (Figure 2).
    CommitMonotonic,
    /// Every answer to a client is explained by one order of all commands (thesis ch. 6).
    Linearizability,
    /// A command takes effect once, however often it is sent (thesis 6.3).
    ExactlyOnce,
}

impl Property {
    /// Every property: those of Figure 3 in its order, then what they rest on and what clients may rely on.
    pub const ALL: [Property; 10] = [
        Property::ElectionSafety,
        Property::LeaderAppendOnly,
        Property::LogMatching,
        Property::LeaderCompleteness,
        Property::StateMachineSafety,
        Property::OneVote,
        Property::AcknowledgedDurable,
        Property::CommitMonotonic,
        Property::Linearizability,
        Property::ExactlyOnce,
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
            Property::OneVote => "One Vote a Term",
            Property::AcknowledgedDurable => "Acknowledged Means Durable",
            Property::CommitMonotonic => "Commit Is Monotonic",
            Property::Linearizability => "Linearizability",
            Property::ExactlyOnce => "Exactly Once",
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
    fn new(nodes: &[NodeId], index: Option<Index>, text: String) -> Finding {
        let mut nodes = nodes.to_vec();
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

/// What a message promises its receiver.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum Promise {
    /// The receiver has the sender's vote in this term.
    Vote(Term),
    /// The sender has the log of this term's leader up to this index.
    Log(Term, Index),
}

/// What of a node would survive a crash.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) struct Durable {
    pub(crate) hard_state: HardState,
    /// Up to which index the log is.
    pub(crate) log: Index,
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
    /// A leader's snapshot that ends here replaced the log.
    Installed(Position),
    /// The store took this entry, and this is its fingerprint now.
    Applied(&'a Entry, Digest),
    /// A message that promises something leaves for this node, while the disk is like this.
    Promised(Promise, NodeId, Durable),
    /// Term and vote are on disk.
    Synced(HardState),
    /// A client's command, the how-manieth of its, took effect at this index of the log.
    TookEffect(ClientId, u64, Index),
    /// A client asked for something for the first time.
    Asked(ClientId, &'a Command),
    /// The node answered a client, and that settled it.
    Answered(ClientId, &'a Command, &'a Outcome),
    /// The store was replaced by a snapshot as of this index, and this is its fingerprint now.
    Restored(Index, Digest),
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
    size(node - 1)
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
    one_vote: OneVote,
    acknowledged: Acknowledged,
    linearizability: Linearizability,
    exactly_once: ExactlyOnce,
    violations: Vec<Violation>,
    /// Nothing is looked at any more.
    stopped: bool,
}

impl Checks {
    pub(crate) fn new(nodes: u64) -> Checks {
        let count = size(nodes);
        Checks {
            ledger: Ledger::new(count),
            standings: vec![None; count],
            election_safety: ElectionSafety::default(),
            leader_append_only: LeaderAppendOnly,
            log_matching: LogMatching::default(),
            leader_completeness: LeaderCompleteness::default(),
            state_machine_safety: StateMachineSafety::default(),
            one_vote: OneVote::default(),
            acknowledged: Acknowledged::default(),
            linearizability: Linearizability::default(),
            exactly_once: ExactlyOnce::default(),
            violations: Vec::new(),
            stopped: false,
        }
    }

    /// Looks at nothing from now on: to measure what looking costs.
    pub(crate) fn stop(&mut self) {
        self.stopped = true;
    }

    /// One more node is there.
    pub(crate) fn join(&mut self) {
        self.ledger.join();
        self.standings.push(None);
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
                let found = found | self.run(at_us, node, Property::LogMatching, fact);
                found | self.run(at_us, node, Property::AcknowledgedDurable, fact)
            }
            Fact::Crashed => {
                self.standings[place(node)] = None;
                false
            }
            Fact::Restarted(log) => {
                self.ledger.restore(node, log);
                self.check(at_us, node, fact)
            }
            Fact::Installed(last) => {
                self.ledger.install(node, last);
                false
            }
            // Each concerns one checker or two; asking all of them would cost more than they do.
            Fact::Promised(..) => {
                self.run(at_us, node, Property::OneVote, fact)
                    | self.run(at_us, node, Property::AcknowledgedDurable, fact)
            }
            Fact::Synced(_) => self.run(at_us, node, Property::OneVote, fact),
            Fact::TookEffect(..) => self.run(at_us, node, Property::ExactlyOnce, fact),
            Fact::Asked(..) | Fact::Answered(..) => self.run(at_us, node, Property::Linearizability, fact),
            Fact::Stands(_) | Fact::Applied(..) | Fact::Restored(..) => self.check(at_us, node, fact),
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
            Property::OneVote => self.one_vote.observe(scene, fact),
            Property::AcknowledgedDurable => self.acknowledged.observe(scene, fact),
            Property::CommitMonotonic => CommitMonotonic.observe(scene, fact),
            Property::Linearizability => self.linearizability.observe(scene, fact),
            Property::ExactlyOnce => self.exactly_once.observe(scene, fact),
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
