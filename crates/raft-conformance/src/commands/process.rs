//! Commands that move work along: Readys, storage threads, messages.

use raft_core::{Mark, NodeId, StepError};

use super::drive::proposed;
use super::setup::level;
use crate::arguments::{Arguments, Trouble, number};
use crate::env::Environment;
use crate::env::envelope::{self, Envelope};
use crate::env::node::{self, Node};
use crate::words::{message, ready};

/// Who gets messages, and whether they are lost instead.
#[derive(Copy, Clone)]
struct Recipient {
    id: NodeId,
    drops: bool,
}

/// More rounds than any play needs to come to rest.
const ROUNDS_MAX: usize = 10_000;

/// What is done to each of several nodes.
type Act = fn(&mut Environment, NodeId) -> Result<(), Trouble>;

impl Environment {
    /// Does the same to each node; more than one are told apart by a title.
    pub(super) fn each(&mut self, title: &str, arguments: Arguments<'_>, act: Act) -> Result<(), Trouble> {
        let ids = arguments.nodes()?;
        for id in &ids {
            if ids.len() == 1 {
                act(self, *id)?;
            } else {
                self.titled(title, *id, act)?;
            }
        }
        Ok(())
    }

    fn titled(&mut self, title: &str, id: NodeId, act: Act) -> Result<(), Trouble> {
        self.output.say_line(&format!("> {id} {title}"));
        self.indented(|env| act(env, id))
    }

    // ---- Ready ----

    pub(super) fn process_ready(&mut self, id: NodeId) -> Result<(), Trouble> {
        if self.node(id)?.config.async_storage_writes { self.hand_out_ready(id) } else { self.handle_ready(id) }
    }

    /// The plain loop: write, apply, send, advance.
    fn handle_ready(&mut self, id: NodeId) -> Result<(), Trouble> {
        let (mut batch, must_sync) = self.node(id)?.take_ready();
        let append = &mut batch.append;
        let messages: Vec<_> =
            batch.messages.drain(..).chain(append.messages.drain(..)).map(Envelope::Message).collect();
        let lines: Vec<_> = messages.iter().map(|envelope| message::envelope(envelope, "")).collect();
        self.output.say(&ready::ready(&batch, must_sync, &lines));

        let (snapshot, entries) = (batch.append.snapshot.as_ref(), &batch.append.entries);
        let disk = self.node(id)?.raw.storage_mut();
        disk.write(batch.append.hard_state, snapshot, entries).map_err(Trouble::Said)?;
        self.with(id, |node| node.apply(&batch.committed_entries))?.map_err(Trouble::Said)?;
        self.messages.extend(messages);
        self.with(id, |node| node.raw.advance(batch))
    }

    /// The asynchronous protocol: the storage threads get their work.
    fn hand_out_ready(&mut self, id: NodeId) -> Result<(), Trouble> {
        let node = self.node(id)?;
        let (mut batch, must_sync) = node.take_ready();
        let messages: Vec<_> = batch.messages.drain(..).map(Envelope::Message).collect();
        let mut lines: Vec<_> = messages.iter().map(|envelope| message::envelope(envelope, "")).collect();
        if let Some(work) = node::append_work(id, &batch) {
            lines.push(message::append_work(id, &work, true));
            node.append_work.push_back(work);
        }
        if !batch.committed_entries.is_empty() {
            let work = envelope::ApplyWork { entries: batch.committed_entries.clone() };
            lines.push(message::apply_work(id, &work, true));
            node.apply_work.push_back(work);
        }
        self.output.say(&ready::ready(&batch, must_sync, &lines));
        self.messages.extend(messages);
        Ok(())
    }

    // ---- storage threads ----

    pub(super) fn process_append(&mut self, id: NodeId) -> Result<(), Trouble> {
        let node = self.node(id)?;
        let Some(work) = node.append_work.pop_front() else {
            self.output.say("no append work to perform");
            return Ok(());
        };
        let written = node.raw.storage_mut().write(work.hard_state, work.snapshot.as_ref(), &work.entries);
        self.output.say_line("Processing:");
        self.output.say_line(&message::append_work(id, &work, false));
        written.map_err(Trouble::Said)?;
        self.respond(work.responses);
        Ok(())
    }

    pub(super) fn process_apply(&mut self, id: NodeId) -> Result<(), Trouble> {
        let Some(work) = self.node(id)?.apply_work.pop_front() else {
            self.output.say("no apply work to perform");
            return Ok(());
        };
        self.output.say_line("Processing:");
        self.output.say_line(&message::apply_work(id, &work, false));
        self.with(id, |node| node.apply(&work.entries))?.map_err(Trouble::Said)?;
        self.respond(vec![Envelope::Applied { node: id, entries: work.entries }]);
        Ok(())
    }

    fn respond(&mut self, responses: Vec<Envelope>) {
        self.output.say_line("Responses:");
        for response in &responses {
            self.output.say_line(&message::envelope(response, ""));
        }
        self.messages.extend(responses);
    }

    // ---- messages ----

