//! What a node reads back from its disk: the [`Storage`] trait, and [`MemStorage`], which keeps it in memory.
//!
//! The core never writes: the host writes what a [`Ready`](crate::Ready) asks for, and says so afterwards.

use alloc::{sync::Arc, vec::Vec};
use core::{fmt, ops::Range};

use crate::chunks::Chunks;
use crate::configuration::ConfState;
use crate::entry::{Entry, Index, NodeId, Payload, Position, Term, prefix_within};

/// What must survive a crash beside the log (Figure 2, persistent state; etcd also keeps the commit index).
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct HardState {
    /// Latest term the node has seen. Never decreases.
    pub term: Term,
    /// Who got this node's vote in `term`.
    pub voted_for: Option<NodeId>,
    /// Highest index known to be committed. Never decreases.
    pub commit: Index,
}

/// A state machine's state that stands for the log up to `last` (§7).
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Snapshot {
    /// The last entry that the snapshot covers.
    pub last: Position,
    /// The configuration as of `last`.
    pub conf_state: ConfState,
    /// The host's state, uninterpreted.
    pub data: Payload,
}

/// Why a storage could not answer.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum StorageError {
    /// The entry is no longer in the log: a snapshot covers it.
    Compacted {
        /// The index asked for.
        index: Index,
        /// The first index that is still there.
        first: Index,
    },
    /// The entry is not there yet.
    Unavailable {
        /// The index asked for.
        index: Index,
        /// The last index that is there.
        last: Index,
    },
    /// The snapshot is being made; ask again later.
    SnapshotTemporarilyUnavailable,
    /// The snapshot is not newer than the one that is there.
    SnapshotOutOfDate {
        /// The index asked for.
        index: Index,
        /// The index of the snapshot that is there.
        current: Index,
    },
}

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StorageError::Compacted { index, first } => {
                write!(f, "index {index} is compacted: the log starts at {first}")
            }
            StorageError::Unavailable { index, last } => {
                write!(f, "index {index} is not in the log: its last index is {last}")
            }
            StorageError::SnapshotTemporarilyUnavailable => write!(f, "the snapshot is temporarily unavailable"),
            StorageError::SnapshotOutOfDate { index, current } => {
                write!(f, "a snapshot at index {index} is not newer than the one at {current}")
            }
        }
    }
}

impl core::error::Error for StorageError {}

/// What the core reads from the disk. Everything it returns has been written by the host and is never ahead of what
/// the core handed out.
pub trait Storage {
    /// What a restarting node starts from: its hard state, and the configuration as of [`Config::applied`](crate::Config::applied).
    /// A host whose state machine remembers nothing applies again from the last snapshot on: then it is that one's, or the
    /// initial one.
    fn initial_state(&self) -> (HardState, ConfState);

    /// Appends to `out` the entries of `range` in order, at least one, and no more once `max_bytes`
    /// ([`Entry::size_bytes`]) would be passed.
    ///
    /// # Errors
    /// `Compacted` or `Unavailable` when the range is not wholly in the log.
    fn entries(&self, range: Range<Index>, max_bytes: u64, out: &mut Vec<Entry>) -> Result<(), StorageError>;

    /// The term of the entry at `index`; also answered for `first_index() - 1`.
    ///
    /// # Errors
    /// `Compacted` or `Unavailable` when the index is outside of that.
    fn term(&self, index: Index) -> Result<Term, StorageError>;

    /// The first index in the log: 1 without a snapshot, else the index after it.
    fn first_index(&self) -> Index;

    /// The last index in the log; `first_index() - 1` when the log is empty.
    fn last_index(&self) -> Index;

    /// The latest snapshot. Where changes of the configuration take effect when they are applied (etcd's dialect), a node
    /// refuses a snapshot that does not name it: so a host that keeps snapshots makes a new one after each such change, or
    /// a newcomer behind a compacted log waits for ever.
    ///
    /// # Errors
    /// `SnapshotTemporarilyUnavailable` when the host needs time to make it.
    fn snapshot(&self) -> Result<Arc<Snapshot>, StorageError>;
}

/// A [`Storage`] in memory. Clones share the log's chunks, so a clone costs next to nothing.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct MemStorage {
    hard_state: HardState,
    conf_state: ConfState,
    snapshot: Arc<Snapshot>,
    log: Chunks,
}

impl MemStorage {
    /// The empty disk of a node of a cluster with this initial configuration.
    pub fn new(conf_state: ConfState) -> MemStorage {
        MemStorage { conf_state, ..MemStorage::default() }
    }

    /// The empty disk of a node of a cluster of these voters.
    pub fn with_voters(voters: impl IntoIterator<Item = NodeId>) -> MemStorage {
        MemStorage::new(ConfState::of_voters(voters))
    }

    /// The hard state last written.
    pub fn hard_state(&self) -> HardState {
        self.hard_state
    }

    /// Writes the hard state.
    pub fn set_hard_state(&mut self, hard_state: HardState) {
        self.hard_state = hard_state;
    }

