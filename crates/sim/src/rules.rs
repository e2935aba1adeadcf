//! The rules of Raft that can be broken, one by one, to see what each holds up: `break commit-own-term-only`, `mend ...`.
//!
//! The switches are the core's ([`raft_core::Rules`]); here they have names, words and sources.

use std::fmt;

use raft_core::Rules;

/// A rule of Raft.
#[derive(Copy, Clone)]
pub struct Rule {
    /// Its name, as in `break NAME`.
    pub name: &'static str,
    /// What it says.
    pub says: &'static str,
    /// What falls first without it.
    pub holds_up: &'static str,
    /// The section of the paper or thesis, or a bug that shipped.
    pub source: &'static str,
    switch: fn(&mut Rules) -> &mut bool,
}

/// A rule by its place in [`RULES`]. Prints as the rule's name.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub struct RuleId(u8);

impl RuleId {
    /// Every rule, in the order of [`RULES`].
    pub fn all() -> impl Iterator<Item = RuleId> {
        (0..RULES.len()).map(|place| RuleId(u8::try_from(place).expect("there are few rules")))
    }

    /// The rule of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<RuleId> {
        RuleId::all().find(|id| id.rule().name == name)
    }

    /// The rule.
    #[must_use]
    pub fn rule(self) -> &'static Rule {
        &RULES[usize::from(self.0)]
    }

    /// Breaks the rule, or mends it.
    pub(crate) fn set(self, rules: &mut Rules, holds: bool) {
        *(self.rule().switch)(rules) = holds;
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.rule().name)
    }
}

