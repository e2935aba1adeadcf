//! Drives raft-io: each event answers with actions, and the log that the node writes to lies inside the node.

use std::collections::VecDeque;

use raft_io::{Action, Event, MemoryLog, Message, RaftConfig, RaftNode};

use crate::scenario::{Applied, COMPACT_EVERY, Cluster, News, PAYLOAD_BYTES};

/// A cluster of raft-io's nodes.
pub struct RaftIo {
    nodes: Vec<Host>,
}

struct Host {
    node: RaftNode,
    inbox: VecDeque<Message>,
    applied: Applied,
}

/// Heartbeats between which a follower would campaign; only `elect` ticks as often.
const ELECTION_TICKS: u32 = 10;

impl RaftIo {
    /// The nodes' logs, to be cloned.
    pub fn logs(&self) -> impl Iterator<Item = &MemoryLog> {
        self.nodes.iter().map(|host| host.node.log())
    }

    fn step(&mut self, at: usize, event: Event) {
        let actions = self.nodes[at].node.step(event).expect("the scenario gives no node a reason to refuse");
        for action in actions {
            match action {
                Action::Send { to, message } => self.nodes[to as usize - 1].inbox.push_back(message),
                Action::Apply { command, .. } => self.nodes[at].applied.apply(&command),
                Action::Snapshot { index, .. } => self.step(at, Event::Snapshot { index, data: Vec::new() }),
                other @ (Action::RestoreSnapshot { .. }
                | Action::MembershipChanged { .. }
                | Action::ReadReady { .. }
                | _) => panic!("the scenario has no place for {other:?}"),
            }
        }
    }
}

impl Cluster for RaftIo {
    const NAME: &'static str = "raft-io 1.0.0";

    fn elect(nodes: u64, _: News) -> Self {
        let host = |id| {
            let config = RaftConfig::new(id, 1..=nodes)
                .with_election_timeout(ELECTION_TICKS, 2 * ELECTION_TICKS)
                .with_heartbeat_interval(1)
                .with_max_batch(64)
                .with_snapshot_threshold(COMPACT_EVERY as usize)
                .with_seed(id);
            Host { node: RaftNode::new(config), inbox: VecDeque::new(), applied: Applied::default() }
        };
        let mut cluster = RaftIo { nodes: (1..=nodes).map(host).collect() };
        while !cluster.nodes[0].node.is_leader() {
            cluster.step(0, Event::Tick);
            cluster.settle();
        }
        cluster
    }

    fn propose(&mut self, commands: impl Iterator<Item = [u8; PAYLOAD_BYTES]>) {
        for command in commands {
            self.step(0, Event::Propose(command.to_vec()));
        }
    }

    fn settle(&mut self) {
        let mut quiet = false;
        while !quiet {
            quiet = true;
            for at in 0..self.nodes.len() {
                while let Some(message) = self.nodes[at].inbox.pop_front() {
                    quiet = false;
                    self.step(at, Event::Message(message));
                }
            }
        }
    }

    fn heartbeat(&mut self) {
        self.step(0, Event::Tick);
        self.settle();
    }

    fn applied(&self) -> impl Iterator<Item = Applied> {
        self.nodes.iter().map(|host| host.applied)
    }
}
