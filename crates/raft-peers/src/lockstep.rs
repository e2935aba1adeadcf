//! Lockstep: the same inputs to a cluster of theirs and to one of ours. Whenever both are quiet they must be equal, but
//! for the intended differences (see [`crate::differences`]).

use raft_core::{Index, NodeId, Position, Role, Term};

use crate::cluster::Cluster;
use crate::differences;
use crate::host::{ELECTION_TICKS, HEARTBEAT_TICKS, Host, Letter, Settings, View};
use crate::judge::Violation;
use crate::ours::OurHost;
use crate::rng::{Rng, mix};
use crate::theirs::TheirHost;

/// Inputs of a run.
const INPUTS: usize = 40;

/// What both clusters are told.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum Input {
    /// Ticks pass on one node.
    Tick { node: NodeId, ticks: u32 },
    /// A tick passes on every node.
    TickAll,
    /// These nodes campaign at the same moment.
    Campaign { first: NodeId, second: Option<NodeId> },
    /// Commands are proposed to a node, whether it leads or not.
    Propose { node: NodeId, commands: u64 },
    /// The leader is asked to hand over.
    Transfer { to: NodeId },
    /// A node is asked for a read.
    Read { node: NodeId },
    /// All links between the nodes of the mask and the others are cut.
    Partition { mask: u64 },
    /// One direction of one link is cut.
    Cut { from: NodeId, to: NodeId },
    /// All links are there again.
    Heal,
    /// A node crashes.
    Crash { node: NodeId },
    /// A node starts again.
    Restart { node: NodeId },
    /// A node makes a snapshot of what it applied and keeps so many entries before it.
    Compact { node: NodeId, keep: u64 },
}

/// What the runs amounted to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Times at which both clusters were quiet and compared.
    pub compared: u64,
    /// Messages delivered among theirs and among ours.
    pub delivered: [u64; 2],
    /// Terms that had a leader.
    pub leaders: u64,
    /// Entries committed.
    pub committed: u64,
    /// Reads answered by theirs and by ours.
    pub reads: [u64; 2],
}

/// One run. Everything follows from the seed.
///
/// # Errors
/// Where the clusters differ, with all inputs up to there; or a property of Raft that one of them broke.
pub fn run(seed: u64) -> Result<Tally, Violation> {
    let mut rng = Rng::new(seed);
    let settings = Settings {
        nodes: if rng.chance(50) { 3 } else { 5 },
        pre_vote: rng.chance(50),
        check_quorum: rng.chance(50),
        message_bytes_max: if rng.chance(25) { 64 } else { 1 << 20 },
        inflight_max: 64,
    };
    let mut pair = Pair::new(seed, settings);
    let mut script = Vec::new();
    for _ in 0..INPUTS {
        let input = pair.choose(&mut rng);
        script.push(input);
        pair.feed(input)
            .and_then(|()| pair.compare())
            .map_err(|why| format!("seed {seed}, {settings:?}\n{script:#?}\n{why}"))?;
    }
    let [theirs, ours] = &pair.clusters;
    Ok(Tally {
        compared: INPUTS as u64,
        delivered: [theirs.delivered, ours.delivered],
        leaders: ours.judge.leaders() as u64,
        committed: ours.judge.committed(),
        reads: [theirs, ours].map(|side| side.judge.answers.len() as u64),
    })
}

/// A cluster of theirs, then one of ours.
struct Pair {
    seed: u64,
    nodes: u64,
    clusters: [Cluster; 2],
    proposals: u64,
}

impl Pair {
    fn new(seed: u64, settings: Settings) -> Pair {
        let theirs = (1..=settings.nodes).map(|id| -> Box<dyn Host> { Box::new(TheirHost::new(id, settings)) });
        let ours = (1..=settings.nodes).map(|id| -> Box<dyn Host> { Box::new(OurHost::new(id, settings, seed)) });
        let clusters = [Cluster::new(theirs.collect()), Cluster::new(ours.collect())];
        let mut pair = Pair { seed, nodes: settings.nodes, clusters, proposals: 0 };
        pair.set_timeouts();
        pair
    }

    fn choose(&self, rng: &mut Rng) -> Input {
        let node = rng.node(self.nodes);
        let leader = self.clusters[1].leader().unwrap_or(node);
        match rng.below(100) {
            0..10 => Input::Tick { node, ticks: 1 + rng.below(2 * u64::from(ELECTION_TICKS)) as u32 },
            10..30 => Input::TickAll,
            30..38 => Input::Campaign { first: node, second: rng.chance(30).then(|| rng.node(self.nodes)) },
            38..60 => Input::Propose { node: leader, commands: 1 + rng.below(5) },
            60..63 => Input::Propose { node, commands: 1 },
            63..67 => Input::Transfer { to: node },
            67..72 => Input::Read { node },
            72..77 => Input::Partition { mask: rng.below(1 << self.nodes) },
            77..80 => Input::Cut { from: node, to: rng.node(self.nodes) },
            80..87 => Input::Heal,
            87..90 => Input::Crash { node },
            90..96 => Input::Restart { node },
            _ => Input::Compact { node, keep: rng.below(4) },
        }
    }

