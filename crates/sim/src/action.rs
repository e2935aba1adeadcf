//! The one vocabulary of interventions. What a click makes, what a scene holds, what a link carries and what a bug report
//! quotes is an [`Action`], with one text form that reads back: `crash n1`, `cut n1>n2`, `client c1 put x 1`.
//!
//! An action says what is done, not whether it can be: that is decided by the world it meets (`act.rs`).

use std::fmt;
use std::sync::Arc;

use raft_core::{Index, NodeId};

use crate::command::Command;
use crate::names::{ClientId, NodeSet};
use crate::network::MessagePattern;
use crate::rules::RuleId;
use crate::time::{MILLISECOND_US, SECOND_US, Span};
use crate::words::say;

mod membership;
mod read;

pub use membership::Membership;

/// One direction of a link, or both.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Path {
    /// Both ways. Prints as `n1 n2`.
    Between(NodeId, NodeId),
    /// Only from the first to the second. Prints as `n1>n2`.
    OneWay {
        /// The sender.
        from: NodeId,
        /// The receiver.
        to: NodeId,
    },
}

impl Path {
    /// The two ends: of a one-way path sender and receiver.
    #[must_use]
    pub fn ends(self) -> (NodeId, NodeId) {
        match self {
            Path::Between(a, b) => (a, b),
            Path::OneWay { from, to } => (from, to),
        }
    }

    /// Whether it is a way from the one to the other.
    pub(crate) fn leads(self, from: NodeId, to: NodeId) -> bool {
        match self {
            Path::Between(a, b) => (a, b) == (from, to) || (b, a) == (from, to),
            Path::OneWay { .. } => self.ends() == (from, to),
        }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Between(a, b) => say(f, "n# n#", &[*a, *b], &""),
            Path::OneWay { from, to } => say(f, "n#>n#", &[*from, *to], &""),
        }
    }
}

/// What a `heal` heals.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Healing {
    /// Every link.
    All,
    /// Every link of one node.
    Node(NodeId),
    /// One link.
    Path(Path),
}

/// What of the unsynced writes is lost in a crash.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Losing {
    /// Everything: term, vote and entries.
    All,
    /// At most this many entries, from the end. Term and vote had reached the disk, as had the entries before.
    Tail(u64),
}

/// How well a link carries messages. The default is the run's `latency` and nothing lost, doubled or out of order.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Quality {
    /// How long a message travels, in µs; `None` is the run's `latency`.
    pub latency_us: Option<Span>,
    /// How many of a hundred messages are lost, 0..=100.
    pub loss_percent: u8,
    /// How many of a hundred messages are sent twice, 0..=100.
    pub duplicate_percent: u8,
    /// Whether a message may overtake an earlier one.
    pub reorders: bool,
}

impl fmt::Display for Quality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Quality::default() {
            return f.write_str("normal");
        }
        let mut space = "";
        if let Some(span) = self.latency_us {
            write!(f, "latency {span}")?;
            space = " ";
        }
        for (name, percent) in [("loss", self.loss_percent), ("duplicate", self.duplicate_percent)] {
            if percent > 0 {
                write!(f, "{space}{name} {percent}%")?;
                space = " ";
            }
        }
        if self.reorders {
            write!(f, "{space}reorder")?;
        }
        Ok(())
    }
}

/// What becomes of messages on their way. Prints as the action's verb.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Fate {
    /// It stays where it is until released. A pattern holds also what leaves later.
    Hold,
    /// It travels on for the time that was left. What a pattern held is no longer held when it leaves.
    Release,
    /// It is lost now.
    Drop,
    /// It is sent once more.
    Duplicate,
    /// It arrives now.
    Deliver,
}

impl Fate {
    /// Every fate.
    pub const ALL: [Fate; 5] = [Fate::Hold, Fate::Release, Fate::Drop, Fate::Duplicate, Fate::Deliver];

    /// The action's verb.
    #[must_use]
    pub fn verb(self) -> &'static str {
        match self {
            Fate::Hold => "hold",
            Fate::Release => "release",
            Fate::Drop => "drop",
            Fate::Duplicate => "duplicate",
            Fate::Deliver => "deliver",
        }
    }
}

