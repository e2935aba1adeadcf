//! raft-rs' nodes around an event queue, and nothing else: the world that ours is measured beside.
//!
//! The same load (five nodes, ticks of 10 ms, a client at ten commands a second) and the same latencies as in our world by
//! default, but no disks that take time, no sessions, no store, no trace, no digest, no checks, no keyframes.

use raft::prelude::{ConfState, Config, Entry, Message, RawNode};
use raft::storage::MemStorage;
use raft::{Ready, StateRole};
use raftarium_sim::rng::{Rng, Stream};
use raftarium_sim::schedule::Schedule;

use crate::scenario::{COMPACT_EVERY, PAYLOAD_BYTES};

const NODES: u64 = 5;
const TICK_US: u64 = 10_000;
const COMMAND_US: u64 = 100_000;
const LATENCY_US: (u64, u64) = (10_000, 15_000);

/// A cluster and what is due in it.
pub struct PlainWorld {
    nodes: Vec<RawNode<MemStorage>>,
    due: Schedule<Due>,
    rng: Rng,
    now_us: u64,
    compacted: Vec<u64>,
    applied: u64,
}

enum Due {
    Tick(usize),
    Message(Box<Message>),
    Command,
}

impl PlainWorld {
    /// Five nodes at time 0.
    #[must_use]
    pub fn new() -> PlainWorld {
        let logger = slog::Logger::root(slog::Discard, slog::o!());
        let voters: Vec<u64> = (1..=NODES).collect();
        let node = |&id: &u64| {
            let store = MemStorage::new_with_conf_state(ConfState::from((voters.clone(), Vec::new())));
            let config = Config {
                id,
                election_tick: 15,
                heartbeat_tick: 5,
                max_size_per_msg: 1 << 20,
                max_inflight_msgs: 256,
                ..Config::default()
            };
            RawNode::new(&config, store, &logger).expect("the configuration is valid")
        };
        let mut world = PlainWorld {
            nodes: voters.iter().map(node).collect(),
            due: Schedule::default(),
            rng: Rng::new(7, Stream::Chaos),
            now_us: 0,
            compacted: vec![0; voters.len()],
            applied: 0,
        };
        for place in 0..voters.len() {
            let at_us = world.rng.within(0, TICK_US - 1);
            world.due.at(at_us, Due::Tick(place));
        }
        world.due.at(COMMAND_US, Due::Command);
        world
    }

    /// Takes every event up to `until_us`; returns how many there were.
    pub fn advance_to(&mut self, until_us: u64) -> u64 {
        let mut events = 0;
        while self.due.next_us().is_some_and(|at_us| at_us <= until_us) {
            let (at_us, event) = self.due.pop().expect("an event is due");
            self.now_us = at_us;
            events += 1;
            match event {
                Due::Tick(place) => {
                    self.nodes[place].tick();
                    self.due.at(at_us + TICK_US, Due::Tick(place));
                    self.settle(place);
                }
                Due::Message(message) => {
                    let place = message.to as usize - 1;
                    self.nodes[place].step(*message).expect("messages come from peers");
                    self.settle(place);
                }
                Due::Command => {
                    self.due.at(at_us + COMMAND_US, Due::Command);
                    if let Some(place) = self.nodes.iter().position(|node| node.raft.state == StateRole::Leader) {
                        self.nodes[place].propose(Vec::new(), vec![0x5a; PAYLOAD_BYTES]).expect("it leads");
                        self.settle(place);
                    }
                }
            }
        }
        events
    }

    /// How many commands were applied, on all nodes.
    #[must_use]
    pub fn applied(&self) -> u64 {
        self.applied
    }

    fn settle(&mut self, place: usize) {
        while self.nodes[place].has_ready() {
            let mut ready = self.nodes[place].ready();
            self.send(ready.take_messages());
            self.apply(place, ready.take_committed_entries());
            save(&self.nodes[place], &ready);
            self.send(ready.take_persisted_messages());
            let mut light = self.nodes[place].advance(ready);
            if let Some(commit) = light.commit_index() {
                self.nodes[place].store().wl().mut_hard_state().set_commit(commit);
            }
            self.send(light.take_messages());
            self.apply(place, light.take_committed_entries());
            self.nodes[place].advance_apply();
        }
    }

    fn send(&mut self, messages: Vec<Message>) {
        for message in messages {
            let at_us = self.now_us + self.rng.within(LATENCY_US.0, LATENCY_US.1);
            self.due.at(at_us, Due::Message(Box::new(message)));
        }
    }

    fn apply(&mut self, place: usize, entries: Vec<Entry>) {
        let Some(last) = entries.last().map(|entry| entry.index) else { return };
        self.applied += entries.iter().filter(|entry| !entry.data.is_empty()).count() as u64;
        if last >= self.compacted[place] + COMPACT_EVERY {
            self.nodes[place].store().wl().compact(last).expect("applied entries are in the log");
            self.compacted[place] = last;
        }
    }
}

impl Default for PlainWorld {
    fn default() -> Self {
        PlainWorld::new()
    }
}

fn save(node: &RawNode<MemStorage>, ready: &Ready) {
    let mut store = node.store().wl();
    if !ready.entries().is_empty() {
        store.append(ready.entries()).expect("entries follow the log");
    }
    if let Some(hard_state) = ready.hs() {
        store.set_hardstate(hard_state.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_applied_on_every_node() {
        let mut world = PlainWorld::new();
        let events = world.advance_to(20_000_000);
        assert!(events > 10_000, "{events} events");
        assert!(world.applied() > 150 * NODES, "{} commands applied", world.applied());
    }
}
