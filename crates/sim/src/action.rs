//! The one vocabulary of interventions. What a click makes, what a scene holds, what a link carries and what a bug report
//! quotes is an [`Action`], with one text form that reads back: `crash n1`, `cut n1>n2`, `client c1 put x 1`.
//!
//! An action says what is done, not whether it can be: that is decided by the world it meets (`act.rs`).

use std::fmt;
use std::str::FromStr;

use raft_core::NodeId;

use crate::command::Command;
use crate::names::{ClientId, NodeName, NodeSet};
use crate::time::{Duration, MILLISECOND_US, SECOND_US};
use crate::words::{ParseError, Word, Words, quoted};

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
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Between(a, b) => write!(f, "n{a} n{b}"),
            Path::OneWay { from, to } => write!(f, "n{from}>n{to}"),
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

/// An intervention from outside. The text form of each is shown with it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Action {
    /// `crash n1`: the process ends; memory, inbox and everything not synced are lost.
    Crash {
        /// The node.
        node: NodeId,
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
    /// `client c1 put x 1`, `client c1 get x via n2`: the client submits a command, after those it has waiting.
    Client {
        /// The client.
        client: ClientId,
        /// What it asks.
        command: Command,
        /// The node it asks first; by default the one that it takes for the leader.
        via: Option<NodeId>,
    },
    /// `load c1 100ms`, `load c1 off`: the client submits `incr c1` at this interval, or stops doing so.
    Load {
        /// The client.
        client: ClientId,
        /// The interval in µs, [`LOAD_US_MIN`]..=[`LOAD_US_MAX`]; `None` is off.
        every_us: Option<u64>,
    },
}

/// The shortest interval of a load: 1 ms.
pub const LOAD_US_MIN: u64 = MILLISECOND_US;
/// The longest interval of a load: 60 s.
pub const LOAD_US_MAX: u64 = 60 * SECOND_US;

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Action::Crash { node } => write!(f, "crash n{node}"),
            Action::Restart { node } => write!(f, "restart n{node}"),
            Action::Freeze { node } => write!(f, "freeze n{node}"),
            Action::Thaw { node } => write!(f, "thaw n{node}"),
            Action::Cut(path) => write!(f, "cut {path}"),
            Action::Heal(Healing::All) => write!(f, "heal"),
            Action::Heal(Healing::Node(node)) => write!(f, "heal n{node}"),
            Action::Heal(Healing::Path(path)) => write!(f, "heal {path}"),
            Action::Partition { groups } => {
                let groups: Vec<String> = groups.iter().map(NodeSet::to_string).collect();
                write!(f, "partition {}", groups.join(" | "))
            }
            Action::Isolate { node } => write!(f, "isolate n{node}"),
            Action::Timeout { node } => write!(f, "timeout n{node}"),
            Action::Timer { node, length_us } => write!(f, "timer n{node} {}", Duration(*length_us)),
            Action::Client { client, command, via } => {
                write!(f, "client {client} {command}")?;
                via.map_or(Ok(()), |node| write!(f, " via {}", NodeName(node)))
            }
            Action::Load { client, every_us: Some(us) } => write!(f, "load {client} {}", Duration(*us)),
            Action::Load { client, every_us: None } => write!(f, "load {client} off"),
        }
    }
}

impl FromStr for Action {
    type Err = ParseError;

    /// Reads one action. The error's line is 1.
    fn from_str(text: &str) -> Result<Action, ParseError> {
        Action::read(&mut Words::new(text, 1))
    }
}

/// The verbs, for messages.
const VERBS: &str = "crash, restart, freeze, thaw, cut, heal, partition, isolate, timeout, timer, client or load";