/// An intervention from outside. The text form of each is shown with it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Action {
    /// `crash n1`: the process ends; memory, inbox and everything not synced are lost. `crash n1 losing tail 2`: of what was
    /// not synced only the last two entries are lost.
    Crash {
        /// The node.
        node: NodeId,
        /// What of the unsynced writes is lost.
        losing: Losing,
    },
    /// `restart n1`: a new process starts from the disk.
    Restart {
        /// The node.
        node: NodeId,
    },
    /// `freeze n1`: the process stands still, clock and all; its inbox fills.
    Freeze {
        /// The node.
        node: NodeId,
    },
    /// `thaw n1`: a frozen process goes on as if nothing had happened.
    Thaw {
        /// The node.
        node: NodeId,
    },
    /// `cut n1 n2`, `cut n1>n2`: messages are lost there, those in flight too.
    Cut(Path),
    /// `heal`, `heal n1`, `heal n1 n2`, `heal n1>n2`: messages get through again. What is lost stays lost.
    Heal(Healing),
    /// `partition n1,n2 | n3,n4,n5`: links within a group are whole, all others are cut. Nodes not named form one more group.
    Partition {
        /// The groups, disjoint, none empty.
        groups: Vec<NodeSet>,
    },
    /// `isolate n1`: cuts every link of the node.
    Isolate {
        /// The node.
        node: NodeId,
    },
    /// `link n1 n2 latency 40ms..60ms loss 5% duplicate 1% reorder`, `link n1>n2 loss 100%`, `link all normal`: how well links
    /// carry messages from now on. What is not named is normal.
    Link {
        /// The link; `None` is every link.
        path: Option<Path>,
        /// How well it carries messages.
        quality: Quality,
    },
    /// `hold n1>n2.append`, `release n1>n2.append`, `drop n1>n2.append.3`, `duplicate`, `deliver`: for messages in flight.
    Meet {
        /// What becomes of them.
        fate: Fate,
        /// Which messages.
        pattern: MessagePattern,
    },
    /// `disk n2 sync 80ms`: how long its disk takes to sync from now on, in µs.
    DiskSync {
        /// The node.
        node: NodeId,
        /// How long, at most [`crate::config::SETTING_US_MAX`].
        sync_us: u64,
    },
    /// `disk n2 lose`: the disk of a crashed node is lost and replaced by an empty one. Raft does not promise to survive that.
    DiskLose {
        /// The node.
        node: NodeId,
    },
    /// `compact n1 7`: it makes a snapshot of its store and drops the entries up to this index from its log (§7).
    Compact {
        /// The node.
        node: NodeId,
        /// The last index that goes; at most what it has applied.
        index: Index,
    },
    /// `member add n6 learner`, `member joint n1,n2,n6`: the leader proposes a change of the cluster's configuration (§6).
    Member(Membership),
    /// `transfer n3`: the leader hands its leadership over (thesis 3.10).
    Transfer {
        /// To whom.
        node: NodeId,
    },
    /// `next n3 4`: the leader takes this index for the next one to send to the node (Figure 2), as far as that can be.
    Next {
        /// The follower.
        node: NodeId,
        /// The index.
        index: Index,
    },
    /// `clock n1 rate 50%`: how fast its clock ticks from now on. At `0%` it stands still, and the process goes on.
    Clock {
        /// The node.
        node: NodeId,
        /// In percent of the true rate, 0..=1000.
        rate_percent: u32,
    },
    /// `tick n1`: its clock ticks once more, now.
    Tick {
        /// The node.
        node: NodeId,
    },
    /// `propose n1 e7`: the node's own host proposes a word. It means nothing to the store, and no client waits for it.
    Propose {
        /// The node.
        node: NodeId,
        /// The word, as keys and values are.
        word: Arc<str>,
    },
    /// `break commit-own-term-only`: every node goes on without this rule of Raft, to see what falls.
    Break {
        /// The rule.
        rule: RuleId,
    },
    /// `mend commit-own-term-only`: every node keeps the rule again.
    Mend {
        /// The rule.
        rule: RuleId,
    },
    /// `timeout n1`: its election timer fires now.
    Timeout {
        /// The node.
        node: NodeId,
    },
    /// `timer n1 150ms`: its present election timeout has this length, counted from the timer's last reset.
    Timer {
        /// The node.
        node: NodeId,
        /// The length in µs; rounded up to whole ticks.
        length_us: u64,
    },
    /// `client c1 put x 1`, `client c1 get x via n2`: the client submits a command, after those it has waiting. Or, in a closed
    /// loop, `loop c1 incr x think 50ms`: at once, and again as soon as it was answered and has thought.
    Client {
        /// The client.
        client: ClientId,
        /// What it asks.
        command: Command,
        /// The node it asks first; by default the one that it takes for the leader.
        via: Option<NodeId>,
        /// In a closed loop: how long after an answer it asks again, in µs, at most [`LOAD_US_MAX`].
        think_us: Option<u64>,
    },
    /// `load c1 100ms`, `load c1 off`: the client submits `incr c1` at this interval, or stops doing so.
    Load {
        /// The client.
        client: ClientId,
        /// The interval in µs, [`LOAD_US_MIN`]..=[`LOAD_US_MAX`]; `None` is off.
        every_us: Option<u64>,
    },
    /// `loop c1 off`: the client's closed loop ends with the answer that it waits for.
    EndLoop {
        /// The client.
        client: ClientId,
    },
}