/// The rules that the core can do without.
pub const RULES: [Rule; 26] = [
    Rule {
        name: "one-vote-a-term",
        says: "a node gives at most one vote in a term",
        holds_up: "Election Safety",
        source: "§5.2",
        switch: |rules| &mut rules.one_vote_a_term,
    },
    Rule {
        name: "voter-checks-log",
        says: "a voter checks that the candidate's log is up to date",
        holds_up: "Leader Completeness",
        source: "§5.4.1",
        switch: |rules| &mut rules.voter_checks_log,
    },
    Rule {
        name: "voter-compares-terms",
        says: "... by (term, index), not by length alone",
        holds_up: "Leader Completeness",
        source: "§5.4.1",
        switch: |rules| &mut rules.voter_compares_terms,
    },
    Rule {
        name: "commit-own-term-only",
        says: "only entries of the leader's own term commit by counting",
        holds_up: "Leader Completeness, State Machine Safety",
        source: "§5.4.2, Figure 8",
        switch: |rules| &mut rules.commit_own_term_only,
    },
    Rule {
        name: "truncate-only-on-conflict",
        says: "a follower removes entries only where they conflict",
        holds_up: "committed entries",
        source: "§5.3; hashicorp/raft#113",
        switch: |rules| &mut rules.truncate_only_on_conflict,
    },
    Rule {
        name: "commit-clamped-to-match",
        says: "a follower commits no further than what it matched",
        holds_up: "State Machine Safety",
        source: "Figure 2; copycat#265",
        switch: |rules| &mut rules.commit_clamped_to_match,
    },
    Rule {
        name: "stale-appends-refused",
        says: "appends of an older term are refused",
        holds_up: "Leader Completeness, a commit index that never decreases",
        source: "Figure 2",
        switch: |rules| &mut rules.stale_appends_refused,
    },
    Rule {
        name: "previous-entry-checked",
        says: "the previous entry is checked",
        holds_up: "Log Matching",
        source: "§5.3",
        switch: |rules| &mut rules.previous_entry_checked,
    },
    Rule {
        name: "conflicts-removed",
        says: "a conflicting tail is removed",
        holds_up: "Log Matching",
        source: "§5.3",
        switch: |rules| &mut rules.conflicts_removed,
    },
    Rule {
        name: "acknowledge-after-sync",
        says: "a node acknowledges after its sync",
        holds_up: "Leader Completeness, Election Safety",
        source: "etcd#14370",
        switch: |rules| &mut rules.acknowledge_after_sync,
    },
    Rule {
        name: "leader-counts-itself-after-sync",
        says: "a leader counts itself only after its own sync",
        holds_up: "Leader Completeness",
        source: "thesis 10.2.1",
        switch: |rules| &mut rules.leader_counts_itself_after_sync,
    },
    Rule {
        name: "late-acks-confirm-nothing",
        says: "a truncated append's late acknowledgement counts for nothing",
        holds_up: "acknowledged means durable",
        source: "etcd testdata",
        switch: |rules| &mut rules.late_acks_confirm_nothing,
    },
    Rule {
        name: "quorum-is-majority",
        says: "a quorum is more than half",
        holds_up: "Election Safety, Leader Completeness",
        source: "§5.2",
        switch: |rules| &mut rules.quorum_is_majority,
    },
    Rule {
        name: "commit-needs-quorum",
        says: "a commit needs a quorum of matches",
        holds_up: "Leader Completeness",
        source: "§5.3",
        switch: |rules| &mut rules.commit_needs_quorum,
    },
    Rule {
        name: "stale-votes-ignored",
        says: "votes of an older term do not count",
        holds_up: "Election Safety",
        source: "Figure 2",
        switch: |rules| &mut rules.stale_votes_ignored,
    },
    Rule {
        name: "stale-append-answers-ignored",
        says: "append answers of an older term do not count",
        holds_up: "Leader Completeness",
        source: "Figure 2",
        switch: |rules| &mut rules.stale_append_answers_ignored,
    },
    Rule {
        name: "match-reset-on-election",
        says: "match indexes are reset on election",
        holds_up: "Leader Completeness",
        source: "async-raft#113",
        switch: |rules| &mut rules.match_reset_on_election,
    },
    Rule {
        name: "reads-need-quorum-round",
        says: "reads need a quorum round",
        holds_up: "linearizability",
        source: "§8; consul#54",
        switch: |rules| &mut rules.reads_need_quorum_round,
    },
    Rule {
        name: "reads-wait-for-own-term-commit",
        says: "ReadIndex waits for a commit of the own term",
        holds_up: "linearizability",
        source: "thesis 6.4; etcd#7331",
        switch: |rules| &mut rules.reads_wait_for_own_term_commit,
    },
    Rule {
        name: "read-rounds-are-unique",
        says: "rounds of ReadIndex are unique",
        holds_up: "linearizability",
        source: "etcd#20418",
        switch: |rules| &mut rules.read_rounds_are_unique,
    },
    Rule {
        name: "conf-change-waits-for-own-term-commit",
        says: "a configuration change waits for a commit of the own term",
        holds_up: "Election Safety",
        source: "Ongaro on raft-dev 2015; copycat#23",
        switch: |rules| &mut rules.conf_change_waits_for_own_term_commit,
    },
    Rule {
        name: "joint-left-only-when-committed",
        says: "a joint configuration is left only once committed",
        holds_up: "configurations overlap",
        source: "§6",
        switch: |rules| &mut rules.joint_left_only_when_committed,
    },
    Rule {
        name: "learners-do-not-count",
        says: "learners do not count",
        holds_up: "committed on a quorum",
        source: "etcd",
        switch: |rules| &mut rules.learners_do_not_count,
    },
    Rule {
        name: "compacted-is-not-conflict",
        says: "a compacted previous entry is not a conflict",
        holds_up: "committed entries",
        source: "openraft#511",
        switch: |rules| &mut rules.compacted_is_not_conflict,
    },
    Rule {
        name: "commit-never-decreases",
        says: "the commit index never decreases",
        holds_up: "commit is monotonic",
        source: "etcd#1717",
        switch: |rules| &mut rules.commit_never_decreases,
    },
    Rule {
        name: "one-conf-change-at-a-time",
        says: "one configuration change at a time",
        holds_up: "Election Safety",
        source: "§6, Figure 10",
        switch: |rules| &mut rules.one_conf_change_at_a_time,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_has_a_switch_of_its_own() {
        let mut broken = Vec::new();
        for id in RuleId::all() {
            let mut rules = Rules::ALL;
            id.set(&mut rules, false);
            assert!(rules != Rules::ALL && !broken.contains(&rules), "{id}");
            broken.push(rules);
            assert_eq!(RuleId::named(id.rule().name), Some(id));
        }
    }
}
