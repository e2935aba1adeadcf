//! Decisions as etcd's log lines. Ids are in hexadecimal, as etcd logs them. What etcd decides without a word yields no
//! line.

use raft_core::{
    AckIgnored, ConfChangeRefusal, Decision, IgnoreReason, Message, MessageBody, MessageKind, NoElection, NoSnapshot,
    NoTransfer, NodeId, Position, ProposalDrop, Role, SnapshotRefusal, Term, TransferAbort, VoteRefusal,
};

use super::{conf, progress::progress, progress::role};
use crate::env::envelope::kind;
use crate::output::Level;

/// A log line and how grave it is.
pub type Line = (Level, String);

/// Who decided.
#[derive(Clone, Debug)]
pub struct Speaker {
    /// The node.
    pub id: NodeId,
    /// Its part after the decision.
    pub role: Role,
    /// Its term after the decision.
    pub term: Term,
    /// The message that it decided on, if it was one.
    pub heard: Option<Message>,
    /// Whether the sender of that message is in the configuration.
    pub knows_sender: bool,
}

impl Speaker {
    /// Whom etcd takes for the sender: of a wish for a transfer it is the transferee.
    fn sender(&self, from: NodeId) -> NodeId {
        match self.heard.as_ref().map(|message| &message.body) {
            Some(MessageBody::TransferLeader { transferee }) => *transferee,
            _ => from,
        }
    }

    /// The configuration of the snapshot that it heard of.
    fn snapshot_conf(&self) -> String {
        match self.heard.as_ref().map(|message| &message.body) {
            Some(MessageBody::InstallSnapshot { snapshot }) => conf::conf_state_fields(&snapshot.conf_state),
            _ => String::new(),
        }
    }
}

/// What etcd would have logged.
pub fn lines(speaker: &Speaker, decision: &Decision) -> Vec<Line> {
    let id = speaker.id;
    match decision {
        Decision::ElectionStarted { .. }
        | Decision::ElectionRefused { .. }
        | Decision::BecameFollower { .. }
        | Decision::BecamePreCandidate { .. }
        | Decision::BecameCandidate { .. }
        | Decision::BecameLeader { .. }
        | Decision::QuorumLost { .. } => role_change(id, decision),
        Decision::VoteRequested { .. }
        | Decision::VoteReceived { .. }
        | Decision::VoteGranted { .. }
        | Decision::VoteRefused { .. } => vote(speaker, decision),
        Decision::HigherTerm { .. } | Decision::Ignored { .. } | Decision::AckIgnored { .. } => term(speaker, decision),
        Decision::AppendRefused { .. }
        | Decision::Conflict { .. }
        | Decision::Truncated { .. }
        | Decision::AppendRejected { .. }
        | Decision::ProgressDecreased { .. }
        | Decision::Unreachable { .. } => replication(id, decision),
        Decision::ProposalDropped { .. }
        | Decision::ConfChangeRefused { .. }
        | Decision::ConfigurationChanged { .. }
        | Decision::AutoLeave { .. } => proposal(id, decision),
        Decision::SnapshotSent { .. }
        | Decision::SnapshotNotSent { .. }
        | Decision::SnapshotCaughtUp { .. }
        | Decision::SnapshotReported { .. } => snapshot_sent(id, decision),
        Decision::SnapshotRestoring { .. }
        | Decision::SnapshotRestored { .. }
        | Decision::SnapshotFastForwarded { .. }
        | Decision::SnapshotIgnored { .. } => snapshot_received(speaker, decision),
        Decision::TransferStarted { .. }
        | Decision::TimeoutNowSent { .. }
        | Decision::TimeoutNowReceived { .. }
        | Decision::TransferAborted { .. }
        | Decision::TransferIgnored { .. }
        | Decision::ReadDropped { .. }
        | Decision::LeaderForgotten { .. }
        | Decision::ForgetLeaderRefused => transfer(speaker, decision),
        Decision::LowerTermAnswered { .. }
        | Decision::AppendAccepted { .. }
        | Decision::AppendBelowCommit { .. }
        | Decision::Committed { .. }
        | Decision::NotCommitted { .. }
        | Decision::ReadPostponed { .. }
        | Decision::ReadConfirmed { .. } => Vec::new(),
    }
}

