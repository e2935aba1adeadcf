//! The replicated state machine: a key-value store with client sessions (thesis §6.3).
//!
//! It sees committed commands in log order and nothing else, so equal logs make equal stores. A retry that was already
//! applied is recognised by its session and answered from memory: at-least-once delivery becomes exactly-once effect.

use std::fmt;
use std::sync::Arc;

use crate::command::{Command, Submission};
use crate::digest::Digest;
use crate::names::ClientId;
use crate::rules::HostRules;
use crate::sorted::SortedMap;

mod snapshot;

/// What a command came to. Prints as the answer that a client sees.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Outcome {
    /// The value was set.
    Stored,
    /// The value that was asked for, or that none is there.
    Value(Option<Arc<str>>),
    /// The number after counting up.
    Counted(i64),
    /// Compare-and-set found another value, or none, and changed nothing.
    Mismatch(Option<Arc<str>>),
    /// The value cannot be counted up: it is no whole number, or the largest one. Nothing changed.
    NotCountable(Arc<str>),
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Stored => write!(f, "ok"),
            Outcome::Value(Some(value)) => write!(f, "{value}"),
            Outcome::Value(None) => write!(f, "nothing"),
            Outcome::Counted(count) => write!(f, "{count}"),
            Outcome::Mismatch(Some(value)) => write!(f, "mismatch: {value}"),
            Outcome::Mismatch(None) => write!(f, "mismatch: nothing"),
            Outcome::NotCountable(value) => write!(f, "not countable: {value}"),
        }
    }
}

/// What became of a submission when the store took it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Taken {
    /// It was new, and this is what it came to.
    Fresh(Outcome),
    /// It was a retry of the session's latest command: skipped, and answered as then.
    Again(Outcome),
    /// The session has gone on to later commands; nobody waits for this one any more.
    Outdated,
}

/// The latest command of one client, and what it came to.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct Session {
    sequence: u64,
    outcome: Outcome,
}

impl Command {
    /// What the command comes to where its key has this value, and the value from then on if it sets one.
    pub(crate) fn on(&self, current: Option<&Arc<str>>) -> (Outcome, Option<Arc<str>>) {
        match self {
            Command::Put { value, .. } => (Outcome::Stored, Some(Arc::clone(value))),
            Command::Get { .. } => (Outcome::Value(current.cloned()), None),
            Command::Incr { .. } => {
                let current = current.map_or("0", |value| value);
                match current.parse::<i64>().ok().and_then(|count| count.checked_add(1)) {
                    None => (Outcome::NotCountable(current.into()), None),
                    Some(count) => (Outcome::Counted(count), Some(count.to_string().into())),
                }
            }
            Command::Cas { old, new, .. } if current == Some(old) => (Outcome::Stored, Some(Arc::clone(new))),
            Command::Cas { .. } => (Outcome::Mismatch(current.cloned()), None),
        }
    }
}

/// A key-value store with sessions. A clone shares everything until one of the two writes.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Store {
    values: Arc<SortedMap<Arc<str>, Arc<str>>>,
    sessions: Arc<SortedMap<ClientId, Session>>,
    digest: Digest,
}

impl Store {
    /// Applies one committed submission. Retries are recognised, unless that rule is broken.
    pub fn take(&mut self, submission: &Submission, rules: &HostRules) -> Taken {
        let Submission { client, sequence, command } = submission;
        if let Some(session) = self.sessions.get(client).filter(|_| rules.retries_recognised) {
            if *sequence == session.sequence {
                return Taken::Again(session.outcome.clone());
            }
            if *sequence < session.sequence {
                return Taken::Outdated;
            }
        }
        let (outcome, value) = command.on(self.values.get(command.key()));
        if let Some(value) = &value {
            self.set(command.key(), value);
        }
        let session = Session { sequence: *sequence, outcome: outcome.clone() };
        Arc::make_mut(&mut self.sessions).insert(*client, session);
        self.digest.words([client.number(), *sequence]);
        Taken::Fresh(outcome)
    }

    /// What a read of the key comes to now.
    pub(crate) fn read(&self, key: &str) -> Outcome {
        Outcome::Value(self.values.get(key).cloned())
    }

    fn set(&mut self, key: &Arc<str>, value: &Arc<str>) {
        self.digest.bytes(key.as_bytes());
        self.digest.bytes(value.as_bytes());
        Arc::make_mut(&mut self.values).insert(Arc::clone(key), Arc::clone(value));
    }

    /// A key's value.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(|value| &**value)
    }

    /// All keys and values, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().map(|(key, value)| (&**key, &**value))
    }

    /// The fingerprint of everything that was ever applied, in order.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.digest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(store: &mut Store, sequence: u64, text: &str) -> Taken {
        let command: Command = text.parse().unwrap();
        store.take(&Submission { client: ClientId::new(1).unwrap(), sequence, command }, &HostRules::default())
    }

    #[test]
    fn commands_do_what_they_say() {
        let mut store = Store::default();
        let script = [
            ("get x", "nothing"),
            ("put x 5", "ok"),
            ("get x", "5"),
            ("incr x", "6"),
            ("cas x 6 seven", "ok"),
            ("cas x 6 8", "mismatch: seven"),
            ("cas y 1 2", "mismatch: nothing"),
            ("incr x", "not countable: seven"),
            ("put z 9223372036854775807", "ok"),
            ("incr z", "not countable: 9223372036854775807"),
            ("incr n", "1"),
        ];
        for (sequence, (text, answer)) in (1..).zip(script) {
            let taken = ask(&mut store, sequence, text);
            assert!(matches!(&taken, Taken::Fresh(outcome) if outcome.to_string() == answer), "{text}: {taken:?}");
        }
        let pairs: Vec<_> = store.iter().collect();
        assert_eq!(pairs, [("n", "1"), ("x", "seven"), ("z", "9223372036854775807")]);
    }

    /// Goal: exactly-once (thesis 6.3). Method: a counter, a retry of the latest command, and one that comes too late.
    #[test]
    fn a_retry_changes_nothing_and_is_answered_as_before() {
        let mut store = Store::default();
        assert_eq!(ask(&mut store, 1, "incr x"), Taken::Fresh(Outcome::Counted(1)));
        let before = store.clone();
        assert_eq!(ask(&mut store, 1, "incr x"), Taken::Again(Outcome::Counted(1)));
        assert_eq!(store, before);
        assert_eq!(ask(&mut store, 2, "incr x"), Taken::Fresh(Outcome::Counted(2)));
        assert_eq!(ask(&mut store, 1, "incr x"), Taken::Outdated);
        assert_eq!(store.get("x"), Some("2"));
        assert_eq!(before.get("x"), Some("1"), "a clone is not touched");
    }
}