    /// Writes `entries`, consecutive, replacing whatever the log holds from their first index on. Entries that a
    /// snapshot already covers are skipped.
    ///
    /// # Panics
    /// When they would leave a hole in the log: the host lost an append.
    pub fn append(&mut self, entries: &[Entry]) {
        let Some(head) = entries.first() else { return };
        let covered = self.first_index().saturating_sub(head.index);
        if covered >= entries.len() as u64 {
            return;
        }
        let (first, next) = (head.index + covered, self.log.next_index());
        assert!(first <= next, "an append leaves a hole in the log");
        if first < next {
            self.log.truncate(first);
        }
        self.log.extend(&entries[covered as usize..]);
    }

    /// The entry at `index`, if it is in the log.
    pub fn entry(&self, index: Index) -> Option<&Entry> {
        self.log.get(index)
    }

    /// Replaces the log by a snapshot that came from a leader (§7).
    ///
    /// # Errors
    /// `SnapshotOutOfDate` when it is older than the one that is there; nothing changes then.
    pub fn apply_snapshot(&mut self, snapshot: Arc<Snapshot>) -> Result<(), StorageError> {
        let (index, current) = (snapshot.last.index, self.snapshot.last.index);
        if current >= index {
            return Err(StorageError::SnapshotOutOfDate { index, current });
        }
        self.log = Chunks::after(snapshot.last);
        self.snapshot = snapshot;
        Ok(())
    }

    /// Makes the snapshot as of `index` from the state machine's own state; the log stays until [`compact`].
    ///
    /// # Errors
    /// `SnapshotOutOfDate` when a newer one exists, `Unavailable` when the log does not reach `index`.
    ///
    /// [`compact`]: MemStorage::compact
    pub fn create_snapshot(
        &mut self,
        index: Index,
        conf_state: ConfState,
        data: Payload,
    ) -> Result<Arc<Snapshot>, StorageError> {
        let current = self.snapshot.last.index;
        if index <= current {
            return Err(StorageError::SnapshotOutOfDate { index, current });
        }
        let last = Position::new(self.term(index)?, index);
        self.snapshot = Arc::new(Snapshot { last, conf_state, data });
        Ok(Arc::clone(&self.snapshot))
    }

    /// Forgets the entries up to and including `index`. The host keeps a snapshot that covers them.
    ///
    /// # Errors
    /// `Compacted` when they are already gone, `Unavailable` when the log does not reach `index`.
    pub fn compact(&mut self, index: Index) -> Result<(), StorageError> {
        let (first, last) = (self.first_index(), self.last_index());
        if index < first {
            return Err(StorageError::Compacted { index, first });
        }
        if index > last {
            return Err(StorageError::Unavailable { index, last });
        }
        self.log.compact(index + 1);
        Ok(())
    }

    /// Where a read of `range`, which is in the log, has to stop so that its bytes are at most `max_bytes`; one entry is read
    /// anyway.
    #[cold]
    fn end_within(&self, range: &Range<Index>, max_bytes: u64) -> Index {
        let (mut end, mut room) = (range.start, max_bytes);
        while end < range.end {
            let run = self.log.run(end..range.end);
            let (fits, bytes) = prefix_within(run, room);
            end += fits as u64;
            if fits < run.len() {
                break;
            }
            room = room.saturating_sub(bytes);
        }
        end.max(range.start + 1).min(range.end)
    }
}

impl Storage for MemStorage {
    fn initial_state(&self) -> (HardState, ConfState) {
        let conf_state =
            if self.snapshot.last.index == 0 { self.conf_state.clone() } else { self.snapshot.conf_state.clone() };
        (self.hard_state, conf_state)
    }

    fn entries(&self, range: Range<Index>, max_bytes: u64, out: &mut Vec<Entry>) -> Result<(), StorageError> {
        let (first, last) = (self.first_index(), self.last_index());
        if range.start < first {
            return Err(StorageError::Compacted { index: range.start, first });
        }
        if range.end > last + 1 {
            return Err(StorageError::Unavailable { index: range.end - 1, last });
        }
        let end = if max_bytes == u64::MAX { range.end } else { self.end_within(&range, max_bytes) };
        let mut from = range.start;
        while from < end {
            let run = self.log.run(from..end);
            out.extend_from_slice(run);
            from += run.len() as u64;
        }
        Ok(())
    }

    fn term(&self, index: Index) -> Result<Term, StorageError> {
        let (first, last) = (self.first_index(), self.last_index());
        match self.log.term(index) {
            Some(term) => Ok(term),
            None if index < first => Err(StorageError::Compacted { index, first }),
            None => Err(StorageError::Unavailable { index, last }),
        }
    }

    fn first_index(&self) -> Index {
        self.log.first_index()
    }

    fn last_index(&self) -> Index {
        self.log.next_index() - 1
    }

    fn snapshot(&self) -> Result<Arc<Snapshot>, StorageError> {
        Ok(Arc::clone(&self.snapshot))
    }
}
