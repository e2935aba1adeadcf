//! Messages: `1->2 MsgApp Term:1 Log:1/11 Commit:11 Entries:[1/12 EntryNormal "prop_1"]`.

use raft_core::{AppendResult, Entry, Index, Message, MessageBody, NodeId, Position, SelfAck, Snapshot, Term};

use super::{conf, entry};
use crate::env::envelope::{self, AppendWork, ApplyWork, Envelope};

/// The name of a node's append thread.
const APPEND_THREAD: &str = "AppendThread";
/// The name of a node's apply thread.
const APPLY_THREAD: &str = "ApplyThread";

/// Anything on its way, without the newline at its end; its own lines behind the first one are indented.
pub fn envelope(envelope: &Envelope, indent: &str) -> String {
    let text = match envelope {
        Envelope::Message(message) => between_nodes(message, indent),
        Envelope::SelfAck { node, ack } => self_ack(*node, ack),
        Envelope::Written { node, written, snapshot } => {
            let head =
                head(APPEND_THREAD, &name(*node), envelope.kind(), written.term, written.last.unwrap_or_default());
            head + &snapshot_lines(snapshot.as_deref(), indent)
        }
        Envelope::Applied { node, entries } => {
            let head = head(APPLY_THREAD, &name(*node), envelope.kind(), 0, Position::ORIGIN);
            head + &entry::inside(entries, indent, entry::entry)
        }
    };
    format!("{indent}{text}")
}

/// Work for the append thread of a node, with or without what it answers.
pub fn append_work(node: NodeId, work: &AppendWork, with_responses: bool) -> String {
    let hard_state = work.hard_state.unwrap_or_default();
    let mut text = head(&name(node), APPEND_THREAD, "MsgStorageAppend", hard_state.term, Position::ORIGIN);
    text.push_str(&commit(hard_state.commit));
    if let Some(vote) = hard_state.voted_for {
        text.push_str(&format!(" Vote:{vote}"));
    }
    text.push_str(&entry::inside(&work.entries, "", entry::entry));
    text.push_str(&snapshot_lines(work.snapshot.as_deref(), ""));
    if with_responses {
        text.push_str(&responses(&work.responses));
    }
    text
}

/// Work for the apply thread of a node, with or without what it answers.
pub fn apply_work(node: NodeId, work: &ApplyWork, with_responses: bool) -> String {
    let mut text = head(&name(node), APPLY_THREAD, "MsgStorageApply", 0, Position::ORIGIN);
    text.push_str(&entry::inside(&work.entries, "", entry::entry));
    if with_responses {
        text.push_str(&responses(&[Envelope::Applied { node, entries: work.entries.clone() }]));
    }
    text
}

/// A snapshot's line.
pub fn snapshot(snapshot: &Snapshot) -> String {
    let Position { term, index } = snapshot.last;
    format!("Index:{index} Term:{term} ConfState:{}", conf::conf_state(&snapshot.conf_state))
}

fn responses(responses: &[Envelope]) -> String {
    if responses.is_empty() {
        return String::new();
    }
    let lines: String = responses.iter().map(|response| format!("\n{}", envelope(response, "  "))).collect();
    format!(" Responses:[{lines}\n]")
}

/// A node's name in a message.
fn name(node: NodeId) -> String {
    format!("{node:x}")
}

fn head(from: &str, to: &str, kind: &str, term: Term, log: Position) -> String {
    format!("{from}->{to} {kind} Term:{term} Log:{}/{}", log.term, log.index)
}

fn commit(commit: Index) -> String {
    if commit == 0 { String::new() } else { format!(" Commit:{commit}") }
}

fn snapshot_lines(from: Option<&Snapshot>, indent: &str) -> String {
    // A snapshot of nothing is not mentioned.
    let from = from.filter(|from| from.last.index > 0);
    from.map_or_else(String::new, |from| format!("\n{indent}  Snapshot: {}", snapshot(from)))
}

fn self_ack(node: NodeId, ack: &SelfAck) -> String {
    let (SelfAck::Vote { term, .. } | SelfAck::Append { term, .. }) = ack;
    let log = Position::new(0, envelope::self_ack_index(ack));
    head(&name(node), &name(node), envelope::kind(envelope::self_ack_kind(ack)), *term, log)
}

fn between_nodes(message: &Message, indent: &str) -> String {
    // etcd names the transferee as the sender.
    let transferee =
        if let MessageBody::TransferLeader { transferee } = message.body { Some(transferee) } else { None };
    let from = transferee.unwrap_or(message.from);
    let with = |log: Position, rest: String| {
        let kind = envelope::kind(message.kind());
        head(&name(from), &name(message.to), kind, message.term, log) + &rest
    };
    let nothing = Position::ORIGIN;
    match &message.body {
        MessageBody::RequestVote { last, .. } => with(*last, String::new()),
        MessageBody::RequestVoteResponse { granted, .. } => with(nothing, rejected(!granted, 0)),
        MessageBody::AppendEntries { prev, entries, commit: index } => {
            with(*prev, commit(*index) + &entry::inside(entries, indent, entry::entry))
        }
        MessageBody::AppendEntriesResponse(AppendResult::Matched { index }) => {
            with(Position::new(0, *index), String::new())
        }
        MessageBody::AppendEntriesResponse(AppendResult::Rejected { prev_index, hint }) => {
            with(Position::new(hint.term, *prev_index), rejected(true, hint.index))
        }
        MessageBody::Heartbeat { commit: index, .. } => with(nothing, commit(*index)),
        MessageBody::InstallSnapshot { snapshot } => with(nothing, snapshot_lines(Some(snapshot), indent)),
        MessageBody::Propose { entries } => with(nothing, entry::inside(entries, indent, entry::proposed)),
        MessageBody::ReadIndex { context } => with(nothing, read_context(*context)),
        MessageBody::ReadIndexResponse { index, context } => with(Position::new(0, *index), read_context(*context)),
        MessageBody::HeartbeatResponse { .. } | MessageBody::TimeoutNow | MessageBody::TransferLeader { .. } => {
            with(nothing, String::new())
        }
    }
}

