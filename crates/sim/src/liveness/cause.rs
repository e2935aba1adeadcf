//! Why nothing goes forward: found by asking what a majority needs, from the plainest to the finest, until something lacks.

use raft_core::{ConfState, MessageKind, NodeId, Role};

use super::{Cause, Half, Stall, TooFew, is_awake};
use crate::config::HEARTBEATS_PER_TIMEOUT;
use crate::names::NodeSet;
use crate::network::{Endpoint, Flight, ParcelKind};
use crate::node::Node;
use crate::sure::size;
use crate::time::TIME_MAX_US;
use crate::world::World;

/// From this share on, in percent, a link that loses messages is no help.
const LOSS_PERCENT: u8 = 50;

/// What a way between two nodes must be like.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Way {
    /// Not cut, nor losing everything.
    Whole,
    /// No message for this purpose is held on it, either.
    Open,
    /// Whole, and most messages arrive.
    Reliable,
}

/// Whether a message takes part in elections.
fn elects(kind: MessageKind) -> bool {
    #[rustfmt::skip]
    let elects = matches!(kind, MessageKind::RequestVote | MessageKind::RequestVoteResponse
        | MessageKind::RequestPreVote | MessageKind::RequestPreVoteResponse);
    elects
}

struct Look<'a> {
    world: &'a World,
    conf: &'a ConfState,
    running: NodeSet,
    stall: Stall,
}

/// Why nothing goes forward in this world.
pub(crate) fn why(world: &World, stall: Stall) -> Option<Cause> {
    let awake = world.nodes().iter().filter(|node| is_awake(node));
    let conf = world.configuration();
    let look = Look { world, conf: &conf, running: awake.map(Node::id).collect(), stall };
    if let Some(few) = look.lack(look.running) {
        return Some(Cause::TooFewRun(few));
    }
    Some(match world.awake_leader() {
        Some(leader) if stall == Stall::NoCommit => look.no_commit(leader),
        Some(_) | None => look.no_leader(),
    })
}

