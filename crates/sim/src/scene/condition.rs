//! What a scene waits for and expects: `n2 leader and n2 commit >= 3`, `c1 idle`, `n1 entry 2 term 4`.

use std::fmt;

use raft_core::{Index, NodeId, Role, Term};

use crate::checks::Property;
use crate::names::ClientId;
use crate::node::Node;
use crate::words::{Word, Words, listed};
use crate::world::World;

/// A number of a node that can be compared.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Measure {
    /// Its term.
    Term,
    /// Its commit index.
    Commit,
    /// Its applied index.
    Applied,
    /// The first index of its log.
    First,
    /// The last index of its log.
    Last,
    /// The last index of its log that survives a crash.
    Synced,
    /// A candidate's granted votes.
    Votes,
}

/// How two numbers compare.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `>=`
    AtLeast,
    /// `<`
    Below,
}

/// What a node is in a configuration.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Member {
    /// It has a vote.
    Voter,
    /// It gets the log, and has no vote.
    Learner,
    /// It is no member.
    Outside,
}

impl Member {
    const ALL: [(Member, &str); 3] =
        [(Member::Voter, "voter"), (Member::Learner, "learner"), (Member::Outside, "outside")];

    fn holds(self, world: &World, node: NodeId) -> bool {
        let conf = world.configuration();
        let member = match (conf.is_voter(node), conf.is_learner(node)) {
            (true, _) => Member::Voter,
            (_, true) => Member::Learner,
            (false, false) => Member::Outside,
        };
        self == member
    }
}

/// One part of a condition.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Atom {
    /// `n2 leader`, `n2 candidate`, `n2 follower`; also `leader n2`.
    Role(NodeId, Role),
    /// `n2 commit >= 3`; `all commit = 3` of every running node.
    Measures(Option<NodeId>, Measure, Comparison, u64),
    /// `n2 voter`, `n2 learner`, `n2 outside`: what it is in the configuration by which the leader goes.
    Member(NodeId, Member),
    /// `joint`: the leader goes by a joint configuration.
    Joint,
    /// `n2 entry 3 term 1`: its log has such an entry.
    Entry(NodeId, Index, Term),
    /// `n2 store x 1`: its store has this value.
    Store(NodeId, String, String),
    /// `leaders = 2`: so many running nodes think they lead.
    Leaders(Comparison, u64),
    /// `c1 idle`: the client has its answer.
    Idle(ClientId),
    /// `c1 attempts >= 2`: it has sent its present or last command so often.
    Attempts(ClientId, Comparison, u64),
    /// `c1 answer 2`: the client's latest answer, one word.
    Answer(ClientId, String),
    /// `safe`: no property has fallen.
    Safe,
    /// `fallen Linearizability`: this property has fallen, and no other; its name without spaces.
    Fallen(Property),
}

/// Parts that all have to hold. Prints as it is read.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Condition(pub Vec<Atom>);

impl Condition {
    /// Whether it holds in a world.
    #[must_use]
    pub fn holds(&self, world: &World) -> bool {
        // Of a node that has not joined yet nothing holds.
        self.highest_node() <= world.nodes().len() as u64 && self.0.iter().all(|atom| atom.holds(world))
    }

    /// The highest node named, for checking that it is there.
    pub(super) fn highest_node(&self) -> NodeId {
        let node = |atom: &Atom| match atom {
            Atom::Role(node, _)
            | Atom::Measures(Some(node), ..)
            | Atom::Member(node, _)
            | Atom::Entry(node, ..)
            | Atom::Store(node, ..) => *node,
            Atom::Measures(None, ..)
            | Atom::Leaders(..)
            | Atom::Idle(_)
            | Atom::Attempts(..)
            | Atom::Joint
            | Atom::Answer(..)
            | Atom::Fallen(_)
            | Atom::Safe => 1,
        };
        self.0.iter().map(node).max().unwrap_or(1)
    }

    /// Reads parts joined by `and`, to the end of the line.
    pub(super) fn read(words: &mut Words<'_>) -> Condition {
        let mut atoms = vec![Atom::read(words)];
        while let Some(and) = words.next() {
            if and.text != "and" {
                words.wrong("", and, " should be `and`");
            }
            atoms.push(Atom::read(words));
        }
        Condition(atoms)
    }
}

