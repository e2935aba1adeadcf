//! A run: settings, a seed and what was done when. Everything that happens follows from it.
//!
//! ```text
//! raftarium 1                        # version of the language
//! nodes 5                            # header: the seed, and settings; one that is left out has its default
//! seed 7
//! heartbeat 50ms
//! @152000 crash n1                   # at simulated µs (or @152ms): an action
//! @900000 client c1 put x 1
//! ```
//! The first line may name the engine that the run was made with: `raftarium 1 engine 2`; without it that is engine 1.
//! Blank lines and comments (from a `#` at the start of a word) say nothing. The printed form is canonical: it reads back,
//! and two equal runs print alike. `link.rs` has the short form for addresses.

use std::fmt;

use crate::action::Action;
use crate::config::{Batch, Key, Shape, StorageLoop, WorldConfig};
use crate::names::NODES_MAX;
use crate::time::{Span, TIME_MAX_US, parse_duration, parse_span};
use crate::words::{ParseError, Word, Words, listed, plain_number, quoted, split};

/// The version of the language, as the first line says it.
pub const RUN_VERSION: u64 = 1;
/// The version of the engine: it is raised whenever a run may come out differently than before, be it by one message.
///
/// A run's text and link say which engine they were made with (those that say nothing: engine 1), so that a run of another
/// engine is told from one that goes as it went. The golden links in `tests/golden/links.txt` hold every engine to this.
pub const ENGINE: u32 = 1;
/// A run's text has at most this many bytes: 1 MiB.
pub const TEXT_BYTES_MAX: usize = 1 << 20;
/// A run has at most this many actions.
pub const ACTIONS_MAX: usize = 10_000;

/// An action and its time.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Timed {
    /// When, in simulated µs, at most [`TIME_MAX_US`].
    pub at_us: u64,
    /// What.
    pub action: Action,
}

/// Settings, seed and actions: the whole cause of everything that happens.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Run {
    /// The settings.
    pub config: WorldConfig,
    /// The seed of every random number.
    pub seed: u64,
    /// What is done, in order of time; at most [`ACTIONS_MAX`].
    pub actions: Vec<Timed>,
    /// The engine with which it was made, from 1. Another one than [`ENGINE`] may have let it come out differently.
    pub engine: u32,
}

impl Run {
    /// A run in which nothing is done.
    #[must_use]
    pub fn new(config: WorldConfig, seed: u64) -> Run {
        Run { config, seed, actions: Vec::new(), engine: ENGINE }
    }

    /// The engine that it was made with, if that is not this one: then what it shows may not be what was seen.
    #[must_use]
    pub fn other_engine(&self) -> Option<u32> {
        (self.engine != ENGINE).then_some(self.engine)
    }

    /// Reads a run's text.
    ///
    /// # Errors
    /// The first fault, with its line and column: an unknown key or action, a number out of range, times that run backwards,
    /// a text of more than [`TEXT_BYTES_MAX`] bytes or [`ACTIONS_MAX`] actions.
    pub fn parse(text: &str) -> Result<Run, ParseError> {
        if text.len() > TEXT_BYTES_MAX {
            let message = format!("the text has {} bytes; a run has at most {TEXT_BYTES_MAX}", text.len());
            return Err(ParseError::new(1, 1, message));
        }
        let mut reader = Reader::default();
        let mut lines = 0;
        for (line, text) in (1..).zip(text.lines()) {
            let mut words = Words::new(without_comment(text), line);
            reader.line(&mut words);
            words.whole(())?;
            lines = line;
        }
        reader.finish(lines)
    }
}

impl std::str::FromStr for Run {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Run, ParseError> {
        Run::parse(text)
    }
}

/// A line up to a `#` that begins a word.
pub(crate) fn without_comment(line: &str) -> &str {
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        if c == '#' && before.is_whitespace() {
            return split(line, at).0;
        }
        before = c;
    }
    line
}

/// What has been read so far.
#[derive(Default)]
struct Reader {
    version_seen: bool,
    /// 0 if it is not named.
    engine: u32,
    config: WorldConfig,
    seed: Option<u64>,
    /// Where each key of the header was set: line and column.
    set: Vec<(Key, (usize, usize))>,
    actions: Vec<Timed>,
}

/// What every text begins with.
const NO_VERSION: &str = "a run begins with the line `raftarium 1`";
const _: () = assert!(RUN_VERSION == 1, "sentences here say so");

