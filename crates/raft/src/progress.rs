//! What a leader knows of each follower, and how it paces what it sends (§5.3; etcd's `tracker`).

use alloc::collections::VecDeque;

use crate::entry::Index;

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

/// A leader's book about one follower. Invariant: `match_index < next_index`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Progress {
    pub(crate) match_index: Index,
    pub(crate) next_index: Index,
    pub(crate) sent_commit: Index,
    pub(crate) state: ProgressState,
    pub(crate) pending_snapshot: Index,
    pub(crate) recent_active: bool,
    pub(crate) flow_paused: bool,
    pub(crate) learner: bool,
    pub(crate) inflights: Inflights,
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

/// Messages on their way to one follower: the last index and the payload bytes of each.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub(crate) struct Inflights {
    window: VecDeque<(Index, u64)>,
    bytes: u64,
    messages_max: u32,
    bytes_max: u64,
}
