//! A tiny cluster whose network is a list: what a test says happens, and nothing else.
//!
//! `cluster(3).elect(1).cut(2).propose(1, "x").heal().settle()` reads as it runs.

use std::collections::BTreeSet;

use raft_core::{
    Body, ConfState, Config, Decision, Entry, HardState, Index, MemStorage, Message, MessageKind, NodeId, Position,
    RawNode, Ready, Role, Rules, Storage, Term,
};

/// More Readys in a row than any play needs: a node that has as many has one more for ever.
pub(crate) const READYS_MAX: usize = 1_000;

/// More messages than any play needs to become quiet.
const MESSAGES_MAX: usize = 10_000;

pub(crate) type Node = RawNode<MemStorage, Vec<Decision>>;

/// Nodes, what is on its way between them, and what each has applied.
#[derive(Clone)]
pub(crate) struct Cluster {
    pub(crate) nodes: Vec<Node>,
    pub(crate) network: Vec<Message>,
    pub(crate) applied: Vec<Vec<Entry>>,
    /// The configuration that each has applied.
    pub(crate) conf: Vec<ConfState>,
    /// Who neither sends nor receives.
    cut: BTreeSet<NodeId>,
    /// Who does nothing.
    down: BTreeSet<NodeId>,
    /// Which messages get lost.
    pub(crate) lost: Vec<MessageKind>,
}

/// `n` nodes of a cluster with the default settings.
pub(crate) fn cluster(n: u64) -> Cluster {
    cluster_with(n, |_| {})
}

/// `n` nodes, their settings changed.
pub(crate) fn cluster_with(n: u64, change: impl Fn(&mut Config)) -> Cluster {
    let disks = (1..=n).map(|_| MemStorage::with_voters(1..=n)).collect();
    cluster_on(disks, change)
}

/// Nodes n1, n2, ... on these disks.
pub(crate) fn cluster_on(disks: Vec<MemStorage>, change: impl Fn(&mut Config)) -> Cluster {
    let applied = disks.iter().map(|_| Vec::new()).collect();
    let conf = disks.iter().map(|disk| disk.initial_state().1).collect();
    let nodes = disks
        .into_iter()
        .zip(1..)
        .map(|(disk, id)| {
            let mut config = Config::new(id);
            config.rng_seed = 7;
            change(&mut config);
            RawNode::with_tracer(config, disk, Vec::new()).expect("a valid config")
        })
        .collect();
    Cluster { nodes, network: Vec::new(), applied, conf, cut: BTreeSet::new(), down: BTreeSet::new(), lost: Vec::new() }
}

/// A disk with the entries of these terms, and this hard state.
pub(crate) fn disk(voters: u64, terms: &[Term], hard_state: HardState) -> MemStorage {
    let mut disk = MemStorage::with_voters(1..=voters);
    let entry = |(term, index)| Entry { term, index, body: Body::Command(format!("{term}.{index}").as_str().into()) };
    disk.append(&terms.iter().copied().zip(1..).map(entry).collect::<Vec<_>>());
    disk.set_hard_state(hard_state);
    disk
}

