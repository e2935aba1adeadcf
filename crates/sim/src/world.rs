//! The world: nodes, network, clients and checkers around one event queue.
//!
//! A world is a deterministic function of its settings, its seed and the actions it is given. Time jumps from event to event;
//! nothing happens in between. After each event the checkers look, and the digest takes in what happened and how the node
//! concerned stands then.
//!
//! `world/act.rs` does the actions, `world/clients.rs` carries the clients' wishes, `world/outside.rs` is what a process can
//! reach outside itself, `world/liveness.rs` notices when nothing goes forward.

mod act;
mod clients;
mod liveness;
mod members;
mod outside;

use raft_core::{ConfState, MessageKind, NodeId, Position, Role};

use crate::checks::{CheckState, Checks, Fact, Violation};
use crate::client::Client;
use crate::config::{ConfigError, Warning, WorldConfig};
use crate::digest::Digest;
use crate::event::Event;
use crate::fingerprint;
use crate::liveness::Liveness;
use crate::names::ClientId;
use crate::network::{Endpoint, Flight, FlightKey, MessageId, Network, Parcel, ParcelKind};
use crate::node::{Item, Node};
use crate::rules::Kept;
use crate::schedule::Schedule;
use crate::sure::size;
use crate::time::TIME_MAX_US;
use crate::trace::{Happening, Loss, Trace};
use crate::watch::Watch;

pub(crate) use outside::Outside;

/// The simulated world at one moment.
///
/// A clone is cheap (logs, stores and the checkers' notes are shared until written) and goes on exactly as the original
/// would: that is what keyframes are.
#[derive(Clone, Debug)]
pub struct World {
    config: WorldConfig,
    seed: u64,
    now_us: u64,
    schedule: Schedule<Event>,
    nodes: Vec<Node>,
    network: Network,
    /// By number, from c1.
    clients: Vec<Client>,
    checks: Checks,
    trace: Trace,
    digest: Digest,
    events: u64,
    /// How many Readys were handed out, and how many messages have arrived.
    readies: u64,
    arrivals: u64,
    liveness: Liveness,
    watch: Watch,
}

/// A link between two nodes, `a < b`, and what is cut of it.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct LinkState {
    /// The lower node.
    pub a: NodeId,
    /// The higher node.
    pub b: NodeId,
    /// Whether messages from a to b are lost.
    pub cut_ab: bool,
    /// Whether messages from b to a are lost.
    pub cut_ba: bool,
}

impl World {
    /// The world at time 0: every node has an empty disk and has just started; there is one client, c1.
    ///
    /// # Errors
    /// What is wrong with the settings: see [`WorldConfig::validate`].
    pub fn new(config: &WorldConfig, seed: u64) -> Result<World, ConfigError> {
        config.validate()?;
        let mut world = World {
            config: *config,
            seed,
            now_us: 0,
            schedule: Schedule::default(),
            nodes: (1..=config.nodes).map(|id| Node::new(id, config, seed, 0, Kept::default())).collect(),
            network: Network::new(config.nodes, config.latency_us, seed),
            clients: Vec::new(),
            checks: Checks::new(config.nodes),
            trace: Trace::default(),
            digest: Digest::default(),
            events: 0,
            readies: 0,
            arrivals: 0,
            liveness: Liveness::new(2 * config.election_us.max_us),
            watch: Watch::default(),
        };
        world.client_slot(ClientId::new(1).expect("1 is a client's number"));
        for id in 1..=config.nodes {
            world.schedule_tick(id);
        }
        Ok(world)
    }

    /// A copy to come back to: it shares what it can, and keeps only the latest records of the trace.
    pub(crate) fn keyframe(&self) -> World {
        World {
            config: self.config,
            seed: self.seed,
            now_us: self.now_us,
            schedule: self.schedule.clone(),
            nodes: self.nodes.clone(),
            network: self.network.clone(),
            clients: self.clients.clone(),
            checks: self.checks.clone(),
            trace: self.trace.tail(),
            digest: self.digest,
            events: self.events,
            readies: self.readies,
            arrivals: self.arrivals,
            liveness: self.liveness,
            watch: Watch::default(),
        }
    }

    /// Takes the next event. False if there is none before the end of time, [`TIME_MAX_US`].
    pub fn step_event(&mut self) -> bool {
        if self.next_event_us().is_none() {
            return false;
        }
        let (at_us, event) = self.schedule.pop().expect("an event is due");
        self.tell_stalls_before(at_us);
        self.now_us = at_us;
        self.events += 1;
        let [kind, who] = event.words();
        self.digest.words([at_us, kind << 56 | who]);
        match event {
            Event::Tick { node, epoch } => self.tick(node, epoch),
            Event::Arrival(key) => self.arrival(key),
            Event::Synced { node, incarnation } => {
                self.at_node(node, &mut |node, outside| node.synced(incarnation, outside))
            }
            Event::ClientWakes { client, epoch } => self.client_wakes(client, epoch),
            Event::LoadDue { client, epoch } => self.load_due(client, epoch),
            Event::Thought { client, epoch } => self.thought(client, epoch),
        }
        true
    }

