//! The part of the log that is not yet known to be on disk (etcd's `unstable`).
//!
//! ```text
//!  entries:    offset ............ offset_in_progress ............ end
//!              handed out to write                   to hand out
//! ```

use alloc::{sync::Arc, vec::Vec};

use crate::entry::{Entry, Index, Position, Term};
use crate::event::{AckIgnored, UnstableView};
use crate::storage::Snapshot;

/// Entries, and perhaps a snapshot before them, on their way to the disk.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub(crate) struct Unstable {
    /// A snapshot from a leader that is not yet installed.
    snapshot: Option<Arc<Snapshot>>,
    /// Whether the snapshot was handed out to be written.
    snapshot_in_progress: bool,
    /// The entry at `entries[i]` has index `offset + i`.
    entries: Vec<Entry>,
    /// The first index that is not known to be on disk. Below it the storage answers.
    offset: Index,
    /// The first index that was not yet handed out. `offset <= offset_in_progress <= end()`.
    offset_in_progress: Index,
}

impl Unstable {
    /// Nothing to write after a storage whose next index is `offset`.
    pub(crate) fn starting_at(offset: Index) -> Unstable {
        Unstable { offset, offset_in_progress: offset, ..Unstable::default() }
    }

    pub(crate) fn offset(&self) -> Index {
        self.offset
    }

    /// The index after the last one.
    pub(crate) fn end(&self) -> Index {
        self.offset + self.entries.len() as u64
    }

    /// The entries from `from` on, which must not be below the offset.
    pub(crate) fn entries_from(&self, from: Index) -> &[Entry] {
        &self.entries[(from - self.offset) as usize..]
    }

    /// The first index of the log, if a snapshot decides it.
    pub(crate) fn first_index(&self) -> Option<Index> {
        self.snapshot.as_ref().map(|snapshot| snapshot.last.index + 1)
    }

    /// The term at `index`, if it is here.
    pub(crate) fn term(&self, index: Index) -> Option<Term> {
        if index >= self.offset {
            return self.entries.get((index - self.offset) as usize).map(|entry| entry.term);
        }
        self.snapshot.as_ref().filter(|snapshot| snapshot.last.index == index).map(|snapshot| snapshot.last.term)
    }

    pub(crate) fn snapshot(&self) -> Option<&Arc<Snapshot>> {
        self.snapshot.as_ref()
    }

    /// The snapshot to hand out.
    pub(crate) fn next_snapshot(&self) -> Option<&Arc<Snapshot>> {
        self.snapshot.as_ref().filter(|_| !self.snapshot_in_progress)
    }

    /// Whether there are entries to hand out.
    pub(crate) fn has_next_entries(&self) -> bool {
        self.offset_in_progress < self.end()
    }

    /// The entries to hand out.
    pub(crate) fn next_entries(&self) -> &[Entry] {
        self.entries_from(self.offset_in_progress)
    }

    /// Everything here is handed out now.
    pub(crate) fn accept_in_progress(&mut self) {
        self.offset_in_progress = self.end();
        self.snapshot_in_progress = self.snapshot.is_some();
    }

    /// Whether entries are not yet known to be on disk.
    pub(crate) fn has_entries(&self) -> bool {
        !self.entries.is_empty()
    }

    /// Everything up to `position` is on disk.
    ///
    /// # Errors
    /// Why that confirms nothing here.
    pub(crate) fn stable_to(&mut self, position: Position) -> Result<(), AckIgnored> {
        let term = self.term(position.index).ok_or(AckIgnored::NotWaiting)?;
        if position.index < self.offset {
            return Err(AckIgnored::UnderSnapshot);
        }
        if term != position.term {
            return Err(AckIgnored::Overwritten { term });
        }
        self.forget_through(position.index);
        Ok(())
    }

    /// Everything up to `index` is on disk, whatever it is.
    #[inline]
    pub(crate) fn forget_through(&mut self, index: Index) {
        let (next, end) = (index + 1, self.end());
        if index < self.offset || next > end {
            return;
        }
        if next == end {
            self.entries.clear();
        } else {
            self.forget_first((next - self.offset) as usize);
        }
        self.offset = next;
        self.offset_in_progress = self.offset_in_progress.max(next);
    }

    /// More was appended while these were written.
    #[cold]
    fn forget_first(&mut self, count: usize) {
        self.entries.drain(..count);
    }

    /// The snapshot at `index` is installed.
    pub(crate) fn snapshot_stable_to(&mut self, index: Index) {
        if self.snapshot.as_ref().is_some_and(|snapshot| snapshot.last.index == index) {
            self.snapshot = None;
            self.snapshot_in_progress = false;
        }
    }

    /// The log starts over from a snapshot.
    pub(crate) fn restore(&mut self, snapshot: Arc<Snapshot>) {
        *self = Unstable::starting_at(snapshot.last.index + 1);
        self.snapshot = Some(snapshot);
    }

    /// Appends `entries`, replacing what is here, or on disk, from their first index on. They must leave no hole.
    #[inline]
    pub(crate) fn append(&mut self, entries: &[Entry]) {
        let Some(head) = entries.first() else { return };
        assert!(head.index <= self.end(), "an append leaves a hole in the log");
        if head.index < self.end() {
            self.truncate(head.index);
        }
        self.entries.extend_from_slice(entries);
    }

    /// Appends the entry that comes next.
    pub(crate) fn push(&mut self, entry: Entry) {
        debug_assert!(entry.index == self.end());
        self.entries.push(entry);
    }

    #[cold]
    fn truncate(&mut self, from: Index) {
        if from <= self.offset {
            self.entries.clear();
            self.offset = from;
            self.offset_in_progress = from;
        } else {
            self.entries.truncate((from - self.offset) as usize);
            self.offset_in_progress = self.offset_in_progress.min(from);
        }
    }

    pub(crate) fn view(&self) -> UnstableView {
        UnstableView { offset: self.offset, offset_in_progress: self.offset_in_progress, len: self.entries.len() }
    }
}
