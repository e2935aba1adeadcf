//! What a node is told when it starts, and what it refuses.

use core::fmt;

use crate::entry::{Index, NodeId};
use crate::rules::{Dialect, Rules};

/// The settings of a node. [`Config::new`] gives sensible ones; [`RawNode::new`](crate::RawNode::new) refuses
/// impossible ones.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Config {
    /// The node's own name. At least 1.
    pub id: NodeId,
    /// Ticks between a leader's heartbeats. At least 1, and less than `election_ticks.min`.
    pub heartbeat_ticks: u32,
    /// The range from which election timeouts are drawn, in ticks.
    pub election_ticks: ElectionTicks,
    /// Seed of the node's random numbers; the id is mixed in, so nodes may share it.
    pub rng_seed: u64,
    /// The index up to which the host's state machine has applied the log when the node (re)starts.
    pub applied: Index,
    /// Ask for pre-votes before campaigning (thesis 9.6).
    pub pre_vote: bool,
    /// A leader that has not heard from a quorum for an election timeout steps down, and a node that has heard from a
    /// leader recently votes for nobody else (thesis 6.2, 6.4.1).
    pub check_quorum: bool,
    /// How reads are confirmed.
    pub reads: ReadMode,
    /// A leader tells everybody at once that the commit index moved (etcd); off: the next append or heartbeat tells it,
    /// which halves the messages of a busy cluster (raft-rs's `skip_bcast_commit`).
    pub announce_commits: bool,
    /// Followers hand proposals to the leader; off: they refuse them.
    pub forward_proposals: bool,
    /// The host appends and applies independently of each other and acknowledges each with
    /// [`ack_append`](crate::RawNode::ack_append) and [`ack_applied`](crate::RawNode::ack_applied): committed entries
    /// are handed out only once they are acknowledged as written. Off: the host writes before it applies.
    pub async_storage_writes: bool,
    /// A configuration change is checked before it is appended: one at a time, joint where it must be (§6).
    pub validate_conf_changes: bool,
    /// Most bytes of entries in one AppendEntries; at least one entry is sent anyway.
    pub message_bytes_max: u64,
    /// Most AppendEntries on their way to one follower. At least 1.
    pub inflight_messages_max: u32,
    /// Most payload bytes on their way to one follower; the message that passes it is sent anyway. At least 1.
    pub inflight_bytes_max: u64,
    /// Most payload bytes that a leader holds uncommitted; at least one proposal is taken anyway.
    pub uncommitted_bytes_max: u64,
    /// Most bytes of committed entries that are handed out and not yet acknowledged as applied; one entry is handed out
    /// anyway. At least 1.
    pub committed_bytes_max: u64,
    /// Where etcd and the paper differ.
    pub dialect: Dialect,
    /// The rules that hold. All of them, unless somebody wants to see what falls.
    #[cfg(feature = "breakable")]
    pub rules: Rules,
}

/// Bounds of a randomized election timeout, both included (§5.2).
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub struct ElectionTicks {
    /// Shortest timeout, and the span of leases and of the quorum check.
    pub min: u32,
    /// Longest timeout. At least `min`; larger than `min` unless elections may tie for ever.
    pub max: u32,
}

/// How a leader makes sure that it is still the leader before it lets a read go (thesis 6.4).
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug, Default)]
pub enum ReadMode {
    /// By a round of heartbeats to a quorum.
    #[default]
    Safe,
    /// By its lease: trusts clocks, needs `check_quorum`.
    Lease,
}

impl Config {
    /// The settings of node `id` in ticks of about a tenth of a heartbeat timeout: a heartbeat every 2 ticks, elections
    /// after 10 to 19, no PreVote, no CheckQuorum, no limits but 256 messages in flight.
    pub fn new(id: NodeId) -> Config {
        Config {
            id,
            heartbeat_ticks: 2,
            election_ticks: ElectionTicks { min: 10, max: 19 },
            rng_seed: 0,
            applied: 0,
            pre_vote: false,
            check_quorum: false,
            reads: ReadMode::Safe,
            announce_commits: true,
            forward_proposals: false,
            async_storage_writes: false,
            validate_conf_changes: true,
            message_bytes_max: 1 << 20,
            inflight_messages_max: 256,
            inflight_bytes_max: u64::MAX,
            uncommitted_bytes_max: u64::MAX,
            committed_bytes_max: u64::MAX,
            dialect: Dialect::default(),
            #[cfg(feature = "breakable")]
            rules: Rules::ALL,
        }
    }

    /// The rules that hold. Without the feature `breakable` the compiler knows them, and leaves out the code that would ask.
    #[inline(always)]
    pub(crate) fn rules(&self) -> &Rules {
        #[cfg(feature = "breakable")]
        return &self.rules;
        #[cfg(not(feature = "breakable"))]
        return &Rules::ALL;
    }

