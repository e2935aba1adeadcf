//! Commands that set the scene.

use std::sync::Arc;

use raft_core::{Config, Dialect, ElectionTicks, Index, NodeId, Payload, Position, ReadMode, Snapshot};

use super::show;
use crate::arguments::{Arguments, Trouble, number, switch};
use crate::env::Environment;
use crate::env::disk::Disk;
use crate::env::node::Node;
use crate::output::Level;

/// The most nodes that one directive starts.
const NODES_MAX: usize = 1000;
/// Ticks between heartbeats, in every transcript.
pub(super) const HEARTBEAT_TICKS: u32 = 1;
/// The shortest election timeout, in every transcript.
pub(super) const ELECTION_TICKS: u32 = 3;

impl Environment {
    pub(super) fn add_nodes(&mut self, arguments: Arguments<'_>) -> Result<(), Trouble> {
        let count: usize = arguments.number_at(0, "the number of nodes")?;
        if count > NODES_MAX {
            return Err(Trouble::bad(format!("{count} nodes are too many: {NODES_MAX} is the most")));
        }
        let mut config = template();
        let mut snapshot = Snapshot::default();
        for (key, value) in arguments.pairs() {
            set(key, value, &mut config, &mut snapshot)?;
        }
        for conf in [&mut snapshot.conf_state.voters, &mut snapshot.conf_state.learners] {
            conf.sort_unstable();
            conf.dedup();
        }
        let bootstrap = bootstrap(snapshot)?;
        for _ in 0..count {
            self.add_node(config.clone(), bootstrap.clone())?;
        }
        Ok(())
    }

    fn add_node(&mut self, mut config: Config, bootstrap: Option<Arc<Snapshot>>) -> Result<(), Trouble> {
        let id = self.nodes.len() as NodeId + 1;
        config.id = id;
        let disk = Disk::new(bootstrap).map_err(|error| Trouble::Said(error.to_string()))?;
        self.nodes.push(Node::new(config, disk).map_err(Trouble::Said)?);
        self.log_start(id)
    }

    /// Logs what a node decided as it started, and where it stands.
    fn log_start(&mut self, id: NodeId) -> Result<(), Trouble> {
        let line = self.with(id, |node| show::started(&node.raw.status()))?;
        self.output.log(Level::Info, &line);
        Ok(())
    }

    /// The node crashes and comes back; what its storage threads had to do and to say is lost.
    pub(super) fn restart(&mut self, arguments: Arguments<'_>) -> Result<(), Trouble> {
        let id = arguments.number_at(0, "the node")?;
        self.node(id)?;
        let at = self.nodes.iter().position(|node| node.id() == id).expect("the node was just found");
        let restarted = self.nodes.remove(at).restarted().map_err(Trouble::BadDirective)?;
        self.nodes.insert(at, restarted);
        self.messages.retain(|envelope| envelope.to() != id || !envelope.is_local());
        self.log_start(id)
    }

    pub(super) fn set_randomized_election_timeout(&mut self, arguments: Arguments<'_>) -> Result<(), Trouble> {
        let ticks: u32 = arguments.number_of("timeout")?;
        if ticks == 0 {
            return Err(Trouble::bad("timeout= must be at least 1"));
        }
        self.with(arguments.number_at(0, "the node")?, |node| node.raw.set_election_timeout_ticks(ticks))
    }

    pub(super) fn compact(&mut self, arguments: Arguments<'_>) -> Result<(), Trouble> {
        let id = arguments.number_at(0, "the node")?;
        let index: Index = arguments.number_at(1, "the index")?;
        self.with(id, |node| node.raw.storage_mut().compact(index))?.map_err(Trouble::Said)?;
        self.raft_log(arguments)
    }

    pub(super) fn log_level(&mut self, arguments: Arguments<'_>) -> Result<(), Trouble> {
        self.output.level = level(arguments.word_at(0, "the level")?)?;
        Ok(())
    }
}

