//! [`RawNode`]: the API.

use alloc::{sync::Arc, vec::Vec};
use core::borrow::Borrow;

use crate::config::{Config, ConfigError, ReadMode};
use crate::configuration::{ConfChange, ConfState};
use crate::entry::{Body, Index, NodeId, Payload, Position, Term};
use crate::error::{CampaignError, ProposeError, StepError};
use crate::event::{
    AckIgnored, ConfChangeRefusal, Decision, ElectionCause, FollowerReason, IgnoreReason, Silent, Tracer,
};
use crate::log::{LogLimits, RaftLog};
use crate::message::{LIMIT, Message, MessageKind};
use crate::raft::Raft;
use crate::read_index::Reads;
use crate::ready::{Mark, Ready, Role, SelfAck, SoftState, Written};
use crate::rng::Rng;
#[cfg(feature = "breakable")]
use crate::rules::Rules;
use crate::status::Status;
use crate::storage::{HardState, Storage};

/// A Raft node without threads, clocks or I/O: ticks, messages and wishes go in, a [`Ready`] comes out.
///
/// A plain value: it can be cloned, compared and hashed at any moment, and goes on from there exactly as the original
/// does. The crate's front page shows the loop around it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct RawNode<S, T = Silent> {
    raft: Raft<S, T>,
    told: Told,
    /// Empty vectors of an earlier Ready, to be used again.
    spare: Ready,
}

impl<S: Storage> RawNode<S> {
    /// A node that starts, or restarts, from what its storage holds, and tells nobody what it decides.
    ///
    /// # Errors
    /// When the config is impossible or does not fit the storage.
    pub fn new(config: Config, storage: S) -> Result<RawNode<S>, ConfigError> {
        RawNode::with_tracer(config, storage, Silent)
    }
}

impl<S: Storage, T: Tracer> RawNode<S, T> {
    /// A node that starts, or restarts, from what its storage holds, and tells `tracer` what it decides.
    ///
    /// # Errors
    /// When the config is impossible or does not fit the storage.
    pub fn with_tracer(config: Config, storage: S, tracer: T) -> Result<RawNode<S, T>, ConfigError> {
        config.validate()?;
        let (hard_state, conf) = storage.initial_state();
        if !conf.is_possible() {
            return Err(ConfigError::ImpossibleConfState);
        }
        let limits = LogLimits {
            applying_bytes_max: config.committed_bytes_max,
            counts_payloads: config.uncommitted_bytes_max < u64::MAX,
        };
        let mut log = RaftLog::new(storage, limits);
        let (first, last) = (log.committed(), log.last_index());
        // What a snapshot covers is committed, also if the node crashed before it wrote that.
        let commit = hard_state.commit.max(first);
        if commit > last {
            return Err(ConfigError::CommitOutsideLog { commit, first, last });
        }
        let applied = if config.applied == 0 { first } else { config.applied };
        if applied < first || applied > commit {
            return Err(ConfigError::AppliedOutsideLog { applied, first, last: commit });
        }
        log.restart(commit, applied);
        let mut raft = Raft {
            rng: Rng::new(config.rng_seed, config.id),
            config,
            tracer,
            term: hard_state.term,
            voted_for: hard_state.voted_for,
            log,
            role: Role::Follower,
            leader: None,
            election_elapsed: 0,
            heartbeat_elapsed: 0,
            randomized_timeout: 0,
            conf: Arc::default(),
            conf_before: Vec::new(),
            progress: Vec::new(),
            votes: Vec::new(),
            pending_conf_index: 0,
            uncommitted_bytes: 0,
            transferee: None,
            reads: Reads::default(),
            messages: Vec::new(),
            messages_after_append: Vec::new(),
            self_acks: Vec::new(),
            read_states: Vec::new(),
        };
        raft.switch_to(Arc::new(conf));
        raft.replay_conf_changes();
        raft.become_follower(hard_state.term, None, FollowerReason::Started);
        let told = Told::of(&raft);
        Ok(RawNode { raft, told, spare: Ready::default() })
    }

    // ---- in ----

    /// Time passes. Call it at a steady pace; the config counts in these ticks.
    pub fn tick(&mut self) {
        self.raft.tick();
    }

    /// A message came in, by value or by reference. Anything may come: what no correct node sends is refused or ignored,
    /// never a panic.
    ///
    /// # Errors
    /// When the message was refused.
    pub fn step(&mut self, message: impl Borrow<Message>) -> Result<(), StepError> {
        let message = message.borrow();
        let (from, to) = (message.from, message.to);
        if to != self.raft.config.id {
            Err(StepError::NotForMe { to })
        } else if from == 0 || from == to {
            Err(StepError::BadSender { from })
        } else if !message.is_well_formed(|| self.raft.believes_any_terms()) {
            Err(StepError::Malformed { kind: message.kind() })
        } else if message.is_response() && self.raft.progress_at(from).is_none() {
            Err(StepError::UnknownPeer { from, kind: message.kind() })
        } else {
            self.raft.step(message)
        }
    }

