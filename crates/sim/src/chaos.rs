//! Random runs full of faults, each a function of its seed alone: what the test suite plays by the thousand, and what native
//! code and wasm must agree on.
//!
//! Swarm testing: every run switches a random part of the faults off, so that the others get room. The catalogue is
//! FoundationDB's and TigerBeetle's, cut to what Raft stands on: crashes, freezes, cuts (one way, too), partitions in halves
//! and of one, swizzles (cut one by one, heal in another order), lossy, doubling and reordering links, slow disks, clocks that
//! run wrong, and elections at bad moments, under client load. After
//! [`FAULTS_END_US`] all is healed, and progress is owed.

mod features;
mod leases;

pub use leases::run_with_leases;

use raft_core::NodeId;

use crate::action::{Action, Healing, Losing, Path, Quality};
use crate::command::{Command, Reading};
use crate::config::WorldConfig;
use crate::digest::Digest;
use crate::names::{ClientId, NodeSet};
use crate::rng::{Rng, Stream};
use crate::run::{Run, Timed};
use crate::sure::{size, sure};
use crate::time::{MILLISECOND_US, SECOND_US, Span};
use crate::timeline::Timeline;

/// From here on everything is healed: 4 s.
pub const FAULTS_END_US: u64 = 4 * SECOND_US;
/// By then the cluster has a leader again and every client its answer: 8 s.
pub const END_US: u64 = 8 * SECOND_US;

/// Faults of one kind.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum Fault {
    Crash,
    Freeze,
    Cut,
    CutOneWay,
    Partition,
    Isolate,
    Swizzle,
    Timeout,
    Timer,
    Link,
    SlowDisk,
    Clock,
}

const FAULTS: [Fault; 12] = [
    Fault::Crash,
    Fault::Freeze,
    Fault::Cut,
    Fault::CutOneWay,
    Fault::Partition,
    Fault::Isolate,
    Fault::Swizzle,
    Fault::Timeout,
    Fault::Timer,
    Fault::Link,
    Fault::SlowDisk,
    Fault::Clock,
];

/// The runs of seeds from here on use, beside the faults, a random part of all else that the world can do: snapshots, asynchronous
/// storage, PreVote, CheckQuorum, changes of members, transfers, reads of every kind and a closed loop.
pub const FEATURES: u64 = 1 << 32;

/// The random run of a seed: 3 or 5 nodes, two clients, faults until [`FAULTS_END_US`], then peace.
#[must_use]
pub fn run_with_faults(seed: u64) -> Run {
    let mut rng = Rng::new(seed, Stream::Chaos);
    let config = any_config(&mut rng);
    let enabled = FAULTS.into_iter().filter(|_| rng.chance(1, 2)).collect::<Vec<_>>();
    let faults = if enabled.is_empty() { FAULTS.to_vec() } else { enabled };
    let mut chaos = Chaos { rng, nodes: config.nodes, actions: Vec::new(), node_free_us: [0; 10] };
    chaos.clients();
    let pace_us = chaos.rng.within(40, 200) * MILLISECOND_US;
    let mut now_us = 0;
    while now_us < FAULTS_END_US {
        now_us += chaos.rng.within(1, 2 * pace_us);
        let fault = faults[chaos.pick(faults.len())];
        chaos.fault(now_us.min(FAULTS_END_US - 1), fault);
    }
    chaos.peace();
    let mut run = Run { actions: chaos.actions, ..Run::new(config, seed) };
    if seed >= FEATURES {
        features::add(&mut run);
    }
    run.actions.sort_by_key(|timed| timed.at_us);
    run
}

/// The digest of the random run of a seed, played to [`END_US`]: what native code and wasm must agree on.
#[must_use]
pub fn digest_with_faults(seed: u64) -> Digest {
    let mut timeline = Timeline::new(run_with_faults(seed)).expect("chaos makes valid settings");
    timeline.advance_to(END_US);
    timeline.world().digest()
}

