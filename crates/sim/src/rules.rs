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
}

/// Finds a rule's switch among the core's.
type Switch = fn(&mut Rules) -> &mut bool;

/// A rule by its place in [`RULES`]. Prints as the rule's name.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub struct RuleId(u8);

impl RuleId {
    /// Every rule, in the order of [`RULES`].
    pub fn all() -> impl Iterator<Item = RuleId> {
        (0..SWITCHES.len()).map(|place| RuleId(u8::try_from(place).expect("there are few rules")))
    }

    /// The rule of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<RuleId> {
        RuleId::all().find(|id| id.name() == name)
    }

    /// The rule's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.switch().0
    }

    /// What is told of the rule.
    #[must_use]
    pub fn rule(self) -> Rule {
        RULES[usize::from(self.0)]
    }

    fn switch(self) -> (&'static str, Switch) {
        SWITCHES[usize::from(self.0)]
    }

    /// Breaks the rule, or mends it.
    pub(crate) fn set(self, rules: &mut Rules, holds: bool) {
        *(self.switch().1)(rules) = holds;
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Two tables from one list: what breaks a rule, and what is told of it. A program that tells nothing carries no words.
macro_rules! rules {
    ($($name:literal, $field:ident: $says:literal, $holds_up:literal, $source:literal;)*) => {
        /// The rules that the core can do without.
        pub const RULES: [Rule; SWITCHES.len()] =
            [$(Rule { name: $name, says: $says, holds_up: $holds_up, source: $source },)*];

        /// Their names and switches, in the same order.
        static SWITCHES: [(&str, Switch); [$($name),*].len()] = [$(($name, |rules| &mut rules.$field),)*];
    };
}

rules! {
    "one-vote-a-term", one_vote_a_term:
        "a node gives at most one vote in a term",
        "Election Safety", "§5.2";
    "voter-checks-log", voter_checks_log:
        "a voter checks that the candidate's log is up to date",
        "Leader Completeness", "§5.4.1";
    "voter-compares-terms", voter_compares_terms:
        "... by (term, index), not by length alone",
        "Leader Completeness", "§5.4.1";
    "commit-own-term-only", commit_own_term_only:
        "only entries of the leader's own term commit by counting",
        "Leader Completeness, State Machine Safety", "§5.4.2, Figure 8";
    "truncate-only-on-conflict", truncate_only_on_conflict:
        "a follower removes entries only where they conflict",
        "committed entries", "§5.3; hashicorp/raft#113";
    "commit-clamped-to-match", commit_clamped_to_match:
        "a follower commits no further than what it matched",
        "State Machine Safety", "Figure 2; copycat#265";
    "stale-appends-refused", stale_appends_refused:
        "appends of an older term are refused",
        "Leader Completeness, a commit index that never decreases", "Figure 2";
    "previous-entry-checked", previous_entry_checked:
        "the previous entry is checked",
        "Log Matching", "§5.3";
    "conflicts-removed", conflicts_removed:
        "a conflicting tail is removed",
        "Log Matching", "§5.3";
    "acknowledge-after-sync", acknowledge_after_sync:
        "a node acknowledges after its sync",
        "Leader Completeness, Election Safety", "etcd#14370";
    "leader-counts-itself-after-sync", leader_counts_itself_after_sync:
        "a leader counts itself only after its own sync",
        "Leader Completeness", "thesis 10.2.1";
    "late-acks-confirm-nothing", late_acks_confirm_nothing:
        "a truncated append's late acknowledgement counts for nothing",
        "acknowledged means durable", "etcd testdata";
    "quorum-is-majority", quorum_is_majority:
        "a quorum is more than half",
        "Election Safety, Leader Completeness", "§5.2";
    "commit-needs-quorum", commit_needs_quorum:
        "a commit needs a quorum of matches",
        "Leader Completeness", "§5.3";
    "stale-votes-ignored", stale_votes_ignored:
        "votes of an older term do not count",
        "Election Safety", "Figure 2";
    "stale-append-answers-ignored", stale_append_answers_ignored:
        "append answers of an older term do not count",
        "Leader Completeness", "Figure 2";
    "match-reset-on-election", match_reset_on_election:
        "match indexes are reset on election",
        "Leader Completeness", "async-raft#113";
    "reads-need-quorum-round", reads_need_quorum_round:
        "reads need a quorum round",
        "linearizability", "§8; consul#54";
    "reads-wait-for-own-term-commit", reads_wait_for_own_term_commit:
        "ReadIndex waits for a commit of the own term",
        "linearizability", "thesis 6.4; etcd#7331";
    "read-rounds-are-unique", read_rounds_are_unique:
        "rounds of ReadIndex are unique",
        "linearizability", "etcd#20418";
    "conf-change-waits-for-own-term-commit", conf_change_waits_for_own_term_commit:
        "a configuration change waits for a commit of the own term",
        "Election Safety", "Ongaro on raft-dev 2015; copycat#23";
    "joint-left-only-when-committed", joint_left_only_when_committed:
        "a joint configuration is left only once committed",
        "configurations overlap", "§6";
    "learners-do-not-count", learners_do_not_count:
        "learners do not count",
        "committed on a quorum", "etcd";
    "compacted-is-not-conflict", compacted_is_not_conflict:
        "a compacted previous entry is not a conflict",
        "committed entries", "openraft#511";
    "commit-never-decreases", commit_never_decreases:
        "the commit index never decreases",
        "commit is monotonic", "etcd#1717";
    "one-conf-change-at-a-time", one_conf_change_at_a_time:
        "one configuration change at a time",
        "Election Safety", "§6, Figure 10";
}

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
            assert_eq!(id.to_string(), id.rule().name);
        }
    }
}
