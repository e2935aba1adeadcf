//! The core's decisions as text for the trace, and which of them are worth a record.

use std::fmt;

use raft_core::{
    Decision, ElectionCause, FollowerReason, IgnoreReason, MessageKind, NoCommit, Position, Role, VoteRefusal,
};

use crate::names::{NodeName, NodeSet};
use crate::trace::OrNone;

mod cluster;

/// Whether a decision is worth a record. Left out: what a message in flight shows by itself, what the world records with
/// more detail (appends, commits), and what happens with every heartbeat.
pub(crate) fn is_visible(decision: &Decision) -> bool {
    match decision {
        Decision::VoteRequested { .. }
        | Decision::AppendAccepted { .. }
        | Decision::Conflict { .. }
        | Decision::ProgressDecreased { .. }
        | Decision::Committed { .. }
        | Decision::SnapshotRestoring { .. }
        | Decision::HigherTerm { .. }
        | Decision::ProposalDropped { .. }
        | Decision::BecameFollower { why: FollowerReason::Started, .. } => false,
        Decision::Ignored { kind, why, .. } => !is_heartbeat(*kind) && *why != IgnoreReason::NotMyRole,
        Decision::LowerTermAnswered { kind, .. } => !is_heartbeat(*kind),
        Decision::AckIgnored { .. }
        | Decision::AppendBelowCommit { .. }
        | Decision::AppendRefused { .. }
        | Decision::AppendRejected { .. }
        | Decision::AutoLeave { .. }
        | Decision::BecameCandidate { .. }
        | Decision::BecameFollower { .. }
        | Decision::BecameLeader { .. }
        | Decision::BecamePreCandidate { .. }
        | Decision::ConfChangeRefused { .. }
        | Decision::ConfigurationChanged { .. }
        | Decision::ElectionRefused { .. }
        | Decision::ElectionStarted { .. }
        | Decision::ForgetLeaderRefused
        | Decision::LeaderForgotten { .. }
        | Decision::NotCommitted { .. }
        | Decision::QuorumLost { .. }
        | Decision::ReadConfirmed { .. }
        | Decision::ReadDropped { .. }
        | Decision::ReadPostponed { .. }
        | Decision::SnapshotCaughtUp { .. }
        | Decision::SnapshotFastForwarded { .. }
        | Decision::SnapshotIgnored { .. }
        | Decision::SnapshotNotSent { .. }
        | Decision::SnapshotReported { .. }
        | Decision::SnapshotRestored { .. }
        | Decision::SnapshotSent { .. }
        | Decision::TimeoutNowReceived { .. }
        | Decision::TimeoutNowSent { .. }
        | Decision::TransferAborted { .. }
        | Decision::TransferIgnored { .. }
        | Decision::TransferStarted { .. }
        | Decision::Truncated { .. }
        | Decision::Unreachable { .. }
        | Decision::VoteGranted { .. }
        | Decision::VoteReceived { .. }
        | Decision::VoteRefused { .. } => true,
    }
}

fn is_heartbeat(kind: MessageKind) -> bool {
    matches!(kind, MessageKind::Heartbeat | MessageKind::HeartbeatResponse)
}

/// Prints a decision as the end of a trace line: `became leader of term 2 with the votes of n1,n2,n3`.
pub(crate) struct DecisionText<'a>(pub(crate) &'a Decision);

/// Prints a position as `index@term`.
struct At(Position);

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.0.index, self.0.term)
    }
}

/// Prints a position, or that there is nothing.
struct OrNothing(Option<At>);

impl fmt::Display for OrNothing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(at) => at.fmt(f),
            None => f.write_str("nothing"),
        }
    }
}