    /// Takes every event that is due at or before `until_us`, and sets the time to it (at most [`TIME_MAX_US`]). Does nothing
    /// if that is past.
    pub fn advance_to(&mut self, until_us: u64) {
        let until_us = until_us.min(TIME_MAX_US);
        while self.next_event_us().is_some_and(|at_us| at_us <= until_us) {
            self.step_event();
        }
        self.tell_stalls_before(until_us + 1);
        self.now_us = self.now_us.max(until_us);
    }

    fn tick(&mut self, id: NodeId, epoch: u32) {
        if self.node(id).clock_epoch() != epoch {
            return; // the clock stopped meanwhile
        }
        self.at_node(id, &mut Node::tick);
        self.schedule_tick(id);
    }

    fn schedule_tick(&mut self, id: NodeId) {
        let node = self.node(id);
        let (at_us, epoch) = (node.next_tick_us(self.now_us), node.clock_epoch());
        self.schedule.at(at_us, Event::Tick { node: id, epoch });
    }

    fn arrival(&mut self, key: FlightKey) {
        let Some(flight) = self.network.land(key, self.now_us) else { return };
        let Flight { id, parcel, doomed, dropped, .. } = flight;
        if doomed {
            self.lose(id, if dropped { Loss::Dropped } else { Loss::Cut });
            return;
        }
        self.arrivals += 1;
        let item = match (parcel, id.to) {
            (Parcel::Raft(message), _) => Item::Message(message),
            (Parcel::Request(submission), _) => Item::Proposal(submission),
            (Parcel::Reply { sequence, answer }, Endpoint::Client(client)) => {
                let Endpoint::Node(node) = id.from else { panic!("only nodes answer") };
                return self.client_answered(client, node, sequence, answer);
            }
            (Parcel::Reply { .. }, Endpoint::Node(_)) => panic!("only clients are answered"),
        };
        let Endpoint::Node(node) = id.to else { panic!("only nodes take commands and messages") };
        match self.give(node, item) {
            Err(why) => self.lose(id, why),
            Ok(()) => self.tell_fate(id, true),
        }
    }

    fn lose(&mut self, message: MessageId, why: Loss) {
        if !message.kind.is_heartbeat() {
            self.record(Happening::Lost { message, why });
        }
        self.tell_fate(message, false);
    }

    /// A snapshot goes over a connection of its own, whose end tells the sender what became of it (etcd's
    /// `ReportSnapshot`): without that the leader would wait for it for ever.
    fn tell_fate(&mut self, message: MessageId, arrived: bool) {
        if let (ParcelKind::Raft(MessageKind::InstallSnapshot), Endpoint::Node(from), Endpoint::Node(to)) =
            (message.kind, message.from, message.to)
        {
            // A sender that has crashed waits for nothing.
            let _down = self.give(from, Item::SnapshotFate { to, arrived });
        }
    }

