//! Elections: campaigning, voting, counting (§5.2, §5.4.1), pre-votes (thesis 9.6), leases and the quorum check
//! (thesis 6.2, 6.4.1).

use crate::entry::{NodeId, Position, Term};
use crate::event::{Decision, ElectionCause, FollowerReason, NoElection, Tracer, VoteRefusal};
use crate::message::{LIMIT, Message, MessageBody};
use crate::quorum::{VoteResult, vote_result};
use crate::raft::Raft;
use crate::ready::{Role, SelfAck};
use crate::storage::Storage;

impl<S: Storage, T: Tracer> Raft<S, T> {
    /// The vote rule (§5.2, §5.4.1): why this node does not give its vote, if it does not.
    fn vote_refusal(&self, candidate: NodeId, term: Term, theirs: Position, pre_vote: bool) -> Option<VoteRefusal> {
        let rules = self.config.rules();
        let future_pre_vote = pre_vote && term > self.term;
        if rules.one_vote_a_term && !future_pre_vote && self.voted_for != Some(candidate) {
            if let Some(voted_for) = self.voted_for {
                return Some(VoteRefusal::AlreadyVoted { voted_for });
            }
            if let Some(leader) = self.leader {
                return Some(VoteRefusal::LeaderKnown { leader });
            }
        }
        let mine = self.log.last();
        let up_to_date = if rules.voter_compares_terms { theirs >= mine } else { theirs.index >= mine.index };
        (rules.voter_checks_log && !up_to_date).then_some(VoteRefusal::LogBehind)
    }

    pub(crate) fn handle_vote_request(&mut self, from: NodeId, term: Term, theirs: Position, pre_vote: bool) {
        match self.vote_refusal(from, term, theirs, pre_vote) {
            None => self.grant_vote(from, term, theirs, pre_vote),
            Some(why) => {
                self.trace_refusal(from, term, theirs, pre_vote, why);
                let refusal = MessageBody::RequestVoteResponse { granted: false, pre_vote };
                self.send_after_append(from, self.term, refusal);
            }
        }
    }

    fn grant_vote(&mut self, to: NodeId, term: Term, theirs: Position, pre_vote: bool) {
        let (mine, voted_for) = (self.log.last(), self.voted_for);
        self.tracer.decide(|| Decision::VoteGranted { to, term, pre_vote, mine, theirs, voted_for });
        // A pre-vote is for the candidate's next term, and answered with it: in one's own it would be stale there.
        self.send_after_append(to, term, MessageBody::RequestVoteResponse { granted: true, pre_vote });
        if !pre_vote {
            self.election_elapsed = 0;
            self.voted_for = Some(to);
        }
    }

    fn trace_refusal(&mut self, to: NodeId, term: Term, theirs: Position, pre_vote: bool, why: VoteRefusal) {
        let (mine, voted_for) = (self.log.last(), self.voted_for);
        self.tracer.decide(|| Decision::VoteRefused { to, term, pre_vote, mine, theirs, voted_for, why });
    }

    /// A request of an older term is answered with the newer one.
    pub(crate) fn refuse_lower_term_vote(&mut self, from: NodeId, term: Term, theirs: Position, pre_vote: bool) {
        self.trace_refusal(from, term, theirs, pre_vote, VoteRefusal::LowerTerm { mine: self.term });
        self.send_after_append(from, self.term, MessageBody::RequestVoteResponse { granted: false, pre_vote });
    }

    /// How long this node still owes its silence to a leader that it heard from, if it does (thesis 6.4.1).
    pub(crate) fn lease_remaining(&self) -> Option<(NodeId, u32)> {
        let leader = self.leader.filter(|_| self.config.check_quorum && self.config.rules().votes_wait_for_lease)?;
        let remaining = self.config.election_ticks.min.checked_sub(self.election_elapsed)?;
        (remaining > 0).then_some((leader, remaining))
    }

    /// Within a lease a request is not even answered: the term stays.
    pub(crate) fn refuse_by_lease(
        &mut self,
        message: &Message,
        theirs: Position,
        pre_vote: bool,
        lease: (NodeId, u32),
    ) {
        let (leader, remaining_ticks) = lease;
        let why = VoteRefusal::LeaseHeld { leader, remaining_ticks };
        self.trace_refusal(message.from, message.term, theirs, pre_vote, why);
    }

    // ---- campaigning ----

    /// Whether this node may lead: it is a voter, and no snapshot waits to be installed.
    pub(crate) fn is_promotable(&self) -> bool {
        self.conf.is_voter(self.config.id) && self.log.unstable().snapshot().is_none()
    }

