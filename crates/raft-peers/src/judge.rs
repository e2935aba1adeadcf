//! Watches a cluster and says which property of Raft (Figure 3) it breaks, if any.
//!
//! The judge knows nothing of how nodes work: it sees what they write, what they say of themselves and what they apply.

use std::collections::BTreeMap;

use raft_core::{Body, ConfState, Entry, HardState, Index, NodeId, Position, Role, Term};

use crate::host::{Host, Machine, Outcome, View, fingerprint};

/// A broken property: which one, and how.
pub type Violation = String;

/// What was seen so far.
#[derive(Debug)]
pub struct Judge {
    /// The leader of each term.
    leaders: BTreeMap<Term, NodeId>,
    /// What each node wrote as its vote in each term.
    votes: BTreeMap<(NodeId, Term), NodeId>,
    /// Each entry ever written, by position: what it says and the term of the entry before it.
    entries: BTreeMap<Position, (u64, Term)>,
    /// What is committed, from index 1 on.
    committed: Vec<Committed>,
    /// The configurations that the committed entries lead to, each with the index from which on it is one's own who has
    /// applied that. Never empty.
    confs: Vec<(Index, ConfState)>,
    /// The state of a machine that applied all up to each index.
    states: BTreeMap<Index, u64>,
    /// How far each node's commit index and hard state were, since it last started.
    nodes: BTreeMap<NodeId, Seen>,
    /// What was committed somewhere when each read was asked for.
    reads: BTreeMap<u64, Index>,
    /// The index at which each read was answered, by its name.
    pub answers: BTreeMap<u64, Index>,
}

#[derive(Copy, Clone, Debug)]
struct Committed {
    term: Term,
    fingerprint: u64,
    /// The term of the node that first knew it as committed: leaders of later terms must have it.
    known_in: Term,
}

#[derive(Copy, Clone, Debug, Default)]
struct Seen {
    commit: Index,
    written: HardState,
    applied: Index,
}

impl Judge {
    /// For a cluster that begins with so many voters.
    pub fn new(nodes: u64) -> Judge {
        Judge {
            leaders: BTreeMap::new(),
            votes: BTreeMap::new(),
            entries: BTreeMap::new(),
            committed: Vec::new(),
            confs: vec![(0, ConfState::of_voters(1..=nodes))],
            states: BTreeMap::new(),
            nodes: BTreeMap::new(),
            reads: BTreeMap::new(),
            answers: BTreeMap::new(),
        }
    }

    /// The configuration that was committed last.
    pub fn conf(&self) -> &ConfState {
        &self.confs[self.confs.len() - 1].1
    }

    /// Changes of the configuration that were committed.
    pub fn changes(&self) -> u64 {
        self.confs.len() as u64 - 1
    }

    /// The highest index that is committed on any node.
    pub fn committed(&self) -> Index {
        self.committed.len() as Index
    }

    /// Leaders seen.
    pub fn leaders(&self) -> usize {
        self.leaders.len()
    }

    /// A read is asked for now: its answer may not be older than what is committed now.
    pub fn read_asked(&mut self, context: u64) {
        self.reads.insert(context, self.committed());
    }

    /// A node starts again: what it had not written is forgotten, and rightly so.
    pub fn restarted(&mut self, node: NodeId) {
        let written = self.nodes.entry(node).or_default().written;
        self.nodes.insert(node, Seen { written, ..Seen::default() });
    }

    /// Judges what node `at + 1` just did.
    ///
    /// # Errors
    /// The first property that is broken.
    pub fn observe(&mut self, hosts: &[Box<dyn Host>], at: usize, outcome: &Outcome) -> Result<(), Violation> {
        let node = at as NodeId + 1;
        for hard_state in &outcome.hard_states {
            self.one_vote_a_term(node, *hard_state)?;
        }
        for (before, entries) in &outcome.written {
            self.log_matching(node, *before, entries)?;
        }
        if outcome.crashed {
            return Ok(());
        }
        let host = &*hosts[at];
        let view = host.view();
        if view.role == Role::Leader {
            self.leader(node, host, view)?;
        }
        self.commits(hosts, at, view)?;
        self.state_machine_safety(node, host.machine())?;
        outcome.reads.iter().try_for_each(|&(index, context)| self.read_answered(node, index, context))
    }

    /// §5.2: at most one vote a term survives on each disk, and terms do not go back.
    fn one_vote_a_term(&mut self, node: NodeId, new: HardState) -> Result<(), Violation> {
        let seen = self.nodes.entry(node).or_default();
        if (new.term, new.commit) < (seen.written.term, 0) || new.commit < seen.written.commit {
            return Err(format!("n{node} wrote {new:?} after {:?}", seen.written));
        }
        seen.written = new;
        let Some(candidate) = new.voted_for else { return Ok(()) };
        let first = *self.votes.entry((node, new.term)).or_insert(candidate);
        if first != candidate {
            return Err(format!("n{node} voted for n{first} and n{candidate} in term {}", new.term));
        }
        Ok(())
    }

