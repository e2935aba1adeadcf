//! One node, as the page draws it.

use raft_core::{Body, ConfState, Entry, NodeId, ProgressState as CoreProgressState, Role, Status};
use raftarium_sim::World;
use raftarium_sim::command::command_text;
use raftarium_sim::node::{Node, Timer};

use crate::plain::{List, Text, list};
use crate::view::{
    EntryKindView, EntryView, MemberView, NodeView, PairView, ProgressState, ProgressView, RoleView, TimerView,
    VoteState, VoteView,
};

/// The node, with the entries of its log from `log_from` to `log_to`.
pub(super) fn view<'a>(world: &World, conf: &ConfState, node: &'a Node, log_from: u64, log_to: u64) -> NodeView<'a> {
    let status = node.status();
    let (first_index, last_index) = (node.first_index(), node.last_index());
    let shown = log_from.max(first_index)..=log_to.min(last_index);
    let (commit, synced, applied) = (node.commit(), node.synced_index(), node.applied());
    NodeView {
        id: Text::Node(node.id()),
        up: node.is_up(),
        frozen: node.is_frozen(),
        role: role(node.role()),
        member: member(conf, node.id()),
        stale_leader: is_stale_leader(world, node),
        term: node.term(),
        voted_for: node.voted_for().map(Text::Node),
        vote_synced: node.is_vote_synced(),
        leader: status.and_then(|status| status.leader).map(Text::Node),
        commit,
        applied,
        synced,
        first_index,
        last_index,
        timer: node.timer(world.now_us()).map(timer),
        log: list(shown.filter_map(|index| node.entry(index)).map(|entry| EntryView {
            index: entry.index,
            term: entry.term,
            kind: kind(entry),
            command: command(entry),
            committed: entry.index <= commit,
            synced: entry.index <= synced,
            applied: entry.index <= applied,
        })),
        votes: status.map(|status| votes(world, &status)).unwrap_or_default(),
        progress: status.map(|status| progress(&status)).unwrap_or_default(),
        store: node.store().map(|store| list(store.iter().map(|(key, value)| pair(key, value)))).unwrap_or_default(),
        inbox: u32::try_from(node.inbox().len()).unwrap_or(u32::MAX),
        syncing: node.is_syncing(),
    }
}

/// A leader while another running node is in a later term.
fn is_stale_leader(world: &World, node: &Node) -> bool {
    node.role() == Role::Leader
        && world.nodes().iter().any(|other| {
            other.is_up() && other.term() > node.term() && other.status().is_some_and(|status| status.leader.is_some())
        })
}

fn member(conf: &ConfState, node: NodeId) -> MemberView {
    let (is_new, is_old) = (conf.voters.contains(&node), conf.voters_outgoing.contains(&node));
    match (is_new, is_old) {
        (true, false) if conf.is_joint() => MemberView::Incoming,
        (true, _) => MemberView::Voter,
        (false, true) => MemberView::Outgoing,
        (false, false) if conf.is_learner(node) => MemberView::Learner,
        (false, false) => MemberView::Outside,
    }
}

fn role(role: Role) -> RoleView {
    match role {
        Role::Follower => RoleView::Follower,
        Role::PreCandidate => RoleView::PreCandidate,
        Role::Candidate => RoleView::Candidate,
        Role::Leader => RoleView::Leader,
    }
}

fn timer(timer: Timer) -> TimerView {
    TimerView {
        start_us: timer.start_us,
        deadline_us: timer.deadline_us,
        minimum_us: timer.minimum_us,
        stopped_remaining_us: timer.stopped_remaining_us,
    }
}

fn kind(entry: &Entry) -> EntryKindView {
    match &entry.body {
        Body::Noop => EntryKindView::Noop,
        Body::Command(_) => EntryKindView::Command,
        Body::ConfChange(_) => EntryKindView::ConfChange,
    }
}

/// The command of an entry as typed; empty when it has none.
pub(super) fn command(entry: &Entry) -> Text<'_> {
    match &entry.body {
        Body::Command(payload) => Text::Words(command_text(payload)),
        Body::ConfChange(change) => Text::Shown(&**change),
        Body::Noop => Text::Words(""),
    }
}

fn pair<'a>(key: &'a str, value: &'a str) -> PairView<'a> {
    PairView { key: Text::Words(key), value: Text::Words(value) }
}

/// A candidate's count: its own vote is in it once it is synced.
fn votes(world: &World, status: &Status<'_>) -> List<VoteView<'static>> {
    match status.role {
        Role::Follower | Role::Leader => List::default(),
        Role::PreCandidate | Role::Candidate => {
            list(world.nodes().iter().filter(|node| status.conf.is_voter(node.id())).map(|node| {
                let vote = match status.votes.iter().find(|(voter, _)| *voter == node.id()) {
                    Some((_, true)) => VoteState::Granted,
                    Some((_, false)) => VoteState::Refused,
                    None => VoteState::Waiting,
                };
                VoteView { node: Text::Node(node.id()), vote }
            }))
        }
    }
}

fn progress(status: &Status<'_>) -> List<ProgressView<'static>> {
    let others = status.progress.iter().filter(|(node, _)| *node != status.id);
    list(others.map(|(node, progress)| ProgressView {
        node: Text::Node(*node),
        match_index: progress.match_index(),
        next_index: progress.next_index(),
        state: match progress.state() {
            CoreProgressState::Probe => ProgressState::Probe,
            CoreProgressState::Replicate => ProgressState::Replicate,
            CoreProgressState::Snapshot => ProgressState::Snapshot,
        },
        in_flight: u32::try_from(progress.inflight()).unwrap_or(u32::MAX),
        paused: progress.is_paused(),
    }))
}