impl Action {
    /// Reads one action and the end of its line.
    pub(crate) fn read(words: &mut Words<'_>) -> Result<Action, ParseError> {
        let verb = words.expect("an action, such as crash n1,")?;
        let action = match verb.text {
            "crash" => Action::Crash { node: words.node()? },
            "restart" => Action::Restart { node: words.node()? },
            "freeze" => Action::Freeze { node: words.node()? },
            "thaw" => Action::Thaw { node: words.node()? },
            "cut" => Action::Cut(read_path(words)?),
            "heal" => Action::Heal(read_healing(words)?),
            "partition" => Action::Partition { groups: read_groups(words)? },
            "isolate" => Action::Isolate { node: words.node()? },
            "timeout" => Action::Timeout { node: words.node()? },
            "timer" => Action::Timer { node: words.node()?, length_us: words.duration()? },
            "client" => read_client(words)?,
            "load" => read_load(words)?,
            other => {
                let message = format!("unknown action {}: an action begins with {VERBS}", quoted(other));
                return Err(words.error(verb, message));
            }
        };
        words.end()?;
        Ok(action)
    }
}

/// `n1>n2`, or `n1 n2`.
fn read_path(words: &mut Words<'_>) -> Result<Path, ParseError> {
    let first = words.expect("a link, such as n1 n2 or n1>n2,")?;
    let path = if let Some((from, to)) = first.text.split_once('>') {
        let from = words.node_of(Words::part(first, from))?;
        Path::OneWay { from, to: words.node_of(Words::part(first, to))? }
    } else {
        Path::Between(words.node_of(first)?, words.node()?)
    };
    let (a, b) = path.ends();
    if a == b {
        return Err(words.error(first, format!("a link has two ends, and n{a} is both of these")));
    }
    Ok(path)
}

fn read_healing(words: &mut Words<'_>) -> Result<Healing, ParseError> {
    let Some(first) = words.peek() else { return Ok(Healing::All) };
    let mut ahead = words.clone();
    ahead.next();
    if !first.text.contains('>') && ahead.next().is_none() {
        return Ok(Healing::Node(words.node()?));
    }
    Ok(Healing::Path(read_path(words)?))
}

/// `n1,n2 | n3`: disjoint groups, none empty.
fn read_groups(words: &mut Words<'_>) -> Result<Vec<NodeSet>, ParseError> {
    let all: Word<'_> = words.rest();
    let mut named = NodeSet::default();
    let mut groups = Vec::new();
    for group in all.text.split('|') {
        let mut set = NodeSet::default();
        for name in group.split(',') {
            let word = Words::part(all, name.trim());
            let node = words.node_of(word)?;
            if !named.insert(node) {
                return Err(words.error(word, format!("n{node} is named twice")));
            }
            set.insert(node);
        }
        groups.push(set);
    }
    Ok(groups)
}

fn read_client(words: &mut Words<'_>) -> Result<Action, ParseError> {
    let client = words.client()?;
    let command = Command::read(words)?;
    let via = match words.peek() {
        Some(word) if word.text == "via" => {
            words.next();
            Some(words.node()?)
        }
        Some(_) | None => None,
    };
    Ok(Action::Client { client, command, via })
}

