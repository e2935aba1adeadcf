//! How the clients' wishes are carried out: sending, waiting, waking. What a client wants is decided in `client.rs`.

use raft_core::NodeId;

use super::World;
use crate::checks::Fact;
use crate::client::{Client, Cycle, Next, QUEUE_MAX};
use crate::command::Command;
use crate::event::Event;
use crate::names::ClientId;
use crate::network::{Answer, Endpoint, Parcel};
use crate::sure::size;
use crate::trace::Happening;

impl World {
    /// The client's place in the list; it is made on first use, with all before it.
    pub(super) fn client_slot(&mut self, id: ClientId) -> usize {
        let place = size(id.number() - 1);
        while self.clients.len() <= place {
            let id = ClientId::new(self.clients.len() as u64 + 1).expect("a client's number");
            self.clients.push(Client::new(id, self.nodes.len() as u64));
        }
        place
    }

    /// The client submits a command. There must be room in its queue.
    pub(super) fn submit(&mut self, id: ClientId, command: &Command, via: Option<NodeId>) {
        let place = self.client_slot(id);
        if self.clients[place].asking().is_some() {
            self.record(Happening::ClientQueued { client: id, command: command.clone() });
        }
        self.clients[place].submit(command.clone(), via);
        let next = self.clients[place].begin(self.now_us);
        self.carry_out(place, next);
    }

    /// Sets or ends the client's load.
    pub(super) fn set_load(&mut self, id: ClientId, every_us: Option<u64>) {
        let place = self.client_slot(id);
        let client = &mut self.clients[place];
        client.load = every_us;
        client.load_epoch += 1;
        if let Some(every_us) = every_us {
            let event = Event::LoadDue { client: id, epoch: client.load_epoch };
            self.schedule.at(self.now_us + every_us, event);
        }
    }

    pub(super) fn load_due(&mut self, id: ClientId, epoch: u32) {
        let place = self.client_slot(id);
        let client = &self.clients[place];
        let Some(every_us) = client.load.filter(|_| client.load_epoch == epoch) else { return };
        self.schedule.at(self.now_us + every_us, Event::LoadDue { client: id, epoch });
        // A load does not pile up behind a cluster that does not answer: one command waits at most.
        if self.clients[place].queued() == 0 {
            let key = id.to_string().into();
            self.submit(id, &Command::Incr { key }, None);
        }
    }

    /// Begins or ends the client's closed loop.
    pub(super) fn set_cycle(&mut self, id: ClientId, cycle: Option<Cycle>) {
        let place = self.client_slot(id);
        self.clients[place].cycle = cycle;
        self.think(place, 0);
    }

    /// A client in a closed loop has been answered: it asks again after its time to think, at once if that is 0 µs.
    fn think(&mut self, place: usize, think_us: u64) {
        let client = &mut self.clients[place];
        client.thought_epoch += 1;
        let (id, epoch) = (client.id(), client.thought_epoch);
        if think_us == 0 {
            self.thought(id, epoch);
        } else {
            self.schedule.at(self.now_us + think_us, Event::Thought { client: id, epoch });
        }
    }

    /// What it was busy with by hand meanwhile, it finishes first: the answer to that makes it think again.
    pub(super) fn thought(&mut self, id: ClientId, epoch: u32) {
        let place = self.client_slot(id);
        let client = &self.clients[place];
        let free = client.thought_epoch == epoch && client.asking().is_none();
        if let (true, Some((command, via, _))) = (free, client.cycle.clone()) {
            self.submit(id, &command, via);
        }
    }

    pub(super) fn client_wakes(&mut self, id: ClientId, epoch: u32) {
        let place = self.client_slot(id);
        let client = &mut self.clients[place];
        if client.epoch != epoch {
            return; // it was answered meanwhile
        }
        let silent = client.asking().and_then(|asking| Some((asking.node?, asking.command.clone())));
        let next = client.wake();
        if let Some((node, command)) = silent {
            self.record(Happening::ClientTimedOut { client: id, node, command });
        }
        self.carry_out(place, next);
    }

    pub(super) fn client_answered(&mut self, id: ClientId, node: NodeId, sequence: u64, answer: Answer) {
        let place = self.client_slot(id);
        let client = &mut self.clients[place];
        let redirected = match &answer {
            Answer::NotLeader { hint } => Some(*hint),
            Answer::Done(_) => None,
        };
        let (settled, next) = client.answer(node, sequence, answer);
        if let (Some(leader), Next::Ask(_) | Next::Pause) = (redirected, next) {
            self.record(Happening::ClientRedirected { client: id, node, leader });
        }
        if settled {
            let answered = self.clients[place].answered().expect("it was just answered");
            let (command, outcome) = (answered.command.clone(), answered.outcome.clone());
            // Where nothing takes time, a loop that took none would hold the whole world at one instant for ever.
            let think_us_min = u64::from(answered.since_us == self.now_us);
            let (asked, answered) = (command.clone(), outcome.clone());
            self.record(Happening::ClientAnswered { client: id, node, command, outcome });
            self.outside().fact(node, Fact::Answered(id, &asked, &answered));
            let next = self.clients[place].begin(self.now_us);
            self.carry_out(place, next);
            if let (Next::Rest, Some((_, _, think_us))) = (next, &self.clients[place].cycle) {
                self.think(place, think_us_min.max(*think_us));
            }
        } else {
            self.carry_out(place, next);
        }
    }

    fn carry_out(&mut self, place: usize, next: Next) {
        let client = &self.clients[place];
        let (id, epoch) = (client.id(), client.epoch);
        self.digest.words([id.number(), client.sequence(), u64::from(epoch), client.queued() as u64]);
        let patience_us = match next {
            Next::Rest => return,
            Next::Pause => self.config.heartbeat_us,
            Next::Ask(node) => {
                let asking = client.asking().expect("a client that asks has a command");
                let (command, attempt) = (asking.command.clone(), asking.attempt);
                let submission = client.submission().expect("a client that asks has a command");
                if attempt == 1 {
                    self.outside().fact(node, Fact::Asked(id, &command));
                }
                self.record(Happening::ClientAsked { client: id, node, command, attempt });
                self.outside().post(Endpoint::Client(id), Endpoint::Node(node), Parcel::Request(submission));
                self.config.retry_us
            }
        };
        self.schedule.at(self.now_us + patience_us, Event::ClientWakes { client: id, epoch });
    }

    /// Whether the client has room for one more command.
    pub(super) fn has_room(&self, id: ClientId) -> bool {
        self.clients.iter().find(|client| client.id() == id).is_none_or(|client| client.queued() < QUEUE_MAX)
    }
}
