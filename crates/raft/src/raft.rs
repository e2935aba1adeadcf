//! The state of a node, its front door ([`Raft::step`]), its clock ([`Raft::tick`]) and its changes of role.
//!
//! What happens behind the door is in `election`, `replication`, `snapshot`, `membership`, `read_index`, `transfer`.

use alloc::{sync::Arc, vec::Vec};

use crate::config::Config;
use crate::configuration::ConfState;
use crate::entry::{Index, NodeId, Term};
use crate::error::StepError;
use crate::event::{Decision, ElectionCause, FollowerReason, IgnoreReason, Tracer, TransferAbort};
use crate::log::RaftLog;
use crate::message::{AppendResult, Message, MessageBody};
use crate::progress::{InflightLimits, Progress};
use crate::read_index::Reads;
use crate::ready::{ReadState, Role, SelfAck};
use crate::rng::Rng;
use crate::rules::Rules;
use crate::storage::Storage;

/// One node of a cluster: Figure 2's state, and what etcd adds to it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Raft<S, T> {
    pub(crate) config: Config,
    pub(crate) tracer: T,
    pub(crate) rng: Rng,

    // Figure 2, persistent state; the commit index is the log's.
    pub(crate) term: Term,
    pub(crate) voted_for: Option<NodeId>,
    pub(crate) log: RaftLog<S>,

    pub(crate) role: Role,
    pub(crate) leader: Option<NodeId>,
    /// Ticks since the timer was reset; of a leader, since its last check of the quorum.
    pub(crate) election_elapsed: u32,
    pub(crate) heartbeat_elapsed: u32,
    pub(crate) randomized_timeout: u32,

    /// The configuration in effect.
    pub(crate) conf: Arc<ConfState>,
    /// Earlier configurations that come back if the entry at their index is truncated. Only when a configuration takes
    /// effect on append.
    pub(crate) conf_before: Vec<(Index, Arc<ConfState>)>,
    /// A book for each member, by ascending id; read and written by leaders only.
    pub(crate) progress: Vec<(NodeId, Progress)>,
    /// Answers to this candidate, by ascending id.
    pub(crate) votes: Vec<(NodeId, bool)>,
    /// No configuration change is appended while this index is not applied.
    pub(crate) pending_conf_index: Index,
    /// Payload bytes that this leader appended and has not seen applied. Only counted where they are limited.
    pub(crate) uncommitted_bytes: u64,
    /// To whom leadership is handed over.
    pub(crate) transferee: Option<NodeId>,
    pub(crate) reads: Reads,

    // What the next Ready carries.
    pub(crate) messages: Vec<Message>,
    pub(crate) messages_after_append: Vec<Message>,
    pub(crate) self_acks: Vec<SelfAck>,
    pub(crate) read_states: Vec<ReadState>,
}

impl<S: Storage, T: Tracer> Raft<S, T> {
    // ---- roles (Figure 4) ----

    /// What every change of role or term begins with.
    #[inline(never)]
    fn reset(&mut self, term: Term) {
        if self.term != term {
            self.term = term;
            self.voted_for = None;
        }
        self.leader = None;
        self.election_elapsed = 0;
        self.heartbeat_elapsed = 0;
        self.draw_timeout();
        self.transferee = None;
        self.votes.clear();
        self.pending_conf_index = 0;
        self.uncommitted_bytes = 0;
        self.reads.clear();
    }

    /// A new leader knows nothing of the others' logs but guesses that they equal its own (Figure 2).
    fn reset_progress(&mut self) {
        let (last, limits) = (self.log.last_index(), self.inflight_limits());
        for (id, progress) in &mut self.progress {
            let known = progress.match_index();
            *progress = Progress::starting_at(last + 1, progress.is_learner(), limits);
            if *id == self.config.id {
                progress.advance_match(last);
            } else if !self.config.rules().match_reset_on_election {
                progress.advance_match(known.min(last));
            }
        }
    }

    #[inline(never)]
    pub(crate) fn become_follower(&mut self, term: Term, leader: Option<NodeId>, why: FollowerReason) {
        let (was, old_term) = (self.role, self.term);
        self.reset(term);
        self.role = Role::Follower;
        self.leader = leader;
        self.tracer.decide(|| Decision::BecameFollower { was, old_term, term, leader, why });
    }

