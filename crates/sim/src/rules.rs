//! The rules of Raft that can be broken, one by one, to see what each holds up: `break commit-own-term-only`, `mend ...`.
//!
//! The switches are the core's ([`raft_core::Rules`]) and a few of the host's; here they have names, words and sources.

use std::fmt;

use crate::sure::sure;
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
    /// How a search fares without it.
    pub search: InSearch,
}

/// Whether a search comes across what falls without a rule, as it was measured (the table in this crate's README).
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum InSearch {
    /// Within seconds, whatever the seed.
    Soon,
    /// With some seeds only.
    Rarely,
    /// In clusters of five: with three nodes, what a leader counts on wrongly is a quorum all the same.
    FiveNodes,
    /// The same, and with some seeds only.
    FiveNodesRarely,
    /// Random runs do not come across it; a schedule made by hand shows it (`tests/directed.rs`).
    ByHand,
    /// It cannot fall in this world (`tests/directed.rs` says why).
    Never,
}

impl InSearch {
    /// Its name: `five-nodes`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            InSearch::Soon => "soon",
            InSearch::Rarely => "rarely",
            InSearch::FiveNodes => "five-nodes",
            InSearch::FiveNodesRarely => "five-nodes-rarely",
            InSearch::ByHand => "by-hand",
            InSearch::Never => "never",
        }
    }
}

/// The rules that the host keeps: what the core is embedded in has a part in being right.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub struct HostRules {
    /// The store knows a command that it has taken already (thesis 6.3).
    pub retries_recognised: bool,
    /// A snapshot holds what the store knows of its clients (thesis 6.3).
    pub sessions_in_snapshots: bool,
    /// The vote is written before it counts (Figure 2).
    pub vote_written: bool,
    /// The term is written before it counts (Figure 2).
    pub term_written: bool,
    /// A message leaves after what it promises is synced (the order duties of `Ready`).
    pub promises_wait: bool,
}

impl Default for HostRules {
    fn default() -> Self {
        HostRules {
            retries_recognised: true,
            sessions_in_snapshots: true,
            vote_written: true,
            term_written: true,
            promises_wait: true,
        }
    }
}

/// Which rules hold in a node.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Kept {
    pub(crate) core: Rules,
    pub(crate) host: HostRules,
}

impl Default for Kept {
    fn default() -> Self {
        Kept { core: Rules::ALL, host: HostRules::default() }
    }
}

/// Finds a rule's switch.
type Switch = fn(&mut Kept) -> &mut bool;

/// A rule by its place in [`RULES`]. Prints as the rule's name.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub struct RuleId(u8);

impl RuleId {
    /// The first of [`RULES`].
    pub(crate) const FIRST: RuleId = RuleId(0);

