//! Each checker holds on a healthy history and fires on one that breaks its property, naming both witnesses.

use super::*;
use raft_core::Body;

fn entries(term: Term, indexes: std::ops::RangeInclusive<Index>) -> Vec<Entry> {
    indexes
        .map(|index| Entry { term, index, body: Body::Command(format!("c1#{index} put x {term}").as_str().into()) })
        .collect()
}

/// Feeds crafted facts to the checkers of three nodes.
struct History {
    checks: Checks,
    at_us: u64,
}

impl History {
    fn new() -> History {
        History { checks: Checks::new(3), at_us: 0 }
    }

    /// Writes entries of a term: as its leader, if the node leads it, else as a follower.
    fn writes(mut self, node: NodeId, term: Term, indexes: std::ops::RangeInclusive<Index>) -> History {
        self.at_us += 1;
        let leads = self.checks.standings[place(node)].is_some_and(|s| s.role == Role::Leader && s.term == term);
        let role = if leads { Role::Leader } else { Role::Follower };
        self.checks.fact(self.at_us, node, Fact::Wrote(role, &entries(term, indexes)));
        self
    }

    fn stands(mut self, node: NodeId, role: Role, term: Term, commit: Index) -> History {
        self.at_us += 1;
        let index = self.checks.ledger.last_index(node);
        let last = Position { term: self.checks.ledger.line(node, index).map_or(0, |line| line.term), index };
        self.checks.stands(self.at_us, node, Standing { role, term, commit, last });
        self
    }

    fn leads(self, node: NodeId, term: Term) -> History {
        self.stands(node, Role::Leader, term, 0)
    }

    fn commits(self, node: NodeId, term: Term, commit: Index) -> History {
        self.stands(node, Role::Leader, term, commit)
    }

    fn follows(self, node: NodeId, term: Term) -> History {
        self.stands(node, Role::Follower, term, 0)
    }

    fn applies(mut self, node: NodeId, term: Term, index: Index) -> History {
        self.at_us += 1;
        self.checks.fact(self.at_us, node, Fact::Applied(&entries(term, index..=index)[0]));
        self
    }

    fn restarts(mut self, node: NodeId, term: Term, indexes: std::ops::RangeInclusive<Index>) -> History {
        self.at_us += 1;
        let mut log = MemStorage::with_voters([1, 2, 3]);
        log.append(&entries(term, indexes));
        self.checks.fact(self.at_us, node, Fact::Crashed);
        self.checks.fact(self.at_us, node, Fact::Restarted(&log));
        self
    }

    fn holds(self) {
        assert_eq!(self.checks.violations(), []);
    }

    /// Exactly this property has fallen, in the last fact.
    fn falls(self, property: Property, nodes: &[NodeId], index: Option<Index>, text: &str) {
        let [violation] = self.checks.violations() else { panic!("{:?}", self.checks.violations()) };
        assert_eq!((violation.property, violation.at_us), (property, self.at_us));
        assert_eq!((&*violation.nodes, violation.index), (nodes, index));
        assert_eq!(violation.text, text);
        let fallen = self.checks.states().filter(|state| state.violation.is_some()).map(|state| state.property);
        assert_eq!(fallen.collect::<Vec<_>>(), [property]);
    }
}

#[test]
fn two_leaders_of_different_terms_are_legal() {
    History::new().leads(1, 1).leads(2, 2).leads(1, 1).holds();
}

#[test]
fn election_safety_falls_with_two_leaders_of_one_term() {
    History::new().leads(1, 4).leads(2, 5).leads(3, 4).falls(
        Property::ElectionSafety,
        &[1, 3],
        None,
        "n1 and n3 were both elected leader of term 4",
    );
}

#[test]
fn election_safety_remembers_leaders_that_are_gone() {
    History::new().leads(1, 4).follows(1, 5).leads(2, 4).falls(
        Property::ElectionSafety,
        &[1, 2],
        None,
        "n1 and n2 were both elected leader of term 4",
    );
}

