//! Snapshots: sending one to a follower that is too far behind, and the cases of receiving one (§7).

use alloc::{sync::Arc, vec::Vec};

use crate::entry::{Index, NodeId};
use crate::event::{Decision, NoSnapshot, SnapshotRefusal, Tracer};
use crate::message::{AppendResult, MessageBody};
use crate::progress::ProgressState;
use crate::raft::Raft;
use crate::ready::Role;
use crate::storage::{Snapshot, Storage, StorageError};

impl<S: Storage, T: Tracer> Raft<S, T> {
    // ---- a leader's side ----

    /// The log does not reach back far enough for this follower: it gets the snapshot. Says whether it was sent.
    pub(crate) fn send_snapshot(&mut self, at: usize) -> bool {
        let to = self.progress[at].0;
        let snapshot = if self.progress[at].1.recent_active {
            match self.log.unstable().snapshot().cloned().map_or_else(|| self.log.storage().snapshot(), Ok) {
                Ok(snapshot) if snapshot.last.index > 0 && self.takes(to, &snapshot) => Ok(snapshot),
                Err(StorageError::SnapshotTemporarilyUnavailable) => Err(NoSnapshot::TemporarilyUnavailable),
                Ok(_) | Err(_) => Err(NoSnapshot::Missing),
            }
        } else {
            Err(NoSnapshot::Inactive)
        };
        let snapshot = match snapshot {
            Ok(snapshot) => snapshot,
            Err(why) => {
                self.tracer.decide(|| Decision::SnapshotNotSent { to, why });
                return false;
            }
        };
        let progress = &mut self.progress[at].1;
        let before = progress.view();
        progress.become_snapshot(snapshot.last.index);
        let after = progress.view();
        self.tracer.decide(|| Decision::SnapshotSent {
            to,
            first: self.log.first_index(),
            commit: self.log.committed(),
            snapshot: snapshot.last,
            before,
            after,
        });
        self.send(to, self.term, MessageBody::InstallSnapshot { snapshot });
        true
    }

    /// Whether a node takes this snapshot. One that was made before the node joined is refused, and sent again at once, and so for ever:
    /// until the host makes a newer one, none is sent.
    fn takes(&self, node: NodeId, snapshot: &Snapshot) -> bool {
        !self.config.dialect.conf_change_on_apply || snapshot.conf_state.contains(node)
    }

    /// The host knows what became of a snapshot on its way.
    pub(crate) fn report_snapshot(&mut self, node: NodeId, arrived: bool) {
        if self.role != Role::Leader {
            return;
        }
        let Some(progress) = self.progress_of(node).filter(|book| book.state() == ProgressState::Snapshot) else {
            return;
        };
        if !arrived {
            progress.abandon_snapshot();
        }
        progress.become_probe();
        let view = progress.view();
        // After success its answer starts the appends again, after failure the next heartbeat's.
        progress.pause();
        self.tracer.decide(|| Decision::SnapshotReported { node, arrived, progress: view });
    }

    // ---- a follower's side ----

    pub(crate) fn handle_snapshot(&mut self, from: NodeId, snapshot: &Arc<Snapshot>) {
        let (position, commit) = (snapshot.last, self.log.committed());
        let index = match self.snapshot_refusal(snapshot) {
            Some(why) => {
                self.tracer.decide(|| Decision::SnapshotIgnored { snapshot: position, commit, why });
                commit
            }
            None if self.config.dialect.matching_snapshot_keeps_log && self.log.holds(position) => {
                let last = self.log.last();
                self.tracer.decide(|| Decision::SnapshotFastForwarded { snapshot: position, commit, last });
                self.follow_commit(position.index);
                self.log.committed()
            }
            None => self.restore(Arc::clone(snapshot)),
        };
        self.send_after_append(from, self.term, MessageBody::AppendEntriesResponse(AppendResult::Matched { index }));
    }

    fn snapshot_refusal(&self, snapshot: &Snapshot) -> Option<SnapshotRefusal> {
        let stale = snapshot.last.index <= self.log.committed();
        if stale && (self.config.rules().stale_appends_refused || snapshot.last.index <= self.log.applied()) {
            Some(SnapshotRefusal::Stale)
        } else if !snapshot.conf_state.is_possible() {
            Some(SnapshotRefusal::Nonsense)
        } else if self.config.dialect.conf_change_on_apply && !snapshot.conf_state.contains(self.config.id) {
            // By the paper's dialect a new member counts from the entry on that adds it, and that may follow the snapshot.
            Some(SnapshotRefusal::NotMember)
        } else {
            None
        }
    }

    /// The log starts over from the snapshot. What follows it stays if it is known to agree (§7: only with the paper's
    /// dialect; etcd's keeps all of such a log). Returns the index to acknowledge.
    fn restore(&mut self, snapshot: Arc<Snapshot>) -> Index {
        let position = snapshot.last;
        let mut kept = Vec::new();
        if self.log.holds(position) && self.log.last_index() > position.index {
            // The range is in the log, so nothing can fail; if it could, nothing would be kept.
            let _ = self.log.read(position.index + 1..self.log.last_index() + 1, u64::MAX, &mut kept);
        }
        let (commit, applied, applying) = (self.log.committed(), self.log.applied(), self.log.applying());
        let unstable = self.log.unstable().view();
        self.tracer.decide(|| Decision::SnapshotRestoring { snapshot: position, commit, applied, applying, unstable });
        self.log.restore(Arc::clone(&snapshot));
        self.log.append(&kept);
        self.conf_before.clear();
        self.progress.clear();
        self.switch_to(Arc::new(snapshot.conf_state.clone()));
        self.conf_changes_appended(&kept);
        let (commit, last) = (self.log.committed(), self.log.last());
        self.tracer.decide(|| Decision::SnapshotRestored { snapshot: position, commit, last });
        position.index
    }
}
