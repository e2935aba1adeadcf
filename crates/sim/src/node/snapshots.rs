//! Snapshots on the host's side (§7): making one of the store and dropping the log, and taking over a leader's.

use raft_core::{Index, NodeId, Snapshot, Storage as _};

use super::{Node, Process};
use crate::checks::Fact;
use crate::disk::{Disk, snapshot_index};
use crate::network::Answer;
use crate::store::Store;
use crate::sure::sure;
use crate::trace::Happening;
use crate::world::Outside;

impl Node {
    /// Makes a snapshot and drops the log up to `index`, which is in the log and applied. The process must be running.
    pub(crate) fn compact(&mut self, index: Index, outside: &mut Outside<'_>) {
        self.process.as_mut().expect("a running process").compact(self.id, index, &mut self.disk, outside);
    }
}

impl Process {
    /// Makes a snapshot as of the last applied index and drops the log up to `index`.
    pub(super) fn compact(&mut self, node: NodeId, index: Index, disk: &mut Disk, outside: &mut Outside<'_>) {
        let applied = self.raft.status().applied;
        let storage = self.raft.storage_mut();
        // With a rule broken the log may end before what is applied: then there is nothing to make a snapshot of.
        if storage.last_index() < applied {
            return;
        }
        if snapshot_index(storage) < applied {
            let (conf, data) = (self.conf.as_ref().clone(), self.store.encode(&self.rules));
            sure(storage.create_snapshot(applied, conf, data.into()), "what is applied is in the log");
        }
        sure(storage.compact(index), "the caller made sure that the log holds it");
        disk.compacted(storage);
        self.applied_bytes = 0;
        outside.record(Happening::Compacted { node, index, snapshot: applied });
    }

    /// A leader's snapshot is on disk: it replaces the store.
    pub(super) fn restore(&mut self, node: NodeId, snapshot: &Snapshot, outside: &mut Outside<'_>) {
        self.store = Store::of_snapshot(snapshot);
        self.conf = snapshot.conf_state.clone().into();
        self.applied_bytes = 0;
        outside.fact(node, Fact::Restored(snapshot.last.index, self.store.digest()));
        // Whether these commands are in the snapshot is not known here; the clients' sessions make asking again harmless.
        self.waiting.retain(|waiting| {
            let is_covered = waiting.index <= snapshot.last.index;
            if is_covered {
                outside.answer(node, waiting.client, waiting.sequence, Answer::NotLeader { hint: None });
            }
            !is_covered
        });
    }
}
