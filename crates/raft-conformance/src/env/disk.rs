//! A node's disk, and its state machine.

use std::ops::Range;
use std::sync::Arc;

use raft_core::{
    ConfState, Entry, HardState, Index, MemStorage, Payload, Position, Snapshot, Storage, StorageError, Term,
};

/// The log and the hard state, and the latest snapshot of the state machine: a new one with each entry that is applied.
/// A leader that needs a snapshot gets that one. The state machine appends what it is given to what it has.
#[derive(Clone, Debug)]
pub struct Disk {
    written: MemStorage,
    latest: Arc<Snapshot>,
    /// What a leader sends. As in etcd's environment it grows with what this node applied and does not know of snapshots
    /// that it was sent itself.
    history: Arc<Snapshot>,
}

impl Disk {
    /// The disk of a new node: empty, or as the snapshot has it.
    ///
    /// # Errors
    /// When the snapshot cannot be the first.
    pub fn new(bootstrap: Option<Arc<Snapshot>>) -> Result<Disk, StorageError> {
        let mut written = MemStorage::default();
        if let Some(snapshot) = &bootstrap {
            written.apply_snapshot(Arc::clone(snapshot))?;
        }
        let latest = bootstrap.unwrap_or_default();
        Ok(Disk { written, history: Arc::clone(&latest), latest })
    }

    /// The index that the state machine has reached.
    pub fn applied(&self) -> Index {
        self.latest.last.index
    }

    /// Writes what a Ready asks for. A snapshot replaces the log.
    ///
    /// # Errors
    /// A sentence, when the snapshot is not newer than the one that is there, or when entries come along with it: etcd's
    /// environment does not take them together.
    pub fn write(
        &mut self,
        hard_state: Option<HardState>,
        snapshot: Option<&Arc<Snapshot>>,
        entries: &[Entry],
    ) -> Result<(), String> {
        if let Some(hard_state) = hard_state {
            self.written.set_hard_state(hard_state);
        }
        if let Some(snapshot) = snapshot {
            if !entries.is_empty() {
                return Err("can't apply snapshot and entries at the same time".to_string());
            }
            self.written.apply_snapshot(Arc::clone(snapshot)).map_err(|error| etcds_words(&error))?;
            self.latest = Arc::clone(snapshot);
        }
        self.written.append(entries);
        Ok(())
    }

    /// What is applied is committed, also when the append thread has not yet written that.
    pub fn note_applied_as_committed(&mut self) {
        let hard_state = self.written.hard_state();
        let commit = hard_state.commit.max(self.applied());
        self.written.set_hard_state(HardState { commit, ..hard_state });
    }

    /// Takes an applied entry into the state machine: `update` is what it appends, `conf_state` the configuration that
    /// holds from there on, if it is a new one.
    pub fn apply(&mut self, at: Position, update: &[u8], conf_state: Option<&ConfState>) {
        for snapshot in [&mut self.latest, &mut self.history] {
            let mut data = snapshot.data.to_vec();
            data.extend_from_slice(update);
            let conf_state = conf_state.unwrap_or(&snapshot.conf_state).clone();
            *snapshot = Arc::new(Snapshot { last: at, conf_state, data: Payload::from(data) });
        }
    }

    /// What a leader sends to who is behind.
    pub fn to_send(&self) -> Arc<Snapshot> {
        Arc::clone(&self.history)
    }

    /// Forgets the log up to and including `index`.
    ///
    /// # Errors
    /// A sentence, when that is not possible.
    pub fn compact(&mut self, index: Index) -> Result<(), String> {
        self.written.compact(index).map_err(|error| etcds_words(&error))
    }

    /// What is left of the log.
    pub fn log(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        let range = self.first_index()..self.last_index() + 1;
        if !range.is_empty() {
            self.entries(range, u64::MAX, &mut entries).expect("the range is the log's own");
        }
        entries
    }
}

/// The sentence that etcd's storage has for the same fault.
fn etcds_words(error: &StorageError) -> String {
    match error {
        StorageError::Compacted { .. } => "requested index is unavailable due to compaction".to_string(),
        StorageError::Unavailable { .. } => "requested entry at index is unavailable".to_string(),
        StorageError::SnapshotTemporarilyUnavailable => "snapshot is temporarily unavailable".to_string(),
        StorageError::SnapshotOutOfDate { .. } => "requested index is older than the existing snapshot".to_string(),
    }
}

impl Storage for Disk {
    fn initial_state(&self) -> (HardState, ConfState) {
        (self.written.hard_state(), self.latest.conf_state.clone())
    }

    fn entries(&self, range: Range<Index>, max_bytes: u64, out: &mut Vec<Entry>) -> Result<(), StorageError> {
        self.written.entries(range, max_bytes, out)
    }

    fn term(&self, index: Index) -> Result<Term, StorageError> {
        self.written.term(index)
    }

    fn first_index(&self) -> Index {
        self.written.first_index()
    }

    fn last_index(&self) -> Index {
        self.written.last_index()
    }

    fn snapshot(&self) -> Result<Arc<Snapshot>, StorageError> {
        Ok(self.to_send())
    }
}
