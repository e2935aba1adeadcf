//! Visible records as facts for sentences. Decisions that only an expert's trace shows are left out.

use raft_core::{Decision, ElectionCause, FollowerReason, IgnoreReason, NoCommit, NodeId, Position, Role, VoteRefusal};
use raftarium_sim::action::{Action, Healing, Path};
use raftarium_sim::command::command_text;
use raftarium_sim::trace::{Happening as Happened, Loss, Trace};

use super::message::{kind, position, raft_kind};
use super::{check_name, name, record_number};
use crate::feed::{FeedEvent, Happening, LossReason, RefusalView, StepDownReason};

/// At most `max` visible records with a number of `from_seq` or more.
pub(crate) fn events(trace: &Trace, from_seq: u32, max: u32) -> Vec<FeedEvent> {
    let visible = trace.from(u64::from(from_seq)).filter_map(|record| {
        happening(&record.what).map(|what| FeedEvent { seq: record_number(record.seq), at_us: record.at_us, what })
    });
    visible.take(max as usize).collect()
}

fn happening(what: &Happened) -> Option<Happening> {
    Some(match what {
        Happened::Acted(action) => acted(action),
        Happened::Refused { action, why } => {
            Happening::ActionRefused { text: action.to_string(), why: why.to_string() }
        }
        Happened::Crashed { node, lost_entries } => {
            Happening::Crashed { node: name(*node), lost_entries: record_number(*lost_entries) }
        }
        Happened::Restarted { node, term, last_index } => {
            Happening::Restarted { node: name(*node), term: *term, last_index: *last_index }
        }
        Happened::Decided { node, decision } => return decided(*node, decision),
        Happened::Appended { node, from, to, term, command, own } => Happening::Appended {
            node: name(*node),
            from: *from,
            to: *to,
            term: *term,
            command: command.as_ref().map(|payload| command_text(payload).to_owned()),
            own: *own,
        },
        Happened::Synced { node, term, voted_for, last_index } => Happening::Synced {
            node: name(*node),
            term: *term,
            voted_for: voted_for.map(name),
            last_index: *last_index,
        },
        Happened::Committed { node, from, to, term, own } => {
            Happening::Committed { node: name(*node), from: *from, index: *to, term: *term, own: *own }
        }
        Happened::Applied { node, index, command, outcome, skipped } => Happening::Applied {
            node: name(*node),
            index: *index,
            command: command.to_string(),
            result: outcome.as_ref().map_or_else(String::new, ToString::to_string),
            skipped: *skipped,
        },
        Happened::Lost { message, why } => Happening::Lost {
            message: kind(message.kind),
            from: message.from.to_string(),
            to: message.to.to_string(),
            why: match why {
                Loss::Cut => LossReason::Cut,
                Loss::Dropped => LossReason::Dropped,
                Loss::Down => LossReason::Down,
                Loss::Full => LossReason::Full,
            },
        },
        Happened::ClientQueued { .. }
        | Happened::ClientAsked { .. }
        | Happened::ClientRedirected { .. }
        | Happened::ClientTimedOut { .. }
        | Happened::ClientAnswered { .. } => return client(what),
        Happened::Violated(violation) => Happening::Violated {
            check: check_name(violation.property),
            text: violation.text.clone(),
            nodes: names(&violation.nodes),
            index: violation.index,
        },
    })
}

