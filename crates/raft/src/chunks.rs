//! The memory of a log: shared chunks of 64 entries.
//!
//! Cloning a log of a thousand entries copies sixteen pointers. That is what time travel, model checking and "what
//! if" live on. A chunk is copied only when a log writes to one that another log still shares.

use alloc::{sync::Arc, vec::Vec};
use core::{hash::Hash, hash::Hasher, ops::Range};

use crate::entry::{Entry, Index, Position, Term};

/// Entries in one chunk: the indexes of a chunk agree in all but their last six bits.
const CHUNK_LEN: u64 = 64;

/// Consecutive entries from `first_index` on.
#[derive(Clone, Debug)]
pub(crate) struct Chunks {
    /// The first index that the log holds, or would hold if it is empty. At least 1.
    first: Index,
    /// The index after the last one. `first <= next`.
    next: Index,
    /// The term of the entry before `first`.
    before: Term,
    chunks: Vec<Arc<Chunk>>,
}

/// Entries whose indexes share all but the last six bits. Those before the log's first index are dead but still here.
#[derive(Debug)]
struct Chunk {
    /// The index of `entries[0]`.
    base: Index,
    entries: Vec<Entry>,
}

impl Clone for Chunk {
    /// A chunk is only cloned to be written to, so the copy has room.
    fn clone(&self) -> Self {
        let mut entries = Vec::with_capacity(CHUNK_LEN as usize);
        entries.extend_from_slice(&self.entries);
        Chunk { base: self.base, entries }
    }
}

impl Default for Chunks {
    fn default() -> Self {
        Chunks { first: 1, next: 1, before: 0, chunks: Vec::new() }
    }
}

impl Chunks {
    /// The empty log whose next entry follows this position.
    pub(crate) fn after(position: Position) -> Chunks {
        let first = position.index + 1;
        Chunks { first, next: first, before: position.term, chunks: Vec::new() }
    }

    pub(crate) fn first_index(&self) -> Index {
        self.first
    }

    pub(crate) fn next_index(&self) -> Index {
        self.next
    }

    pub(crate) fn get(&self, index: Index) -> Option<&Entry> {
        if index < self.first || index >= self.next {
            return None;
        }
        let chunk = &self.chunks[self.chunk_of(index)];
        Some(&chunk.entries[(index - chunk.base) as usize])
    }

    /// The term at `index`; also at the index before the first.
    pub(crate) fn term(&self, index: Index) -> Option<Term> {
        match self.get(index) {
            Some(entry) => Some(entry.term),
            None if index + 1 == self.first => Some(self.before),
            None => None,
        }
    }

    /// The first entries of `range` that lie together in memory. The range is in the log, and not empty.
    pub(crate) fn run(&self, range: Range<Index>) -> &[Entry] {
        let Chunk { base, entries } = &*self.chunks[self.chunk_of(range.start)];
        let end = entries.len().min((range.end - base) as usize);
        let run = &entries[(range.start - base) as usize..end];
        debug_assert!(!run.is_empty(), "who reads on behind a run would never come to an end");
        run
    }

    /// All entries, in order.
    fn iter(&self) -> impl Iterator<Item = &Entry> {
        let dead = self.chunks.first().map_or(0, |chunk| self.first - chunk.base);
        self.chunks.iter().flat_map(|chunk| &chunk.entries).skip(dead as usize)
    }

    /// Appends the entries that come next.
    pub(crate) fn extend(&mut self, mut entries: &[Entry]) {
        while let Some(head) = entries.first() {
            assert!(head.index == self.next, "entries are consecutive");
            let room = (CHUNK_LEN - self.next % CHUNK_LEN) as usize;
            if room == CHUNK_LEN as usize || self.chunks.is_empty() {
                self.begin_chunk(room);
            }
            let (now, later) = entries.split_at(room.min(entries.len()));
            if let Some(chunk) = self.chunks.last_mut() {
                Arc::make_mut(chunk).entries.extend_from_slice(now);
            }
            self.next += now.len() as u64;
            entries = later;
        }
    }

    #[cold]
    fn begin_chunk(&mut self, room: usize) {
        let entries = Vec::with_capacity(room);
        self.chunks.push(Arc::new(Chunk { base: self.next, entries }));
    }

    /// Removes the entries from `from` on.
    #[cold]
    pub(crate) fn truncate(&mut self, from: Index) {
        let from = from.max(self.first);
        if from >= self.next {
            return;
        }
        self.next = from;
        let live = if from == self.first { 0 } else { self.chunks.partition_point(|chunk| chunk.base < from) };
        self.chunks.truncate(live);
        if let Some(chunk) = self.chunks.last_mut() {
            let keep = (from - chunk.base) as usize;
            if keep < chunk.entries.len() {
                Arc::make_mut(chunk).entries.truncate(keep);
            }
        }
    }

    /// Removes the entries before `first`, which must be in the log or just after it.
    #[cold]
    pub(crate) fn compact(&mut self, first: Index) {
        self.before = self.term(first - 1).expect("the caller checked the range");
        self.first = first;
        let dead = |chunk: &Arc<Chunk>| chunk.base + (chunk.entries.len() as u64) <= first;
        self.chunks.drain(..self.chunks.partition_point(dead));
    }

    /// The chunk that holds `index`, which is in the log: the first chunk holds the log's first index.
    fn chunk_of(&self, index: Index) -> usize {
        (index / CHUNK_LEN - self.first / CHUNK_LEN) as usize
    }
}

impl PartialEq for Chunks {
    fn eq(&self, other: &Self) -> bool {
        (self.first, self.next, self.before) == (other.first, other.next, other.before) && self.iter().eq(other.iter())
    }
}

impl Eq for Chunks {}

impl Hash for Chunks {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.first, self.next, self.before).hash(state);
        for entry in self.iter() {
            entry.hash(state);
        }
    }
}
