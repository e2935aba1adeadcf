//! A node's log: what its storage holds, then what is not yet on disk, and the three indexes that move over it.
//!
//! ```text
//!  first ....... applied ...... applying ...... committed ...... last
//!  |-------------- storage --------------|------- unstable --------|
//! ```
//! Invariant: `applied <= applying <= committed <= last`. Where storage ends and unstable begins is another matter.

use alloc::{sync::Arc, vec::Vec};
use core::ops::Range;

use crate::entry::{Entries, Entry, Index, Position, Term, prefix_within};
use crate::event::AckIgnored;
use crate::storage::{Snapshot, Storage, StorageError};
use crate::unstable::Unstable;

/// The log of one node over its storage.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct RaftLog<S> {
    storage: S,
    unstable: Unstable,
    /// From here on the log has entries of one term only, and that term: nearly every question about a term is about
    /// it. When the log is empty, the position before it.
    tail: Position,
    committed: Index,
    applied: Index,
    /// The last index that was handed out to be applied.
    applying: Index,
    /// What was handed out and is not yet acknowledged as applied. Only kept where a limit asks for it.
    batches: Vec<Batch>,
    /// The bytes of all `batches`.
    batches_bytes: u64,
    limits: LogLimits,
}

/// What a log has to count.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct LogLimits {
    /// Most bytes that are handed out and not yet acknowledged as applied.
    pub(crate) applying_bytes_max: u64,
    /// Whether the payload bytes that become applied are asked for.
    pub(crate) counts_payloads: bool,
}

/// Committed entries that were handed out together.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
struct Batch {
    last: Index,
    bytes: u64,
    payload_bytes: u64,
}

impl<S: Storage> RaftLog<S> {
    /// The log as the storage holds it; what its snapshot covers is committed and applied.
    pub(crate) fn new(storage: S, limits: LogLimits) -> RaftLog<S> {
        let (before, last) = (storage.first_index() - 1, storage.last_index());
        RaftLog {
            unstable: Unstable::starting_at(last + 1),
            tail: Position::new(storage.term(last).unwrap_or(0), last),
            storage,
            committed: before,
            applied: before,
            applying: before,
            batches: Vec::new(),
            batches_bytes: 0,
            limits,
        }
    }

    /// What is on disk.
    pub fn storage(&self) -> &S {
        &self.storage
    }

    pub(crate) fn into_storage(self) -> S {
        self.storage
    }

    pub(crate) fn storage_mut(&mut self) -> &mut S {
        &mut self.storage
    }

    /// The first index in the log; what comes before is covered by a snapshot.
    pub fn first_index(&self) -> Index {
        self.unstable.first_index().unwrap_or_else(|| self.storage.first_index())
    }

    /// The last index in the log.
    pub fn last_index(&self) -> Index {
        self.unstable.end() - 1
    }

    /// The position of the last entry.
    pub fn last(&self) -> Position {
        Position::new(self.tail.term, self.last_index())
    }

    /// The first index that is not known to be on disk.
    pub fn unstable_offset(&self) -> Index {
        self.unstable.offset()
    }

    /// Highest index known to be committed.
    pub fn committed(&self) -> Index {
        self.committed
    }

    /// Highest index that the host acknowledged as applied.
    pub fn applied(&self) -> Index {
        self.applied
    }

    /// The term at `index`; also known for the index before the first.
    ///
    /// # Errors
    /// `Compacted` or `Unavailable` outside of that.
    pub fn term_at(&self, index: Index) -> Result<Term, StorageError> {
        let (first, last) = (self.first_index(), self.last_index());
        if index <= last && index >= self.tail.index && index + 1 >= first {
            return Ok(self.tail.term);
        }
        if let Some(term) = self.unstable.term(index) {
            return Ok(term);
        }
        if index.saturating_add(1) < first {
            return Err(StorageError::Compacted { index, first });
        }
        if index > last {
            return Err(StorageError::Unavailable { index, last });
        }
        self.storage.term(index)
    }

    /// The entry at `index`, if the log holds it.
    pub fn entry(&self, index: Index) -> Option<Entry> {
        let mut out = Vec::new();
        self.read(index..index.saturating_add(1), u64::MAX, &mut out).ok()?;
        out.pop()
    }

