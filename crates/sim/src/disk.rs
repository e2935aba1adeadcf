//! A disk: what was written, and what of it would survive a crash.
//!
//! Writing is instant and lands in the operating system's memory; it survives a crash of the process only once it is synced.
//! The written state is the node's [`MemStorage`]; the disk remembers the state as of the last completed sync.

use raft_core::{HardState, Index, MemStorage, Storage};

/// What survives a crash of one node.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Disk {
    synced: MemStorage,
}

impl Disk {
    /// A disk that holds this.
    pub(crate) fn new(storage: MemStorage) -> Disk {
        Disk { synced: storage }
    }

    /// A sync completes: all that is written survives from now on. The log's chunks are shared, not copied.
    pub(crate) fn sync(&mut self, written: &MemStorage) {
        self.synced = written.clone();
    }

    /// What a new process finds.
    #[must_use]
    pub fn synced(&self) -> &MemStorage {
        &self.synced
    }

    /// The hard state that survives.
    #[must_use]
    pub fn hard_state(&self) -> HardState {
        self.synced.hard_state()
    }

    /// The last index of the log that survives.
    #[must_use]
    pub fn last_index(&self) -> Index {
        self.synced.last_index()
    }

    /// Up to which index the written log would survive a crash: the two logs are equal up to there.
    #[must_use]
    pub fn synced_of(&self, written: &MemStorage) -> Index {
        let mut last = self.synced.last_index().min(written.last_index());
        // A sync makes both equal, so they differ only where unsynced writes replaced a tail: a short walk.
        while last >= self.synced.first_index().max(written.first_index())
            && self.synced.entry(last).map(|e| e.term) != written.entry(last).map(|e| e.term)
        {
            last -= 1;
        }
        last
    }

    /// How many entries of the written log a crash would lose.
    #[must_use]
    pub fn unsynced_entries(&self, written: &MemStorage) -> u64 {
        written.last_index() - self.synced_of(written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use raft_core::{Body, Entry};

    fn write(storage: &mut MemStorage, term: u64, indexes: std::ops::RangeInclusive<Index>) {
        let entries: Vec<Entry> = indexes.map(|index| Entry { term, index, body: Body::Noop }).collect();
        storage.append(&entries);
    }

    #[test]
    fn only_what_is_synced_survives() {
        let mut written = MemStorage::with_voters([1]);
        let mut disk = Disk::new(written.clone());
        write(&mut written, 1, 1..=3);
        assert_eq!((disk.last_index(), disk.synced_of(&written), disk.unsynced_entries(&written)), (0, 0, 3));
        disk.sync(&written);
        assert_eq!((disk.last_index(), disk.synced_of(&written), disk.unsynced_entries(&written)), (3, 3, 0));
    }

    /// Goal: a tail that was replaced but not synced comes back in a crash. Method: terms 1 1 1 synced, 1 2 2 written.
    #[test]
    fn a_replaced_tail_is_not_synced_though_it_is_shorter() {
        let mut written = MemStorage::with_voters([1]);
        write(&mut written, 1, 1..=3);
        let disk = Disk::new(written.clone());
        write(&mut written, 2, 2..=2);
        assert_eq!((disk.synced_of(&written), disk.unsynced_entries(&written)), (1, 1));
        assert_eq!(disk.synced().entry(3).map(|entry| entry.term), Some(1));
    }
}
