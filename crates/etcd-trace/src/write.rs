//! From what was seen of our cores to etcd's lines.
//!
//! etcd writes a line within the core, with the state of that moment. A sighting tells how a node stood before or after a
//! call, and the decisions in between what changed: folding them gives the state of each moment again. Messages that a node
//! would send to itself in etcd (its own vote, its own acknowledgement) are receipts here, and written as etcd has them.

use std::collections::BTreeMap;
use std::sync::Arc;

use raft_core::{
    AppendResult, Body, ConfState, Decision, Entry, Message, MessageBody, MessageKind, NodeId, Ready, Role, SelfAck,
};
use raftarium_sim::World;
use raftarium_sim::node::Item;
use raftarium_sim::watch::{Seen, Sighting, Stand};

use crate::event::{Change, Event, Id, Msg, Name, Prop, RoleName, SingleChange, State, line};

/// Writes the lines of a run while it is played.
#[derive(Debug, Default)]
pub struct Recorder {
    nodes: BTreeMap<NodeId, Standing>,
}

/// How a node stands at the moment, and what is not yet to be seen of it.
#[derive(Debug)]
struct Standing {
    node: NodeId,
    at_us: u64,
    now: Stand,
    /// A vote that the core gives after the answer is on its way.
    vote_before: Option<Option<NodeId>>,
    lines: Vec<String>,
    /// Configurations that took effect with entries of which is not yet told.
    held: Vec<Arc<ConfState>>,
}

impl Recorder {
    /// The lines of a world in which nothing has happened: its nodes start.
    pub fn begin(&mut self, world: &World) -> Vec<String> {
        let voters = [world.nodes().iter().map(raftarium_sim::node::Node::id).collect(), Vec::new()];
        let stand = Stand {
            role: Role::Follower,
            term: 0,
            voted_for: None,
            commit: 0,
            last_index: 0,
            voters,
            own_progress: None,
        };
        let start = |node: &raftarium_sim::node::Node| Sighting {
            at_us: world.now_us(),
            node: node.id(),
            stand: stand.clone(),
            what: Seen::Started,
        };
        world.nodes().iter().flat_map(|node| self.lines(&start(node))).collect()
    }

    /// The lines of a sighting.
    pub fn lines(&mut self, sighting: &Sighting) -> Vec<String> {
        let Sighting { at_us, node, stand, what } = sighting;
        let now = || stand.clone();
        let standing = self.nodes.entry(*node).or_insert_with(|| Standing {
            node: *node,
            at_us: *at_us,
            now: now(),
            vote_before: None,
            lines: Vec::new(),
            held: Vec::new(),
        });
        standing.at_us = *at_us;
        match what {
            Seen::Started => {
                standing.now = now();
                standing.tell(Name::InitState);
                standing.tell(Name::BecomeFollower);
            }
            Seen::Took(item) => {
                standing.now = now();
                standing.vote_before = None;
                standing.took(item);
            }
            Seen::Decided(decision) => standing.decided(decision),
            Seen::HandedOut(ready) => {
                standing.appended(&ready.append.entries);
                for conf in std::mem::take(&mut standing.held) {
                    standing.applied(&conf);
                }
                standing.now = now();
                standing.handed_out(ready);
            }
            Seen::Synced(acks) => {
                standing.now = now();
                for ack in acks {
                    let message = standing.own_answer(ack);
                    standing.exchange(message, Way::Received);
                }
            }
        }
        std::mem::take(&mut standing.lines)
    }
}

#[derive(Copy, Clone)]
enum Way {
    Sent,
    Received,
}

impl Standing {
    fn write(&mut self, name: Name, msg: Option<Msg>, prop: Option<Prop>) {
        let Stand { role, term, voted_for, commit, last_index, voters, .. } = &self.now;
        let event = Event {
            name,
            nid: Id(self.node),
            state: State { term: *term, vote: Id(voted_for.unwrap_or_default()), commit: *commit },
            role: match role {
                Role::Follower => RoleName::StateFollower,
                Role::PreCandidate => RoleName::StatePreCandidate,
                Role::Candidate => RoleName::StateCandidate,
                Role::Leader => RoleName::StateLeader,
            },
            log: *last_index,
            conf: voters.each_ref().map(|voters| voters.iter().copied().map(Id).collect()),
            msg,
            prop,
        };
        self.lines.push(line(self.at_us, &event));
    }

    fn tell(&mut self, name: Name) {
        self.write(name, None, None);
    }