impl Reader {
    fn line(&mut self, words: &mut Words<'_>) {
        let Some(first) = words.next() else { return };
        if !self.version_seen {
            self.version(first, words);
        } else if let Some(time) = first.text.strip_prefix('@') {
            self.action(first, time, words);
        } else if !self.actions.is_empty() {
            words.wrong("", first, ": after the first action every line is an action, such as @152000 crash n1");
        } else if first.text == "seed" {
            self.seed(first, words);
        } else {
            self.setting(first, words);
        }
    }

    fn version(&mut self, first: Word<'_>, words: &mut Words<'_>) {
        if first.text != "raftarium" {
            words.fail(first, NO_VERSION.to_string());
        }
        let version = words.expect("the version, 1,");
        if version.text != "1" {
            words.wrong("version ", version, " is unknown: this is version 1");
        }
        self.version_seen = true;
        if words.takes("engine") {
            let word = words.expect("the engine's number");
            self.engine = words.or_fail(word, parse_engine(word.text));
        }
    }

    fn setting(&mut self, first: Word<'_>, words: &mut Words<'_>) {
        let Some(key) = Key::ALL.into_iter().find(|key| key.word() == first.text) else {
            let keys = listed(Key::ALL.iter().map(|key| key.word()));
            let known = format!(": seed, {keys}, or an action such as @0 crash n1");
            return words.wrong("unknown setting ", first, &known);
        };
        let value = words.expect(&format!("the value of {key}"));
        if self.set.iter().any(|&(other, _)| other == key) {
            words.fail(first, format!("{key} is set twice"));
        }
        self.set.push((key, words.place(value)));
        let span = words.or_fail(value, parse_value(key.shape(), value.text));
        put_setting(&mut self.config, key, span);
    }

    fn seed(&mut self, first: Word<'_>, words: &mut Words<'_>) {
        if self.seed.is_some() {
            words.fail(first, "seed is set twice".to_string());
        }
        let value = words.expect("the seed");
        self.seed = Some(words.or_fail(value, parse_seed(value.text)));
    }

    fn action(&mut self, first: Word<'_>, time: &str, words: &mut Words<'_>) {
        let at_us = words.or_fail(first, parse_time(time));
        if let Some(last) = self.actions.last()
            && at_us < last.at_us
        {
            words.fail(first, format!("@{at_us} comes after @{}: actions are listed in order of time", last.at_us));
        }
        if self.actions.len() == ACTIONS_MAX {
            words.fail(first, format!("a run has at most {ACTIONS_MAX} actions"));
        }
        self.actions.push(Timed { at_us, action: Action::read(words) });
    }

    fn finish(self, lines: usize) -> Result<Run, ParseError> {
        let ((line, column), message) = if !self.version_seen {
            ((1, 1), NO_VERSION.to_string())
        } else if let Err(error) = self.config.validate() {
            let place = self.set.iter().find(|&&(key, _)| key == error.key).or(self.set.last());
            (place.map_or((1, 1), |&(_, place)| place), error.message)
        } else if let Some(seed) = self.seed {
            return Ok(Run { config: self.config, seed, actions: self.actions, engine: self.engine.max(1) });
        } else {
            ((lines.max(1), 1), "the seed is missing: a line such as `seed 7`".to_string())
        };
        Err(ParseError::new(line, column, message))
    }
}

/// Reads a seed: a whole number below 2^64 in decimal.
///
/// # Errors
/// A sentence that says what is wrong with the text.
pub fn parse_seed(text: &str) -> Result<u64, String> {
    plain_number(text).ok_or_else(|| format!("{} is not a seed: a whole number from 0 to {}", quoted(text), u64::MAX))
}

/// The highest number of an engine that is understood.
const ENGINE_MAX: u32 = 9_999;

/// Reads the number of an engine.
pub(crate) fn parse_engine(text: &str) -> Result<u32, String> {
    let engine = plain_number(text).and_then(|number| u32::try_from(number).ok());
    engine
        .filter(|engine| (1..=ENGINE_MAX).contains(engine))
        .ok_or_else(|| format!("{} is no engine: a number from 1 to {ENGINE_MAX}", quoted(text)))
}

/// `152000` or `152ms`.
pub(crate) fn parse_time(text: &str) -> Result<u64, String> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let us = if plain {
        plain_number(text).ok_or_else(|| format!("{} is too late", quoted(text)))?
    } else {
        parse_duration(text)?
    };
    if us > TIME_MAX_US {
        Err(format!("@{us} is too late: a run ends after 24 hours, at @{TIME_MAX_US}"))
    } else {
        Ok(us)
    }
}

