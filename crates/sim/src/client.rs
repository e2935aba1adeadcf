//! A client: submits commands one at a time, finds the leader, and retries until it is answered.
//!
//! It asks a node; one that does not lead names the leader; one that does not answer in time is given up for the next. The
//! command keeps its sequence number through all attempts, so however often it is sent, it takes effect once (thesis §6.3).
//! A client may also be in a closed loop: it asks the same again whenever it was answered, thinking in between.
//! This file decides; `world/clients.rs` sends and schedules.

use raft_core::NodeId;

use crate::command::{Command, Submission};
use crate::names::ClientId;
use crate::network::Answer;
use crate::store::Outcome;

/// A client has at most this many commands waiting.
pub const QUEUE_MAX: usize = 1_000;

/// A client that has asked this often follows no more hints for that command and goes round all nodes: two nodes that were
/// removed from the cluster, and do not know, could otherwise keep it for ever, one sending it to the other.
pub const HINTED_ATTEMPTS_MAX: u32 = 30;

/// A command that is being asked for.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Asking {
    /// The command.
    pub command: Command,
    /// When it was first sent, in µs.
    pub since_us: u64,
    /// How often it has been sent, from 1.
    pub attempt: u32,
    /// The node asked now; `None` while the client waits before it tries again.
    pub node: Option<NodeId>,
}

/// What a client was last answered.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Answered {
    /// The command.
    pub command: Command,
    /// What it came to.
    pub outcome: Outcome,
    /// When it was first sent, in µs.
    pub since_us: u64,
    /// How often it was sent.
    pub attempt: u32,
}

/// A closed loop: what is asked, whom first, and how long the client thinks after an answer, in µs.
pub type Cycle = (Command, Option<NodeId>, u64);

/// What a client does next.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum Next {
    /// Nothing: it waits for an answer, or has nothing to ask.
    Rest,
    /// Sends its command to this node and waits for an answer.
    Ask(NodeId),
    /// Waits a little and then tries the next node: nobody knows a leader.
    Pause,
}

/// A client, its queue and what it knows of the leader.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Client {
    id: ClientId,
    nodes: u64,
    sequence: u64,
    queue: Vec<(Command, Option<NodeId>)>,
    asking: Option<Asking>,
    answered: Option<Answered>,
    /// Whom it asks first: the last one that answered as leader, or was named as one.
    favourite: NodeId,
    /// The node that did not answer this command in time: whoever still names it as the leader is not believed, or a client
    /// in front of a partition would be sent to and fro between two nodes of the minority for ever.
    given_up: Option<NodeId>,
    /// Counts changes of what it waits for; a wake-up of an older epoch means nothing.
    pub(crate) epoch: u32,
    /// The interval of its load, in µs, and the epoch of that setting.
    pub(crate) load: Option<u64>,
    pub(crate) load_epoch: u32,
    /// Its closed loop, and the epoch of its latest thinking.
    pub(crate) cycle: Option<Cycle>,
    pub(crate) thought_epoch: u32,
}

impl Client {
    pub(crate) fn new(id: ClientId, nodes: u64) -> Client {
        Client {
            id,
            nodes,
            sequence: 0,
            queue: Vec::new(),
            asking: None,
            answered: None,
            favourite: 1,
            given_up: None,
            epoch: 0,
            load: None,
            load_epoch: 0,
            cycle: None,
            thought_epoch: 0,
        }
    }

    /// One more node is there to be asked.
    pub(crate) fn join(&mut self) {
        self.nodes += 1;
    }

    /// Its name.
    #[must_use]
    pub fn id(&self) -> ClientId {
        self.id
    }

    /// The command it asks for now.
    #[must_use]
    pub fn asking(&self) -> Option<&Asking> {
        self.asking.as_ref()
    }

    /// Its latest answer.
    #[must_use]
    pub fn answered(&self) -> Option<&Answered> {
        self.answered.as_ref()
    }

    /// How many commands wait behind the present one.
    #[must_use]
    pub fn queued(&self) -> usize {
        self.queue.len()
    }

    /// How many commands it has begun; also the sequence number of the latest.
    #[must_use]
    pub fn sequence(&self) -> u64 {
        self.sequence
    }

    /// The interval of its load in µs, if it has one.
    #[must_use]
    pub fn load_us(&self) -> Option<u64> {
        self.load
    }

    /// Its closed loop, if it is in one.
    #[must_use]
    pub fn cycle(&self) -> Option<&Cycle> {
        self.cycle.as_ref()
    }

    /// The present command with its session.
    pub(crate) fn submission(&self) -> Option<Submission> {
        let command = self.asking.as_ref()?.command.clone();
        Some(Submission { client: self.id, sequence: self.sequence, command })
    }

    /// Puts a command at the end of the queue. The caller has made sure that there is room.
    pub(crate) fn submit(&mut self, command: Command, via: Option<NodeId>) {
        assert!(self.queue.len() < QUEUE_MAX, "{} has a full queue", self.id);
        self.queue.push((command, via));
    }

    /// Begins the next command if there is none under way.
    pub(crate) fn begin(&mut self, now_us: u64) -> Next {
        if self.asking.is_some() || self.queue.is_empty() {
            return Next::Rest;
        }
        let (command, via) = self.queue.remove(0);
        self.sequence += 1;
        self.given_up = None;
        self.asking = Some(Asking { command, since_us: now_us, attempt: 0, node: None });
        self.ask(via.unwrap_or(self.favourite))
    }