    /// Checks what the fields' docs demand.
    ///
    /// # Errors
    /// The first demand that is not met.
    pub fn validate(&self) -> Result<(), ConfigError> {
        let ElectionTicks { min, max } = self.election_ticks;
        if self.id == 0 {
            Err(ConfigError::ZeroId)
        } else if self.heartbeat_ticks == 0 {
            Err(ConfigError::ZeroHeartbeat)
        } else if min <= self.heartbeat_ticks {
            Err(ConfigError::ElectionNotAboveHeartbeat { election_min: min, heartbeat: self.heartbeat_ticks })
        } else if max < min {
            Err(ConfigError::EmptyElectionRange { min, max })
        } else if self.inflight_messages_max == 0 || self.inflight_bytes_max == 0 {
            Err(ConfigError::ZeroInflight)
        } else if self.committed_bytes_max == 0 {
            Err(ConfigError::ZeroCommitted)
        } else if self.reads == ReadMode::Lease && !self.check_quorum {
            Err(ConfigError::LeaseWithoutCheckQuorum)
        } else {
            Ok(())
        }
    }
}

/// Why a [`Config`] is impossible, or does not fit the storage.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum ConfigError {
    /// Node 0 is nobody.
    ZeroId,
    /// A heartbeat every 0 ticks.
    ZeroHeartbeat,
    /// An election timeout that a heartbeat cannot prevent.
    ElectionNotAboveHeartbeat {
        /// `election_ticks.min`
        election_min: u32,
        /// `heartbeat_ticks`
        heartbeat: u32,
    },
    /// No timeout to draw.
    EmptyElectionRange {
        /// `election_ticks.min`
        min: u32,
        /// `election_ticks.max`
        max: u32,
    },
    /// A window without room for a message.
    ZeroInflight,
    /// Nothing could ever be handed out to be applied.
    ZeroCommitted,
    /// Lease reads without what gives the lease.
    LeaseWithoutCheckQuorum,
    /// The stored commit index is beyond the stored log.
    CommitOutsideLog {
        /// The stored commit index.
        commit: Index,
        /// The lowest it may be.
        first: Index,
        /// The highest it may be.
        last: Index,
    },
    /// `applied` is above the stored commit index, or below the stored snapshot.
    AppliedOutsideLog {
        /// `applied`
        applied: Index,
        /// The lowest it may be.
        first: Index,
        /// The highest it may be.
        last: Index,
    },
    /// The stored configuration contradicts itself: a learner that votes, or node 0.
    ImpossibleConfState,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ConfigError::ZeroId => write!(f, "a node's id must be at least 1"),
            ConfigError::ZeroHeartbeat => write!(f, "heartbeats must be at least 1 tick apart"),
            ConfigError::ElectionNotAboveHeartbeat { election_min, heartbeat } => write!(
                f,
                "the shortest election timeout ({election_min} ticks) must be above the heartbeat interval ({heartbeat} ticks)"
            ),
            ConfigError::EmptyElectionRange { min, max } => {
                write!(f, "no election timeout lies between {min} and {max} ticks")
            }
            ConfigError::ZeroInflight => write!(f, "at least one message must be allowed in flight"),
            ConfigError::ZeroCommitted => write!(f, "at least one byte must be allowed to be applied at once"),
            ConfigError::LeaseWithoutCheckQuorum => write!(f, "lease reads need check_quorum"),
            ConfigError::CommitOutsideLog { commit, first, last } => {
                write!(f, "the stored commit index {commit} is not between {first} and {last}")
            }
            ConfigError::AppliedOutsideLog { applied, first, last } => {
                write!(f, "the applied index {applied} is not between {first} and {last}")
            }
            ConfigError::ImpossibleConfState => write!(f, "the stored configuration contradicts itself"),
        }
    }
}

impl core::error::Error for ConfigError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_impossible_setting_is_refused_with_its_reason() {
        let check = |change: fn(&mut Config), reason: ConfigError| {
            let mut config = Config::new(1);
            assert_eq!(config.validate(), Ok(()));
            change(&mut config);
            assert_eq!(config.validate(), Err(reason));
        };
        check(|c| c.id = 0, ConfigError::ZeroId);
        check(|c| c.heartbeat_ticks = 0, ConfigError::ZeroHeartbeat);
        check(|c| c.heartbeat_ticks = 10, ConfigError::ElectionNotAboveHeartbeat { election_min: 10, heartbeat: 10 });
        let alike = ElectionTicks { min: 10, max: 10 };
        assert_eq!(Config { election_ticks: alike, ..Config::new(1) }.validate(), Ok(()), "one timeout is a range");
        check(|c| c.election_ticks.max = 9, ConfigError::EmptyElectionRange { min: 10, max: 9 });
        check(|c| c.inflight_messages_max = 0, ConfigError::ZeroInflight);
        check(|c| c.inflight_bytes_max = 0, ConfigError::ZeroInflight);
        check(|c| c.committed_bytes_max = 0, ConfigError::ZeroCommitted);
        check(|c| c.reads = ReadMode::Lease, ConfigError::LeaseWithoutCheckQuorum);
    }
}
