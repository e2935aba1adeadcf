//! What was decided and why: [`Decision`], and the [`Tracer`] that hears it.
//!
//! Every refusal, vote, step-down, commit, ignored message and change of role yields one decision with the numbers that
//! were compared. With the default tracer, [`Silent`], none of it is even computed.

use alloc::{sync::Arc, vec::Vec};

use crate::configuration::{ConfChange, ConfState};
use crate::entry::{Index, NodeId, Position, Term};
use crate::message::MessageKind;
use crate::progress::ProgressView;
use crate::ready::Role;

/// Hears decisions as they are made.
pub trait Tracer {
    /// Called at each decision; call `f` to learn it.
    fn decide(&mut self, f: impl FnOnce() -> Decision);
}

/// Hears nothing, and costs nothing.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Silent;

impl Tracer for Silent {
    #[inline(always)]
    fn decide(&mut self, _: impl FnOnce() -> Decision) {}
}

/// Collects decisions in order; the host drains them.
impl Tracer for Vec<Decision> {
    fn decide(&mut self, f: impl FnOnce() -> Decision) {
        self.push(f());
    }
}

/// One decision of a node. The node itself is not named: its tracer is its own.
///
/// Fields have the same meaning everywhere: `term` is the node's own term at that moment; `mine` and `theirs` are what
/// was compared, its own and the sender's; `from` and `to` are the other node, or the first and last index of a range;
/// `voted_for` is as it was before; positions are (term, index), `last` that of a last entry; `progress` is a copy of
/// the book about `of`, `to` or `node`.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)] // the fields say what they are; each variant says what happened
pub enum Decision {
    // ---- elections (§5.2, §5.4.1, thesis 9.6) ----
    /// An election begins at the current term.
    ElectionStarted { term: Term, cause: ElectionCause },
    /// The node was asked to campaign and did not.
    ElectionRefused { term: Term, why: NoElection },
    /// It became a follower; `was` tells of what.
    BecameFollower { was: Role, old_term: Term, term: Term, leader: Option<NodeId>, why: FollowerReason },
    /// It asks for pre-votes.
    BecamePreCandidate { term: Term },
    /// It asks for votes in a new term.
    BecameCandidate { term: Term },
    /// It won.
    BecameLeader { term: Term, votes: Vec<NodeId> },
    /// A request for a vote is on its way.
    VoteRequested { to: NodeId, term: Term, last: Position, pre_vote: bool, transfer: bool },
    /// A vote for or against this candidate was counted.
    VoteReceived { from: NodeId, term: Term, granted: bool, pre_vote: bool, granted_total: usize, refused_total: usize },
    /// This node gave its vote; `voted_for` is as before.
    VoteGranted { to: NodeId, term: Term, pre_vote: bool, mine: Position, theirs: Position, voted_for: Option<NodeId> },
    /// This node refused its vote. It answered, unless the reason is a lease.
    VoteRefused {
        to: NodeId,
        term: Term,
        pre_vote: bool,
        mine: Position,
        theirs: Position,
        voted_for: Option<NodeId>,
        why: VoteRefusal,
    },

    // ---- terms and messages (§5.1) ----
    /// A message of a higher term arrived: the node moves to that term.
    HigherTerm { from: NodeId, kind: MessageKind, mine: Term, theirs: Term },
    /// A message was not acted on.
    Ignored { from: NodeId, kind: MessageKind, mine: Term, theirs: Term, why: IgnoreReason },
    /// A stale leader was told of the newer term.
    LowerTermAnswered { to: NodeId, kind: MessageKind, mine: Term, theirs: Term },

