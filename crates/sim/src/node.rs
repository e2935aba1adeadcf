//! One node: a process around the Raft core, its inbox and its disk. **Here is the Ready loop**, the part that everyone who
//! uses a Raft library writes, and where most of their bugs are:
//!
//! ```text
//!             inbox (first in, first out)
//!               │  Tick, Message, Proposal
//!               ▼
//!   take one ──▶ tick / step / propose      the core thinks; nothing has left it yet
//!               ▼
//!             Ready ──▶ free messages leave          they promise nothing that must be on disk
//!               ├─────▶ hard state and entries are written
//!               │         and synced, if they must be   (the loop waits here: `sync`)
//!               ├─────▶ the other messages leave       "I voted", "I have the entry": now it is true
//!               ├─────▶ committed entries are applied to the store; clients are answered
//!               └─────▶ advance, and on to the next item
//! ```
//! A crash may come between any two of these steps. What was synced is then all that is left.
//!
//! The loop decides nothing about Raft: the core does. It decides nothing about time either: the world tells it what is due.

use std::sync::Arc;

use raft_core::{
    ConfState, Config, Decision, Dialect, ElectionTicks, Index, MemStorage, Message, NodeId, Payload, RawNode, Ready,
    Storage, Term, Tracer,
};

use crate::action::{Losing, Membership};
use crate::command::Submission;
use crate::config::{Batch, StorageLoop, WorldConfig};
use crate::disk::Disk;
use crate::names::ClientId;
use crate::rng::{Rng, Stream};
use crate::rules::{HostRules, Kept, RuleId};
use crate::store::Store;
use crate::sure::sure;
use crate::time::TIME_MAX_US;

mod reads;
mod ready_loop;
mod snapshots;
mod storage;
mod view;

pub use view::Timer;

/// A node takes no more items into its inbox than this; messages beyond are lost.
pub const INBOX_MAX: usize = 4_096;

/// A configuration takes effect when it is appended, as in the paper (§6): etcd's way has a corner in which a cluster waits
/// for ever. A change that is refused leaves no trace in the log.
const DIALECT: Dialect = Dialect {
    separate_heartbeats: true,
    answer_lower_terms: false,
    conf_change_on_apply: false,
    matching_snapshot_keeps_log: true,
    lost_candidate_steps_down: true,
    step_down_on_removal: true,
    refused_change_becomes_noop: false,
    unsynced_vote_requests: false,
};

/// Something for the process to take up.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Item {
    /// The clock ticked.
    Tick,
    /// Another node's message.
    Message(Message),
    /// A client's command.
    Proposal(Submission),
    /// A word that the node's own host proposes: the action `propose n1 e7`.
    Word(Payload),
    /// The election timer is to fire now: the action `timeout n1`.
    Campaign,
    /// Somebody asks for a change of the configuration.
    Member(Membership),
    /// Somebody asks it to hand its leadership over to this node.
    Transfer(NodeId),
    /// Somebody says which index it is to send next to this node.
    Next(NodeId, Index),
    /// The transport says what became of a snapshot that it carried.
    SnapshotFate {
        /// For whom it was.
        to: NodeId,
        /// Whether it arrived.
        arrived: bool,
    },
}

impl Item {
    /// A word as a payload that is no client's command.
    pub(crate) fn word(word: &str) -> Item {
        Item::Word([b"raw ", word.as_bytes()].concat().into())
    }
}

/// The core as the world runs it: a storage in memory, and every decision told.
pub type Raft = RawNode<MemStorage, Decisions>;

/// What a core decided and nobody was told yet.
#[derive(Default, Debug)]
pub struct Decisions(Vec<Decision>);

impl Decisions {
    #[inline(never)]
    fn add(&mut self, decision: Decision) {
        self.0.push(decision);
    }
}

impl Tracer for Decisions {
    fn decide(&mut self, f: impl FnOnce() -> Decision) {
        self.add(f());
    }
}

/// A world is copied between two events, when all is told: there is nothing to copy.
impl Clone for Decisions {
    fn clone(&self) -> Decisions {
        assert!(self.0.is_empty(), "what a core decides is told before the event ends");
        Decisions::default()
    }
}

