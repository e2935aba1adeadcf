//! How the world is set up: how many nodes, and the timing. It is the header of a run's text, one key a line.
//!
//! What is questionable but legal is not an error: [`WorldConfig::warnings`] says it, and the run shows the consequences.

use std::fmt;

use crate::names::NODES_MAX;
use crate::time::{Duration, MILLISECOND_US, SECOND_US, Span};

/// No timing setting is longer than this: 10 s.
pub const SETTING_US_MAX: u64 = 10 * SECOND_US;

/// The settings of a world. `Default` is what the lessons are written for.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub struct WorldConfig {
    /// How many nodes there are: 1..=9, called n1, n2 and so on. Default 5.
    pub nodes: u64,
    /// The length of one tick of a node's clock, in µs: 1 ms to 10 s. Default 10 ms.
    pub tick_us: u64,
    /// How often a leader sends heartbeats, in µs: whole ticks, less than the shortest election timeout. Default 50 ms.
    pub heartbeat_us: u64,
    /// The range from which election timeouts are drawn, in µs: whole ticks. Default 150 ms..300 ms (paper, §9.3).
    pub election_us: Span,
    /// How long a message travels, in µs. Default 10 ms..15 ms.
    pub latency_us: Span,
    /// How long a disk takes until what was written survives a crash, in µs. Default 5 ms.
    pub sync_us: u64,
    /// How long a client waits for an answer before it asks another node, in µs: at least 1 ms. Default 300 ms.
    pub retry_us: u64,
    /// How many entries an AppendEntries may carry. Default many; with one, each entry travels alone, as in the paper's figures.
    pub batch: Batch,
    /// A node makes a snapshot and drops its log when the entries applied since the last one have more bytes than this
    /// (§7), at most [`COMPACT_BYTES_MAX`]; 0 is never. Default never.
    pub compact_bytes: u64,
    /// Whether a node asks for pre-votes before it campaigns (thesis 9.6). Default no, as in the paper.
    pub pre_vote: bool,
    /// Whether a leader that does not hear from a quorum for an election timeout steps down, and nodes that hear from a
    /// leader vote for nobody else (thesis 6.2, 4.2.3). Default no, as in the paper.
    pub check_quorum: bool,
    /// Whether a node waits for its disk before it takes the next item from its inbox. Default it does.
    pub storage: StorageLoop,
}

/// How a node's loop goes with its disk.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug, Default)]
pub enum StorageLoop {
    /// One thing after the other: write, sync, send, apply.
    #[default]
    Plain,
    /// The node goes on while its disk syncs; what was promised leaves when it is safe, and is applied then (thesis 10.2.1, etcd's
    /// asynchronous storage writes).
    Async,
}

/// A log may grow to this many bytes at most before it is compacted, if it is at all: 1 MB.
pub const COMPACT_BYTES_MAX: u64 = 1_000_000;

/// How many entries an AppendEntries may carry.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug, Default)]
pub enum Batch {
    /// As many as there are, up to 1 MiB.
    #[default]
    Many,
    /// At most one.
    One,
}

impl Default for WorldConfig {
    fn default() -> Self {
        WorldConfig {
            nodes: 5,
            tick_us: 10 * MILLISECOND_US,
            heartbeat_us: 50 * MILLISECOND_US,
            election_us: Span { min_us: 150 * MILLISECOND_US, max_us: 300 * MILLISECOND_US },
            latency_us: Span { min_us: 10 * MILLISECOND_US, max_us: 15 * MILLISECOND_US },
            sync_us: 5 * MILLISECOND_US,
            retry_us: 300 * MILLISECOND_US,
            batch: Batch::Many,
            compact_bytes: 0,
            pre_vote: false,
            check_quorum: false,
            storage: StorageLoop::Plain,
        }
    }
}

/// A key of the header.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Key {
    /// `nodes 5`
    Nodes,
    /// `tick 10ms`
    Tick,
    /// `heartbeat 50ms`
    Heartbeat,
    /// `election 150ms..300ms`
    Election,
    /// `latency 10ms..15ms`
    Latency,
    /// `sync 5ms`
    Sync,
    /// `retry 300ms`
    Retry,
    /// `batch many` or `batch one`
    Batch,
    /// `compact off` or `compact 400B`
    Compact,
    /// `prevote off` or `prevote on`
    PreVote,
    /// `checkquorum off` or `checkquorum on`
    CheckQuorum,
    /// `storage plain` or `storage async`
    Storage,
}