    /// Asks for a command to be appended to the log. The entry at the returned position is this one if its term is the
    /// position's; another leader may have put something else there.
    ///
    /// # Errors
    /// When it was not appended here.
    pub fn propose(&mut self, payload: impl Into<Payload>) -> Result<Position, ProposeError> {
        self.raft.propose(core::iter::once(Body::Command(payload.into())))
    }

    /// Asks for several commands to be appended at once; all or none are. Returns the position of the last.
    ///
    /// # Errors
    /// When they were not appended here.
    pub fn propose_batch(&mut self, payloads: &[Payload]) -> Result<Position, ProposeError> {
        if payloads.is_empty() {
            return Err(ProposeError::Empty);
        }
        self.raft.propose(payloads.iter().map(|payload| Body::Command(payload.clone())))
    }

    /// Asks for a change of the configuration to be appended (§6).
    ///
    /// # Errors
    /// When it was not appended here; by the default dialect a no-op stands in for a change that is refused.
    pub fn propose_conf_change(&mut self, change: ConfChange) -> Result<Position, ProposeError> {
        self.raft.propose(core::iter::once(Body::ConfChange(Arc::new(change))))
    }

    /// The host applied a committed change of the configuration: call it for each, before `ack_applied`. Returns the
    /// configuration as of that entry, for the host's snapshots. While a snapshot waits to be written nothing changes: what was
    /// handed out before it is covered by it.
    ///
    /// # Errors
    /// When the change is impossible; the configuration stays as it was.
    pub fn apply_conf_change(&mut self, change: &ConfChange) -> Result<Arc<ConfState>, ConfChangeRefusal> {
        self.raft.apply_conf_change(change)
    }

    /// Campaigns now, as if the election timeout had passed (etcd's `MsgHup`).
    ///
    /// # Errors
    /// When it must not.
    pub fn campaign(&mut self) -> Result<(), CampaignError> {
        self.raft.hup(ElectionCause::Asked).map_err(CampaignError)
    }

    /// Asks for a read index (thesis 6.4); the answer comes in [`Ready::read_states`] under the same `context`, or
    /// never: ask again after a while.
    pub fn read_index(&mut self, context: u64) {
        self.raft.handle_read_request(self.raft.config.id, context);
    }

    /// As [`read_index`](RawNode::read_index), and this one read is confirmed by the leader's lease and not by a round of
    /// heartbeats (thesis 6.4.1). It trusts clocks, and that nobody uses [`forget_leader`](RawNode::forget_leader); only a
    /// leader's own host has use for it. Where there is no lease, without `check_quorum` or once leadership is handed over, it
    /// goes by a round.
    pub fn read_by_lease(&mut self, context: u64) {
        let usual = core::mem::replace(&mut self.raft.config.reads, ReadMode::Lease);
        self.read_index(context);
        self.raft.config.reads = usual;
    }

    /// Asks that `to` become the leader (thesis 3.10). Given up after an election timeout.
    pub fn transfer_leader(&mut self, to: NodeId) {
        self.raft.transfer_leader(to);
    }

    /// As a leader, takes `index` for the next entry to send to a follower (Figure 2, `nextIndex`), within what it is known to hold and
    /// the end of the log, and probes from there. For teaching: a wrong one is repaired by the consistency check (§5.3). Does nothing
    /// elsewhere, and for a node that is not followed.
    pub fn set_next(&mut self, to: NodeId, index: Index) {
        self.raft.set_next(to, index);
    }

    /// A follower forgets who leads, and with it the lease it granted.
    pub fn forget_leader(&mut self) {
        self.raft.forget_leader();
    }

    /// A message to `node` got lost: its appends start over from what is known.
    pub fn report_unreachable(&mut self, node: NodeId) {
        self.raft.report_unreachable(node);
    }

    /// The snapshot on its way to `node` arrived, or did not.
    pub fn report_snapshot(&mut self, node: NodeId, arrived: bool) {
        self.raft.report_snapshot(node, arrived);
    }

    /// Replaces the random election timeout, until the next one is drawn. At least 1.
    pub fn set_election_timeout_ticks(&mut self, ticks: u32) {
        self.raft.randomized_timeout = ticks.max(1);
    }

    /// Breaks or mends rules of a running node, to see what falls.
    #[cfg(feature = "breakable")]
    pub fn set_rules(&mut self, rules: Rules) {
        self.raft.config.rules = rules;
    }

    // ---- out ----

