//! The model: nodes, what is on its way between them, and all that may happen next.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use raft_core::{Config, MemStorage, Message, MessageBody, NodeId, RawNode, Role, Rules, Term};
use stateright::{Model, Property};

use crate::history::{History, log_matching};

/// How far the model goes.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Bounds {
    /// Nodes, all voters.
    pub nodes: u64,
    /// The highest term in which anybody campaigns.
    pub term_max: Term,
    /// The longest log that a leader proposes to. Leaders' first entries come on top.
    pub log_max: u64,
    /// Commands proposed in all.
    pub proposals_max: u8,
    /// Restarts in all.
    pub restarts_max: u8,
    /// Campaigns begun in all; as many as the terms allow, if `None`. Pre-votes need it: they do not use up terms.
    pub campaigns_max: Option<u8>,
    /// Messages may arrive more than once.
    pub duplicates: bool,
    /// Followers hear of commits at once, by messages of their own; otherwise with the next append.
    pub announce_commits: bool,
    /// Candidates ask for pre-votes first.
    pub pre_vote: bool,
    /// So often in all, a node lets the shortest election timeout pass and does not campaign: its lease ends, and a leader
    /// checks its quorum (thesis 6.2, 6.4.1). Without such waits there is no check.
    pub waits_max: u8,
    /// The rules that hold.
    pub rules: Rules,
}

impl Bounds {
    /// Three nodes, two terms, one command: what a laptop explores in seconds.
    pub const SMALL: Bounds = Bounds {
        nodes: 3,
        term_max: 2,
        log_max: 2,
        proposals_max: 1,
        restarts_max: 0,
        campaigns_max: None,
        duplicates: false,
        announce_commits: false,
        pre_vote: false,
        waits_max: 0,
        rules: Rules::ALL,
    };
}

/// The model of a cluster.
#[derive(Clone, Debug)]
pub struct Cluster(pub Bounds);

/// One moment of the cluster.
#[derive(Clone, Debug)]
pub struct State {
    /// Node `id` is at `id - 1`.
    nodes: Vec<Arc<RawNode<MemStorage>>>,
    /// What is on its way, and how often.
    wire: BTreeMap<Letter, u8>,
    /// What the nodes may have forgotten.
    pub history: History,
    proposals: u8,
    restarts: u8,
    /// Counted only where there is a limit: elsewhere it would tell apart what is the same.
    campaigns: u8,
    waits: u8,
}

/// A message that can be sorted: by a number made of all that it says.
#[derive(Clone, Debug)]
struct Letter {
    message: Arc<Message>,
    key: u64,
}

/// What may happen.
#[derive(Clone, PartialEq, Debug)]
pub enum Action {
    /// A message arrives.
    Deliver(Arc<Message>),
    /// A node's election timeout passes.
    Campaign(NodeId),
    /// The shortest election timeout passes, and the node does not campaign.
    Wait(NodeId),
    /// A client proposes to a leader.
    Propose(NodeId),
    /// A node crashes and starts again from its disk.
    Restart(NodeId),
}

impl Cluster {
    fn config(&self, id: NodeId) -> Config {
        let Bounds { pre_vote, rules, announce_commits, waits_max, .. } = self.0;
        Config {
            pre_vote,
            rules,
            announce_commits,
            check_quorum: waits_max > 0,
            // One entry a message: more messages, more interleavings.
            message_bytes_max: 1,
            ..Config::new(id)
        }
    }

    fn change(&self, state: &mut State, id: NodeId, change: impl FnOnce(&mut RawNode<MemStorage>)) {
        let at = id as usize - 1;
        let node = Arc::make_mut(&mut state.nodes[at]);
        change(node);
        let mut sent = Vec::new();
        while node.has_ready() {
            let mut ready = node.ready();
            sent.append(&mut ready.messages);
            let disk = node.storage_mut();
            disk.append(&ready.append.entries);
            if let Some(hard_state) = ready.append.hard_state {
                disk.set_hard_state(hard_state);
            }
            sent.append(&mut ready.append.messages);
            node.advance(ready);
        }
        state.history.observe(&state.nodes[at]);
        // Heartbeats that get lost, all of them: what they tell, appends tell too.
        sent.retain(|message| !matches!(message.body, MessageBody::Heartbeat { .. }));
        for message in sent {
            let count = state.wire.entry(Letter::new(Arc::new(message))).or_default();
            *count = if self.0.duplicates { 1 } else { *count + 1 };
        }
        self.forget_the_dead(state);
    }

    /// A message that its receiver ignores now and for ever makes no difference: a wire with and one without it are the
    /// same. Only where every rule holds.
    fn forget_the_dead(&self, state: &mut State) {
        if self.0.rules == Rules::ALL {
            let State { nodes, wire, .. } = state;
            wire.retain(|Letter { message, .. }, _| !is_dead(message, &nodes[message.to as usize - 1]));
        }
    }
}

/// Terms never go back, and nobody leads or campaigns twice in one term. A node may ask for pre-votes again and again, and
/// where it does so a leader of a lower term is answered.
fn is_dead(message: &Message, receiver: &RawNode<MemStorage>) -> bool {
    let status = receiver.status();
    let lower = message.term < status.term;
    let now = message.term == status.term;
    match message.body {
        MessageBody::RequestVoteResponse { pre_vote: true, .. } => lower,
        MessageBody::RequestVoteResponse { pre_vote: false, .. } => lower || (now && status.role != Role::Candidate),
        MessageBody::AppendEntriesResponse(_) | MessageBody::HeartbeatResponse { .. } => {
            lower || (now && !matches!(status.role, Role::Leader | Role::Candidate))
        }
        MessageBody::RequestVote { pre_vote, .. } => lower && !pre_vote,
        MessageBody::AppendEntries { .. } | MessageBody::Heartbeat { .. } => {
            lower && !(receiver.config().pre_vote || receiver.config().check_quorum)
        }
        MessageBody::InstallSnapshot { .. }
        | MessageBody::TimeoutNow
        | MessageBody::TransferLeader { .. }
        | MessageBody::Propose { .. }
        | MessageBody::ReadIndex { .. }
        | MessageBody::ReadIndexResponse { .. } => lower,
    }
}

