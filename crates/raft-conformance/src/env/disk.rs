//! A node's disk, and the snapshots of its state machine.

use std::ops::Range;
use std::sync::Arc;

use raft_core::{
    ConfState, Entry, HardState, Index, MemStorage, Payload, Position, Snapshot, Storage, StorageError, Term,
};

/// The log and the hard state, and a snapshot for each entry that was applied. A leader that needs a snapshot gets the
/// latest one.
///
/// The state machine appends what it is given to what it has. As in etcd's test environment, a snapshot that arrives
/// from a leader does not enter this history.
#[derive(Clone, Debug)]
pub struct Disk {
    written: MemStorage,
    /// Never empty.
    history: Vec<Arc<Snapshot>>,
    /// What a restart begins with: the index that the state machine has reached, and the configuration there.
    applied: Index,
    conf_state: ConfState,
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
        let first = bootstrap.unwrap_or_default();
        let (applied, conf_state) = (first.last.index, first.conf_state.clone());
        Ok(Disk { written, history: vec![first], applied, conf_state })
    }

    /// The index that the state machine has reached.
    pub fn applied(&self) -> Index {
        self.applied
    }

    /// Writes what a Ready asks for.
    ///
    /// # Errors
    /// A sentence, when the snapshot comes with entries or is not newer than the one that is there.
    pub fn write(
        &mut self,
        hard_state: Option<HardState>,
        snapshot: Option<&Arc<Snapshot>>,
        entries: &[Entry],
    ) -> Result<(), String> {
        if let Some(hard_state) = hard_state {
            self.written.set_hard_state(hard_state);
        }
        match snapshot {
            Some(_) if !entries.is_empty() => Err("can't apply snapshot and entries at the same time".to_string()),
            Some(snapshot) => {
                self.written.apply_snapshot(Arc::clone(snapshot)).map_err(|error| etcds_words(&error))?;
                self.applied = snapshot.last.index;
                self.conf_state = snapshot.conf_state.clone();
                Ok(())
            }
            None => {
                self.written.append(entries);
                Ok(())
            }
        }
    }

    /// Takes an applied entry into the state machine: `update` is what it appends, `conf_state` the configuration that
    /// holds from there on, if it is a new one.
    pub fn apply(&mut self, at: Position, update: &[u8], conf_state: Option<&ConfState>) {
        self.applied = at.index;
        if let Some(conf_state) = conf_state {
            self.conf_state = conf_state.clone();
        }
        let before = self.latest();
        let mut data = before.data.to_vec();
        data.extend_from_slice(update);
        let conf_state = conf_state.unwrap_or(&before.conf_state).clone();
        self.history.push(Arc::new(Snapshot { last: at, conf_state, data: Payload::from(data) }));
    }

    /// The latest snapshot of the state machine.
    pub fn latest(&self) -> Arc<Snapshot> {
        Arc::clone(self.history.last().expect("a history begins with a snapshot"))
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
        (self.written.hard_state(), self.conf_state.clone())
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
        Ok(self.latest())
    }
}