/// A client that waits for an entry to be applied here.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct Waiting {
    client: ClientId,
    sequence: u64,
    index: Index,
    term: Term,
}

/// What lives in memory only, and dies in a crash.
#[derive(Clone, Debug)]
struct Process {
    raft: Raft,
    store: Store,
    inbox: Vec<Item>,
    /// The Ready whose writes are not yet synced. The inbox waits meanwhile.
    in_hand: Option<Ready>,
    /// With asynchronous storage: what was handed to the disk, in order, and how much of that the sync under way covers.
    at_disk: storage::AtDisk,
    waiting: Vec<Waiting>,
    reads: reads::Reads,
    rules: HostRules,
    /// The configuration as of the latest applied entry, for snapshots.
    conf: Arc<ConfState>,
    /// Whether it has changed since the latest snapshot might have been made.
    conf_changed: bool,
    /// Bytes of the entries applied since the latest snapshot, and how many lead to the next; 0 is no number.
    applied_bytes: u64,
    compact_bytes: u64,
    frozen: bool,
    /// The sync was done while the process was frozen.
    synced_while_frozen: bool,
    /// When the election timer was last reset, in µs, and when the clock last ticked.
    timer_start_us: u64,
    last_tick_us: u64,
    /// Where the clock stood when the process was frozen, in µs.
    frozen_at_us: u64,
}

/// A node of the cluster, running or not.
#[derive(Clone, Debug)]
pub struct Node {
    id: NodeId,
    config: WorldConfig,
    seed: u64,
    disk: Disk,
    process: Option<Process>,
    /// How often it was restarted.
    incarnation: u64,
    /// When the clock ticks, in µs: at this time, and every interval from there.
    phase_us: u64,
    tick_interval_us: u64,
    /// How long the disk takes to sync, in µs.
    sync_us: u64,
    /// The rules of Raft that hold here.
    rules: Kept,
    /// Changes whenever the ticks that are due mean nothing any more.
    clock_epoch: u32,
}

impl Node {
    /// A node with an empty disk whose process has started. All that the disk holds is the cluster's first configuration.
    pub(crate) fn new(id: NodeId, config: &WorldConfig, seed: u64, now_us: u64, rules: Kept) -> Node {
        let disk = Disk::new(1..=config.nodes);
        let phase_us = Rng::new(seed, Stream::TickPhase(id)).within(1, config.tick_us);
        let mut node = Node {
            id,
            config: *config,
            seed,
            disk,
            process: None,
            incarnation: 0,
            phase_us,
            tick_interval_us: config.tick_us,
            sync_us: config.sync_us,
            rules,
            clock_epoch: 0,
        };
        node.boot(now_us);
        node
    }

    /// Starts a process from the disk.
    fn boot(&mut self, now_us: u64) {
        let stream = Stream::Process { node: self.id, incarnation: self.incarnation };
        let ticks = |us| ticks(us, self.config.tick_us);
        let storage = self.disk.open();
        let snapshot = sure(storage.snapshot(), "a storage in memory has its snapshot at hand");
        let (_, conf) = storage.initial_state();
        let (applied, store) = match snapshot.last.index {
            0 => (0, Store::default()),
            index => (index, Store::of_snapshot(&snapshot)),
        };
        let config = Config {
            heartbeat_ticks: ticks(self.config.heartbeat_us),
            election_ticks: ElectionTicks {
                min: ticks(self.config.election_us.min_us),
                max: ticks(self.config.election_us.max_us),
            },
            message_bytes_max: match self.config.batch {
                Batch::Many => 1 << 20,
                Batch::One => 1, // an entry is larger than that, and one is sent anyway
            },
            rules: self.rules.core,
            pre_vote: self.config.pre_vote,
            check_quorum: self.config.check_quorum,
            async_storage_writes: self.config.storage == StorageLoop::Async,
            dialect: DIALECT,
            applied,
            rng_seed: Rng::new(self.seed, stream).bits(),
            ..Config::new(self.id)
        };
        let raft = Raft::with_tracer(config, storage, Decisions::default());
        let mut raft = sure(raft, "a valid world config makes a valid node config");
        raft.tracer_mut().0.clear(); // that it started needs no telling
        self.process = Some(Process {
            raft,
            store,
            inbox: Vec::new(),
            in_hand: None,
            at_disk: storage::AtDisk::new(self.config.storage),
            waiting: Vec::new(),
            reads: reads::Reads::default(),
            rules: self.rules.host,
            conf: Arc::new(conf),
            conf_changed: false,
            applied_bytes: 0,
            compact_bytes: self.config.compact_bytes,
            frozen: false,
            synced_while_frozen: false,
            timer_start_us: now_us,
            last_tick_us: now_us,
            frozen_at_us: 0,
        });
    }

