//! Drives raft-rs through its documented loop: step, ready, save, send, apply, advance.

use raft::prelude::{ConfState, Config, Entry, Message, RawNode};
use raft::storage::MemStorage;
use raft::{Ready, StateRole};

use crate::scenario::{Applied, COMPACT_EVERY, Cluster, News, PAYLOAD_BYTES, send};

/// A cluster of raft-rs' nodes over its own `MemStorage`.
pub struct RaftRs {
    nodes: Vec<Host>,
    /// Messages on their way.
    wire: Vec<Message>,
    /// Messages that arrive; empty between two rounds.
    arriving: Vec<Message>,
}

struct Host {
    node: RawNode<MemStorage>,
    /// Whether it took messages in this round.
    woken: bool,
    applied: Applied,
    compacted: u64,
}

impl Host {
    /// Does what the node's `Ready`s ask for until it has none.
    fn process_ready(&mut self, wire: &mut Vec<Message>) {
        while self.node.has_ready() {
            let mut ready = self.node.ready();
            send(&mut ready.take_messages(), wire);
            self.apply(ready.take_committed_entries());
            self.save(&ready);
            send(&mut ready.take_persisted_messages(), wire);
            let mut light = self.node.advance(ready);
            if let Some(commit) = light.commit_index() {
                self.node.store().wl().mut_hard_state().set_commit(commit);
            }
            send(&mut light.take_messages(), wire);
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
            Host { node, woken: false, applied: Applied::default(), compacted: 0 }
        };
        let mut cluster = RaftRs { nodes: (1..=nodes).map(host).collect(), wire: Vec::new(), arriving: Vec::new() };
        cluster.nodes[0].node.campaign().expect("a voter may campaign");
        cluster.nodes[0].process_ready(&mut cluster.wire);
        cluster.settle();
        assert_eq!(cluster.nodes[0].node.raft.state, StateRole::Leader);
        cluster
    }

    fn propose(&mut self, commands: impl Iterator<Item = [u8; PAYLOAD_BYTES]>) {
        for command in commands {
            self.nodes[0].node.propose(Vec::new(), command.to_vec()).expect("node 1 leads");
        }
        self.nodes[0].process_ready(&mut self.wire);
    }

    fn settle(&mut self) {
        while !self.wire.is_empty() {
            std::mem::swap(&mut self.wire, &mut self.arriving);
            for message in self.arriving.drain(..) {
                let host = &mut self.nodes[message.to as usize - 1];
                host.node.step(message).expect("messages come from peers");
                host.woken = true;
            }
            for host in self.nodes.iter_mut().filter(|host| host.woken) {
                host.process_ready(&mut self.wire);
                host.woken = false;
            }
        }
    }

    fn heartbeat(&mut self) {
        for _ in 0..Config::default().heartbeat_tick {
            self.nodes[0].node.tick();
        }
        self.nodes[0].process_ready(&mut self.wire);
        self.settle();
    }

    fn applied(&self) -> impl Iterator<Item = Applied> {
        self.nodes.iter().map(|host| host.applied)
    }
}