    /// Every rule, in the order of [`RULES`].
    pub fn all() -> impl Iterator<Item = RuleId> {
        (0..SWITCHES.len()).map(|place| RuleId(sure(u8::try_from(place), "there are few rules")))
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
    pub(crate) fn set(self, kept: &mut Kept, holds: bool) {
        *(self.switch().1)(kept) = holds;
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What is not said is `Soon`.
macro_rules! in_search {
    () => {
        InSearch::Soon
    };
    ($search:ident) => {
        InSearch::$search
    };
}

/// Two tables from one list: what breaks a rule, and what is told of it. A program that tells nothing carries no words.
macro_rules! rules {
    ($($name:literal, $($field:ident).+: $says:literal, $holds_up:literal, $source:literal $(, $search:ident)?;)*) => {
        /// The rules that core and host can do without.
        pub const RULES: [Rule; SWITCHES.len()] =
            [$(Rule { name: $name, says: $says, holds_up: $holds_up, source: $source, search: in_search!($($search)?) },)*];

        /// Their names and switches, in the same order.
        static SWITCHES: [(&str, Switch); [$($name),*].len()] = [$(($name, |kept| &mut kept.$($field).+),)*];
    };
}

rules! {
    "one-vote-a-term", core.one_vote_a_term:
        "a node gives at most one vote in a term",
        "Election Safety", "§5.2";
    "voter-checks-log", core.voter_checks_log:
        "a voter checks that the candidate's log is up to date",
        "Leader Completeness", "§5.4.1";
    "voter-compares-terms", core.voter_compares_terms:
        "... by (term, index), not by length alone",
        "Leader Completeness", "§5.4.1";
    "commit-own-term-only", core.commit_own_term_only:
        "only entries of the leader's own term commit by counting",
        "Leader Completeness, State Machine Safety", "§5.4.2, Figure 8";
    "truncate-only-on-conflict", core.truncate_only_on_conflict:
        "a follower removes entries only where they conflict",
        "committed entries", "§5.3; hashicorp/raft#113";
    "commit-clamped-to-match", core.commit_clamped_to_match:
        "a follower commits no further than what it matched",
        "State Machine Safety", "Figure 2; copycat#265";
    "stale-appends-refused", core.stale_appends_refused:
        "appends of an older term are refused",
        "Leader Completeness, a commit index that never decreases", "Figure 2";
    "previous-entry-checked", core.previous_entry_checked:
        "the previous entry is checked",
        "Log Matching", "§5.3";
    "conflicts-removed", core.conflicts_removed:
        "a conflicting tail is removed",
        "Log Matching", "§5.3";
    "acknowledge-after-sync", core.acknowledge_after_sync:
        "a node acknowledges after its sync",
        "Leader Completeness, Election Safety", "etcd#14370";
    "leader-counts-itself-after-sync", core.leader_counts_itself_after_sync:
        "a leader counts itself only after its own sync",
        "Leader Completeness", "thesis 10.2.1";
    "late-acks-confirm-nothing", core.late_acks_confirm_nothing:
        "a truncated append's late acknowledgement counts for nothing",
        "acknowledged means durable", "etcd testdata", Never;
    "quorum-is-majority", core.quorum_is_majority:
        "a quorum is more than half",
        "Election Safety, Leader Completeness", "§5.2";
    "commit-needs-quorum", core.commit_needs_quorum:
        "a commit needs a quorum of matches",
        "Leader Completeness", "§5.3";
    "stale-votes-ignored", core.stale_votes_ignored:
        "votes of an older term do not count",
        "Election Safety", "Figure 2";
    "stale-append-answers-ignored", core.stale_append_answers_ignored:
        "append answers of an older term do not count",
        "Leader Completeness", "Figure 2", ByHand;
    "match-reset-on-election", core.match_reset_on_election:
        "match indexes are reset on election",
        "Leader Completeness", "async-raft#113", FiveNodes;
    "reads-need-quorum-round", core.reads_need_quorum_round:
        "reads need a quorum round",
        "linearizability", "§8; consul#54";
    "reads-wait-for-own-term-commit", core.reads_wait_for_own_term_commit:
        "ReadIndex waits for a commit of the own term",
        "linearizability", "thesis 6.4; etcd#7331";
    "read-rounds-are-unique", core.read_rounds_are_unique:
        "rounds of ReadIndex are unique",
        "linearizability", "etcd#20418", FiveNodesRarely;
    "votes-wait-for-lease", core.votes_wait_for_lease:
        "a lease ends before another may lead",
        "linearizability of reads by lease", "thesis 6.4.1";
    "conf-change-waits-for-own-term-commit", core.conf_change_waits_for_own_term_commit:
        "a configuration change waits for a commit of the own term",
        "Election Safety", "Ongaro on raft-dev 2015; copycat#23";
    "joint-left-only-when-committed", core.joint_left_only_when_committed:
        "a joint configuration is left only once committed",
        "configurations overlap", "§6";
    "learners-do-not-count", core.learners_do_not_count:
        "learners do not count",
        "committed on a quorum", "etcd";
    "only-committed-applied", core.only_committed_applied:
        "only what is committed is applied",
        "State Machine Safety", "Figure 2";
    "compacted-is-not-conflict", core.compacted_is_not_conflict:
        "a compacted previous entry is not a conflict",
        "committed entries", "openraft#511", Rarely;
    "commit-never-decreases", core.commit_never_decreases:
        "the commit index never decreases",
        "commit is monotonic", "etcd#1717";
    "one-conf-change-at-a-time", core.one_conf_change_at_a_time:
        "one configuration change at a time",
        "Election Safety", "§6, Figure 10";
    "retries-recognised", host.retries_recognised:
        "the store knows a command that it has taken already",
        "exactly once", "thesis 6.3";
    "sessions-in-snapshots", host.sessions_in_snapshots:
        "a snapshot holds what the store knows of its clients",
        "exactly once", "thesis 6.3";
    "vote-written", host.vote_written:
        "the vote is written before it counts",
        "one vote a term, Election Safety", "Figure 2";
    "term-written", host.term_written:
        "the term is written before it counts",
        "one vote a term, Election Safety", "Figure 2";
    "promises-wait", host.promises_wait:
        "messages leave after what they promise is saved",
        "acknowledged means durable, one vote a term", "the order duties of Ready";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_has_a_switch_of_its_own() {
        let mut broken = Vec::new();
        for id in RuleId::all() {
            let mut kept = Kept::default();
            id.set(&mut kept, false);
            assert!(kept != Kept::default() && !broken.contains(&kept), "{id}");
            broken.push(kept);
            assert_eq!(RuleId::named(id.rule().name), Some(id));
            assert_eq!(id.to_string(), id.rule().name);
        }
    }
}
