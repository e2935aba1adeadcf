//! Mixed clusters: some nodes are theirs and some ours, and the world is against them.
//!
//! In half of the runs the configuration changes, too: voters are demoted, promoted, removed and taken back, in single
//! steps and through joint configurations.

use raft_core::{Change, ConfChange, NodeId, Position, Role, Rules, Transition};

use crate::cluster::Cluster;
use crate::host::{CrashPoint, ELECTION_TICKS, Host, Settings};
use crate::judge::Violation;

use crate::ours::OurHost;
use crate::rng::Rng;
use crate::theirs::TheirHost;

/// Nodes in a mixed cluster.
pub const NODES: u64 = 5;
/// Events of a run before everything is healed.
const EVENTS: u64 = 2_500;
/// Rounds in which a healed cluster must agree: each ticks every node once. A hundred election timeouts.
const ROUNDS: u64 = 2_000;

/// What a run amounted to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Messages delivered.
    pub delivered: u64,
    /// Terms that had a leader.
    pub leaders: u64,
    /// Entries committed.
    pub committed: u64,
    /// Reads answered.
    pub reads: u64,
    /// Crashes.
    pub crashes: u64,
    /// Changes of the configuration that were committed.
    pub changes: u64,
    /// Snapshots that arrived.
    pub snapshots: u64,
    /// Leaders that told another node to campaign at once.
    pub transfers: u64,
    /// A chain of what each event left behind: equal for equal runs.
    pub digest: u64,
}

/// One run: chaos, then healing. Everything follows from the seed.
///
/// # Errors
/// The property that broke, with the event at which it did.
pub fn run(seed: u64) -> Result<Tally, Violation> {
    run_with(seed, None)
}

/// One run among nodes of ours alone that follow these rules: to see that the judge catches those who break one.
///
/// # Errors
/// The property that broke, with the event at which it did.
pub fn run_ours(seed: u64, rules: Rules) -> Result<Tally, Violation> {
    run_with(seed, Some(rules))
}

fn run_with(seed: u64, ours_alone: Option<Rules>) -> Result<Tally, Violation> {
    let mut run = Run::new(seed, ours_alone);
    for event in 0..EVENTS {
        run.event().map_err(|violation| format!("seed {seed}, event {event}: {violation}"))?;
    }
    run.converge().map_err(|violation| format!("seed {seed}, after healing: {violation}"))?;
    Ok(run.tally())
}

/// What the world does at one event: (weight, deed).
const DEEDS: [(u64, Deed); 16] = [
    (150, Deed::Sync),
    (600, Deed::Deliver),
    (120, Deed::DeliverAny),
    (260, Deed::Tick),
    (60, Deed::Propose),
    (20, Deed::Lose),
    (20, Deed::Duplicate),
    (4, Deed::Crash),
    (25, Deed::Restart),
    (2, Deed::Partition),
    (3, Deed::CutOne),
    (6, Deed::Heal),
    (4, Deed::Compact),
    (3, Deed::Transfer),
    (12, Deed::Read),
    (10, Deed::Change),
];

#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum Deed {
    Sync,
    Deliver,
    DeliverAny,
    Tick,
    Propose,
    Lose,
    Duplicate,
    Crash,
    Restart,
    Partition,
    CutOne,
    Heal,
    Compact,
    Transfer,
    Read,
    Change,
}

struct Run {
    rng: Rng,
    cluster: Cluster,
    /// What each node was when its election timeout was last drawn, and the timeout.
    drawn: Vec<(Role, u64, u32)>,
    /// Whether the configuration changes.
    reconfigures: bool,
    proposals: u64,
    crashes: u64,
    digest: u64,
}