impl Model for Cluster {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let start = |id| {
            let disk = MemStorage::with_voters(1..=self.0.nodes);
            Arc::new(RawNode::new(self.config(id), disk).expect("the configuration is valid"))
        };
        let nodes = (1..=self.0.nodes).map(start).collect();
        vec![State {
            nodes,
            wire: BTreeMap::new(),
            history: History::default(),
            proposals: 0,
            restarts: 0,
            campaigns: 0,
            waits: 0,
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        actions.extend(state.wire.keys().map(|letter| Action::Deliver(Arc::clone(&letter.message))));
        for node in &state.nodes {
            let status = node.status();
            let id = status.id;
            // Nodes are alike until the first one campaigns: let that be n1.
            let first = state.wire.is_empty() && state.nodes.iter().all(|node| node.status().term == 0);
            let may = status.term < self.0.term_max && self.0.campaigns_max.is_none_or(|most| state.campaigns < most);
            if status.role != Role::Leader && may && (id == 1 || !first) {
                actions.push(Action::Campaign(id));
            }
            let leader_heard =
                status.leader.is_some() && status.election_elapsed_ticks < node.config().election_ticks.min;
            if state.waits < self.0.waits_max && leader_heard {
                actions.push(Action::Wait(id));
            }
            if status.role == Role::Leader
                && status.last.index < self.0.log_max
                && state.proposals < self.0.proposals_max
            {
                actions.push(Action::Propose(id));
            }
            if state.restarts < self.0.restarts_max {
                actions.push(Action::Restart(id));
            }
        }
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut state = last.clone();
        match action {
            Action::Deliver(message) => {
                let letter = Letter::new(message);
                if !self.0.duplicates {
                    match state.wire.get_mut(&letter) {
                        Some(count) if *count > 1 => *count -= 1,
                        _ => drop(state.wire.remove(&letter)),
                    }
                }
                let message = letter.message;
                self.change(&mut state, message.to, |node| {
                    // What a node refuses is gone.
                    let _ = node.step(&*message);
                });
            }
            Action::Campaign(id) => {
                state.campaigns += u8::from(self.0.campaigns_max.is_some());
                self.change(&mut state, id, |node| {
                    // It may have reasons not to.
                    let _ = node.campaign();
                });
            }
            Action::Wait(id) => {
                state.waits += 1;
                self.change(&mut state, id, |node| {
                    node.set_election_timeout_ticks(u32::MAX);
                    for _ in 0..node.config().election_ticks.min {
                        node.tick();
                    }
                });
            }
            Action::Propose(id) => {
                state.proposals += 1;
                let command = [b'a' + state.proposals];
                self.change(&mut state, id, |node| {
                    // Only leaders are asked; what they refuse is not appended.
                    let _ = node.propose(&command[..]);
                });
            }
            Action::Restart(id) => {
                state.restarts += 1;
                let at = id as usize - 1;
                let disk = state.nodes[at].storage().clone();
                let node = RawNode::new(self.config(id), disk).expect("the disk is as the node wrote it");
                state.nodes[at] = Arc::new(node);
                self.change(&mut state, id, |_| {});
            }
        }
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("Election Safety", |_, state: &State| state.history.election_safety()),
            Property::always("Log Matching", |_, state: &State| log_matching(state.nodes.iter().map(|node| &**node))),
            Property::always("Leader Completeness", |_, state: &State| state.history.leader_completeness()),
            Property::always("State Machine Safety", |_, state: &State| state.history.state_machine_safety()),
            Property::sometimes("a command is committed", |_, state: &State| state.history.committed() >= 2),
            Property::sometimes("a leader is succeeded", |_, state: &State| state.history.reigns() >= 2),
        ]
    }
}

impl Letter {
    fn new(message: Arc<Message>) -> Letter {
        let mut hasher = DefaultHasher::new();
        message.hash(&mut hasher);
        Letter { key: hasher.finish(), message }
    }
}

impl PartialEq for Letter {
    fn eq(&self, other: &Letter) -> bool {
        self.key == other.key
    }
}

impl Eq for Letter {}

impl PartialOrd for Letter {
    fn partial_cmp(&self, other: &Letter) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Letter {
    fn cmp(&self, other: &Letter) -> std::cmp::Ordering {
        self.key.cmp(&other.key)
    }
}

impl Hash for Letter {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.key.hash(hasher);
    }
}

/// What can make a difference in the future. The random generator cannot, and of the timers only how long a lease still
/// lasts. Without that the same situation would count once for each number of timeouts drawn on the way to it.
impl Hash for State {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        for node in &self.nodes {
            let status = node.status();
            (status.role, status.term, status.voted_for, status.leader, status.commit, status.applied).hash(hasher);
            (status.votes, status.progress, status.election_elapsed_ticks).hash(hasher);
            node.storage().hash(hasher);
        }
        (&self.wire, &self.history, self.proposals, self.restarts, self.campaigns, self.waits).hash(hasher);
    }
}

impl PartialEq for State {
    fn eq(&self, other: &State) -> bool {
        self.nodes == other.nodes
            && self.wire == other.wire
            && self.history == other.history
            && (self.proposals, self.restarts, self.campaigns, self.waits)
                == (other.proposals, other.restarts, other.campaigns, other.waits)
    }
}
