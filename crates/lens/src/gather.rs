//! Gathers what happens while a run is played, event by event.
//!
//! It only looks: the run is the same with or without it.

use std::collections::{BTreeMap, BTreeSet};

use raft_core::{Decision, ElectionCause, NodeId};
use raftarium_sim::action::Action;
use raftarium_sim::names::ClientId;
use raftarium_sim::network::{Endpoint, Flight, MessageId};
use raftarium_sim::trace::Happening;
use raftarium_sim::watch::{Seen, Sighting};
use raftarium_sim::{Run, Timeline, World};

use crate::card;
use crate::told::{CoreStand, End, ItemCard, Mark, MarkKind, Passage, Stand, Sync, Told};

/// A run that is played and watched.
pub struct Gather {
    timeline: Timeline,
    told: Told,
    flying: BTreeMap<MessageId, Passage>,
    /// What each node took last and has not made a Ready of, and how it stood before.
    taken: Vec<Option<(ItemCard, CoreStand)>>,
    /// How each node stood when its latest Ready was handed out.
    last_stand: Vec<Option<CoreStand>>,
    stands: Vec<Option<Stand>>,
    trace_seq: u64,
    rounds: u32,
}

impl Gather {
    /// Begins a run.
    ///
    /// # Errors
    /// What is wrong with its settings, in words.
    pub fn new(run: Run) -> Result<Gather, String> {
        let mut timeline = Timeline::new(run).map_err(|error| error.to_string())?;
        timeline.watch();
        let mut gather = Gather {
            timeline,
            told: Told::default(),
            flying: BTreeMap::new(),
            taken: Vec::new(),
            last_stand: Vec::new(),
            stands: Vec::new(),
            trace_seq: 0,
            rounds: 0,
        };
        gather.look();
        Ok(gather)
    }

    /// Simulated µs.
    #[must_use]
    pub fn now_us(&self) -> u64 {
        self.timeline.world().now_us()
    }

    /// Does an action now.
    ///
    /// # Errors
    /// Why it cannot be done, in words.
    pub fn act(&mut self, action: Action) -> Result<(), String> {
        let seq = self.timeline.world().trace().next_seq();
        let done = self.timeline.act(action).map_err(|error| error.to_string());
        // An act is a new branch: its world is watched anew.
        self.timeline.watch();
        debug_assert!(self.timeline.world().trace().next_seq() >= seq);
        self.look();
        done
    }

    /// Plays up to `until_us`, but at most `events_max` events. True when it is reached.
    pub fn advance(&mut self, until_us: u64, events_max: u64) -> bool {
        for _ in 0..events_max {
            if self.timeline.next_us().is_none_or(|at_us| at_us > until_us) {
                self.timeline.advance_to(until_us);
                return true;
            }
            self.timeline.step_event();
            self.look();
        }
        false
    }

    /// What was gathered since the last time.
    pub fn take(&mut self) -> Told {
        let mut told = std::mem::take(&mut self.told);
        told.until_us = self.now_us();
        told.flying = self.flying.values().cloned().collect();
        told
    }

    fn look(&mut self) {
        let nodes = self.timeline.world().nodes().len();
        self.taken.resize(nodes, None);
        self.last_stand.resize(nodes, None);
        self.stands.resize(nodes, None);
        let lost = self.look_at_trace();
        self.look_at_flights(&lost);
        self.look_at_nodes();
        for sighting in self.timeline.take_sightings() {
            self.look_at_core(sighting);
        }
    }

    /// The new records: marks, and the names of messages that were lost.
    fn look_at_trace(&mut self) -> BTreeSet<MessageId> {
        let trace = self.timeline.world().trace();
        let mut lost = BTreeSet::new();
        for record in trace.from(self.trace_seq) {
            if let Happening::Lost { message, .. } = &record.what {
                lost.insert(*message);
            }
            self.told.marks.extend(mark(record.at_us, &record.what));
        }
        self.trace_seq = trace.next_seq();
        lost
    }

    fn look_at_flights(&mut self, lost: &BTreeSet<MessageId>) {
        let world = self.timeline.world();
        let mut gone = std::mem::take(&mut self.flying);
        for flight in world.messages_in_flight() {
            let passage = match gone.remove(&flight.id) {
                Some(known) => Passage { end: end_of(flight), end_us: flight.arrive_us, ..known },
                None => Passage {
                    id: flight.id.to_string(),
                    sent_us: flight.sent_us,
                    end_us: flight.arrive_us,
                    end: end_of(flight),
                    card: card::of_flight(flight),
                },
            };
            self.flying.insert(flight.id, passage);
        }
        for (id, passage) in gone {
            let missed = matches!(id.to, Endpoint::Node(node) if !world.node(node).is_up());
            let end = if missed || passage.end == End::Lost || lost.contains(&id) { End::Lost } else { End::Arrived };
            self.told.passages.push(Passage { end, end_us: world.now_us(), ..passage });
        }
    }