    // ---- replication (§5.3) ----
    /// The consistency check passed; the log now agrees with the leader's up to `last`.
    AppendAccepted { from: NodeId, prev: Position, last: Index },
    /// The message begins below what is already committed here: answered with the commit index.
    AppendBelowCommit { from: NodeId, prev: Position, commit: Index },
    /// The consistency check failed: this log holds `my_term` at `prev.index` (0 for nothing).
    AppendRefused { from: NodeId, prev: Position, my_term: Term, hint: Position },
    /// A received entry conflicts with an existing one.
    Conflict { index: Index, existing: Term, conflicting: Term },
    /// Entries `from..=to` were removed, as a leader's differ from there.
    Truncated { from: Index, to: Index, all_unstable: bool },
    /// A follower refused an append.
    AppendRejected { from: NodeId, prev_index: Index, hint: Position },
    /// The leader backs up for a follower.
    ProgressDecreased { of: NodeId, progress: ProgressView },
    /// The host reported that a message to the node got lost.
    Unreachable { node: NodeId, progress: ProgressView },
    /// The commit index moved over `from..=to`.
    Committed { from: Index, to: Index },
    /// A quorum holds `index`, but it does not commit.
    NotCommitted { index: Index, term: Term, why: NoCommit },
    /// A leader that could not reach a quorum for an election timeout gives up (thesis 6.2).
    QuorumLost { term: Term },
    /// An acknowledgement of the disk confirms nothing.
    AckIgnored { term: Term, position: Position, why: AckIgnored },

    // ---- proposals ----
    /// A proposal went nowhere.
    ProposalDropped { term: Term, why: ProposalDrop },
    /// A configuration change was refused.
    ConfChangeRefused { change: Arc<ConfChange>, conf: Arc<ConfState>, why: ConfChangeRefusal },
    /// A configuration took effect.
    ConfigurationChanged { conf: Arc<ConfState> },
    /// The leader proposes to leave the joint configuration; `proposed` is false when it cannot right now.
    AutoLeave { conf: Arc<ConfState>, proposed: bool },

    // ---- snapshots (§7) ----
    /// A snapshot goes to a follower; `before` and `after` frame the change of its progress.
    SnapshotSent {
        to: NodeId,
        first: Index,
        commit: Index,
        snapshot: Position,
        before: ProgressView,
        after: ProgressView,
    },
    /// A follower needs a snapshot and gets none now.
    SnapshotNotSent { to: NodeId, why: NoSnapshot },
    /// The follower's log connects again.
    SnapshotCaughtUp { node: NodeId, progress: ProgressView },
    /// The host reported the fate of a snapshot.
    SnapshotReported { node: NodeId, arrived: bool, progress: ProgressView },
    /// The log starts over from a snapshot; the numbers are the log's own, before.
    SnapshotRestoring { snapshot: Position, commit: Index, applied: Index, applying: Index, unstable: UnstableView },
    /// The log did start over.
    SnapshotRestored { snapshot: Position, commit: Index, last: Position },
    /// The snapshot's position is in the log: only the commit index moves.
    SnapshotFastForwarded { snapshot: Position, commit: Index, last: Position },
    /// The snapshot brings nothing.
    SnapshotIgnored { snapshot: Position, commit: Index, why: SnapshotRefusal },

    // ---- leader transfer (thesis 3.10) and forgetting ----
    /// The leader begins to hand over.
    TransferStarted { term: Term, to: NodeId },
    /// TimeoutNow was sent.
    TimeoutNowSent { to: NodeId, at_once: bool },
    /// TimeoutNow arrived.
    TimeoutNowReceived { from: NodeId, term: Term },
    /// The transfer was given up.
    TransferAborted { term: Term, to: NodeId, why: TransferAbort },
    /// A request to transfer went nowhere.
    TransferIgnored { term: Term, to: NodeId, why: NoTransfer },
    /// The follower forgot its leader at the host's wish.
    LeaderForgotten { term: Term, leader: NodeId },
    /// The follower was told to forget its leader and did not: lease reads rely on it.
    ForgetLeaderRefused,

    // ---- reads (§8, thesis 6.4) ----
    /// A read waits for the first commit of the leader's term.
    ReadPostponed { from: NodeId, context: u64, term: Term },
    /// A read was confirmed at `index`.
    ReadConfirmed { from: NodeId, context: u64, index: Index },
    /// A read went nowhere: no leader is known.
    ReadDropped { context: u64, term: Term },
}

/// Why an election begins.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum ElectionCause {
    /// No leader was heard of for the randomized election timeout.
    Timeout { elapsed_ticks: u32 },
    /// The host asked for it.
    Asked,
    /// The leader asked for it (thesis 3.10).
    Transfer { from: NodeId },
}