    fn ask(&mut self, node: NodeId) -> Next {
        let asking = self.asking.as_mut().expect("only a client with a command asks");
        asking.attempt = asking.attempt.saturating_add(1);
        asking.node = Some(node);
        self.favourite = node;
        self.epoch += 1;
        Next::Ask(node)
    }

    fn after(&self, node: NodeId) -> NodeId {
        node % self.nodes + 1
    }

    /// Takes an answer from `node` to its command number `sequence`. True if that settled the command.
    pub(crate) fn answer(&mut self, node: NodeId, sequence: u64, answer: Answer) -> (bool, Next) {
        let Some(asking) = self.asking.as_mut().filter(|_| sequence == self.sequence) else {
            return (false, Next::Rest); // an answer to a command that is settled
        };
        match answer {
            Answer::Done(outcome) => {
                let Asking { command, since_us, attempt, .. } = self.asking.take().expect("it is asking");
                self.answered = Some(Answered { command, outcome, since_us, attempt });
                self.favourite = node;
                self.epoch += 1;
                (true, Next::Rest)
            }
            // Only the node that it waits for can send it elsewhere: a late refusal is no news.
            Answer::NotLeader { .. } if asking.node != Some(node) => (false, Next::Rest),
            Answer::NotLeader { hint: Some(leader) }
                if leader != node && self.given_up != Some(leader) && asking.attempt < HINTED_ATTEMPTS_MAX =>
            {
                (false, self.ask(leader))
            }
            Answer::NotLeader { .. } => {
                asking.node = None;
                self.favourite = self.after(node);
                self.epoch += 1;
                (false, Next::Pause)
            }
        }
    }

    /// Its patience, or its pause, is over: it asks the next node.
    pub(crate) fn wake(&mut self) -> Next {
        match &self.asking {
            None => Next::Rest,
            Some(Asking { node: Some(silent), .. }) => {
                let silent = *silent;
                self.given_up = Some(silent);
                self.ask(self.after(silent))
            }
            Some(Asking { node: None, .. }) => self.ask(self.favourite),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client() -> Client {
        let mut client = Client::new(ClientId::new(1).unwrap(), 3);
        let key: std::sync::Arc<str> = "x".into();
        client.submit(Command::Incr { key: key.clone() }, None);
        client.submit(Command::Get { key, how: Default::default() }, Some(3));
        client
    }

    const DONE: Answer = Answer::Done(Outcome::Counted(1));

    #[test]
    fn a_redirected_client_asks_the_leader_and_remembers_it() {
        let mut client = client();
        assert_eq!(client.begin(5), Next::Ask(1));
        assert_eq!(client.begin(6), Next::Rest, "one command at a time");
        assert_eq!(client.answer(1, 1, Answer::NotLeader { hint: Some(2) }), (false, Next::Ask(2)));
        assert_eq!(client.asking().map(|asking| (asking.attempt, asking.since_us)), Some((2, 5)));
        assert_eq!(client.answer(2, 1, DONE), (true, Next::Rest));
        assert_eq!(client.begin(9), Next::Ask(3), "the next command goes where it was told to go");
        assert_eq!(client.sequence(), 2);
    }

    #[test]
    fn silence_and_leaderless_nodes_lead_to_the_next_node() {
        let mut client = client();
        client.begin(0);
        assert_eq!(client.wake(), Next::Ask(2));
        assert_eq!(client.answer(1, 1, Answer::NotLeader { hint: None }), (false, Next::Rest), "too late to matter");
        assert_eq!(client.answer(2, 1, Answer::NotLeader { hint: None }), (false, Next::Pause));
        assert_eq!(client.wake(), Next::Ask(3));
        assert_eq!(client.wake(), Next::Ask(1));
        assert_eq!(client.sequence(), 1, "every attempt has the same number");
    }

    /// Goal: a client whose leader sits in a minority finds the majority. Method: n2, in the same minority, keeps naming it.
    #[test]
    fn a_node_that_was_given_up_is_not_asked_again_because_another_still_believes_in_it() {
        let mut client = client();
        client.begin(0);
        assert_eq!(client.wake(), Next::Ask(2), "n1 is silent");
        assert_eq!(client.answer(2, 1, Answer::NotLeader { hint: Some(1) }), (false, Next::Pause));
        assert_eq!(client.wake(), Next::Ask(3), "n3 may know better");
        assert_eq!(client.answer(3, 1, Answer::NotLeader { hint: Some(2) }), (false, Next::Ask(2)));
        assert_eq!(client.answer(2, 1, DONE), (true, Next::Rest));
    }

    /// Goal: two nodes outside of the cluster do not keep a client. Method: n1 names n3, n3 knows nobody, n2 would do.
    #[test]
    fn nodes_that_send_a_client_to_and_fro_lose_it_in_the_end() {
        let mut client = client();
        let mut next = client.begin(0);
        for _ in 0..2 * HINTED_ATTEMPTS_MAX {
            next = match next {
                Next::Ask(2) => return,
                Next::Ask(1) => client.answer(1, 1, Answer::NotLeader { hint: Some(3) }).1,
                Next::Ask(_) => client.answer(3, 1, Answer::NotLeader { hint: None }).1,
                Next::Pause | Next::Rest => client.wake(),
            };
        }
        panic!("n2 was never asked");
    }

    #[test]
    fn a_late_success_still_settles_the_command_and_a_second_one_does_not() {
        let mut client = client();
        client.begin(0);
        client.wake();
        assert_eq!(client.answer(1, 1, DONE), (true, Next::Rest));
        assert_eq!(client.answer(2, 1, DONE), (false, Next::Rest));
        client.begin(7);
        assert_eq!(client.answer(2, 1, DONE), (false, Next::Rest), "an answer to an older command");
    }
}
