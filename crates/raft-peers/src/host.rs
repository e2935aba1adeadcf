//! A node with its disk and its state machine, whoever wrote the node: what the network and the judge see of it.

use raft::eraftpb::Message as TheirMessage;
use raft_core::{
    Body, ConfChange, ConfState, Entry, HardState, Index, Message, NodeId, Payload, Position, Role, Storage, Term,
};

use crate::rng::mix;
use crate::translate;

/// A message on its way, in the words of whoever sent it.
#[derive(Clone, Debug)]
pub enum Letter {
    /// From a node of ours.
    Ours(Message),
    /// From a node of raft-rs.
    Theirs(TheirMessage),
}

impl Letter {
    /// Who sent it.
    pub fn from(&self) -> NodeId {
        match self {
            Letter::Ours(message) => message.from,
            Letter::Theirs(message) => message.from,
        }
    }

    /// To whom it goes.
    pub fn to(&self) -> NodeId {
        match self {
            Letter::Ours(message) => message.to,
            Letter::Theirs(message) => message.to,
        }
    }

    /// Whether it brings a snapshot: its sender waits for a report of its fate.
    pub fn is_snapshot(&self) -> bool {
        match self {
            Letter::Ours(message) => matches!(message.body, raft_core::MessageBody::InstallSnapshot { .. }),
            Letter::Theirs(message) => message.get_msg_type() == raft::eraftpb::MessageType::MsgSnapshot,
        }
    }

    /// Whether it tells its receiver to campaign at once (thesis 3.10).
    pub fn is_timeout_now(&self) -> bool {
        match self {
            Letter::Ours(message) => matches!(message.body, raft_core::MessageBody::TimeoutNow),
            Letter::Theirs(message) => message.get_msg_type() == raft::eraftpb::MessageType::MsgTimeoutNow,
        }
    }

    /// The message in our words; `None` for what means nothing to us.
    pub fn into_ours(self) -> Option<Message> {
        match self {
            Letter::Ours(message) => Some(message),
            Letter::Theirs(message) => translate::to_ours(&message),
        }
    }

    /// The message in raft-rs' words.
    pub fn into_theirs(self) -> TheirMessage {
        match self {
            Letter::Ours(message) => translate::to_theirs(&message),
            Letter::Theirs(message) => message,
        }
    }
}

/// What a node is right now.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct View {
    /// Its part.
    pub role: Role,
    /// Its term.
    pub term: Term,
    /// Who has its vote in this term.
    pub voted_for: Option<NodeId>,
    /// Its leader, as far as it knows.
    pub leader: Option<NodeId>,
    /// Its commit index.
    pub commit: Index,
    /// Its first index in the log.
    pub first: Index,
    /// The position of its last entry.
    pub last: Position,
}

/// Settings that both cores have.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    /// Nodes in the cluster, all voters.
    pub nodes: u64,
    /// Ask for pre-votes.
    pub pre_vote: bool,
    /// Leaders check that they reach a quorum; voters keep their leader for an election timeout.
    pub check_quorum: bool,
    /// Most bytes of entries in one message.
    pub message_bytes_max: u64,
    /// Most messages on their way to one node.
    pub inflight_max: u32,
}

/// Ticks between heartbeats.
pub const HEARTBEAT_TICKS: u32 = 2;
/// Shortest election timeout in ticks; the longest is one less than twice as long.
pub const ELECTION_TICKS: u32 = 10;

/// Where in its `Ready` a node crashes.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum CrashPoint {
    /// After the messages that may leave at once, before anything is written.
    BeforeWrite,
    /// After the write, before the messages that promise it.
    AfterWrite,
    /// After those, before anything is applied.
    BeforeApply,
}

/// What came of a node's `Ready`s.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Messages that left.
    pub letters: Vec<Letter>,
    /// Hard states in the order in which they were written.
    pub hard_states: Vec<HardState>,
    /// Entries in the order in which they were written, and the term of what each run of them follows.
    pub written: Vec<(Term, Vec<Entry>)>,
    /// Reads that became answerable: their index and their context.
    pub reads: Vec<(Index, u64)>,
    /// The node crashed on the way.
    pub crashed: bool,
}

