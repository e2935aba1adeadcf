//! The network: what is on its way, and which links are cut.
//!
//! A message leaves, travels for a random time within the link's range, and arrives in order with the others of its link. A
//! message on a cut link is lost: it is *doomed* from the moment of the cut (or of leaving) and vanishes when it would have
//! arrived, so that one can see it fall. What is doomed stays doomed when the link is healed.

use std::collections::BTreeMap;
use std::fmt;

use raft_core::{Message, MessageKind, NodeId};

use crate::command::Submission;
use crate::names::{ClientId, NODES_MAX, NodeSet};
use crate::rng::{Rng, Stream};
use crate::store::Outcome;
use crate::time::Span;

/// One end of a way: a node or a client. Prints as `n1` or `c1`.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Endpoint {
    /// A node.
    Node(NodeId),
    /// A client.
    Client(ClientId),
}

/// How many endpoints there can be.
const ENDPOINTS: usize = 20;

impl Endpoint {
    /// A number of its own: 1..=9 for nodes, 11..=19 for clients.
    #[must_use]
    pub fn code(self) -> u64 {
        match self {
            Endpoint::Node(node) => node,
            Endpoint::Client(client) => 10 + client.number(),
        }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Endpoint::Node(node) => write!(f, "n{node}"),
            Endpoint::Client(client) => client.fmt(f),
        }
    }
}

/// What a node answers a client.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Answer {
    /// The command is committed and applied; this is what it came to.
    Done(Outcome),
    /// The node does not lead; perhaps it knows who does.
    NotLeader {
        /// Whom it takes for the leader.
        hint: Option<NodeId>,
    },
}

/// What travels.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Parcel {
    /// From node to node: a message of Raft's.
    Raft(Message),
    /// From a client to a node: a command.
    Request(Submission),
    /// From a node to a client: the answer to its command number `sequence`.
    Reply {
        /// Which command of the client it answers.
        sequence: u64,
        /// The answer.
        answer: Answer,
    },
}

/// What kind of parcel, in a trace and in a message's name.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ParcelKind {
    /// A message of Raft's.
    Raft(MessageKind),
    /// A client's command.
    Request,
    /// The answer to it.
    Reply,
}

impl ParcelKind {
    /// A number of its own, below 16.
    #[must_use]
    pub fn code(self) -> u64 {
        match self {
            ParcelKind::Request => 0,
            ParcelKind::Reply => 1,
            ParcelKind::Raft(MessageKind::RequestVote) => 2,
            ParcelKind::Raft(MessageKind::RequestVoteResponse) => 3,
            ParcelKind::Raft(MessageKind::AppendEntries) => 4,
            ParcelKind::Raft(MessageKind::AppendEntriesResponse) => 5,
            ParcelKind::Raft(MessageKind::Heartbeat) => 6,
            ParcelKind::Raft(MessageKind::HeartbeatResponse) => 7,
            ParcelKind::Raft(MessageKind::RequestPreVote) => 8,
            ParcelKind::Raft(MessageKind::RequestPreVoteResponse) => 9,
            ParcelKind::Raft(MessageKind::InstallSnapshot) => 10,
            ParcelKind::Raft(MessageKind::TimeoutNow) => 11,
            ParcelKind::Raft(MessageKind::TransferLeader) => 12,
            ParcelKind::Raft(MessageKind::Propose) => 13,
            ParcelKind::Raft(MessageKind::ReadIndex) => 14,
            ParcelKind::Raft(MessageKind::ReadIndexResponse) => 15,
        }
    }

    /// Whether it is a sign of life that leaders and followers exchange all the time.
    #[must_use]
    pub fn is_heartbeat(self) -> bool {
        matches!(self, ParcelKind::Raft(MessageKind::Heartbeat | MessageKind::HeartbeatResponse))
    }
}

/// How many kinds of parcel there are.
const KINDS: usize = 16;

impl fmt::Display for ParcelKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ParcelKind::Request => "request",
            ParcelKind::Reply => "reply",
            ParcelKind::Raft(MessageKind::RequestVote) => "vote",
            ParcelKind::Raft(MessageKind::RequestVoteResponse) => "voteResponse",
            ParcelKind::Raft(MessageKind::AppendEntries) => "append",
            ParcelKind::Raft(MessageKind::AppendEntriesResponse) => "appendResponse",
            ParcelKind::Raft(MessageKind::Heartbeat) => "heartbeat",
            ParcelKind::Raft(MessageKind::HeartbeatResponse) => "heartbeatResponse",
            ParcelKind::Raft(MessageKind::RequestPreVote) => "preVote",
            ParcelKind::Raft(MessageKind::RequestPreVoteResponse) => "preVoteResponse",
            ParcelKind::Raft(MessageKind::InstallSnapshot) => "snapshot",
            ParcelKind::Raft(MessageKind::TimeoutNow) => "timeoutNow",
            ParcelKind::Raft(MessageKind::TransferLeader) => "transfer",
            ParcelKind::Raft(MessageKind::Propose) => "propose",
            ParcelKind::Raft(MessageKind::ReadIndex) => "readIndex",
            ParcelKind::Raft(MessageKind::ReadIndexResponse) => "readIndexResponse",
        })
    }
}

