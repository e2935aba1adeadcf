//! Replication: proposing, sending, the consistency check, repair, and the commit rule (§5.3, §5.4.2).

use core::cmp::min;

use crate::entry::{Body, Entries, Entry, Index, NodeId, Position, Term};
use crate::event::{Decision, IgnoreReason, NoCommit, Tracer};
use crate::log::RaftLog;
use crate::message::{AppendResult, Message, MessageBody, MessageKind};
use crate::progress::{ProgressState, Reached};
use crate::quorum::quorum_index;
use crate::raft::Raft;
use crate::ready::{Role, SelfAck};
use crate::storage::Storage;

/// Whether a message without entries is worth sending.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(crate) enum IfEmpty {
    Send,
    Skip,
}

impl<S: Storage, T: Tracer> Raft<S, T> {
    // ---- a leader's own log ----

    /// The entry with which a leader begins its term.
    pub(crate) fn append_noop(&mut self) {
        self.append_own(Body::Noop);
        self.acknowledge_own_append();
    }

    /// Appends one entry of the current term. The caller acknowledges when its batch is complete.
    pub(crate) fn append_own(&mut self, body: Body) -> Position {
        let position = Position::new(self.term, self.log.last_index() + 1);
        let entry = Entry { term: position.term, index: position.index, body };
        if let Body::ConfChange(_) = entry.body {
            self.log.push(entry.clone());
            self.conf_changes_appended(&[entry]);
        } else {
            self.log.push(entry);
        }
        position
    }

    /// A leader counts itself when its own disk has the entries, like any other node (rule 12).
    pub(crate) fn acknowledge_own_append(&mut self) {
        let (term, index) = (self.term, self.log.last_index());
        if self.config.rules().leader_counts_itself_after_sync {
            let after = self.messages_after_append.len() as u32;
            self.self_acks.push(SelfAck::Append { term, index, after });
        } else {
            self.own_append_synced(term, index);
        }
    }

    /// The leader's own disk has the entries.
    pub(crate) fn own_append_synced(&mut self, term: Term, index: Index) {
        let stale = term != self.term && self.config.rules().stale_append_answers_ignored;
        if self.role != Role::Leader || stale || index > self.log.last_index() {
            return;
        }
        let from = self.config.id;
        let Some(at) = self.progress_at(from) else {
            // It was removed while it wrote (thesis 4.2.2).
            let (kind, why) = (MessageKind::AppendEntriesResponse, IgnoreReason::UnknownNode);
            return self.tracer.decide(|| Decision::Ignored { from, kind, mine: self.term, theirs: term, why });
        };
        self.progress[at].1.recent_active = true;
        self.handle_matched(at, index);
    }

    // ---- sending ----

    /// Sends everybody what they miss; an empty message where it tells of a commit.
    pub(crate) fn broadcast_append(&mut self) {
        for at in 0..self.progress.len() {
            if self.progress[at].0 != self.config.id {
                self.send_append(at, IfEmpty::Send);
            }
        }
    }

    /// As a leader, takes `index` for the next entry to send to a follower, within what it is known to hold and the end of the log,
    /// and sends from there. Too high a one is what the consistency check finds and repairs (§5.3).
    pub(crate) fn set_next(&mut self, to: NodeId, index: Index) {
        let end = self.log.last_index() + 1;
        if let Some(at) = self.progress_at(to)
            && self.role == Role::Leader
            && to != self.config.id
        {
            self.progress[at].1.probe_from(index.min(end));
            self.send_append(at, IfEmpty::Send);
        }
    }

