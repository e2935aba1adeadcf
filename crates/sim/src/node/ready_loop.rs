//! The Ready loop itself: see the picture in `node.rs`, and the order duties in `raft_core`'s `Ready`.

use raft_core::{
    Append, AppendResult, Body, Decision, Entry, Index, Message, MessageBody, NodeId, ProposeError, Ready, Role,
    Status, Storage,
};

use super::{INBOX_MAX, Item, Node, Process, Waiting};
use crate::checks::{Durable, Fact, Promise, Standing};
use crate::command::{Command, Reading, Submission};
use crate::disk::Disk;
use crate::network::Answer;
use crate::store::Taken;
use crate::trace::{Happening, Loss};
use crate::trace_text::is_visible;
use crate::watch::Seen;
use crate::world::Outside;

impl Node {
    /// A restarted process does what its disk says is committed.
    pub(crate) fn start(&mut self, outside: &mut Outside<'_>) {
        let process = self.process.as_mut().expect("a running process");
        outside.show(&process.raft, || Seen::Started);
        process.readies(self.id, &mut self.disk, outside);
    }

    /// The clock ticks. The process must be running, not frozen.
    pub(crate) fn tick(&mut self, outside: &mut Outside<'_>) {
        let process = self.process.as_mut().expect("only a running node's clock ticks");
        process.last_tick_us = outside.now_us;
        if process.inbox.len() < INBOX_MAX {
            process.inbox.push(Item::Tick);
        }
        self.work(outside);
    }

    /// Something arrives for the process.
    ///
    /// # Errors
    /// Why it is lost: the node is down, or its inbox is full.
    pub(crate) fn deliver(&mut self, item: Item, outside: &mut Outside<'_>) -> Result<(), Loss> {
        let process = self.process.as_mut().ok_or(Loss::Down)?;
        if process.inbox.len() >= INBOX_MAX {
            return Err(Loss::Full);
        }
        process.inbox.push(item);
        self.work(outside);
        Ok(())
    }

    /// What was written is synced, says the disk to the process of this incarnation.
    pub(crate) fn synced(&mut self, incarnation: u64, outside: &mut Outside<'_>) {
        if incarnation != self.incarnation {
            return; // the process that wrote it is gone, and what it wrote with it
        }
        let Some(process) = &mut self.process else { return };
        self.disk.sync();
        let hard_state = self.disk.hard_state();
        outside.fact(self.id, Fact::Synced(hard_state));
        outside.record(Happening::Synced {
            node: self.id,
            term: hard_state.term,
            voted_for: hard_state.voted_for,
            last_index: self.disk.synced_of(process.raft.storage()),
        });
        if process.frozen {
            process.synced_while_frozen = true;
            return;
        }
        self.after_sync(outside);
    }

    /// A frozen process goes on.
    pub(crate) fn thaw(&mut self, outside: &mut Outside<'_>) {
        let process = self.process.as_mut().expect("only a running node thaws");
        process.frozen = false;
        let stood_still_us = outside.now_us - process.frozen_at_us;
        process.timer_start_us += stood_still_us;
        if std::mem::take(&mut process.synced_while_frozen) {
            self.after_sync(outside);
        }
        self.work(outside);
    }

    fn after_sync(&mut self, outside: &mut Outside<'_>) {
        let process = self.process.as_mut().expect("a running process");
        if process.at_disk.is_used() {
            process.synced_while_going_on(self.id, &mut self.disk, outside);
        } else {
            let ready = process.in_hand.take().expect("a sync belongs to a Ready");
            process.complete(self.id, ready, &mut self.disk, outside);
        }
        process.readies(self.id, &mut self.disk, outside);
        self.work(outside);
    }

    /// Takes up items until the inbox is empty, or the disk makes it wait.
    fn work(&mut self, outside: &mut Outside<'_>) {
        let process = self.process.as_mut().expect("a running process");
        while !process.frozen && process.in_hand.is_none() && !process.inbox.is_empty() {
            let item = process.inbox.remove(0);
            let elapsed_before = process.raft.status().election_elapsed_ticks;
            process.take_up(self.id, item, outside);
            process.readies(self.id, &mut self.disk, outside);
            if elapsed_before > 0 && process.raft.status().election_elapsed_ticks == 0 {
                process.timer_start_us = outside.now_us;
            }
        }
    }

    /// The disk of a node, for its world.
    pub(crate) fn disk(&self) -> &Disk {
        &self.disk
    }
}