/// A level that a directive names.
pub(super) fn level(name: &str) -> Result<Level, Trouble> {
    let wrong = || Trouble::Said("log levels must be either of [DEBUG INFO WARN ERROR FATAL NONE]".to_string());
    Level::named(name).ok_or_else(wrong)
}

/// The settings of a node of which nothing is said: no limits, and etcd's ways.
fn template() -> Config {
    Config {
        heartbeat_ticks: HEARTBEAT_TICKS,
        election_ticks: ElectionTicks { min: ELECTION_TICKS, max: 2 * ELECTION_TICKS - 1 },
        forward_proposals: true,
        message_bytes_max: u64::MAX,
        inflight_messages_max: u32::MAX,
        inflight_bytes_max: u64::MAX,
        uncommitted_bytes_max: u64::MAX,
        committed_bytes_max: u64::MAX,
        dialect: Dialect { step_down_on_removal: false, unsynced_vote_requests: true, ..Dialect::default() },
        ..Config::new(1)
    }
}

fn set(key: &str, value: &str, config: &mut Config, snapshot: &mut Snapshot) -> Result<(), Trouble> {
    match key {
        "voters" => snapshot.conf_state.voters.push(number(value)?),
        "learners" => snapshot.conf_state.learners.push(number(value)?),
        "index" => {
            config.applied = number(value)?;
            snapshot.last.index = config.applied;
        }
        "content" => snapshot.data = Payload::from(value),
        "inflight" => config.inflight_messages_max = number(value)?,
        "async-storage-writes" => config.async_storage_writes = switch(value)?,
        "prevote" => config.pre_vote = switch(value)?,
        "checkquorum" => config.check_quorum = switch(value)?,
        "max-committed-size-per-ready" => {
            // 0 stands for no limit of its own.
            let bytes: u64 = number(value)?;
            config.committed_bytes_max = if bytes == 0 { u64::MAX } else { bytes };
        }
        "disable-conf-change-validation" => config.validate_conf_changes = !switch(value)?,
        "step-down-on-removal" => config.dialect.step_down_on_removal = switch(value)?,
        "read-only" => {
            config.reads = match value {
                "safe" => ReadMode::Safe,
                "lease-based" => ReadMode::Lease,
                _ => return Err(Trouble::Said(format!("invalid read-only option {value:?}"))),
            }
        }
        _ => set_own(key, value, config)?,
    }
    Ok(())
}

/// The settings that etcd's language has no words for.
fn set_own(key: &str, value: &str, config: &mut Config) -> Result<(), Trouble> {
    let dialect = &mut config.dialect;
    match key {
        "max-size-per-msg" => config.message_bytes_max = number(value)?,
        "max-inflight-bytes" => config.inflight_bytes_max = number(value)?,
        "max-uncommitted-size" => config.uncommitted_bytes_max = number(value)?,
        "forward-proposals" => config.forward_proposals = switch(value)?,
        "separate-heartbeats" => dialect.separate_heartbeats = switch(value)?,
        "answer-lower-terms" => dialect.answer_lower_terms = switch(value)?,
        "conf-change-on-apply" => dialect.conf_change_on_apply = switch(value)?,
        "matching-snapshot-keeps-log" => dialect.matching_snapshot_keeps_log = switch(value)?,
        "lost-candidate-steps-down" => dialect.lost_candidate_steps_down = switch(value)?,
        "unsynced-vote-requests" => dialect.unsynced_vote_requests = switch(value)?,
        "refused-change-becomes-noop" => dialect.refused_change_becomes_noop = switch(value)?,
        _ => return Err(Trouble::bad(format!("unknown setting {key}"))),
    }
    Ok(())
}

/// The snapshot that nodes start from; none when nothing was said of it.
fn bootstrap(mut snapshot: Snapshot) -> Result<Option<Arc<Snapshot>>, Trouble> {
    if snapshot == Snapshot::default() {
        return Ok(None);
    }
    let Position { index, .. } = snapshot.last;
    if index <= 1 {
        return Err(Trouble::Said("index must be specified as > 1 due to bootstrap".to_string()));
    }
    snapshot.last = Position::new(1, index);
    Ok(Some(Arc::new(snapshot)))
}