    /// Sends one follower what it misses, if the pace allows. Says whether anything was sent.
    pub(crate) fn send_append(&mut self, at: usize, if_empty: IfEmpty) -> bool {
        let (to, progress) = &self.progress[at];
        let nothing_new = progress.next_index() > self.log.last_index();
        if progress.is_paused() || (nothing_new && if_empty == IfEmpty::Skip) {
            return false;
        }
        let prev_index = progress.next_index() - 1;
        let Ok(prev_term) = self.log.term_at(prev_index) else {
            return self.send_snapshot(at);
        };
        // With a full window only an empty probe goes out: its answer frees the window if all before it got lost.
        let throttled = progress.state() == ProgressState::Replicate && progress.window_is_full();
        let entries = if throttled {
            Entries::EMPTY
        } else {
            match self.log.entries_for_message(progress.next_index(), self.config.message_bytes_max) {
                Ok(entries) => entries,
                Err(_) => return self.send_snapshot(at),
            }
        };
        if entries.is_empty() && if_empty == IfEmpty::Skip {
            return false;
        }
        let (to, commit) = (*to, self.log.committed());
        let progress = &mut self.progress[at].1;
        progress.sent_entries(&entries);
        progress.note_sent_commit(commit);
        let prev = Position::new(prev_term, prev_index);
        self.send(to, self.term, MessageBody::AppendEntries { prev, entries, commit });
        true
    }

    /// Tells everybody that the leader lives, and confirms the latest round of reads on the way.
    pub(crate) fn broadcast_heartbeat(&mut self) {
        let read_round = self.reads.latest_open_round();
        for at in 0..self.progress.len() {
            if self.progress[at].0 != self.config.id {
                self.send_heartbeat(at, read_round);
            }
        }
    }

    pub(crate) fn send_heartbeat(&mut self, at: usize, read_round: u64) {
        if !self.config.dialect.separate_heartbeats && read_round == 0 && self.send_empty_append(at) {
            return;
        }
        let (to, progress) = &mut self.progress[at];
        let committed = self.log.committed();
        // A heartbeat checks no log: it may name no more than what the follower is known to match (rule 7).
        let clamped = self.config.rules().commit_clamped_to_match;
        let commit = if clamped { min(progress.match_index(), committed) } else { committed };
        progress.note_sent_commit(commit);
        let to = *to;
        self.send(to, self.term, MessageBody::Heartbeat { commit, read_round });
    }

    /// The paper's heartbeat: AppendEntries without entries, checked like any other.
    fn send_empty_append(&mut self, at: usize) -> bool {
        let (to, progress) = &mut self.progress[at];
        let index = progress.next_index() - 1;
        let Ok(term) = self.log.term_at(index) else { return false };
        let (to, prev, commit) = (*to, Position::new(term, index), self.log.committed());
        progress.note_sent_commit(commit);
        self.send(to, self.term, MessageBody::AppendEntries { prev, entries: Entries::EMPTY, commit });
        true
    }

    // ---- a follower's side ----

    pub(crate) fn handle_append(&mut self, from: NodeId, prev: Position, entries: &[Entry], commit: Index) {
        let committed = self.log.committed();
        if prev.index < committed && self.config.rules().compacted_is_not_conflict {
            self.tracer.decide(|| Decision::AppendBelowCommit { from, prev, commit: committed });
            return self.answer_append(from, AppendResult::Matched { index: committed });
        }
        // Below the snapshot everything agrees; only with rule 29 broken it comes as far as here.
        let compacted = prev.index + 1 < self.log.first_index();
        if !compacted && !self.passes_consistency_check(prev) {
            return self.refuse_append(from, prev);
        }
        let last = prev.index + entries.len() as u64;
        self.store_entries(prev, entries);
        self.tracer.decide(|| Decision::AppendAccepted { from, prev, last });
        let clamped = self.config.rules().commit_clamped_to_match;
        self.follow_commit(if clamped { min(commit, last) } else { commit });
        self.answer_append(from, AppendResult::Matched { index: last });
    }

    fn answer_append(&mut self, to: NodeId, result: AppendResult) {
        let (from, term, body) = (self.config.id, self.term, MessageBody::AppendEntriesResponse(result));
        self.messages_of_promises().push(Message { from, to, term, body });
    }

    /// §5.3: the entry before the new ones must be here. (Rule 9: without the check, any entry will do.)
    fn passes_consistency_check(&self, prev: Position) -> bool {
        if self.config.rules().previous_entry_checked {
            self.log.holds(prev)
        } else {
            prev.index <= self.log.last_index()
        }
    }