impl Process {
    /// Gives one item to the core.
    fn take_up(&mut self, node: NodeId, item: Item, outside: &mut Outside<'_>) {
        outside.show(&self.raft, || Seen::Took(item.clone()));
        match item {
            Item::Tick => self.raft.tick(),
            Item::Message(message) => {
                // A refused message (from a stranger, or malformed) is like a lost one; the decisions tell of it.
                let _refused = self.raft.step(message);
            }
            Item::Proposal(submission) => match &submission.command {
                Command::Get { how, .. } if *how != Reading::Log => self.read(node, &submission, *how, outside),
                Command::Get { .. } | Command::Put { .. } | Command::Incr { .. } | Command::Cas { .. } => {
                    self.propose(node, &submission, outside);
                }
            },
            Item::Word(payload) => {
                // Only a leader appends it; the decisions tell what became of it.
                let _refused = self.raft.propose(payload);
            }
            Item::Transfer(to) => self.raft.transfer_leader(to),
            Item::Next(to, index) => self.raft.set_next(to, index),
            Item::Member(membership) => {
                let change = membership.change(self.raft.status().conf);
                // A refused change is told by the decisions.
                if let Err(why) = self.raft.propose_conf_change(change)
                    && !matches!(why, ProposeError::ConfChange(_))
                {
                    outside.record(Happening::NotProposed { node, why });
                }
            }
            Item::SnapshotFate { to, arrived } => self.raft.report_snapshot(to, arrived),
            Item::Campaign => {
                // A node that became leader meanwhile does not campaign; the decisions tell of it.
                let _refused = self.raft.campaign();
            }
        }
        self.tell_decisions(node, outside);
    }

    fn propose(&mut self, node: NodeId, submission: &Submission, outside: &mut Outside<'_>) {
        let Submission { client, sequence, .. } = *submission;
        match self.raft.propose(submission.encode()) {
            Ok(position) => self.waiting.push(Waiting { client, sequence, index: position.index, term: position.term }),
            Err(_) => {
                let hint = self.raft.status().leader.filter(|&leader| leader != node);
                outside.answer(node, client, sequence, Answer::NotLeader { hint });
            }
        }
    }

    /// Handles Readys until there is none, or one must be synced first.
    fn readies(&mut self, node: NodeId, disk: &mut Disk, outside: &mut Outside<'_>) {
        while self.in_hand.is_none() && self.raft.has_ready() {
            let mut ready = self.raft.ready();
            outside.count_ready();
            outside.show(&self.raft, || Seen::HandedOut(Box::new(ready.clone())));
            if !self.rules.promises_wait {
                ready.messages.append(&mut ready.append.messages);
            }
            for message in ready.messages.drain(..) {
                self.send(node, message, disk, outside);
            }
            self.reads.confirm(&ready.read_states);
            self.write(node, &ready, disk, outside);
            if self.at_disk.is_used() {
                self.go_on(node, ready, disk, outside);
            } else if ready.must_sync {
                disk.begin_sync(self.raft.storage());
                outside.sync_later(node);
                self.in_hand = Some(ready);
            } else {
                self.complete(node, ready, disk, outside);
            }
        }
    }

    /// Lets a message leave, under the eyes of the checkers if it promises anything.
    fn send(&self, node: NodeId, message: Message, disk: &Disk, outside: &mut Outside<'_>) {
        let promise = if let MessageBody::RequestVoteResponse { granted: true, pre_vote: false } = message.body {
            Some(Promise::Vote(message.term))
        } else if let MessageBody::AppendEntriesResponse(AppendResult::Matched { index }) = message.body {
            Some(Promise::Log(message.term, index))
        } else {
            None
        };
        if let Some(promise) = promise {
            let durable = Durable { hard_state: disk.hard_state(), log: disk.synced_of(self.raft.storage()) };
            outside.fact(node, Fact::Promised(promise, message.to, durable));
        }
        outside.send(message);
    }

    /// Writes what the Ready asks for. It survives a crash only once it is synced.
    fn write(&mut self, node: NodeId, ready: &Ready, disk: &mut Disk, outside: &mut Outside<'_>) {
        let role = self.raft.status().role;
        let append = &ready.append;
        disk.write(self.raft.storage_mut(), append, &self.rules);
        if let Some(snapshot) = &append.snapshot {
            outside.fact(node, Fact::Installed(snapshot.last));
        }
        if let ([first, ..], [.., last]) = (&*append.entries, &*append.entries) {
            let command = match (&first.body, append.entries.len()) {
                (Body::Command(payload), 1) => Some(payload.clone()),
                (Body::ConfChange(change), 1) => Some(format!("member {change}").as_str().into()),
                (Body::Command(_) | Body::Noop | Body::ConfChange(_), _) => None,
            };
            let (from, to, term, own) = (first.index, last.index, last.term, role == Role::Leader);
            outside.record(Happening::Appended { node, from, to, term, command, own });
            outside.fact(node, Fact::Wrote(role, &append.entries));
        }
    }

