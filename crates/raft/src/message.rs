//! What nodes say to each other. One variant a message, with only its own fields; the docs give etcd's names.

use alloc::sync::Arc;

use crate::entry::{Entries, Index, NodeId, Position, Term};
use crate::storage::Snapshot;

/// Terms and indexes at or above this do not occur in a log that any cluster could have written; the core refuses them
/// on the wire, so that no successor can overflow.
pub(crate) const LIMIT: u64 = 1 << 62;

/// A message from one node to another (the RPCs of Figure 2 and their answers, as one-way messages).
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Message {
    /// Who says it.
    pub from: NodeId,
    /// To whom.
    pub to: NodeId,
    /// The sender's term; for a pre-vote request and a granted pre-vote the term that the candidate would campaign
    /// for; 0 in [`MessageBody::Propose`] and [`MessageBody::ReadIndex`], which belong to no term.
    pub term: Term,
    /// What it says.
    pub body: MessageBody,
}

/// What a message says.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum MessageBody {
    /// Asks for a vote (§5.2; etcd's `MsgVote`, `MsgPreVote`).
    RequestVote {
        /// The position of the candidate's last entry (§5.4.1).
        last: Position,
        /// Only asks whether a vote would be granted (thesis 9.6).
        pre_vote: bool,
        /// The leader asked for this election: leases do not protect it (thesis 3.10).
        transfer: bool,
    },
    /// Answers a request for a vote (etcd's `MsgVoteResp`, `MsgPreVoteResp`).
    RequestVoteResponse {
        /// Whether the vote was given.
        granted: bool,
        /// Whether it is the answer to a pre-vote.
        pre_vote: bool,
    },
    /// Replicates entries; without entries a probe or the news of a commit (§5.3; etcd's `MsgApp`).
    AppendEntries {
        /// The position just before the entries; the receiver must hold it.
        prev: Position,
        /// The entries, consecutive, first index `prev.index + 1`.
        entries: Entries,
        /// The leader's commit index.
        commit: Index,
    },
    /// Answers AppendEntries or InstallSnapshot (etcd's `MsgAppResp`).
    AppendEntriesResponse(AppendResult),
    /// Says that the leader lives, without a log check (etcd's `MsgHeartbeat`).
    Heartbeat {
        /// At most what the receiver is known to match.
        commit: Index,
        /// The round of ReadIndex that an answer confirms (thesis 6.4); 0 when none is open.
        read_round: u64,
    },
    /// Answers a heartbeat (etcd's `MsgHeartbeatResp`).
    HeartbeatResponse {
        /// The round of the heartbeat.
        read_round: u64,
    },
    /// Brings a follower up from a snapshot (§7; etcd's `MsgSnap`).
    InstallSnapshot {
        /// The whole snapshot.
        snapshot: Arc<Snapshot>,
    },
    /// Campaign at once (thesis 3.10; etcd's `MsgTimeoutNow`).
    TimeoutNow,
    /// Asks the leader to hand over its leadership (thesis 3.10; etcd's `MsgTransferLeader`, forwarded).
    TransferLeader {
        /// To whom.
        transferee: NodeId,
    },
    /// Forwards proposals to the leader (etcd's `MsgProp`). Terms and indexes of the entries mean nothing.
    Propose {
        /// What to append.
        entries: Entries,
    },
    /// Asks the leader for a read index (thesis 6.4; etcd's `MsgReadIndex`).
    ReadIndex {
        /// The asker's name for the read.
        context: u64,
    },
    /// Answers ReadIndex (etcd's `MsgReadIndexResp`).
    ReadIndexResponse {
        /// A state machine that has applied this index may serve the read.
        index: Index,
        /// The asker's name for the read.
        context: u64,
    },
}

/// The answer to AppendEntries (§5.3).
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum AppendResult {
    /// The logs agree up to `index`. With index 0 it only carries the sender's newer term.
    Matched {
        /// Highest index known to agree.
        index: Index,
    },
    /// The receiver does not hold the previous position.
    Rejected {
        /// `prev.index` of the refused message.
        prev_index: Index,
        /// The highest position of the receiver that may agree: the leader backs up to it, skipping whole terms.
        hint: Position,
    },
}

