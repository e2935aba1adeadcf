//! The switches: [`Dialect`], where etcd and the paper differ and both are right, and [`Rules`], each of which holds up
//! a property, so that one can see what falls without it.

/// Where etcd departs from the paper. The default is etcd's way, except that a removed leader steps down, and that a
/// candidate's requests wait for its disk.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub struct Dialect {
    /// Heartbeats are messages of their own, without a log check (etcd); off: empty AppendEntries (Figure 2).
    pub separate_heartbeats: bool,
    /// Messages of a lower term are answered with the newer term (Figure 2); off: they are ignored unless PreVote or
    /// CheckQuorum is on (etcd).
    pub answer_lower_terms: bool,
    /// A configuration takes effect when it is applied (etcd); off: when it is appended (§6). etcd's way has a corner
    /// in which a cluster waits for ever: whoever could win does not know yet that it may, and nobody tells it.
    pub conf_change_on_apply: bool,
    /// A snapshot whose position is already in the log only moves the commit index (etcd); off: it replaces the log up
    /// to there and the host installs it (§7).
    pub matching_snapshot_keeps_log: bool,
    /// A candidate that can no longer win becomes a follower at once (etcd); off: it waits for its timeout (§5.2).
    pub lost_candidate_steps_down: bool,
    /// A leader that is removed or demoted becomes a follower when that takes effect (§6; an option in etcd).
    pub step_down_on_removal: bool,
    /// A refused configuration change is appended as a no-op (etcd); off: nothing is appended.
    pub refused_change_becomes_noop: bool,
    /// With asynchronous writes a candidate's requests leave at once (etcd); off: only when its term, its vote and the
    /// log that they boast of are on disk (§5.1). At once is not safe: a candidate that crashes may forget both term
    /// and entries, campaign in the same term again, and win with a vote that was given to its longer log.
    pub unsynced_vote_requests: bool,
}

impl Default for Dialect {
    fn default() -> Self {
        Dialect {
            separate_heartbeats: true,
            answer_lower_terms: false,
            conf_change_on_apply: true,
            matching_snapshot_keeps_log: true,
            lost_candidate_steps_down: true,
            step_down_on_removal: true,
            refused_change_becomes_noop: true,
            unsynced_vote_requests: false,
        }
    }
}

