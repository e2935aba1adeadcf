//! Asynchronous storage: the node goes on while its disk syncs (thesis 10.2.1; etcd's asynchronous storage writes).
//!
//! What a Ready wrote waits in a line for the disk. A sync covers all that stands in the line when it begins; when it is done,
//! what was promised leaves in order, the core hears of it, and the next sync begins. Entries are applied as the core hands
//! them out: it does so only once it knows that they are on disk here.

use raft_core::{Append, NodeId, Ready};

use super::Process;
use crate::config::StorageLoop;
use crate::disk::Disk;
use crate::watch::Seen;
use crate::world::Outside;

/// The line for the disk.
#[derive(Clone, Debug)]
pub(super) struct AtDisk {
    used: bool,
    /// What was written, and whether it needs a sync of its own.
    line: Vec<(Append, bool)>,
    /// How many of them the sync under way covers; 0 when none is.
    covered: usize,
}

impl AtDisk {
    pub(super) fn new(storage: StorageLoop) -> AtDisk {
        AtDisk { used: storage == StorageLoop::Async, line: Vec::new(), covered: 0 }
    }

    /// Whether the node goes on while its disk syncs.
    pub(super) fn is_used(&self) -> bool {
        self.used
    }

    pub(super) fn is_syncing(&self) -> bool {
        self.covered > 0
    }
}

impl Process {
    /// The Ready is written: it stands in line, and what it says is committed is applied.
    pub(super) fn go_on(&mut self, node: NodeId, mut ready: Ready, disk: &mut Disk, outside: &mut Outside<'_>) {
        let append = std::mem::take(&mut ready.append);
        self.at_disk.line.push((append, ready.must_sync));
        if let Some(last) = ready.committed_entries.last() {
            let last = last.index;
            for entry in &ready.committed_entries {
                self.apply(node, entry, outside);
            }
            self.raft.ack_applied(last);
        }
        self.after_applying(node, disk, outside);
        self.settle(node, disk, outside);
    }

    /// The sync is done.
    pub(super) fn synced_while_going_on(&mut self, node: NodeId, disk: &mut Disk, outside: &mut Outside<'_>) {
        for _ in 0..std::mem::take(&mut self.at_disk.covered) {
            self.keep_promise(node, disk, outside);
        }
        self.settle(node, disk, outside);
    }

    /// Lets go what needs no sync, and begins the next one.
    fn settle(&mut self, node: NodeId, disk: &mut Disk, outside: &mut Outside<'_>) {
        if self.at_disk.is_syncing() {
            return;
        }
        while self.at_disk.line.first().is_some_and(|(_, must_sync)| !must_sync) {
            self.keep_promise(node, disk, outside);
        }
        if !self.at_disk.line.is_empty() {
            self.at_disk.covered = self.at_disk.line.len();
            disk.begin_sync(self.raft.storage());
            outside.sync_later(node);
        }
    }

    /// The first in line is safe.
    fn keep_promise(&mut self, node: NodeId, disk: &mut Disk, outside: &mut Outside<'_>) {
        let (mut append, _) = self.at_disk.line.remove(0);
        self.promise(node, &mut append, disk, outside);
        outside.show(&self.raft, || Seen::Synced(append.mark.self_acks.clone()));
        self.raft.ack_append(append.mark);
        self.after_applying(node, disk, outside);
    }
}
