//! Every node's log as it was last written, as a chain of hashes: the hash at an index stands for all entries up to it, so
//! that two logs are compared in one step.

use raft_core::{Body, Entry, Index, MemStorage, NodeId, Position, Storage, Term};

use super::place;
use crate::chunks::Chunks;
use crate::digest::Digest;
use crate::sure::size;

/// One entry of a log, and by its chain all before it.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) struct Line {
    /// The entry's term.
    pub(crate) term: Term,
    /// The hash of this entry and all before it.
    pub(crate) chain: u64,
}

/// The node that was the first to do something at an index, and with which entry. One shape for all checkers: each shape of a list is
/// code of its own.
#[derive(Copy, Clone, Debug)]
pub(super) struct First {
    /// The entry.
    pub(super) line: Line,
    /// The node.
    pub(super) node: NodeId,
    /// What the checker wants to know beside it.
    pub(super) beside: u64,
}

/// The logs of all nodes.
#[derive(Clone, Debug)]
pub(crate) struct Ledger {
    logs: Vec<Chunks<Line>>,
}

impl Ledger {
    pub(super) fn new(nodes: usize) -> Ledger {
        Ledger { logs: vec![Chunks::default(); nodes] }
    }

    /// One more node has an empty log.
    pub(super) fn join(&mut self) {
        self.logs.push(Chunks::default());
    }

    /// The last index of a node's log.
    pub(crate) fn last_index(&self, node: NodeId) -> Index {
        self.logs[place(node)].len() as u64
    }

    /// The entry of a node's log at an index.
    pub(crate) fn line(&self, node: NodeId, index: Index) -> Option<Line> {
        let place_in_log = usize::try_from(index.checked_sub(1)?).ok()?;
        self.logs[place(node)].get(place_in_log).copied()
    }

    /// Entries are written, replacing what was there from their first index on.
    pub(super) fn write(&mut self, node: NodeId, entries: &[Entry]) {
        let log = &mut self.logs[place(node)];
        if let Some(first) = entries.first() {
            log.truncate(size(first.index - 1));
        }
        for entry in entries {
            assert_eq!(entry.index, log.len() as u64 + 1, "a log has no holes");
            let chain = log.last().map_or(0, |line| line.chain);
            log.push(Line { term: entry.term, chain: chained(chain, entry) });
        }
    }

    /// A snapshot that ends at `last` stands for the log up to there: for the entries of whoever had that entry.
    pub(super) fn install(&mut self, node: NodeId, last: Position) {
        let len = size(last.index);
        let agrees = |log: &&Chunks<Line>| log.get(len - 1).is_some_and(|line| line.term == last.term);
        let mut log = self.logs.iter().find(agrees).cloned().unwrap_or_default();
        log.truncate(len);
        while log.len() < len {
            // Nobody had it: only a broken rule leads here, and the checkers will say what fell.
            log.push(Line { term: last.term, chain: 0 });
        }
        self.logs[place(node)] = log;
    }

    /// A process began with this log. What was compacted stays as it was.
    pub(super) fn restore(&mut self, node: NodeId, log: &MemStorage) {
        self.logs[place(node)].truncate(size(log.first_index() - 1));
        let entries =
            (log.first_index()..=log.last_index()).map(|index| log.entry(index).expect("an index in the log"));
        for entry in entries {
            self.write(node, std::slice::from_ref(entry));
        }
    }
}

fn chained(chain: u64, entry: &Entry) -> u64 {
    let mut digest = Digest::default();
    digest.words([chain, hash(entry)]);
    digest.value()
}

/// The hash of one entry: its term and what it says.
pub(super) fn hash(entry: &Entry) -> u64 {
    let mut digest = Digest::default();
    digest.word(entry.term);
    match &entry.body {
        Body::Noop => digest.word(1),
        Body::Command(payload) => {
            digest.word(2);
            digest.bytes(payload);
        }
        Body::ConfChange(change) => {
            digest.word(3);
            crate::fingerprint::change(&mut digest, change);
        }
    }
    digest.value()
}