/// The name of a message, for decisions and traces.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MessageKind {
    /// `MsgPreVote`
    RequestPreVote,
    /// `MsgPreVoteResp`
    RequestPreVoteResponse,
    /// `MsgVote`
    RequestVote,
    /// `MsgVoteResp`
    RequestVoteResponse,
    /// `MsgApp`
    AppendEntries,
    /// `MsgAppResp`
    AppendEntriesResponse,
    /// `MsgHeartbeat`
    Heartbeat,
    /// `MsgHeartbeatResp`
    HeartbeatResponse,
    /// `MsgSnap`
    InstallSnapshot,
    /// `MsgTimeoutNow`
    TimeoutNow,
    /// `MsgTransferLeader`
    TransferLeader,
    /// `MsgProp`
    Propose,
    /// `MsgReadIndex`
    ReadIndex,
    /// `MsgReadIndexResp`
    ReadIndexResponse,
}

impl Message {
    /// The message's name.
    pub fn kind(&self) -> MessageKind {
        match &self.body {
            MessageBody::RequestVote { pre_vote: true, .. } => MessageKind::RequestPreVote,
            MessageBody::RequestVote { pre_vote: false, .. } => MessageKind::RequestVote,
            MessageBody::RequestVoteResponse { pre_vote: true, .. } => MessageKind::RequestPreVoteResponse,
            MessageBody::RequestVoteResponse { pre_vote: false, .. } => MessageKind::RequestVoteResponse,
            MessageBody::AppendEntries { .. } => MessageKind::AppendEntries,
            MessageBody::AppendEntriesResponse(_) => MessageKind::AppendEntriesResponse,
            MessageBody::Heartbeat { .. } => MessageKind::Heartbeat,
            MessageBody::HeartbeatResponse { .. } => MessageKind::HeartbeatResponse,
            MessageBody::InstallSnapshot { .. } => MessageKind::InstallSnapshot,
            MessageBody::TimeoutNow => MessageKind::TimeoutNow,
            MessageBody::TransferLeader { .. } => MessageKind::TransferLeader,
            MessageBody::Propose { .. } => MessageKind::Propose,
            MessageBody::ReadIndex { .. } => MessageKind::ReadIndex,
            MessageBody::ReadIndexResponse { .. } => MessageKind::ReadIndexResponse,
        }
    }

    /// Whether it does not contradict itself, and is small enough that nothing can overflow. Terms never go down along a log, and a leader
    /// has none above its own (§5.4), unless `any_terms`: it is asked only where they are not so.
    pub(crate) fn is_well_formed(&self, any_terms: impl Fn() -> bool) -> bool {
        let without_term = matches!(self.body, MessageBody::Propose { .. } | MessageBody::ReadIndex { .. });
        let small = |position: &Position| position.term < LIMIT && position.index < LIMIT;
        (without_term || self.term > 0)
            && self.term < LIMIT
            && match &self.body {
                MessageBody::RequestVote { last, .. } => small(last),
                MessageBody::AppendEntries { prev, entries, commit } => {
                    let mut before = *prev;
                    small(prev)
                        && *commit < LIMIT
                        && entries.iter().all(|entry| {
                            let follows = entry.index == before.index + 1 && (before.term <= entry.term || any_terms());
                            before = entry.position();
                            follows && small(&before)
                        })
                        && (before.term <= self.term || any_terms())
                }
                MessageBody::AppendEntriesResponse(AppendResult::Matched { index }) => *index < LIMIT,
                MessageBody::AppendEntriesResponse(AppendResult::Rejected { prev_index, hint }) => {
                    *prev_index < LIMIT && small(hint)
                }
                MessageBody::Heartbeat { commit, .. } => *commit < LIMIT,
                MessageBody::InstallSnapshot { snapshot } => small(&snapshot.last),
                MessageBody::ReadIndexResponse { index, .. } => *index < LIMIT,
                MessageBody::Propose { entries } => !entries.is_empty(),
                MessageBody::RequestVoteResponse { .. }
                | MessageBody::HeartbeatResponse { .. }
                | MessageBody::TimeoutNow
                | MessageBody::TransferLeader { .. }
                | MessageBody::ReadIndex { .. } => true,
            }
    }

    /// Whether only a member of the configuration can have been asked for it.
    pub(crate) fn is_response(&self) -> bool {
        match self.body {
            MessageBody::RequestVoteResponse { .. }
            | MessageBody::AppendEntriesResponse(_)
            | MessageBody::HeartbeatResponse { .. }
            | MessageBody::ReadIndexResponse { .. } => true,
            MessageBody::RequestVote { .. }
            | MessageBody::AppendEntries { .. }
            | MessageBody::Heartbeat { .. }
            | MessageBody::InstallSnapshot { .. }
            | MessageBody::TimeoutNow
            | MessageBody::TransferLeader { .. }
            | MessageBody::Propose { .. }
            | MessageBody::ReadIndex { .. } => false,
        }
    }
}
