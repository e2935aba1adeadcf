//! Messages survive the way to raft-rs' words and back.

use std::sync::Arc;

use raft_core::{
    AppendResult, Body, Change, ConfChange, ConfState, Entries, Entry, Message, MessageBody, Payload, Position,
    Snapshot, Transition,
};
use raft_peers::translate::{to_ours, to_theirs};

fn entries() -> Entries {
    let change = ConfChange {
        transition: Transition::Explicit,
        changes: vec![Change::AddVoter(4), Change::AddLearner(5), Change::Remove(1)],
        context: Payload::from("why"),
    };
    let bodies = [
        Body::Noop,
        Body::Command(Payload::from("put x 1")),
        Body::ConfChange(Arc::new(change)),
        Body::ConfChange(Arc::new(ConfChange::LEAVE_JOINT)),
    ];
    (4..).zip(bodies).map(|(index, body)| Entry { term: 2, index, body }).collect()
}

fn snapshot() -> Arc<Snapshot> {
    let conf_state = ConfState {
        voters: vec![1, 2],
        voters_outgoing: vec![1, 3],
        learners: vec![4],
        learners_next: vec![3],
        auto_leave: true,
    };
    Arc::new(Snapshot { last: Position::new(3, 9), conf_state, data: Payload::from("the state") })
}

#[test]
fn each_kind_of_message_comes_back_as_it_was() {
    let hint = Position::new(1, 5);
    let bodies = [
        MessageBody::RequestVote { last: hint, pre_vote: false, transfer: true },
        MessageBody::RequestVote { last: hint, pre_vote: true, transfer: false },
        MessageBody::RequestVoteResponse { granted: true, pre_vote: true },
        MessageBody::RequestVoteResponse { granted: false, pre_vote: false },
        MessageBody::AppendEntries { prev: Position::new(2, 3), entries: entries(), commit: 2 },
        MessageBody::AppendEntries { prev: Position::ORIGIN, entries: Entries::EMPTY, commit: 0 },
        MessageBody::AppendEntriesResponse(AppendResult::Matched { index: 7 }),
        MessageBody::AppendEntriesResponse(AppendResult::Rejected { prev_index: 7, hint }),
        MessageBody::Heartbeat { commit: 3, read_round: 0 },
        MessageBody::Heartbeat { commit: 3, read_round: 8 },
        MessageBody::HeartbeatResponse { read_round: 8 },
        MessageBody::InstallSnapshot { snapshot: snapshot() },
        MessageBody::TimeoutNow,
        MessageBody::ReadIndexResponse { index: 4, context: 11 },
    ];
    for body in bodies {
        let message = Message { from: 1, to: 2, term: 3, body };
        assert_eq!(to_ours(&to_theirs(&message)), Some(message));
    }
    for body in [MessageBody::Propose { entries: entries() }, MessageBody::ReadIndex { context: 11 }] {
        let message = Message { from: 1, to: 2, term: 0, body };
        assert_eq!(to_ours(&to_theirs(&message)), Some(message));
    }
}

#[test]
fn a_request_to_transfer_comes_from_the_transferee_in_their_words() {
    let message = Message { from: 1, to: 2, term: 3, body: MessageBody::TransferLeader { transferee: 3 } };
    let theirs = to_theirs(&message);
    assert_eq!(theirs.from, 3);
    assert_eq!(to_ours(&theirs), Some(Message { from: 3, ..message }));
}
