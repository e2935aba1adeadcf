//! A disk: what was written, and what of it would survive a crash.
//!
//! Writing is instant and lands in the operating system's memory; it survives the end of the process only once it is synced.
//! While a process runs, what is written is its core's [`MemStorage`]; the disk remembers what a crash would undo: the hard
//! state as it was, and the tail of the log that unsynced entries have replaced. So a sync costs nothing.
//!
//! A node's own snapshot is made aside and takes its place in one step, as a file that is renamed once it is synced: it is
//! never half there. It only ever covers what survives a crash anyway.

use std::sync::Arc;

use crate::action::Losing;
use crate::rules::HostRules;
use crate::sure::sure;
use raft_core::{Append, Entry, HardState, Index, MemStorage, NodeId, Snapshot, Storage};

/// What survives a crash of one node, told as what a crash would undo.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Disk {
    voters: Vec<NodeId>,
    /// The hard state that survives.
    hard_state: HardState,
    /// What was written since the sync under way began, or since the latest one if none is.
    unsynced: Option<Unsynced>,
    /// What the sync under way makes safe.
    syncing: Option<Syncing>,
    /// What a new process finds. It is here only while no process runs.
    at_rest: Option<MemStorage>,
}

/// Entries that were written and not synced.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct Unsynced {
    /// The first of them.
    from: Index,
    /// What stood in their place before, from that index on. Usually nothing.
    replaced: Vec<Entry>,
    /// Everything as it was, if a leader's snapshot has replaced the whole log since.
    before_snapshot: Option<Box<MemStorage>>,
}

/// A sync under way: the hard state as it was when it began, and what was written and not synced then.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct Syncing {
    hard_state: HardState,
    unsynced: Option<Unsynced>,
}

impl Disk {
    /// The empty disk of a node of a cluster of these voters.
    pub(crate) fn new(voters: impl IntoIterator<Item = NodeId>) -> Disk {
        let voters: Vec<NodeId> = voters.into_iter().collect();
        let at_rest = MemStorage::with_voters(voters.iter().copied());
        Disk { voters, hard_state: HardState::default(), unsynced: None, syncing: None, at_rest: Some(at_rest) }
    }

    /// A new process takes what is there.
    pub(crate) fn open(&mut self) -> MemStorage {
        self.at_rest.take().expect("one process at a time opens a disk")
    }

    /// The process writes: it survives a crash only after [`Disk::sync`].
    ///
    /// With their rules broken, term and vote stay behind.
    pub(crate) fn write(&mut self, written: &mut MemStorage, append: &Append, rules: &HostRules) {
        if let Some(snapshot) = &append.snapshot {
            self.install(written, snapshot);
        }
        if let Some(first) = append.entries.first() {
            self.remember(written, first.index);
            written.append(&append.entries);
        }
        if let Some(mut hard_state) = append.hard_state {
            let before = written.hard_state();
            if !rules.term_written {
                hard_state.term = before.term;
            }
            if !rules.vote_written {
                hard_state.voted_for = before.voted_for.filter(|_| before.term == hard_state.term);
            }
            written.set_hard_state(hard_state);
        }
    }

    /// A leader's snapshot replaces the log. A crash before the sync brings back what was there.
    fn install(&mut self, written: &mut MemStorage, snapshot: &Arc<Snapshot>) {
        let before = written.clone();
        // The core hands out no snapshot that is older than the one there; if a broken rule does, it changes nothing.
        if written.apply_snapshot(Arc::clone(snapshot)).is_ok() {
            let layer = self.unsynced.take();
            let before_snapshot = Some(Box::new(self.without(layer, before)));
            self.unsynced = Some(Unsynced { from: snapshot.last.index + 1, replaced: Vec::new(), before_snapshot });
        }
    }

    /// The node's own snapshot is in its place: nothing before it is needed any more.
    pub(crate) fn compacted(&mut self, written: &MemStorage) {
        self.hard_state.commit = self.hard_state.commit.max(snapshot_index(written));
    }

