//! What a client asks of the replicated store: `put x 1`, `get x`, `incr x`, `cas x 1 2`; and the form in which a command
//! travels through the log, with the client's session and a sequence number (thesis §6.3): `c1#3 put x 1`.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::names::ClientId;
use crate::words::{ParseError, Word, Words};

/// Keys and values have at most this many bytes.
pub const WORD_BYTES_MAX: usize = 64;

/// How a value is read (§8, thesis 6.4).
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug, Default)]
pub enum Reading {
    /// `get x`: through the log, as every command: the simplest linearizable read.
    #[default]
    Log,
    /// `get x local`: the node that is asked answers from its store as it is.
    Local,
    /// `get x readindex`: once the leader has made sure with a round of heartbeats that it leads.
    Index,
    /// `get x lease`: the leader trusts that nobody else can lead yet. That rests on clocks.
    Lease,
}

impl Reading {
    /// Every way.
    pub const ALL: [Reading; 4] = [Reading::Log, Reading::Local, Reading::Index, Reading::Lease];

    /// The word after the key; none for the log.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Reading::Log => "",
            Reading::Local => "local",
            Reading::Index => "readindex",
            Reading::Lease => "lease",
        }
    }
}

/// A command of the key-value store. Keys and values are words: no white space, 1..=64 bytes.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Command {
    /// Sets a key to a value.
    Put {
        /// The key.
        key: Arc<str>,
        /// Its value from now on.
        value: Arc<str>,
    },
    /// Asks for a key's value.
    Get {
        /// The key.
        key: Arc<str>,
        /// How.
        how: Reading,
    },
    /// Adds one to a key's value, a whole number; a key without a value counts as 0.
    Incr {
        /// The key.
        key: Arc<str>,
    },
    /// Compare and set: sets the key to `new` if its value is `old`.
    Cas {
        /// The key.
        key: Arc<str>,
        /// The value it must have.
        old: Arc<str>,
        /// Its value then.
        new: Arc<str>,
    },
}

impl Command {
    /// The key that it is about.
    #[must_use]
    pub fn key(&self) -> &Arc<str> {
        match self {
            Command::Put { key, .. } | Command::Get { key, .. } | Command::Incr { key } | Command::Cas { key, .. } => {
                key
            }
        }
    }

    /// Reads a command from `words`, which must end with it, or with `via`.
    pub(crate) fn read(words: &mut Words<'_>) -> Command {
        let verb = words.expect("a command, such as put x 1,");
        if !matches!(verb.text, "put" | "get" | "incr" | "cas") {
            words.wrong("unknown command ", verb, ": put, get, incr or cas");
        }
        let key = word(words, "a key");
        match verb.text {
            "put" => Command::Put { key, value: word(words, "a value") },
            "cas" => Command::Cas { key, old: word(words, "the old value"), new: word(words, "the new value") },
            "get" => {
                let how = Reading::ALL.into_iter().find(|how| words.takes(how.word()));
                Command::Get { key, how: how.unwrap_or_default() }
            }
            _ => Command::Incr { key },
        }
    }
}

impl FromStr for Command {
    type Err = ParseError;

    /// Reads one command. The error's line is 1.
    fn from_str(text: &str) -> Result<Command, ParseError> {
        let mut words = Words::new(text, 1);
        let command = Command::read(&mut words);
        words.whole(command)
    }
}

/// The next word as a key or value, which `what` names.
pub(crate) fn word(words: &mut Words<'_>, what: &str) -> Arc<str> {
    let word: Word<'_> = words.expect(what);
    if word.text.len() > WORD_BYTES_MAX {
        words.fail(word, format!("{what} has at most {WORD_BYTES_MAX} bytes, this one has {}", word.text.len()));
    }
    if word.text.starts_with('#') || word.text.chars().any(char::is_control) {
        words.fail(word, format!("{what} may not begin with # nor hold control characters"));
    }
    word.text.into()
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Command::Put { key, value } => write!(f, "put {key} {value}"),
            Command::Get { key, how: Reading::Log } => write!(f, "get {key}"),
            Command::Get { key, how } => write!(f, "get {key} {}", how.word()),
            Command::Incr { key } => write!(f, "incr {key}"),
            Command::Cas { key, old, new } => write!(f, "cas {key} {old} {new}"),
        }
    }
}

/// A command with the session that makes its retries harmless: who asks, and the how-manieth command of that client it is.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Submission {
    /// Who asks.
    pub client: ClientId,
    /// Counts the client's commands, from 1. A retry keeps its number.
    pub sequence: u64,
    /// What is asked.
    pub command: Command,
}

impl fmt::Display for Submission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{} {}", self.client, self.sequence, self.command)
    }
}

impl Submission {
    /// The payload of its log entry: its text in UTF-8.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        self.to_string().into_bytes()
    }

    /// Reads a payload; `None` if it is not one that [`Submission::encode`] makes.
    #[must_use]
    pub fn decode(payload: &[u8]) -> Option<Submission> {
        let text = std::str::from_utf8(payload).ok()?;
        let (session, command) = text.split_once(' ')?;
        let (client, sequence) = session.strip_prefix('c')?.split_once('#')?;
        let command = command.parse().ok()?;
        Some(Submission { client: ClientId::new(client.parse().ok()?)?, sequence: sequence.parse().ok()?, command })
    }
}

/// The command text in a log entry's payload, such as `put x 1`, without decoding it; the empty text for any other payload.
#[must_use]
pub fn command_text(payload: &[u8]) -> &str {
    std::str::from_utf8(payload).ok().and_then(|text| text.split_once(' ')).map_or("", |(_, command)| command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_and_submissions_read_back() {
        for text in
            ["put x 1", "get x", "get x local", "get readindex readindex", "get x lease", "incr 计数", "cas x 1 2"]
        {
            let command: Command = text.parse().unwrap();
            assert_eq!(command.to_string(), text);
            let submission = Submission { client: ClientId::new(1).unwrap(), sequence: 3, command };
            let payload = submission.encode();
            assert_eq!(command_text(&payload), text);
            assert_eq!(Submission::decode(&payload), Some(submission));
        }
    }

    #[test]
    fn faults_are_named_with_their_column() {
        let long = format!("put {} 1", "x".repeat(65));
        for (text, column, part) in [
            ("", 1, "missing"),
            ("put x", 6, "a value is missing"),
            ("put x 1 2", 9, "too much"),
            ("delete x", 1, "unknown command `delete`"),
            ("get #x", 5, "#"),
            (&long, 5, "at most 64 bytes"),
        ] {
            let error = text.parse::<Command>().unwrap_err();
            assert_eq!((error.line, error.column), (1, column), "{text}: {error}");
            assert!(error.message.contains(part), "{text}: {error}");
        }
    }

    #[test]
    fn foreign_payloads_are_no_submissions() {
        for payload in [&b""[..], b"\xff", b"put x 1", b"c1 put x 1", b"c0#1 put x 1", b"c1#1 put x", b"c1#1 put x 1 2"]
        {
            assert_eq!(Submission::decode(payload), None);
        }
        assert_eq!(command_text(b"\xff"), "");
    }
}
