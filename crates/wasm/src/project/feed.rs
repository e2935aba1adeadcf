//! Visible records as facts for sentences. Decisions that only an expert's trace shows are left out.

use raft_core::{Decision, ElectionCause, FollowerReason, IgnoreReason, NoCommit, NodeId, Position, Role, VoteRefusal};
use raftarium_sim::action::{Action, Healing, Path};
use raftarium_sim::command::command_text;
use raftarium_sim::liveness::Stall;
use raftarium_sim::trace::{Happening as Happened, Loss, Trace};

use super::message::{kind, position, raft_kind};
use super::{check_name, names, note, record_number};
use crate::feed::{FeedEvent, Happening as Tell, LossReason, Note, RefusalView, StepDownReason};
use crate::plain::Text::{Node, Shown, Words};
use crate::plain::{List, Plain, Writer, list};

/// At most `max` visible records with a number of `from_seq` or more.
pub(crate) fn events(trace: &Trace, from_seq: u32, max: u32) -> List<FeedEvent<'_>> {
    let visible = trace.from(u64::from(from_seq)).filter_map(|record| {
        let mut what = Writer::default();
        happening(&record.what, &mut what);
        let event = FeedEvent { seq: record_number(record.seq), at_us: record.at_us, what: what.end() };
        event.what.is_written().then_some(event)
    });
    list(visible.take(max as usize))
}

/// Writes what a record says, if the feed tells of it. Each `put` writes the fields of one variant and nothing else.
fn happening(what: &Happened, out: &mut Writer) {
    match what {
        Happened::Acted(action) => acted(action, out),
        Happened::Refused { action, why } => Tell::ActionRefused { text: Shown(action), why: Shown(why) }.put(out),
        Happened::Crashed { node, lost_entries } => {
            Tell::Crashed { node: Node(*node), lost_entries: record_number(*lost_entries) }.put(out)
        }
        Happened::Restarted { node, term, last_index } => {
            Tell::Restarted { node: Node(*node), term: *term, last_index: *last_index }.put(out)
        }
        Happened::Decided { node, decision } => decided(*node, decision, out),
        Happened::Appended { node, from, to, term, command, own } => Tell::Appended {
            node: Node(*node),
            from: *from,
            to: *to,
            term: *term,
            command: command.as_ref().map(|payload| Words(command_text(payload))),
            own: *own,
        }
        .put(out),
        Happened::Synced { node, term, voted_for, last_index } => {
            Tell::Synced { node: Node(*node), term: *term, voted_for: voted_for.map(Node), last_index: *last_index }
                .put(out)
        }
        Happened::Committed { node, from, to, term, own } => {
            Tell::Committed { node: Node(*node), from: *from, index: *to, term: *term, own: *own }.put(out)
        }
        Happened::Applied { node, index, command, outcome, skipped } => Tell::Applied {
            node: Node(*node),
            index: *index,
            command: Shown(command),
            result: outcome.as_ref().map_or(Words(""), |outcome| Shown(outcome)),
            skipped: *skipped,
        }
        .put(out),
        Happened::Compacted { node, index, .. } => note::noted(*node, Note::Compacted, None, Some(*index), out),
        Happened::Joined { node } => note::noted(*node, Note::Joined, None, None, out),
        Happened::NotProposed { node, .. } => note::noted(*node, Note::NotProposed, None, None, out),
        Happened::Read { node, index, command, outcome } => {
            Tell::Read { node: Node(*node), index: *index, command: Shown(command), result: Shown(outcome) }.put(out)
        }
        Happened::Lost { message, why } => Tell::Lost {
            message: kind(message.kind),
            from: Shown(&message.from),
            to: Shown(&message.to),
            why: match why {
                Loss::Cut => LossReason::Cut,
                Loss::Dropped => LossReason::Dropped,
                Loss::Down => LossReason::Down,
                Loss::Full => LossReason::Full,
            },
        }
        .put(out),
        Happened::ClientQueued { .. }
        | Happened::ClientAsked { .. }
        | Happened::ClientRedirected { .. }
        | Happened::ClientTimedOut { .. }
        | Happened::ClientAnswered { .. } => client(what, out),
        Happened::Stalled(note) => {
            Tell::Stalled { since_us: note.since_us, led: note.stall == Stall::NoCommit }.put(out)
        }
        Happened::Violated(violation) => Tell::Violated {
            check: check_name(violation.property),
            text: Words(&violation.text),
            nodes: names(&violation.nodes),
            index: violation.index,
        }
        .put(out),
    }
}

