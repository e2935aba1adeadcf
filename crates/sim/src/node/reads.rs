//! Reads that do not go through the log (§8, thesis 6.4): from the store as it is, by ReadIndex, by lease.

use raft_core::{Index, NodeId, ReadState, Role};

use super::Process;
use crate::command::{Command, Reading, Submission};
use crate::names::ClientId;
use crate::network::Answer;
use crate::trace::Happening;
use crate::world::Outside;

/// Reads that wait to be confirmed, or for the store to get as far.
#[derive(Clone, Debug, Default)]
pub(super) struct Reads {
    waiting: Vec<Waiting>,
    /// Names reads to the core. A new process begins anew: the core must not take one process's rounds for another's.
    context: u64,
}

#[derive(Clone, Debug)]
struct Waiting {
    context: u64,
    client: ClientId,
    sequence: u64,
    command: Command,
    /// What the store must have applied; `None` until the leader has confirmed it.
    index: Option<Index>,
}

impl Reads {
    /// The core has confirmed these.
    pub(super) fn confirm(&mut self, states: &[ReadState]) {
        for ReadState { index, context } in states {
            let read = self.waiting.iter_mut().find(|read| read.context == *context && read.index.is_none());
            if let Some(read) = read {
                read.index = Some(*index);
            }
        }
    }
}

impl Process {
    /// Takes up a read. Who does not lead passes one by ReadIndex on to the leader, and refuses one by lease.
    pub(super) fn read(&mut self, node: NodeId, submission: &Submission, how: Reading, outside: &mut Outside<'_>) {
        let Submission { client, sequence, command } = submission;
        let (client, sequence, command) = (*client, *sequence, command.clone());
        let (leads, leader) = (self.raft.status().role == Role::Leader, self.raft.status().leader);
        // The client has given up what it asked before.
        self.reads.waiting.retain(|read| read.client != client);
        match how {
            Reading::Local | Reading::Log => return self.answer_read(node, client, sequence, command, outside),
            Reading::Index if leader.is_none() => {
                return outside.answer(node, client, sequence, Answer::NotLeader { hint: None });
            }
            Reading::Lease if !leads => {
                return outside.answer(node, client, sequence, Answer::NotLeader { hint: leader });
            }
            Reading::Index | Reading::Lease => {}
        }
        self.reads.context += 1;
        let context = self.reads.context;
        self.reads.waiting.push(Waiting { context, client, sequence, command, index: None });
        if how == Reading::Lease {
            self.raft.read_by_lease(context);
        } else {
            self.raft.read_index(context);
        }
    }

    /// Answers the reads that the store is far enough for.
    pub(super) fn serve_reads(&mut self, node: NodeId, outside: &mut Outside<'_>) {
        let applied = self.raft.status().applied;
        let is_due = |read: &Waiting| read.index.is_some_and(|index| index <= applied);
        while let Some(at) = self.reads.waiting.iter().position(is_due) {
            let Waiting { client, sequence, command, .. } = self.reads.waiting.remove(at);
            self.answer_read(node, client, sequence, command, outside);
        }
    }

    fn answer_read(&self, node: NodeId, client: ClientId, sequence: u64, command: Command, outside: &mut Outside<'_>) {
        let outcome = self.store.read(command.key());
        let index = self.raft.status().applied;
        outside.record(Happening::Read { node, index, command, outcome: outcome.clone() });
        outside.answer(node, client, sequence, Answer::Done(outcome));
    }
}