    /// Ends the process. Returns how many written entries were not synced.
    pub(crate) fn crash(&mut self, losing: Losing) -> u64 {
        let mut process = self.process.take().expect("only a running node crashes");
        self.clock_epoch += 1;
        self.disk.crash(std::mem::take(process.raft.storage_mut()), losing)
    }

    /// Starts a new process from what the disk has.
    pub(crate) fn restart(&mut self, now_us: u64) {
        assert!(self.process.is_none(), "n{} is running", self.id);
        self.incarnation += 1;
        self.boot(now_us);
    }

    /// Stops the process where it stands.
    pub(crate) fn freeze(&mut self, now_us: u64) {
        let process = self.process.as_mut().expect("only a running node freezes");
        process.frozen = true;
        process.frozen_at_us = now_us;
        self.clock_epoch += 1;
    }

    /// When its clock ticks next after `now_us`.
    pub(crate) fn next_tick_us(&self, now_us: u64) -> u64 {
        match now_us.checked_sub(self.phase_us) {
            None => self.phase_us,
            Some(since_us) => self.phase_us + (since_us / self.tick_interval_us + 1) * self.tick_interval_us,
        }
    }

    /// Sets how fast its clock ticks, in percent of the true rate. The next tick is due one new interval from now; at a rate
    /// of 0 that is beyond the end of time.
    pub(crate) fn set_clock(&mut self, now_us: u64, rate_percent: u32) {
        let interval_us = (self.config.tick_us * 100).checked_div(u64::from(rate_percent));
        self.tick_interval_us = interval_us.map_or(2 * TIME_MAX_US, |interval_us| interval_us.max(1));
        self.phase_us = now_us + self.tick_interval_us;
        self.clock_epoch += 1;
    }

    /// Breaks or mends a rule of Raft.
    pub(crate) fn set_rule(&mut self, rule: RuleId, holds: bool) {
        rule.set(&mut self.rules, holds);
        if let Some(process) = &mut self.process {
            process.raft.set_rules(self.rules.core);
            process.rules = self.rules.host;
        }
    }

    /// Sets how long its disk takes to sync, in µs.
    pub(crate) fn set_sync(&mut self, sync_us: u64) {
        self.sync_us = sync_us;
    }

    /// Replaces the disk of a crashed node by an empty one.
    pub(crate) fn lose_disk(&mut self) {
        self.disk.lose();
    }

    pub(crate) fn rules(&self) -> Kept {
        self.rules
    }

    pub(crate) fn sync_us(&self) -> u64 {
        self.sync_us
    }

    /// How often its clock ticks, in µs; beyond the end of time if it stands still.
    #[cfg(feature = "reasons")]
    pub(crate) fn tick_interval_us(&self) -> u64 {
        self.tick_interval_us
    }

    pub(crate) fn clock_epoch(&self) -> u32 {
        self.clock_epoch
    }

    pub(crate) fn incarnation(&self) -> u64 {
        self.incarnation
    }

    /// Sets the length of its present election timeout, in µs. The process must be running.
    pub(crate) fn set_timer(&mut self, length_us: u64) {
        let ticks = ticks(length_us, self.config.tick_us).max(1);
        self.process.as_mut().expect("a running node").raft.set_election_timeout_ticks(ticks);
    }
}

/// Whole ticks that cover a duration.
fn ticks(us: u64, tick_us: u64) -> u32 {
    sure(u32::try_from(us.div_ceil(tick_us)), "a day has fewer milliseconds than that")
}