fn acted(action: &Action, out: &mut Writer) {
    match action {
        Action::Freeze { node } => Tell::Frozen { node: Node(*node) }.put(out),
        Action::Thaw { node } => Tell::Thawed { node: Node(*node) }.put(out),
        Action::Isolate { node } => Tell::Isolated { node: Node(*node) }.put(out),
        Action::Cut(path) => {
            let (a, b) = path.ends();
            Tell::Cut { a: Node(a), b: Node(b), one_way: is_one_way(*path) }.put(out)
        }
        Action::Heal(Healing::All) => Tell::Healed { a: None, b: None, one_way: false }.put(out),
        Action::Heal(Healing::Node(node)) => Tell::Healed { a: Some(Node(*node)), b: None, one_way: false }.put(out),
        Action::Heal(Healing::Path(path)) => {
            let (a, b) = path.ends();
            Tell::Healed { a: Some(Node(a)), b: Some(Node(b)), one_way: is_one_way(*path) }.put(out)
        }
        Action::Partition { groups } => {
            Tell::Partitioned { groups: list(groups.iter().map(|group| list(group.iter().map(Node)))) }.put(out)
        }
        Action::Crash { .. }
        | Action::Restart { .. }
        | Action::Timeout { .. }
        | Action::Timer { .. }
        | Action::Client { .. }
        | Action::Load { .. }
        | Action::EndLoop { .. }
        | Action::Link { .. }
        | Action::Meet { .. }
        | Action::DiskSync { .. }
        | Action::DiskLose { .. }
        | Action::Compact { .. }
        | Action::Member(_)
        | Action::Transfer { .. }
        | Action::Next { .. }
        | Action::Tick { .. }
        | Action::Propose { .. }
        | Action::Break { .. }
        | Action::Mend { .. }
        | Action::Clock { .. } => Tell::Action { text: Shown(action) }.put(out),
    }
}

fn is_one_way(path: Path) -> bool {
    match path {
        Path::Between(..) => false,
        Path::OneWay { .. } => true,
    }
}

fn client(what: &Happened, out: &mut Writer) {
    match what {
        Happened::ClientQueued { client, command } => {
            Tell::ClientQueued { client: Shown(client), command: Shown(command) }.put(out)
        }
        Happened::ClientAsked { client, node, command, attempt } => Tell::ClientSubmitted {
            client: Shown(client),
            node: Node(*node),
            command: Shown(command),
            attempt: *attempt,
        }
        .put(out),
        Happened::ClientRedirected { client, node, leader } => {
            Tell::ClientRedirected { client: Shown(client), node: Node(*node), leader: leader.map(Node) }.put(out)
        }
        Happened::ClientTimedOut { client, node, command } => {
            Tell::ClientTimedOut { client: Shown(client), node: Node(*node), command: Shown(command) }.put(out)
        }
        Happened::ClientAnswered { client, node, command, outcome } => Tell::ClientAnswered {
            client: Shown(client),
            node: Node(*node),
            command: Shown(command),
            result: Shown(outcome),
        }
        .put(out),
        Happened::Acted(_)
        | Happened::Refused { .. }
        | Happened::Crashed { .. }
        | Happened::Restarted { .. }
        | Happened::Decided { .. }
        | Happened::Appended { .. }
        | Happened::Synced { .. }
        | Happened::Committed { .. }
        | Happened::Applied { .. }
        | Happened::Compacted { .. }
        | Happened::Read { .. }
        | Happened::Joined { .. }
        | Happened::NotProposed { .. }
        | Happened::Lost { .. }
        | Happened::Stalled(_)
        | Happened::Violated(_) => {}
    }
}