impl Run {
    fn new(seed: u64, ours_alone: Option<Rules>) -> Run {
        let mut rng = Rng::new(seed);
        let settings = Settings {
            nodes: NODES,
            pre_vote: rng.chance(50),
            check_quorum: rng.chance(50),
            message_bytes_max: if rng.chance(50) { 64 } else { 1 << 20 },
            inflight_max: if rng.chance(30) { 2 } else { 64 },
        };
        // Never all theirs; all ours now and then.
        let ours = if ours_alone.is_some() { NODES } else { 1 + rng.below(NODES) };
        let rules = ours_alone.unwrap_or(Rules::ALL);
        let ours_async = rng.below(ours + 1);
        let mut order: Vec<NodeId> = (1..=NODES).collect();
        for last in (1..order.len()).rev() {
            order.swap(last, rng.place(last + 1));
        }
        let host = |id: NodeId| -> Box<dyn Host> {
            let place = order[id as usize - 1];
            if place > ours {
                Box::new(TheirHost::new(id, settings))
            } else if place <= ours_async {
                Box::new(OurHost::new(id, settings, seed).with_rules(rules).with_async_writes())
            } else {
                Box::new(OurHost::new(id, settings, seed).with_rules(rules))
            }
        };
        let cluster = Cluster::new((1..=NODES).map(host).collect());
        let reconfigures = rng.chance(50);
        let drawn = vec![(Role::Leader, 0, 0); NODES as usize];
        Run { rng, cluster, drawn, reconfigures, proposals: 0, crashes: 0, digest: 0 }
    }

    fn event(&mut self) -> Result<(), Violation> {
        let total: u64 = DEEDS.iter().map(|(weight, _)| weight).sum();
        let mut left = self.rng.below(total);
        for (weight, deed) in DEEDS {
            if left < weight {
                self.act(deed)?;
                break;
            }
            left -= weight;
        }
        self.draw_timeouts();
        Ok(())
    }

    fn act(&mut self, deed: Deed) -> Result<(), Violation> {
        let node = self.rng.node(NODES);
        let place = if self.cluster.wire.is_empty() { 0 } else { self.rng.place(self.cluster.wire.len()) };
        match deed {
            Deed::Deliver => self.deliver(0)?,
            Deed::DeliverAny => self.deliver(place)?,
            Deed::Sync => self.cluster.sync(node)?,
            Deed::Tick => self.cluster.act(node, None, |host| host.tick())?,
            Deed::Propose => self.propose()?,
            Deed::Lose => self.cluster.lose(place),
            Deed::Duplicate => {
                // Snapshots are not duplicated: their fate is reported once.
                if let Some(letter) = self.cluster.wire.get(place).filter(|letter| !letter.is_snapshot()).cloned() {
                    self.cluster.wire.push_back(letter);
                }
            }
            Deed::Crash => {
                self.crashes += u64::from(self.cluster.is_up(node));
                self.cluster.crash(node);
            }
            Deed::Restart => self.cluster.restart(node)?,
            Deed::Partition => self.partition(),
            Deed::CutOne => {
                let to = self.rng.node(NODES);
                self.cluster.cut[node as usize - 1][to as usize - 1] = true;
            }
            Deed::Heal => self.cluster.cut.iter_mut().for_each(|row| row.fill(false)),
            Deed::Compact => {
                let keep = self.rng.below(4);
                self.cluster.act(node, None, |host| host.compact(keep))?;
            }
            Deed::Transfer => {
                if let Some(leader) = self.cluster.leader() {
                    self.cluster.act(leader, None, |host| host.transfer(node))?;
                }
            }
            Deed::Read => self.cluster.read(node)?,
            Deed::Change => self.reconfigure()?,
        }
        Ok(())
    }

    fn deliver(&mut self, place: usize) -> Result<(), Violation> {
        let crash = (self.rng.below(400) == 0).then(|| {
            let points = [CrashPoint::BeforeWrite, CrashPoint::AfterWrite, CrashPoint::BeforeApply];
            points[self.rng.place(points.len())]
        });
        let up = self.cluster.up.iter().filter(|up| **up).count();
        self.cluster.deliver(place, crash)?;
        self.crashes += (up - self.cluster.up.iter().filter(|up| **up).count()) as u64;
        Ok(())
    }

    fn propose(&mut self) -> Result<(), Violation> {
        // Mostly to the leader, now and then to one that thinks it leads.
        let node = if self.rng.chance(70) { self.cluster.leader() } else { Some(self.rng.node(NODES)) };
        self.proposals += 1;
        let command = format!("put k {}", self.proposals);
        node.map_or(Ok(()), |node| self.cluster.act(node, None, |host| host.try_propose(command.as_bytes())))
    }

