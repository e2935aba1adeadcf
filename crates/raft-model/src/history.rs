//! What happened so far that the nodes themselves may have forgotten, and Raft's properties (Figure 3) over it.

use raft_core::{Entry, Index, MemStorage, NodeId, Position, RawNode, Role, Storage, Term};

/// Leaders and commits of the past, as far as the properties need them.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct History {
    /// (term, node) of each reign, in the order in which they began.
    leaders: Vec<(Term, NodeId)>,
    /// What is committed, from index 1 on, each with the term of the node that first knew it.
    committed: Vec<(Entry, Term)>,
    /// Two nodes led one term.
    two_leaders: bool,
    /// Two entries were committed at one index.
    two_commits: bool,
    /// A leader began its reign without an entry that was committed before.
    incomplete_leader: bool,
}

impl History {
    /// Notes what a node is after each event of its own.
    pub(crate) fn observe(&mut self, node: &RawNode<MemStorage>) {
        self.observe_commits(node);
        let status = node.status();
        let reign = (status.term, status.id);
        if status.role != Role::Leader || self.leaders.contains(&reign) {
            return;
        }
        self.two_leaders |= self.leaders.iter().any(|(term, _)| *term == status.term);
        self.leaders.push(reign);
        let earlier = self.committed.iter().filter(|(_, known_in)| *known_in < status.term);
        self.incomplete_leader |= earlier.into_iter().any(|(entry, _)| !holds(node, entry.position()));
    }

    fn observe_commits(&mut self, node: &RawNode<MemStorage>) {
        let status = node.status();
        for index in node.log().first_index()..=status.commit {
            let Some(entry) = node.log().entry(index) else { continue };
            match self.committed.get(index as usize - 1) {
                Some((first, _)) => self.two_commits |= *first != entry,
                None => self.committed.push((entry, status.term)),
            }
        }
    }

    /// Election Safety (§5.2): at most one leader in each term.
    pub fn election_safety(&self) -> bool {
        !self.two_leaders
    }

    /// Leader Completeness (§5.4): a leader has everything that was committed in earlier terms.
    pub fn leader_completeness(&self) -> bool {
        !self.incomplete_leader
    }

    /// State Machine Safety (§5.4.3): nobody applies another entry at an index than anybody else.
    pub fn state_machine_safety(&self) -> bool {
        !self.two_commits
    }

    /// The highest index that is committed anywhere.
    pub fn committed(&self) -> Index {
        self.committed.len() as Index
    }

    /// Reigns so far.
    pub fn reigns(&self) -> usize {
        self.leaders.len()
    }
}

/// Log Matching (§5.3): logs that agree at a position agree up to it.
pub fn log_matching<'a>(mut logs: impl Iterator<Item = &'a RawNode<MemStorage>> + Clone) -> bool {
    while let Some(one) = logs.next() {
        if logs.clone().any(|other| !match_up(one, other)) {
            return false;
        }
    }
    true
}

fn match_up(one: &RawNode<MemStorage>, other: &RawNode<MemStorage>) -> bool {
    let entries = |node: &RawNode<MemStorage>| -> Vec<Entry> {
        (1..=node.log().last_index()).filter_map(|index| node.log().entry(index)).collect()
    };
    let (one, other) = (entries(one), entries(other));
    let agreed = one.iter().zip(&other).rposition(|(a, b)| a.position() == b.position());
    agreed.is_none_or(|at| one[..=at] == other[..=at])
}

fn holds(node: &RawNode<MemStorage>, position: Position) -> bool {
    position.index < node.storage().first_index() || node.log().term_at(position.index) == Ok(position.term)
}
