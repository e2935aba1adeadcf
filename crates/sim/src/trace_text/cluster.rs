//! The words for what concerns the cluster as a whole: snapshots, configurations, transfers of leadership, and reads.

use std::fmt;

use raft_core::{ConfState, Decision, NoSnapshot, NoTransfer, NodeId, SnapshotRefusal, TransferAbort};

use super::At;
use crate::names::NodeSet;

pub(super) fn write(f: &mut fmt::Formatter<'_>, decision: &Decision) -> fmt::Result {
    match decision {
        Decision::SnapshotSent { to, first, snapshot, .. } => {
            write!(f, "sends n{to} its snapshot {}: its log begins at {first}", At(*snapshot))
        }
        Decision::SnapshotNotSent { to, why } => write!(f, "sends n{to} no snapshot: {}", no_snapshot(*why)),
        Decision::SnapshotReported { node, arrived: true, .. } => write!(f, "hears that n{node} got its snapshot"),
        Decision::SnapshotReported { node, .. } => write!(f, "hears that its snapshot for n{node} was lost"),
        Decision::SnapshotCaughtUp { node, progress } => {
            write!(f, "finds that n{node} has caught up to its log, at {}", progress.match_index)
        }
        Decision::SnapshotRestored { snapshot, .. } => write!(f, "replaces its log by the snapshot {}", At(*snapshot)),
        Decision::SnapshotFastForwarded { snapshot, last, .. } => {
            let (end, last) = (At(*snapshot), At(*last));
            write!(f, "holds the snapshot's end {end}: it commits up to there and keeps its log up to {last}")
        }
        Decision::SnapshotIgnored { snapshot, commit, why } => {
            write!(f, "ignores the snapshot {}: {}, commit {commit}", At(*snapshot), refusal(*why))
        }
        Decision::ConfigurationChanged { conf } => write!(f, "goes by the configuration {}", Configuration(conf)),
        Decision::ConfChangeRefused { why, .. } => write!(f, "refuses to change the configuration: {why}"),
        Decision::AutoLeave { proposed: true, .. } => write!(f, "proposes to leave the joint configuration"),
        Decision::AutoLeave { proposed: false, .. } => write!(f, "cannot propose to leave the joint configuration now"),
        Decision::TransferStarted { to, .. } => write!(f, "hands its leadership over to n{to}"),
        Decision::TimeoutNowSent { to, .. } => write!(f, "tells n{to} to campaign at once"),
        Decision::TimeoutNowReceived { from, .. } => write!(f, "is told by n{from} to campaign at once"),
        Decision::TransferAborted { to, why, .. } => write!(f, "goes on leading, and not n{to}: {}", abort(*why)),
        Decision::TransferIgnored { to, why, .. } => write!(f, "does not hand over to n{to}: {}", no_transfer(*why)),
        Decision::ReadPostponed { term, .. } => {
            write!(f, "lets a read wait: it has committed nothing in its own term {term} yet")
        }
        Decision::ReadConfirmed { from, index, .. } => write!(f, "confirms a read of n{from} at index {index}"),
        Decision::ReadDropped { .. } => write!(f, "drops a read: it knows no leader"),
        Decision::AckIgnored { position, .. } => {
            write!(f, "makes nothing of its disk's word on {}: it is not waited for any more", At(*position))
        }
        Decision::ElectionRefused { .. } => write!(f, "does not campaign"),
        Decision::LeaderForgotten { leader, .. } => write!(f, "forgets its leader n{leader}"),
        Decision::ForgetLeaderRefused => write!(f, "does not forget its leader"),
        Decision::Unreachable { node, .. } => write!(f, "cannot reach n{node}"),
        #[rustfmt::skip]
        Decision::AppendAccepted { .. } | Decision::AppendBelowCommit { .. } | Decision::AppendRefused { .. }
        | Decision::AppendRejected { .. } | Decision::BecameCandidate { .. } | Decision::BecameFollower { .. }
        | Decision::BecameLeader { .. } | Decision::BecamePreCandidate { .. } | Decision::Committed { .. }
        | Decision::Conflict { .. } | Decision::ElectionStarted { .. } | Decision::HigherTerm { .. }
        | Decision::Ignored { .. } | Decision::LowerTermAnswered { .. } | Decision::NotCommitted { .. }
        | Decision::ProgressDecreased { .. } | Decision::ProposalDropped { .. } | Decision::QuorumLost { .. }
        | Decision::SnapshotRestoring { .. } | Decision::Truncated { .. } | Decision::VoteGranted { .. }
        | Decision::VoteReceived { .. } | Decision::VoteRefused { .. } | Decision::VoteRequested { .. } => {
            write!(f, "decided what has no words here")
        }
    }
}

fn no_snapshot(why: NoSnapshot) -> &'static str {
    match why {
        NoSnapshot::Inactive => "nothing is heard of it",
        NoSnapshot::TemporarilyUnavailable => "it is being made",
        NoSnapshot::Missing => "there is none",
    }
}

fn refusal(why: SnapshotRefusal) -> &'static str {
    match why {
        SnapshotRefusal::Stale => "it has committed as much",
        SnapshotRefusal::NotMember => "it is no member there",
        SnapshotRefusal::Nonsense => "its configuration contradicts itself",
    }
}

fn abort(why: TransferAbort) -> &'static str {
    match why {
        TransferAbort::TimedOut => "it took an election timeout",
        TransferAbort::Replaced { .. } => "another was named",
        TransferAbort::NotVoter => "it has no vote any more",
    }
}

fn no_transfer(why: NoTransfer) -> &'static str {
    match why {
        NoTransfer::NoLeader => "no leader is known",
        NoTransfer::Learner => "it has no vote",
        NoTransfer::AlreadyLeader => "it leads already",
        NoTransfer::InProgress => "that is under way",
        NoTransfer::UnknownNode => "it is no member",
    }
}

/// Prints a configuration: `n1,n2,n3`, `n1,n2,n3 with learners n4`, `n1,n2,n3 joint with n1,n2,n4`.
struct Configuration<'a>(&'a ConfState);

impl fmt::Display for Configuration<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set = |nodes: &[NodeId]| nodes.iter().copied().collect::<NodeSet>();
        let ConfState { voters, voters_outgoing, learners, .. } = self.0;
        if self.0.is_joint() {
            write!(f, "{} joint with ", set(voters_outgoing))?;
        }
        write!(f, "{}", set(voters))?;
        if learners.is_empty() { Ok(()) } else { write!(f, " with learners {}", set(learners)) }
    }
}