    fn look_at_nodes(&mut self) {
        let world = self.timeline.world();
        for (node, known) in world.nodes().iter().zip(&mut self.stands) {
            let stand = Stand {
                at_us: world.now_us(),
                node: card::name(node.id()),
                up: node.is_up(),
                frozen: node.is_frozen(),
                role: card::role(node.role()),
                term: node.term(),
            };
            let same = known.as_ref().is_some_and(|known| Stand { at_us: known.at_us, ..stand.clone() } == *known);
            if !same {
                self.told.stands.push(stand.clone());
                *known = Some(stand);
            }
        }
    }

    fn look_at_core(&mut self, Sighting { at_us, node, stand, what }: Sighting) {
        let place = usize::try_from(node - 1).expect("a node's number is small");
        match what {
            Seen::Started => {
                self.taken[place] = None;
                self.last_stand[place] = Some(card::stood(&stand));
            }
            Seen::Took(item) => self.taken[place] = Some((card::item(&item), card::stood(&stand))),
            Seen::Decided(_) => {}
            Seen::HandedOut(ready) => {
                let after = card::stood(&stand);
                let (took, before) = match self.taken[place].take() {
                    Some((item, before)) => (Some(item), before),
                    None => (None, self.last_stand[place].take().unwrap_or_else(|| after.clone())),
                };
                let waiting = waiting(self.timeline.world(), node);
                let round = card::round(&ready, node, at_us, before, after.clone());
                self.told.rounds.push(crate::told::Round { seq: self.rounds, took, waiting, ..round });
                self.rounds += 1;
                self.last_stand[place] = Some(after);
            }
            Seen::Synced(_) => {
                self.told.syncs.push(Sync { at_us, node: card::name(node) });
                self.last_stand[place] = Some(card::stood(&stand));
            }
        }
    }
}

fn waiting(world: &World, node: NodeId) -> Vec<ItemCard> {
    world.node(node).inbox().map(card::item).collect()
}

fn end_of(flight: &Flight) -> End {
    match (flight.doomed, flight.held_since_us) {
        (_, Some(_)) => End::Held,
        (true, None) => End::Lost,
        (false, None) => End::Flying,
    }
}

/// The mark of a record, if it is a turn of the story.
fn mark(at_us: u64, what: &Happening) -> Option<Mark> {
    let bare =
        |kind, who: String| Mark { at_us, kind, who, with: String::new(), term: 0, index: 0, text: String::new() };
    let spoke = |kind, client: &ClientId, node| Mark { with: card::name(node), ..bare(kind, client.to_string()) };
    Some(match what {
        Happening::Acted(action) => Mark { text: action.to_string(), ..bare(MarkKind::Acted, String::new()) },
        Happening::Committed { node, to, term, own: true, .. } => {
            Mark { term: *term, index: *to, ..bare(MarkKind::Committed, card::name(*node)) }
        }
        Happening::Decided { node, decision } => return mark_of_decision(at_us, card::name(*node), decision),
        Happening::ClientAsked { client, node, command, attempt } => {
            Mark { index: u64::from(*attempt), text: command.to_string(), ..spoke(MarkKind::Asked, client, *node) }
        }
        Happening::ClientRedirected { client, node, .. } => spoke(MarkKind::Redirected, client, *node),
        Happening::ClientAnswered { client, node, outcome, .. } => {
            Mark { text: outcome.to_string(), ..spoke(MarkKind::Answered, client, *node) }
        }
        Happening::ClientTimedOut { client, node, command } => {
            Mark { text: command.to_string(), ..spoke(MarkKind::GaveUp, client, *node) }
        }
        Happening::Violated(violation) => Mark { text: violation.text.clone(), ..bare(MarkKind::Fell, String::new()) },
        Happening::Refused { .. }
        | Happening::Crashed { .. }
        | Happening::Restarted { .. }
        | Happening::Appended { .. }
        | Happening::Synced { .. }
        | Happening::Committed { own: false, .. }
        | Happening::Applied { .. }
        | Happening::Compacted { .. }
        | Happening::Joined { .. }
        | Happening::NotProposed { .. }
        | Happening::Read { .. }
        | Happening::Lost { .. }
        | Happening::Stalled(_)
        | Happening::ClientQueued { .. } => return None,
    })
}

fn mark_of_decision(at_us: u64, who: String, decision: &Decision) -> Option<Mark> {
    let bare = |kind| Mark { at_us, kind, who, with: String::new(), term: 0, index: 0, text: String::new() };
    if let Decision::ElectionStarted { term, cause: ElectionCause::Timeout { .. } | ElectionCause::Asked } = decision {
        return Some(Mark { term: *term, ..bare(MarkKind::TimedOut) });
    }
    if let Decision::Truncated { from, .. } = decision {
        return Some(Mark { index: *from, ..bare(MarkKind::Truncated) });
    }
    None
}
