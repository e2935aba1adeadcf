//! What a random run can do next, made from the cluster as it is: whom to crash, which message to hold. A move that has nothing to
//! work on makes nothing.

use raft_core::{NodeId, Role};

use super::taste::Taste;
use crate::action::{Action, Fate, Healing, Losing, Membership, Path, Quality};
use crate::command::{Command, Reading};
use crate::names::{ClientId, NodeSet};
use crate::network::{Flight, MessagePattern};
use crate::node::Node;
use crate::rng::Rng;
use crate::sure::{size, sure};
use crate::time::MILLISECOND_US;
use crate::world::World;

/// A cluster grows to so many nodes.
const GROWN_MAX: u64 = 7;

/// A kind of move.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Move {
    Timeout,
    Crash,
    Restart,
    Isolate,
    Split,
    CutOneWay,
    Heal,
    Propose,
    Write,
    Read,
    ReadLease,
    Hold,
    Release,
    Meet,
    SlowDisk,
    Freeze,
    Thaw,
    Link,
    Compact,
    Transfer,
    AddVoter,
    AddLearner,
    Leave,
    Joint,
    /// The leader is cut off, and another stands for election.
    Usurp,
    /// All links are whole again, and another stands for election.
    Reunite,
}

impl Move {
    /// Every move.
    pub(super) const ALL: [Move; 26] = [
        Move::Timeout,
        Move::Crash,
        Move::Restart,
        Move::Isolate,
        Move::Split,
        Move::CutOneWay,
        Move::Heal,
        Move::Propose,
        Move::Write,
        Move::Read,
        Move::ReadLease,
        Move::Hold,
        Move::Release,
        Move::Meet,
        Move::SlowDisk,
        Move::Freeze,
        Move::Thaw,
        Move::Link,
        Move::Compact,
        Move::Transfer,
        Move::AddVoter,
        Move::AddLearner,
        Move::Leave,
        Move::Joint,
        Move::Usurp,
        Move::Reunite,
    ];

    /// What follows at once: a few moves belong together, and are rare by chance.
    pub(super) fn then(self) -> Option<Move> {
        matches!(self, Move::Usurp | Move::Reunite).then_some(Move::Timeout)
    }
}

/// Makes moves in a world.
pub(super) struct Mover<'a> {
    pub(super) world: &'a World,
    pub(super) rng: &'a mut Rng,
    pub(super) taste: &'a Taste,
    /// How many moves were made: names what is proposed.
    pub(super) count: usize,
}

