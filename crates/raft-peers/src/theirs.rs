//! A node of raft-rs on our disk: the log lies in a `MemStorage` of ours and is translated as it is read.

use protobuf::Message as _;
use raft::eraftpb::{ConfChangeV2, Entry as TheirEntry, EntryType, HardState as TheirHardState, Snapshot};
use raft::{GetEntriesContext, LightReady, RaftState, RawNode, Ready, SnapshotStatus, StateRole};
use raft_core::{
    ConfChange, ConfState, Entry, HardState, Index, MemStorage, NodeId, Position, Role, Storage, StorageError, Term,
};
use std::sync::Arc;

use crate::host::{
    CrashPoint, DiskView, ELECTION_TICKS, HEARTBEAT_TICKS, Host, Letter, Machine, Outcome, Settings, View,
};
use crate::translate;

/// A node of raft-rs with its disk and its state machine.
pub struct TheirHost {
    id: NodeId,
    settings: Settings,
    node: RawNode<Disk>,
    machine: Machine,
    conf: ConfState,
}

/// Our storage behind raft-rs' trait.
struct Disk(MemStorage);

impl TheirHost {
    /// A node with an empty disk.
    ///
    /// # Panics
    /// When raft-rs does not accept the settings.
    pub fn new(id: NodeId, settings: Settings) -> TheirHost {
        let disk = MemStorage::with_voters(1..=settings.nodes);
        let node = start(id, settings, &disk);
        let conf = disk.initial_state().1;
        TheirHost { id, settings, node, machine: Machine::default(), conf }
    }

    fn write(&mut self, ready: &Ready, outcome: &mut Outcome) {
        if !ready.snapshot().is_empty() {
            let snapshot = Arc::new(translate::snapshot_to_ours(ready.snapshot()));
            self.conf = snapshot.conf_state.clone();
            self.disk_mut().apply_snapshot(snapshot).expect("raft-rs hands out newer snapshots only");
        }
        let entries: Vec<Entry> = ready.entries().iter().map(translate::entry_to_ours).collect();
        if let Some(first) = entries.first() {
            let before = self.disk().term(first.index - 1).expect("entries follow the log");
            self.disk_mut().append(&entries);
            outcome.written.push((before, entries));
        }
        if let Some(hard_state) = ready.hs() {
            self.write_hard_state(hard_state, outcome);
        }
    }

    fn write_hard_state(&mut self, hard_state: &TheirHardState, outcome: &mut Outcome) {
        let voted_for = Some(hard_state.vote).filter(|&vote| vote != 0);
        let hard_state = HardState { term: hard_state.term, voted_for, commit: hard_state.commit };
        self.disk_mut().set_hard_state(hard_state);
        outcome.hard_states.push(hard_state);
    }

    fn finish(&mut self, ready: Ready, committed: Vec<TheirEntry>, outcome: &mut Outcome) {
        if !ready.snapshot().is_empty() {
            let metadata = ready.snapshot().get_metadata();
            self.machine.restore(metadata.index, &ready.snapshot().data);
        }
        self.apply(committed);
        let mut light: LightReady = self.node.advance(ready);
        if let Some(commit) = light.commit_index() {
            let hard_state = HardState { commit, ..self.disk().hard_state() };
            self.disk_mut().set_hard_state(hard_state);
            outcome.hard_states.push(hard_state);
        }
        outcome.letters.extend(light.take_messages().into_iter().map(Letter::Theirs));
        self.apply(light.take_committed_entries());
        self.node.advance_apply();
    }

    fn apply(&mut self, entries: Vec<TheirEntry>) {
        for entry in &entries {
            self.machine.apply(&translate::entry_to_ours(entry));
            if entry.get_entry_type() != EntryType::EntryNormal {
                let change = ConfChangeV2::parse_from_bytes(&entry.data).expect("made by raft-rs or by us");
                let conf = self.node.apply_conf_change(&change).expect("a leader checked it");
                self.conf = translate::conf_to_ours(&conf);
            }
        }
    }