impl Cluster {
    pub(crate) fn node(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id as usize - 1]
    }

    // ---- what happens ----

    /// The node campaigns, and everything settles: it leads.
    pub(crate) fn elect(mut self, id: NodeId) -> Cluster {
        self.campaign(id).settle();
        assert_eq!(self.node(id).status().role, Role::Leader, "n{id} was not elected");
        self
    }

    pub(crate) fn campaign(&mut self, id: NodeId) -> &mut Cluster {
        self.node(id).campaign().expect("may campaign");
        self
    }

    pub(crate) fn tick(&mut self, id: NodeId, ticks: u32) -> &mut Cluster {
        for _ in 0..ticks {
            self.node(id).tick();
        }
        self
    }

    pub(crate) fn propose(&mut self, id: NodeId, command: &str) -> Position {
        self.node(id).propose(command).expect("leads")
    }

    pub(crate) fn cut(&mut self, id: NodeId) -> &mut Cluster {
        self.cut.insert(id);
        self
    }

    pub(crate) fn heal(&mut self) -> &mut Cluster {
        self.cut.clear();
        self.lost.clear();
        self
    }

    /// The node's process ends; its disk stays.
    pub(crate) fn crash(&mut self, id: NodeId) -> &mut Cluster {
        self.down.insert(id);
        self.network.retain(|message| message.to != id);
        self
    }

    /// The node starts again from its disk; its state machine remembers nothing.
    pub(crate) fn restart(&mut self, id: NodeId) -> &mut Cluster {
        self.down.remove(&id);
        let node = self.node(id).clone();
        let mut config = node.config().clone();
        config.applied = node.storage().snapshot().map_or(0, |snapshot| snapshot.last.index);
        let rules = config.rules;
        match RawNode::with_tracer(config, node.into_storage(), Vec::new()) {
            Ok(node) => *self.node(id) = node,
            Err(error) => {
                // A node that broke a rule may leave a disk on which no node can stand.
                assert_ne!(rules, Rules::ALL, "{error}");
                self.down.insert(id);
                return self;
            }
        }
        self.applied[id as usize - 1].clear();
        self.conf[id as usize - 1] = self.node(id).storage().initial_state().1;
        self
    }

    // ---- how it goes on ----

    /// Handles one Ready of the node by the plain loop; says whether there was one.
    pub(crate) fn handle_ready(&mut self, id: NodeId) -> bool {
        if !self.node(id).has_ready() {
            return false;
        }
        let mut ready = self.node(id).ready();
        self.network.append(&mut ready.messages);
        write(self.node(id), &ready);
        self.network.append(&mut ready.append.messages);
        if let Some(snapshot) = &ready.append.snapshot {
            self.applied[id as usize - 1].retain(|entry| entry.index > snapshot.last.index);
            self.conf[id as usize - 1] = snapshot.conf_state.clone();
        }
        for entry in &ready.committed_entries {
            if let Body::ConfChange(change) = &entry.body
                && let Ok(conf) = self.node(id).apply_conf_change(change)
            {
                self.conf[id as usize - 1] = (*conf).clone();
            }
            self.applied[id as usize - 1].push(entry.clone());
        }
        self.node(id).advance(ready);
        true
    }

    /// As `handle_ready`, if the node is up.
    pub(crate) fn handle_ready_if_up(&mut self, id: NodeId) -> bool {
        !self.down.contains(&id) && self.handle_ready(id)
    }

    pub(crate) fn tick_if_up(&mut self, id: NodeId, ticks: u32) -> &mut Cluster {
        if self.down.contains(&id) { self } else { self.tick(id, ticks) }
    }

    /// Delivers one message, if it can arrive.
    pub(crate) fn deliver(&mut self, message: Message) {
        if self.arrives(&message) {
            // Refusals are part of the play: a removed node's answers, for one.
            let _ = self.node(message.to).step(message);
        }
    }

    /// Takes a snapshot of what the node has applied, and forgets the log up to there.
    pub(crate) fn compact(&mut self, id: NodeId) {
        let (applied, conf) = (self.node(id).status().applied, self.conf_as_of_applied(id));
        if self.node(id).storage_mut().create_snapshot(applied, conf, "state".into()).is_ok() {
            self.node(id).storage_mut().compact(applied).expect("in the log");
        }
    }

    /// The configuration that the applied entries lead to.
    fn conf_as_of_applied(&self, id: NodeId) -> ConfState {
        self.conf[id as usize - 1].clone()
    }

    /// Handles every Ready of everybody, and delivers nothing.
    pub(crate) fn handle_readies(&mut self) -> &mut Cluster {
        for id in 1..=self.nodes.len() as u64 {
            self.handle_readies_of(id);
        }
        self
    }

    /// Handles every Ready of one node, if it is up.
    pub(crate) fn handle_readies_of(&mut self, id: NodeId) {
        let all_handled = (0..READYS_MAX).any(|_| !self.handle_ready_if_up(id));
        assert!(all_handled, "n{id} has another Ready after {READYS_MAX} in a row");
    }

    /// Delivers what is on its way now to those whom `to` names, in order. What cannot arrive is lost.
    pub(crate) fn deliver_to(&mut self, to: impl Fn(NodeId) -> bool) -> &mut Cluster {
        for message in std::mem::take(&mut self.network) {
            if !to(message.to) {
                self.network.push(message);
            } else {
                self.deliver(message);
            }
        }
        self
    }

    fn arrives(&self, message: &Message) -> bool {
        let lost = |id| self.cut.contains(&id) || self.down.contains(&id) || id > self.nodes.len() as u64;
        !lost(message.from) && !lost(message.to) && !self.lost.contains(&message.kind())
    }

    /// Handles and delivers until nothing is left to do.
    pub(crate) fn settle(&mut self) -> &mut Cluster {
        self.settle_with(|_| {})
    }

    /// As `settle`; what is on its way passes through `hands` before each delivery.
    pub(crate) fn settle_with(&mut self, mut hands: impl FnMut(&mut Vec<Message>)) -> &mut Cluster {
        let mut delivered = 0;
        loop {
            self.handle_readies();
            hands(&mut self.network);
            if self.network.is_empty() {
                return self;
            }
            delivered += self.network.len();
            assert!(delivered <= MESSAGES_MAX, "the cluster is not quiet after {MESSAGES_MAX} messages");
            self.deliver_to(|_| true);
        }
    }

    /// Every live node ticks once, then everything settles; so often.
    pub(crate) fn run(&mut self, ticks: u32) -> &mut Cluster {
        for _ in 0..ticks {
            for id in 1..=self.nodes.len() as u64 {
                if !self.down.contains(&id) {
                    self.node(id).tick();
                }
            }
            self.settle();
        }
        self
    }

    // ---- what is to be seen ----

    pub(crate) fn leader(&self) -> Option<NodeId> {
        let leaders = self.nodes.iter().map(RawNode::status).filter(|status| status.role == Role::Leader);
        leaders.max_by_key(|status| status.term).map(|status| status.id)
    }

    pub(crate) fn terms_of_log(&self, id: NodeId) -> Vec<Term> {
        let log = self.nodes[id as usize - 1].log();
        (log.first_index()..=log.last_index()).map(|index| log.term_at(index).expect("is in the log")).collect()
    }

    pub(crate) fn commit(&self, id: NodeId) -> Index {
        self.nodes[id as usize - 1].status().commit
    }

    /// The commands that the node's state machine has seen.
    pub(crate) fn commands(&self, id: NodeId) -> Vec<String> {
        let text = |entry: &Entry| match &entry.body {
            Body::Command(payload) => Some(String::from_utf8_lossy(payload).into_owned()),
            Body::Noop | Body::ConfChange(_) => None,
        };
        self.applied[id as usize - 1].iter().filter_map(text).collect()
    }

    /// The decisions of the node since the last time they were asked for.
    pub(crate) fn decisions(&mut self, id: NodeId) -> Vec<Decision> {
        std::mem::take(self.node(id).tracer_mut())
    }

    /// What is on its way, as (from, to, kind).
    pub(crate) fn in_flight(&self) -> Vec<(NodeId, NodeId, MessageKind)> {
        self.network.iter().map(|message| (message.from, message.to, message.kind())).collect()
    }
}

/// Writes what a Ready asks for.
pub(crate) fn write(node: &mut Node, ready: &Ready) {
    let broken = node.config().rules != Rules::ALL;
    let disk = node.storage_mut();
    if let Some(snapshot) = &ready.append.snapshot {
        let installed = disk.apply_snapshot(snapshot.clone());
        assert!(installed.is_ok() || broken, "{installed:?}");
    }
    disk.append(&ready.append.entries);
    if let Some(hard_state) = ready.append.hard_state {
        disk.set_hard_state(hard_state);
    }
    assert!(disk.last_index() + 1 >= disk.first_index());
}