impl Key {
    /// Every key, in the order of the header.
    pub const ALL: [Key; 12] = [
        Key::Nodes,
        Key::Tick,
        Key::Heartbeat,
        Key::Election,
        Key::Latency,
        Key::Sync,
        Key::Retry,
        Key::Batch,
        Key::Compact,
        Key::PreVote,
        Key::CheckQuorum,
        Key::Storage,
    ];

    /// What its value looks like.
    pub(crate) fn shape(self) -> Shape {
        match self {
            Key::Nodes => Shape::Nodes,
            Key::Tick | Key::Heartbeat | Key::Sync | Key::Retry => Shape::Duration,
            Key::Election | Key::Latency => Shape::Span,
            Key::Compact => Shape::Bytes,
            Key::Batch => Shape::Choice(["many", "one"], "a batch is `many` or `one`"),
            Key::Storage => Shape::Choice(["plain", "async"], "storage is `plain` or `async`"),
            Key::PreVote | Key::CheckQuorum => Shape::Choice(["off", "on"], "on or off"),
        }
    }

    /// The key's word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Key::Nodes => "nodes",
            Key::Tick => "tick",
            Key::Heartbeat => "heartbeat",
            Key::Election => "election",
            Key::Latency => "latency",
            Key::Sync => "sync",
            Key::Retry => "retry",
            Key::Batch => "batch",
            Key::Compact => "compact",
            Key::PreVote => "prevote",
            Key::CheckQuorum => "checkquorum",
            Key::Storage => "storage",
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// What a setting's value looks like.
#[derive(Copy, Clone)]
pub(crate) enum Shape {
    /// A number of nodes: `5`.
    Nodes,
    /// `50ms`. The header says times even where they are the default.
    Duration,
    /// `150ms..300ms`
    Span,
    /// `400B`, or `off` for none.
    Bytes,
    /// The first or the second word, and what is said of any other.
    Choice([&'static str; 2], &'static str),
}

/// A setting that cannot be: which, and a sentence that says why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConfigError {
    /// The setting.
    pub key: Key,
    /// Why it cannot be.
    pub message: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ConfigError {}

impl WorldConfig {
    /// Whether such a world can be.
    ///
    /// # Errors
    /// The first setting that is outside its range or at odds with another.
    pub fn validate(&self) -> Result<(), ConfigError> {
        let wrong = |key, message: String| Err(ConfigError { key, message });
        if !(1..=NODES_MAX).contains(&self.nodes) {
            return wrong(Key::Nodes, format!("a cluster has 1 to {NODES_MAX} nodes, not {}", self.nodes));
        }
        for (key, us, min_us) in [
            (Key::Tick, self.tick_us, MILLISECOND_US),
            (Key::Heartbeat, self.heartbeat_us, MILLISECOND_US),
            (Key::Election, self.election_us.min_us, MILLISECOND_US),
            (Key::Election, self.election_us.max_us, self.election_us.min_us),
            (Key::Latency, self.latency_us.min_us, 0),
            (Key::Latency, self.latency_us.max_us, self.latency_us.min_us),
            (Key::Sync, self.sync_us, 0),
            (Key::Retry, self.retry_us, MILLISECOND_US),
        ] {
            if !(min_us..=SETTING_US_MAX).contains(&us) {
                let range = format!("{} to {}", Duration(min_us), Duration(SETTING_US_MAX));
                return wrong(key, format!("{key} is {} here; it may be {range}", Duration(us)));
            }
        }
        for (key, us) in [
            (Key::Heartbeat, self.heartbeat_us),
            (Key::Election, self.election_us.min_us),
            (Key::Election, self.election_us.max_us),
        ] {
            if !us.is_multiple_of(self.tick_us) {
                let tick = Duration(self.tick_us);
                return wrong(key, format!("{key} {} is not a whole number of ticks of {tick}", Duration(us)));
            }
        }
        if self.compact_bytes > COMPACT_BYTES_MAX {
            let message = format!("a log is compacted at {COMPACT_BYTES_MAX}B at most, not {}B", self.compact_bytes);
            return wrong(Key::Compact, message);
        }
        if self.heartbeat_us >= self.election_us.min_us {
            let message = format!(
                "a heartbeat every {} cannot hold off an election timeout of {}: it must be shorter",
                Duration(self.heartbeat_us),
                Duration(self.election_us.min_us)
            );
            return wrong(Key::Heartbeat, message);
        }
        Ok(())
    }