    /// Refuses, and hints at the highest position where the logs may agree: terms only grow along a log, so what lies
    /// above the leader's own term there cannot.
    fn refuse_append(&mut self, from: NodeId, prev: Position) {
        let my_term = self.log.term_at(prev.index).unwrap_or(0);
        let hint = self.log.last_with_term_at_most(min(prev.index, self.log.last_index()), prev.term);
        self.tracer.decide(|| Decision::AppendRefused { from, prev, my_term, hint });
        self.answer_append(from, AppendResult::Rejected { prev_index: prev.index, hint });
    }

    /// Appends what is missing; what conflicts is removed first, with everything after it (§5.3).
    fn store_entries(&mut self, prev: Position, entries: &[Entry]) {
        if prev.index != self.log.last_index() {
            return self.reconcile(prev, entries);
        }
        self.log.append(entries);
        self.conf_changes_appended(entries);
    }

    /// The same where the log goes on after `prev`.
    #[cold]
    fn reconcile(&mut self, prev: Position, entries: &[Entry]) {
        let skip = entries.iter().take_while(|entry| entry.index < self.log.first_index()).count();
        let entries = &entries[skip..];
        let missing = self.log.first_missing(entries);
        let rules = self.config.rules();
        let careless = !rules.truncate_only_on_conflict || (prev.index + 1 < self.log.first_index());
        let Some(from) = (if careless { (!entries.is_empty()).then_some(0) } else { missing }) else { return };
        let (first, old_last) = (entries[from].index, self.log.last_index());
        if let Some(at) = missing
            && entries[at].index <= old_last
        {
            let (index, conflicting) = (entries[at].index, entries[at].term);
            let existing = self.log.term_at(index).unwrap_or(0);
            self.tracer.decide(|| Decision::Conflict { index, existing, conflicting });
        }
        if first > old_last {
            self.log.append(&entries[from..]);
        } else {
            let all_unstable = first <= self.log.unstable_offset();
            self.tracer.decide(|| Decision::Truncated { from: first, to: old_last, all_unstable });
            self.conf_changes_truncated(first);
            self.replace_tail(&entries[from..], old_last);
        }
        self.conf_changes_appended(&entries[from..]);
    }

    /// Rule 10, broken: what lies beyond the new entries stays.
    #[cold]
    fn replace_tail(&mut self, entries: &[Entry], old_last: Index) {
        let mut kept = alloc::vec::Vec::new();
        let next = entries[entries.len() - 1].index + 1;
        if !self.config.rules().conflicts_removed && next <= old_last {
            // The range is in the log, so nothing can fail; if it could, nothing would be kept.
            let _ = self.log.read(next..old_last + 1, u64::MAX, &mut kept);
        }
        self.log.append(entries);
        self.log.append(&kept);
    }

    pub(crate) fn handle_heartbeat(&mut self, from: NodeId, commit: Index, read_round: u64) {
        self.follow_commit(commit);
        self.send(from, self.term, MessageBody::HeartbeatResponse { read_round });
    }

    /// A follower's commit index follows the leader's, never past its own log, never back (rule 30).
    pub(crate) fn follow_commit(&mut self, commit: Index) {
        if commit < self.log.committed() && !self.config.rules().commit_never_decreases {
            self.log.uncommit_to(commit);
        } else {
            self.commit_to(commit);
        }
    }

    fn commit_to(&mut self, index: Index) -> bool {
        let from = self.log.committed() + 1;
        let moved = self.log.commit_to(index);
        if moved {
            let to = self.log.committed();
            self.tracer.decide(|| Decision::Committed { from, to });
        }
        moved
    }

    // ---- a leader's side ----

