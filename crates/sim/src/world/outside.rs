//! What a process can reach outside itself: the time, the network, its disk's timer, and those who watch.

use raft_core::{Message, NodeId};

use crate::checks::{Checks, Fact, Standing};
use crate::digest::Digest;
use crate::event::Event;
use crate::fingerprint;
use crate::names::ClientId;
use crate::network::{Answer, Endpoint, FlightKey, Network, Parcel};
use crate::node::Raft;
use crate::schedule::Schedule;
use crate::trace::{Happening, Trace};
use crate::watch::{Seen, Watch};

/// The world without its nodes and clients.
pub(crate) struct Outside<'a> {
    pub(crate) now_us: u64,
    pub(super) sync_us: u64,
    pub(super) incarnation: u64,
    pub(super) network: &'a mut Network,
    pub(super) schedule: &'a mut Schedule<Event>,
    pub(super) trace: &'a mut Trace,
    pub(super) checks: &'a mut Checks,
    pub(super) digest: &'a mut Digest,
    pub(super) watch: &'a mut Watch,
    pub(super) readies: &'a mut u64,
}

impl Outside<'_> {
    /// Sends a message to another node.
    pub(crate) fn send(&mut self, message: Message) {
        let (from, to) = (Endpoint::Node(message.from), Endpoint::Node(message.to));
        self.post(from, to, Parcel::Raft(message));
    }

    /// Answers a client.
    pub(crate) fn answer(&mut self, node: NodeId, client: ClientId, sequence: u64, answer: Answer) {
        self.post(Endpoint::Node(node), Endpoint::Client(client), Parcel::Reply { sequence, answer });
    }

    pub(super) fn post(&mut self, from: Endpoint, to: Endpoint, parcel: Parcel) {
        for key in self.network.send(from, to, parcel, self.now_us).into_iter().flatten() {
            self.under_way(key);
        }
    }

    /// A flight begins, or its end moves.
    pub(super) fn under_way(&mut self, key: FlightKey) {
        let flight = self.network.flight(key).expect("a flight under way");
        fingerprint::flight(self.digest, flight);
        self.schedule.at(flight.arrive_us, Event::Arrival(key));
    }

    /// The disk begins to sync what the node has written, and says when it is done.
    pub(crate) fn sync_later(&mut self, node: NodeId) {
        let at_us = self.now_us + self.sync_us;
        self.schedule.at(at_us, Event::Synced { node, incarnation: self.incarnation });
    }

    /// Leaves a visible record.
    pub(crate) fn record(&mut self, what: Happening) {
        self.trace.push(self.now_us, what);
    }

    /// A node handed out a Ready.
    pub(crate) fn count_ready(&mut self) {
        *self.readies += 1;
    }

    /// Shows to who watches what a core was given, decided or handed out.
    #[inline(always)]
    pub(crate) fn show(&mut self, raft: &Raft, what: impl FnOnce() -> Seen) {
        self.watch.see(self.now_us, raft, what);
    }

    /// Tells the checkers a fact.
    pub(crate) fn fact(&mut self, node: NodeId, fact: Fact<'_>) {
        if let Some(violation) = self.checks.fact(self.now_us, node, fact) {
            self.trace.push(self.now_us, Happening::Violated(violation.clone()));
        }
    }

    /// Tells the checkers how a node stands after an event.
    pub(super) fn stands(&mut self, node: NodeId, standing: Standing) {
        if let Some(violation) = self.checks.stands(self.now_us, node, standing) {
            self.trace.push(self.now_us, Happening::Violated(violation.clone()));
        }
    }
}