fn one(number: u64) -> Span {
    Span { min_us: number, max_us: number }
}

/// Reads a setting's value, as [`setting`] gives it.
fn parse_value(shape: Shape, text: &str) -> Result<Span, String> {
    let (number, wanted) = match shape {
        Shape::Span => return parse_span(text),
        Shape::Duration => return parse_duration(text).map(one),
        Shape::Nodes => {
            let nodes = text.parse().ok().filter(|nodes| (1..=NODES_MAX).contains(nodes));
            return nodes.map(one).ok_or_else(|| format!("{}: a cluster has 1 to {NODES_MAX} nodes", quoted(text)));
        }
        Shape::Bytes if text == "off" => (Some(0), ""),
        Shape::Bytes => {
            let bytes = text.strip_suffix('B').and_then(|bytes| bytes.parse().ok()).filter(|&bytes: &u64| bytes > 0);
            (bytes, "a log is compacted at so many bytes, 400B, or off")
        }
        Shape::Choice(words, wanted) => {
            ((0..).zip(words).find(|&(_, word)| word == text).map(|(place, _)| place), wanted)
        }
    };
    number.map(one).ok_or_else(|| format!("{}: {wanted}", quoted(text)))
}

/// Sets a setting to what [`setting`] gives of it.
pub(crate) fn put_setting(config: &mut WorldConfig, key: Key, value: Span) {
    let number = value.min_us;
    match key {
        Key::Nodes => config.nodes = number,
        Key::Tick => config.tick_us = number,
        Key::Heartbeat => config.heartbeat_us = number,
        Key::Election => config.election_us = value,
        Key::Latency => config.latency_us = value,
        Key::Sync => config.sync_us = number,
        Key::Retry => config.retry_us = number,
        Key::Batch => config.batch = if number == 0 { Batch::Many } else { Batch::One },
        Key::Compact => config.compact_bytes = number,
        Key::PreVote => config.pre_vote = number > 0,
        Key::CheckQuorum => config.check_quorum = number > 0,
        Key::Storage => config.storage = if number == 0 { StorageLoop::Plain } else { StorageLoop::Async },
    }
}

/// A setting's value as a span of numbers: a single number is a span of one.
pub(crate) fn setting(config: &WorldConfig, key: Key) -> Span {
    match key {
        Key::Nodes => one(config.nodes),
        Key::Tick => one(config.tick_us),
        Key::Heartbeat => one(config.heartbeat_us),
        Key::Election => config.election_us,
        Key::Latency => config.latency_us,
        Key::Sync => one(config.sync_us),
        Key::Retry => one(config.retry_us),
        Key::Batch => one(match config.batch {
            Batch::Many => 0,
            Batch::One => 1,
        }),
        Key::Compact => one(config.compact_bytes),
        Key::PreVote => one(u64::from(config.pre_vote)),
        Key::CheckQuorum => one(u64::from(config.check_quorum)),
        Key::Storage => one(match config.storage {
            StorageLoop::Plain => 0,
            StorageLoop::Async => 1,
        }),
    }
}

impl fmt::Display for Run {
    /// The canonical text: every timing, other settings if they are not the default, then the actions with their times in µs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.engine {
            1 => writeln!(f, "raftarium {RUN_VERSION}")?,
            engine => writeln!(f, "raftarium {RUN_VERSION} engine {engine}")?,
        }
        writeln!(f, "nodes {}", self.config.nodes)?;
        writeln!(f, "seed {}", self.seed)?;
        for key in Key::ALL.into_iter().skip(1) {
            let value = setting(&self.config, key);
            let is_default = value == setting(&WorldConfig::default(), key);
            match key.shape() {
                Shape::Duration | Shape::Span => writeln!(f, "{key} {value}")?,
                _ if is_default => {}
                Shape::Choice(words, _) => writeln!(f, "{key} {}", words[usize::from(value.min_us > 0)])?,
                Shape::Bytes if value.min_us == 0 => writeln!(f, "{key} off")?,
                Shape::Bytes => writeln!(f, "{key} {}B", value.min_us)?,
                Shape::Nodes => writeln!(f, "{key} {}", value.min_us)?,
            }
        }
        for Timed { at_us, action } in &self.actions {
            writeln!(f, "@{at_us} {action}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "run_tests.rs"]
pub(crate) mod tests;
