//! Bytes as the life of a node: what arrives, what passes, what its host wishes. Read by the fuzzer and by the test that
//! replays what the fuzzer kept. Any panic in here is the core's fault.

use std::sync::Arc;

use raft_core::{
    AppendResult, Body, Change, ConfChange, ConfState, Config, Entries, Entry, MemStorage, Message, MessageBody,
    Payload, Position, RawNode, Snapshot, Storage,
};

/// The node that lives this life; the others are 2 to 4.
const ME: u64 = 1;

/// Lives through the events that `bytes` stand for.
pub(crate) fn play(bytes: &[u8]) {
    let mut bytes = Bytes(bytes);
    let switches = bytes.number();
    let config = Config {
        pre_vote: switches & 1 != 0,
        check_quorum: switches & 2 != 0,
        forward_proposals: switches & 4 != 0,
        announce_commits: switches & 8 == 0,
        message_bytes_max: if switches & 16 == 0 { u64::MAX } else { 1 },
        inflight_messages_max: if switches & 32 == 0 { 256 } else { 1 },
        ..Config::new(ME)
    };
    let disk = MemStorage::with_voters(1..=3);
    let mut node = RawNode::new(config.clone(), disk).expect("the configuration is valid");
    while !bytes.0.is_empty() {
        live(&mut node, &config, &mut bytes);
        process(&mut node);
    }
}

/// One event. What the node refuses is none of our business here: only that it does not panic.
fn live(node: &mut RawNode<MemStorage>, config: &Config, bytes: &mut Bytes<'_>) {
    match bytes.number() % 32 {
        0 => node.tick(),
        1 => let_it_be(node.campaign()),
        2 => let_it_be(node.propose(bytes.payload())),
        3 => let_it_be(node.propose_conf_change(bytes.change())),
        4 => node.read_index(bytes.number()),
        5 => node.transfer_leader(bytes.number() % 5),
        6 => node.report_unreachable(bytes.number() % 5),
        7 => node.report_snapshot(bytes.number() % 5, bytes.flag()),
        8 => node.forget_leader(),
        9 => compact(node, bytes.number()),
        10 => {
            let disk = node.storage().clone();
            let applied = disk.snapshot().map_or(0, |snapshot| snapshot.last.index);
            *node = RawNode::new(Config { applied, ..config.clone() }, disk).expect("it wrote this disk itself");
        }
        kind => {
            let from = bytes.number() % 5;
            // Mostly a term that matters.
            let term = match bytes.number() {
                255 => u64::MAX,
                254 => u64::MAX / 2,
                number => (node.status().term + number % 4).saturating_sub(1),
            };
            let message = Message { from, to: ME, term, body: bytes.body(kind) };
            let_it_be(node.step(message));
        }
    }
}

/// What comes of it does not matter.
fn let_it_be<R>(_: R) {}

/// More Readys in a row than an event can lead to: a node that has as many has one more for ever.
const READYS_MAX: u32 = 1_000;

/// The plain loop.
fn process(node: &mut RawNode<MemStorage>) {
    for number in 0.. {
        if !node.has_ready() {
            break;
        }
        assert!(number < READYS_MAX, "the node has another Ready after {READYS_MAX} in a row");
        let ready = node.ready();
        let disk = node.storage_mut();
        if let Some(snapshot) = &ready.append.snapshot {
            let_it_be(disk.apply_snapshot(Arc::clone(snapshot)));
        }
        disk.append(&ready.append.entries);
        if let Some(hard_state) = ready.append.hard_state {
            disk.set_hard_state(hard_state);
        }
        for entry in &ready.committed_entries {
            if let Body::ConfChange(change) = &entry.body {
                let_it_be(node.apply_conf_change(change));
            }
        }
        node.advance(ready);
    }
}

fn compact(node: &mut RawNode<MemStorage>, keep: u64) {
    let (applied, conf) = (node.status().applied, node.status().conf.clone());
    let disk = node.storage_mut();
    if disk.create_snapshot(applied, conf, Payload::EMPTY).is_ok() {
        let_it_be(disk.compact(applied.saturating_sub(keep)));
    }
}

/// What is left of the bytes; zeros when nothing is.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn number(&mut self) -> u64 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        u64::from(*first)
    }

    fn flag(&mut self) -> bool {
        self.number() & 1 != 0
    }

    /// Small, or enormous.
    fn index(&mut self) -> u64 {
        match self.number() {
            number @ 0..240 => number % 24,
            number => u64::MAX - (255 - number),
        }
    }

    fn position(&mut self) -> Position {
        Position { term: self.index(), index: self.index() }
    }

    fn payload(&mut self) -> Payload {
        let len = self.number() % 40;
        Payload::from(vec![7; len as usize])
    }

    fn node(&mut self) -> u64 {
        self.number() % 6
    }

    fn change(&mut self) -> ConfChange {
        let changes = (0..self.number() % 3).map(|_| match self.number() % 3 {
            0 => Change::AddVoter(self.node()),
            1 => Change::AddLearner(self.node()),
            _ => Change::Remove(self.node()),
        });
        changes.collect()
    }

    fn entries(&mut self, after: Position) -> Entries {
        let honest = !self.number().is_multiple_of(8);
        let (mut index, mut term) = (after.index, after.term);
        let count = self.number() % 5;
        let entries = (0..count).map(|_| {
            index = if honest { index.wrapping_add(1) } else { self.index() };
            term = if honest { term.wrapping_add(self.number() % 2) } else { self.index() };
            let body = match self.number() % 4 {
                0 => Body::Noop,
                1 => Body::ConfChange(Arc::new(self.change())),
                _ => Body::Command(self.payload()),
            };
            Entry { term, index, body }
        });
        entries.collect()
    }

    fn snapshot(&mut self) -> Snapshot {
        let mut ids = || (0..self.number() % 4).map(|_| self.number() % 6).collect::<Vec<_>>();
        let conf_state = ConfState {
            voters: ids(),
            voters_outgoing: ids(),
            learners: ids(),
            learners_next: ids(),
            auto_leave: true,
        };
        Snapshot { last: self.position(), conf_state, data: self.payload() }
    }

    fn body(&mut self, kind: u64) -> MessageBody {
        match kind {
            11 | 12 => MessageBody::RequestVote { last: self.position(), pre_vote: self.flag(), transfer: self.flag() },
            13..=15 => MessageBody::RequestVoteResponse { granted: self.flag(), pre_vote: self.flag() },
            16..=20 => {
                let prev = self.position();
                MessageBody::AppendEntries { prev, entries: self.entries(prev), commit: self.index() }
            }
            21 | 22 => MessageBody::AppendEntriesResponse(AppendResult::Matched { index: self.index() }),
            23 => MessageBody::AppendEntriesResponse(AppendResult::Rejected {
                prev_index: self.index(),
                hint: self.position(),
            }),
            24 => MessageBody::Heartbeat { commit: self.index(), read_round: self.index() },
            25 => MessageBody::HeartbeatResponse { read_round: self.index() },
            26 => MessageBody::InstallSnapshot { snapshot: Arc::new(self.snapshot()) },
            27 => MessageBody::TimeoutNow,
            28 => MessageBody::TransferLeader { transferee: self.node() },
            29 => {
                let after = self.position();
                MessageBody::Propose { entries: self.entries(after) }
            }
            30 => MessageBody::ReadIndex { context: self.number() },
            _ => MessageBody::ReadIndexResponse { index: self.index(), context: self.number() },
        }
    }
}
