//! Reads without a log entry (§8, thesis 6.4): the commit index at the time of the asking, confirmed by a round of
//! heartbeats to a quorum, or by a lease.
//!
//! Rounds are counters that the leader makes, so an answer confirms exactly the rounds up to its own: contexts that
//! hosts reuse, or that collide between nodes, cannot confirm each other (etcd#20418).

use alloc::vec::Vec;

use crate::config::ReadMode;
use crate::entry::{Index, NodeId};
use crate::event::{Decision, Tracer};
use crate::message::MessageBody;
use crate::progress::Reached;
use crate::quorum::quorum_index;
use crate::raft::Raft;
use crate::ready::{ReadState, Role};
use crate::storage::Storage;

/// Somebody was told to campaign whom no lease holds up.
const NO_LEASE: u8 = u8::MAX;

/// The reads that a leader has not yet answered.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub(crate) struct Reads {
    /// The last round that was opened; never reused by this node.
    round: u64,
    /// Reads that wait for their round, by ascending round.
    open: Vec<OpenRead>,
    /// Reads that wait for the first commit of the leader's term: who asked, and for what.
    postponed: Vec<(NodeId, u64)>,
    /// How many checks of the quorum must pass until there is a lease; with [`NO_LEASE`] there is none any more.
    checks_before_lease: u8,
}

#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
struct OpenRead {
    round: u64,
    index: Index,
    from: NodeId,
    context: u64,
}

impl Reads {
    pub(crate) fn clear(&mut self) {
        self.open.clear();
        self.postponed.clear();
        self.checks_before_lease = 0;
    }

    /// From now on, and for the rest of the term, another may be elected at any moment (thesis 3.10, 6.4.1).
    pub(crate) fn give_up_lease(&mut self) {
        self.checks_before_lease = NO_LEASE;
    }

    /// A transfer starts the timer of the check over. The next check will ask for more than an election timeout, the one after it is as
    /// good as any.
    pub(crate) fn check_put_off(&mut self) {
        self.checks_before_lease = self.checks_before_lease.max(2);
    }

    pub(crate) fn quorum_checked(&mut self) {
        if self.checks_before_lease != NO_LEASE {
            self.checks_before_lease = self.checks_before_lease.saturating_sub(1);
        }
    }

    /// The round that a heartbeat should confirm; 0 when none is open.
    pub(crate) fn latest_open_round(&self) -> u64 {
        self.open.last().map_or(0, |read| read.round)
    }
}

impl<S: Storage, T: Tracer> Raft<S, T> {
    /// A read, asked for by this node's host or by another node.
    pub(crate) fn handle_read_request(&mut self, from: NodeId, context: u64) {
        match (self.role, self.leader) {
            (Role::Leader, _) => self.admit_read(from, context),
            (Role::Follower, Some(leader)) => self.send(leader, 0, MessageBody::ReadIndex { context }),
            (Role::Follower | Role::PreCandidate | Role::Candidate, _) => {
                self.tracer.decide(|| Decision::ReadDropped { context, term: self.term });
            }
        }
    }

    fn admit_read(&mut self, from: NodeId, context: u64) {
        let alone = self.is_only_voter();
        if !alone && self.config.rules().reads_wait_for_own_term_commit && !self.has_committed_in_term() {
            self.tracer.decide(|| Decision::ReadPostponed { from, context, term: self.term });
            self.reads.postponed.push((from, context));
            return;
        }
        let index = self.log.committed();
        // Without a lease a read that asked for it goes by a round.
        let by_lease = self.config.reads == ReadMode::Lease && self.has_lease();
        if alone || by_lease || !self.config.rules().reads_need_quorum_round {
            return self.answer_read(from, context, index);
        }
        let round = if self.config.rules().read_rounds_are_unique { self.reads.round + 1 } else { context };
        self.reads.round = round;
        self.reads.open.push(OpenRead { round, index, from, context });
        for at in 0..self.progress.len() {
            if self.progress[at].0 == self.config.id {
                self.progress[at].1.read_round = round;
            } else {
                self.send_heartbeat(at, round);
            }
        }
    }

    /// Whether nobody else leads, if clocks are right (thesis 6.4.1): a quorum was heard of within an election timeout, and nobody was
    /// told to campaign.
    fn has_lease(&self) -> bool {
        self.config.check_quorum && self.reads.checks_before_lease == 0
    }

    /// Whether a quorum is this node alone. One other voter is not enough of a reason to answer for it.
    fn is_only_voter(&self) -> bool {
        self.conf.voters == [self.config.id] && !self.conf.is_joint()
    }

    /// A follower confirmed a round, and with it every earlier one.
    pub(crate) fn confirm_reads(&mut self, at: usize, read_round: u64) {
        if read_round > self.reads.round {
            return;
        }
        let progress = &mut self.progress[at].1;
        progress.read_round = progress.read_round.max(read_round);
        self.answer_confirmed_reads();
    }

    /// Answers the reads whose round a quorum has confirmed: after an answer, or when the configuration leaves a quorum that has.
    pub(crate) fn answer_confirmed_reads(&mut self) {
        if self.reads.open.is_empty() {
            return;
        }
        let confirmed = quorum_index(&self.conf, self.config.rules(), &self.progress, Reached::ReadRound, 0);
        let answered = self.reads.open.iter().take_while(|read| read.round <= confirmed).count();
        for at in 0..answered {
            let OpenRead { index, from, context, .. } = self.reads.open[at];
            self.answer_read(from, context, index);
        }
        self.reads.open.drain(..answered);
    }

    /// The leader committed in its term: what waited for that is admitted.
    pub(crate) fn release_postponed_reads(&mut self) {
        if self.reads.postponed.is_empty() || !self.has_committed_in_term() {
            return;
        }
        for (from, context) in core::mem::take(&mut self.reads.postponed) {
            self.admit_read(from, context);
        }
    }

    fn answer_read(&mut self, from: NodeId, context: u64, index: Index) {
        self.tracer.decide(|| Decision::ReadConfirmed { from, context, index });
        if from == self.config.id {
            self.read_states.push(ReadState { index, context });
        } else {
            self.send(from, self.term, MessageBody::ReadIndexResponse { index, context });
        }
    }
}
