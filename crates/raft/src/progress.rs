//! What a leader knows of each follower, and how it paces what it sends (§5.3; etcd's `tracker`).

use alloc::vec::Vec;
use core::hash::{Hash, Hasher};

use crate::entry::{Entry, Index};

/// How a leader deals with a follower (etcd's `StateProbe`, `StateReplicate`, `StateSnapshot`).
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum ProgressState {
    /// It does not know where the logs agree: one message at a time.
    #[default]
    Probe,
    /// It knows: messages are pipelined.
    Replicate,
    /// The follower needs a snapshot; nothing else is sent meanwhile.
    Snapshot,
}

/// A leader's book about one node. Invariant: `match_index < next_index`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Progress {
    state: ProgressState,
    match_index: Index,
    next_index: Index,
    /// The highest commit index that was sent.
    sent_commit: Index,
    /// The index of the snapshot that is on its way; 0 when none.
    pending_snapshot: Index,
    /// Whether anything was heard since the last check of the quorum.
    pub(crate) recent_active: bool,
    /// Whether appends wait until something is heard.
    flow_paused: bool,
    learner: bool,
    /// The last round of ReadIndex that was confirmed (thesis 6.4).
    pub(crate) read_round: u64,
    inflights: Inflights,
}

/// What a quorum is asked for: how far its members have come.
#[derive(Copy, Clone)]
pub(crate) enum Reached {
    /// In the log.
    Match,
    /// In the rounds that confirm reads (thesis 6.4).
    ReadRound,
}

/// A copy of what a [`Progress`] says, without the window's contents.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct ProgressView {
    /// How the leader deals with the follower.
    pub state: ProgressState,
    /// Highest index known to be on the follower's disk (Figure 2). Safety rests on it.
    pub match_index: Index,
    /// Index of the next entry to send (Figure 2). A guess.
    pub next_index: Index,
    /// Index of the snapshot that the follower needs; 0 when none.
    pub pending_snapshot: Index,
    /// Whether anything was heard of it since the last check of the quorum.
    pub recent_active: bool,
    /// Whether appends are held back until something is heard.
    pub paused: bool,
    /// Whether it is a learner.
    pub learner: bool,
    /// Messages on their way.
    pub inflight: usize,
    /// Whether no further one may follow.
    pub inflight_full: bool,
}

impl Progress {
    /// The book about a node of which nothing is known but where to begin.
    pub(crate) fn starting_at(next_index: Index, learner: bool, limits: InflightLimits) -> Progress {
        let inflights = Inflights { limits, ..Inflights::default() };
        Progress { next_index: next_index.max(1), learner, inflights, ..Progress::default() }
    }

    /// How the leader deals with the follower.
    pub fn state(&self) -> ProgressState {
        self.state
    }

    /// Highest index known to be on the node's disk (Figure 2). Safety rests on it.
    pub fn match_index(&self) -> Index {
        self.match_index
    }

    pub(crate) fn reached(&self, what: Reached) -> u64 {
        match what {
            Reached::Match => self.match_index,
            Reached::ReadRound => self.read_round,
        }
    }

    /// Index of the next entry to send (Figure 2). A guess.
    pub fn next_index(&self) -> Index {
        self.next_index
    }

    /// Whether the node is a learner (thesis 4.2.1).
    pub fn is_learner(&self) -> bool {
        self.learner
    }

    /// Messages with entries that are on their way to the node.
    pub fn inflight(&self) -> usize {
        self.inflights.waiting().len()
    }

    /// Whether appends wait until something is heard.
    pub fn is_paused(&self) -> bool {
        match self.state {
            ProgressState::Probe | ProgressState::Replicate => self.flow_paused,
            ProgressState::Snapshot => true,
        }
    }

    /// A copy without the window's contents.
    pub fn view(&self) -> ProgressView {
        ProgressView {
            state: self.state,
            match_index: self.match_index,
            next_index: self.next_index,
            pending_snapshot: self.pending_snapshot,
            recent_active: self.recent_active,
            paused: self.is_paused(),
            learner: self.learner,
            inflight: self.inflight(),
            inflight_full: self.inflights.is_full(),
        }
    }

    pub(crate) fn set_learner(&mut self, learner: bool) {
        self.learner = learner;
    }

    pub(crate) fn window_is_full(&self) -> bool {
        self.inflights.is_full()
    }

    fn enter(&mut self, state: ProgressState) {
        self.state = state;
        self.flow_paused = false;
        self.pending_snapshot = 0;
        self.inflights.clear();
    }

    /// One message at a time from after what is known to match, or after the snapshot that was on its way.
    pub(crate) fn become_probe(&mut self) {
        let next = self.match_index.max(self.pending_snapshot) + 1;
        self.enter(ProgressState::Probe);
        self.next_index = next;
        self.sent_commit = self.sent_commit.min(next - 1);
    }