    /// Asks before it campaigns: neither term nor vote change (thesis 9.6).
    pub(crate) fn become_pre_candidate(&mut self) {
        self.votes.clear();
        self.leader = None;
        self.role = Role::PreCandidate;
        self.tracer.decide(|| Decision::BecamePreCandidate { term: self.term });
    }

    pub(crate) fn become_candidate(&mut self) {
        self.reset(self.term + 1);
        self.voted_for = Some(self.config.id);
        self.role = Role::Candidate;
        self.tracer.decide(|| Decision::BecameCandidate { term: self.term });
    }

    /// Wins, and appends a no-op so that what its predecessors left can commit (§5.4.2, §8).
    pub(crate) fn become_leader(&mut self) {
        let votes = core::mem::take(&mut self.votes);
        self.reset(self.term);
        self.reset_progress();
        self.role = Role::Leader;
        self.leader = Some(self.config.id);
        let id = self.config.id;
        if let Some(own) = self.progress_of(id) {
            own.become_replicate();
            own.recent_active = true;
        }
        // A change from an earlier term may lie in the log's tail: no other one before all of that is applied.
        if self.config.rules().conf_change_waits_for_own_term_commit {
            self.pending_conf_index = self.log.last_index();
        }
        self.append_noop();
        self.tracer.decide(|| {
            let votes = votes.iter().filter(|(_, granted)| *granted).map(|(id, _)| *id).collect();
            Decision::BecameLeader { term: self.term, votes }
        });
    }

    fn draw_timeout(&mut self) {
        let ticks = self.config.election_ticks;
        self.randomized_timeout = self.rng.in_range(ticks.min, ticks.max);
    }

    // ---- the clock ----

    pub(crate) fn tick(&mut self) {
        match self.role {
            Role::Leader => self.tick_leader(),
            Role::Follower | Role::PreCandidate | Role::Candidate => self.tick_waiting(),
        }
    }

    fn tick_waiting(&mut self) {
        self.election_elapsed = self.election_elapsed.saturating_add(1);
        if self.is_promotable() && self.election_elapsed >= self.randomized_timeout {
            let elapsed_ticks = self.election_elapsed;
            self.election_elapsed = 0;
            // A refusal is told to the tracer; the timer starts over.
            let _ = self.hup(ElectionCause::Timeout { elapsed_ticks });
        }
    }

    fn tick_leader(&mut self) {
        self.heartbeat_elapsed += 1;
        self.election_elapsed += 1;
        if self.election_elapsed >= self.config.election_ticks.min {
            self.election_elapsed = 0;
            if self.config.check_quorum {
                self.check_quorum();
            }
            if let Some(to) = self.transferee {
                self.abort_transfer(to, TransferAbort::TimedOut);
            }
        }
        if self.role == Role::Leader && self.heartbeat_elapsed >= self.config.heartbeat_ticks {
            self.heartbeat_elapsed = 0;
            self.broadcast_heartbeat();
        }
    }

    // ---- the front door ----

    /// Nobody sends entries whose terms go down; but who broke a rule may have them in its log, and is to be heard.
    pub(crate) fn believes_any_terms(&self) -> bool {
        *self.config.rules() != Rules::ALL
    }

    /// Takes a message that is well formed and for this node.
    pub(crate) fn step(&mut self, message: &Message) -> Result<(), StepError> {
        if !matches!(message.body, MessageBody::Propose { .. } | MessageBody::ReadIndex { .. }) {
            if message.term > self.term {
                if !self.meet_higher_term(message) {
                    return Ok(());
                }
            } else if message.term < self.term && !self.lets_stale_through(message) {
                self.meet_lower_term(message);
                return Ok(());
            }
        }
        self.dispatch(message)
    }

    /// A term above one's own: follow it, unless a lease forbids (§5.1, thesis 6.4.1). Says whether the message counts.
    fn meet_higher_term(&mut self, message: &Message) -> bool {
        let (from, kind) = (message.from, message.kind());
        let speaker = match message.body {
            MessageBody::RequestVote { last, pre_vote, transfer } => {
                if !transfer && let Some(remaining) = self.lease_remaining() {
                    self.refuse_by_lease(message, last, pre_vote, remaining);
                    return false;
                }
                if pre_vote {
                    return true;
                }
                None
            }
            MessageBody::RequestVoteResponse { granted: true, pre_vote: true } => return true,
            MessageBody::AppendEntries { .. } | MessageBody::Heartbeat { .. } | MessageBody::InstallSnapshot { .. } => {
                Some(from)
            }
            MessageBody::RequestVoteResponse { .. }
            | MessageBody::AppendEntriesResponse(_)
            | MessageBody::HeartbeatResponse { .. }
            | MessageBody::TimeoutNow
            | MessageBody::TransferLeader { .. }
            | MessageBody::Propose { .. }
            | MessageBody::ReadIndex { .. }
            | MessageBody::ReadIndexResponse { .. } => None,
        };
        let (mine, theirs) = (self.term, message.term);
        self.tracer.decide(|| Decision::HigherTerm { from, kind, mine, theirs });
        self.become_follower(message.term, speaker, FollowerReason::HigherTerm { from, kind });
        true
    }

