//! What a node asks of its host: [`Ready`].
//!
//! # Order duties
//! 1. `messages` may leave at once, in parallel with everything else (thesis 10.2.1).
//! 2. `append.snapshot`, `append.entries` and `append.hard_state` are written, at once or in this order, and synced if `must_sync`.
//!    A node starts from what a crash in between leaves; not from a commit index without its entries.
//! 3. Only then `append.messages` leave, and `append.mark` goes back through
//!    [`ack_append`](crate::RawNode::ack_append).
//! 4. A snapshot replaces the state machine; `committed_entries` are applied in order, then acknowledged through
//!    [`ack_applied`](crate::RawNode::ack_applied).
//!
//! [`advance`](crate::RawNode::advance) does both acknowledgements for the plain loop.

use alloc::{sync::Arc, vec::Vec};

use crate::entry::{Entry, Index, NodeId, Position, Term};
use crate::message::Message;
use crate::storage::{HardState, Snapshot};

/// What a node believes about its own part (Figure 4, and thesis 9.6 for the pre-candidate).
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Role {
    /// Follows a leader, or waits for one.
    #[default]
    Follower,
    /// Asks whether it could win before it campaigns.
    PreCandidate,
    /// Asks for votes.
    Candidate,
    /// Leads.
    Leader,
}

/// What need not survive a crash but is worth telling when it changes.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct SoftState {
    /// The leader of the current term, as far as known.
    pub leader: Option<NodeId>,
    /// The node's own role.
    pub role: Role,
}

/// A read that may be served once the state machine has applied `index` (thesis 6.4).
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub struct ReadState {
    /// The read's index.
    pub index: Index,
    /// The name the host gave to [`read_index`](crate::RawNode::read_index).
    pub context: u64,
}

/// Everything that a node wants done, in one batch. See the module for the order duties.
///
/// The vectors are recycled: hand the Ready back to [`advance`](crate::RawNode::advance) and the next one allocates
/// nothing.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Ready {
    /// The new soft state, if it changed.
    pub soft_state: Option<SoftState>,
    /// Messages that may leave at once.
    pub messages: Vec<Message>,
    /// What to write, and what may leave only afterwards.
    pub append: Append,
    /// Entries to apply, in order. They never go back: each index is handed out once.
    pub committed_entries: Vec<Entry>,
    /// Reads that became answerable.
    pub read_states: Vec<ReadState>,
    /// Whether `append` must be synced before its messages leave: true unless only the commit index changed.
    pub must_sync: bool,
}

/// What to write, and what may leave only when it is synced.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Append {
    /// The new hard state, if it changed.
    pub hard_state: Option<HardState>,
    /// A snapshot that replaces log and state machine. Written before the entries.
    pub snapshot: Option<Arc<Snapshot>>,
    /// Entries to write. They replace whatever the disk holds from their first index on.
    pub entries: Vec<Entry>,
    /// The receipt: goes back through [`ack_append`](crate::RawNode::ack_append) when all of this is synced.
    pub mark: Mark,
    /// Messages that promise what is written here: they leave when it is synced.
    pub messages: Vec<Message>,
}

/// The receipt of one [`Append`]. Every mark goes back exactly once, in the order of the Readys.
///
/// It tells what the node then knows about itself: votes for itself, entries of its own that now count, and up to where
/// its log is stable. A mark of an older term, or of entries that were overwritten meanwhile, confirms nothing.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Mark {
    /// How the node acknowledges itself, in order.
    pub self_acks: Vec<SelfAck>,
    /// What is on disk then; `None` when there is nothing to confirm.
    pub written: Option<Written>,
}

impl Mark {
    /// Whether there is nothing to acknowledge.
    pub fn is_empty(&self) -> bool {
        self.self_acks.is_empty() && self.written.is_none()
    }
}

/// An acknowledgement of a node to itself: the message that it would send to any other node (etcd's self-addressed
/// `MsgVoteResp`, `MsgPreVoteResp` and `MsgAppResp`). With [`Append::messages`] they are one sequence: `after` says how
/// many of those came before.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum SelfAck {
    /// A candidate's vote for itself.
    Vote {
        /// The term it campaigns for.
        term: Term,
        /// Whether it is a pre-vote.
        pre_vote: bool,
        /// Messages before it.
        after: u32,
    },
    /// A leader's own append.
    Append {
        /// The leader's term.
        term: Term,
        /// The last index appended.
        index: Index,
        /// Messages before it.
        after: u32,
    },
}

/// How far a node's disk is when an [`Append`] is synced (etcd's `MsgStorageAppendResp`).
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub struct Written {
    /// The node's term when the append was handed out.
    pub term: Term,
    /// The last entry of the log then, when some of the log was not yet known to be on disk.
    pub last: Option<Position>,
    /// The snapshot's index, when one was handed out.
    pub snapshot: Option<Index>,
}
