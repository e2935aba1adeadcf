//! The network: what is on its way, and which links are cut.
//!
//! A message leaves, travels for a random time within the link's range, and arrives in order with the others of its link. A
//! message on a cut link is lost: it is *doomed* from the moment of the cut (or of leaving) and vanishes when it would have
//! arrived, so that one can see it fall. What is doomed stays doomed when the link is healed. A link may also lose, duplicate
//! and reorder by chance, and single messages can be held, released, dropped, duplicated and delivered by hand.

mod faults;
mod parcel;
mod pattern;

use raft_core::NodeId;

use crate::action::Quality;
use crate::names::{ClientId, NODES_MAX, NodeSet};
use crate::rng::{Rng, Stream};
use crate::sorted::SortedMap;
use crate::time::Span;

pub use parcel::{Answer, Endpoint, Flight, MessageId, Parcel, ParcelKind};
pub use pattern::MessagePattern;

use crate::sure::size;
use parcel::KINDS;

/// The network carries at most this many messages at a time; what is sent beyond is lost.
pub const FLIGHTS_MAX: usize = 4_096;

/// One direction between two endpoints.
#[derive(Clone, Debug)]
struct Way {
    cut: bool,
    quality: Quality,
    rng: Rng,
    /// When the latest message sent so far arrives: none arrives before one that left earlier.
    latest_us: u64,
    sent: [u32; KINDS],
}

/// A key of a flight: counts all messages of the run.
pub(crate) type FlightKey = u64;

/// All links and all messages in flight.
#[derive(Clone, Debug)]
pub struct Network {
    latency_us: Span,
    nodes: u64,
    /// Each at its [`place_of`]; made when first used.
    ways: Vec<Option<Box<Way>>>,
    seed: u64,
    flights: SortedMap<FlightKey, Flight>,
    departures: u64,
    /// Messages that are held as soon as they leave.
    holds: Vec<MessagePattern>,
}

/// Where a way stands in the list of all: those between nodes first, then for each client those to nodes and those from nodes.
fn place_of(from: Endpoint, to: Endpoint) -> usize {
    const SENDERS: u64 = NODES_MAX + 1;
    let of_client = |client: ClientId, node: NodeId| SENDERS * (SENDERS + 2 * client.number()) + node;
    size(match (from, to) {
        (Endpoint::Node(from), Endpoint::Node(to)) => SENDERS * from + to,
        (Endpoint::Client(client), Endpoint::Node(node)) => of_client(client, node),
        (Endpoint::Node(node), Endpoint::Client(client)) => of_client(client, node) + SENDERS,
        (Endpoint::Client(_), Endpoint::Client(_)) => panic!("clients do not talk to each other"),
    })
}

impl Network {
    pub(crate) fn new(nodes: u64, latency_us: Span, seed: u64) -> Network {
        Network {
            latency_us,
            nodes,
            ways: Vec::new(),
            seed,
            flights: SortedMap::default(),
            departures: 0,
            holds: Vec::new(),
        }
    }

    /// One more node is there.
    pub(crate) fn join(&mut self) {
        self.nodes += 1;
    }

    fn way(&mut self, from: Endpoint, to: Endpoint) -> &mut Way {
        let (a, b) = (from.code(), to.code());
        let place = place_of(from, to);
        if self.ways.len() <= place {
            self.ways.resize_with(place + 1, || None);
        }
        let seed = self.seed;
        self.ways[place].get_or_insert_with(|| {
            let rng = Rng::new(seed, Stream::Link { from: a, to: b });
            Box::new(Way { cut: false, quality: Quality::default(), rng, latest_us: 0, sent: [0; KINDS] })
        })
    }

    /// Sends a parcel; the link's quality may send it twice. Returns the flights that begin: none if there are
    /// [`FLIGHTS_MAX`] already.
    pub(crate) fn send(&mut self, from: Endpoint, to: Endpoint, parcel: Parcel, now_us: u64) -> [Option<FlightKey>; 2] {
        let way = self.way(from, to);
        let twice = way.quality.duplicate_percent;
        let copy = if twice > 0 && way.rng.chance(u64::from(twice), 100) { Some(parcel.clone()) } else { None };
        let first = self.depart(from, to, parcel, now_us);
        [first, copy.and_then(|copy| self.depart(from, to, copy, now_us))]
    }

    /// One departure. However short the latency, a message travels for a µs at least, so that time goes on.
    fn depart(&mut self, from: Endpoint, to: Endpoint, parcel: Parcel, now_us: u64) -> Option<FlightKey> {
        if self.flights.len() >= FLIGHTS_MAX {
            return None;
        }
        let usual_us = self.latency_us;
        let kind = parcel.kind();
        let way = self.way(from, to);
        let latency_us = way.quality.latency_us.unwrap_or(usual_us);
        let mut arrive_us = now_us + way.rng.within(latency_us.min_us, latency_us.max_us).max(1);
        if !way.quality.reorders {
            arrive_us = arrive_us.max(way.latest_us);
            way.latest_us = arrive_us;
        }
        let loss = way.quality.loss_percent;
        let dropped = loss > 0 && way.rng.chance(u64::from(loss), 100);
        let count = &mut way.sent[size(kind.code())];
        *count += 1;
        let id = MessageId { from, to, kind, ordinal: *count };
        let doomed = way.cut || dropped;
        let held_since_us = self.holds.iter().any(|hold| hold.matches(&id)).then_some(now_us);
        let flight = Flight { id, parcel, sent_us: now_us, arrive_us, doomed, dropped, held_since_us, waited_us: 0 };
        let key = self.departures;
        self.departures += 1;
        self.flights.insert(key, flight);
        Some(key)
    }