    fn feed(&mut self, input: Input) -> Result<(), Violation> {
        match input {
            Input::Tick { node, ticks } => {
                for _ in 0..ticks {
                    self.both(|cluster| cluster.act(node, None, |host| host.tick()))?;
                }
            }
            Input::TickAll => self.both(|cluster| {
                (1..=cluster.nodes()).try_for_each(|node| cluster.act(node, None, |host| host.tick()))
            })?,
            Input::Campaign { first, second } => self.both(|cluster| {
                let mut nodes = [Some(first), second].into_iter().flatten();
                nodes.try_for_each(|node| cluster.act(node, None, |host| host.campaign()))
            })?,
            Input::Propose { node, commands } => {
                for _ in 0..commands {
                    self.proposals += 1;
                    let command = format!("put k {}", self.proposals);
                    self.both(|cluster| cluster.act(node, None, |host| host.try_propose(command.as_bytes())))?;
                }
            }
            Input::Transfer { to } => self.both(|cluster| match cluster.leader() {
                Some(leader) => cluster.act(leader, None, |host| host.transfer(to)),
                None => Ok(()),
            })?,
            Input::Read { node } => self.both(|cluster| cluster.read(node))?,
            Input::Partition { mask } => self.both(|cluster| {
                for (from, row) in cluster.cut.iter_mut().enumerate() {
                    for (to, cut) in row.iter_mut().enumerate() {
                        *cut = (mask >> from) & 1 != (mask >> to) & 1;
                    }
                }
                Ok(())
            })?,
            Input::Cut { from, to } => self.both(|cluster| {
                cluster.cut[from as usize - 1][to as usize - 1] = true;
                Ok(())
            })?,
            Input::Heal => self.both(|cluster| {
                cluster.cut.iter_mut().for_each(|row| row.fill(false));
                Ok(())
            })?,
            Input::Crash { node } => self.both(|cluster| {
                cluster.crash(node);
                Ok(())
            })?,
            Input::Restart { node } => self.both(|cluster| cluster.restart(node))?,
            Input::Compact { node, keep } => self.both(|cluster| cluster.act(node, None, |host| host.compact(keep)))?,
        }
        self.heartbeats()
    }

    /// Does the same to both, then lets both become quiet.
    fn both(&mut self, mut input: impl FnMut(&mut Cluster) -> Result<(), Violation>) -> Result<(), Violation> {
        for cluster in &mut self.clusters {
            input(cluster)?;
            settle(cluster)?;
        }
        self.set_timeouts();
        Ok(())
    }

    /// Lets each leader send heartbeats: what one side does at once and the other at the next heartbeat is done then.
    fn heartbeats(&mut self) -> Result<(), Violation> {
        for _ in 0..2 * HEARTBEAT_TICKS {
            self.both(|cluster| {
                let leads = |cluster: &Cluster, node: NodeId| {
                    cluster.is_up(node) && cluster.hosts[node as usize - 1].view().role == Role::Leader
                };
                let leaders: Vec<NodeId> = (1..=cluster.nodes()).filter(|&node| leads(cluster, node)).collect();
                leaders.into_iter().try_for_each(|node| cluster.act(node, None, |host| host.tick()))
            })?;
        }
        Ok(())
    }

    /// raft-rs draws its timeouts from the thread's generator: both sides get them from the seed, the term and the role.
    fn set_timeouts(&mut self) {
        for cluster in &mut self.clusters {
            for (at, host) in cluster.hosts.iter_mut().enumerate() {
                if cluster.up[at] {
                    let view = host.view();
                    let draw = mix(self.seed ^ mix(view.term ^ ((at as u64) << 32) ^ ((view.role as u64) << 40)));
                    host.set_election_timeout(ELECTION_TICKS + (draw % u64::from(ELECTION_TICKS)) as u32);
                }
            }
        }
    }

    fn compare(&self) -> Result<(), Violation> {
        let [theirs, ours] = &self.clusters;
        for at in 0..self.nodes as usize {
            if !ours.up[at] {
                continue;
            }
            let (theirs, ours) = (&*theirs.hosts[at], &*ours.hosts[at]);
            let sides = [Shown::of(theirs), Shown::of(ours)];
            if sides[0] != sides[1] {
                return Err(format!("n{} differs\ntheirs {:?}\nours   {:?}", at + 1, sides[0], sides[1]));
            }
        }
        let [theirs, ours] = [theirs, ours].map(|side| &side.judge.answers);
        differences::reads_agree(theirs, ours)
    }
}

/// What is compared of a node.
#[derive(PartialEq, Eq, Debug)]
struct Shown {
    role: Role,
    term: Term,
    voted_for: Option<NodeId>,
    leader: Option<NodeId>,
    commit: Index,
    applied: (Index, u64),
    log: Vec<Position>,
}

impl Shown {
    fn of(host: &dyn Host) -> Shown {
        let View { role, term, voted_for, leader, commit, first, last } = host.view();
        let log = (first..=last.index).filter_map(|index| host.entry(index).map(|entry| entry.position())).collect();
        Shown { role, term, voted_for, leader, commit, applied: (host.machine().applied, host.machine().state), log }
    }
}

/// Delivers in rounds: all that is on its way arrives before what it causes, ordered by receiver and sender. So the
/// order does not depend on how many messages a side makes of the same news.
fn settle(cluster: &mut Cluster) -> Result<(), Violation> {
    for _ in 0..10_000 {
        if cluster.wire.is_empty() {
            return Ok(());
        }
        let mut round: Vec<Letter> = cluster.wire.drain(..).collect();
        round.sort_by_key(|letter| (letter.to(), letter.from()));
        for letter in round {
            cluster.wire.push_front(differences::neutralize(letter));
            cluster.deliver(0, None)?;
        }
    }
    Err("messages beget each other without end".into())
}
