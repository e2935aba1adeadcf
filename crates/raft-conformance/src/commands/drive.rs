//! Commands that make a node act.

use raft_core::{ConfChange, Message, MessageBody, NodeId, Payload, ProposeError, Role, Transition};

use super::setup::{ELECTION_TICKS, HEARTBEAT_TICKS};
use crate::arguments::{Arguments, Trouble, switch};
use crate::env::Environment;
use crate::env::envelope::Envelope;
use crate::output::Level;
use crate::words::{conf, decision::PROPOSAL_DROPPED, message};

impl Environment {
    pub(super) fn campaign(&mut self, arguments: Arguments<'_>) -> Result<(), Trouble> {
        let id = arguments.number_at(0, "the node")?;
        // A refusal is only logged.
        self.with(id, |node| node.raw.campaign()).map(|_| ())
    }

    pub(super) fn propose(&mut self, arguments: Arguments<'_>) -> Result<(), Trouble> {
        let data = Payload::from(arguments.word_at(1, "the data")?);
        let id = arguments.number_at(0, "the node")?;
        proposed(self.with(id, |node| node.raw.propose(data).map(drop))?)
    }

    pub(super) fn propose_conf_change(&mut self, arguments: Arguments<'_>, input: &str) -> Result<(), Trouble> {
        let id = arguments.number_at(0, "the node")?;
        let (mut first_kind, mut transition) = (false, Transition::Auto);
        for (key, value) in arguments.pairs() {
            match (key, value) {
                ("v1", value) => first_kind = switch(value)?,
                ("transition", "auto") => transition = Transition::Auto,
                ("transition", "implicit") => transition = Transition::Implicit,
                ("transition", "explicit") => transition = Transition::Explicit,
                ("transition", other) => return Err(Trouble::Said(format!("unknown transition {other}"))),
                (other, _) => return Err(Trouble::Said(format!("unknown command {other}"))),
            }
        }
        let changes = conf::parse_changes(input).map_err(Trouble::Said)?;
        if first_kind && (changes.len() != 1 || transition != Transition::Auto) {
            let rule = "v1 conf change can only have one operation and no transition";
            return Err(Trouble::Said(rule.to_string()));
        }
        let change = ConfChange { transition, changes, context: conf::kind_mark(first_kind) };
        proposed(self.with(id, |node| node.raw.propose_conf_change(change).map(drop))?)
    }

    pub(super) fn forget_leader(&mut self, arguments: Arguments<'_>) -> Result<(), Trouble> {
        self.with(arguments.number_at(0, "the node")?, |node| node.raw.forget_leader())
    }

    pub(super) fn tick_election(&mut self, arguments: Arguments<'_>) -> Result<(), Trouble> {
        self.tick(arguments, ELECTION_TICKS)
    }

    pub(super) fn tick_heartbeat(&mut self, arguments: Arguments<'_>) -> Result<(), Trouble> {
        self.tick(arguments, HEARTBEAT_TICKS)
    }

    fn tick(&mut self, arguments: Arguments<'_>, ticks: u32) -> Result<(), Trouble> {
        let id = arguments.number_at(0, "the node")?;
        (0..ticks).try_for_each(|_| self.with(id, |node| node.raw.tick()))
    }

    pub(super) fn transfer_leadership(&mut self, arguments: Arguments<'_>) -> Result<(), Trouble> {
        let (from, to): (NodeId, NodeId) = (arguments.number_of("from")?, arguments.number_of("to")?);
        self.node(to)?;
        self.with(from, |node| node.raw.transfer_leader(to))
    }

    pub(super) fn report_unreachable(&mut self, arguments: Arguments<'_>) -> Result<(), Trouble> {
        let [id, other] = arguments.nodes()?[..] else {
            let rule = "must specify exactly two node indexes: node on which to report, and reported node";
            return Err(Trouble::Said(rule.to_string()));
        };
        self.node(other)?;
        let node = self.node(id)?;
        if node.raw.status().role == Role::Leader && !node.knows(other) {
            self.output.log(Level::Debug, &format!("{id:x} no progress available for {other:x}"));
        }
        self.with(id, |node| node.raw.report_unreachable(other))
    }

    pub(super) fn report_snapshot(&mut self, arguments: Arguments<'_>) -> Result<(), Trouble> {
        let other: NodeId = arguments.number_at(1, "the node that the snapshot went to")?;
        let arrived = match arguments.word_at(2, "the fate of the snapshot")? {
            "arrived" => true,
            "lost" => false,
            fate => return Err(Trouble::bad(format!("a snapshot is arrived or lost, not {fate}"))),
        };
        self.with(arguments.number_at(0, "the node")?, |node| node.raw.report_snapshot(other, arrived))
    }

    pub(super) fn read_index(&mut self, arguments: Arguments<'_>) -> Result<(), Trouble> {
        let context: u64 = arguments.number_at(1, "the context")?;
        self.with(arguments.number_at(0, "the node")?, |node| node.raw.read_index(context))
    }

    pub(super) fn send_snapshot(&mut self, arguments: Arguments<'_>) -> Result<(), Trouble> {
        let [from, to] = arguments.nodes()?[..] else {
            return Err(Trouble::bad("two nodes are needed: from which, and to which"));
        };
        let raw = &self.node(from)?.raw;
        let body = MessageBody::InstallSnapshot { snapshot: raw.storage().to_send() };
        let envelope = Envelope::Message(Message { from, to, term: raw.status().term, body });
        self.output.say(&message::envelope(&envelope, ""));
        self.messages.push_back(envelope);
        Ok(())
    }
}

/// What etcd says of a proposal.
pub(super) fn proposed(outcome: Result<(), ProposeError>) -> Result<(), Trouble> {
    match outcome {
        // Forwarded: the leader will say. A refused configuration change: a no-op took its place, and the log says so.
        Ok(()) | Err(ProposeError::Forwarded { .. } | ProposeError::ConfChange(_)) => Ok(()),
        Err(
            ProposeError::NotLeader { .. }
            | ProposeError::Transferring { .. }
            | ProposeError::Removed
            | ProposeError::UncommittedLimit
            | ProposeError::Empty,
        ) => Err(Trouble::Said(PROPOSAL_DROPPED.to_string())),
    }
}
