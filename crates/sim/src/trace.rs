//! The trace: everything worth seeing that happened, one structured [`Record`] each, with one canonical line of text.
//!
//! A record is a fact with the numbers that were compared, not a sentence for people: the page has those, in two languages.
//! Ticks, heartbeats and acknowledgements that change nothing leave no record.

use std::fmt;
use std::sync::Arc;

use raft_core::{Decision, Index, NodeId, Payload, ProposeError, Term};

use crate::act_error::ActError;
use crate::action::Action;
use crate::checks::Violation;
use crate::command::{Command, command_text};
use crate::liveness::Note;
use crate::names::{ClientId, NodeName};
use crate::network::{Endpoint, MessageId};
use crate::store::Outcome;
use crate::sure::size;
use crate::trace_text::DecisionText;

/// A trace keeps at most this many records, and at least three quarters of them; older ones are dropped and come back when the run
/// is replayed from its beginning.
pub const RECORDS_MAX: usize = 1 << 14;

/// After time travel a trace keeps at least this many of the records before the moment, if there are that many.
pub const KEYFRAME_RECORDS: usize = 64;

/// One record of the trace.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// Its number in the run, from 0, without gaps.
    pub seq: u64,
    /// When, in simulated µs. Never decreases.
    pub at_us: u64,
    /// What.
    pub what: Happening,
}

impl fmt::Display for Record {
    /// The canonical line: `152000 n1 crashed`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.at_us, self.what)
    }
}

/// Why a message never arrived.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Loss {
    /// Its link was cut when it left or while it was on its way.
    Cut,
    /// Chance, or somebody's hand, took it.
    Dropped,
    /// The receiver had crashed.
    Down,
    /// The receiver's inbox was full.
    Full,
}

/// What happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Happening {
    /// Somebody intervened. A crash, a restart and a client's command have records of their own instead.
    Acted(Action),
    /// An action of the run could not be done when its time came; nothing changed.
    Refused {
        /// The action.
        action: Action,
        /// Why not.
        why: ActError,
    },
    /// A process ended.
    Crashed {
        /// The node.
        node: NodeId,
        /// How many entries of its log had been written and not synced.
        lost_entries: u64,
    },
    /// A new process started from the disk.
    Restarted {
        /// The node.
        node: NodeId,
        /// Its term, as synced.
        term: Term,
        /// The last index of its log, as synced.
        last_index: Index,
    },
    /// The core decided something.
    Decided {
        /// The node.
        node: NodeId,
        /// What, and why.
        decision: Box<Decision>,
    },
    /// Entries `from..=to` were written to a node's log, replacing what was there from `from` on. They are not synced yet.
    Appended {
        /// The node.
        node: NodeId,
        /// First index.
        from: Index,
        /// Last index.
        to: Index,
        /// The term of the last.
        term: Term,
        /// The payload, when it is one command.
        command: Option<Payload>,
        /// Whether the node is the leader that made them.
        own: bool,
    },
    /// Term, vote and log survive a crash as they are now.
    Synced {
        /// The node.
        node: NodeId,
        /// Its term.
        term: Term,
        /// Its vote in that term.
        voted_for: Option<NodeId>,
        /// The last index of its log.
        last_index: Index,
    },
    /// A node's commit index moved over `from..=to`.
    Committed {
        /// The node.
        node: NodeId,
        /// The first newly committed index.
        from: Index,
        /// The commit index now.
        to: Index,
        /// The term of the entry at `to`.
        term: Term,
        /// Whether the node, as leader, counted the matches itself.
        own: bool,
    },
    /// A node's store took a command.
    Applied {
        /// The node.
        node: NodeId,
        /// The entry's index.
        index: Index,
        /// The command.
        command: Command,
        /// What it came to; `None` if the session had gone on to later commands.
        outcome: Option<Outcome>,
        /// It was a retry of a command already applied, and changed nothing (thesis 6.3).
        skipped: bool,
    },
    /// A node read its store for a client, not through the log.
    Read {
        /// The node.
        node: NodeId,
        /// What its store had applied.
        index: Index,
        /// The command.
        command: Command,
        /// What it came to.
        outcome: Outcome,
    },
    /// A new node started with an empty disk; it is no member before a configuration says so.
    Joined {
        /// The node.
        node: NodeId,
    },
    /// A change of the configuration was asked for and not proposed.
    NotProposed {
        /// The node that was asked.
        node: NodeId,
        /// Why not.
        why: ProposeError,
    },
    /// A node made a snapshot of its store and dropped the beginning of its log (§7).
    Compacted {
        /// The node.
        node: NodeId,
        /// The last index that is gone.
        index: Index,
        /// The last index that the snapshot stands for.
        snapshot: Index,
    },
    /// A message, other than a heartbeat, never arrived.
    Lost {
        /// The message.
        message: MessageId,
        /// Why.
        why: Loss,
    },
    /// A client put a command behind the one it is busy with.
    ClientQueued {
        /// The client.
        client: ClientId,
        /// The command.
        command: Command,
    },
    /// A client sent its command to a node.
    ClientAsked {
        /// The client.
        client: ClientId,
        /// The node.
        node: NodeId,
        /// The command.
        command: Command,
        /// How often it has been sent now, from 1.
        attempt: u32,
    },
    /// A node told a client that it does not lead.
    ClientRedirected {
        /// The client.
        client: ClientId,
        /// The node.
        node: NodeId,
        /// Whom the node takes for the leader.
        leader: Option<NodeId>,
    },
    /// A client got no answer in time. Its command may or may not happen.
    ClientTimedOut {
        /// The client.
        client: ClientId,
        /// The node that it had asked.
        node: NodeId,
        /// The command.
        command: Command,
    },
    /// A client got its answer.
    ClientAnswered {
        /// The client.
        client: ClientId,
        /// Who answered.
        node: NodeId,
        /// The command.
        command: Command,
        /// What it came to.
        outcome: Outcome,
    },
    /// Nothing goes forward, for two election timeouts already. That is no violation.
    Stalled(Note),
    /// A property of Raft fell.
    Violated(Violation),
}