    fn took(&mut self, item: &Item) {
        if let Item::Message(message) = item
            && let Some(message) = traced(message)
        {
            self.exchange(message, Way::Received);
        }
    }

    fn decided(&mut self, decision: &Decision) {
        // The wildcard is right here: all but a few decisions have no line in etcd's trace.
        #[allow(clippy::wildcard_enum_match_arm)]
        match decision {
            Decision::BecameFollower { term, .. } => {
                self.enter(*term, None, Role::Follower);
                self.tell(Name::BecomeFollower);
            }
            Decision::BecamePreCandidate { .. } => self.now.role = Role::PreCandidate,
            Decision::BecameCandidate { term } => {
                self.enter(*term, Some(self.node), Role::Candidate);
                self.tell(Name::BecomeCandidate);
            }
            Decision::BecameLeader { .. } => {
                self.now.role = Role::Leader;
                self.tell(Name::BecomeLeader);
                self.tell(Name::Replicate); // the no-op of its term
                self.now.last_index += 1;
            }
            Decision::VoteGranted { pre_vote: false, .. } => self.vote_before = Some(self.now.voted_for),
            Decision::Committed { to, .. } => {
                self.now.commit = *to;
                if self.now.role == Role::Leader {
                    self.tell(Name::Commit);
                }
            }
            Decision::ConfigurationChanged { conf } if self.now.role == Role::Leader => self.held.push(conf.clone()),
            Decision::ConfigurationChanged { conf } => self.applied(conf),
            _ => {}
        }
    }

    fn applied(&mut self, conf: &ConfState) {
        let newconf = conf.voters.iter().copied().map(Id).collect();
        self.write(Name::ApplyConfChange, None, Some(prop_of(Change { newconf, ..Change::default() })));
        self.now.voters = [conf.voters.clone(), conf.voters_outgoing.clone()];
    }

    fn enter(&mut self, term: u64, vote: Option<NodeId>, role: Role) {
        if term != self.now.term {
            self.now.term = term;
            self.now.voted_for = None;
        }
        self.now.voted_for = vote.or(self.now.voted_for);
        self.now.role = role;
    }

    /// A leader appended what it was given: etcd tells of each entry before it is in the log.
    fn appended(&mut self, entries: &[Entry]) {
        if self.now.role != Role::Leader {
            return;
        }
        let before = self.now.last_index;
        for entry in entries.iter().filter(|entry| entry.index > before) {
            match &entry.body {
                Body::Noop | Body::Command(_) => self.tell(Name::Replicate),
                Body::ConfChange(change) if change.changes.is_empty() => {} // it leaves a joint configuration
                Body::ConfChange(change) => {
                    let changes = change.changes.iter().map(step).collect();
                    self.write(Name::ChangeConf, None, Some(prop_of(Change { changes, ..Change::default() })));
                }
            }
        }
        self.now.last_index = entries.last().map_or(before, |last| last.index.max(before));
    }

    fn handed_out(&mut self, ready: &Ready) {
        let append = &ready.append;
        let mut acks = append.mark.self_acks.iter().peekable();
        for (place, message) in (0..).zip(&append.messages) {
            while let Some(ack) = acks.next_if(|ack| after(ack) <= place) {
                let message = self.own_answer(ack);
                self.exchange(message, Way::Sent);
            }
            self.send(message);
        }
        for ack in acks {
            let message = self.own_answer(ack);
            self.exchange(message, Way::Sent);
        }
        ready.messages.iter().for_each(|message| self.send(message));
        self.tell(Name::Ready);
    }

    fn send(&mut self, message: &Message) {
        let Some(message) = traced(message) else { return };
        let granted = message.r#type == "MsgVoteResp" && !message.reject;
        let vote = self.now.voted_for;
        if granted && let Some(before) = self.vote_before {
            self.now.voted_for = before;
        }
        self.exchange(message, Way::Sent);
        self.now.voted_for = vote;
    }

