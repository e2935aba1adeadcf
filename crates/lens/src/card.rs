//! Messages, items and Readys as cards: copies of the core's values under the page's names.

use raft_core::{AppendResult, Body, Entry, Message, MessageBody, MessageKind, NodeId, Position, Ready, Role, SelfAck};
use raftarium_sim::command::command_text;
use raftarium_sim::network::{Answer, Flight, Parcel, ParcelKind};
use raftarium_sim::node::Item;
use raftarium_sim::watch::Stand as Stood;

use crate::told::{Card, CoreStand, EntryCard, HardCard, ItemCard, Place, Round, SoftCard};

/// `n1`.
pub(crate) fn name(node: NodeId) -> String {
    format!("n{node}")
}

/// The page's name of a role.
pub(crate) fn role(role: Role) -> &'static str {
    match role {
        Role::Follower => "follower",
        Role::PreCandidate => "preCandidate",
        Role::Candidate => "candidate",
        Role::Leader => "leader",
    }
}

fn kind(kind: ParcelKind) -> &'static str {
    match kind {
        ParcelKind::Request => "clientRequest",
        ParcelKind::Reply => "clientReply",
        ParcelKind::Raft(kind) => raft_kind(kind),
    }
}

fn raft_kind(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::RequestPreVote => "requestPreVote",
        MessageKind::RequestPreVoteResponse => "requestPreVoteResponse",
        MessageKind::RequestVote => "requestVote",
        MessageKind::RequestVoteResponse => "requestVoteResponse",
        MessageKind::AppendEntries => "appendEntries",
        MessageKind::AppendEntriesResponse => "appendEntriesResponse",
        MessageKind::Heartbeat => "heartbeat",
        MessageKind::HeartbeatResponse => "heartbeatResponse",
        MessageKind::InstallSnapshot => "installSnapshot",
        MessageKind::TimeoutNow => "timeoutNow",
        MessageKind::TransferLeader => "transferLeader",
        MessageKind::Propose => "propose",
        MessageKind::ReadIndex => "readIndex",
        MessageKind::ReadIndexResponse => "readIndexResponse",
    }
}

fn place(position: Position) -> Place {
    Place { term: position.term, index: position.index }
}

pub(crate) fn entry(entry: &Entry) -> EntryCard {
    let command = match &entry.body {
        Body::Command(payload) => command_text(payload).to_owned(),
        Body::Noop | Body::ConfChange(_) => String::new(),
    };
    EntryCard { index: entry.index, term: entry.term, command }
}

fn bare(kind: &'static str, from: String, to: String, term: u64) -> Card {
    Card {
        kind,
        from,
        to,
        term,
        entries: Vec::new(),
        prev: None,
        last: None,
        commit: None,
        match_index: None,
        granted: None,
        rejected: None,
        command: None,
    }
}

/// What a message in flight says.
pub(crate) fn of_flight(flight: &Flight) -> Card {
    let bare = bare(kind(flight.id.kind), flight.id.from.to_string(), flight.id.to.to_string(), 0);
    match &flight.parcel {
        Parcel::Raft(said) => message(said),
        Parcel::Request(submission) => Card { command: Some(submission.command.to_string()), ..bare },
        Parcel::Reply { answer, .. } => Card { rejected: Some(matches!(answer, Answer::NotLeader { .. })), ..bare },
    }
}

/// What a message says.
pub(crate) fn message(message: &Message) -> Card {
    let bare = bare(raft_kind(message.kind()), name(message.from), name(message.to), message.term);
    match &message.body {
        MessageBody::RequestVote { last, .. } => Card { last: Some(place(*last)), ..bare },
        MessageBody::RequestVoteResponse { granted, .. } => Card { granted: Some(*granted), ..bare },
        MessageBody::AppendEntries { prev, entries, commit } => Card {
            prev: Some(place(*prev)),
            entries: entries.iter().map(entry).collect(),
            commit: Some(*commit),
            ..bare
        },
        MessageBody::AppendEntriesResponse(AppendResult::Matched { index }) => {
            Card { rejected: Some(false), match_index: Some(*index), ..bare }
        }
        MessageBody::AppendEntriesResponse(AppendResult::Rejected { prev_index, .. }) => {
            Card { rejected: Some(true), match_index: Some(*prev_index), ..bare }
        }
        MessageBody::Heartbeat { commit, .. } => Card { commit: Some(*commit), ..bare },
        MessageBody::Propose { entries } => Card { entries: entries.iter().map(entry).collect(), ..bare },
        MessageBody::InstallSnapshot { snapshot } => Card { last: Some(place(snapshot.last)), ..bare },
        MessageBody::HeartbeatResponse { .. }
        | MessageBody::TimeoutNow
        | MessageBody::TransferLeader { .. }
        | MessageBody::ReadIndex { .. }
        | MessageBody::ReadIndexResponse { .. } => bare,
    }
}

/// What waits in an inbox, or was taken from it.
pub(crate) fn item(item: &Item) -> ItemCard {
    match item {
        Item::Tick => ItemCard::Tick,
        Item::Message(said) => ItemCard::Message { card: message(said) },
        Item::Proposal(submission) => {
            ItemCard::Request { client: submission.client.to_string(), command: submission.command.to_string() }
        }
        Item::Word(payload) => ItemCard::Word { command: command_text(payload).to_owned() },
        Item::Campaign => ItemCard::Campaign,
        // What an operator or the transport says to the node, in the words of the action or of the trace.
        Item::Member(membership) => ItemCard::Word { command: format!("member {membership}") },
        Item::Next(to, index) => ItemCard::Word { command: format!("next n{to} {index}") },
        Item::Transfer(to) => ItemCard::Word { command: format!("transfer n{to}") },
        Item::SnapshotFate { to, arrived } => {
            let fate = if *arrived { "arrived" } else { "lost" };
            ItemCard::Word { command: format!("snapshot n{to} {fate}") }
        }
    }
}

pub(crate) fn stood(stood: &Stood) -> CoreStand {
    CoreStand {
        role: role(stood.role),
        term: stood.term,
        voted_for: stood.voted_for.map(name),
        commit: stood.commit,
        last_index: stood.last_index,
    }
}

/// A Ready as a round that has not been told where it came from.
pub(crate) fn round(ready: &Ready, node: NodeId, at_us: u64, before: CoreStand, after: CoreStand) -> Round {
    let append = &ready.append;
    let mut own_vote = false;
    let mut own_append = None;
    for ack in &append.mark.self_acks {
        match ack {
            SelfAck::Vote { .. } => own_vote = true,
            SelfAck::Append { index, .. } => own_append = Some(*index),
        }
    }
    Round {
        seq: 0,
        node: name(node),
        at_us,
        took: None,
        waiting: Vec::new(),
        before,
        after,
        soft: ready.soft_state.map(|soft| SoftCard { leader: soft.leader.map(name), role: role(soft.role) }),
        hard: append.hard_state.map(|hard| HardCard {
            term: hard.term,
            voted_for: hard.voted_for.map(name),
            commit: hard.commit,
        }),
        entries: append.entries.iter().map(entry).collect(),
        snapshot: append.snapshot.as_ref().map(|snapshot| snapshot.last.index),
        must_sync: ready.must_sync,
        messages: ready.messages.iter().map(message).collect(),
        held_back: append.messages.iter().map(message).collect(),
        own_vote,
        own_append,
        committed: ready.committed_entries.iter().map(entry).collect(),
        reads: u32::try_from(ready.read_states.len()).unwrap_or(u32::MAX),
    }
}