fn read_load(words: &mut Words<'_>) -> Result<Action, ParseError> {
    let client = words.client()?;
    let word = words.peek();
    if word.is_some_and(|word| word.text == "off") {
        words.next();
        return Ok(Action::Load { client, every_us: None });
    }
    let every_us = words.duration()?;
    match word {
        Some(word) if !(LOAD_US_MIN..=LOAD_US_MAX).contains(&every_us) => {
            let limits = format!("between {} and {}", Duration(LOAD_US_MIN), Duration(LOAD_US_MAX));
            Err(words.error(word, format!("the interval of a load lies {limits}")))
        }
        Some(_) | None => Ok(Action::Load { client, every_us: Some(every_us) }),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::time::TIME_MAX_US;
    use proptest::prelude::*;

    fn word() -> impl Strategy<Value = std::sync::Arc<str>> {
        "[a-zA-Z0-9_.~|>é中-]{1,12}".prop_map(Into::into)
    }

    fn command() -> impl Strategy<Value = Command> {
        prop_oneof![
            (word(), word()).prop_map(|(key, value)| Command::Put { key, value }),
            word().prop_map(|key| Command::Get { key }),
            word().prop_map(|key| Command::Incr { key }),
            (word(), word(), word()).prop_map(|(key, old, new)| Command::Cas { key, old, new }),
        ]
    }

    fn path() -> impl Strategy<Value = Path> {
        (1..=9_u64, 1..=9_u64, any::<bool>())
            .prop_filter("two ends", |(a, b, _)| a != b)
            .prop_map(|(a, b, both)| if both { Path::Between(a, b) } else { Path::OneWay { from: a, to: b } })
    }

    fn groups() -> impl Strategy<Value = Vec<NodeSet>> {
        proptest::collection::vec(0..4_usize, 9).prop_map(|places| {
            let group = |g| (1..=9).zip(&places).filter(|&(_, &p)| p == g).map(|(node, _)| node).collect::<NodeSet>();
            let groups: Vec<NodeSet> = (1..4).map(group).filter(|set| !set.is_empty()).collect();
            if groups.is_empty() { vec![NodeSet::all(9)] } else { groups }
        })
    }

    /// Any action at all.
    pub(crate) fn any_action() -> impl Strategy<Value = Action> {
        let node = || 1..=9_u64;
        let client = || (1..=9_u64).prop_map(|n| ClientId::new(n).unwrap());
        prop_oneof![
            node().prop_map(|node| Action::Crash { node }),
            node().prop_map(|node| Action::Restart { node }),
            node().prop_map(|node| Action::Freeze { node }),
            node().prop_map(|node| Action::Thaw { node }),
            path().prop_map(Action::Cut),
            path().prop_map(|path| Action::Heal(Healing::Path(path))),
            node().prop_map(|node| Action::Heal(Healing::Node(node))),
            Just(Action::Heal(Healing::All)),
            groups().prop_map(|groups| Action::Partition { groups }),
            node().prop_map(|node| Action::Isolate { node }),
            node().prop_map(|node| Action::Timeout { node }),
            (node(), 0..=TIME_MAX_US).prop_map(|(node, length_us)| Action::Timer { node, length_us }),
            (client(), command(), proptest::option::of(node())).prop_map(|(client, command, via)| Action::Client {
                client,
                command,
                via
            }),
            (client(), proptest::option::of(LOAD_US_MIN..=LOAD_US_MAX))
                .prop_map(|(client, every_us)| Action::Load { client, every_us }),
        ]
    }

    proptest! {
        /// Goal: one text form. Method: any action, printed and read.
        #[test]
        fn every_action_reads_back_from_its_text(action in any_action()) {
            let text = action.to_string();
            prop_assert_eq!(text.parse::<Action>(), Ok(action), "{}", text);
        }

        /// Goal: no text makes the reader panic. Method: words of the language in any order, and noise.
        #[test]
        fn no_text_is_fatal(text in "(crash|cut|heal|partition|client|load|put|via|n1|n2>n3|c1|\\||,|>|[ -~]|\\PC){0,8}( ?(n1|x|1ms|off|\\||\\PC)){0,6}") {
            let _ = text.parse::<Action>();
        }
    }

    #[test]
    fn faults_are_named_with_their_column() {
        for (text, column, part) in [
            ("", 1, "an action, such as crash n1, is missing"),
            ("explode n1", 1, "unknown action `explode`: an action begins with crash"),
            ("crash", 6, "a node, such as n1, is missing"),
            ("crash n0", 7, "`n0` is not a node: nodes are called n1 to n9"),
            ("crash n1 n2", 10, "`n2` is too much here"),
            ("cut n1>n1", 5, "a link has two ends"),
            ("cut n1>x", 8, "`x` is not a node"),
            ("partition n1,n2 | n2", 19, "n2 is named twice"),
            ("partition n1 |", 15, "is not a node"),
            ("timer n1 fast", 10, "not a duration"),
            ("client n1 put x 1", 8, "`n1` is not a client"),
            ("client c1 put x 1 via", 22, "a node, such as n1, is missing"),
            ("load c1 1us", 9, "between 1ms and 60s"),
        ] {
            let error = text.parse::<Action>().unwrap_err();
            assert_eq!((error.line, error.column), (1, column), "{text}: {error}");
            assert!(error.message.contains(part), "{text}: {error}");
        }
    }
}