impl fmt::Display for DecisionText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Decision::ElectionStarted { term, cause } => {
                write!(f, "starts an election in term {term}: {}", cause_text(cause))
            }
            Decision::BecameFollower { was, old_term, term, leader, why } => {
                let (was, leader) = (role(*was), OrNone(leader.map(NodeName)));
                write!(f, "became follower of term {term}, leader {leader}; was {was} of term {old_term}: {}", Why(why))
            }
            Decision::BecamePreCandidate { term } => write!(f, "became pre-candidate in term {term}"),
            Decision::BecameCandidate { term } => write!(f, "became candidate of term {term}"),
            Decision::BecameLeader { term, votes } => {
                write!(
                    f,
                    "became leader of term {term} with the votes of {}",
                    votes.iter().copied().collect::<NodeSet>()
                )
            }
            Decision::VoteReceived { from, term, granted, pre_vote, granted_total, refused_total } => {
                let (what, answer) = (vote(*pre_vote), if *granted { "yes" } else { "no" });
                write!(f, "counts n{from}'s {what} of term {term}: {answer}; {granted_total} yes, {refused_total} no")
            }
            Decision::VoteGranted { to, term, pre_vote, mine, theirs, .. } => {
                write!(f, "grants n{to} its {} of term {term}: {} >= {}", vote(*pre_vote), At(*theirs), At(*mine))
            }
            Decision::VoteRefused { to, term, pre_vote, mine, theirs, why, .. } => {
                write!(f, "refuses n{to} its {} of term {term}: {}", vote(*pre_vote), Refusal(why, mine, theirs))
            }
            Decision::Ignored { from, kind, mine, theirs, why } => {
                write!(f, "ignores n{from}'s {kind:?} of term {theirs} in term {mine}: {why:?}")
            }
            Decision::LowerTermAnswered { to, kind, mine, theirs } => {
                write!(f, "answers n{to}'s {kind:?} of term {theirs} with its own term {mine}")
            }
            Decision::AppendBelowCommit { from, prev, commit } => {
                write!(f, "has committed up to {commit}, beyond {} of n{from}'s append", At(*prev))
            }
            Decision::AppendRefused { from, prev, my_term, hint } => {
                let mine = At(Position { term: *my_term, index: prev.index });
                // Term 0 is no entry's: the log ends before.
                let mine = OrNothing(if *my_term > 0 { Some(mine) } else { None });
                write!(f, "refuses n{from}'s append after {}: it holds {mine} there, hint {}", At(*prev), At(*hint))
            }
            Decision::Truncated { from, to, .. } => write!(f, "removes {from}..{to}: they conflict with the leader's"),
            Decision::AppendRejected { from, prev_index, hint } => {
                write!(f, "backs up for n{from}, which refused an append after {prev_index}, hint {}", At(*hint))
            }
            Decision::NotCommitted { index, term, why: NoCommit::OlderTerm { mine } } => {
                write!(f, "does not commit {index}@{term} by counting: its own term is {mine}")
            }
            Decision::QuorumLost { term } => write!(f, "gives up term {term}: no quorum answers"),
            // Snapshots, configurations, transfers, reads, and what no record is made of.
            #[rustfmt::skip]
            Decision::AckIgnored { .. } | Decision::AppendAccepted { .. } | Decision::AutoLeave { .. }
            | Decision::Committed { .. } | Decision::ConfChangeRefused { .. } | Decision::Conflict { .. }
            | Decision::ConfigurationChanged { .. } | Decision::ElectionRefused { .. }
            | Decision::ForgetLeaderRefused | Decision::HigherTerm { .. } | Decision::LeaderForgotten { .. }
            | Decision::ProgressDecreased { .. } | Decision::ProposalDropped { .. } | Decision::ReadConfirmed { .. }
            | Decision::ReadDropped { .. } | Decision::ReadPostponed { .. } | Decision::SnapshotCaughtUp { .. }
            | Decision::SnapshotFastForwarded { .. } | Decision::SnapshotIgnored { .. }
            | Decision::SnapshotNotSent { .. } | Decision::SnapshotReported { .. }
            | Decision::SnapshotRestored { .. } | Decision::SnapshotRestoring { .. } | Decision::SnapshotSent { .. }
            | Decision::TimeoutNowReceived { .. } | Decision::TimeoutNowSent { .. }
            | Decision::TransferAborted { .. } | Decision::TransferIgnored { .. }
            | Decision::TransferStarted { .. } | Decision::Unreachable { .. } | Decision::VoteRequested { .. }
            => cluster::write(f, self.0),
        }
    }
}

fn vote(pre_vote: bool) -> &'static str {
    if pre_vote { "pre-vote" } else { "vote" }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Follower => "follower",
        Role::PreCandidate => "pre-candidate",
        Role::Candidate => "candidate",
        Role::Leader => "leader",
    }
}

fn cause_text(cause: &ElectionCause) -> String {
    match cause {
        ElectionCause::Timeout { elapsed_ticks } => format!("its timer fired after {elapsed_ticks} ticks"),
        ElectionCause::Asked => "it was told to".to_string(),
        ElectionCause::Transfer { from } => format!("n{from} hands over"),
    }
}

struct Why<'a>(&'a FollowerReason);

impl fmt::Display for Why<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            FollowerReason::Started => write!(f, "it started"),
            FollowerReason::HigherTerm { from, kind } => write!(f, "n{from}'s {kind:?} is of a later term"),
            FollowerReason::LeaderExists { leader } => write!(f, "n{leader} leads this term"),
            FollowerReason::ElectionLost => write!(f, "a majority refused"),
            FollowerReason::QuorumInactive => write!(f, "no quorum answers"),
            FollowerReason::Removed => write!(f, "it was removed"),
        }
    }
}

struct Refusal<'a>(&'a VoteRefusal, &'a Position, &'a Position);

impl fmt::Display for Refusal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Refusal(why, mine, theirs) = self;
        match why {
            VoteRefusal::LowerTerm { mine } => write!(f, "its own term is {mine}"),
            VoteRefusal::AlreadyVoted { voted_for } => write!(f, "it voted for n{voted_for}"),
            VoteRefusal::LeaderKnown { leader } => write!(f, "n{leader} leads this term"),
            VoteRefusal::LogBehind => write!(f, "{} < {}", At(**theirs), At(**mine)),
            VoteRefusal::LeaseHeld { leader, remaining_ticks } => {
                write!(f, "it hears n{leader}, for {remaining_ticks} more ticks")
            }
        }
    }
}