    /// A message in flight.
    pub(crate) fn flight(&self, key: FlightKey) -> Option<&Flight> {
        self.flights.get(&key)
    }

    /// Takes out a flight whose end was due at `now_us`, if that is still so.
    pub(crate) fn land(&mut self, key: FlightKey, now_us: u64) -> Option<Flight> {
        let flight = self.flights.get(&key)?;
        let is_due = flight.arrive_us == now_us && flight.held_since_us.is_none();
        if is_due { self.flights.remove(&key) } else { None }
    }

    /// Cuts or heals one direction of a link. What is in flight on a cut link is doomed.
    pub(crate) fn set_cut(&mut self, from: NodeId, to: NodeId, cut: bool) {
        let (from, to) = (Endpoint::Node(from), Endpoint::Node(to));
        self.way(from, to).cut = cut;
        if cut {
            let here = |flight: &&mut Flight| flight.id.from == from && flight.id.to == to;
            self.flights.values_mut().filter(here).for_each(|flight| flight.doomed = true);
        }
    }

    /// Cuts every link between nodes of different groups and heals all others. Groups must be disjoint and name every node.
    pub(crate) fn partition(&mut self, groups: &[NodeSet]) {
        let group = |node| groups.iter().position(|set| set.contains(node));
        for from in 1..=self.nodes {
            for to in (1..=self.nodes).filter(|&to| to != from) {
                self.set_cut(from, to, group(from) != group(to));
            }
        }
    }

    fn known_way(&self, from: NodeId, to: NodeId) -> Option<&Way> {
        assert!(from <= NODES_MAX && to <= NODES_MAX, "n{from}>n{to} is no way");
        self.ways.get(place_of(Endpoint::Node(from), Endpoint::Node(to)))?.as_deref()
    }

    /// Whether messages from one node to another are lost now.
    #[must_use]
    pub fn is_cut(&self, from: NodeId, to: NodeId) -> bool {
        self.known_way(from, to).is_some_and(|way| way.cut)
    }

    /// Whether any message from one node can arrive at another.
    pub(crate) fn passes(&self, from: NodeId, to: NodeId) -> bool {
        self.known_way(from, to).is_none_or(|way| !way.cut && way.quality.loss_percent < 100)
    }

    /// How long messages from one node to another travel, in µs, and how many of a hundred are lost by chance.
    #[cfg(feature = "reasons")]
    pub(crate) fn quality(&self, from: NodeId, to: NodeId) -> (Span, u8) {
        let quality = self.known_way(from, to).map(|way| way.quality).unwrap_or_default();
        (quality.latency_us.unwrap_or(self.latency_us), quality.loss_percent)
    }

    /// Every message in flight, in the order of leaving.
    pub fn flights(&self) -> impl Iterator<Item = &Flight> {
        self.flights.iter().map(|(_, flight)| flight)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use raft_core::{Message, MessageBody};

    fn network() -> Network {
        Network::new(3, Span { min_us: 10, max_us: 15 }, 7)
    }

    fn heartbeat(network: &mut Network, from: NodeId, to: NodeId, now_us: u64) -> Flight {
        let body = MessageBody::Heartbeat { commit: 0, read_round: 0 };
        let parcel = Parcel::Raft(Message { from, to, term: 1, body });
        let [key, _] = network.send(Endpoint::Node(from), Endpoint::Node(to), parcel, now_us);
        network.flight(key.unwrap()).unwrap().clone()
    }

    /// Goal: latencies stay within their range and order holds. Method: many messages that leave one µs apart.
    #[test]
    fn messages_of_one_link_arrive_in_order() {
        let mut network = network();
        let mut latest_us = 0;
        for now_us in 0..100 {
            let flight = heartbeat(&mut network, 1, 2, now_us);
            assert!((now_us + 10..=now_us + 15).contains(&flight.arrive_us));
            assert!(flight.arrive_us >= latest_us);
            latest_us = flight.arrive_us;
        }
    }

    #[test]
    fn a_cut_dooms_what_is_in_flight_that_way_only() {
        let mut network = network();
        for (from, to) in [(1, 2), (2, 1), (1, 3)] {
            heartbeat(&mut network, from, to, 0);
        }
        network.set_cut(1, 2, true);
        assert!(heartbeat(&mut network, 1, 2, 5).doomed, "sent on a cut link");
        network.set_cut(1, 2, false);
        assert!(!heartbeat(&mut network, 1, 2, 6).doomed, "sent on a healed link");
        let doomed: Vec<(String, bool)> = network.flights().map(|f| (f.id.to_string(), f.doomed)).collect();
        let expected = [
            ("n1>n2.heartbeat.1", true),
            ("n2>n1.heartbeat.1", false),
            ("n1>n3.heartbeat.1", false),
            ("n1>n2.heartbeat.2", true),
            ("n1>n2.heartbeat.3", false),
        ];
        assert_eq!(doomed, expected.map(|(id, doomed)| (id.to_string(), doomed)));
    }

    #[test]
    fn a_partition_replaces_the_cuts_before_it() {
        let mut network = network();
        network.set_cut(1, 2, true);
        network.partition(&[[1, 2].into_iter().collect(), [3].into_iter().collect()]);
        let cut: Vec<(NodeId, NodeId)> =
            (1..=3).flat_map(|a| (1..=3).map(move |b| (a, b))).filter(|&(a, b)| network.is_cut(a, b)).collect();
        assert_eq!(cut, [(1, 3), (2, 3), (3, 1), (3, 2)]);
    }
}
