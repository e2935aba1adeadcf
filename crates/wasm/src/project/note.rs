//! Decisions about snapshots, configurations, transfers and reads, as facts for sentences.

use raft_core::{Decision, Index, NodeId};

use super::names;
use crate::feed::{Happening, Note};
use crate::plain::{Plain, Text, Writer};

pub(super) fn noted(node: NodeId, note: Note, other: Option<NodeId>, index: Option<Index>, out: &mut Writer) {
    Happening::Noted { node: Text::Node(node), note, other: other.map(Text::Node), index }.put(out);
}

/// Writes what the page tells of a decision; nothing if only an expert's trace shows it.
pub(super) fn decided(node: NodeId, decision: &Decision, out: &mut Writer) {
    let (note, other, index) = match decision {
        Decision::SnapshotSent { to, snapshot, .. } => (Note::SnapshotSent, Some(*to), Some(snapshot.index)),
        Decision::SnapshotRestored { snapshot, .. } => (Note::SnapshotInstalled, None, Some(snapshot.index)),
        Decision::SnapshotFastForwarded { snapshot, .. } => (Note::SnapshotMatched, None, Some(snapshot.index)),
        Decision::SnapshotIgnored { snapshot, .. } => (Note::SnapshotIgnored, None, Some(snapshot.index)),
        Decision::TransferStarted { to, .. } => (Note::TransferStarted, Some(*to), None),
        Decision::TimeoutNowSent { to, .. } => (Note::TimeoutNowSent, Some(*to), None),
        Decision::TransferAborted { to, .. } => (Note::TransferAborted, Some(*to), None),
        Decision::TransferIgnored { to, .. } => (Note::TransferIgnored, Some(*to), None),
        Decision::ReadPostponed { .. } => (Note::ReadPostponed, None, None),
        Decision::ReadConfirmed { from, index, .. } => (Note::ReadConfirmed, Some(*from), Some(*index)),
        Decision::ConfChangeRefused { .. } => (Note::ChangeRefused, None, None),
        Decision::ConfigurationChanged { conf } => {
            let [voters, outgoing, learners] =
                [&conf.voters, &conf.voters_outgoing, &conf.learners].map(|nodes| names(nodes));
            return Happening::Configured { node: Text::Node(node), voters, outgoing, learners }.put(out);
        }
        #[rustfmt::skip]
        Decision::AckIgnored { .. } | Decision::AppendAccepted { .. } | Decision::AppendBelowCommit { .. }
        | Decision::AppendRefused { .. } | Decision::AppendRejected { .. } | Decision::AutoLeave { .. }
        | Decision::BecameCandidate { .. } | Decision::BecameFollower { .. } | Decision::BecameLeader { .. }
        | Decision::BecamePreCandidate { .. } | Decision::Committed { .. }
        | Decision::Conflict { .. } | Decision::ElectionRefused { .. }
        | Decision::ElectionStarted { .. } | Decision::ForgetLeaderRefused | Decision::HigherTerm { .. }
        | Decision::Ignored { .. } | Decision::LeaderForgotten { .. } | Decision::LowerTermAnswered { .. }
        | Decision::NotCommitted { .. } | Decision::ProgressDecreased { .. } | Decision::ProposalDropped { .. }
        | Decision::QuorumLost { .. } | Decision::ReadDropped { .. } | Decision::SnapshotCaughtUp { .. } | Decision::SnapshotNotSent { .. }
        | Decision::SnapshotReported { .. } | Decision::SnapshotRestoring { .. }
        | Decision::TimeoutNowReceived { .. }
        | Decision::Truncated { .. } | Decision::Unreachable { .. } | Decision::VoteGranted { .. }
        | Decision::VoteReceived { .. } | Decision::VoteRefused { .. } | Decision::VoteRequested { .. } => return,
    };
    noted(node, note, other, index, out);
}