impl Look<'_> {
    /// The halves of the configuration and how many of each are needed; the old one is empty unless it is joint.
    fn halves(&self) -> [(NodeSet, u64); 2] {
        [&self.conf.voters, &self.conf.voters_outgoing].map(|voters| {
            let voters: NodeSet = voters.iter().copied().collect();
            (voters, if voters.is_empty() { 0 } else { voters.len() / 2 + 1 })
        })
    }

    /// What a group lacks for a majority.
    fn lack(&self, group: NodeSet) -> Option<TooFew> {
        let [new, old] = self.halves().map(|(voters, needed)| {
            let have = group.and(voters);
            (have, voters.len(), needed, have.len() < needed)
        });
        let (half, (have, voters, needed, _)) = match (new.3, old.3) {
            (false, false) => return None,
            (true, true) => (Half::Both, new),
            (true, false) if old.2 == 0 => (Half::Whole, new),
            (true, false) => (Half::New, new),
            (false, true) => (Half::Old, old),
        };
        Some(TooFew { half, have, voters, needed })
    }

    /// Who hears a node and is heard by it, itself included.
    fn reach(&self, node: NodeId, way: Way) -> NodeSet {
        let there_and_back =
            |&other: &NodeId| other == node || self.passes(node, other, way) && self.passes(other, node, way);
        self.running.iter().filter(there_and_back).collect()
    }

    fn passes(&self, from: NodeId, to: NodeId, way: Way) -> bool {
        let network = self.world.network();
        let ends = (Endpoint::Node(from), Endpoint::Node(to));
        network.passes(from, to)
            && !(way == Way::Reliable && network.quality(from, to).1 >= LOSS_PERCENT)
            && !(way == Way::Open && self.held().any(|flight| (flight.id.from, flight.id.to) == ends))
    }

    /// The messages on hold that matter: those of elections, or those of replication.
    fn held(&self) -> impl Iterator<Item = &Flight> {
        let wanted = self.stall == Stall::NoLeader;
        self.world.messages_in_flight().filter(move |flight| match flight.id.kind {
            ParcelKind::Raft(kind) => flight.held_since_us.is_some() && elects(kind) == wanted,
            ParcelKind::Request | ParcelKind::Reply => false,
        })
    }

    fn voters(&self) -> impl Iterator<Item = NodeId> {
        let [(new, _), (old, _)] = self.halves();
        self.running.iter().filter(move |&node| new.contains(node) || old.contains(node))
    }

    /// Who of `nodes` reaches a majority; else what the best of them lacks.
    fn able(&self, nodes: NodeSet, way: Way) -> Result<NodeSet, TooFew> {
        let (mut able, mut best) = (NodeSet::default(), None::<TooFew>);
        for node in nodes.iter() {
            match self.lack(self.reach(node, way)) {
                None => {
                    able.insert(node);
                }
                Some(few) if best.is_none_or(|best| few.have.len() > best.have.len()) => best = Some(few),
                Some(_) => {}
            }
        }
        best.filter(|_| able.is_empty()).map_or(Ok(able), Err)
    }

    /// A round from a node to a majority and back, in µs: the typical latencies, and the disks if they are asked for.
    fn round_us(&self, node: NodeId, disks: bool) -> u64 {
        let sync_us = |node| if disks { self.world.node(node).sync_us() } else { 0 };
        let network = self.world.network();
        let latency_us = |from, to| {
            let (span, _) = network.quality(from, to);
            (span.min_us + span.max_us) / 2
        };
        let round = self.halves().map(|(voters, needed)| {
            let group = self.reach(node, Way::Whole).and(voters);
            let mut rounds_us: Vec<u64> = group
                .iter()
                .map(|to| if to == node { 0 } else { latency_us(node, to) + latency_us(to, node) + sync_us(to) })
                .collect();
            rounds_us.sort_unstable();
            rounds_us.into_iter().take(size(needed)).max().unwrap_or(0)
        });
        // A candidate's request waits for its own disk; a leader's append does not.
        round[0].max(round[1]) + if self.stall == Stall::NoLeader { sync_us(node) } else { 0 }
    }

    /// Whether rounds are slower than election timeouts.
    fn slow(&self, nodes: NodeSet) -> Option<Cause> {
        let timeout_us = self.world.config().election_us.max_us;
        let best_us = |disks| nodes.iter().map(|node| self.round_us(node, disks)).min().unwrap_or(0);
        let round_us = best_us(true);
        if round_us < timeout_us {
            None
        } else if best_us(false) < timeout_us {
            Some(Cause::SlowDisks { round_us, timeout_us })
        } else {
            Some(Cause::SlowNetwork { round_us, timeout_us })
        }
    }

    /// Whether heartbeats come too seldom, by the clocks of those who send and hear them.
    fn slow_heartbeats(&self, leader: Option<&Node>) -> Option<Cause> {
        let config = self.world.config();
        let by_clock = |us: u64, node: &Node| us / config.tick_us * node.tick_interval_us();
        let every_us = leader.map_or(config.heartbeat_us, |leader| by_clock(config.heartbeat_us, leader));
        let hearers = self.voters().filter(|&node| leader.is_none_or(|leader| leader.id() != node));
        let timeouts = hearers.map(|node| by_clock(config.election_us.min_us, self.world.node(node)));
        let timeout_us = timeouts.min()?;
        let too_slow = every_us.saturating_mul(HEARTBEATS_PER_TIMEOUT) > timeout_us;
        too_slow.then_some(Cause::SlowHeartbeats { every_us, timeout_us })
    }

    fn no_commit(&self, leader: &Node) -> Cause {
        let only: NodeSet = [leader.id()].into_iter().collect();
        if let Err(few) = self.able(only, Way::Whole) {
            return Cause::LeaderCutOff(leader.id(), few);
        }
        if self.able(only, Way::Open).is_err() {
            return Cause::Held(self.held().count() as u64);
        }
        if let Err(few) = self.able(only, Way::Reliable) {
            return Cause::Lossy(few);
        }
        self.slow(only).or_else(|| self.slow_heartbeats(Some(leader))).unwrap_or_else(|| {
            let progress = leader.status().map_or(&[][..], |status| status.progress);
            let behind = progress.iter().filter(|(_, progress)| progress.match_index() < leader.last_index());
            Cause::NoAnswers(behind.map(|(node, _)| *node).collect())
        })
    }

    fn no_leader(&self) -> Cause {
        let able = match self.able(self.voters().collect(), Way::Whole) {
            Ok(able) => able,
            Err(few) => return Cause::Islands(few),
        };
        let ticks = |node: &NodeId| self.world.node(*node).tick_interval_us() <= TIME_MAX_US;
        let ticking: NodeSet = able.iter().filter(ticks).collect();
        if ticking.is_empty() {
            return Cause::ClocksStopped(able);
        }
        if self.able(ticking, Way::Open).is_err() {
            return Cause::Held(self.held().count() as u64);
        }
        if let Err(few) = self.able(ticking, Way::Reliable) {
            return Cause::Lossy(few);
        }
        let settled = if self.stall == Stall::NoCommit { self.slow_heartbeats(None) } else { None };
        let slow = settled.or_else(|| self.slow(ticking)).or_else(|| self.behind(ticking));
        slow.or_else(|| self.campaigns()).unwrap_or_else(|| self.timers(ticking))
    }

    /// Whether all of `nodes` lack entries that too many others hold.
    fn behind(&self, nodes: NodeSet) -> Option<Cause> {
        let last = |node: NodeId| self.world.node(node).status().map(|status| (status.last.term, status.last.index));
        let ahead = |node: NodeId| self.reach(node, Way::Whole).iter().filter(|&v| last(v) > last(node)).collect();
        let mut all_ahead = NodeSet::default();
        for node in nodes.iter() {
            let ahead: NodeSet = ahead(node);
            self.lack(self.reach(node, Way::Whole).without(ahead))?;
            ahead.iter().for_each(|node| {
                all_ahead.insert(node);
            });
        }
        Some(Cause::LogsBehind { nodes, ahead: all_ahead })
    }

    fn campaigns(&self) -> Option<Cause> {
        let asks = |node: &NodeId| matches!(self.world.node(*node).role(), Role::Candidate | Role::PreCandidate);
        let term = self.voters().filter(asks).map(|node| self.world.node(node).term()).max()?;
        let candidates: NodeSet =
            self.voters().filter(asks).filter(|&node| self.world.node(node).term() == term).collect();
        if candidates.len() > 1 {
            return Some(Cause::SplitVote { term, candidates });
        }
        let node = candidates.iter().next()?;
        let votes = self.world.node(node).status().map_or(&[][..], |status| status.votes);
        Some(Cause::Campaign { node, term, votes: votes.iter().filter(|(_, granted)| *granted).count() as u64 })
    }

    fn timers(&self, nodes: NodeSet) -> Cause {
        let fires = |node| self.world.node(node).timer(self.world.now_us()).map(|timer| (timer.deadline_us, node));
        let (at_us, node) = nodes.iter().filter_map(fires).min().unwrap_or_default();
        Cause::TimerRuns { node, at_us }
    }
}