impl Atom {
    fn holds(&self, world: &World) -> bool {
        match self {
            Atom::Role(node, role) => world.node(*node).is_up() && world.node(*node).role() == *role,
            Atom::Measures(Some(node), measure, comparison, number) => {
                comparison.holds(measure.of(world.node(*node)), *number)
            }
            Atom::Measures(None, measure, comparison, number) => {
                let mut running = world.nodes().iter().filter(|node| node.is_up());
                running.all(|node| comparison.holds(measure.of(node), *number))
            }
            Atom::Member(node, member) => member.holds(world, *node),
            Atom::Joint => world.configuration().is_joint(),
            Atom::Entry(node, index, term) => world.node(*node).entry(*index).is_some_and(|entry| entry.term == *term),
            Atom::Store(node, key, value) => {
                world.node(*node).store().is_some_and(|store| store.get(key) == Some(value.as_str()))
            }
            Atom::Leaders(comparison, number) => {
                let leaders = world.nodes().iter().filter(|node| node.role() == Role::Leader).count();
                comparison.holds(leaders as u64, *number)
            }
            Atom::Idle(id) => {
                world.clients().iter().filter(|client| client.id() == *id).all(|client| client.asking().is_none())
            }
            Atom::Attempts(id, comparison, number) => world.clients().iter().any(|client| {
                let asking = client.asking().map(|asking| asking.attempt);
                let attempts = asking.or(client.answered().map(|answered| answered.attempt)).unwrap_or(0);
                client.id() == *id && comparison.holds(u64::from(attempts), *number)
            }),
            Atom::Answer(id, answer) => world.clients().iter().any(|client| {
                let latest = client.answered().filter(|_| client.id() == *id && client.asking().is_none());
                latest.is_some_and(|answered| answered.outcome.to_string() == *answer)
            }),
            Atom::Safe => world.violations().is_empty(),
            Atom::Fallen(property) => {
                !world.violations().is_empty() && world.violations().iter().all(|fallen| fallen.property == *property)
            }
        }
    }

    fn read(words: &mut Words<'_>) -> Atom {
        let first = words.expect("a condition, such as n2 leader,");
        match first.text {
            "safe" => Atom::Safe,
            "joint" => Atom::Joint,
            "fallen" => {
                let word = words.expect("a property, such as Linearizability,");
                let found = Property::ALL.into_iter().find(|property| joined(*property) == word.text);
                found.map_or_else(
                    || {
                        words.wrong("", word, " is no property, such as ElectionSafety");
                        Atom::Safe
                    },
                    Atom::Fallen,
                )
            }
            "leader" => Atom::Role(words.node(), Role::Leader),
            "leaders" => Atom::Leaders(comparison(words), number(words)),
            "all" => {
                let what = words.expect("term, commit, applied, last or synced,");
                Atom::Measures(None, measure(words, what), comparison(words), number(words))
            }
            client if client.starts_with('c') => {
                let client = words.client_of(first);
                let what = words.expect("idle, answer or attempts,");
                match what.text {
                    "answer" => return Atom::Answer(client, words.expect("an answer").text.to_string()),
                    "attempts" => return Atom::Attempts(client, comparison(words), number(words)),
                    "idle" => {}
                    _ => words.wrong("", what, " says nothing of a client: idle, answer or attempts"),
                }
                Atom::Idle(client)
            }
            _ => Atom::read_of_node(words, first),
        }
    }

    fn read_of_node(words: &mut Words<'_>, first: Word<'_>) -> Atom {
        let node = words.node_of(first);
        let what = words.expect("what of the node, such as leader or commit >= 3,");
        match what.text {
            "leader" => Atom::Role(node, Role::Leader),
            "candidate" => Atom::Role(node, Role::Candidate),
            "follower" => Atom::Role(node, Role::Follower),
            "entry" => {
                let index = number(words);
                let term = words.expect("term");
                if term.text != "term" {
                    words.wrong("", term, " should be `term`");
                }
                Atom::Entry(node, index, number(words))
            }
            "store" => {
                let key = words.expect("a key").text.to_string();
                Atom::Store(node, key, words.expect("a value").text.to_string())
            }
            word if Member::ALL.iter().any(|(_, name)| *name == word) => {
                let found = Member::ALL.into_iter().find(|(_, name)| *name == word);
                Atom::Member(node, found.map_or(Member::Outside, |(member, _)| member))
            }
            _ => Atom::Measures(Some(node), measure(words, what), comparison(words), number(words)),
        }
    }
}