    /// Whether [`ready`](RawNode::ready) has anything to say.
    pub fn has_ready(&self) -> bool {
        let raft = &self.raft;
        !raft.messages.is_empty()
            || !raft.messages_after_append.is_empty()
            || !raft.self_acks.is_empty()
            || Told::of(raft) != self.told
            || raft.log.unstable().has_next_entries()
            || raft.log.unstable().next_snapshot().is_some()
            || raft.log.has_appliable(self.appliable_to())
            || !raft.read_states.is_empty()
    }

    /// What is to be done now; see [`Ready`] for the order. Everything is handed out once.
    pub fn ready(&mut self) -> Ready {
        let mut ready = core::mem::take(&mut self.spare);
        self.ready_into(&mut ready);
        ready
    }

    /// As [`ready`](RawNode::ready), into a Ready that the host keeps: new, or as
    /// [`advance_with`](RawNode::advance_with) left it.
    pub fn ready_into(&mut self, ready: &mut Ready) {
        let appliable_to = self.appliable_to();
        let raft = &mut self.raft;
        hand_out(&mut raft.messages, &mut ready.messages);
        hand_out(&mut raft.messages_after_append, &mut ready.append.messages);
        hand_out(&mut raft.self_acks, &mut ready.append.mark.self_acks);
        hand_out(&mut raft.read_states, &mut ready.read_states);

        let (now, told) = (Told::of(raft), self.told);
        self.told = now;
        if (now.leader, now.role) != (told.leader, told.role) {
            ready.soft_state = Some(SoftState { leader: raft.leader, role: raft.role });
        }
        let vote_changed = (now.term, now.voted_for) != (told.term, told.voted_for);
        if vote_changed || now.commit != told.commit {
            ready.append.hard_state =
                Some(HardState { term: raft.term, voted_for: raft.voted_for, commit: raft.log.committed() });
        }

        if let Some(snapshot) = raft.log.unstable().next_snapshot() {
            ready.append.snapshot = Some(Arc::clone(snapshot));
        }
        ready.append.entries.extend_from_slice(raft.log.unstable().next_entries());
        if let Some(written) = written(raft) {
            ready.append.mark.written = Some(written);
        }
        raft.log.take_appliable(appliable_to, &mut ready.committed_entries);
        raft.log.unstable_mut().accept_in_progress();
        ready.must_sync = vote_changed || !ready.append.entries.is_empty() || ready.append.snapshot.is_some();
    }

    /// The plain loop's last step: everything the Ready asked for is done. Acknowledges the append and the applied
    /// entries, and takes the vectors back.
    pub fn advance(&mut self, mut ready: Ready) {
        self.advance_with(&mut ready);
        self.spare = ready;
    }

    /// As [`advance`](RawNode::advance), for a Ready that the host keeps: it comes back empty, with its memory.
    pub fn advance_with(&mut self, ready: &mut Ready) {
        self.acknowledge(&mut ready.append.mark);
        if let Some(last) = ready.committed_entries.last() {
            self.raft.applied_to(last.index);
        }
        ready.soft_state = None;
        ready.messages.clear();
        ready.append.hard_state = None;
        ready.append.snapshot = None;
        ready.append.entries.clear();
        ready.append.messages.clear();
        ready.committed_entries.clear();
        ready.read_states.clear();
        ready.must_sync = false;
    }

    /// What an [`Append`](crate::Append) asked for is on disk. Marks go back in the order of the Readys.
    pub fn ack_append(&mut self, mut mark: Mark) {
        self.acknowledge(&mut mark);
        if self.spare.append.mark.self_acks.capacity() == 0 {
            self.spare.append.mark = mark;
        }
    }

    /// Acknowledges, and empties the mark.
    fn acknowledge(&mut self, mark: &mut Mark) {
        for &ack in &mark.self_acks {
            self.raft.acknowledge_self(ack);
        }
        mark.self_acks.clear();
        if let Some(written) = &mark.written {
            self.raft.acknowledge_written(written);
            mark.written = None;
        }
    }

    /// The state machine has applied everything up to `index`. Never goes back.
    pub fn ack_applied(&mut self, index: Index) {
        self.raft.applied_to(index);
    }

    /// Up to where entries may be handed out to be applied: what is committed (rule 28), and, unless the plain loop writes
    /// before it applies, acknowledged as written.
    fn appliable_to(&self) -> Index {
        let Raft { log, config, .. } = &self.raft;
        let to = if config.rules().only_committed_applied { log.committed() } else { log.last_index() };
        if config.async_storage_writes { to.min(log.unstable_offset() - 1) } else { to }
    }

    // ---- to look at ----

