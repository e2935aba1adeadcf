//! `raftarium rules`: the rules of Raft that the core can do without, so that one can see what falls: the switches of
//! `raft_core::Rules`, one line each.

use crate::input::Options;
use crate::play::quoted;
use crate::{Complaint, Verdict};

/// A rule: its name, what it says, what falls first without it, and where it is from (§ of the paper, the thesis, or a bug that
/// shipped).
type Rule = (&'static str, &'static str, &'static str, &'static str);

const RULES: [Rule; 26] = [
    ("one-vote-a-term", "a node gives at most one vote in a term", "Election Safety", "§5.2"),
    ("voter-checks-log", "a voter checks that the candidate's log is up to date", "Leader Completeness", "§5.4.1"),
    ("voter-compares-terms", "... by (term, index), not by length alone", "Leader Completeness", "§5.4.1"),
    (
        "commit-own-term-only",
        "only entries of the leader's own term commit by counting",
        "Leader Completeness, State Machine Safety",
        "§5.4.2, Figure 8",
    ),
    (
        "truncate-only-on-conflict",
        "a follower removes entries only where they conflict",
        "committed entries",
        "§5.3; hashicorp/raft#113",
    ),
    (
        "commit-clamped-to-match",
        "a follower commits no further than what it matched",
        "State Machine Safety",
        "Figure 2; copycat#265",
    ),
    (
        "stale-appends-refused",
        "appends of an older term are refused",
        "Leader Completeness, a commit index that never decreases",
        "Figure 2",
    ),
    ("previous-entry-checked", "the previous entry is checked", "Log Matching", "§5.3"),
    ("conflicts-removed", "a conflicting tail is removed", "Log Matching", "§5.3"),
    (
        "acknowledge-after-sync",
        "a node acknowledges after its sync",
        "Leader Completeness, Election Safety",
        "etcd#14370",
    ),
    (
        "leader-counts-itself-after-sync",
        "a leader counts itself only after its own sync",
        "Leader Completeness",
        "thesis 10.2.1",
    ),
    (
        "late-acks-confirm-nothing",
        "a truncated append's late acknowledgement counts for nothing",
        "acknowledged means durable",
        "etcd testdata",
    ),
    ("quorum-is-majority", "a quorum is more than half", "Election Safety, Leader Completeness", "§5.2"),
    ("commit-needs-quorum", "a commit needs a quorum of matches", "Leader Completeness", "§5.3"),
    ("stale-votes-ignored", "votes of an older term do not count", "Election Safety", "Figure 2"),
    ("stale-append-answers-ignored", "append answers of an older term do not count", "Leader Completeness", "Figure 2"),
    ("match-reset-on-election", "match indexes are reset on election", "Leader Completeness", "async-raft#113"),
    ("reads-need-quorum-round", "reads need a quorum round", "linearizability", "§8; consul#54"),
    (
        "reads-wait-for-own-term-commit",
        "ReadIndex waits for a commit of the own term",
        "linearizability",
        "thesis 6.4; etcd#7331",
    ),
    ("read-rounds-are-unique", "rounds of ReadIndex are unique", "linearizability", "etcd#20418"),
    (
        "conf-change-waits-for-own-term-commit",
        "a configuration change waits for a commit of the own term",
        "Election Safety",
        "Ongaro on raft-dev 2015; copycat#23",
    ),
    (
        "joint-left-only-when-committed",
        "a joint configuration is left only once committed",
        "configurations overlap",
        "§6",
    ),
    ("learners-do-not-count", "learners do not count", "committed on a quorum", "etcd"),
    ("compacted-is-not-conflict", "a compacted previous entry is not a conflict", "committed entries", "openraft#511"),
    ("commit-never-decreases", "the commit index never decreases", "commit is monotonic", "etcd#1717"),
    ("one-conf-change-at-a-time", "one configuration change at a time", "Election Safety", "§6, Figure 10"),
];

/// Prints the table, as JSON with `--json`.
pub(crate) fn rules(words: &[&str]) -> Result<Verdict, Complaint> {
    let mut options = Options::new(words);
    let as_json = options.switch("--json");
    options.end()?;
    if as_json {
        let line = |(name, says, falls, source): &Rule| {
            let [says, falls, source] = [says, falls, source].map(|text| quoted(text));
            format!("{{\"name\":\"{name}\",\"says\":{says},\"holdsUp\":{falls},\"source\":{source}}}")
        };
        println!("[{}]", RULES.iter().map(line).collect::<Vec<_>>().join(",\n "));
        return Ok(Verdict::Well);
    }
    for (name, says, falls, source) in RULES {
        println!("{name}\n    {says}\n    holds up {falls} ({source})");
    }
    Ok(Verdict::Well)
}