impl Happening {
    /// What kind of happening it is, in one word.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Happening::Acted(_) => "acted",
            Happening::Refused { .. } => "refused",
            Happening::Crashed { .. } => "crashed",
            Happening::Restarted { .. } => "restarted",
            Happening::Decided { .. } => "decided",
            Happening::Appended { .. } => "appended",
            Happening::Synced { .. } => "synced",
            Happening::Committed { .. } => "committed",
            Happening::Applied { .. } => "applied",
            Happening::Read { .. } => "read",
            Happening::Joined { .. } => "joined",
            Happening::NotProposed { .. } => "notProposed",
            Happening::Compacted { .. } => "compacted",
            Happening::Lost { .. } => "lost",
            Happening::ClientQueued { .. } => "clientQueued",
            Happening::ClientAsked { .. } => "clientAsked",
            Happening::ClientRedirected { .. } => "clientRedirected",
            Happening::ClientTimedOut { .. } => "clientTimedOut",
            Happening::ClientAnswered { .. } => "clientAnswered",
            Happening::Stalled(_) => "stalled",
            Happening::Violated(_) => "violated",
        }
    }

    /// The node or client that it happened to; `None` if it is about the network or the whole cluster.
    #[must_use]
    pub fn who(&self) -> Option<Endpoint> {
        match self {
            Happening::Crashed { node, .. }
            | Happening::Restarted { node, .. }
            | Happening::Decided { node, .. }
            | Happening::Appended { node, .. }
            | Happening::Synced { node, .. }
            | Happening::Committed { node, .. }
            | Happening::Applied { node, .. }
            | Happening::Read { node, .. }
            | Happening::Joined { node }
            | Happening::NotProposed { node, .. }
            | Happening::Compacted { node, .. } => Some(Endpoint::Node(*node)),
            Happening::ClientQueued { client, .. }
            | Happening::ClientAsked { client, .. }
            | Happening::ClientRedirected { client, .. }
            | Happening::ClientTimedOut { client, .. }
            | Happening::ClientAnswered { client, .. } => Some(Endpoint::Client(*client)),
            Happening::Acted(_)
            | Happening::Refused { .. }
            | Happening::Lost { .. }
            | Happening::Stalled(_)
            | Happening::Violated(_) => None,
        }
    }
}

