//! Doing again what a trace tells: the world is played along, so that each action is known to do what it should.

use std::collections::{BTreeMap, BTreeSet};

use raft_core::{Message, MessageBody, MessageKind, NodeId, Role};
use raftarium_sim::action::{Action, Fate, Losing, Membership};
use raftarium_sim::config::SETTING_US_MAX;
use raftarium_sim::network::{Endpoint, Flight, MessageId, MessagePattern, Parcel, ParcelKind};
use raftarium_sim::run::{ACTIONS_MAX, Timed};
use raftarium_sim::time::{MILLISECOND_US, SECOND_US, Span, TIME_MAX_US};
use raftarium_sim::{Run, World, WorldConfig};

use crate::ahead::{Lane, Way, asks_first, awaited, batch, compactions, crashes, lane, losses, surplus, way};
use crate::event::{Event, Id, Msg, Name, RoleName, Stamped};
use crate::import::{Imported, NOTES_MAX, Note};
use crate::write::{traced, traced_kind};

/// With more messages on their way than this, those that the trace never sees again are dropped.
const HELD_MAX: usize = 1_000;

pub(crate) struct Replay<'a> {
    names: &'a [u64],
    /// The term and index that the trace had at the beginning.
    start: (u64, u64),
    world: World,
    run: Run,
    /// Events after which their node crashes: the last ones before it starts anew.
    crashes: BTreeSet<usize>,
    /// Events after which a node writes what will be lost when it crashes.
    losses: BTreeSet<usize>,
    /// Events before which a node makes a snapshot, and up to which index of the trace.
    compactions: BTreeMap<usize, u64>,
    /// How often a message of a lane is still received.
    awaited: BTreeMap<Lane, usize>,
    /// How often a message is still received more often than sent: the network doubles it.
    surplus: BTreeMap<Msg, i64>,
    /// To whom each leader's present round of heartbeats went.
    rounds: BTreeMap<Id, BTreeSet<Id>>,
    /// Nodes that were seen, and whether their latest event was that they became leader.
    seen: BTreeMap<Id, bool>,
    /// How each node last differed from the trace.
    differing: BTreeMap<Id, String>,
    notes: Vec<Note>,
    notes_total: usize,
    line: usize,
}