    /// One message at a time from `next` on, or from after what is known to match if that is later.
    pub(crate) fn probe_from(&mut self, next: Index) {
        self.become_probe();
        self.next_index = next.max(self.match_index + 1);
    }

    /// A pipeline from after what is known to match.
    pub(crate) fn become_replicate(&mut self) {
        self.enter(ProgressState::Replicate);
        self.next_index = self.match_index + 1;
    }

    /// Nothing but the snapshot at `index`.
    pub(crate) fn become_snapshot(&mut self, index: Index) {
        self.enter(ProgressState::Snapshot);
        self.pending_snapshot = index;
        self.next_index = index + 1;
        self.sent_commit = index;
    }

    /// The snapshot that was on its way did not arrive.
    pub(crate) fn abandon_snapshot(&mut self) {
        self.pending_snapshot = 0;
    }

    pub(crate) fn pause(&mut self) {
        self.flow_paused = true;
    }

    pub(crate) fn resume(&mut self) {
        self.flow_paused = false;
    }

    /// The entries from `next_index` on are on their way.
    pub(crate) fn sent_entries(&mut self, entries: &[Entry]) {
        match self.state {
            ProgressState::Replicate => {
                if !entries.is_empty() {
                    self.next_index += entries.len() as u64;
                    self.inflights.add(self.next_index - 1, entries);
                }
                self.flow_paused = self.inflights.is_full();
            }
            ProgressState::Probe => self.flow_paused |= !entries.is_empty(),
            ProgressState::Snapshot => {}
        }
    }

    /// Whether news of this commit index may move the follower's own.
    pub(crate) fn can_bump_commit(&self, commit: Index) -> bool {
        commit > self.sent_commit && self.sent_commit < self.next_index - 1
    }

    /// The commit index was sent.
    pub(crate) fn note_sent_commit(&mut self, commit: Index) {
        self.sent_commit = commit;
    }

    /// The node holds everything up to `index`. Says whether that is news.
    pub(crate) fn advance_match(&mut self, index: Index) -> bool {
        if index <= self.match_index {
            return false;
        }
        self.match_index = index;
        self.next_index = self.next_index.max(index + 1);
        self.flow_paused = false;
        true
    }

    /// The messages up to `index` arrived.
    pub(crate) fn free_window(&mut self, index: Index) {
        self.inflights.free_through(index);
    }

    /// The follower refused the append after `rejected` and hints that it may agree up to `hint`. Says whether the
    /// refusal is news; it is not when it is about what the leader knows better by now.
    pub(crate) fn decrease(&mut self, rejected: Index, hint: Index) -> bool {
        if self.state == ProgressState::Replicate {
            if rejected <= self.match_index {
                return false;
            }
            self.next_index = self.match_index + 1;
        } else {
            if self.next_index - 1 != rejected {
                return false;
            }
            self.next_index = rejected.min(hint.saturating_add(1)).max(self.match_index + 1);
            self.flow_paused = false;
        }
        self.sent_commit = self.sent_commit.min(self.next_index - 1);
        true
    }
}

/// How much may be on its way to one follower.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug, Default)]
pub(crate) struct InflightLimits {
    pub(crate) messages_max: u32,
    pub(crate) bytes_max: u64,
}

/// Messages on their way to one follower: the last index and the payload bytes of each, in order.
#[derive(Clone, Debug, Default)]
struct Inflights {
    window: Vec<(Index, u64)>,
    /// How many at the window's front have arrived: they are removed many at a time, as the rest has to move up.
    arrived: usize,
    bytes: u64,
    limits: InflightLimits,
}

impl Inflights {
    fn waiting(&self) -> &[(Index, u64)] {
        &self.window[self.arrived..]
    }

    fn is_full(&self) -> bool {
        self.window.len() - self.arrived >= self.limits.messages_max as usize || self.bytes >= self.limits.bytes_max
    }

    /// Bytes are counted only where they are limited.
    fn add(&mut self, last: Index, entries: &[Entry]) {
        let limited = self.limits.bytes_max < u64::MAX;
        let bytes = if limited { entries.iter().map(Entry::payload_bytes).sum() } else { 0 };
        self.window.push((last, bytes));
        self.bytes = self.bytes.saturating_add(bytes);
    }

    fn free_through(&mut self, index: Index) {
        for &(last, bytes) in &self.window[self.arrived..] {
            if last > index {
                break;
            }
            self.arrived += 1;
            self.bytes = self.bytes.saturating_sub(bytes);
        }
        if self.arrived == self.window.len() {
            self.clear();
        } else if self.arrived > self.window.len() / 2 {
            self.window.drain(..self.arrived);
            self.arrived = 0;
        }
    }