    /// Rules 8, 16 and 17, broken: what is stale counts all the same.
    fn lets_stale_through(&self, message: &Message) -> bool {
        let rules = self.config.rules();
        match message.body {
            MessageBody::AppendEntries { .. } | MessageBody::Heartbeat { .. } | MessageBody::InstallSnapshot { .. } => {
                !rules.stale_appends_refused && self.role == Role::Follower
            }
            MessageBody::RequestVoteResponse { .. } => !rules.stale_votes_ignored,
            MessageBody::AppendEntriesResponse(_) => !rules.stale_append_answers_ignored,
            MessageBody::RequestVote { .. }
            | MessageBody::HeartbeatResponse { .. }
            | MessageBody::TimeoutNow
            | MessageBody::TransferLeader { .. }
            | MessageBody::Propose { .. }
            | MessageBody::ReadIndex { .. }
            | MessageBody::ReadIndexResponse { .. } => false,
        }
    }

    /// A term below one's own: by the paper its sender is told (§5.1); etcd tells it only where it would be stuck
    /// otherwise, that is with PreVote or CheckQuorum.
    fn meet_lower_term(&mut self, message: &Message) {
        let (from, kind) = (message.from, message.kind());
        let (mine, theirs) = (self.term, message.term);
        let answers = self.config.dialect.answer_lower_terms;
        let nudge = MessageBody::AppendEntriesResponse(AppendResult::Matched { index: 0 });
        match message.body {
            MessageBody::AppendEntries { .. } | MessageBody::Heartbeat { .. }
                if answers || self.config.check_quorum || self.config.pre_vote =>
            {
                self.tracer.decide(|| Decision::LowerTermAnswered { to: from, kind, mine, theirs });
                self.send_after_append(from, mine, nudge);
            }
            MessageBody::InstallSnapshot { .. } if answers => {
                self.tracer.decide(|| Decision::LowerTermAnswered { to: from, kind, mine, theirs });
                self.send_after_append(from, mine, nudge);
            }
            MessageBody::RequestVote { last, pre_vote, .. } if answers || pre_vote => {
                self.refuse_lower_term_vote(from, theirs, last, pre_vote);
            }
            MessageBody::RequestVote { .. }
            | MessageBody::RequestVoteResponse { .. }
            | MessageBody::AppendEntries { .. }
            | MessageBody::AppendEntriesResponse(_)
            | MessageBody::Heartbeat { .. }
            | MessageBody::HeartbeatResponse { .. }
            | MessageBody::InstallSnapshot { .. }
            | MessageBody::TimeoutNow
            | MessageBody::TransferLeader { .. }
            | MessageBody::Propose { .. }
            | MessageBody::ReadIndex { .. }
            | MessageBody::ReadIndexResponse { .. } => self.ignore(message, IgnoreReason::LowerTerm),
        }
    }

    pub(crate) fn ignore(&mut self, message: &Message, why: IgnoreReason) {
        let (from, kind, mine, theirs) = (message.from, message.kind(), self.term, message.term);
        self.tracer.decide(|| Decision::Ignored { from, kind, mine, theirs, why });
    }