impl<'a> Replay<'a> {
    pub(crate) fn new(names: &'a [u64], members: usize, start: (u64, u64), events: &[Stamped]) -> Replay<'a> {
        let one = |us| Span { min_us: us, max_us: us };
        let config = WorldConfig {
            nodes: members as u64,
            tick_us: 10 * MILLISECOND_US,
            heartbeat_us: 10 * MILLISECOND_US,
            election_us: Span { min_us: 9 * SECOND_US, max_us: 10 * SECOND_US },
            latency_us: one(0),
            sync_us: 0,
            batch: batch(events),
            pre_vote: asks_first(events),
            ..WorldConfig::default()
        };
        let mut replay = Replay {
            names,
            start,
            world: World::new(&config, 1).expect("these settings are valid"),
            run: Run::new(config, 1),
            crashes: crashes(events),
            losses: losses(events),
            compactions: compactions(events),
            awaited: awaited(events),
            surplus: surplus(events),
            rounds: BTreeMap::new(),
            seen: BTreeMap::new(),
            differing: BTreeMap::new(),
            notes: Vec::new(),
            notes_total: 0,
            line: 1,
        };
        for node in 1..=members as u64 {
            replay.act(Action::Clock { node, rate_percent: 0 });
        }
        replay.act(Action::Meet { fate: Fate::Hold, pattern: open(None, None, None) });
        replay
    }

    fn node(&self, id: Id) -> NodeId {
        self.names.iter().position(|name| *name == id.0).expect("every node was found before") as u64 + 1
    }

    fn note(&mut self, text: String) {
        self.notes_total += 1;
        if self.notes.len() < NOTES_MAX {
            self.notes.push(Note { line: self.line, text });
        }
    }

    /// Does an action now; what the world refuses is noted.
    fn act(&mut self, action: Action) {
        match self.world.act(&action) {
            Ok(()) => self.run.actions.push(Timed { at_us: self.world.now_us(), action }),
            Err(error) => self.note(format!("{action}: {error}")),
        }
    }

    /// Does what an event tells, at its time. False when the run cannot go on.
    pub(crate) fn event(&mut self, place: usize, at_us: u64, Stamped { line, event, .. }: &Stamped) -> bool {
        self.line = *line;
        if !self.has_room(at_us) {
            return false;
        }
        self.world.advance_to(at_us);
        let node = self.node(event.nid);
        if node > self.world.nodes().len() as u64 {
            return true; // it joins later
        }
        if let Some(index) = self.compactions.get(&place) {
            let index = index.saturating_sub(self.start.1);
            if self.world.node(node).first_index() <= index {
                self.act(Action::Compact { node, index });
            }
        }
        let was_elected = self.seen.insert(event.nid, event.name == Name::BecomeLeader);
        match event.name {
            Name::InitState if was_elected.is_some() => {
                self.act(Action::DiskSync { node, sync_us: 0 });
                self.act(Action::Restart { node });
            }
            Name::BecomeCandidate => self.campaign(node, event),
            Name::BecomeFollower => self.lose_pre_votes(node, event),
            Name::Replicate if was_elected != Some(true) => {
                let index = event.log.saturating_sub(self.start.1) + 1;
                self.act(Action::Propose { node, word: format!("e{index}").into() });
            }
            Name::SendAppendEntriesRequest => self.beat(node, event),
            Name::ChangeConf => {
                if !self.change_members(node, event) {
                    self.note(
                        "the configuration changes in a way that no action says, and the run ends here".to_string(),
                    );
                    return false;
                }
            }
            Name::Ready => self.handed_out(node, event),
            // What is received comes below; everything else follows by itself.
            Name::BecomeLeader
            | Name::InitState
            | Name::ReceiveAppendEntriesRequest
            | Name::ReceiveAppendEntriesResponse
            | Name::ReceiveRequestVoteRequest
            | Name::ReceiveRequestVoteResponse
            | Name::ReceiveSnapshot
            | Name::Bootstrap
            | Name::ApplyConfChange
            | Name::Commit
            | Name::Replicate
            | Name::SendAppendEntriesResponse
            | Name::SendRequestVoteRequest
            | Name::SendRequestVoteResponse
            | Name::SendSnapshot
            | Name::Other => {}
        }
        match (way(event.name), &event.msg) {
            (Some(Way::Sent), Some(msg)) => *self.surplus.entry(msg.clone()).or_default() += 1,
            (Some(Way::Received), Some(msg)) => self.receive(msg),
            (None, _) | (_, None) => {}
        }
        if self.crashes.contains(&place) {
            self.act(Action::Crash { node, losing: Losing::All });
        }
        if self.losses.contains(&place) {
            self.act(Action::DiskSync { node, sync_us: SETTING_US_MAX });
        }
        self.clear();
        true
    }

    /// Who asks for pre-votes is seen only in what it hands out next.
    fn handed_out(&mut self, node: NodeId, event: &Event) {
        if event.role == RoleName::StatePreCandidate && self.world.node(node).role() != Role::PreCandidate {
            self.ask_first(node);
        }
        self.compare(node, event);
    }

    /// Whether there is room for more actions at a time.
    fn has_room(&mut self, at_us: u64) -> bool {
        if self.run.actions.len() + 10 > ACTIONS_MAX {
            self.note(format!("the run has {ACTIONS_MAX} actions and ends here"));
            return false;
        }
        if at_us > TIME_MAX_US {
            self.note("the run has 24 hours and ends here".to_string());
            return false;
        }
        true
    }

    fn campaign(&mut self, node: NodeId, event: &Event) {
        let term = event.state.term.saturating_sub(self.start.0);
        let is_there = self.world.node(node).role() == Role::Candidate && self.world.node(node).term() >= term;
        if is_there {
            return;
        }
        if !self.run.config.pre_vote {
            return self.act(Action::Timeout { node });
        }
        if self.world.node(node).role() != Role::PreCandidate {
            self.ask_first(node);
        }
        let term = self.world.node(node).term() + 1;
        self.deliver_pre_votes(|message| {
            let granted = MessageBody::RequestVoteResponse { granted: true, pre_vote: true };
            (message.to, message.term) == (node, term) && message.body == granted
        });
    }

    /// Pre-votes are not traced (thesis 9.6): here everybody is asked at once, and the answers wait until the trace shows what came of
    /// them.
    fn ask_first(&mut self, node: NodeId) {
        self.act(Action::Timeout { node });
        self.deliver_pre_votes(|message| message.from == node && message.kind() == MessageKind::RequestPreVote);
    }

    /// A pre-candidate that follows in a later term has it from somebody who refused.
    fn lose_pre_votes(&mut self, node: NodeId, event: &Event) {
        let term = event.state.term.saturating_sub(self.start.0);
        let here = self.world.node(node);
        if here.role() != Role::PreCandidate || term <= here.term() {
            return;
        }
        self.ask_first(node);
        let mut refusal = true;
        self.deliver_pre_votes(|message| {
            let refused = MessageBody::RequestVoteResponse { granted: false, pre_vote: true };
            let counts = (message.to, message.term) == (node, term) && message.body == refused;
            counts && std::mem::take(&mut refusal)
        });
    }

    /// Delivers what of pre-votes counts.
    fn deliver_pre_votes(&mut self, mut counts: impl FnMut(&Message) -> bool) {
        self.world.advance_to(self.world.now_us());
        let counts = |flight: &&Flight| match &flight.parcel {
            Parcel::Raft(message) => !flight.doomed && counts(message),
            Parcel::Request(_) | Parcel::Reply { .. } => false,
        };
        let ids: Vec<MessageId> = self.world.messages_in_flight().filter(counts).map(|flight| flight.id).collect();
        for id in ids {
            self.act(Action::Meet { fate: Fate::Deliver, pattern: id.into() });
        }
        self.world.advance_to(self.world.now_us());
    }

    /// A change of the configuration as an action. False if there is none for it.
    fn change_members(&mut self, node: NodeId, event: &Event) -> bool {
        let changes = event.prop.as_ref().and_then(|prop| prop.cc.as_ref()).map_or(&[][..], |change| &change.changes);
        let known = |id: &Id| self.names.contains(&id.0);
        if !changes.iter().all(|step| known(&step.nid)) || self.world.node(node).role() != Role::Leader {
            return false;
        }
        let steps: Vec<(&str, NodeId)> = changes.iter().map(|step| (&*step.action, self.node(step.nid))).collect();
        let learns = |node: NodeId| {
            self.world.leader().and_then(|leader| leader.status().map(|status| status.conf.is_learner(node)))
        };
        let membership = match steps[..] {
            [("AddNewServer", new)] if learns(new) == Some(true) => Membership::Promote(new),
            [("AddNewServer", new)] => Membership::AddVoter(new),
            [("AddLearner", new)] => Membership::AddLearner(new),
            [("RemoveServer", old)] => Membership::Remove(old),
            [("AddNewServer", new), ("RemoveServer", old)] | [("RemoveServer", old), ("AddNewServer", new)] => {
                Membership::Replace { old, new }
            }
            _ => match self.joint(&steps) {
                Some(membership) => membership,
                None => return false,
            },
        };
        let before = self.world.nodes().len() as u64;
        self.act(Action::Member(membership));
        for node in before + 1..=self.world.nodes().len() as u64 {
            self.act(Action::Clock { node, rate_percent: 0 });
        }
        true
    }

    /// Several steps at once, none of which makes a learner: through a joint configuration to the voters that they leave.
    fn joint(&self, steps: &[(&str, NodeId)]) -> Option<Membership> {
        let conf = self.world.leader()?.status()?.conf;
        let mut voters: BTreeSet<NodeId> = conf.voters.iter().copied().collect();
        for (action, node) in steps {
            match *action {
                "AddNewServer" => voters.insert(*node),
                "RemoveServer" => voters.remove(node),
                _ => return None,
            };
        }
        let fits = steps.len() > 1 && !voters.is_empty();
        fits.then(|| Membership::Joint(voters.into_iter().collect()))
    }

    /// Heartbeats leave in rounds, one to each peer: the first of a round is a tick of the leader's clock.
    fn beat(&mut self, node: NodeId, event: &Event) {
        let Some(msg) = event.msg.as_ref().filter(|msg| msg.r#type == "MsgHeartbeat") else { return };
        let round = self.rounds.entry(event.nid).or_default();
        let begins = round.is_empty() || !round.insert(msg.to);
        if begins {
            *round = [msg.to].into();
            if self.world.node(node).role() == Role::Leader {
                self.act(Action::Tick { node });
            } else {
                self.note(format!("n{node} sends heartbeats, and does not lead here"));
            }
        }
    }

    fn receive(&mut self, msg: &Msg) {
        if msg.from == msg.to {
            return; // its own answers reach a node by themselves
        }
        let Some(lane) = lane(msg) else { return };
        if let Some(count) = self.awaited.get_mut(&lane) {
            *count -= 1;
        }
        let (from, to) = (self.node(msg.from), self.node(msg.to));
        let wanted = self.shifted(msg);
        let likeness = |flight: &Flight| match &flight.parcel {
            Parcel::Raft(message) if (message.from, message.to) == (from, to) => {
                traced(message).filter(|found| found.r#type == msg.r#type).map(|found| alike(&found, &wanted))
            }
            Parcel::Raft(_) | Parcel::Request(_) | Parcel::Reply { .. } => None,
        };
        // Of those that are alike the one that left first.
        let mut best: Option<(u32, MessageId)> = None;
        let mut copies = 0;
        for flight in self.world.messages_in_flight().filter(|flight| !flight.doomed) {
            if let Some(score) = likeness(flight) {
                copies += i64::from(score == ALL_ALIKE);
                if best.is_none_or(|(most, _)| score > most) {
                    best = Some((score, flight.id));
                }
            }
        }
        match best {
            Some((score, id)) => {
                if self.surplus.get(msg).is_some_and(|&surplus| surplus > copies) && score == ALL_ALIKE {
                    self.act(Action::Meet { fate: Fate::Duplicate, pattern: id.into() });
                }
                if let Some(surplus) = self.surplus.get_mut(msg) {
                    *surplus -= 1;
                }
                if score | COMMIT < ALL_ALIKE {
                    self.note(format!("{id} is delivered here: none is just like this {}", msg.r#type));
                }
                self.act(Action::Meet { fate: Fate::Deliver, pattern: id.into() });
            }
            None => self.note(format!("no {} from n{from} to n{to} is on its way here", msg.r#type)),
        }
    }

    /// A message with terms and indexes as the run counts them, and without names.
    fn shifted(&self, msg: &Msg) -> Msg {
        let (term, index) = self.start;
        let index_of = |value: u64| value.saturating_sub(index);
        let is_snapshot = msg.r#type == "MsgSnap";
        Msg {
            r#type: msg.r#type.clone(),
            term: msg.term.saturating_sub(term),
            entries: if is_snapshot { index_of(msg.entries) } else { msg.entries },
            log_term: msg.log_term.saturating_sub(term),
            index: index_of(msg.index),
            commit: index_of(msg.commit),
            reject_hint: index_of(msg.reject_hint),
            ..msg.clone()
        }
    }

    /// Notes where a node stands differently than the trace says. Its commit index may: here disks take no time.
    fn compare(&mut self, node: NodeId, event: &Event) {
        let Event { state, role, log, .. } = event;
        let (term, index) = self.start;
        let here = self.world.node(node);
        let role_here = match here.role() {
            Role::Follower => RoleName::StateFollower,
            Role::PreCandidate => RoleName::StatePreCandidate,
            Role::Candidate => RoleName::StateCandidate,
            Role::Leader => RoleName::StateLeader,
        };
        let vote = if state.vote == Id(0) {
            0
        } else {
            self.names.iter().position(|name| *name == state.vote.0).map_or(0, |at| at + 1)
        };
        let vote_here = here.voted_for().unwrap_or_default();
        let (last_here, last) = (here.last_index(), log.saturating_sub(index));
        let mut parts = Vec::new();
        let mut differ = |what: &str, there: String, here: String| {
            if there != here {
                parts.push(format!("{what} {there}, here {here}"));
            }
        };
        differ("term", state.term.saturating_sub(term).to_string(), here.term().to_string());
        differ("role", format!("{role:?}"), format!("{role_here:?}"));
        differ("vote", vote.to_string(), vote_here.to_string());
        // A leader leaves a joint configuration as soon as its disk allows: at once here.
        let leaves_joint = *role == RoleName::StateLeader && !event.conf[1].is_empty() && last_here == last + 1;
        if !leaves_joint {
            differ("log up to", last.to_string(), last_here.to_string());
        }
        let text = parts.join("; ");
        let before = self.differing.insert(event.nid, text.clone());
        if !text.is_empty() && before.as_ref() != Some(&text) {
            self.note(format!("n{node} stands differently: {text}"));
        }
    }

    /// When much is held, drops what the trace never sees again.
    fn clear(&mut self) {
        if self.world.messages_in_flight().filter(|flight| !flight.doomed).count() <= HELD_MAX {
            return;
        }
        let lane = |flight: &Flight| match flight.id.kind {
            ParcelKind::Raft(kind) if !flight.doomed => Some((flight.id, kind)),
            ParcelKind::Raft(_) | ParcelKind::Request | ParcelKind::Reply => None,
        };
        let held: BTreeSet<(Endpoint, Endpoint, ParcelKind)> = self
            .world
            .messages_in_flight()
            .filter_map(lane)
            .filter(|(id, kind)| {
                let (Endpoint::Node(from), Endpoint::Node(to)) = (id.from, id.to) else { return false };
                let name = |node: NodeId| Id(self.names[usize::try_from(node - 1).expect("a small number")]);
                traced_kind(*kind)
                    .is_none_or(|kind| self.awaited.get(&(name(from), name(to), kind)).is_none_or(|&count| count == 0))
            })
            .map(|(id, _)| (id.from, id.to, id.kind))
            .collect();
        for (from, to, kind) in held {
            self.act(Action::Meet { fate: Fate::Drop, pattern: open(Some(from), Some(to), Some(kind)) });
        }
    }

    pub(crate) fn finish(mut self, imported: &mut Imported) {
        for (place, commit) in imported.commits.iter().enumerate() {
            let node = place as u64 + 1;
            if node > self.world.nodes().len() as u64 {
                continue;
            }
            let here = self.world.node(node).commit();
            if here != *commit && self.world.node(node).is_up() {
                self.note(format!("at the end n{node} has committed up to {commit}, and here up to {here}"));
            }
        }
        imported.run = self.run;
        imported.notes = self.notes;
        imported.notes_total = self.notes_total;
    }
}

/// How many parts of two messages are equal, weighed: term first.
fn alike(found: &Msg, wanted: &Msg) -> u32 {
    let parts = [
        (16, found.term == wanted.term),
        (8, found.index == wanted.index),
        (4, found.entries == wanted.entries && found.reject == wanted.reject),
        (COMMIT, found.commit == wanted.commit),
        (1, found.log_term == wanted.log_term && found.reject_hint == wanted.reject_hint),
    ];
    parts.into_iter().filter(|(_, equal)| *equal).map(|(weight, _)| weight).sum()
}

const ALL_ALIKE: u32 = 31;
/// Commits may be known sooner than in the trace, as the run's disks take no time.
const COMMIT: u32 = 2;

fn open(from: Option<Endpoint>, to: Option<Endpoint>, kind: Option<ParcelKind>) -> MessagePattern {
    MessagePattern { from, to, kind, ordinal: None }
}
