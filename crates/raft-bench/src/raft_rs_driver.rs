//! Drives raft-rs through its documented loop: step, ready, save, send, apply, advance.

use std::collections::VecDeque;

use raft::prelude::{ConfState, Config, Entry, Message, RawNode};
use raft::storage::MemStorage;
use raft::{Ready, StateRole};

use crate::scenario::{Applied, COMPACT_EVERY, Cluster, News, PAYLOAD_BYTES};

/// A cluster of raft-rs' nodes over its own `MemStorage`.
pub struct RaftRs {
    nodes: Vec<Host>,
    /// Messages on their way to other nodes, collected while a node hands out its `Ready`.
    outbox: Vec<Message>,
}

struct Host {
    node: RawNode<MemStorage>,
    inbox: VecDeque<Message>,
    applied: Applied,
    compacted: u64,
}

impl Host {
    /// Does what the node's `Ready`s ask for until it has none.
    fn process_ready(&mut self, outbox: &mut Vec<Message>) {
        while self.node.has_ready() {
            let mut ready = self.node.ready();
            outbox.append(&mut ready.take_messages());
            self.apply(ready.take_committed_entries());
            self.save(&ready);
            outbox.append(&mut ready.take_persisted_messages());
            let mut light = self.node.advance(ready);
            if let Some(commit) = light.commit_index() {
                self.node.store().wl().mut_hard_state().set_commit(commit);
            }
            outbox.append(&mut light.take_messages());
            self.apply(light.take_committed_entries());
            self.node.advance_apply();
        }
    }

    fn save(&mut self, ready: &Ready) {
        let mut store = self.node.store().wl();
        if !ready.entries().is_empty() {
            store.append(ready.entries()).expect("entries follow the log");
        }
        if let Some(hard_state) = ready.hs() {
            store.set_hardstate(hard_state.clone());
        }
    }

    fn apply(&mut self, entries: Vec<Entry>) {
        let Some(last) = entries.last().map(|entry| entry.index) else { return };
        for entry in &entries {
            self.applied.apply(&entry.data);
        }
        if last >= self.compacted + COMPACT_EVERY {
            self.node.store().wl().compact(last).expect("applied entries are in the log");
            self.compacted = last;
        }
    }
}

impl RaftRs {
    fn send(&mut self) {
        for message in self.outbox.drain(..) {
            self.nodes[message.to as usize - 1].inbox.push_back(message);
        }
    }

    fn process_ready(&mut self, at: usize) {
        self.nodes[at].process_ready(&mut self.outbox);
        self.send();
    }
}

impl Cluster for RaftRs {
    const NAME: &'static str = "raft-rs 0.7.0";

    fn elect(nodes: u64, news: News) -> Self {
        let logger = slog::Logger::root(slog::Discard, slog::o!());
        let voters: Vec<u64> = (1..=nodes).collect();
        let host = |id| {
            let store = MemStorage::new_with_conf_state(ConfState::from((voters.clone(), Vec::new())));
            let config = Config {
                id,
                max_size_per_msg: 1 << 20,
                max_inflight_msgs: 256,
                skip_bcast_commit: news == News::WithNext,
                ..Config::default()
            };
            let node = RawNode::new(&config, store, &logger).expect("the configuration is valid");
            Host { node, inbox: VecDeque::new(), applied: Applied::default(), compacted: 0 }
        };
        let mut cluster = RaftRs { nodes: (1..=nodes).map(host).collect(), outbox: Vec::new() };
        cluster.nodes[0].node.campaign().expect("a voter may campaign");
        cluster.process_ready(0);
        cluster.settle();
        assert_eq!(cluster.nodes[0].node.raft.state, StateRole::Leader);
        cluster
    }

    fn propose(&mut self, commands: impl Iterator<Item = [u8; PAYLOAD_BYTES]>) {
        for command in commands {
            self.nodes[0].node.propose(Vec::new(), command.to_vec()).expect("node 1 leads");
        }
        self.process_ready(0);
    }

    fn settle(&mut self) {
        let mut quiet = false;
        while !quiet {
            quiet = true;
            for at in 0..self.nodes.len() {
                if self.nodes[at].inbox.is_empty() {
                    continue;
                }
                quiet = false;
                let host = &mut self.nodes[at];
                while let Some(message) = host.inbox.pop_front() {
                    host.node.step(message).expect("messages come from peers");
                }
                self.process_ready(at);
            }
        }
    }

    fn heartbeat(&mut self) {
        for _ in 0..Config::default().heartbeat_tick {
            self.nodes[0].node.tick();
        }
        self.process_ready(0);
        self.settle();
    }

    fn applied(&self) -> impl Iterator<Item = Applied> {
        self.nodes.iter().map(|host| host.applied)
    }
}