    /// Remembers what stands at `from` and after it, unless that is unsynced itself.
    fn remember(&mut self, written: &MemStorage, from: Index) {
        let end = self.unsynced.as_ref().map_or(written.last_index() + 1, |unsynced| unsynced.from);
        if self.unsynced.as_ref().is_some_and(|unsynced| end <= from || unsynced.before_snapshot.is_some()) {
            return;
        }
        let mut replaced = Vec::new();
        for index in from..end {
            replaced.extend(written.entry(index).cloned());
        }
        if let Some(unsynced) = self.unsynced.take() {
            replaced.extend(unsynced.replaced);
        }
        self.unsynced = Some(Unsynced { from, replaced, before_snapshot: None });
    }

    /// The log as the latest sync left it: what was written last goes first.
    fn undone(&mut self, mut written: MemStorage) -> MemStorage {
        let layers = [self.unsynced.take(), self.syncing.take().and_then(|syncing| syncing.unsynced)];
        for layer in layers {
            written = self.without(layer, written);
        }
        written
    }

    /// The log without what was written and not synced.
    fn without(&self, layer: Option<Unsynced>, written: MemStorage) -> MemStorage {
        match layer {
            None => written,
            Some(Unsynced { before_snapshot: Some(before), .. }) => *before,
            Some(Unsynced { from, replaced, before_snapshot: None }) => {
                let mut written = self.without_tail(written, from);
                written.append(&replaced);
                written
            }
        }
    }

    /// A sync begins: it makes safe what is written by now.
    pub(crate) fn begin_sync(&mut self, written: &MemStorage) {
        assert!(self.syncing.is_none(), "one sync at a time");
        self.syncing = Some(Syncing { hard_state: written.hard_state(), unsynced: self.unsynced.take() });
    }

    /// The sync completes: what was written when it began survives from now on.
    pub(crate) fn sync(&mut self) {
        let done = self.syncing.take().expect("a sync that began");
        self.hard_state = HardState { commit: done.hard_state.commit.max(self.hard_state.commit), ..done.hard_state };
    }

    /// The process ends, and with it what it had not synced, or part of that. Returns how many entries are lost.
    pub(crate) fn crash(&mut self, mut written: MemStorage, losing: Losing) -> u64 {
        let unsynced = self.unsynced_entries(&written);
        let lost = match losing {
            Losing::All => unsynced,
            // A snapshot that was written is there as a whole.
            Losing::Tail(entries) => entries.min(unsynced).min(written.last_index() + 1 - written.first_index()),
        };
        if let Losing::Tail(_) = losing {
            let hard_state = written.hard_state();
            if lost > 0 {
                let from = written.last_index() - lost + 1;
                written = self.without_tail(written, from);
            }
            // The commit index promises nothing: it may have reached the disk before the entries that it counts.
            written.set_hard_state(HardState { commit: hard_state.commit.min(written.last_index()), ..hard_state });
            (self.unsynced, self.syncing, self.hard_state) = (None, None, written.hard_state());
        }
        written = self.undone(written);
        // A snapshot stands for what is committed, though the index may not have reached the disk by itself.
        self.hard_state.commit = self.hard_state.commit.max(snapshot_index(&written));
        written.set_hard_state(self.hard_state);
        self.at_rest = Some(written);
        lost
    }

    /// The log up to the entry before `from`.
    fn without_tail(&self, mut written: MemStorage, from: Index) -> MemStorage {
        match written.entry(from - 1).cloned() {
            // Appending an entry that is there removes all after it.
            Some(last) => written.append(&[last]),
            None => {
                let snapshot = sure(written.snapshot(), "a storage in memory has its snapshot at hand");
                written = MemStorage::with_voters(self.voters.iter().copied());
                // Fails only for the empty snapshot, at index 0: then the log is empty from its beginning on.
                let _ = written.apply_snapshot(snapshot);
            }
        }
        written
    }

    /// The disk is lost, and an empty one takes its place. No process runs.
    pub(crate) fn lose(&mut self) {
        assert!(self.at_rest.is_some(), "the disk is in use");
        *self = Disk::new(self.voters.iter().copied());
    }

    /// What a new process would find; `None` while a process runs.
    #[must_use]
    pub fn at_rest(&self) -> Option<&MemStorage> {
        self.at_rest.as_ref()
    }

    /// The hard state that survives.
    #[must_use]
    pub fn hard_state(&self) -> HardState {
        self.hard_state
    }