    /// What the Ready wrote is safe: the messages that promise it leave, what is committed is applied, and the loop goes on.
    fn complete(&mut self, node: NodeId, mut ready: Ready, disk: &mut Disk, outside: &mut Outside<'_>) {
        self.promise(node, &mut ready.append, disk, outside);
        for entry in &ready.committed_entries {
            self.apply(node, entry, outside);
        }
        outside.show(&self.raft, || Seen::Synced(ready.append.mark.self_acks.clone()));
        self.raft.advance(ready);
        self.after_applying(node, disk, outside);
    }

    /// What an append wrote is safe: a snapshot replaces the store, and the messages that promise it leave.
    pub(super) fn promise(&mut self, node: NodeId, append: &mut Append, disk: &Disk, outside: &mut Outside<'_>) {
        if let Some(snapshot) = &append.snapshot {
            self.restore(node, snapshot, outside);
        }
        for message in append.messages.drain(..) {
            self.send(node, message, disk, outside);
        }
    }

    /// The core knows what is applied: what follows from that.
    pub(super) fn after_applying(&mut self, node: NodeId, disk: &mut Disk, outside: &mut Outside<'_>) {
        self.tell_decisions(node, outside);
        self.serve_reads(node, outside);
        let outgrown = self.compact_bytes > 0 && self.applied_bytes > self.compact_bytes;
        // A newcomer takes no snapshot that knows nothing of it: where there is one, it is made anew.
        let outdated = std::mem::take(&mut self.conf_changed) && self.raft.storage().first_index() > 1;
        let applied = self.raft.status().applied;
        // What is applied before it is committed, by a broken rule, is not yet acknowledged.
        if (outgrown || outdated) && applied >= self.raft.storage().first_index() {
            self.compact(node, applied, disk, outside);
        }
    }

    pub(super) fn apply(&mut self, node: NodeId, entry: &Entry, outside: &mut Outside<'_>) {
        self.applied_bytes += entry.size_bytes();
        let submission = match &entry.body {
            Body::Command(payload) => Submission::decode(payload),
            Body::Noop => None,
            Body::ConfChange(change) => {
                // It took effect when it was appended; an impossible one changes nothing.
                if let Ok(conf) = self.raft.apply_conf_change(change) {
                    self.conf = conf;
                    self.conf_changed = true;
                }
                None
            }
        };
        let mut answer = None;
        if let Some(submission) = submission {
            let (outcome, skipped) = match self.store.take(&submission, &self.rules) {
                Taken::Fresh(outcome) => {
                    outside.fact(node, Fact::TookEffect(submission.client, submission.sequence, entry.index));
                    (Some(outcome), false)
                }
                Taken::Again(outcome) => (Some(outcome), true),
                Taken::Outdated => (None, true),
            };
            answer.clone_from(&outcome);
            let command = submission.command;
            outside.record(Happening::Applied { node, index: entry.index, command, outcome, skipped });
        }
        outside.fact(node, Fact::Applied(entry, self.store.digest()));
        self.waiting.retain(|waiting| {
            if waiting.index != entry.index {
                return true;
            }
            let answer = match &answer {
                Some(outcome) if waiting.term == entry.term => Some(Answer::Done(outcome.clone())),
                // The session has gone on: nobody waits for this answer.
                None if waiting.term == entry.term => None,
                // Another entry took its place: the command was not done here, at least.
                Some(_) | None => Some(Answer::NotLeader { hint: None }),
            };
            if let Some(answer) = answer {
                outside.answer(node, waiting.client, waiting.sequence, answer);
            }
            false
        });
    }

    /// Records what the core decided.
    fn tell_decisions(&mut self, node: NodeId, outside: &mut Outside<'_>) {
        if self.raft.tracer_mut().0.is_empty() {
            return;
        }
        let mut decisions = std::mem::take(&mut self.raft.tracer_mut().0);
        for decision in decisions.drain(..) {
            outside.show(&self.raft, || Seen::Decided(decision.clone()));
            if let Decision::Committed { from, to } = decision {
                let (term, own) = (self.term_at(to), self.raft.status().role == Role::Leader);
                outside.record(Happening::Committed { node, from, to, term, own });
            } else if is_visible(&decision) {
                outside.record(Happening::Decided { node, decision: Box::new(decision) });
            }
        }
        self.raft.tracer_mut().0 = decisions;
    }

    fn term_at(&self, index: Index) -> u64 {
        self.raft.log().term_at(index).unwrap_or(0)
    }

    /// How the node stands, for the checkers.
    pub(super) fn standing(&self) -> Standing {
        let Status { role, term, commit, last, .. } = self.raft.status();
        Standing { role, term, commit, last }
    }
}