    pub(super) fn deliver_msgs(&mut self, arguments: Arguments<'_>) -> Result<(), Trouble> {
        let mut recipients: Vec<_> = arguments.nodes()?.into_iter().map(|id| Recipient { id, drops: false }).collect();
        let mut kind = None;
        for (key, value) in arguments.pairs() {
            match key {
                "drop" => {
                    let id = number(value)?;
                    if recipients.iter().any(|recipient| recipient.id == id) {
                        return Err(Trouble::bad(format!("can't both deliver and drop msgs to {id}")));
                    }
                    recipients.push(Recipient { id, drops: true });
                }
                "type" if envelope::KINDS.contains(&value) => kind = Some(value),
                "type" => return Err(Trouble::bad(format!("unknown message type {value}"))),
                _ => {}
            }
        }
        let mut handled = 0;
        for recipient in recipients {
            handled += self.deliver_to(recipient, kind)?;
        }
        if handled == 0 {
            self.output.say_line("no messages");
        }
        Ok(())
    }

    /// Delivers what is on its way to a node, or loses it; only messages of `kind`, if one is named. Returns how many.
    fn deliver_to(&mut self, recipient: Recipient, kind: Option<&str>) -> Result<usize, Trouble> {
        let Recipient { id, drops } = recipient;
        let (chosen, rest) = self.messages.drain(..).partition::<Vec<_>, _>(|envelope| {
            let lost_locally = drops && envelope.is_local();
            envelope.to() == id && !lost_locally && kind.is_none_or(|kind| envelope.kind() == kind)
        });
        self.messages = rest.into();
        let count = chosen.len();
        for envelope in chosen {
            if drops {
                self.output.say("dropped: ");
            }
            self.output.say_line(&message::envelope(&envelope, ""));
            if !drops {
                self.deliver(envelope)?;
            }
        }
        Ok(count)
    }

    fn deliver(&mut self, envelope: Envelope) -> Result<(), Trouble> {
        if let Envelope::Message(message) = &envelope {
            self.heard = Some(message.clone());
        }
        let outcome = self.with(envelope.to(), |node| receive(node, envelope))?;
        let line = match outcome {
            Ok(()) => return Ok(()),
            Err(StepError::UnknownPeer { .. }) => "raft: cannot step as peer not found".to_string(),
            Err(StepError::Proposal(error)) => match proposed(Err(error)) {
                Ok(()) => return Ok(()),
                Err(Trouble::Said(line) | Trouble::BadDirective(line)) => line,
            },
            Err(error @ (StepError::NotForMe { .. } | StepError::BadSender { .. } | StepError::Malformed { .. })) => {
                error.to_string()
            }
        };
        self.output.say_line(&line);
        Ok(())
    }

    // ---- everything ----

    pub(super) fn stabilize(&mut self, arguments: Arguments<'_>) -> Result<(), Trouble> {
        let mut ids = arguments.nodes()?;
        if ids.is_empty() {
            ids = self.ids();
        }
        let level_before = self.output.level;
        for (_, name) in arguments.pairs().filter(|(key, _)| *key == "log-level") {
            self.output.level = level(name)?;
        }
        let result = self.stabilize_all(&ids);
        self.output.level = level_before;
        result
    }

    /// Rounds until there is nothing left to do.
    fn stabilize_all(&mut self, ids: &[NodeId]) -> Result<(), Trouble> {
        for _ in 0..ROUNDS_MAX {
            if !self.stabilize_once(ids)? {
                return Ok(());
            }
        }
        Err(Trouble::Said(format!("the nodes find no rest in {ROUNDS_MAX} rounds")))
    }

    /// One round over all nodes. Says whether there was anything to do.
    fn stabilize_once(&mut self, ids: &[NodeId]) -> Result<bool, Trouble> {
        let mut busy = false;
        for id in ids {
            if self.node(*id)?.raw.has_ready() {
                self.titled("handling Ready", *id, Self::process_ready)?;
                busy = true;
            }
        }
        for id in ids {
            if self.messages.iter().any(|envelope| envelope.to() == *id) {
                self.titled("receiving messages", *id, |env, id| {
                    env.deliver_to(Recipient { id, drops: false }, None).map(drop)
                })?;
                busy = true;
            }
        }
        busy |=
            self.run_threads(ids, "processing append thread", |node| node.append_work.len(), Self::process_append)?;
        busy |= self.run_threads(ids, "processing apply thread", |node| node.apply_work.len(), Self::process_apply)?;
        Ok(busy)
    }

    fn run_threads(
        &mut self,
        ids: &[NodeId],
        title: &str,
        waits: fn(&Node) -> usize,
        act: Act,
    ) -> Result<bool, Trouble> {
        let mut busy = false;
        for id in ids {
            if waits(self.node(*id)?) == 0 {
                continue;
            }
            self.output.say_line(&format!("> {id} {title}"));
            while waits(self.node(*id)?) > 0 {
                self.indented(|env| act(env, *id))?;
            }
            busy = true;
        }
        Ok(busy)
    }
}

/// Lets a node take in what was on its way to it.
fn receive(node: &mut Node, envelope: Envelope) -> Result<(), StepError> {
    match envelope {
        Envelope::Message(message) => return node.raw.step(message),
        // To etcd this is an answer like any other: a node that was removed does not know itself.
        Envelope::SelfAck { node: from, ack } if !node.knows(from) => {
            return Err(StepError::UnknownPeer { from, kind: envelope::self_ack_kind(&ack) });
        }
        Envelope::SelfAck { ack, .. } => node.raw.ack_append(envelope::receipt_of(ack)),
        Envelope::Written { written, .. } => {
            node.raw.ack_append(Mark { self_acks: Vec::new(), written: Some(written) });
        }
        Envelope::Applied { entries, .. } => {
            if let Some(last) = entries.last() {
                node.raw.ack_applied(last.index);
            }
        }
    }
    Ok(())
}