impl fmt::Display for Happening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Happening::Acted(action) => write!(f, "action {action}"),
            Happening::Refused { action, why } => write!(f, "refused {action}: {why}"),
            Happening::Crashed { node, lost_entries } => {
                write!(f, "n{node} crashed, {lost_entries} unsynced entries lost")
            }
            Happening::Restarted { node, term, last_index } => {
                write!(f, "n{node} restarted in term {term} with a log up to {last_index}")
            }
            Happening::Decided { node, decision } => write!(f, "n{node} {}", DecisionText(decision)),
            Happening::Appended { node, from, to, term, command, own } => {
                write!(f, "n{node} {} {from}..{to} of term {term}", if *own { "proposed" } else { "appended" })?;
                command.as_ref().map_or(Ok(()), |payload| write!(f, ": {}", command_text(payload)))
            }
            Happening::Synced { node, term, voted_for, last_index } => {
                write!(
                    f,
                    "n{node} synced: term {term}, vote {}, log up to {last_index}",
                    OrNone(voted_for.map(NodeName))
                )
            }
            Happening::Committed { node, from, to, term, own } => {
                let how = if *own { "by counting" } else { "as told" };
                write!(f, "n{node} committed {from}..{to}, the last of term {term}, {how}")
            }
            Happening::Applied { node, index, command, outcome, skipped } => {
                write!(f, "n{node} {} {index}: {command}", if *skipped { "skipped" } else { "applied" })?;
                outcome.as_ref().map_or(Ok(()), |outcome| write!(f, " -> {outcome}"))
            }
            Happening::Read { node, index, command, outcome } => {
                write!(f, "n{node} reads its store, applied up to {index}: {command} -> {outcome}")
            }
            Happening::Joined { node } => write!(f, "n{node} starts with an empty disk"),
            Happening::NotProposed { node, why } => write!(f, "n{node} proposes no change of the configuration: {why}"),
            Happening::Compacted { node, index, snapshot } => {
                write!(f, "n{node} dropped its log up to {index}; its snapshot stands for 1..{snapshot}")
            }
            Happening::Lost { message, why } => write!(f, "lost {message}: {}", loss(*why)),
            Happening::ClientQueued { client, command } => write!(f, "{client} queued {command}"),
            Happening::ClientAsked { client, node, command, attempt } => {
                write!(f, "{client} asked n{node} for {command}, attempt {attempt}")
            }
            Happening::ClientRedirected { client, node, leader } => {
                write!(f, "{client} was told by n{node}: not leader, ask {}", OrNone(leader.map(NodeName)))
            }
            Happening::ClientTimedOut { client, node, command } => {
                write!(f, "{client} got no answer from n{node} for {command}")
            }
            Happening::ClientAnswered { client, node, command, outcome } => {
                write!(f, "{client} was answered by n{node}: {command} -> {outcome}")
            }
            Happening::Stalled(note) => write!(f, "note: {note}"),
            Happening::Violated(violation) => write!(f, "VIOLATED {violation}"),
        }
    }
}

fn loss(why: Loss) -> &'static str {
    match why {
        Loss::Cut => "the link is cut",
        Loss::Dropped => "it was dropped",
        Loss::Down => "the receiver is down",
        Loss::Full => "the receiver's inbox is full",
    }
}

/// Prints a value, or `none`.
pub(crate) struct OrNone<T>(pub(crate) Option<T>);

impl<T: fmt::Display> fmt::Display for OrNone<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(value) => value.fmt(f),
            None => f.write_str("none"),
        }
    }
}

/// The latest records of a run, at most [`RECORDS_MAX`].
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// Shared with the copies of this trace: a keyframe has no records of its own.
    records: Vec<Arc<Record>>,
    next_seq: u64,
}

impl Trace {
    pub(crate) fn push(&mut self, at_us: u64, what: Happening) {
        if self.records.len() == RECORDS_MAX {
            self.records.drain(..RECORDS_MAX / 4);
        }
        self.records.push(Arc::new(Record { seq: self.next_seq, at_us, what }));
        self.next_seq += 1;
    }

    /// A trace that goes on with the same numbers and keeps only the latest [`KEYFRAME_RECORDS`] records.
    pub(crate) fn tail(&self) -> Trace {
        let kept = self.records.len().min(KEYFRAME_RECORDS);
        let records = self.records[self.records.len() - kept..].to_vec();
        Trace { records, next_seq: self.next_seq }
    }

    /// The number of the next record: how many there have been in the run so far.
    #[must_use]
    pub fn next_seq(&self) -> u64 {
        self.next_seq
    }

    /// The number of the oldest record that is still kept.
    #[must_use]
    pub fn first_seq(&self) -> u64 {
        self.next_seq - self.records.len() as u64
    }

    /// The kept records from number `seq` on, in order.
    pub fn from(&self, seq: u64) -> impl Iterator<Item = &Record> {
        let skipped = seq.saturating_sub(self.first_seq()).min(self.records.len() as u64);
        self.records[size(skipped)..].iter().map(Arc::as_ref)
    }

    /// Every kept record, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Record> {
        self.records.iter().map(Arc::as_ref)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_records_make_room_and_numbers_have_no_gaps() {
        let mut trace = Trace::default();
        for at_us in 0..RECORDS_MAX as u64 + 10 {
            trace.push(at_us, Happening::Crashed { node: 1, lost_entries: 0 });
        }
        let dropped = RECORDS_MAX / 4;
        assert_eq!((trace.first_seq(), trace.next_seq()), (dropped as u64, RECORDS_MAX as u64 + 10));
        assert!(trace.iter().zip(dropped as u64..).all(|(record, seq)| record.seq == seq && record.at_us == seq));
        assert_eq!(trace.from(0).count(), RECORDS_MAX + 10 - dropped);
        assert_eq!(trace.from(trace.next_seq() - 2).count(), 2);
        assert_eq!(trace.from(u64::MAX).count(), 0);
    }
}
