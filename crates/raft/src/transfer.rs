//! Handing leadership over (thesis 3.10), and forgetting a leader.

use crate::config::ReadMode;
use crate::entry::NodeId;
use crate::event::{Decision, ElectionCause, IgnoreReason, NoTransfer, Tracer, TransferAbort};
use crate::message::{Message, MessageBody};
use crate::raft::Raft;
use crate::ready::Role;
use crate::replication::IfEmpty;
use crate::storage::Storage;

impl<S: Storage, T: Tracer> Raft<S, T> {
    /// Brings the transferee up to date, then tells it to campaign at once; a follower passes the wish on.
    pub(crate) fn transfer_leader(&mut self, to: NodeId) {
        if let Some(why) = self.transfer_refusal(to) {
            return self.tracer.decide(|| Decision::TransferIgnored { term: self.term, to, why });
        }
        if self.role != Role::Leader {
            if let Some(leader) = self.leader {
                self.send(leader, self.term, MessageBody::TransferLeader { transferee: to });
            }
            return;
        }
        if let Some(previous) = self.transferee {
            self.abort_transfer(previous, TransferAbort::Replaced { by: to });
        }
        if to == self.config.id {
            let why = NoTransfer::AlreadyLeader;
            return self.tracer.decide(|| Decision::TransferIgnored { term: self.term, to, why });
        }
        self.tracer.decide(|| Decision::TransferStarted { term: self.term, to });
        // It has one election timeout from now.
        self.election_elapsed = 0;
        self.reads.check_put_off();
        self.transferee = Some(to);
        let Some(at) = self.progress_at(to) else { return };
        if self.progress[at].1.match_index() == self.log.last_index() {
            self.send_timeout_now(to, true);
        } else {
            self.send_append(at, IfEmpty::Send);
        }
    }

    fn transfer_refusal(&self, to: NodeId) -> Option<NoTransfer> {
        if self.role != Role::Leader {
            let known = self.role == Role::Follower && self.leader.is_some();
            return (!known).then_some(NoTransfer::NoLeader);
        }
        match self.progress_at(to) {
            None => Some(NoTransfer::UnknownNode),
            Some(at) if self.progress[at].1.is_learner() => Some(NoTransfer::Learner),
            Some(_) if self.transferee == Some(to) => Some(NoTransfer::InProgress),
            Some(_) => None,
        }
    }

    pub(crate) fn abort_transfer(&mut self, to: NodeId, why: TransferAbort) {
        self.transferee = None;
        self.tracer.decide(|| Decision::TransferAborted { term: self.term, to, why });
    }

    /// A follower caught up: if it is the transferee, its time has come.
    pub(crate) fn transferee_matched(&mut self, at: usize) {
        let (to, progress) = &self.progress[at];
        if self.transferee == Some(*to) && progress.match_index() == self.log.last_index() {
            self.send_timeout_now(*to, false);
        }
    }

    /// The transferee's time has come. It campaigns however fresh the leader's lease is: so the lease ends here (thesis 6.4.1).
    fn send_timeout_now(&mut self, to: NodeId, at_once: bool) {
        self.reads.give_up_lease();
        self.tracer.decide(|| Decision::TimeoutNowSent { to, at_once });
        self.send(to, self.term, MessageBody::TimeoutNow);
    }

    pub(crate) fn handle_timeout_now(&mut self, message: &Message) {
        if self.role != Role::Follower {
            return self.ignore(message, IgnoreReason::NotMyRole);
        }
        let (from, term) = (message.from, self.term);
        self.tracer.decide(|| Decision::TimeoutNowReceived { from, term });
        // A refusal is told to the tracer.
        let _ = self.hup(ElectionCause::Transfer { from });
    }

    /// A follower forgets its leader, and with it the lease: it may vote for another at once.
    pub(crate) fn forget_leader(&mut self) {
        if self.role != Role::Follower {
            return;
        }
        if self.config.reads == ReadMode::Lease {
            return self.tracer.decide(|| Decision::ForgetLeaderRefused);
        }
        if let Some(leader) = self.leader.take() {
            self.tracer.decide(|| Decision::LeaderForgotten { term: self.term, leader });
        }
    }
}