fn rejected(rejected: bool, hint: Index) -> String {
    if rejected { format!(" Rejected (Hint: {hint})") } else { String::new() }
}

/// etcd carries a read's name in an entry.
fn read_context(context: u64) -> String {
    let named = Entry { term: 0, index: 0, body: raft_core::Body::Command(context.to_string().as_bytes().into()) };
    entry::inside(&[named], "", entry::proposed)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use raft_core::{Body, ConfState, Entries, HardState, Written};

    use super::*;

    fn noop(term: Term, index: Index) -> Entry {
        Entry { term, index, body: Body::Noop }
    }

    fn check(body: MessageBody, text: &str) {
        let message = Message { from: 1, to: 10, term: 3, body };
        assert_eq!(envelope(&Envelope::Message(message), ""), text);
    }

    #[test]
    fn messages_between_nodes_have_etcds_words() {
        let last = Position::new(2, 7);
        check(MessageBody::RequestVote { last, pre_vote: true, transfer: false }, "1->a MsgPreVote Term:3 Log:2/7");
        check(
            MessageBody::RequestVoteResponse { granted: false, pre_vote: false },
            "1->a MsgVoteResp Term:3 Log:0/0 Rejected (Hint: 0)",
        );
        check(
            MessageBody::AppendEntries { prev: last, entries: Entries::from(noop(3, 8)), commit: 6 },
            r#"1->a MsgApp Term:3 Log:2/7 Commit:6 Entries:[3/8 EntryNormal ""]"#,
        );
        let rejected = AppendResult::Rejected { prev_index: 9, hint: last };
        check(MessageBody::AppendEntriesResponse(rejected), "1->a MsgAppResp Term:3 Log:2/9 Rejected (Hint: 7)");
        check(MessageBody::AppendEntriesResponse(AppendResult::Matched { index: 8 }), "1->a MsgAppResp Term:3 Log:0/8");
        check(MessageBody::Heartbeat { commit: 0, read_round: 4 }, "1->a MsgHeartbeat Term:3 Log:0/0");
        check(MessageBody::TransferLeader { transferee: 4 }, "4->a MsgTransferLeader Term:3 Log:0/0");
        check(
            MessageBody::Propose { entries: Entries::from(noop(3, 8)) },
            r#"1->a MsgProp Term:3 Log:0/0 Entries:[0/0 EntryNormal ""]"#,
        );
        let snapshot = Snapshot { last, conf_state: ConfState::of_voters([1, 2]), ..Snapshot::default() };
        check(
            MessageBody::InstallSnapshot { snapshot: Arc::new(snapshot) },
            "1->a MsgSnap Term:3 Log:0/0\n  Snapshot: Index:7 Term:2 ConfState:Voters:[1 2] VotersOutgoing:[] \
             Learners:[] LearnersNext:[] AutoLeave:false",
        );
    }

    #[test]
    fn storage_work_carries_its_answers() {
        let written = Written { term: 3, last: Some(Position::new(3, 8)), snapshot: None };
        let work = AppendWork {
            hard_state: Some(HardState { term: 3, voted_for: Some(1), commit: 7 }),
            snapshot: None,
            entries: vec![noop(3, 8)],
            responses: vec![
                Envelope::SelfAck { node: 1, ack: SelfAck::Append { term: 3, index: 8, after: 0 } },
                Envelope::Written { node: 1, written, snapshot: None },
            ],
        };
        let head = r#"1->AppendThread MsgStorageAppend Term:3 Log:0/0 Commit:7 Vote:1 Entries:[3/8 EntryNormal ""]"#;
        assert_eq!(append_work(1, &work, false), head);
        assert_eq!(
            append_work(1, &work, true),
            format!(
                "{head} Responses:[\n  1->1 MsgAppResp Term:3 Log:0/8\n  \
                 AppendThread->1 MsgStorageAppendResp Term:3 Log:3/8\n]"
            )
        );
        let work = ApplyWork { entries: vec![noop(3, 8)] };
        assert_eq!(
            apply_work(1, &work, true),
            "1->ApplyThread MsgStorageApply Term:0 Log:0/0 Entries:[3/8 EntryNormal \"\"] Responses:[\n  \
             ApplyThread->1 MsgStorageApplyResp Term:0 Log:0/0 Entries:[3/8 EntryNormal \"\"]\n]"
        );
    }
}
