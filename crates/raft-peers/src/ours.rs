//! A node of ours with its disk and its state machine, driven by the plain loop or with asynchronous writes.

use std::collections::VecDeque;

use raft_core::{
    Append, Body, ConfChange, ConfState, Config, ElectionTicks, Entry, Index, MemStorage, NodeId, Payload, RawNode,
    ReadMode, Rules, Storage,
};

use crate::host::{
    CrashPoint, DiskView, ELECTION_TICKS, HEARTBEAT_TICKS, Host, Letter, Machine, Outcome, Settings, View,
};

/// A node of ours with its disk and its state machine.
pub struct OurHost {
    config: Config,
    node: RawNode<MemStorage>,
    machine: Machine,
    /// Appends that were handed out and are not yet written. Always empty in the plain loop.
    pending: VecDeque<Append>,
    restarts: u64,
}

impl OurHost {
    /// A node with an empty disk.
    ///
    /// # Panics
    /// When the settings are impossible.
    pub fn new(id: NodeId, settings: Settings, seed: u64) -> OurHost {
        let config = Config {
            heartbeat_ticks: HEARTBEAT_TICKS,
            election_ticks: ElectionTicks { min: ELECTION_TICKS, max: 2 * ELECTION_TICKS - 1 },
            rng_seed: seed,
            pre_vote: settings.pre_vote,
            check_quorum: settings.check_quorum,
            reads: ReadMode::Safe,
            message_bytes_max: settings.message_bytes_max,
            inflight_messages_max: settings.inflight_max,
            ..Config::new(id)
        };
        let node = start(&config, MemStorage::with_voters(1..=settings.nodes));
        OurHost { config, node, machine: Machine::default(), pending: VecDeque::new(), restarts: 0 }
    }

    /// The node writes and applies independently: its disk gets on with each call of [`Host::sync`].
    pub fn with_async_writes(mut self) -> OurHost {
        self.config.async_storage_writes = true;
        self.node = start(&self.config, self.node.into_storage());
        self
    }

    /// The node follows these rules.
    pub fn with_rules(mut self, rules: Rules) -> OurHost {
        self.config.rules = rules;
        self.node = start(&self.config, self.node.into_storage());
        self
    }

    fn write(&mut self, append: &Append, outcome: &mut Outcome) {
        let disk = self.node.storage_mut();
        if let Some(snapshot) = &append.snapshot {
            disk.apply_snapshot(snapshot.clone()).expect("the core hands out newer snapshots only");
            self.machine.restore(snapshot.last.index, &snapshot.data);
        }
        let disk = self.node.storage_mut();
        if let Some(first) = append.entries.first() {
            let before = disk.term(first.index - 1).expect("entries follow the log");
            disk.append(&append.entries);
            outcome.written.push((before, append.entries.to_vec()));
        }
        if let Some(hard_state) = append.hard_state {
            disk.set_hard_state(hard_state);
            outcome.hard_states.push(hard_state);
        }
    }

    fn apply(&mut self, entries: &[Entry]) {
        for entry in entries {
            self.machine.apply(entry);
            if let Body::ConfChange(change) = &entry.body {
                // A change that is impossible changes nothing.
                let _ = self.node.apply_conf_change(change);
            }
        }
    }

    /// Makes a snapshot of what is applied; whether it could.
    fn make_snapshot(&mut self) -> bool {
        let (applied, conf, state) = (self.machine.applied, self.conf(), self.machine.save());
        let disk = self.node.storage_mut();
        // With asynchronous writes the disk may not know yet that all of this is committed: then it must wait.
        applied <= disk.hard_state().commit && disk.create_snapshot(applied, conf, state).is_ok()
    }

    /// Writes the oldest append, as a disk that takes its time.
    fn write_oldest(&mut self, outcome: &mut Outcome) {
        let Some(append) = self.pending.pop_front() else { return };
        self.write(&append, outcome);
        outcome.letters.extend(append.messages.into_iter().map(Letter::Ours));
        self.node.ack_append(append.mark);
    }

    /// Hands out Readys and applies; what is to be written waits in `pending`.
    fn process_async(&mut self) -> Outcome {
        let mut outcome = Outcome::default();
        while self.node.has_ready() {
            let ready = self.node.ready();
            outcome.letters.extend(ready.messages.into_iter().map(Letter::Ours));
            outcome.reads.extend(ready.read_states.iter().map(|read| (read.index, read.context)));
            self.pending.push_back(ready.append);
            self.apply(&ready.committed_entries);
            if let Some(last) = ready.committed_entries.last() {
                self.node.ack_applied(last.index);
            }
        }
        outcome
    }
}