    /// Log Matching (§5.3), by induction: a position has one content and one predecessor, on all nodes and for ever.
    fn log_matching(&mut self, node: NodeId, before: Term, entries: &[Entry]) -> Result<(), Violation> {
        let mut before = before;
        for entry in entries {
            let this = (fingerprint(entry), before);
            let first = *self.entries.entry(entry.position()).or_insert(this);
            if first != this {
                return Err(format!("Log Matching: n{node} wrote another entry at {:?}", entry.position()));
            }
            before = entry.term;
        }
        Ok(())
    }

    /// Election Safety (§5.2) and Leader Completeness (§5.4).
    fn leader(&mut self, node: NodeId, host: &dyn Host, view: View) -> Result<(), Violation> {
        let first = *self.leaders.entry(view.term).or_insert(node);
        if first != node {
            return Err(format!("Election Safety: n{first} and n{node} lead term {}", view.term));
        }
        if host.entry(view.last.index).is_some_and(|entry| entry.term == view.term && entry.index > view.commit + 1) {
            return Ok(()); // It was looked at when its reign began.
        }
        for (index, committed) in (1..).zip(&self.committed) {
            if committed.known_in >= view.term || index < view.first {
                continue;
            }
            if host.entry(index).map(|entry| fingerprint(&entry)) != Some(committed.fingerprint) {
                let Committed { term, known_in, .. } = committed;
                return Err(format!(
                    "Leader Completeness: n{node} leads term {} without ({term}, {index}), committed by term {known_in}",
                    view.term
                ));
            }
        }
        Ok(())
    }

    /// A commit index never decreases while the node is up; what is committed is the same everywhere, and lies on the
    /// disks of a majority.
    fn commits(&mut self, hosts: &[Box<dyn Host>], at: usize, view: View) -> Result<(), Violation> {
        let node = at as NodeId + 1;
        let seen = self.nodes.entry(node).or_default();
        if view.commit < seen.commit || view.commit > view.last.index {
            return Err(format!("n{node} moved its commit index from {} to {}", seen.commit, view.commit));
        }
        let news = seen.commit.max(view.first - 1) + 1..=view.commit;
        seen.commit = view.commit;
        for index in news {
            let entry = hosts[at].entry(index).ok_or_else(|| format!("n{node} committed {index} without having it"))?;
            let this = fingerprint(&entry);
            if let Some(first) = self.committed.get(index as usize - 1) {
                if first.fingerprint != this {
                    return Err(format!("State Machine Safety: n{node} committed another entry at {index}"));
                }
                continue;
            }
            if index > self.committed() + 1 {
                return Err(format!("n{node} knows {index} as committed, but nobody committed what is before it"));
            }
            let applied = self.nodes.get(&node).map_or(0, |seen| seen.applied);
            if !self.is_on_a_quorum(hosts, applied, entry.position()) {
                return Err(format!("n{node} committed {:?}, which is on no quorum's disks", entry.position()));
            }
            self.committed.push(Committed { term: entry.term, fingerprint: this, known_in: view.term });
            if let Body::ConfChange(change) = &entry.body
                && let Ok(next) = self.conf().after(change)
            {
                self.confs.push((index, next));
            }
        }
        Ok(())
    }

    /// Whether a quorum holds the position on its disks: by a configuration that a leader may go by that has applied at
    /// least `applied`, and commits that position now.
    fn is_on_a_quorum(&self, hosts: &[Box<dyn Host>], applied: Index, position: Position) -> bool {
        let holds = |id: NodeId| hosts.get(id as usize - 1).is_some_and(|host| host.disk().holds(position));
        let most =
            |voters: &[NodeId]| voters.is_empty() || 2 * voters.iter().filter(|&&id| holds(id)).count() > voters.len();
        let oldest = self.confs.iter().rposition(|(from, _)| *from <= applied).unwrap_or(0);
        self.confs[oldest..].iter().any(|(_, conf)| most(&conf.voters) && most(&conf.voters_outgoing))
    }

    /// State Machine Safety (§5.4.3): machines that applied the same index are in the same state.
    fn state_machine_safety(&mut self, node: NodeId, machine: &Machine) -> Result<(), Violation> {
        let seen = self.nodes.entry(node).or_default();
        let news = machine.history.iter().rev().take_while(|(index, _)| *index > seen.applied);
        for &(index, state) in news {
            let first = *self.states.entry(index).or_insert(state);
            if first != state {
                return Err(format!("State Machine Safety: n{node} is in another state at {index}"));
            }
        }
        seen.applied = machine.applied;
        Ok(())
    }

    /// Linearizable reads (§8): what was committed anywhere when the read was asked for is in its answer.
    fn read_answered(&mut self, node: NodeId, index: Index, context: u64) -> Result<(), Violation> {
        let Some(asked_at) = self.reads.get(&context) else {
            return Err(format!("n{node} answered a read that nobody asked for: {context}"));
        };
        self.answers.insert(context, index);
        if index < *asked_at {
            return Err(format!("n{node} answered a read at {index}; {asked_at} was committed when it was asked for"));
        }
        Ok(())
    }
}