/// The rules of Raft that can be broken to see what they hold up. All are on by default; with all on the node is
/// correct. Numbers are those of the table in the design; rules that the host keeps (1, 2, 23, 24 and 32) are broken by
/// the host. Without the crate's feature `breakable` none can be broken, and the compiled code does not ask.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub struct Rules {
    /// Rule 3: A node gives at most one vote in a term (§5.2). Holds up Election Safety.
    pub one_vote_a_term: bool,
    /// Rule 4: A voter checks that the candidate's log is up to date (§5.4.1). Holds up Leader Completeness.
    pub voter_checks_log: bool,
    /// Rule 4b: ... by term first, and not by length alone (§5.4.1). Holds up Leader Completeness.
    pub voter_compares_terms: bool,
    /// Rule 5: Only entries of the leader's own term commit by counting (§5.4.2, Figure 8). Holds up Leader
    /// Completeness and State Machine Safety.
    pub commit_own_term_only: bool,
    /// Rule 6: A follower removes entries only where they conflict (§5.3). Holds up committed entries.
    pub truncate_only_on_conflict: bool,
    /// Rule 7: A follower commits no further than what it matched (Figure 2), a leader's heartbeat says no more than
    /// that. Holds up State Machine Safety.
    pub commit_clamped_to_match: bool,
    /// Rule 8: AppendEntries, Heartbeat and InstallSnapshot of an older term are refused (Figure 2). Holds up Leader
    /// Completeness and a commit index that does not decrease.
    pub stale_appends_refused: bool,
    /// Rule 9: The previous entry is checked (§5.3). Holds up Log Matching.
    pub previous_entry_checked: bool,
    /// Rule 10: A conflicting tail is removed (§5.3). Holds up Log Matching.
    pub conflicts_removed: bool,
    /// Rule 11: An append or a vote is acknowledged only after it is synced (§5.1, thesis 3.8). Holds up Leader
    /// Completeness and Election Safety.
    pub acknowledge_after_sync: bool,
    /// Rule 12: A leader counts itself only after its own sync (thesis 10.2.1). Holds up Leader Completeness.
    pub leader_counts_itself_after_sync: bool,
    /// Rule 13: The late acknowledgement of an append that was overwritten meanwhile counts for nothing. Holds up
    /// "acknowledged means durable".
    pub late_acks_confirm_nothing: bool,
    /// Rule 14: A quorum is more than half (§5.2). Holds up Election Safety and Leader Completeness.
    pub quorum_is_majority: bool,
    /// Rule 15: Commit needs a quorum of matches (§5.3); off: one follower's match is enough. Holds up Leader
    /// Completeness.
    pub commit_needs_quorum: bool,
    /// Rule 16: Votes of an older term do not count (Figure 2). Holds up Election Safety.
    pub stale_votes_ignored: bool,
    /// Rule 17: Append answers of an older term do not count (Figure 2). Holds up Leader Completeness.
    pub stale_append_answers_ignored: bool,
    /// Rule 18: Match indexes are reset on election (Figure 2). Holds up Leader Completeness.
    pub match_reset_on_election: bool,
    /// Rule 19: A ReadIndex read needs a round to a quorum (§8). Holds up linearizability.
    pub reads_need_quorum_round: bool,
    /// Rule 20: ReadIndex waits for a commit of the leader's own term (§8, thesis 6.4). Holds up linearizability.
    pub reads_wait_for_own_term_commit: bool,
    /// Rule 21: Each round of ReadIndex has a name of its own, made by the leader (thesis 6.4). Holds up
    /// linearizability.
    pub read_rounds_are_unique: bool,
    /// Rule 22: A lease ends before another may lead: with CheckQuorum a voter refuses everyone while the leader that it
    /// heard from may count on it (thesis 6.4.1). Holds up linearizability of reads by lease.
    pub votes_wait_for_lease: bool,
    /// Rule 25: A configuration change waits for a commit of the leader's own term (Ongaro, raft-dev 2015). Holds up
    /// Election Safety.
    pub conf_change_waits_for_own_term_commit: bool,
    /// Rule 26: A joint configuration is left only once it is committed (§6). Holds up overlapping configurations.
    pub joint_left_only_when_committed: bool,
    /// Rule 27: Learners do not count for commits (thesis 4.2.1). Holds up "committed means on a quorum".
    pub learners_do_not_count: bool,
    /// Rule 28: Only what is committed is applied (Figure 2); off: whatever is in the log. Holds up State Machine Safety.
    pub only_committed_applied: bool,
    /// Rule 29: A previous entry that is compacted is not a conflict (§7). Holds up committed entries.
    pub compacted_is_not_conflict: bool,
    /// Rule 30: The commit index never decreases (Figure 2). Holds up monotonic commit.
    pub commit_never_decreases: bool,
    /// Rule 31: One configuration change at a time, joint for more than one voter (§6, Figure 10). Holds up Election
    /// Safety.
    pub one_conf_change_at_a_time: bool,
}

impl Rules {
    /// Every rule holds.
    pub const ALL: Rules = Rules {
        one_vote_a_term: true,
        voter_checks_log: true,
        voter_compares_terms: true,
        commit_own_term_only: true,
        truncate_only_on_conflict: true,
        commit_clamped_to_match: true,
        stale_appends_refused: true,
        previous_entry_checked: true,
        conflicts_removed: true,
        acknowledge_after_sync: true,
        leader_counts_itself_after_sync: true,
        late_acks_confirm_nothing: true,
        quorum_is_majority: true,
        commit_needs_quorum: true,
        stale_votes_ignored: true,
        stale_append_answers_ignored: true,
        match_reset_on_election: true,
        reads_need_quorum_round: true,
        reads_wait_for_own_term_commit: true,
        read_rounds_are_unique: true,
        votes_wait_for_lease: true,
        conf_change_waits_for_own_term_commit: true,
        joint_left_only_when_committed: true,
        learners_do_not_count: true,
        only_committed_applied: true,
        compacted_is_not_conflict: true,
        commit_never_decreases: true,
        one_conf_change_at_a_time: true,
    };
}

impl Default for Rules {
    fn default() -> Self {
        Rules::ALL
    }
}