    /// Up to which index the written log survives a crash as it is.
    #[must_use]
    pub fn synced_of(&self, written: &MemStorage) -> Index {
        let layers = [self.syncing.as_ref().and_then(|syncing| syncing.unsynced.as_ref()), self.unsynced.as_ref()];
        layers.into_iter().flatten().fold(written.last_index(), |synced, layer| {
            synced.min(match &layer.before_snapshot {
                Some(before) => before.last_index().min(layer.from - 2),
                None => layer.from - 1,
            })
        })
    }

    /// How many entries of the written log a crash would lose.
    #[must_use]
    pub fn unsynced_entries(&self, written: &MemStorage) -> u64 {
        written.last_index() - self.synced_of(written)
    }
}

/// The last index that the snapshot of a storage stands for; 0 if there is none.
pub(crate) fn snapshot_index(written: &MemStorage) -> Index {
    written.snapshot().map_or(0, |snapshot| snapshot.last.index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use raft_core::{Body, ConfState, Position};

    fn entries(term: u64, indexes: std::ops::Range<Index>) -> Vec<Entry> {
        indexes.map(|index| Entry { term, index, body: Body::Noop }).collect()
    }

    fn write(disk: &mut Disk, written: &mut MemStorage, hard_state: Option<HardState>, entries: &[Entry]) {
        disk.write(
            written,
            &Append { hard_state, entries: entries.to_vec(), ..Append::default() },
            &HostRules::default(),
        );
    }

    fn snapshot(term: u64, index: Index) -> Arc<Snapshot> {
        let last = Position { term, index };
        Arc::new(Snapshot { last, conf_state: ConfState::of_voters([1]), data: "x".into() })
    }

    fn opened() -> (Disk, MemStorage) {
        let mut disk = Disk::new([1]);
        let written = disk.open();
        (disk, written)
    }

    #[test]
    fn only_what_is_synced_survives() {
        let (mut disk, mut written) = opened();
        let hard_state = HardState { term: 1, voted_for: Some(1), commit: 0 };
        write(&mut disk, &mut written, Some(hard_state), &entries(1, 1..4));
        assert_eq!((disk.synced_of(&written), disk.unsynced_entries(&written)), (0, 3));
        disk.begin_sync(&written);
        disk.sync();
        assert_eq!((disk.synced_of(&written), disk.unsynced_entries(&written)), (3, 0));
        write(&mut disk, &mut written, Some(HardState { term: 2, ..hard_state }), &entries(2, 4..6));
        assert_eq!(disk.crash(written, Losing::All), 2);
        let found = disk.open();
        assert_eq!((found.last_index(), found.hard_state()), (3, hard_state));
    }

    /// Goal: a tail that was replaced but not synced comes back in a crash. Method: terms 1 1 1 synced, 1 2 written.
    #[test]
    fn a_replaced_tail_comes_back() {
        let (mut disk, mut written) = opened();
        write(&mut disk, &mut written, None, &entries(1, 1..4));
        disk.begin_sync(&written);
        disk.sync();
        write(&mut disk, &mut written, None, &entries(2, 2..3));
        assert_eq!((disk.synced_of(&written), disk.unsynced_entries(&written)), (1, 1));
        assert_eq!(disk.crash(written, Losing::All), 1);
        assert_eq!(disk.at_rest().and_then(|found| found.entry(3)).map(|entry| entry.term), Some(1));
    }

    #[test]
    fn a_crash_may_lose_only_part_of_the_tail() {
        let (mut disk, mut written) = opened();
        let hard_state = HardState { term: 3, voted_for: Some(1), commit: 0 };
        write(&mut disk, &mut written, Some(hard_state), &entries(3, 1..6));
        assert_eq!(disk.crash(written, Losing::Tail(2)), 2);
        let found = disk.open();
        assert_eq!((found.last_index(), found.hard_state()), (3, hard_state));
    }

    /// Goal: term and vote survive a torn tail also when that is the whole log (the search for counterexamples found a node that
    /// voted twice). Method: a first entry that is lost.
    #[test]
    fn a_torn_tail_keeps_term_and_vote_even_if_no_entry_is_left() {
        let (mut disk, mut written) = opened();
        let hard_state = HardState { term: 1, voted_for: Some(1), commit: 0 };
        write(&mut disk, &mut written, Some(hard_state), &entries(1, 1..2));
        assert_eq!(disk.crash(written, Losing::Tail(2)), 1);
        let found = disk.open();
        assert_eq!((found.last_index(), found.hard_state()), (0, hard_state));
    }

    #[test]
    fn a_snapshot_that_is_not_synced_gives_way_to_the_log_before_it() {
        let (mut disk, mut written) = opened();
        write(&mut disk, &mut written, None, &entries(1, 1..4));
        disk.begin_sync(&written);
        disk.sync();
        write(&mut disk, &mut written, None, &entries(2, 3..6));
        let append = Append { snapshot: Some(snapshot(3, 8)), entries: entries(3, 9..11), ..Append::default() };
        disk.write(&mut written, &append, &HostRules::default());
        assert_eq!((written.first_index(), written.last_index(), disk.synced_of(&written)), (9, 10, 3));
        let mut synced = (disk.clone(), written.clone());
        disk.crash(written, Losing::All);
        let found = disk.open();
        assert_eq!((found.first_index(), found.last_index(), found.hard_state().commit), (1, 3, 0));
        synced.0.begin_sync(&synced.1);
        synced.0.sync();
        assert_eq!(synced.0.crash(synced.1, Losing::All), 0);
        let found = synced.0.open();
        assert_eq!((found.first_index(), found.last_index(), found.hard_state().commit), (9, 10, 8));
    }

    /// Goal: a sync makes safe what was written when it began, and no more. Method: entries before it, during it, a conflict.
    #[test]
    fn what_is_written_during_a_sync_waits_for_the_next_one() {
        let (mut disk, mut written) = opened();
        write(&mut disk, &mut written, Some(HardState { term: 1, voted_for: Some(1), commit: 0 }), &entries(1, 1..4));
        disk.begin_sync(&written);
        write(&mut disk, &mut written, Some(HardState { term: 2, voted_for: None, commit: 0 }), &entries(2, 3..6));
        assert_eq!((disk.synced_of(&written), disk.unsynced_entries(&written)), (0, 5));
        let (mut early, twin) = (disk.clone(), written.clone());
        assert_eq!(early.crash(twin, Losing::All), 5);
        assert_eq!(early.at_rest().map(MemStorage::hard_state), Some(HardState::default()));
        disk.sync();
        assert_eq!((disk.synced_of(&written), disk.hard_state().term), (2, 1));
        disk.crash(written, Losing::All);
        let found = disk.open();
        assert_eq!(
            (found.last_index(), found.entry(3).map(|entry| entry.term), found.hard_state().term),
            (3, Some(1), 1)
        );
    }

    proptest! {
        /// Goal: what a crash undoes is all since the last sync. Method: the slow twin copies the storage at each sync.
        /// Now and then the log is compacted to its middle, or replaced by a snapshot.
        #[test]
        fn a_crash_brings_back_the_last_sync(
            steps in proptest::collection::vec((0..6_u64, 0..4_u64, any::<bool>(), 0..6_u8), 0..20)
        ) {
            let (mut disk, mut written) = opened();
            let mut twin = written.clone();
            for (term, (back, count, sync, other)) in (1..).zip(steps) {
                let from = written.last_index().saturating_sub(back).max(snapshot_index(&written)) + 1;
                let hard_state = HardState { term, voted_for: None, commit: snapshot_index(&written) };
                write(&mut disk, &mut written, Some(hard_state), &entries(term, from..from + count));
                if other == 0 {
                    let append = Append { snapshot: Some(snapshot(term, from + 5)), ..Append::default() };
                    disk.write(&mut written, &append, &HostRules::default());
                    written.set_hard_state(HardState { commit: from + 5, ..hard_state });
                }
                if sync {
                    disk.begin_sync(&written);
        disk.sync();
                    let middle = (snapshot_index(&written) + written.last_index()) / 2;
                    if other == 1 && written.create_snapshot(middle, ConfState::of_voters([1]), "y".into()).is_ok() {
                        written.compact(middle).expect("the middle of a log");
                        written.set_hard_state(HardState { commit: middle, ..written.hard_state() });
                        disk.compacted(&written);
                    }
                    twin = written.clone();
                }
            }
            disk.crash(written, Losing::All);
            prop_assert_eq!(disk.at_rest(), Some(&twin));
        }
    }
}
