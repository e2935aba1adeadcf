//! The core alone, with as little around it as lets all of it be used: `core.size.brotli` is its size.
//!
//! Messages pass as words in one buffer, so that no decoder of a wire format is measured with the core.

#![allow(missing_docs)] // nobody reads this module's exports: it is weighed

use std::cell::RefCell;

use raft_core::{
    AppendResult, Body, Change, ConfChange, Config, Entries, Entry, MemStorage, Message, MessageBody, Payload,
    Position, RawNode, Snapshot, Storage,
};

/// What passes between the host and the module: words, and the bytes of one command.
struct Buffer {
    words: [u64; 16],
    bytes: [u8; 256],
}

thread_local! {
    static NODE: RefCell<Option<RawNode<MemStorage>>> = const { RefCell::new(None) };
    static BUFFER: RefCell<Buffer> = const { RefCell::new(Buffer { words: [0; 16], bytes: [0; 256] }) };
}

fn with<R: Default>(act: impl FnOnce(&mut RawNode<MemStorage>) -> R) -> R {
    NODE.with_borrow_mut(|node| node.as_mut().map(act).unwrap_or_default())
}

fn words() -> [u64; 16] {
    BUFFER.with_borrow(|buffer| buffer.words)
}

fn payload(len: u64) -> Payload {
    BUFFER.with_borrow(|buffer| Payload::from(&buffer.bytes[..len.min(256) as usize]))
}

#[unsafe(no_mangle)]
extern "C" fn buffer() -> usize {
    BUFFER.with_borrow(|buffer| buffer.words.as_ptr() as usize)
}

#[unsafe(no_mangle)]
extern "C" fn start(id: u64, nodes: u64, pre_vote: u32, check_quorum: u32) -> u32 {
    let config = Config { pre_vote: pre_vote != 0, check_quorum: check_quorum != 0, ..Config::new(id) };
    let node = RawNode::new(config, MemStorage::with_voters(1..=nodes)).ok();
    let started = node.is_some();
    NODE.set(node);
    started.into()
}

#[unsafe(no_mangle)]
extern "C" fn tick() {
    with(|node| node.tick());
}

#[unsafe(no_mangle)]
extern "C" fn campaign() -> u32 {
    with(|node| node.campaign().is_ok().into())
}

#[unsafe(no_mangle)]
extern "C" fn propose(len: u64) -> u32 {
    with(|node| node.propose(payload(len)).is_ok().into())
}

#[unsafe(no_mangle)]
extern "C" fn change(kind: u32, of: u64) -> u32 {
    let change = match kind {
        0 => Change::AddVoter(of),
        1 => Change::AddLearner(of),
        _ => Change::Remove(of),
    };
    with(|node| node.propose_conf_change(ConfChange::from_iter([change])).is_ok().into())
}

#[unsafe(no_mangle)]
extern "C" fn read_index(context: u64) {
    with(|node| node.read_index(context));
}

#[unsafe(no_mangle)]
extern "C" fn transfer_leader(to: u64) {
    with(|node| node.transfer_leader(to));
}

#[unsafe(no_mangle)]
extern "C" fn report_snapshot(of: u64, arrived: u32) {
    with(|node| node.report_snapshot(of, arrived != 0));
}

#[unsafe(no_mangle)]
extern "C" fn step() -> u32 {
    let message = decode(words());
    with(|node| node.step(message).is_ok().into())
}

fn decode(words: [u64; 16]) -> Message {
    let [kind, from, to, term, a, b, c, d, ..] = words;
    let position = Position { term: a, index: b };
    let entry = Entry { term: d, index: b + 1, body: Body::Command(payload(words[8])) };
    let body = match kind {
        0 => MessageBody::RequestVote { last: position, pre_vote: c & 1 != 0, transfer: c & 2 != 0 },
        1 => MessageBody::RequestVoteResponse { granted: a != 0, pre_vote: b != 0 },
        2 => MessageBody::AppendEntries { prev: position, entries: Entries::from(entry), commit: c },
        3 => MessageBody::AppendEntriesResponse(AppendResult::Matched { index: a }),
        4 => MessageBody::AppendEntriesResponse(AppendResult::Rejected { prev_index: c, hint: position }),
        5 => MessageBody::Heartbeat { commit: a, read_round: b },
        6 => MessageBody::HeartbeatResponse { read_round: a },
        7 => {
            let snapshot = Snapshot { last: position, data: payload(words[8]), ..Snapshot::default() };
            MessageBody::InstallSnapshot { snapshot: snapshot.into() }
        }
        8 => MessageBody::TimeoutNow,
        9 => MessageBody::TransferLeader { transferee: a },
        10 => MessageBody::Propose { entries: Entries::from(entry) },
        11 => MessageBody::ReadIndex { context: a },
        _ => MessageBody::ReadIndexResponse { index: a, context: b },
    };
    Message { from, to, term, body }
}

/// Does what one `Ready` asks for; the messages' receivers and terms go into the buffer, their number is returned.
#[unsafe(no_mangle)]
extern "C" fn ready() -> u32 {
    with(|node| {
        if !node.has_ready() {
            return 0;
        }
        let ready = node.ready();
        let disk = node.storage_mut();
        if let Some(snapshot) = &ready.append.snapshot {
            // A storage in memory refuses an older one.
            let _ = disk.apply_snapshot(snapshot.clone());
        }
        disk.append(&ready.append.entries);
        if let Some(hard_state) = ready.append.hard_state {
            disk.set_hard_state(hard_state);
        }
        for entry in ready.committed_entries.iter() {
            if let Body::ConfChange(change) = &entry.body {
                // A change that is impossible changes nothing.
                let _ = node.apply_conf_change(change);
            }
        }
        let messages = ready.messages.iter().chain(&ready.append.messages);
        let count = BUFFER.with_borrow_mut(|buffer| {
            let mut count = 0;
            for (message, words) in messages.zip(buffer.words.chunks_exact_mut(2)) {
                (words[0], words[1]) = (message.to, message.term);
                count += 1;
            }
            count
        });
        node.advance(ready);
        count
    })
}

#[unsafe(no_mangle)]
extern "C" fn compact(keep: u64) -> u32 {
    with(|node| {
        let (applied, conf) = (node.status().applied, node.status().conf.clone());
        let disk = node.storage_mut();
        let made = disk.create_snapshot(applied, conf, Payload::EMPTY).is_ok();
        (made && disk.compact(applied.saturating_sub(keep)).is_ok()).into()
    })
}

#[unsafe(no_mangle)]
extern "C" fn status() {
    with(|node| {
        let (first, status) = (node.storage().first_index(), node.status());
        let words =
            [status.term, status.role as u64, status.leader.unwrap_or(0), status.commit, status.last.index, first];
        BUFFER.with_borrow_mut(|buffer| buffer.words[..6].copy_from_slice(&words));
    });
}