    /// A node holds the log up to `index`.
    pub(crate) fn handle_matched(&mut self, at: usize, index: Index) {
        let (node, progress) = &mut self.progress[at];
        let (node, own) = (*node, *node == self.config.id);
        let news = progress.advance_match(index);
        // An answer that is no news still tells a probe that the logs agree.
        let ends_probe = progress.state() == ProgressState::Probe && progress.match_index() == index;
        if !news && !ends_probe {
            return;
        }
        match progress.state() {
            ProgressState::Probe => progress.become_replicate(),
            ProgressState::Snapshot if progress.match_index() + 1 >= self.log.first_index() => {
                let view = progress.view();
                self.tracer.decide(|| Decision::SnapshotCaughtUp { node, progress: view });
                progress.become_probe();
                progress.become_replicate();
            }
            ProgressState::Snapshot => {}
            ProgressState::Replicate => progress.free_window(index),
        }
        // Only a match beyond the commit index can move it.
        if index > self.log.committed() && self.maybe_commit() {
            self.release_postponed_reads();
            if self.config.announce_commits {
                self.broadcast_append();
            }
        } else if !own && self.config.announce_commits && self.progress[at].1.can_bump_commit(self.log.committed()) {
            self.send_append(at, IfEmpty::Send);
        }
        if !own {
            // The window moved: as many messages as it takes now, and a window full at most.
            for _ in 0..self.config.inflight_messages_max {
                let caught_up = self.progress[at].1.next_index() > self.log.last_index();
                if caught_up || !self.send_append(at, IfEmpty::Skip) {
                    break;
                }
            }
            if self.transferee.is_some() {
                self.transferee_matched(at);
            }
        }
    }

    /// The commit rule (§5.3, §5.4.2): an index commits when a quorum holds it and its entry is of the leader's own
    /// term; everything before it commits with it.
    pub(crate) fn maybe_commit(&mut self) -> bool {
        let rules = self.config.rules();
        let index = if rules.commit_needs_quorum {
            quorum_index(&self.conf, rules, &self.progress, Reached::Match, self.log.committed())
        } else {
            let voters = self.progress.iter().filter(|(id, _)| self.conf.is_voter(*id));
            voters.map(|(_, book)| book.match_index()).max().unwrap_or(0)
        };
        let index = min(index, self.log.last_index());
        if index <= self.log.committed() {
            return false;
        }
        let term = self.log.term_at(index).unwrap_or(0);
        if term != self.term && rules.commit_own_term_only {
            let why = NoCommit::OlderTerm { mine: self.term };
            self.tracer.decide(|| Decision::NotCommitted { index, term, why });
            return false;
        }
        self.commit_to(index)
    }

    /// A follower refused: back up as far as its hint allows, and try again.
    pub(crate) fn handle_rejected(&mut self, at: usize, prev_index: Index, hint: Position) {
        let (node, progress) = &mut self.progress[at];
        let node = *node;
        self.tracer.decide(|| Decision::AppendRejected { from: node, prev_index, hint });
        let hint_index = agreeing_index(&self.log, hint);
        if !progress.decrease(prev_index, hint_index) {
            return;
        }
        let view = progress.view();
        self.tracer.decide(|| Decision::ProgressDecreased { of: node, progress: view });
        if progress.state() == ProgressState::Replicate {
            progress.become_probe();
        }
        self.send_append(at, IfEmpty::Send);
    }

    pub(crate) fn handle_heartbeat_response(&mut self, at: usize, read_round: u64) {
        let last = self.log.last_index();
        let progress = &mut self.progress[at].1;
        progress.resume();
        // Also a caught-up follower that is being probed is asked: its answer ends the probing.
        if progress.match_index() < last || progress.state() == ProgressState::Probe {
            self.send_append(at, IfEmpty::Send);
        }
        self.confirm_reads(at, read_round);
    }

    // ---- what the host knows of the network ----

    /// A message to the node got lost: what was in flight may be lost, too.
    pub(crate) fn report_unreachable(&mut self, node: NodeId) {
        if self.role != Role::Leader {
            return;
        }
        let Some(progress) = self.progress_of(node) else { return };
        if progress.state() == ProgressState::Replicate {
            progress.become_probe();
        }
        let progress = progress.view();
        self.tracer.decide(|| Decision::Unreachable { node, progress });
    }

    /// Whether the leader has committed an entry of its own term: only then does it know what is committed (§8).
    pub(crate) fn has_committed_in_term(&self) -> bool {
        self.log.term_at(self.log.committed()) == Ok(self.term)
    }
}

/// Where a leader's log and one that ends in `hint` may agree at best: the leader's terms above the hint's cannot.
fn agreeing_index<S: Storage>(log: &RaftLog<S>, hint: Position) -> Index {
    if hint.term == 0 { hint.index } else { log.last_with_term_at_most(hint.index, hint.term).index }
}