fn acted(action: &Action) -> Happening {
    match action {
        Action::Freeze { node } => Happening::Frozen { node: name(*node) },
        Action::Thaw { node } => Happening::Thawed { node: name(*node) },
        Action::Isolate { node } => Happening::Isolated { node: name(*node) },
        Action::Cut(path) => {
            let (a, b) = path.ends();
            Happening::Cut { a: name(a), b: name(b), one_way: is_one_way(*path) }
        }
        Action::Heal(Healing::All) => Happening::Healed { a: None, b: None, one_way: false },
        Action::Heal(Healing::Node(node)) => Happening::Healed { a: Some(name(*node)), b: None, one_way: false },
        Action::Heal(Healing::Path(path)) => {
            let (a, b) = path.ends();
            Happening::Healed { a: Some(name(a)), b: Some(name(b)), one_way: is_one_way(*path) }
        }
        Action::Partition { groups } => {
            Happening::Partitioned { groups: groups.iter().map(|group| group.iter().map(name).collect()).collect() }
        }
        Action::Crash { .. }
        | Action::Restart { .. }
        | Action::Timeout { .. }
        | Action::Timer { .. }
        | Action::Client { .. }
        | Action::Load { .. }
        | Action::Link { .. }
        | Action::Meet { .. }
        | Action::DiskSync { .. }
        | Action::DiskLose { .. }
        | Action::Tick { .. }
        | Action::Propose { .. }
        | Action::Break { .. }
        | Action::Mend { .. }
        | Action::Clock { .. } => Happening::Action { text: action.to_string() },
    }
}

fn is_one_way(path: Path) -> bool {
    match path {
        Path::Between(..) => false,
        Path::OneWay { .. } => true,
    }
}

fn client(what: &Happened) -> Option<Happening> {
    match what {
        Happened::ClientQueued { client, command } => {
            Some(Happening::ClientQueued { client: client.to_string(), command: command.to_string() })
        }
        Happened::ClientAsked { client, node, command, attempt } => Some(Happening::ClientSubmitted {
            client: client.to_string(),
            node: name(*node),
            command: command.to_string(),
            attempt: *attempt,
        }),
        Happened::ClientRedirected { client, node, leader } => Some(Happening::ClientRedirected {
            client: client.to_string(),
            node: name(*node),
            leader: leader.map(name),
        }),
        Happened::ClientTimedOut { client, node, command } => Some(Happening::ClientTimedOut {
            client: client.to_string(),
            node: name(*node),
            command: command.to_string(),
        }),
        Happened::ClientAnswered { client, node, command, outcome } => Some(Happening::ClientAnswered {
            client: client.to_string(),
            node: name(*node),
            command: command.to_string(),
            result: outcome.to_string(),
        }),
        Happened::Acted(_)
        | Happened::Refused { .. }
        | Happened::Crashed { .. }
        | Happened::Restarted { .. }
        | Happened::Decided { .. }
        | Happened::Appended { .. }
        | Happened::Synced { .. }
        | Happened::Committed { .. }
        | Happened::Applied { .. }
        | Happened::Lost { .. }
        | Happened::Violated(_) => None,
    }
}