    /// What lies around the node, for it or for a client.
    fn outside(&mut self) -> Outside<'_> {
        Outside {
            now_us: self.now_us,
            sync_us: 0,
            incarnation: 0,
            network: &mut self.network,
            schedule: &mut self.schedule,
            trace: &mut self.trace,
            checks: &mut self.checks,
            digest: &mut self.digest,
            watch: &mut self.watch,
            readies: &mut self.readies,
        }
    }

    /// Lets a node do something, and looks at it afterwards: the one way in which a node changes. Compiled once, and not for each
    /// kind of work.
    #[inline(never)]
    fn at_node(&mut self, id: NodeId, work: &mut dyn FnMut(&mut Node, &mut Outside<'_>)) {
        let (node, mut outside) = self.node_and_outside(id);
        work(node, &mut outside);
        self.look_at(id);
    }

    /// Puts an item into a node's inbox, or says why it cannot be.
    fn give(&mut self, id: NodeId, item: Item) -> Result<(), Loss> {
        let (node, mut outside) = self.node_and_outside(id);
        let taken = node.deliver(item, &mut outside);
        self.look_at(id);
        taken
    }

    #[inline(never)]
    fn node_and_outside(&mut self, id: NodeId) -> (&mut Node, Outside<'_>) {
        let node = &mut self.nodes[place(id)];
        let outside = Outside {
            now_us: self.now_us,
            sync_us: node.sync_us(),
            incarnation: node.incarnation(),
            network: &mut self.network,
            schedule: &mut self.schedule,
            trace: &mut self.trace,
            checks: &mut self.checks,
            digest: &mut self.digest,
            watch: &mut self.watch,
            readies: &mut self.readies,
        };
        (node, outside)
    }

    #[inline(never)]
    fn look_at(&mut self, id: NodeId) {
        let (node, mut outside) = self.node_and_outside(id);
        match node.standing() {
            Some(standing) => outside.stands(id, standing),
            None => outside.fact(id, Fact::Crashed),
        }
        outside.digest.words([id, node.inbox().len() as u64, node.synced_index(), node.disk().hard_state().term]);
        if let (Some(status), Some(store)) = (node.status(), node.store()) {
            fingerprint::status(outside.digest, &status);
            outside.digest.word(store.digest().value());
        }
        self.look_for_leaders(id);
    }

    /// Checks nothing from now on, to measure what checking costs. The digest stays what it is.
    pub fn stop_checking(&mut self) {
        self.checks.stop();
    }

    /// Begins to watch the cores at work. A keyframe is not watched.
    #[cfg(feature = "watch")]
    pub fn watch(&mut self) {
        self.watch.begin();
    }

    /// What was seen of the cores since the last time.
    #[cfg(feature = "watch")]
    pub fn take_sightings(&mut self) -> Vec<crate::watch::Sighting> {
        self.watch.take()
    }

    pub(crate) fn network(&self) -> &Network {
        &self.network
    }

    fn record(&mut self, what: Happening) {
        self.trace.push(self.now_us, what);
    }

    /// The settings.
    #[must_use]
    pub fn config(&self) -> &WorldConfig {
        &self.config
    }

    /// The seed.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The simulated time, in µs.
    #[must_use]
    pub fn now_us(&self) -> u64 {
        self.now_us
    }

    /// When the next event is due, in µs; `None` when nothing more happens before the end of time, [`TIME_MAX_US`].
    #[must_use]
    pub fn next_event_us(&self) -> Option<u64> {
        self.schedule.next_us().filter(|&at_us| at_us <= TIME_MAX_US)
    }

    /// How many events have been taken.
    #[must_use]
    pub fn events(&self) -> u64 {
        self.events
    }

    /// How many Readys the nodes have handed out.
    #[must_use]
    pub fn readies(&self) -> u64 {
        self.readies
    }

    /// How many messages have arrived, at nodes and clients.
    #[must_use]
    pub fn arrivals(&self) -> u64 {
        self.arrivals
    }

    /// Every node, from n1.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// A node of this world. Panics if there is none of that name.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[place(id)]
    }

    /// Every link, n1-n2 first.
    pub fn links(&self) -> impl Iterator<Item = LinkState> {
        let nodes = self.nodes.len() as u64;
        (1..=nodes).flat_map(move |a| (a + 1..=nodes).map(move |b| (a, b))).map(|(a, b)| LinkState {
            a,
            b,
            cut_ab: self.network.is_cut(a, b),
            cut_ba: self.network.is_cut(b, a),
        })
    }

    /// Everything in flight, between nodes and between clients and nodes, in the order of leaving.
    pub fn messages_in_flight(&self) -> impl Iterator<Item = &Flight> {
        self.network.flights()
    }

    /// Every client that was ever spoken of, from c1, which is always there.
    #[must_use]
    pub fn clients(&self) -> &[Client] {
        &self.clients
    }

    /// How the checked properties stand, in the order of [`crate::checks::Property::ALL`].
    pub fn checks(&self) -> impl Iterator<Item = CheckState<'_>> {
        self.checks.states()
    }

    /// The first violation of each fallen property, in order of time.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        self.checks.violations()
    }

    /// The latest records.
    #[must_use]
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// The fingerprint of everything so far: every event, every message, and how each node stood after each event.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// What is questionable about the settings.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        self.config.warnings()
    }

    /// The configuration by which the leader goes; without one, the running node that knows most.
    #[must_use]
    pub fn configuration(&self) -> ConfState {
        let mut knows_most = None;
        let mut most = (false, 0, Position::ORIGIN);
        for status in self.nodes.iter().filter_map(Node::status) {
            let knows = (status.role == Role::Leader, status.term, status.last);
            if knows >= most {
                (knows_most, most) = (Some(status.conf), knows);
            }
        }
        knows_most.map_or_else(|| ConfState::of_voters(1..=self.config.nodes), ConfState::clone)
    }

    /// How many votes or matches a decision needs: more than half of the voters; in a joint configuration of the new ones.
    #[must_use]
    pub fn quorum(&self) -> u64 {
        self.configuration().voters.len() as u64 / 2 + 1
    }

    /// The running leader of the highest term, if there is one.
    #[must_use]
    pub fn leader(&self) -> Option<&Node> {
        self.nodes.iter().filter(|node| node.role() == Role::Leader).max_by_key(|node| node.term())
    }
}

fn place(id: NodeId) -> usize {
    size(id - 1)
}