fn debug(line: String) -> Vec<Line> {
    vec![(Level::Debug, line)]
}

fn info(line: String) -> Vec<Line> {
    vec![(Level::Info, line)]
}

fn warn(line: String) -> Vec<Line> {
    vec![(Level::Warn, line)]
}

/// `[logterm: 1, index: 11]`
fn log(position: &Position) -> String {
    format!("logterm: {}, index: {}", position.term, position.index)
}

fn unknown(id: NodeId, node: NodeId) -> Vec<Line> {
    debug(format!("{id:x} no progress available for {node:x}"))
}

// `lines` sends each of the following functions its own variants only; the last arm of each is never taken.

#[expect(clippy::wildcard_enum_match_arm, reason = "the exhaustive match is in `lines`")]
fn role_change(id: NodeId, decision: &Decision) -> Vec<Line> {
    match decision {
        Decision::ElectionStarted { term, .. } => info(format!("{id:x} is starting a new election at term {term}")),
        Decision::ElectionRefused { term, why } => match why {
            NoElection::AlreadyLeader => debug(format!("{id:x} ignoring MsgHup because already leader")),
            NoElection::NotPromotable => warn(format!("{id:x} is unpromotable and can not campaign")),
            NoElection::UnappliedConfChange => warn(format!(
                "{id:x} cannot campaign at term {term} since there are still pending configuration changes to apply"
            )),
            NoElection::TermExhausted => Vec::new(),
        },
        Decision::BecameFollower { term, .. } => info(format!("{id:x} became follower at term {term}")),
        Decision::BecamePreCandidate { term } => info(format!("{id:x} became pre-candidate at term {term}")),
        Decision::BecameCandidate { term } => info(format!("{id:x} became candidate at term {term}")),
        Decision::BecameLeader { term, .. } => info(format!("{id:x} became leader at term {term}")),
        Decision::QuorumLost { .. } => warn(format!("{id:x} stepped down to follower since quorum is not active")),
        _ => Vec::new(),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the exhaustive match is in `lines`")]
fn vote(speaker: &Speaker, decision: &Decision) -> Vec<Line> {
    // A verdict on a request never changes one's own term; etcd names that one, not the request's.
    let Speaker { id, term: mine_term, .. } = *speaker;
    match decision {
        Decision::VoteRequested { to, term, last, pre_vote, .. } => {
            let request = vote_request(*pre_vote);
            info(format!("{id:x} [{}] sent {request} request to {to:x} at term {term}", log(last)))
        }
        Decision::VoteReceived { from, term, granted, pre_vote, granted_total, refused_total } => {
            let answer = if *pre_vote { "MsgPreVoteResp" } else { "MsgVoteResp" };
            let rejection = if *granted { "" } else { " rejection" };
            vec![
                (Level::Info, format!("{id:x} received {answer}{rejection} from {from:x} at term {term}")),
                (
                    Level::Info,
                    format!("{id:x} has received {granted_total} {answer} votes and {refused_total} vote rejections"),
                ),
            ]
        }
        Decision::VoteGranted { to, pre_vote, mine, theirs, voted_for, .. } => {
            let vote = voted_for.unwrap_or_default();
            let request = vote_request(*pre_vote);
            info(format!(
                "{id:x} [{}, vote: {vote:x}] cast {request} for {to:x} [{}] at term {mine_term}",
                log(mine),
                log(theirs)
            ))
        }
        Decision::VoteRefused { to, pre_vote, mine, theirs, voted_for, why, .. } => {
            let vote = voted_for.unwrap_or_default();
            let request = vote_request(*pre_vote);
            let (verdict, reason) = match why {
                VoteRefusal::LeaseHeld { remaining_ticks, .. } => {
                    ("ignored", format!(": lease is not expired (remaining ticks: {remaining_ticks})"))
                }
                VoteRefusal::LowerTerm { .. }
                | VoteRefusal::AlreadyVoted { .. }
                | VoteRefusal::LeaderKnown { .. }
                | VoteRefusal::LogBehind => ("rejected", String::new()),
            };
            info(format!(
                "{id:x} [{}, vote: {vote:x}] {verdict} {request} from {to:x} [{}] at term {mine_term}{reason}",
                log(mine),
                log(theirs)
            ))
        }
        _ => Vec::new(),
    }
}

fn vote_request(pre_vote: bool) -> &'static str {
    kind(if pre_vote { MessageKind::RequestPreVote } else { MessageKind::RequestVote })
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the exhaustive match is in `lines`")]
fn term(speaker: &Speaker, decision: &Decision) -> Vec<Line> {
    let id = speaker.id;
    match decision {
        Decision::HigherTerm { from, kind: what, mine, theirs } => info(format!(
            "{id:x} [term: {mine}] received a {} message with higher term from {:x} [term: {theirs}]",
            kind(*what),
            speaker.sender(*from)
        )),
        Decision::Ignored { from, kind: what, mine, theirs, why } => match why {
            IgnoreReason::LowerTerm => info(format!(
                "{id:x} [term: {mine}] ignored a {} message with lower term from {:x} [term: {theirs}]",
                kind(*what),
                speaker.sender(*from)
            )),
            IgnoreReason::UnknownNode => unknown(id, *from),
            // Before a leader looks at what a message is, it looks for the sender's progress.
            _ if speaker.role == Role::Leader && !speaker.knows_sender => unknown(id, *from),
            IgnoreReason::NotMyRole => ignored_timeout_now(speaker, *what, *mine, *from),
            IgnoreReason::Nonsense => Vec::new(),
        },
        Decision::AckIgnored { term, position: Position { term: entry_term, index }, why } => info(match why {
            AckIgnored::LowerTerm { mine } => format!(
                "{id:x} [term: {mine}] ignored entry appends from a MsgStorageAppendResp message with lower term \
                 [term: {term}]"
            ),
            AckIgnored::NotWaiting => format!("entry at index {index} missing from unstable log; ignoring"),
            AckIgnored::Overwritten { term } => format!(
                "entry at (index,term)=({index},{entry_term}) mismatched with entry at ({index},{term}) in unstable \
                 log; ignoring"
            ),
            AckIgnored::UnderSnapshot => format!("entry at index {index} matched unstable snapshot; ignoring"),
        }),
        _ => Vec::new(),
    }
}

/// Of all messages that a role has no use for, etcd mentions one.
fn ignored_timeout_now(speaker: &Speaker, what: MessageKind, term: Term, from: NodeId) -> Vec<Line> {
    let is_candidate = matches!(speaker.role, Role::Candidate | Role::PreCandidate);
    if what != MessageKind::TimeoutNow || !is_candidate {
        return Vec::new();
    }
    let (id, state) = (speaker.id, role(speaker.role));
    debug(format!("{id:x} [term {term} state {state}] ignored MsgTimeoutNow from {from:x}"))
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the exhaustive match is in `lines`")]
fn replication(id: NodeId, decision: &Decision) -> Vec<Line> {
    match decision {
        Decision::AppendRefused { from, prev, my_term, .. } => debug(format!(
            "{id:x} [logterm: {my_term}, index: {}] rejected MsgApp [{}] from {from:x}",
            prev.index,
            log(prev)
        )),
        Decision::Conflict { index, existing, conflicting } => info(format!(
            "found conflict at index {index} [existing term: {existing}, conflicting term: {conflicting}]"
        )),
        Decision::Truncated { from, all_unstable, .. } => info(if *all_unstable {
            format!("replace the unstable entries from index {from}")
        } else {
            format!("truncate the unstable entries before index {from}")
        }),
        Decision::AppendRejected { from, prev_index, hint } => debug(format!(
            "{id:x} received MsgAppResp(rejected, hint: (index {}, term {})) from {from:x} for index {prev_index}",
            hint.index, hint.term
        )),
        Decision::ProgressDecreased { of, progress: view } => {
            debug(format!("{id:x} decreased progress of {of:x} to [{}]", progress(view)))
        }
        Decision::Unreachable { node, progress: view } => {
            debug(format!("{id:x} failed to send message to {node:x} because it is unreachable [{}]", progress(view)))
        }
        _ => Vec::new(),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the exhaustive match is in `lines`")]
fn proposal(id: NodeId, decision: &Decision) -> Vec<Line> {
    match decision {
        Decision::ProposalDropped { term, why } => match why {
            ProposalDrop::NoLeader => info(format!("{id:x} no leader at term {term}; dropping proposal")),
            ProposalDrop::NotForwarded { leader } => {
                info(format!("{id:x} not forwarding to leader {leader:x} at term {term}; dropping proposal"))
            }
            ProposalDrop::Removed => Vec::new(),
            ProposalDrop::Transferring { to } => {
                debug(format!("{id:x} [term {term}] transfer leadership to {to:x} is in progress; dropping proposal"))
            }
            ProposalDrop::UncommittedLimit => warn(format!(
                "{id:x} appending new entries to log would exceed uncommitted entry size limit; dropping proposal"
            )),
        },
        Decision::ConfChangeRefused { change, conf, why } => info(format!(
            "{id:x} ignoring conf change {} at config {}: {}",
            conf::change_fields(change),
            conf::config(conf),
            refusal(why)
        )),
        Decision::ConfigurationChanged { conf } => {
            info(format!("{id:x} switched to configuration {}", conf::config(conf)))
        }
        Decision::AutoLeave { conf, proposed: true } => {
            info(format!("initiating automatic transition out of joint configuration {}", conf::config(conf)))
        }
        Decision::AutoLeave { conf, proposed: false } => debug(format!(
            "not initiating automatic transition out of joint configuration {}: {PROPOSAL_DROPPED}",
            conf::config(conf)
        )),
        _ => Vec::new(),
    }
}

/// etcd's only word for all that a proposal may fail of.
pub const PROPOSAL_DROPPED: &str = "raft proposal dropped";

fn refusal(why: &ConfChangeRefusal) -> String {
    match why {
        ConfChangeRefusal::Pending { index, applied } => {
            format!("possible unapplied conf change at index {index} (applied to {applied})")
        }
        ConfChangeRefusal::InJoint => "must transition out of joint config first".to_string(),
        ConfChangeRefusal::NotInJoint => "not in joint state; refusing empty conf change".to_string(),
        // etcd does not look for these.
        ConfChangeRefusal::NoCommitInTerm | ConfChangeRefusal::NoVoters | ConfChangeRefusal::ZeroId => why.to_string(),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the exhaustive match is in `lines`")]
fn snapshot_sent(id: NodeId, decision: &Decision) -> Vec<Line> {
    match decision {
        Decision::SnapshotSent { to, first, commit, snapshot, before, after } => vec![
            (
                Level::Debug,
                format!(
                    "{id:x} [firstindex: {first}, commit: {commit}] sent snapshot[index: {}, term: {}] to {to:x} [{}]",
                    snapshot.index,
                    snapshot.term,
                    progress(before)
                ),
            ),
            (Level::Debug, format!("{id:x} paused sending replication messages to {to:x} [{}]", progress(after))),
        ],
        Decision::SnapshotNotSent { to, why } => match why {
            NoSnapshot::Inactive => debug(format!("ignore sending snapshot to {to:x} since it is not recently active")),
            NoSnapshot::TemporarilyUnavailable => {
                debug(format!("{id:x} failed to send snapshot to {to:x} because snapshot is temporarily unavailable"))
            }
            NoSnapshot::Missing => Vec::new(),
        },
        Decision::SnapshotCaughtUp { node, progress: view } => debug(format!(
            "{id:x} recovered from needing snapshot, resumed sending replication messages to {node:x} [{}]",
            progress(view)
        )),
        Decision::SnapshotReported { node, arrived, progress: view } => {
            let fate = if *arrived { "succeeded" } else { "failed" };
            debug(format!(
                "{id:x} snapshot {fate}, resumed sending replication messages to {node:x} [{}]",
                progress(view)
            ))
        }
        _ => Vec::new(),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the exhaustive match is in `lines`")]
fn snapshot_received(speaker: &Speaker, decision: &Decision) -> Vec<Line> {
    let id = speaker.id;
    let named = |snapshot: &Position| format!("snapshot [index: {}, term: {}]", snapshot.index, snapshot.term);
    let ignored =
        |commit, snapshot: &Position| (Level::Info, format!("{id:x} [commit: {commit}] ignored {}", named(snapshot)));
    match decision {
        Decision::SnapshotRestoring { snapshot, commit, applied, applying, unstable } => info(format!(
            "log [committed={commit}, applied={applied}, applying={applying}, unstable.offset={}, \
             unstable.offsetInProgress={}, len(unstable.Entries)={}] starts to restore {}",
            unstable.offset,
            unstable.offset_in_progress,
            unstable.len,
            named(snapshot)
        )),
        Decision::SnapshotRestored { snapshot, commit, last } => vec![
            (
                Level::Info,
                format!(
                    "{id:x} [commit: {commit}, lastindex: {}, lastterm: {}] restored {}",
                    last.index,
                    last.term,
                    named(snapshot)
                ),
            ),
            (Level::Info, format!("{id:x} [commit: {commit}] restored {}", named(snapshot))),
        ],
        Decision::SnapshotFastForwarded { snapshot, commit, last } => {
            let forwarded = format!(
                "{id:x} [commit: {commit}, lastindex: {}, lastterm: {}] fast-forwarded commit to {}",
                last.index,
                last.term,
                named(snapshot)
            );
            vec![(Level::Info, forwarded), ignored(snapshot.index, snapshot)]
        }
        Decision::SnapshotIgnored { snapshot, commit, why } => match why {
            SnapshotRefusal::Stale | SnapshotRefusal::Nonsense => vec![ignored(*commit, snapshot)],
            SnapshotRefusal::NotMember => vec![
                (
                    Level::Warn,
                    format!(
                        "{id:x} attempted to restore snapshot but it is not in the ConfState {}; should never happen",
                        speaker.snapshot_conf()
                    ),
                ),
                ignored(*commit, snapshot),
            ],
        },
        _ => Vec::new(),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the exhaustive match is in `lines`")]
fn transfer(speaker: &Speaker, decision: &Decision) -> Vec<Line> {
    let id = speaker.id;
    match decision {
        Decision::TransferStarted { term, to } => {
            info(format!("{id:x} [term {term}] starts to transfer leadership to {to:x}"))
        }
        Decision::TimeoutNowSent { to, at_once: true } => {
            info(format!("{id:x} sends MsgTimeoutNow to {to:x} immediately as {to:x} already has up-to-date log"))
        }
        Decision::TimeoutNowSent { to, at_once: false } => {
            info(format!("{id:x} sent MsgTimeoutNow to {to:x} after received MsgAppResp"))
        }
        Decision::TimeoutNowReceived { from, term } => info(format!(
            "{id:x} [term {term}] received MsgTimeoutNow from {from:x} and starts an election to get leadership."
        )),
        Decision::TransferAborted { term, to, why } => match why {
            TransferAbort::Replaced { .. } => {
                info(format!("{id:x} [term {term}] abort previous transferring leadership to {to:x}"))
            }
            TransferAbort::TimedOut | TransferAbort::NotVoter => Vec::new(),
        },
        Decision::TransferIgnored { term, to, why } => match why {
            // A candidate drops it without a word.
            NoTransfer::NoLeader if speaker.role != Role::Follower => Vec::new(),
            NoTransfer::NoLeader => info(format!("{id:x} no leader at term {term}; dropping leader transfer msg")),
            NoTransfer::Learner => debug(format!("{id:x} is learner. Ignored transferring leadership")),
            NoTransfer::AlreadyLeader => {
                debug(format!("{id:x} is already leader. Ignored transferring leadership to self"))
            }
            NoTransfer::InProgress => info(format!(
                "{id:x} [term {term}] transfer leadership to {to:x} is in progress, ignores request to same node {to:x}"
            )),
            NoTransfer::UnknownNode => unknown(id, *to),
        },
        // A candidate drops it without a word.
        Decision::ReadDropped { .. } if speaker.role != Role::Follower => Vec::new(),
        Decision::ReadDropped { term, .. } => {
            info(format!("{id:x} no leader at term {term}; dropping index reading msg"))
        }
        Decision::LeaderForgotten { term, leader } => {
            info(format!("{id:x} forgetting leader {leader:x} at term {term}"))
        }
        Decision::ForgetLeaderRefused => {
            vec![(Level::Error, "ignoring MsgForgetLeader due to ReadOnlyLeaseBased".to_string())]
        }
        _ => Vec::new(),
    }
}