fn decided(node: NodeId, decision: &Decision) -> Option<Happening> {
    let node = name(node);
    Some(match decision {
        Decision::ElectionStarted { term, cause: ElectionCause::Timeout { .. } | ElectionCause::Asked } => {
            Happening::TimedOut { node, term: *term }
        }
        Decision::BecamePreCandidate { term } => Happening::BecameCandidate { node, term: *term, pre_vote: true },
        Decision::BecameCandidate { term } => Happening::BecameCandidate { node, term: *term, pre_vote: false },
        Decision::BecameLeader { term, votes } => Happening::BecameLeader { node, term: *term, votes: names(votes) },
        Decision::BecameFollower { was, term, leader, why, .. } => {
            let (leader, was_leader) = (leader.map(name), *was == Role::Leader);
            Happening::BecameFollower { node, term: *term, leader, was_leader, why: step_down(*why) }
        }
        Decision::VoteGranted { to, term, .. } => Happening::VoteGranted { node, to: name(*to), term: *term },
        Decision::VoteRefused { to, term, mine, theirs, why, .. } => {
            Happening::VoteRefused { node, to: name(*to), term: *term, why: refusal(*why, *mine, *theirs) }
        }
        Decision::HigherTerm { from, mine, theirs, .. } => {
            Happening::HigherTerm { node, from: name(*from), mine: *mine, theirs: *theirs }
        }
        Decision::Ignored { from, kind, mine, theirs, why: IgnoreReason::LowerTerm } => {
            let (from, message) = (name(*from), raft_kind(*kind));
            Happening::Ignored { node, from, message, term: *theirs, mine: *mine }
        }
        Decision::AppendRefused { from, prev, hint, .. } => {
            Happening::AppendRefused { node, from: name(*from), prev: position(*prev), hint: hint.index }
        }
        Decision::Truncated { from, to, .. } => Happening::Truncated { node, from: *from, to: *to },
        Decision::NotCommitted { index, term, why: NoCommit::OlderTerm { mine } } => {
            Happening::NotCommitted { node, index: *index, entry_term: *term, term: *mine }
        }
        Decision::ElectionStarted { cause: ElectionCause::Transfer { .. }, .. }
        | Decision::Ignored {
            why: IgnoreReason::UnknownNode | IgnoreReason::NotMyRole | IgnoreReason::Nonsense, ..
        }
        | Decision::ForgetLeaderRefused
        | Decision::ElectionRefused { .. }
        | Decision::VoteRequested { .. }
        | Decision::VoteReceived { .. }
        | Decision::LowerTermAnswered { .. }
        | Decision::AppendAccepted { .. }
        | Decision::AppendBelowCommit { .. }
        | Decision::Conflict { .. }
        | Decision::AppendRejected { .. }
        | Decision::ProgressDecreased { .. }
        | Decision::Unreachable { .. }
        | Decision::Committed { .. }
        | Decision::QuorumLost { .. }
        | Decision::AckIgnored { .. }
        | Decision::ProposalDropped { .. }
        | Decision::ConfChangeRefused { .. }
        | Decision::ConfigurationChanged { .. }
        | Decision::AutoLeave { .. }
        | Decision::SnapshotSent { .. }
        | Decision::SnapshotNotSent { .. }
        | Decision::SnapshotCaughtUp { .. }
        | Decision::SnapshotReported { .. }
        | Decision::SnapshotRestoring { .. }
        | Decision::SnapshotRestored { .. }
        | Decision::SnapshotFastForwarded { .. }
        | Decision::SnapshotIgnored { .. }
        | Decision::TransferStarted { .. }
        | Decision::TimeoutNowSent { .. }
        | Decision::TimeoutNowReceived { .. }
        | Decision::TransferAborted { .. }
        | Decision::TransferIgnored { .. }
        | Decision::LeaderForgotten { .. }
        | Decision::ReadPostponed { .. }
        | Decision::ReadConfirmed { .. }
        | Decision::ReadDropped { .. } => return None,
    })
}

fn names(nodes: &[NodeId]) -> Vec<String> {
    nodes.iter().map(|&node| name(node)).collect()
}

fn refusal(why: VoteRefusal, mine: Position, theirs: Position) -> RefusalView {
    match why {
        VoteRefusal::LowerTerm { mine } => RefusalView::LowerTerm { mine },
        VoteRefusal::AlreadyVoted { voted_for } => RefusalView::AlreadyVoted { to: name(voted_for) },
        VoteRefusal::LeaderKnown { leader } => RefusalView::LeaderKnown { leader: name(leader) },
        VoteRefusal::LeaseHeld { leader, .. } => RefusalView::LeaseHeld { leader: name(leader) },
        VoteRefusal::LogBehind => RefusalView::LogBehind { mine: position(mine), theirs: position(theirs) },
    }
}

fn step_down(why: FollowerReason) -> StepDownReason {
    match why {
        FollowerReason::Started => StepDownReason::Started,
        FollowerReason::HigherTerm { .. } => StepDownReason::HigherTerm,
        FollowerReason::LeaderExists { .. } => StepDownReason::HeardLeader,
        FollowerReason::ElectionLost => StepDownReason::LostElection,
        FollowerReason::QuorumInactive => StepDownReason::LostQuorum,
        FollowerReason::Removed => StepDownReason::Removed,
    }
}