    /// Asks the leader for one or two steps at random, or to leave a joint configuration.
    fn reconfigure(&mut self) -> Result<(), Violation> {
        let Some(leader) = self.cluster.leader().filter(|_| self.reconfigures) else { return Ok(()) };
        let conf = self.cluster.hosts[leader as usize - 1].conf();
        let transitions = [Transition::Auto, Transition::Implicit, Transition::Explicit];
        let change = ConfChange {
            transition: transitions[self.rng.place(transitions.len())],
            changes: (0..=self.rng.below(2)).map(|_| self.step()).collect(),
            ..ConfChange::default()
        };
        let change = if conf.is_joint() { ConfChange::LEAVE_JOINT } else { change };
        // raft-rs checks only when it applies, and then gives up: it is asked for what is possible.
        if conf.after(&change).is_ok_and(|next| next.voters.len() >= 2) {
            self.cluster.act(leader, None, |host| host.propose_change(&change))?;
        }
        Ok(())
    }

    /// Only nodes of ours are removed: raft-rs 0.7.0 panics when a leader that removed itself writes an entry.
    fn step(&mut self) -> Change {
        let node = self.rng.node(NODES);
        let ours = self.cluster.hosts[node as usize - 1].kind() != "theirs";
        match self.rng.below(4) {
            0 | 1 => Change::AddVoter(node),
            2 if ours => Change::Remove(node),
            _ => Change::AddLearner(node),
        }
    }

    fn partition(&mut self) {
        let side: Vec<bool> = (0..NODES).map(|_| self.rng.chance(50)).collect();
        for (from, row) in self.cluster.cut.iter_mut().enumerate() {
            for (to, cut) in row.iter_mut().enumerate() {
                *cut = side[from] != side[to];
            }
        }
    }

    /// raft-rs draws its timeouts from the thread's generator, which no seed reaches: they are drawn here instead, at each
    /// change of role or term, on both kinds alike.
    fn draw_timeouts(&mut self) {
        for (at, host) in self.cluster.hosts.iter_mut().enumerate() {
            if !self.cluster.up[at] {
                continue;
            }
            let view = host.view();
            let (role, term, _) = self.drawn[at];
            if (role, term) != (view.role, view.term) {
                let ticks = ELECTION_TICKS + self.rng.below(u64::from(ELECTION_TICKS)) as u32;
                self.drawn[at] = (view.role, view.term, ticks);
            }
            host.set_election_timeout(self.drawn[at].2);
            self.digest = crate::rng::mix(self.digest ^ view.commit ^ (view.term << 20) ^ (view.last.index << 40));
        }
    }

    /// Heals everything; then all must commit and apply what is proposed from now on, and agree.
    fn converge(&mut self) -> Result<(), Violation> {
        self.cluster.heal()?;
        let mut goal: Option<Position> = None;
        for _ in 0..ROUNDS {
            for node in 1..=NODES {
                self.cluster.act(node, None, |host| host.tick())?;
                self.draw_timeouts();
            }
            self.cluster.settle()?;
            self.draw_timeouts();
            let views: Vec<_> = self.cluster.members().map(|host| host.view()).collect();
            let agreed = views.iter().all(|view| (view.last, view.commit) == (views[0].last, views[0].last.index));
            if agreed && goal.is_some_and(|goal| views[0].last >= goal) {
                return self.agree();
            }
            // A new leader may not have what the last one was given.
            if goal.is_none_or(|goal| views.iter().any(|view| view.term > goal.term)) {
                goal = self.propose_goal()?;
            }
        }
        let views: Vec<_> = self.cluster.hosts.iter().map(|host| (host.kind(), host.view())).collect();
        Err(format!("the logs did not converge: {views:#?}"))
    }

    /// Proposes one more entry; its position, which all must reach.
    fn propose_goal(&mut self) -> Result<Option<Position>, Violation> {
        let Some(leader) = self.cluster.leader() else { return Ok(None) };
        let mut taken = false;
        self.cluster.act(leader, None, |host| taken = host.propose(b"the end"))?;
        let last = self.cluster.hosts[leader as usize - 1].view().last;
        Ok(taken.then_some(last))
    }

    fn agree(&self) -> Result<(), Violation> {
        let mut states = self.cluster.members().map(|host| (host.machine().applied, host.machine().state));
        let first = states.next();
        if states.any(|state| Some(state) != first) {
            return Err("the state machines did not converge".into());
        }
        Ok(())
    }

    fn tally(&self) -> Tally {
        Tally {
            delivered: self.cluster.delivered,
            leaders: self.cluster.judge.leaders() as u64,
            committed: self.cluster.judge.committed(),
            reads: self.cluster.judge.answers.len() as u64,
            crashes: self.crashes,
            changes: self.cluster.judge.changes(),
            snapshots: self.cluster.snapshots,
            transfers: self.cluster.transfers,
            digest: self.digest,
        }
    }
}