fn any_config(rng: &mut Rng) -> WorldConfig {
    let latency_us = rng.within(0, 20_000);
    let min_us = 10 * MILLISECOND_US * rng.within(10, 20);
    WorldConfig {
        nodes: if rng.chance(1, 2) { 3 } else { 5 },
        election_us: Span { min_us, max_us: min_us + 10 * MILLISECOND_US * rng.within(5, 20) },
        latency_us: Span { min_us: latency_us, max_us: latency_us + rng.within(0, 20_000) },
        sync_us: rng.within(0, 15_000),
        ..WorldConfig::default()
    }
}

struct Chaos {
    rng: Rng,
    nodes: u64,
    actions: Vec<Timed>,
    /// From when on each node neither crashes nor freezes any more from earlier faults.
    node_free_us: [u64; 10],
}

impl Chaos {
    fn pick(&mut self, len: usize) -> usize {
        size(self.rng.within(0, len as u64 - 1))
    }

    fn node(&mut self) -> NodeId {
        self.rng.within(1, self.nodes)
    }

    fn other_than(&mut self, node: NodeId) -> NodeId {
        (node + self.rng.within(0, self.nodes - 2)) % self.nodes + 1
    }

    fn at(&mut self, at_us: u64, action: Action) {
        self.actions.push(Timed { at_us, action });
    }

    /// A time after `from_us` and before the peace.
    fn later(&mut self, from_us: u64) -> u64 {
        let longest_us = FAULTS_END_US - from_us;
        from_us + self.rng.within(1, longest_us.min(SECOND_US))
    }

    /// Two clients: one under load, one with commands now and then.
    fn clients(&mut self) {
        let [c1, c2] = [1, 2].map(|number| ClientId::new(number).expect("a client's number"));
        let every_us = self.rng.within(20, 200) * MILLISECOND_US;
        self.at(0, Action::Load { client: c1, every_us: Some(every_us) });
        self.at(FAULTS_END_US, Action::Load { client: c1, every_us: None });
        for number in 0..self.rng.within(0, 20) {
            let at_us = self.rng.within(0, FAULTS_END_US);
            let via = self.rng.chance(1, 2).then(|| self.rng.within(1, self.nodes));
            let command = self.command(number);
            self.at(at_us, Action::Client { client: c2, command, via, think_us: None });
        }
        let command = Command::Put { key: "peace".into(), value: "1".into() };
        self.at(FAULTS_END_US + SECOND_US, Action::Client { client: c2, command, via: None, think_us: None });
    }

    fn command(&mut self, number: u64) -> Command {
        let key = ["x", "y", "z"][self.pick(3)].into();
        let text = |n: u64| n.to_string().into();
        match self.rng.within(0, 3) {
            0 => Command::Put { key, value: text(number) },
            1 => Command::Get { key, how: Reading::Log },
            2 => Command::Cas { key, old: text(self.rng.within(0, number)), new: text(number) },
            _ => Command::Incr { key },
        }
    }