#[test]
fn a_leader_may_append_and_a_deposed_one_may_lose_its_tail() {
    let history = History::new().writes(1, 1, 1..=3).leads(1, 1).writes(1, 1, 4..=5).leads(1, 1);
    // A later leader may well hold older entries than the deposed one.
    let history = history.writes(1, 2, 4..=4).stands(1, Role::Follower, 2, 0).leads(1, 3);
    history.writes(1, 2, 3..=3).stands(1, Role::Follower, 4, 0).holds();
}

#[test]
fn leader_append_only_falls_when_a_leader_overwrites() {
    History::new().writes(1, 1, 1..=3).follows(1, 2).leads(1, 2).writes(1, 2, 3..=3).falls(
        Property::LeaderAppendOnly,
        &[1],
        Some(3),
        "n1 overwrote entry 3 of its own log while it led term 2",
    );
}

#[test]
fn leader_append_only_falls_when_a_leaders_log_shrinks() {
    let mut history = History::new().writes(1, 1, 1..=3).leads(1, 1);
    history.at_us += 1;
    let last = Position { term: 1, index: 2 };
    history.checks.stands(history.at_us, 1, Standing { role: Role::Leader, term: 1, commit: 0, last });
    history.falls(Property::LeaderAppendOnly, &[1], Some(3), "n1 deleted entry 3 of its own log while it led term 1");
}

#[test]
fn logs_may_differ_where_their_terms_differ() {
    History::new().writes(1, 1, 1..=3).writes(2, 1, 1..=2).writes(2, 2, 3..=4).writes(1, 2, 3..=4).holds();
}

#[test]
fn log_matching_falls_when_prefixes_differ() {
    History::new()
        .writes(1, 1, 1..=2)
        .writes(1, 3, 3..=3)
        .writes(2, 1, 1..=1)
        .writes(2, 2, 2..=2)
        .writes(2, 3, 3..=3)
        .falls(
            Property::LogMatching,
            &[1, 2],
            Some(3),
            "n1 and n2 both wrote entry 3 of term 3, and their logs up to it differ",
        );
}

#[test]
fn an_older_leader_may_lack_what_a_later_one_commits() {
    let history = History::new().writes(1, 1, 1..=1).leads(1, 1).writes(2, 1, 1..=1).leads(2, 2);
    history.writes(2, 2, 2..=2).commits(2, 2, 2).leads(1, 1).holds();
}

#[test]
fn leader_completeness_falls_when_a_later_leader_lacks_a_committed_entry() {
    let history = History::new().writes(1, 1, 1..=3).leads(1, 1).commits(1, 1, 2);
    history.writes(2, 1, 1..=1).writes(2, 2, 2..=2).leads(2, 3).falls(
        Property::LeaderCompleteness,
        &[1, 2],
        Some(2),
        "n2 leads term 3 without entry 2@1, which n1 committed in term 1: it holds 2@2 there",
    );
}

#[test]
fn leader_completeness_falls_when_something_is_committed_behind_a_later_leaders_back() {
    let history = History::new().writes(1, 1, 1..=2).leads(1, 1).writes(2, 1, 1..=1).leads(2, 2);
    history.commits(1, 1, 2).falls(
        Property::LeaderCompleteness,
        &[1, 2],
        Some(2),
        "n2 leads term 2 without entry 2@1, which n1 committed in term 1: it holds nothing there",
    );
}

/// Goal: the checkers follow a log through a crash. Method: a synced tail comes back; what was written over it is gone.
#[test]
fn a_restarted_log_is_the_synced_one() {
    let history = History::new().writes(1, 1, 1..=3).leads(1, 1).commits(1, 1, 3);
    history.writes(2, 1, 1..=1).restarts(2, 1, 1..=3).leads(2, 2).holds();
}

#[test]
fn stores_may_be_behind() {
    History::new().applies(1, 1, 1).applies(1, 1, 2).applies(2, 1, 1).restarts(1, 1, 1..=2).applies(1, 1, 1).holds();
}

#[test]
fn state_machine_safety_falls_when_two_nodes_apply_different_entries() {
    History::new().applies(1, 1, 1).applies(1, 1, 2).applies(2, 1, 1).applies(2, 2, 2).falls(
        Property::StateMachineSafety,
        &[1, 2],
        Some(2),
        "at index 2 n1 applied the entry of term 1, and n2 another one, of term 2",
    );
}