    fn exchange(&mut self, message: Msg, way: Way) {
        let [sent, received] = match message.r#type.as_str() {
            "MsgApp" | "MsgHeartbeat" | "MsgSnap" => {
                [Name::SendAppendEntriesRequest, Name::ReceiveAppendEntriesRequest]
            }
            "MsgAppResp" | "MsgHeartbeatResp" => [Name::SendAppendEntriesResponse, Name::ReceiveAppendEntriesResponse],
            "MsgVote" => [Name::SendRequestVoteRequest, Name::ReceiveRequestVoteRequest],
            "MsgVoteResp" => [Name::SendRequestVoteResponse, Name::ReceiveRequestVoteResponse],
            // A node's answers to itself in a pre-vote.
            _ => return,
        };
        match way {
            Way::Sent => {
                let own = self.now.own_progress.filter(|_| message.r#type == "MsgApp");
                let prop =
                    own.map(|(matched, next)| Prop { r#match: Some(matched), next: Some(next), ..Prop::default() });
                self.write(sent, Some(message), prop);
            }
            Way::Received => self.write(received, Some(message), None),
        }
    }

    /// What the node would have said to another one in place of this answer to itself.
    fn own_answer(&self, ack: &SelfAck) -> Msg {
        let (kind, term, index) = match *ack {
            SelfAck::Vote { pre_vote: true, term, .. } => ("MsgPreVoteResp", term, 0),
            SelfAck::Vote { pre_vote: false, term, .. } => ("MsgVoteResp", term, 0),
            SelfAck::Append { term, index, .. } => ("MsgAppResp", term, index),
        };
        Msg { index, ..message(kind, term, self.node, self.node) }
    }
}

fn prop_of(change: Change) -> Prop {
    Prop { cc: Some(change), ..Prop::default() }
}

fn step(change: &raft_core::Change) -> SingleChange {
    let action = match change {
        raft_core::Change::AddVoter(_) => "AddNewServer",
        raft_core::Change::AddLearner(_) => "AddLearner",
        raft_core::Change::Remove(_) => "RemoveServer",
    };
    SingleChange { nid: Id(change.node()), action: action.to_string() }
}

fn after(ack: &SelfAck) -> u32 {
    let (SelfAck::Vote { after, .. } | SelfAck::Append { after, .. }) = ack;
    *after
}

fn message(kind: &str, term: u64, from: NodeId, to: NodeId) -> Msg {
    Msg {
        r#type: kind.to_string(),
        term,
        from: Id(from),
        to: Id(to),
        entries: 0,
        log_term: 0,
        index: 0,
        commit: 0,
        vote: Id(0),
        reject: false,
        reject_hint: 0,
    }
}

/// etcd's name of a kind of message that it traces.
pub(crate) fn traced_kind(kind: MessageKind) -> Option<&'static str> {
    match kind {
        MessageKind::RequestVote => Some("MsgVote"),
        MessageKind::RequestVoteResponse => Some("MsgVoteResp"),
        MessageKind::AppendEntries => Some("MsgApp"),
        MessageKind::AppendEntriesResponse => Some("MsgAppResp"),
        MessageKind::Heartbeat => Some("MsgHeartbeat"),
        MessageKind::HeartbeatResponse => Some("MsgHeartbeatResp"),
        MessageKind::InstallSnapshot => Some("MsgSnap"),
        MessageKind::RequestPreVote
        | MessageKind::RequestPreVoteResponse
        | MessageKind::TimeoutNow
        | MessageKind::TransferLeader
        | MessageKind::Propose
        | MessageKind::ReadIndex
        | MessageKind::ReadIndexResponse => None,
    }
}

/// A message as etcd's trace has it; `None` for kinds that it leaves out.
pub(crate) fn traced(sent: &Message) -> Option<Msg> {
    let base = message(traced_kind(sent.kind())?, sent.term, sent.from, sent.to);
    Some(match &sent.body {
        MessageBody::RequestVote { last, .. } => Msg { log_term: last.term, index: last.index, ..base },
        MessageBody::RequestVoteResponse { granted, .. } => Msg { reject: !granted, ..base },
        MessageBody::AppendEntries { prev, entries, commit } => {
            Msg { entries: entries.len() as u64, log_term: prev.term, index: prev.index, commit: *commit, ..base }
        }
        MessageBody::AppendEntriesResponse(AppendResult::Matched { index }) => Msg { index: *index, ..base },
        MessageBody::AppendEntriesResponse(AppendResult::Rejected { prev_index, hint }) => {
            Msg { index: *prev_index, log_term: hint.term, reject: true, reject_hint: hint.index, ..base }
        }
        MessageBody::Heartbeat { commit, .. } => Msg { commit: *commit, ..base },
        MessageBody::InstallSnapshot { snapshot } => Msg { entries: snapshot.last.index, ..base },
        MessageBody::HeartbeatResponse { .. }
        | MessageBody::TimeoutNow
        | MessageBody::TransferLeader { .. }
        | MessageBody::Propose { .. }
        | MessageBody::ReadIndex { .. }
        | MessageBody::ReadIndexResponse { .. } => base,
    })
}