/// Starts a node from its disk. Its state machine has the disk's snapshot.
fn start(config: &Config, disk: MemStorage) -> RawNode<MemStorage> {
    let applied = disk.snapshot().map_or(0, |snapshot| snapshot.last.index);
    RawNode::new(Config { applied, ..config.clone() }, disk).expect("the settings are possible")
}

impl Host for OurHost {
    fn kind(&self) -> &'static str {
        if self.config.async_storage_writes { "ours, async" } else { "ours" }
    }

    fn tick(&mut self) {
        self.node.tick();
    }

    fn receive(&mut self, letter: Letter) {
        if let Some(message) = letter.into_ours() {
            // What the node refuses is gone.
            let _ = self.node.step(message);
        }
    }

    fn propose(&mut self, command: &[u8]) -> bool {
        self.node.propose(Payload::from(command)).is_ok()
    }

    fn propose_change(&mut self, change: &ConfChange) {
        // What is refused is gone.
        let _ = self.node.propose_conf_change(change.clone());
    }

    fn conf(&self) -> ConfState {
        self.node.status().conf.clone()
    }

    fn campaign(&mut self) {
        // It may have reasons not to.
        let _ = self.node.campaign();
    }

    fn transfer(&mut self, to: NodeId) {
        self.node.transfer_leader(to);
    }

    fn read(&mut self, context: u64) {
        self.node.read_index(context);
    }

    fn report_snapshot(&mut self, to: NodeId, arrived: bool) {
        self.node.report_snapshot(to, arrived);
    }

    fn is_writing(&self) -> bool {
        !self.pending.is_empty()
    }

    fn sync(&mut self) -> Outcome {
        let mut outcome = Outcome::default();
        self.write_oldest(&mut outcome);
        let more = self.process(None);
        outcome.letters.extend(more.letters);
        outcome.reads.extend(more.reads);
        outcome
    }

    fn process(&mut self, crash: Option<CrashPoint>) -> Outcome {
        if self.config.async_storage_writes {
            return self.process_async();
        }
        let mut outcome = Outcome::default();
        while self.node.has_ready() {
            let mut ready = self.node.ready();
            outcome.letters.extend(ready.messages.drain(..).map(Letter::Ours));
            if crash == Some(CrashPoint::BeforeWrite) {
                return Outcome { crashed: true, ..outcome };
            }
            self.write(&ready.append, &mut outcome);
            if crash == Some(CrashPoint::AfterWrite) {
                return Outcome { crashed: true, ..outcome };
            }
            outcome.letters.extend(ready.append.messages.drain(..).map(Letter::Ours));
            if crash == Some(CrashPoint::BeforeApply) {
                return Outcome { crashed: true, ..outcome };
            }
            outcome.reads.extend(ready.read_states.iter().map(|read| (read.index, read.context)));
            self.apply(&ready.committed_entries);
            self.node.advance(ready);
        }
        outcome
    }

    fn restart(&mut self) {
        self.pending.clear();
        self.restarts += 1;
        let disk = self.node.storage().clone();
        let snapshot = disk.snapshot().expect("a storage in memory always has it");
        self.machine.restore(snapshot.last.index, &snapshot.data);
        let config = Config { rng_seed: self.config.rng_seed.wrapping_add(self.restarts << 32), ..self.config.clone() };
        self.node = start(&config, disk);
    }

    fn compact(&mut self, keep: u64) {
        if self.make_snapshot() {
            // Nothing to remove is fine.
            let _ = self.node.storage_mut().compact(self.machine.applied.saturating_sub(keep));
        }
    }

    fn renew_snapshot(&mut self) {
        let current = self.node.storage().snapshot().expect("a storage in memory always has it");
        if current.last.index > 0 && current.conf_state != self.conf() {
            self.make_snapshot();
        }
    }

    fn set_election_timeout(&mut self, ticks: u32) {
        self.node.set_election_timeout_ticks(ticks);
    }

    fn view(&self) -> View {
        let status = self.node.status();
        View {
            role: status.role,
            term: status.term,
            voted_for: status.voted_for,
            leader: status.leader,
            commit: status.commit,
            first: self.node.log().first_index(),
            last: status.last,
        }
    }

    fn entry(&self, index: Index) -> Option<Entry> {
        self.node.log().entry(index)
    }

    fn disk(&self) -> &dyn DiskView {
        self.node.storage()
    }

    fn machine(&self) -> &Machine {
        &self.machine
    }
}