    fn disk(&self) -> &MemStorage {
        &self.node.store().0
    }

    fn disk_mut(&mut self) -> &mut MemStorage {
        &mut self.node.mut_store().0
    }
}

/// Starts a node from its disk. Its state machine has the disk's snapshot.
fn start(id: NodeId, settings: Settings, disk: &MemStorage) -> RawNode<Disk> {
    let config = raft::Config {
        id,
        election_tick: ELECTION_TICKS as usize,
        heartbeat_tick: HEARTBEAT_TICKS as usize,
        applied: disk.snapshot().map_or(0, |snapshot| snapshot.last.index),
        max_size_per_msg: settings.message_bytes_max,
        max_inflight_msgs: settings.inflight_max as usize,
        check_quorum: settings.check_quorum,
        pre_vote: settings.pre_vote,
        ..raft::Config::default()
    };
    let logger = slog::Logger::root(slog::Discard, slog::o!());
    RawNode::new(&config, Disk(disk.clone()), &logger).expect("the settings are valid")
}

impl Host for TheirHost {
    fn kind(&self) -> &'static str {
        "theirs"
    }

    fn tick(&mut self) {
        self.node.tick();
    }

    fn receive(&mut self, letter: Letter) {
        // An answer of a node that left is refused, as it should be.
        let _ = self.node.step(letter.into_theirs());
    }

    fn propose(&mut self, command: &[u8]) -> bool {
        // raft-rs forwards; the network of these tests has no use for forwarded proposals.
        self.node.raft.state == StateRole::Leader && self.node.propose(Vec::new(), command.to_vec()).is_ok()
    }

    fn propose_change(&mut self, change: &ConfChange) {
        if self.node.raft.state == StateRole::Leader {
            // What is refused is gone.
            let _ = self.node.propose_conf_change(change.context.to_vec(), translate::change_to_theirs(change));
        }
    }

    fn conf(&self) -> ConfState {
        self.conf.clone()
    }

    fn campaign(&mut self) {
        if self.node.raft.promotable() {
            self.node.campaign().expect("campaigning is a local step");
        }
    }

    fn transfer(&mut self, to: NodeId) {
        self.node.transfer_leader(to);
    }

    fn read(&mut self, context: u64) {
        self.node.read_index(context.to_le_bytes().to_vec());
    }

    fn report_snapshot(&mut self, to: NodeId, arrived: bool) {
        self.node.report_snapshot(to, if arrived { SnapshotStatus::Finish } else { SnapshotStatus::Failure });
    }

    fn process(&mut self, crash: Option<CrashPoint>) -> Outcome {
        let mut outcome = Outcome::default();
        while self.node.has_ready() {
            let mut ready = self.node.ready();
            outcome.letters.extend(ready.take_messages().into_iter().map(Letter::Theirs));
            if crash == Some(CrashPoint::BeforeWrite) {
                return Outcome { crashed: true, ..outcome };
            }
            self.write(&ready, &mut outcome);
            if crash == Some(CrashPoint::AfterWrite) {
                return Outcome { crashed: true, ..outcome };
            }
            outcome.letters.extend(ready.take_persisted_messages().into_iter().map(Letter::Theirs));
            if crash == Some(CrashPoint::BeforeApply) {
                return Outcome { crashed: true, ..outcome };
            }
            for read in ready.take_read_states() {
                let context = read.request_ctx.as_slice().try_into().map(u64::from_le_bytes);
                outcome.reads.push((read.index, context.expect("eight bytes, as `read` made it")));
            }
            let committed = ready.take_committed_entries();
            self.finish(ready, committed, &mut outcome);
        }
        outcome
    }

    fn restart(&mut self) {
        let disk = self.disk().clone();
        let snapshot = disk.snapshot().expect("a storage in memory always has it");
        self.machine.restore(snapshot.last.index, &snapshot.data);
        self.conf = disk.initial_state().1;
        self.node = start(self.id, self.settings, &disk);
    }

    fn compact(&mut self, keep: u64) {
        let (applied, conf, state) = (self.machine.applied, self.conf.clone(), self.machine.save());
        let disk = self.disk_mut();
        if disk.create_snapshot(applied, conf, state).is_ok() {
            // Nothing to remove is fine.
            let _ = disk.compact(applied.saturating_sub(keep));
        }
    }

    fn renew_snapshot(&mut self) {
        let current = self.disk().snapshot().expect("a storage in memory always has it");
        if current.last.index > 0 && current.conf_state != self.conf {
            let (applied, conf, state) = (self.machine.applied, self.conf.clone(), self.machine.save());
            // What is applied may be as old as the snapshot: then that is the newest there is.
            let _ = self.disk_mut().create_snapshot(applied, conf, state);
        }
    }

    fn set_election_timeout(&mut self, ticks: u32) {
        self.node.raft.set_randomized_election_timeout(ticks as usize);
    }

    fn view(&self) -> View {
        let raft = &self.node.raft;
        let some = |id: NodeId| Some(id).filter(|&id| id != 0);
        View {
            role: match raft.state {
                StateRole::Follower => Role::Follower,
                StateRole::PreCandidate => Role::PreCandidate,
                StateRole::Candidate => Role::Candidate,
                StateRole::Leader => Role::Leader,
            },
            term: raft.term,
            voted_for: some(raft.vote),
            leader: some(raft.leader_id),
            commit: raft.raft_log.committed,
            first: raft.raft_log.first_index(),
            last: Position { term: raft.raft_log.last_term(), index: raft.raft_log.last_index() },
        }
    }

    fn entry(&self, index: Index) -> Option<Entry> {
        let log = &self.node.raft.raft_log;
        let unstable = log.unstable_entries().iter().find(|entry| entry.index == index);
        unstable.map(translate::entry_to_ours).or_else(|| self.disk().entry(index).cloned())
    }

    fn disk(&self) -> &dyn DiskView {
        self.disk()
    }

    fn machine(&self) -> &Machine {
        &self.machine
    }
}

