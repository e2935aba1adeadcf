//! How the core's values enter the digest: word by word, in an order that never changes.

use raft_core::{
    AppendResult, Body, Change, ConfChange, Entry, Message, MessageBody, Position, Role, Status, Transition,
};

use crate::digest::Digest;
use crate::network::{Answer, Flight, Parcel};

/// Adds a message that leaves: its way, its times and all it says.
pub(crate) fn flight(digest: &mut Digest, flight: &Flight) {
    digest.words([flight.id.from.code(), flight.id.to.code(), flight.id.kind.code(), flight.arrive_us]);
    digest.word(u64::from(flight.doomed));
    match &flight.parcel {
        Parcel::Raft(raft) => message(digest, raft),
        Parcel::Request(submission) => digest.bytes(&submission.encode()),
        Parcel::Reply { sequence, answer } => {
            digest.word(*sequence);
            match answer {
                Answer::Done(outcome) => digest.bytes(outcome.to_string().as_bytes()),
                Answer::NotLeader { hint } => digest.word(hint.unwrap_or(0)),
            }
        }
    }
}

fn position(digest: &mut Digest, position: Position) {
    digest.words([position.term, position.index]);
}

fn entries(digest: &mut Digest, entries: &[Entry]) {
    digest.word(entries.len() as u64);
    for entry in entries {
        position(digest, entry.position());
        match &entry.body {
            Body::Noop => digest.word(1),
            Body::Command(payload) => digest.bytes(payload),
            Body::ConfChange(asked) => change(digest, asked),
        }
    }
}

/// Adds a change of the configuration.
pub(crate) fn change(digest: &mut Digest, change: &ConfChange) {
    digest.word(change.changes.len() as u64);
    for step in &change.changes {
        let kind = match step {
            Change::AddVoter(_) => 1,
            Change::AddLearner(_) => 2,
            Change::Remove(_) => 3,
        };
        digest.words([kind, step.node()]);
    }
    digest.word(u64::from(change.transition == Transition::Implicit));
}

fn message(digest: &mut Digest, message: &Message) {
    digest.words([message.from, message.to, message.term]);
    match &message.body {
        MessageBody::RequestVote { last, pre_vote, transfer } => {
            position(digest, *last);
            digest.words([u64::from(*pre_vote), u64::from(*transfer)]);
        }
        MessageBody::RequestVoteResponse { granted, pre_vote } => {
            digest.words([u64::from(*granted), u64::from(*pre_vote)]);
        }
        MessageBody::AppendEntries { prev, entries: carried, commit } => {
            position(digest, *prev);
            entries(digest, carried);
            digest.word(*commit);
        }
        MessageBody::AppendEntriesResponse(AppendResult::Matched { index }) => digest.words([1, *index]),
        MessageBody::AppendEntriesResponse(AppendResult::Rejected { prev_index, hint }) => {
            digest.words([2, *prev_index]);
            position(digest, *hint);
        }
        MessageBody::Heartbeat { commit, read_round } => digest.words([*commit, *read_round]),
        MessageBody::HeartbeatResponse { read_round } => digest.word(*read_round),
        MessageBody::InstallSnapshot { snapshot } => {
            position(digest, snapshot.last);
            digest.bytes(&snapshot.data);
        }
        MessageBody::TimeoutNow => digest.word(0),
        MessageBody::TransferLeader { transferee } => digest.word(*transferee),
        MessageBody::Propose { entries: carried } => entries(digest, carried),
        MessageBody::ReadIndex { context } => digest.word(*context),
        MessageBody::ReadIndexResponse { index, context } => digest.words([*index, *context]),
    }
}

/// Adds how a node stands.
pub(crate) fn status(digest: &mut Digest, status: &Status<'_>) {
    let role = match status.role {
        Role::Follower => 1,
        Role::PreCandidate => 2,
        Role::Candidate => 3,
        Role::Leader => 4,
    };
    let ticks = u64::from(status.election_elapsed_ticks) << 32 | u64::from(status.randomized_election_timeout_ticks);
    digest.words([
        role << 32 | status.leader.unwrap_or(0) << 16 | status.voted_for.unwrap_or(0),
        status.term,
        status.commit,
        status.applied,
        status.last.term,
        status.last.index,
        ticks,
    ]);
}