    /// To each message its handler.
    fn dispatch(&mut self, message: &Message) -> Result<(), StepError> {
        let from = message.from;
        match message.body {
            MessageBody::RequestVote { last, pre_vote, .. } => {
                self.handle_vote_request(from, message.term, last, pre_vote);
            }
            MessageBody::RequestVoteResponse { granted, pre_vote } => {
                let asked = if pre_vote { Role::PreCandidate } else { Role::Candidate };
                if self.role == asked {
                    self.count_vote(from, granted, pre_vote);
                } else {
                    self.ignore(message, IgnoreReason::NotMyRole);
                }
            }
            MessageBody::AppendEntries { prev, ref entries, commit } => {
                if self.heeds_leader(message) {
                    self.handle_append(from, prev, entries, commit);
                }
            }
            MessageBody::Heartbeat { commit, read_round } => {
                if self.heeds_leader(message) {
                    self.handle_heartbeat(from, commit, read_round);
                }
            }
            MessageBody::InstallSnapshot { ref snapshot } => {
                if self.heeds_leader(message) {
                    self.handle_snapshot(from, snapshot);
                }
            }
            MessageBody::AppendEntriesResponse(result) => {
                if let Some(at) = self.book_of_answer(message) {
                    self.handle_append_response(at, message, result);
                }
            }
            MessageBody::HeartbeatResponse { read_round } => {
                if let Some(at) = self.book_of_answer(message) {
                    self.handle_heartbeat_response(at, read_round);
                }
            }
            MessageBody::TimeoutNow => self.handle_timeout_now(message),
            MessageBody::TransferLeader { transferee } => self.transfer_leader(transferee),
            MessageBody::Propose { ref entries } => {
                return self.propose_forwarded(entries).map_err(StepError::Proposal);
            }
            MessageBody::ReadIndex { context } => self.handle_read_request(from, context),
            MessageBody::ReadIndexResponse { index, context } => {
                if self.role == Role::Follower {
                    self.read_states.push(ReadState { index, context });
                } else {
                    self.ignore(message, IgnoreReason::NotMyRole);
                }
            }
        }
        Ok(())
    }

    /// Who speaks as the leader of one's term is the leader: there is one at most (§5.2). Says whether to act on it.
    fn heeds_leader(&mut self, message: &Message) -> bool {
        let leader = message.from;
        match self.role {
            Role::Leader => {
                self.ignore(message, IgnoreReason::Nonsense);
                return false;
            }
            Role::Candidate | Role::PreCandidate => {
                self.become_follower(message.term, Some(leader), FollowerReason::LeaderExists { leader });
            }
            Role::Follower => {
                self.election_elapsed = 0;
                self.leader = Some(leader);
            }
        }
        true
    }

    /// The leader's book about the node that answers: it lives.
    fn book_of_answer(&mut self, message: &Message) -> Option<usize> {
        if self.role != Role::Leader {
            self.ignore(message, IgnoreReason::NotMyRole);
            return None;
        }
        let Some(at) = self.progress_at(message.from) else {
            self.ignore(message, IgnoreReason::UnknownNode);
            return None;
        };
        self.progress[at].1.recent_active = true;
        Some(at)
    }

    fn handle_append_response(&mut self, at: usize, message: &Message, result: AppendResult) {
        match result {
            AppendResult::Matched { index } if index > self.log.last_index() => {
                self.ignore(message, IgnoreReason::Nonsense);
            }
            AppendResult::Matched { index } => self.handle_matched(at, index),
            AppendResult::Rejected { prev_index, hint } => self.handle_rejected(at, prev_index, hint),
        }
    }

    // ---- sending ----

    /// A message that may leave at once.
    pub(crate) fn send(&mut self, to: NodeId, term: Term, body: MessageBody) {
        self.messages.push(Message { from: self.config.id, to, term, body });
    }

    /// A message that promises what is written: it leaves after that is synced (rule 11).
    #[inline(never)]
    pub(crate) fn send_after_append(&mut self, to: NodeId, term: Term, body: MessageBody) {
        let message = Message { from: self.config.id, to, term, body };
        self.messages_of_promises().push(message);
    }

    /// Where a message goes that promises what is written.
    #[inline]
    pub(crate) fn messages_of_promises(&mut self) -> &mut Vec<Message> {
        if self.config.rules().acknowledge_after_sync { &mut self.messages_after_append } else { &mut self.messages }
    }

    // ---- the books ----

    pub(crate) fn progress_at(&self, id: NodeId) -> Option<usize> {
        self.progress.iter().position(|(other, _)| *other == id)
    }

    pub(crate) fn progress_of(&mut self, id: NodeId) -> Option<&mut Progress> {
        self.progress.iter_mut().find(|(other, _)| *other == id).map(|(_, progress)| progress)
    }

    pub(crate) fn inflight_limits(&self) -> InflightLimits {
        InflightLimits { messages_max: self.config.inflight_messages_max, bytes_max: self.config.inflight_bytes_max }
    }
}