    /// Everything worth seeing, borrowed.
    pub fn status(&self) -> Status<'_> {
        let raft = &self.raft;
        Status {
            id: raft.config.id,
            role: raft.role,
            leader: raft.leader,
            term: raft.term,
            voted_for: raft.voted_for,
            commit: raft.log.committed(),
            applied: raft.log.applied(),
            last: raft.log.last(),
            election_elapsed_ticks: raft.election_elapsed,
            randomized_election_timeout_ticks: raft.randomized_timeout,
            heartbeat_elapsed_ticks: raft.heartbeat_elapsed,
            votes: &raft.votes,
            progress: if raft.role == Role::Leader { &raft.progress } else { &[] },
            conf: &raft.conf,
            transferee: raft.transferee,
        }
    }

    /// The node's settings.
    pub fn config(&self) -> &Config {
        &self.raft.config
    }

    /// The log, on disk and not yet.
    pub fn log(&self) -> &RaftLog<S> {
        &self.raft.log
    }

    /// What is on disk.
    pub fn storage(&self) -> &S {
        self.raft.log.storage()
    }

    /// What is on disk, to be written by the host.
    pub fn storage_mut(&mut self) -> &mut S {
        self.raft.log.storage_mut()
    }

    /// Who hears the decisions.
    pub fn tracer_mut(&mut self) -> &mut T {
        &mut self.raft.tracer
    }

    /// Takes the storage out of a node that stops.
    pub fn into_storage(self) -> S {
        self.raft.log.into_storage()
    }
}

/// Moves everything into an empty vector, whose memory is used next. Most of the vectors are empty most of the time.
#[inline(always)]
fn hand_out<E>(from: &mut Vec<E>, to: &mut Vec<E>) {
    if !from.is_empty() {
        core::mem::swap(from, to);
    }
}

/// What the host was last told of the soft and the hard state. Nobody is 0 here: this is compared all the time.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
struct Told {
    leader: NodeId,
    role: Role,
    term: Term,
    voted_for: NodeId,
    commit: Index,
}

impl Told {
    #[inline]
    fn of<S: Storage, T>(raft: &Raft<S, T>) -> Told {
        Told {
            leader: raft.leader.unwrap_or(0),
            role: raft.role,
            term: raft.term,
            voted_for: raft.voted_for.unwrap_or(0),
            commit: raft.log.committed(),
        }
    }
}

/// What the disk will hold once this Ready is written: the whole unstable log, also what earlier Readys handed out.
fn written<S: Storage, T: Tracer>(raft: &Raft<S, T>) -> Option<Written> {
    let unstable = raft.log.unstable();
    let last = unstable.has_entries().then(|| raft.log.last());
    let snapshot = unstable.snapshot().map(|snapshot| snapshot.last.index);
    (last.is_some() || snapshot.is_some()).then_some(Written { term: raft.term, last, snapshot })
}

impl<S: Storage, T: Tracer> Raft<S, T> {
    /// A restarting node of the paper's dialect: what its log's tail says takes effect again.
    fn replay_conf_changes(&mut self) {
        if self.config.dialect.conf_change_on_apply {
            return;
        }
        let mut tail = Vec::new();
        let range = self.log.applied() + 1..self.log.last_index() + 1;
        if !range.is_empty() && self.log.read(range, LIMIT, &mut tail).is_ok() {
            self.conf_changes_appended(&tail);
        }
    }

    /// What the node promised to itself is on disk.
    fn acknowledge_self(&mut self, ack: SelfAck) {
        let (theirs, kind) = match ack {
            SelfAck::Vote { term, pre_vote: true, .. } => (term, MessageKind::RequestPreVoteResponse),
            SelfAck::Vote { term, pre_vote: false, .. } => (term, MessageKind::RequestVoteResponse),
            SelfAck::Append { term, .. } => (term, MessageKind::AppendEntriesResponse),
        };
        let (from, mine): (NodeId, Term) = (self.config.id, self.term);
        if theirs < mine {
            let why = IgnoreReason::LowerTerm;
            self.tracer.decide(|| Decision::Ignored { from, kind, mine, theirs, why });
        }
        match ack {
            SelfAck::Vote { term, pre_vote, .. } => self.count_own_vote(term, pre_vote),
            SelfAck::Append { term, index, .. } => self.own_append_synced(term, index),
        }
    }

    /// The disk is as far as `written` says; what it says of an older term may be overwritten since (rule 13).
    fn acknowledge_written(&mut self, written: &Written) {
        let (term, mine) = (written.term, self.term);
        if let Some(position) = written.last {
            let ignored = if !self.config.rules().late_acks_confirm_nothing {
                self.log.unstable_mut().forget_through(position.index);
                None
            } else if term < mine {
                Some(AckIgnored::LowerTerm { mine })
            } else {
                self.log.stable_to(position).err()
            };
            if let Some(why) = ignored {
                self.tracer.decide(|| Decision::AckIgnored { term, position, why });
            }
        }
        if let Some(index) = written.snapshot {
            self.log.unstable_mut().snapshot_stable_to(index);
            self.applied_to(index);
        }
    }
}