    /// Appends to `out` the entries of `range`, at least one, and no more once `bytes_max` would be passed.
    ///
    /// # Errors
    /// `Compacted` or `Unavailable` when the range is not wholly in the log.
    #[inline]
    pub fn read(&self, range: Range<Index>, bytes_max: u64, out: &mut Vec<Entry>) -> Result<(), StorageError> {
        if range.end <= self.unstable.offset() && self.unstable.snapshot().is_none() {
            return self.storage.entries(range, bytes_max, out);
        }
        self.read_unstable(range, bytes_max, out)
    }

    /// Reads on where the storage ends.
    #[inline(never)]
    fn read_unstable(&self, range: Range<Index>, bytes_max: u64, out: &mut Vec<Entry>) -> Result<(), StorageError> {
        let (first, last) = (self.first_index(), self.last_index());
        if range.start < first {
            return Err(StorageError::Compacted { index: range.start, first });
        }
        if range.end > last + 1 {
            return Err(StorageError::Unavailable { index: range.end - 1, last });
        }
        let boundary = range.end.min(self.unstable.offset());
        let on_disk = range.start..boundary;
        let before = out.len();
        let mut room = bytes_max;
        if !on_disk.is_empty() {
            self.storage.entries(on_disk.clone(), bytes_max, out)?;
            let read = &out[before..];
            if (read.len() as u64) < on_disk.end - on_disk.start {
                return Ok(());
            }
            if bytes_max != u64::MAX {
                room = room.saturating_sub(read.iter().map(Entry::size_bytes).sum());
            }
        }
        if boundary < range.end {
            let from = range.start.max(boundary);
            let wanted = &self.unstable.entries_from(from)[..(range.end - from) as usize];
            let fits = prefix_within(wanted, room).0;
            out.extend_from_slice(&wanted[..if out.len() == before { fits.max(1) } else { fits }]);
        }
        Ok(())
    }

    /// The entries from `from` on, as many as fit into one message; none when there are none.
    pub(crate) fn entries_for_message(&self, from: Index, bytes_max: u64) -> Result<Entries, StorageError> {
        if from > self.last_index() {
            return Ok(Entries::EMPTY);
        }
        if from >= self.unstable.offset() {
            let entries = self.unstable.entries_from(from);
            if let [only] = entries {
                return Ok(Entries::from(only.clone()));
            }
            return Ok(Entries::from(&entries[..prefix_within(entries, bytes_max).0.max(1)]));
        }
        self.stored_entries_for_message(from, bytes_max)
    }

    /// Who is behind is sent what is on disk.
    #[cold]
    fn stored_entries_for_message(&self, from: Index, bytes_max: u64) -> Result<Entries, StorageError> {
        let mut out = Vec::new();
        self.read(from..self.last_index() + 1, bytes_max, &mut out)?;
        Ok(Entries::from(out))
    }

    /// Whether the log holds `position`: the consistency check of §5.3.
    pub(crate) fn holds(&self, position: Position) -> bool {
        self.term_at(position.index) == Ok(position.term)
    }

    /// The first of `entries` that the log does not hold; `None` when it holds them all.
    pub(crate) fn first_missing(&self, entries: &[Entry]) -> Option<usize> {
        match entries.first() {
            Some(head) if head.index > self.last_index() => Some(0),
            _ => entries.iter().position(|entry| !self.holds(entry.position())),
        }
    }

    /// The highest index at or below `index` whose term is at most `term`: where two logs may agree at best, as terms
    /// only grow along a log (§5.3). A term of 0 says "not known".
    pub(crate) fn last_with_term_at_most(&self, index: Index, term: Term) -> Position {
        let candidate = |index| match self.term_at(index) {
            Err(_) => Some(Position::new(0, index)),
            Ok(mine) => (mine <= term).then_some(Position::new(mine, index)),
        };
        (1..=index).rev().find_map(candidate).unwrap_or(Position::ORIGIN)
    }

    /// Appends `entries`, replacing the log from their first index on.
    #[inline]
    pub(crate) fn append(&mut self, entries: &[Entry]) {
        let Some(head) = entries.first() else { return };
        if head.index <= self.tail.index {
            self.tail = head.position();
        }
        self.unstable.append(entries);
        for entry in entries {
            self.extend_tail(entry.position());
        }
    }

    /// Appends the entry that comes next.
    pub(crate) fn push(&mut self, entry: Entry) {
        self.extend_tail(entry.position());
        self.unstable.push(entry);
    }

