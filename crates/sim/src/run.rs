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
use crate::words::{ParseError, Word, Words, listed, quoted, split};

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
            reader.line(&mut Words::new(without_comment(text), line))?;
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
    engine: Option<u32>,
    config: WorldConfig,
    seed: Option<u64>,
    /// Where each key of the header was set: line and column.
    set: Vec<(Key, usize, usize)>,
    actions: Vec<Timed>,
}

impl Reader {
    fn line(&mut self, words: &mut Words<'_>) -> Result<(), ParseError> {
        let Some(first) = words.next() else { return Ok(()) };
        if !self.version_seen {
            return self.version(first, words);
        }
        if let Some(time) = first.text.strip_prefix('@') {
            return self.action(first, time, words);
        }
        if !self.actions.is_empty() {
            let message = format!(
                "{}: after the first action every line is an action, such as @152000 crash n1",
                quoted(first.text)
            );
            return Err(words.error(first, message));
        }
        self.header(first, words)?;
        words.end()
    }

    fn version(&mut self, first: Word<'_>, words: &mut Words<'_>) -> Result<(), ParseError> {
        if first.text != "raftarium" {
            return Err(words.error(first, format!("a run begins with the line `raftarium {RUN_VERSION}`")));
        }
        let version = words.expect("the version, 1,")?;
        if version.text != RUN_VERSION.to_string() {
            let message = format!("version {} is unknown: this is version {RUN_VERSION}", quoted(version.text));
            return Err(words.error(version, message));
        }
        self.version_seen = true;
        if let Some(word) = words.next() {
            if word.text != "engine" {
                return Err(words.error(word, format!("{} is too much here", quoted(word.text))));
            }
            let word = words.expect("the engine's number")?;
            self.engine = Some(parse_engine(word.text).map_err(|message| words.error(word, message))?);
        }
        words.end()
    }

    fn header(&mut self, first: Word<'_>, words: &mut Words<'_>) -> Result<(), ParseError> {
        if first.text == "seed" {
            return self.seed(first, words);
        }
        let Some(key) = Key::ALL.into_iter().find(|key| key.word() == first.text) else {
            let keys = listed(Key::ALL.iter().map(|key| key.word()));
            let message =
                format!("unknown setting {}: seed, {}, or an action such as @0 crash n1", quoted(first.text), keys);
            return Err(words.error(first, message));
        };
        let value = words.expect(&format!("the value of {key}"))?;
        let place = words.error(value, String::new());
        if self.set.iter().any(|&(other, ..)| other == key) {
            return Err(words.error(first, format!("{key} is set twice")));
        }
        self.set.push((key, place.line, place.column));
        let span = parse_value(key.shape(), value.text).map_err(|message| words.error(value, message))?;
        put_setting(&mut self.config, key, span);
        Ok(())
    }

    fn seed(&mut self, first: Word<'_>, words: &mut Words<'_>) -> Result<(), ParseError> {
        if self.seed.is_some() {
            return Err(words.error(first, "seed is set twice".to_string()));
        }
        let value = words.expect("the seed")?;
        self.seed = Some(parse_seed(value.text).map_err(|message| words.error(value, message))?);
        Ok(())
    }

    fn action(&mut self, first: Word<'_>, time: &str, words: &mut Words<'_>) -> Result<(), ParseError> {
        let at_us = parse_time(time).map_err(|message| words.error(first, message))?;
        if let Some(last) = self.actions.last()
            && at_us < last.at_us
        {
            return Err(words
                .error(first, format!("@{at_us} comes after @{}: actions are listed in order of time", last.at_us)));
        }
        if self.actions.len() == ACTIONS_MAX {
            return Err(words.error(first, format!("a run has at most {ACTIONS_MAX} actions")));
        }
        let action = Action::read(words)?;
        self.actions.push(Timed { at_us, action });
        Ok(())
    }

    fn finish(self, lines: usize) -> Result<Run, ParseError> {
        let at = |line, column, message| Err(ParseError::new(line, column, message));
        if !self.version_seen {
            return at(1, 1, format!("a run begins with the line `raftarium {RUN_VERSION}`"));
        }
        if let Err(error) = self.config.validate() {
            let place = self.set.iter().find(|&&(key, ..)| key == error.key).or(self.set.last());
            let (line, column) = place.map_or((1, 1), |&(_, line, column)| (line, column));
            return at(line, column, error.message);
        }
        let Some(seed) = self.seed else {
            return at(lines.max(1), 1, "the seed is missing: a line such as `seed 7`".to_string());
        };
        Ok(Run { config: self.config, seed, actions: self.actions, engine: self.engine.unwrap_or(1) })
    }
}

/// Reads a seed: a whole number below 2^64 in decimal.
///
/// # Errors
/// A sentence that says what is wrong with the text.
pub fn parse_seed(text: &str) -> Result<u64, String> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.parse()
        .ok()
        .filter(|_| plain)
        .ok_or_else(|| format!("{} is not a seed: a whole number from 0 to {}", quoted(text), u64::MAX))
}

/// The highest number of an engine that is understood.
const ENGINE_MAX: u32 = 9_999;

/// Reads the number of an engine.
pub(crate) fn parse_engine(text: &str) -> Result<u32, String> {
    let plain = text.bytes().all(|b| b.is_ascii_digit());
    let engine = text.parse().ok().filter(|engine| plain && (1..=ENGINE_MAX).contains(engine));
    engine.ok_or_else(|| format!("{} is no engine: a number from 1 to {ENGINE_MAX}", quoted(text)))
}

/// `152000` or `152ms`.
pub(crate) fn parse_time(text: &str) -> Result<u64, String> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let us =
        if plain { text.parse().map_err(|_| format!("{} is too late", quoted(text)))? } else { parse_duration(text)? };
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