    /// What is legal and yet likely to disturb, most telling first. Empty for the default.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        if self.heartbeat_us.saturating_mul(HEARTBEATS_PER_TIMEOUT) > self.election_us.min_us {
            warnings.push(Warning::HeartbeatTooSlow {
                heartbeat_us: self.heartbeat_us,
                election_min_us: self.election_us.min_us,
            });
        }
        let round_us = 2 * self.latency_us.max_us + self.sync_us;
        if round_us >= self.election_us.min_us {
            warnings.push(Warning::RoundTooSlow { round_us, election_min_us: self.election_us.min_us });
        }
        if self.nodes > 1 && self.election_us.min_us == self.election_us.max_us {
            warnings.push(Warning::TimeoutsAlike { election_us: self.election_us.min_us });
        }
        warnings
    }
}

/// A healthy leader should be able to lose some heartbeats: this many fit into the shortest election timeout.
pub(crate) const HEARTBEATS_PER_TIMEOUT: u64 = 3;

/// A setting that is legal and yet likely to disturb. Prints as a sentence.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Warning {
    /// Fewer than three heartbeats fit into the shortest election timeout: one lost or late heartbeat deposes the leader.
    HeartbeatTooSlow {
        /// The heartbeat interval, in µs.
        heartbeat_us: u64,
        /// The shortest election timeout, in µs.
        election_min_us: u64,
    },
    /// A request for votes and its answers (two latencies and a sync) take as long as an election timeout.
    RoundTooSlow {
        /// The longest round, in µs.
        round_us: u64,
        /// The shortest election timeout, in µs.
        election_min_us: u64,
    },
    /// All election timeouts are equal: split votes may repeat (§5.2).
    TimeoutsAlike {
        /// The one election timeout, in µs.
        election_us: u64,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Warning::HeartbeatTooSlow { heartbeat_us, election_min_us } => write!(
                f,
                "a heartbeat every {} is not well below the shortest election timeout of {}: one late heartbeat, and a healthy leader is deposed",
                Duration(heartbeat_us),
                Duration(election_min_us)
            ),
            Warning::RoundTooSlow { round_us, election_min_us } => write!(
                f,
                "asking for votes and hearing the answers can take {}, and the shortest election timeout is {}: elections will interrupt each other",
                Duration(round_us),
                Duration(election_min_us)
            ),
            Warning::TimeoutsAlike { election_us } => write!(
                f,
                "every election timeout is {}: candidates that start together will split the vote again and again",
                Duration(election_us)
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_sound() {
        let config = WorldConfig::default();
        assert_eq!(config.validate(), Ok(()));
        assert_eq!(config.warnings(), []);
    }

    /// Goal: the timing of one of the notes this project was made from is legal and warned of, in words.
    #[test]
    fn a_heartbeat_of_100_ms_under_a_timeout_of_150_ms_is_warned_of() {
        let config = WorldConfig { heartbeat_us: 100_000, ..WorldConfig::default() };
        assert_eq!(config.validate(), Ok(()));
        let warnings = config.warnings();
        assert_eq!(warnings, [Warning::HeartbeatTooSlow { heartbeat_us: 100_000, election_min_us: 150_000 }]);
        assert!(warnings[0].to_string().contains("not well below"));
    }

    #[test]
    fn settings_at_odds_are_named() {
        let default = WorldConfig::default();
        let span = |min_us, max_us| Span { min_us, max_us };
        for (config, key) in [
            (WorldConfig { nodes: 0, ..default }, Key::Nodes),
            (WorldConfig { nodes: 10, ..default }, Key::Nodes),
            (WorldConfig { tick_us: 0, ..default }, Key::Tick),
            (WorldConfig { heartbeat_us: 55_000, ..default }, Key::Heartbeat),
            (WorldConfig { heartbeat_us: 150_000, ..default }, Key::Heartbeat),
            (WorldConfig { election_us: span(300_000, 150_000), ..default }, Key::Election),
            (WorldConfig { election_us: span(150_000, 305_000), ..default }, Key::Election),
            (WorldConfig { latency_us: span(0, u64::MAX), ..default }, Key::Latency),
            (WorldConfig { sync_us: SETTING_US_MAX + 1, ..default }, Key::Sync),
            (WorldConfig { retry_us: 0, ..default }, Key::Retry),
            (WorldConfig { compact_bytes: COMPACT_BYTES_MAX + 1, ..default }, Key::Compact),
        ] {
            assert_eq!(config.validate().unwrap_err().key, key);
        }
    }
}