impl Mover<'_> {
    /// An action of this kind, if there is one here. Whether it can be done is for the world to say.
    pub(super) fn make(&mut self, wanted: Move) -> Option<Action> {
        Some(match wanted {
            Move::Timeout => Action::Timeout { node: self.node(|node| node.is_up() && node.role() != Role::Leader)? },
            Move::Crash => {
                let losing = if self.rng.chance(3, 4) { Losing::All } else { Losing::Tail(self.rng.within(0, 2)) };
                Action::Crash { node: self.leader_or_any()?, losing }
            }
            Move::Restart => Action::Restart { node: self.node(|node| !node.is_up())? },
            Move::Isolate => Action::Isolate { node: self.leader_or_any()? },
            Move::Usurp => Action::Isolate { node: self.node(|node| node.role() == Role::Leader)? },
            Move::Reunite => {
                self.world.links().find(|link| link.cut_ab || link.cut_ba)?;
                Action::Heal(Healing::All)
            }
            Move::Split => self.split()?,
            Move::CutOneWay => Action::Cut(self.path()?),
            Move::Heal => self.heal()?,
            Move::Propose => Action::Propose { node: self.leader_or_any()?, word: format!("e{}", self.count).into() },
            Move::Write => self.write()?,
            Move::Read => self.read(Reading::Index)?,
            Move::ReadLease => self.read(Reading::Lease)?,
            Move::Hold => self.hold()?,
            Move::Release => {
                let pattern = self.message(|flight| flight.held_since_us.is_some())?;
                Action::Meet { fate: if self.rng.chance(2, 3) { Fate::Release } else { Fate::Deliver }, pattern }
            }
            Move::Meet => self.meet()?,
            Move::SlowDisk => {
                let sync_us = [2, 100, 500, 2_000][self.pick(4)] * MILLISECOND_US;
                Action::DiskSync { node: self.leader_or_any()?, sync_us }
            }
            Move::Freeze => Action::Freeze { node: self.leader_or_any()? },
            Move::Thaw => Action::Thaw { node: self.node(Node::is_frozen)? },
            Move::Link => Action::Link { path: None, quality: self.quality() },
            Move::Compact => {
                let node = self.node(|node| node.is_up() && node.applied() >= node.first_index())?;
                let at = self.world.node(node);
                Action::Compact { node, index: self.rng.within(at.first_index(), at.applied()) }
            }
            Move::Transfer => Action::Transfer { node: self.node(Node::is_up)? },
            Move::AddVoter => self.add_voter()?,
            Move::AddLearner => self.add_learner()?,
            Move::Leave => self.leave()?,
            Move::Joint => self.joint()?,
        })
    }

    fn pick(&mut self, len: usize) -> usize {
        size(self.rng.within(0, len as u64 - 1))
    }

    fn one_of<T>(&mut self, mut all: Vec<T>) -> Option<T> {
        if all.is_empty() {
            return None;
        }
        let place = self.pick(all.len());
        Some(all.swap_remove(place))
    }

    /// A node for which this holds.
    fn node(&mut self, fits: impl Fn(&Node) -> bool) -> Option<NodeId> {
        let fit = self.world.nodes().iter().filter(|node| fits(node)).map(Node::id).collect();
        self.one_of(fit)
    }

    /// Mostly one who thinks that it leads.
    fn leader_or_any(&mut self) -> Option<NodeId> {
        if self.rng.chance(2, 3)
            && let Some(leader) = self.node(|node| node.role() == Role::Leader)
        {
            return Some(leader);
        }
        self.node(Node::is_up)
    }

    fn path(&mut self) -> Option<Path> {
        let from = self.leader_or_any()?;
        let to = self.node(|node| node.id() != from)?;
        Some(if self.rng.chance(1, 2) { Path::OneWay { from, to } } else { Path::Between(from, to) })
    }

    fn split(&mut self) -> Option<Action> {
        let nodes = self.world.nodes().len() as u64;
        let mut group: NodeSet = [self.leader_or_any()?].into_iter().collect();
        for node in 1..=nodes {
            if self.rng.chance(1, 3) {
                group.insert(node);
            }
        }
        (group.len() < nodes).then(|| Action::Partition { groups: vec![group, NodeSet::all(nodes).without(group)] })
    }

    fn heal(&mut self) -> Option<Action> {
        self.world.links().find(|link| link.cut_ab || link.cut_ba)?;
        if self.rng.chance(1, 2) {
            return Some(Action::Heal(Healing::All));
        }
        let world = self.world;
        let is_cut = |node: &Node| {
            world.links().any(|link| (link.a == node.id() || link.b == node.id()) && (link.cut_ab || link.cut_ba))
        };
        let node = self.node(is_cut)?;
        if self.rng.chance(1, 2) {
            return Some(Action::Heal(Healing::Node(node)));
        }
        let other = self.node(|other| other.id() != node && (world.network().is_cut(node, other.id())))?;
        Some(Action::Heal(Healing::Path(Path::Between(node, other))))
    }

    fn client(&mut self, last: u64) -> Option<ClientId> {
        ClientId::new(self.rng.within(1, last))
    }

    fn via(&mut self) -> Option<NodeId> {
        if self.rng.chance(3, 4) { self.leader_or_any() } else { None }
    }

    fn write(&mut self) -> Option<Action> {
        let key = "x".into();
        let command = match self.rng.within(0, 2) {
            0 => Command::Put { key, value: self.count.to_string().into() },
            _ => Command::Incr { key },
        };
        Some(Action::Client { client: self.client(2)?, command, via: self.via(), think_us: None })
    }

    fn read(&mut self, how: Reading) -> Option<Action> {
        let command = Command::Get { key: "x".into(), how };
        let client = ClientId::new(self.rng.within(1, 4))?;
        // Followers are asked as often: they ask their leader, and that is where reads go wrong.
        let via = if self.rng.chance(1, 2) { self.via() } else { self.node(Node::is_up) };
        Some(Action::Client { client, command, via, think_us: None })
    }

    /// The name of a message on its way for which this holds; of the kinds that are aimed at, if there are some.
    fn message(&mut self, fits: impl Fn(&Flight) -> bool) -> Option<MessagePattern> {
        let fit: Vec<_> =
            self.world.messages_in_flight().filter(|flight| fits(flight)).map(|flight| flight.id).collect();
        let aimed: Vec<_> = fit.iter().copied().filter(|id| self.taste.kinds.contains(&id.kind)).collect();
        let id = if !aimed.is_empty() && self.rng.chance(3, 4) { self.one_of(aimed)? } else { self.one_of(fit)? };
        Some(MessagePattern::from(id))
    }

    /// Holds a message, or all of its kind on its way from now on.
    fn hold(&mut self) -> Option<Action> {
        let mut pattern = self.message(|flight| flight.held_since_us.is_none() && !flight.doomed)?;
        if self.rng.chance(1, 2) {
            pattern.ordinal = None;
        }
        Some(Action::Meet { fate: Fate::Hold, pattern })
    }

    fn meet(&mut self) -> Option<Action> {
        let pattern = self.message(|flight| !flight.doomed)?;
        let fate = [Fate::Drop, Fate::Duplicate, Fate::Deliver][self.pick(3)];
        Some(Action::Meet { fate, pattern })
    }

    fn quality(&mut self) -> Quality {
        if self.rng.chance(1, 3) {
            return Quality::default();
        }
        let mut percent = |max| sure(u8::try_from(self.rng.within(0, max)), "at most 100");
        let (loss_percent, duplicate_percent) = (percent(25), percent(40));
        Quality { latency_us: None, loss_percent, duplicate_percent, reorders: self.rng.chance(1, 2) }
    }

    /// The leader's configuration as the nodes are in it: voters, learners, and those outside, one that is not there yet included.
    fn members(&self) -> Option<[Vec<NodeId>; 3]> {
        let nodes = self.world.nodes().len() as u64;
        let conf = self.world.leader()?.status()?.conf;
        let new = (nodes < GROWN_MAX).then_some(nodes + 1);
        let all = |fits: &dyn Fn(NodeId) -> bool| (1..=nodes).filter(|&node| fits(node)).collect();
        let mut outside: Vec<NodeId> = all(&|node| !conf.contains(node));
        outside.extend(new);
        Some([all(&|node| conf.is_voter(node)), all(&|node| conf.is_learner(node)), outside])
    }

    fn add_voter(&mut self) -> Option<Action> {
        let [_, learners, outside] = self.members()?;
        let promotes = self.rng.chance(1, 2);
        let membership = match self.one_of(learners).filter(|_| promotes) {
            Some(learner) => Membership::Promote(learner),
            None => Membership::AddVoter(self.one_of(outside)?),
        };
        Some(Action::Member(membership))
    }

    fn add_learner(&mut self) -> Option<Action> {
        let [_, _, outside] = self.members()?;
        Some(Action::Member(Membership::AddLearner(self.one_of(outside)?)))
    }

    fn leave(&mut self) -> Option<Action> {
        let [voters, _, _] = self.members()?;
        Some(Action::Member(Membership::Remove(self.one_of(voters)?)))
    }

    /// The leader, some others, and one or two new ones.
    fn joint(&mut self) -> Option<Action> {
        let [mut voters, _, _] = self.members()?;
        let leader = self.world.leader()?.id();
        voters.retain(|&node| node == leader || self.rng.chance(1, 3));
        let nodes = self.world.nodes().len() as u64;
        let last = (nodes + self.rng.within(1, 2)).min(GROWN_MAX);
        Some(Action::Member(Membership::Joint(voters.into_iter().chain(nodes + 1..=last).collect())))
    }
}