    fn clear(&mut self) {
        self.window.clear();
        self.arrived = 0;
        self.bytes = 0;
    }
}

/// What arrived is gone, wherever it still lies.
impl PartialEq for Inflights {
    fn eq(&self, other: &Self) -> bool {
        (self.waiting(), self.bytes, self.limits) == (other.waiting(), other.bytes, other.limits)
    }
}

impl Eq for Inflights {}

impl Hash for Inflights {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.waiting(), self.bytes, self.limits).hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::Body;

    const LIMITS: InflightLimits = InflightLimits { messages_max: 4, bytes_max: u64::MAX };

    /// A follower commits no further than its log reaches, so it is told a commit index once, and again when it has more.
    #[test]
    fn news_of_a_commit_are_sent_only_where_they_can_move_something_5_3() {
        let mut progress = Progress::starting_at(5, false, LIMITS);
        assert!(progress.can_bump_commit(3));
        progress.note_sent_commit(3);
        assert!(!progress.can_bump_commit(3), "it was told");
        assert!(progress.can_bump_commit(4));
        progress.note_sent_commit(4);
        assert!(!progress.can_bump_commit(5), "all that was sent to it is committed");
        progress.become_replicate();
        progress.advance_match(5);
        assert!(progress.can_bump_commit(5));
    }

    #[test]
    fn what_a_follower_holds_is_not_sent_again_figure_2() {
        let mut progress = Progress::starting_at(3, false, LIMITS);
        assert!(progress.advance_match(7) && !progress.advance_match(7));
        assert_eq!((progress.match_index(), progress.next_index()), (7, 8));
        progress.probe_from(2);
        assert_eq!(progress.next_index(), 8);
        progress.probe_from(10);
        assert!(progress.decrease(9, 1), "a refusal with a hint below what is known to match");
        assert_eq!(progress.next_index(), 8);
    }

    #[test]
    fn after_a_refusal_or_a_loss_the_follower_is_told_of_commits_again_5_3() {
        let mut lost = Progress::starting_at(5, false, LIMITS);
        lost.note_sent_commit(4);
        let mut refused = lost.clone();
        lost.become_probe();
        assert!(refused.decrease(4, 0));
        for mut progress in [lost, refused] {
            assert_eq!(progress.next_index(), 1);
            progress.advance_match(1);
            assert!(progress.can_bump_commit(1));
        }
    }

    /// Goal: how the window keeps what has arrived is no part of what a leader believes. Method: the same belief, come to in two ways.
    #[test]
    fn what_has_arrived_makes_no_difference() {
        let entry = |index| Entry { term: 1, index, body: Body::Noop };
        let sent = |indexes: core::ops::RangeInclusive<Index>| {
            let mut inflights = Inflights { limits: LIMITS, ..Inflights::default() };
            indexes.for_each(|index| inflights.add(index, &[entry(index)]));
            inflights
        };
        let (mut all, late) = (sent(1..=4), sent(2..=4));
        let hash = |inflights: &Inflights| {
            let mut hasher = std::hash::DefaultHasher::new();
            inflights.hash(&mut hasher);
            hasher.finish()
        };
        assert_ne!(all, late);
        assert_ne!(
            hash(&all),
            hash(&late),
            "whoever tells beliefs apart by their hash, as a model does, would miss it"
        );
        assert!(all.is_full() && !late.is_full());
        all.free_through(1);
        assert_eq!((all.arrived, late.arrived), (1, 0), "it lies there still");
        assert_eq!(all, late);
        assert_eq!((hash(&all), all.is_full()), (hash(&late), false));
        all.free_through(3);
        assert_eq!((all.arrived, all.waiting().len()), (0, 1), "most of it has arrived");
    }

    #[test]
    fn an_empty_probe_does_not_close_the_way_for_entries() {
        let mut progress = Progress::starting_at(5, false, LIMITS);
        progress.sent_entries(&[]);
        assert!(!progress.is_paused());
        progress.sent_entries(&[Entry { term: 1, index: 5, body: Body::Noop }]);
        assert!(progress.is_paused());
    }

    /// §7: what is sent next comes after the snapshot, also when the leader gives up waiting for it.
    #[test]
    fn what_follows_a_snapshot_is_sent_from_after_it_7() {
        let mut progress = Progress::starting_at(1, false, LIMITS);
        progress.become_snapshot(5);
        assert_eq!((progress.next_index(), progress.is_paused()), (6, true));
        progress.become_probe();
        assert_eq!((progress.next_index(), progress.is_paused()), (6, false));
    }
}
