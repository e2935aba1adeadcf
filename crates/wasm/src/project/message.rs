//! One message in flight, as the page draws it.

use raft_core::{AppendResult, Entry, Message, MessageBody, MessageKind as CoreKind, Position};
use raftarium_sim::World;
use raftarium_sim::network::{Flight, Parcel, ParcelKind};

use super::node::command;
use crate::plain::{List, Text, list};
use crate::view::{CarriedEntryView, MessageKind, MessageView, PositionView};

/// So many messages are told of: where thousands are under way nobody can tell one from the other, and to tell of each after each
/// event took longer than half a second.
const TOLD_MAX: usize = 256;

/// The messages in flight, those that left first, and how many more there are.
pub(super) fn views(world: &World) -> (List<MessageView<'_>>, u32) {
    let more = world.messages_in_flight().count().saturating_sub(TOLD_MAX);
    (list(world.messages_in_flight().take(TOLD_MAX).map(view)), u32::try_from(more).unwrap_or(u32::MAX))
}

/// The message, with only the fields of its kind filled.
fn view(flight: &Flight) -> MessageView<'_> {
    let bare = MessageView {
        id: Text::Shown(&flight.id),
        kind: kind(flight.id.kind),
        from: Text::Shown(&flight.id.from),
        to: Text::Shown(&flight.id.to),
        term: 0,
        sent_us: flight.sent_us + flight.waited_us,
        arrive_us: flight.arrive_us,
        doomed: flight.doomed,
        held_us: flight.held_since_us,
        reads: false,
        granted: None,
        rejected: None,
        prev: None,
        last: None,
        entries: List::default(),
        commit: None,
        match_index: None,
        command: None,
    };
    match &flight.parcel {
        Parcel::Raft(message) => raft(bare, message),
        Parcel::Request(submission) => MessageView { command: Some(Text::Shown(&submission.command)), ..bare },
        Parcel::Reply { answer, .. } => {
            let done = matches!(answer, raftarium_sim::network::Answer::Done(_));
            MessageView { rejected: Some(!done), ..bare }
        }
    }
}

fn raft<'a>(bare: MessageView<'a>, message: &'a Message) -> MessageView<'a> {
    let bare = MessageView { term: message.term, ..bare };
    match &message.body {
        MessageBody::RequestVote { last, .. } => MessageView { last: Some(position(*last)), ..bare },
        MessageBody::RequestVoteResponse { granted, .. } => MessageView { granted: Some(*granted), ..bare },
        MessageBody::AppendEntries { prev, entries, commit } => MessageView {
            prev: Some(position(*prev)),
            entries: list(entries.iter().map(carried)),
            commit: Some(*commit),
            ..bare
        },
        MessageBody::AppendEntriesResponse(AppendResult::Matched { index }) => {
            MessageView { rejected: Some(false), match_index: Some(*index), ..bare }
        }
        MessageBody::AppendEntriesResponse(AppendResult::Rejected { prev_index, .. }) => {
            MessageView { rejected: Some(true), match_index: Some(*prev_index), ..bare }
        }
        MessageBody::Heartbeat { commit, read_round } => {
            MessageView { commit: Some(*commit), reads: *read_round > 0, ..bare }
        }
        MessageBody::HeartbeatResponse { read_round } => MessageView { reads: *read_round > 0, ..bare },
        MessageBody::InstallSnapshot { snapshot } => MessageView { last: Some(position(snapshot.last)), ..bare },
        MessageBody::TimeoutNow
        | MessageBody::TransferLeader { .. }
        | MessageBody::Propose { .. }
        | MessageBody::ReadIndex { .. }
        | MessageBody::ReadIndexResponse { .. } => bare,
    }
}

pub(super) fn position(position: Position) -> PositionView {
    PositionView { term: position.term, index: position.index }
}

fn carried(entry: &Entry) -> CarriedEntryView<'_> {
    CarriedEntryView { index: entry.index, term: entry.term, command: command(entry) }
}

/// The page's name for a kind of parcel.
pub(super) fn kind(kind: ParcelKind) -> MessageKind {
    match kind {
        ParcelKind::Raft(kind) => raft_kind(kind),
        ParcelKind::Request => MessageKind::ClientRequest,
        ParcelKind::Reply => MessageKind::ClientReply,
    }
}

/// The page's name for a kind of Raft's messages.
pub(super) fn raft_kind(kind: CoreKind) -> MessageKind {
    match kind {
        CoreKind::RequestPreVote => MessageKind::RequestPreVote,
        CoreKind::RequestPreVoteResponse => MessageKind::RequestPreVoteResponse,
        CoreKind::RequestVote => MessageKind::RequestVote,
        CoreKind::RequestVoteResponse => MessageKind::RequestVoteResponse,
        CoreKind::AppendEntries => MessageKind::AppendEntries,
        CoreKind::AppendEntriesResponse => MessageKind::AppendEntriesResponse,
        CoreKind::Heartbeat => MessageKind::Heartbeat,
        CoreKind::HeartbeatResponse => MessageKind::HeartbeatResponse,
        CoreKind::InstallSnapshot => MessageKind::InstallSnapshot,
        CoreKind::TimeoutNow => MessageKind::TimeoutNow,
        CoreKind::TransferLeader => MessageKind::TransferLeader,
        CoreKind::Propose => MessageKind::Propose,
        CoreKind::ReadIndex => MessageKind::ReadIndex,
        CoreKind::ReadIndexResponse => MessageKind::ReadIndexResponse,
    }
}