    fn fault(&mut self, at_us: u64, fault: Fault) {
        let node = self.node();
        match fault {
            Fault::Crash => {
                let crash = Action::Crash { node, losing: self.losing() };
                self.pause(at_us, crash, Action::Restart { node }, node);
            }
            Fault::Freeze => self.pause(at_us, Action::Freeze { node }, Action::Thaw { node }, node),
            Fault::Cut => self.cut(at_us, Path::Between(node, 0)),
            Fault::CutOneWay => self.cut(at_us, Path::OneWay { from: node, to: 0 }),
            Fault::Partition => {
                let named = (1..=self.nodes).filter(|_| self.rng.chance(1, 2)).collect::<NodeSet>();
                let groups = vec![if named.is_empty() { NodeSet::all(1) } else { named }];
                self.at(at_us, Action::Partition { groups });
                self.heal_later(at_us);
            }
            Fault::Isolate => {
                self.at(at_us, Action::Isolate { node });
                self.heal_later(at_us);
            }
            Fault::Swizzle => self.swizzle(at_us),
            Fault::Timeout => self.at(at_us, Action::Timeout { node }),
            Fault::Timer => {
                let length_us = self.rng.within(1, 400) * MILLISECOND_US;
                self.at(at_us, Action::Timer { node, length_us });
            }
            Fault::Link => {
                let quality = self.quality();
                let path = self.rng.chance(1, 2).then(|| Path::OneWay { from: node, to: self.other_than(node) });
                self.at(at_us, Action::Link { path, quality });
            }
            Fault::SlowDisk => {
                let sync_us = self.rng.within(0, 100) * MILLISECOND_US;
                self.at(at_us, Action::DiskSync { node, sync_us });
            }
            Fault::Clock => {
                let rate_percent = sure(u32::try_from(self.rng.within(20, 300)), "a small number");
                self.at(at_us, Action::Clock { node, rate_percent });
            }
        }
    }

    fn losing(&mut self) -> Losing {
        if self.rng.chance(1, 2) { Losing::All } else { Losing::Tail(self.rng.within(0, 3)) }
    }

    fn quality(&mut self) -> Quality {
        let mut percent = |max| sure(u8::try_from(self.rng.within(0, max)), "at most 100");
        let (loss_percent, duplicate_percent) = (percent(30), percent(30));
        let min_us = self.rng.within(0, 40_000);
        let latency_us = self.rng.chance(1, 2).then(|| Span { min_us, max_us: min_us + self.rng.within(0, 40_000) });
        Quality { latency_us, loss_percent, duplicate_percent, reorders: self.rng.chance(1, 2) }
    }

    /// A crash or freeze and its end. A node that is in one already is left alone.
    fn pause(&mut self, at_us: u64, begin: Action, end: Action, node: NodeId) {
        let free_us = &mut self.node_free_us[size(node)];
        if *free_us >= at_us {
            return;
        }
        let longest_us = (FAULTS_END_US - at_us).min(SECOND_US);
        let end_us = at_us + self.rng.within(1, longest_us);
        *free_us = end_us;
        self.at(at_us, begin);
        self.at(end_us, end);
    }

    /// Cuts the path's first node from a random other one.
    fn cut(&mut self, at_us: u64, path: Path) {
        let (from, _) = path.ends();
        let to = self.other_than(from);
        let path = match path {
            Path::Between(..) => Path::Between(from, to),
            Path::OneWay { .. } => Path::OneWay { from, to },
        };
        self.at(at_us, Action::Cut(path));
        let heal_us = self.later(at_us);
        self.at(heal_us, Action::Heal(Healing::Path(path)));
    }

    fn heal_later(&mut self, at_us: u64) {
        let heal_us = self.later(at_us);
        self.at(heal_us, Action::Heal(Healing::All));
    }

    /// Isolates some nodes one by one, and heals them in another order: FoundationDB's best finder of bugs.
    fn swizzle(&mut self, at_us: u64) {
        for node in 1..=self.nodes {
            if self.rng.chance(1, 2) {
                let cut_us = self.later(at_us);
                let heal_us = self.later(cut_us.min(FAULTS_END_US - 1));
                self.at(cut_us, Action::Isolate { node });
                self.at(heal_us, Action::Heal(Healing::Node(node)));
            }
        }
    }

    fn peace(&mut self) {
        self.at(FAULTS_END_US, Action::Heal(Healing::All));
        self.at(FAULTS_END_US, Action::Link { path: None, quality: Quality::default() });
        for node in 1..=self.nodes {
            self.at(FAULTS_END_US, Action::DiskSync { node, sync_us: 5 * MILLISECOND_US });
            self.at(FAULTS_END_US, Action::Clock { node, rate_percent: 100 });
        }
    }
}