/// The fastest a clock may tick, in percent of the true rate.
pub const RATE_PERCENT_MAX: u32 = 1_000;
/// The shortest interval of a load: 1 ms.
pub const LOAD_US_MIN: u64 = MILLISECOND_US;
/// The longest interval of a load: 60 s.
pub const LOAD_US_MAX: u64 = 60 * SECOND_US;

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Action::Crash { node, losing: Losing::All } => say(f, "crash n#", &[*node], &""),
            Action::Crash { node, losing: Losing::Tail(entries) } => {
                say(f, "crash n# losing tail #", &[*node, *entries], &"")
            }
            Action::Restart { node } => say(f, "restart n#", &[*node], &""),
            Action::Freeze { node } => say(f, "freeze n#", &[*node], &""),
            Action::Thaw { node } => say(f, "thaw n#", &[*node], &""),
            Action::Cut(path) => say(f, "cut $", &[], path),
            Action::Heal(Healing::All) => say(f, "heal", &[], &""),
            Action::Heal(Healing::Node(node)) => say(f, "heal n#", &[*node], &""),
            Action::Heal(Healing::Path(path)) => say(f, "heal $", &[], path),
            Action::Partition { groups } => {
                f.write_str("partition")?;
                groups.iter().enumerate().try_for_each(|(place, group)| {
                    f.write_str(if place == 0 { " " } else { " | " })?;
                    group.fmt(f)
                })
            }
            Action::Isolate { node } => say(f, "isolate n#", &[*node], &""),
            Action::Link { path: None, quality } => say(f, "link all $", &[], quality),
            Action::Link { path: Some(path), quality } => {
                say(f, "link $ ", &[], path)?;
                quality.fmt(f)
            }
            Action::Meet { fate, pattern } => {
                f.write_str(fate.verb())?;
                say(f, " $", &[], pattern)
            }
            Action::DiskSync { node, sync_us } => say(f, "disk n# sync =", &[*node, *sync_us], &""),
            Action::DiskLose { node } => say(f, "disk n# lose", &[*node], &""),
            Action::Compact { node, index } => say(f, "compact n# #", &[*node, *index], &""),
            Action::Member(membership) => say(f, "member $", &[], membership),
            Action::Transfer { node } => say(f, "transfer n#", &[*node], &""),
            Action::Next { node, index } => say(f, "next n# #", &[*node, *index], &""),
            Action::Clock { node, rate_percent } => say(f, "clock n# rate #%", &[*node, u64::from(*rate_percent)], &""),
            Action::Tick { node } => say(f, "tick n#", &[*node], &""),
            Action::Propose { node, word } => say(f, "propose n# $", &[*node], word),
            Action::Break { rule } => say(f, "break $", &[], rule),
            Action::Mend { rule } => say(f, "mend $", &[], rule),
            Action::Timeout { node } => say(f, "timeout n#", &[*node], &""),
            Action::Timer { node, length_us } => say(f, "timer n# =", &[*node, *length_us], &""),
            Action::Client { client, command, via, think_us } => {
                let form = if think_us.is_some() { "loop c# $" } else { "client c# $" };
                say(f, form, &[client.number()], command)?;
                via.map_or(Ok(()), |node| say(f, " via n#", &[node], &""))?;
                think_us.filter(|us| *us > 0).map_or(Ok(()), |us| say(f, " think =", &[us], &""))
            }
            Action::Load { client, every_us: Some(us) } => say(f, "load c# =", &[client.number(), *us], &""),
            Action::Load { client, every_us: None } => say(f, "load c# off", &[client.number()], &""),
            Action::EndLoop { client } => say(f, "loop c# off", &[client.number()], &""),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