impl Parcel {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> ParcelKind {
        match self {
            Parcel::Raft(message) => ParcelKind::Raft(message.kind()),
            Parcel::Request(_) => ParcelKind::Request,
            Parcel::Reply { .. } => ParcelKind::Reply,
        }
    }
}

/// A message's name: the how-manieth of its kind on its way it is. Prints as `n1>n2.append.3`.
///
/// It counts only its own kind on its own way, so it stays the same when something changes elsewhere in the run.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MessageId {
    /// Who sent it.
    pub from: Endpoint,
    /// For whom.
    pub to: Endpoint,
    /// Its kind.
    pub kind: ParcelKind,
    /// Counts from 1.
    pub ordinal: u32,
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}>{}.{}.{}", self.from, self.to, self.kind, self.ordinal)
    }
}

/// A message on its way.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Flight {
    /// Its name.
    pub id: MessageId,
    /// What travels.
    pub parcel: Parcel,
    /// When it left, in µs.
    pub sent_us: u64,
    /// When it arrives, or is lost if `doomed`, in µs; at least `sent_us`.
    pub arrive_us: u64,
    /// Whether it will be lost instead of arriving.
    pub doomed: bool,
}

/// One direction between two endpoints.
#[derive(Clone, Debug)]
struct Way {
    cut: bool,
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
    /// Indexed by the codes of sender and receiver; made when first used.
    ways: Vec<Option<Box<Way>>>,
    seed: u64,
    flights: BTreeMap<FlightKey, Flight>,
    departures: u64,
}

impl Network {
    pub(crate) fn new(nodes: u64, latency_us: Span, seed: u64) -> Network {
        let ways = vec![None; ENDPOINTS * ENDPOINTS];
        Network { latency_us, nodes, ways, seed, flights: BTreeMap::new(), departures: 0 }
    }

    fn way(&mut self, from: Endpoint, to: Endpoint) -> &mut Way {
        let (a, b) = (from.code(), to.code());
        let place = usize::try_from(a).expect("a small code") * ENDPOINTS + usize::try_from(b).expect("a small code");
        let seed = self.seed;
        self.ways[place].get_or_insert_with(|| {
            let rng = Rng::new(seed, Stream::Link { from: a, to: b });
            Box::new(Way { cut: false, rng, latest_us: 0, sent: [0; KINDS] })
        })
    }

    /// Sends a parcel. Returns the key of its flight and when that ends.
    pub(crate) fn send(&mut self, from: Endpoint, to: Endpoint, parcel: Parcel, now_us: u64) -> (FlightKey, &Flight) {
        let latency_us = self.latency_us;
        let kind = parcel.kind();
        let way = self.way(from, to);
        let arrive_us = way.latest_us.max(now_us + way.rng.within(latency_us.min_us, latency_us.max_us));
        way.latest_us = arrive_us;
        let count = &mut way.sent[usize::try_from(kind.code()).expect("a small code")];
        *count += 1;
        let id = MessageId { from, to, kind, ordinal: *count };
        let flight = Flight { id, parcel, sent_us: now_us, arrive_us, doomed: way.cut };
        let key = self.departures;
        self.departures += 1;
        (key, self.flights.entry(key).or_insert(flight))
    }

    /// Takes out a flight that has come to its end.
    pub(crate) fn land(&mut self, key: FlightKey) -> Option<Flight> {
        self.flights.remove(&key)
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

    /// Whether messages from one node to another are lost now.
    #[must_use]
    pub fn is_cut(&self, from: NodeId, to: NodeId) -> bool {
        assert!(from <= NODES_MAX && to <= NODES_MAX, "n{from}>n{to} is no way");
        let place =
            usize::try_from(from).expect("a small code") * ENDPOINTS + usize::try_from(to).expect("a small code");
        self.ways[place].as_ref().is_some_and(|way| way.cut)
    }

    /// Every message in flight, in the order of leaving.
    pub fn flights(&self) -> impl Iterator<Item = &Flight> {
        self.flights.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use raft_core::MessageBody;

    fn network() -> Network {
        Network::new(3, Span { min_us: 10, max_us: 15 }, 7)
    }

    fn heartbeat(network: &mut Network, from: NodeId, to: NodeId, now_us: u64) -> Flight {
        let body = MessageBody::Heartbeat { commit: 0, read_round: 0 };
        let parcel = Parcel::Raft(Message { from, to, term: 1, body });
        network.send(Endpoint::Node(from), Endpoint::Node(to), parcel, now_us).1.clone()
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