/// Why no election began.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NoElection {
    /// It leads already.
    AlreadyLeader,
    /// It is no voter, or a snapshot is not yet installed.
    NotPromotable,
    /// A committed configuration change is not yet applied.
    UnappliedConfChange,
    /// There is no term left after this one.
    TermExhausted,
}

/// Why a node became a follower.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum FollowerReason {
    /// It (re)started.
    Started,
    /// A message of a higher term (§5.1).
    HigherTerm { from: NodeId, kind: MessageKind },
    /// A leader of the same term spoke to a candidate (§5.2).
    LeaderExists { leader: NodeId },
    /// A quorum cannot be won any more.
    ElectionLost,
    /// No quorum was heard of for an election timeout (thesis 6.2).
    QuorumInactive,
    /// It was removed or demoted (§6).
    Removed,
}

/// Why a vote was refused.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum VoteRefusal {
    /// The request is of an older term (§5.1).
    LowerTerm { mine: Term },
    /// The vote of this term is given (§5.2).
    AlreadyVoted { voted_for: NodeId },
    /// This term has a leader (§5.2).
    LeaderKnown { leader: NodeId },
    /// The candidate's log is behind (§5.4.1).
    LogBehind,
    /// A leader was heard of within an election timeout (thesis 6.4.1). There is no answer.
    LeaseHeld { leader: NodeId, remaining_ticks: u32 },
}

/// Why a message was not acted on.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum IgnoreReason {
    /// It is of an older term (§5.1).
    LowerTerm,
    /// The leader keeps no progress of its sender.
    UnknownNode,
    /// The receiver's role has no use for it.
    NotMyRole,
    /// It contradicts itself, or says what no correct node says.
    Nonsense,
}

/// Why an index that a quorum holds does not commit.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum NoCommit {
    /// Its entry is of an older term: it commits together with the first entry of this term (§5.4.2).
    OlderTerm { mine: Term },
}

/// Why an acknowledgement of the disk confirms nothing.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum AckIgnored {
    /// It was handed out in an older term: what it wrote may have been overwritten since.
    LowerTerm { mine: Term },
    /// The entry is no longer waiting to be written.
    NotWaiting,
    /// Another entry stands there now.
    Overwritten { term: Term },
    /// A snapshot stands there now.
    UnderSnapshot,
}

/// Why a proposal went nowhere.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum ProposalDrop {
    /// No leader is known.
    NoLeader,
    /// Another node leads and forwarding is off.
    NotForwarded { leader: NodeId },
    /// The leader was removed from the configuration.
    Removed,
    /// A leader transfer is under way.
    Transferring { to: NodeId },
    /// The uncommitted tail of the log is at its limit.
    UncommittedLimit,
}

/// Why a configuration change was refused.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum ConfChangeRefusal {
    /// An earlier change may not be applied yet (§6).
    Pending { index: Index, applied: Index },
    /// Leave the joint configuration first (§6).
    InJoint,
    /// There is no joint configuration to leave.
    NotInJoint,
    /// The leader has not committed an entry of its own term (Ongaro, raft-dev 2015).
    NoCommitInTerm,
    /// Nobody could vote afterwards.
    NoVoters,
    /// Node 0 is nobody.
    ZeroId,
}

/// Why a follower gets no snapshot now.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NoSnapshot {
    /// Nothing was heard of it lately.
    Inactive,
    /// The host is still making it.
    TemporarilyUnavailable,
    /// The host has none, or none that knows of the follower.
    Missing,
}

/// Why a snapshot was ignored.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SnapshotRefusal {
    /// What it covers is committed here.
    Stale,
    /// This node is not in its configuration.
    NotMember,
    /// Its configuration contradicts itself.
    Nonsense,
}

/// Why a transfer ended.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum TransferAbort {
    /// It took an election timeout.
    TimedOut,
    /// Another transferee was named.
    Replaced { by: NodeId },
    /// The transferee is no voter any more.
    NotVoter,
}

/// Why no transfer began.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NoTransfer {
    /// No leader is known.
    NoLeader,
    /// The transferee has no vote.
    Learner,
    /// The transferee leads already.
    AlreadyLeader,
    /// It is under way.
    InProgress,
    /// The transferee is not in the configuration.
    UnknownNode,
}