fn error(error: StorageError) -> raft::Error {
    raft::Error::Store(match error {
        StorageError::Compacted { .. } => raft::StorageError::Compacted,
        StorageError::Unavailable { .. } => raft::StorageError::Unavailable,
        StorageError::SnapshotTemporarilyUnavailable => raft::StorageError::SnapshotTemporarilyUnavailable,
        StorageError::SnapshotOutOfDate { .. } => raft::StorageError::SnapshotOutOfDate,
    })
}

impl raft::Storage for Disk {
    fn initial_state(&self) -> raft::Result<RaftState> {
        let (hard_state, conf) = Storage::initial_state(&self.0);
        let mut out = TheirHardState { term: hard_state.term, commit: hard_state.commit, ..TheirHardState::default() };
        out.vote = hard_state.voted_for.unwrap_or(0);
        Ok(RaftState { hard_state: out, conf_state: translate::conf_to_theirs(&conf) })
    }

    fn entries(
        &self,
        low: u64,
        high: u64,
        max_size: impl Into<Option<u64>>,
        _: GetEntriesContext,
    ) -> raft::Result<Vec<TheirEntry>> {
        let mut entries = Vec::new();
        let max_bytes = max_size.into().unwrap_or(u64::MAX);
        Storage::entries(&self.0, low..high, max_bytes, &mut entries).map_err(error)?;
        Ok(entries.iter().map(translate::entry_to_theirs).collect())
    }

    fn term(&self, index: u64) -> raft::Result<Term> {
        Storage::term(&self.0, index).map_err(error)
    }

    fn first_index(&self) -> raft::Result<u64> {
        Ok(Storage::first_index(&self.0))
    }

    fn last_index(&self) -> raft::Result<u64> {
        Ok(Storage::last_index(&self.0))
    }

    fn snapshot(&self, _: u64, _: u64) -> raft::Result<Snapshot> {
        Storage::snapshot(&self.0).map(|snapshot| translate::snapshot_to_theirs(&snapshot)).map_err(error)
    }
}