impl Measure {
    const ALL: [Measure; 7] = [
        Measure::Term,
        Measure::Commit,
        Measure::Applied,
        Measure::First,
        Measure::Last,
        Measure::Synced,
        Measure::Votes,
    ];

    fn word(self) -> &'static str {
        match self {
            Measure::Term => "term",
            Measure::Commit => "commit",
            Measure::Applied => "applied",
            Measure::First => "first",
            Measure::Last => "last",
            Measure::Synced => "synced",
            Measure::Votes => "votes",
        }
    }

    fn of(self, node: &Node) -> u64 {
        match self {
            Measure::Term => node.term(),
            Measure::Commit => node.commit(),
            Measure::Applied => node.applied(),
            Measure::First => node.first_index(),
            Measure::Last => node.last_index(),
            Measure::Synced => node.synced_index(),
            Measure::Votes => {
                let granted =
                    |status: raft_core::Status<'_>| status.votes.iter().filter(|(_, granted)| *granted).count();
                node.status().map_or(0, granted) as u64
            }
        }
    }
}

impl Comparison {
    fn holds(self, mine: u64, number: u64) -> bool {
        match self {
            Comparison::Equal => mine == number,
            Comparison::AtLeast => mine >= number,
            Comparison::Below => mine < number,
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Comparison::Equal => "=",
            Comparison::AtLeast => ">=",
            Comparison::Below => "<",
        }
    }
}

/// A property's name as one word.
fn joined(property: Property) -> String {
    property.name().replace([' ', '-'], "")
}

fn measure(words: &mut Words<'_>, word: Word<'_>) -> Measure {
    Measure::ALL.into_iter().find(|measure| measure.word() == word.text).unwrap_or_else(|| {
        let known = listed(Measure::ALL.iter().map(|measure| measure.word()));
        words.wrong("", word, &format!(" cannot be asked of a node: leader, entry, store, {known}"));
        Measure::Term
    })
}

fn comparison(words: &mut Words<'_>) -> Comparison {
    let word = words.expect("=, >= or <");
    let all = [Comparison::Equal, Comparison::AtLeast, Comparison::Below];
    all.into_iter().find(|comparison| comparison.sign() == word.text).unwrap_or_else(|| {
        words.wrong("", word, " should be =, >= or <");
        Comparison::Equal
    })
}

fn number(words: &mut Words<'_>) -> u64 {
    let word = words.expect("a number");
    word.text.parse().unwrap_or_else(|_| {
        words.wrong("", word, " is not a whole number");
        0
    })
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, atom) in self.0.iter().enumerate() {
            write!(f, "{}{atom}", if place == 0 { "" } else { " and " })?;
        }
        Ok(())
    }
}

impl fmt::Display for Atom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Atom::Role(node, Role::Leader) => write!(f, "n{node} leader"),
            Atom::Role(node, Role::Candidate | Role::PreCandidate) => write!(f, "n{node} candidate"),
            Atom::Role(node, Role::Follower) => write!(f, "n{node} follower"),
            Atom::Measures(Some(node), measure, comparison, number) => {
                write!(f, "n{node} {} {} {number}", measure.word(), comparison.sign())
            }
            Atom::Measures(None, measure, comparison, number) => {
                write!(f, "all {} {} {number}", measure.word(), comparison.sign())
            }
            Atom::Entry(node, index, term) => write!(f, "n{node} entry {index} term {term}"),
            Atom::Store(node, key, value) => write!(f, "n{node} store {key} {value}"),
            Atom::Leaders(comparison, number) => write!(f, "leaders {} {number}", comparison.sign()),
            Atom::Idle(client) => write!(f, "{client} idle"),
            Atom::Attempts(client, comparison, number) => write!(f, "{client} attempts {} {number}", comparison.sign()),
            Atom::Member(node, member) => {
                write!(
                    f,
                    "n{node} {}",
                    Member::ALL.iter().find(|(known, _)| known == member).map_or("", |(_, name)| name)
                )
            }
            Atom::Joint => write!(f, "joint"),
            Atom::Answer(client, answer) => write!(f, "{client} answer {answer}"),
            Atom::Fallen(property) => write!(f, "fallen {}", joined(*property)),
            Atom::Safe => write!(f, "safe"),
        }
    }
}
