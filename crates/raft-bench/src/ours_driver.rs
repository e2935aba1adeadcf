//! Drives our core through its plain loop: step, ready, send, save, send, apply, advance.
//! The host keeps its Ready.

use raft_core::{Body, Config, Entry, MemStorage, Message, Payload, RawNode, Ready, Role};

use crate::scenario::{Applied, COMPACT_EVERY, Cluster, News, PAYLOAD_BYTES, send};

/// A cluster of our nodes over `MemStorage`.
pub struct Ours {
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
    /// Kept from turn to turn, with its memory.
    ready: Ready,
}

impl Host {
    /// Does what the node's `Ready`s ask for until it has none.
    fn process_ready(&mut self, wire: &mut Vec<Message>) {
        let Host { node, ready, applied, compacted, .. } = self;
        while node.has_ready() {
            node.ready_into(ready);
            send(&mut ready.messages, wire);
            let disk = node.storage_mut();
            disk.append(&ready.append.entries);
            if let Some(hard_state) = ready.append.hard_state {
                disk.set_hard_state(hard_state);
            }
            send(&mut ready.append.messages, wire);
            apply(applied, &ready.committed_entries);
            if let Some(last) = ready.committed_entries.last().map(|entry| entry.index)
                && last >= *compacted + COMPACT_EVERY
            {
                node.storage_mut().compact(last).expect("applied entries are in the log");
                *compacted = last;
            }
            node.advance_with(ready);
        }
    }
}

fn apply(applied: &mut Applied, entries: &[Entry]) {
    for entry in entries {
        match &entry.body {
            Body::Command(command) => applied.apply(command),
            Body::Noop | Body::ConfChange(_) => {}
        }
    }
}

impl Ours {
    /// The nodes, to be cloned.
    pub fn nodes(&self) -> impl Iterator<Item = &RawNode<MemStorage>> {
        self.nodes.iter().map(|host| &host.node)
    }
}

impl Cluster for Ours {
    const NAME: &'static str = "ours";

    fn elect(nodes: u64, news: News) -> Self {
        let host = |id| {
            let storage = MemStorage::with_voters(1..=nodes);
            let config = Config { announce_commits: news == News::AtOnce, ..Config::new(id) };
            let node = RawNode::new(config, storage).expect("the configuration is valid");
            Host { node, woken: false, applied: Applied::default(), compacted: 0, ready: Ready::default() }
        };
        let mut cluster = Ours { nodes: (1..=nodes).map(host).collect(), wire: Vec::new(), arriving: Vec::new() };
        cluster.nodes[0].node.campaign().expect("a voter may campaign");
        cluster.nodes[0].process_ready(&mut cluster.wire);
        cluster.settle();
        assert_eq!(cluster.nodes[0].node.status().role, Role::Leader);
        cluster
    }

    fn propose(&mut self, commands: impl Iterator<Item = [u8; PAYLOAD_BYTES]>) {
        for command in commands {
            self.nodes[0].node.propose(Payload::from(&command[..])).expect("node 1 leads");
        }
        self.nodes[0].process_ready(&mut self.wire);
    }

    fn settle(&mut self) {
        while !self.wire.is_empty() {
            std::mem::swap(&mut self.wire, &mut self.arriving);
            for message in &self.arriving {
                let host = &mut self.nodes[message.to as usize - 1];
                host.node.step(message).expect("messages come from peers");
                host.woken = true;
            }
            self.arriving.clear();
            for host in self.nodes.iter_mut().filter(|host| host.woken) {
                host.process_ready(&mut self.wire);
                host.woken = false;
            }
        }
    }

    fn heartbeat(&mut self) {
        for _ in 0..self.nodes[0].node.config().heartbeat_ticks {
            self.nodes[0].node.tick();
        }
        self.nodes[0].process_ready(&mut self.wire);
        self.settle();
    }

    fn applied(&self) -> impl Iterator<Item = Applied> {
        self.nodes.iter().map(|host| host.applied)
    }
}