    /// Starts an election, with a pre-vote if so configured; a transfer never asks first.
    pub(crate) fn hup(&mut self, cause: ElectionCause) -> Result<(), NoElection> {
        if let Some(why) = self.election_refusal() {
            self.tracer.decide(|| Decision::ElectionRefused { term: self.term, why });
            return Err(why);
        }
        self.tracer.decide(|| Decision::ElectionStarted { term: self.term, cause });
        let transfer = matches!(cause, ElectionCause::Transfer { .. });
        if self.config.pre_vote && !transfer {
            self.become_pre_candidate();
            self.ask_for_votes(self.term + 1, true, false);
        } else {
            self.become_candidate();
            self.ask_for_votes(self.term, false, transfer);
        }
        Ok(())
    }

    fn election_refusal(&self) -> Option<NoElection> {
        if self.role == Role::Leader {
            Some(NoElection::AlreadyLeader)
        } else if !self.is_promotable() {
            Some(NoElection::NotPromotable)
        } else if self.has_unapplied_conf_change() {
            Some(NoElection::UnappliedConfChange)
        } else if self.term + 1 >= LIMIT {
            Some(NoElection::TermExhausted)
        } else {
            None
        }
    }

    /// Asks every voter, in ascending order; one's own vote counts once it is on disk.
    fn ask_for_votes(&mut self, term: Term, pre_vote: bool, transfer: bool) {
        let last = self.log.last();
        let conf = alloc::sync::Arc::clone(&self.conf);
        for to in conf.all_voters() {
            if to == self.config.id {
                let after = self.messages_after_append.len() as u32;
                self.self_acks.push(SelfAck::Vote { term, pre_vote, after });
            } else {
                self.tracer.decide(|| Decision::VoteRequested { to, term: self.term, last, pre_vote, transfer });
                let request = MessageBody::RequestVote { last, pre_vote, transfer };
                // The plain loop writes before it campaigns again; a pre-vote binds nobody.
                let unsafe_at_once = self.config.async_storage_writes && !pre_vote;
                if unsafe_at_once && !self.config.dialect.unsynced_vote_requests {
                    self.send_after_append(to, term, request);
                } else {
                    self.send(to, term, request);
                }
            }
        }
    }

    /// The vote for oneself is on disk.
    pub(crate) fn count_own_vote(&mut self, term: Term, pre_vote: bool) {
        let (asked, asked_term) = match self.role {
            Role::PreCandidate => (true, self.term + 1),
            Role::Candidate => (false, self.term),
            Role::Follower | Role::Leader => return,
        };
        if (asked, asked_term) == (pre_vote, term) {
            self.count_vote(self.config.id, true, pre_vote);
        }
    }

    /// Counts one answer; the first of each node stays.
    pub(crate) fn count_vote(&mut self, from: NodeId, granted: bool, pre_vote: bool) {
        if let Err(at) = self.votes.binary_search_by_key(&from, |(id, _)| *id) {
            self.votes.insert(at, (from, granted));
        }
        let (term, votes, conf) = (self.term, &self.votes, &self.conf);
        self.tracer.decide(|| {
            let total = |kind| votes.iter().filter(|(id, vote)| *vote == kind && conf.is_voter(*id)).count();
            let (granted_total, refused_total) = (total(true), total(false));
            Decision::VoteReceived { from, term, granted, pre_vote, granted_total, refused_total }
        });
        let vote_of = |id| votes.binary_search_by_key(&id, |(id, _)| *id).ok().map(|at| votes[at].1);
        match vote_result(conf, self.config.rules(), &vote_of) {
            VoteResult::Pending => {}
            VoteResult::Won if pre_vote => {
                self.become_candidate();
                self.ask_for_votes(self.term, false, false);
            }
            VoteResult::Won => {
                self.become_leader();
                self.broadcast_append();
            }
            VoteResult::Lost if self.config.dialect.lost_candidate_steps_down => {
                self.become_follower(self.term, None, FollowerReason::ElectionLost);
            }
            VoteResult::Lost => {}
        }
    }

    // ---- the quorum check ----

    /// A leader that has not heard from a quorum for an election timeout gives up (thesis 6.2).
    pub(crate) fn check_quorum(&mut self) {
        let id = self.config.id;
        let progress = &self.progress;
        let heard = |node| {
            let book = progress.iter().find(|(other, _)| *other == node);
            book.map(|(_, book)| node == id || book.recent_active)
        };
        let active = vote_result(&self.conf, self.config.rules(), &|node| Some(heard(node).unwrap_or(false)));
        if active != VoteResult::Won {
            self.tracer.decide(|| Decision::QuorumLost { term: self.term });
            self.become_follower(self.term, None, FollowerReason::QuorumInactive);
        }
        self.reads.quorum_checked();
        for (node, book) in &mut self.progress {
            book.recent_active = *node == id;
        }
    }
}