/// A node with its disk and its state machine.
pub trait Host {
    /// "ours" or "theirs".
    fn kind(&self) -> &'static str;
    /// Lets a tick pass.
    fn tick(&mut self);
    /// Takes a message. What the node refuses is gone.
    fn receive(&mut self, letter: Letter);
    /// Proposes a command; whether the node took it.
    fn propose(&mut self, command: &[u8]) -> bool;
    /// Proposes a command, whatever becomes of it.
    fn try_propose(&mut self, command: &[u8]) {
        let _ = self.propose(command);
    }
    /// Proposes a change of the configuration; a node that does not lead, or that refuses it, does nothing.
    fn propose_change(&mut self, change: &ConfChange);
    /// The configuration that it goes by.
    fn conf(&self) -> ConfState;
    /// Campaigns at once.
    fn campaign(&mut self);
    /// Hands the leadership over.
    fn transfer(&mut self, to: NodeId);
    /// Asks for a read of this name.
    fn read(&mut self, context: u64);
    /// Tells a leader what became of a snapshot.
    fn report_snapshot(&mut self, to: NodeId, arrived: bool);
    /// Does all that the node's `Ready`s ask for, up to the crash point.
    fn process(&mut self, crash: Option<CrashPoint>) -> Outcome;
    /// Whether something was handed out and is not written yet: nodes that write at once have nothing of the kind.
    fn is_writing(&self) -> bool {
        false
    }
    /// Writes the oldest of that, and does what follows from it.
    fn sync(&mut self) -> Outcome {
        Outcome::default()
    }
    /// Starts again from the disk.
    fn restart(&mut self);
    /// Makes a snapshot of what is applied and removes the log up to `keep` entries before it.
    fn compact(&mut self, keep: u64);
    /// Makes the snapshot anew if it tells of another configuration than the node's: whoever is not named in a snapshot
    /// refuses it, so that an old one would keep a newcomer out for ever (a duty of hosts by etcd's dialect).
    fn renew_snapshot(&mut self);
    /// Sets the timeout at which a follower or candidate campaigns.
    fn set_election_timeout(&mut self, ticks: u32);
    /// What it is right now.
    fn view(&self) -> View;
    /// The entry at `index` of its log, written or not.
    fn entry(&self, index: Index) -> Option<Entry>;
    /// Its disk.
    fn disk(&self) -> &dyn DiskView;
    /// Its state machine.
    fn machine(&self) -> &Machine;
}

/// What the judge reads of a disk.
pub trait DiskView {
    /// Whether the entry at this position would survive a crash, in the log or under a snapshot.
    fn holds(&self, position: Position) -> bool;
}

impl DiskView for raft_core::MemStorage {
    fn holds(&self, position: Position) -> bool {
        position.index < self.first_index() || self.term(position.index) == Ok(position.term)
    }
}

/// A state machine whose state is a chain of everything it ever applied.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Machine {
    /// The index of the last entry applied.
    pub applied: Index,
    /// The chain.
    pub state: u64,
    /// The states after each index since the machine last started.
    pub history: Vec<(Index, u64)>,
}

impl Machine {
    /// Applies the next entry.
    ///
    /// # Panics
    /// When it is not the next one: the core promises that.
    pub fn apply(&mut self, entry: &Entry) {
        assert_eq!(entry.index, self.applied + 1, "entries are applied in order");
        self.applied = entry.index;
        self.state = mix(self.state ^ fingerprint(entry));
        self.history.push((self.applied, self.state));
    }

    /// The state as a snapshot holds it.
    pub fn save(&self) -> Payload {
        Payload::from(&self.state.to_le_bytes()[..])
    }

    /// Starts over from a snapshot, or from nothing when `index` is 0.
    ///
    /// # Panics
    /// When the data is not what `save` made.
    pub fn restore(&mut self, index: Index, data: &[u8]) {
        let state = if index == 0 { 0 } else { u64::from_le_bytes(data.try_into().expect("made by save")) };
        *self = Machine { applied: index, state, history: vec![(index, state)] };
    }
}

/// A number for an entry: equal entries have equal ones, and others hardly ever.
pub fn fingerprint(entry: &Entry) -> u64 {
    let bytes: &[u8] = match &entry.body {
        Body::Noop => &[],
        Body::Command(payload) => payload,
        Body::ConfChange(change) => &change.context,
    };
    let start = mix(entry.term ^ mix(entry.index));
    bytes.iter().fold(start, |sum, &byte| sum.wrapping_mul(0x0100_0000_01b3) ^ u64::from(byte))
}