fn decided(id: NodeId, decision: &Decision, out: &mut Writer) {
    let node = Node(id);
    match decision {
        Decision::ElectionStarted { term, cause: ElectionCause::Timeout { .. } | ElectionCause::Asked } => {
            Tell::TimedOut { node, term: *term }.put(out)
        }
        Decision::BecamePreCandidate { term } => Tell::BecameCandidate { node, term: *term, pre_vote: true }.put(out),
        Decision::BecameCandidate { term } => Tell::BecameCandidate { node, term: *term, pre_vote: false }.put(out),
        Decision::BecameLeader { term, votes } => {
            Tell::BecameLeader { node, term: *term, votes: names(votes) }.put(out)
        }
        Decision::BecameFollower { was, term, leader, why, .. } => {
            let (leader, was_leader, why) = (leader.map(Node), *was == Role::Leader, step_down(*why));
            Tell::BecameFollower { node, term: *term, leader, was_leader, why }.put(out)
        }
        Decision::VoteGranted { to, term, .. } => Tell::VoteGranted { node, to: Node(*to), term: *term }.put(out),
        Decision::VoteRefused { to, term, mine, theirs, why, .. } => {
            Tell::VoteRefused { node, to: Node(*to), term: *term, why: refusal(*why, *mine, *theirs) }.put(out)
        }
        Decision::HigherTerm { from, mine, theirs, .. } => {
            Tell::HigherTerm { node, from: Node(*from), mine: *mine, theirs: *theirs }.put(out)
        }
        Decision::Ignored { from, kind, mine, theirs: term, why: IgnoreReason::LowerTerm } => {
            Tell::Ignored { node, from: Node(*from), message: raft_kind(*kind), term: *term, mine: *mine }.put(out)
        }
        Decision::AppendRefused { from, prev, hint, .. } => {
            Tell::AppendRefused { node, from: Node(*from), prev: position(*prev), hint: hint.index }.put(out)
        }
        Decision::Truncated { from, to, .. } => Tell::Truncated { node, from: *from, to: *to }.put(out),
        Decision::NotCommitted { index, term, why: NoCommit::OlderTerm { mine } } => {
            Tell::NotCommitted { node, index: *index, entry_term: *term, term: *mine }.put(out)
        }
        #[rustfmt::skip]
        Decision::ElectionStarted { cause: ElectionCause::Transfer { .. }, .. }
        | Decision::Ignored { why: IgnoreReason::UnknownNode | IgnoreReason::NotMyRole | IgnoreReason::Nonsense, .. }
        | Decision::ForgetLeaderRefused | Decision::ElectionRefused { .. } | Decision::VoteRequested { .. }
        | Decision::VoteReceived { .. } | Decision::LowerTermAnswered { .. } | Decision::AppendAccepted { .. }
        | Decision::AppendBelowCommit { .. } | Decision::Conflict { .. } | Decision::AppendRejected { .. }
        | Decision::ProgressDecreased { .. } | Decision::Unreachable { .. } | Decision::Committed { .. }
        | Decision::QuorumLost { .. } | Decision::AckIgnored { .. } | Decision::ProposalDropped { .. }
        | Decision::ConfChangeRefused { .. } | Decision::ConfigurationChanged { .. } | Decision::AutoLeave { .. }
        | Decision::SnapshotSent { .. } | Decision::SnapshotNotSent { .. } | Decision::SnapshotCaughtUp { .. }
        | Decision::SnapshotReported { .. } | Decision::SnapshotRestoring { .. } | Decision::SnapshotRestored { .. }
        | Decision::SnapshotFastForwarded { .. } | Decision::SnapshotIgnored { .. }
        | Decision::TransferStarted { .. } | Decision::TimeoutNowSent { .. } | Decision::TimeoutNowReceived { .. }
        | Decision::TransferAborted { .. } | Decision::TransferIgnored { .. } | Decision::LeaderForgotten { .. }
        | Decision::ReadPostponed { .. } | Decision::ReadConfirmed { .. } | Decision::ReadDropped { .. } => note::decided(id, decision, out),
    }
}

fn refusal(why: VoteRefusal, mine: Position, theirs: Position) -> RefusalView<'static> {
    match why {
        VoteRefusal::LowerTerm { mine } => RefusalView::LowerTerm { mine },
        VoteRefusal::AlreadyVoted { voted_for } => RefusalView::AlreadyVoted { to: Node(voted_for) },
        VoteRefusal::LeaderKnown { leader } => RefusalView::LeaderKnown { leader: Node(leader) },
        VoteRefusal::LeaseHeld { leader, .. } => RefusalView::LeaseHeld { leader: Node(leader) },
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