/// The bounds of the part of a log that is not yet known to be on disk.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct UnstableView {
    /// The first index that is not known to be on disk.
    pub offset: Index,
    /// The first index that was not yet handed out to be written.
    pub offset_in_progress: Index,
    /// Entries from `offset` on.
    pub len: usize,
}

impl Decision {
    /// Where the paper (§), or the thesis, says so.
    pub fn section(&self) -> &'static str {
        match self {
            Decision::ElectionStarted { cause: ElectionCause::Transfer { .. }, .. } => "thesis 3.10",
            Decision::ElectionStarted { .. } | Decision::ElectionRefused { .. } => "§5.2",
            Decision::BecameFollower { why, .. } => why.section(),
            Decision::BecamePreCandidate { .. } => "thesis 9.6",
            Decision::BecameCandidate { .. } | Decision::BecameLeader { .. } => "§5.2",
            Decision::VoteRequested { pre_vote, .. } | Decision::VoteReceived { pre_vote, .. } => {
                if *pre_vote {
                    "thesis 9.6"
                } else {
                    "§5.2"
                }
            }
            Decision::VoteGranted { .. } => "§5.4.1",
            Decision::VoteRefused { why, .. } => why.section(),
            Decision::HigherTerm { .. } | Decision::LowerTermAnswered { .. } => "§5.1",
            Decision::Ignored { why: IgnoreReason::UnknownNode, .. } => "§6",
            Decision::Ignored { .. } => "§5.1",
            Decision::AppendAccepted { .. }
            | Decision::AppendBelowCommit { .. }
            | Decision::AppendRefused { .. }
            | Decision::Conflict { .. }
            | Decision::Truncated { .. }
            | Decision::AppendRejected { .. }
            | Decision::ProgressDecreased { .. }
            | Decision::Unreachable { .. }
            | Decision::Committed { .. }
            | Decision::ProposalDropped { .. } => "§5.3",
            Decision::NotCommitted { .. } => "§5.4.2",
            Decision::QuorumLost { .. } => "thesis 6.2",
            Decision::AckIgnored { .. } => "thesis 10.2.1",
            Decision::ConfChangeRefused { .. } | Decision::ConfigurationChanged { .. } | Decision::AutoLeave { .. } => {
                "§6"
            }
            Decision::SnapshotSent { .. }
            | Decision::SnapshotNotSent { .. }
            | Decision::SnapshotCaughtUp { .. }
            | Decision::SnapshotReported { .. }
            | Decision::SnapshotRestoring { .. }
            | Decision::SnapshotRestored { .. }
            | Decision::SnapshotFastForwarded { .. }
            | Decision::SnapshotIgnored { .. } => "§7",
            Decision::TransferStarted { .. }
            | Decision::TimeoutNowSent { .. }
            | Decision::TimeoutNowReceived { .. }
            | Decision::TransferAborted { .. }
            | Decision::TransferIgnored { .. } => "thesis 3.10",
            Decision::LeaderForgotten { .. } | Decision::ForgetLeaderRefused => "thesis 6.4.1",
            Decision::ReadPostponed { .. } | Decision::ReadConfirmed { .. } | Decision::ReadDropped { .. } => "§8",
        }
    }
}

impl FollowerReason {
    fn section(&self) -> &'static str {
        match self {
            FollowerReason::Started | FollowerReason::LeaderExists { .. } | FollowerReason::ElectionLost => "§5.2",
            FollowerReason::HigherTerm { .. } => "§5.1",
            FollowerReason::QuorumInactive => "thesis 6.2",
            FollowerReason::Removed => "§6",
        }
    }
}

impl VoteRefusal {
    fn section(&self) -> &'static str {
        match self {
            VoteRefusal::LowerTerm { .. } => "§5.1",
            VoteRefusal::AlreadyVoted { .. } | VoteRefusal::LeaderKnown { .. } => "§5.2",
            VoteRefusal::LogBehind => "§5.4.1",
            VoteRefusal::LeaseHeld { .. } => "thesis 6.4.1",
        }
    }
}