    fn extend_tail(&mut self, next: Position) {
        if next.term != self.tail.term {
            self.tail = next;
        }
    }

    /// Moves the commit index to `index`, but not back and not past the end. Says whether it moved.
    pub(crate) fn commit_to(&mut self, index: Index) -> bool {
        let index = index.min(self.last_index());
        let moves = index > self.committed;
        if moves {
            self.committed = index;
        }
        moves
    }

    /// Moves the commit index back. Only a broken rule does that.
    pub(crate) fn uncommit_to(&mut self, index: Index) {
        self.committed = index.clamp(self.applying, self.committed.max(self.applying));
    }

    /// Starts over from a snapshot.
    pub(crate) fn restore(&mut self, snapshot: Arc<Snapshot>) {
        self.committed = snapshot.last.index;
        self.tail = snapshot.last;
        self.unstable.restore(snapshot);
    }

    /// Starts where a restarting host says that it is.
    pub(crate) fn restart(&mut self, committed: Index, applied: Index) {
        self.committed = committed;
        self.applied = applied;
        self.applying = applied;
    }

    pub(crate) fn unstable(&self) -> &Unstable {
        &self.unstable
    }

    pub(crate) fn unstable_mut(&mut self) -> &mut Unstable {
        &mut self.unstable
    }

    /// Everything up to `position` is on disk.
    pub(crate) fn stable_to(&mut self, position: Position) -> Result<(), AckIgnored> {
        self.unstable.stable_to(position)
    }

    pub(crate) fn applying(&self) -> Index {
        self.applying
    }

    /// The entries to hand out now, none beyond `to`. Nothing while a snapshot waits, or while what is handed out fills the
    /// limit.
    fn appliable(&self, to: Index) -> Range<Index> {
        let start = self.applying + 1;
        if self.unstable.snapshot().is_some() || self.batches_bytes >= self.limits.applying_bytes_max {
            return start..start;
        }
        start..to + 1
    }

    pub(crate) fn has_appliable(&self, to: Index) -> bool {
        !self.appliable(to).is_empty()
    }

    /// Hands out committed entries. What did not fit waits until something is acknowledged.
    pub(crate) fn take_appliable(&mut self, to: Index, out: &mut Vec<Entry>) {
        let range = self.appliable(to);
        if range.is_empty() {
            return;
        }
        let room = self.limits.applying_bytes_max - self.batches_bytes;
        let wanted = range.end - range.start;
        // Committed entries are in the log; only a broken rule can have lost them, and then there is nothing to apply.
        if self.read(range, room, out).is_err() {
            return;
        }
        let Some(last) = out.last().map(|entry| entry.index) else { return };
        self.applying = last;
        if self.limits.applying_bytes_max < u64::MAX || self.limits.counts_payloads {
            self.note_batch(last, out, (out.len() as u64) < wanted);
        }
    }

    #[cold]
    fn note_batch(&mut self, last: Index, entries: &[Entry], more: bool) {
        let bytes = entries.iter().map(Entry::size_bytes).sum();
        let payload_bytes = entries.iter().map(Entry::payload_bytes).sum();
        self.batches.push(Batch { last, bytes, payload_bytes });
        self.batches_bytes = self.batches_bytes.saturating_add(bytes);
        if more {
            self.batches_bytes = self.batches_bytes.max(self.limits.applying_bytes_max);
        }
    }

    /// The host applied everything up to `index`. Returns the payload bytes that became applied.
    #[inline]
    pub(crate) fn applied_to(&mut self, index: Index) -> u64 {
        let index = index.min(self.committed);
        if index <= self.applied {
            return 0;
        }
        self.applied = index;
        self.applying = self.applying.max(index);
        if self.batches.is_empty() { 0 } else { self.forget_batches(index) }
    }

    /// What was handed out up to `index` is applied. Returns its payload bytes.
    #[cold]
    fn forget_batches(&mut self, index: Index) -> u64 {
        let whole = self.batches.iter().take_while(|batch| batch.last <= index).count();
        let payload_bytes = self.batches.drain(..whole).map(|batch| batch.payload_bytes).sum();
        if self.batches_bytes > 0 {
            self.batches_bytes = self.batches.iter().map(|batch| batch.bytes).sum();
        }
        payload_bytes
    }
}
