//! Proposals: what a leader appends for its clients, what it refuses, and what others pass on to it.

use alloc::sync::Arc;

use crate::configuration::ConfChange;
use crate::entry::{Body, Entries, Entry, Position};
use crate::error::ProposeError;
use crate::event::{Decision, ProposalDrop, Tracer};
use crate::message::MessageBody;
use crate::raft::Raft;
use crate::ready::Role;
use crate::storage::Storage;

impl<S: Storage, T: Tracer> Raft<S, T> {
    /// Appends `bodies` on a leader, forwards or refuses them elsewhere. Returns the position of the last one.
    pub(crate) fn propose(&mut self, bodies: impl Iterator<Item = Body> + Clone) -> Result<Position, ProposeError> {
        if self.role != Role::Leader {
            return self.forward(bodies);
        }
        let counts = self.config.uncommitted_bytes_max < u64::MAX;
        let bytes = if counts { bodies.clone().map(|body| payload_bytes(&body)).sum() } else { 0 };
        if let Some((why, error)) = self.proposal_refusal(bytes) {
            self.tracer.decide(|| Decision::ProposalDropped { term: self.term, why });
            return Err(error);
        }
        let mut result = Err(ProposeError::Empty);
        let mut appended = false;
        for body in bodies {
            if let Err(error) = self.admit(&body) {
                result = Err(error);
                if self.config.dialect.refused_change_becomes_noop {
                    appended = true;
                    self.append_own(Body::Noop);
                }
                continue;
            }
            if counts {
                self.uncommitted_bytes = self.uncommitted_bytes.saturating_add(payload_bytes(&body));
            }
            appended = true;
            result = Ok(self.append_own(body));
        }
        if appended {
            self.acknowledge_own_append();
            self.broadcast_append();
        }
        result
    }

    /// Commands always pass; of the changes of the configuration, one at a time (§6).
    #[inline]
    fn admit(&mut self, body: &Body) -> Result<(), ProposeError> {
        if let Body::ConfChange(change) = body { self.admit_change(change) } else { Ok(()) }
    }

    #[cold]
    fn admit_change(&mut self, change: &Arc<ConfChange>) -> Result<(), ProposeError> {
        if let Some(why) = self.conf_change_refusal(change) {
            let (change, conf) = (change.clone(), self.conf.clone());
            self.tracer.decide(|| Decision::ConfChangeRefused { change, conf, why });
            return Err(ProposeError::ConfChange(why));
        }
        self.pending_conf_index = self.log.last_index() + 1;
        Ok(())
    }

    fn proposal_refusal(&self, bytes: u64) -> Option<(ProposalDrop, ProposeError)> {
        let full = self.uncommitted_bytes > 0
            && bytes > 0
            && self.uncommitted_bytes.saturating_add(bytes) > self.config.uncommitted_bytes_max;
        if self.progress_at(self.config.id).is_none() {
            Some((ProposalDrop::Removed, ProposeError::Removed))
        } else if let Some(to) = self.transferee {
            Some((ProposalDrop::Transferring { to }, ProposeError::Transferring { to }))
        } else if full {
            Some((ProposalDrop::UncommittedLimit, ProposeError::UncommittedLimit))
        } else {
            None
        }
    }

    fn forward(&mut self, bodies: impl Iterator<Item = Body>) -> Result<Position, ProposeError> {
        let term = self.term;
        let Some(leader) = self.leader.filter(|_| self.role == Role::Follower) else {
            self.tracer.decide(|| Decision::ProposalDropped { term, why: ProposalDrop::NoLeader });
            return Err(ProposeError::NotLeader { hint: None });
        };
        if !self.config.forward_proposals {
            self.tracer.decide(|| Decision::ProposalDropped { term, why: ProposalDrop::NotForwarded { leader } });
            return Err(ProposeError::NotLeader { hint: Some(leader) });
        }
        let entries: Entries = bodies.map(|body| Entry { term: 0, index: 0, body }).collect();
        self.send(leader, 0, MessageBody::Propose { entries });
        Err(ProposeError::Forwarded { to: leader })
    }

    /// Another node passed this on.
    pub(crate) fn propose_forwarded(&mut self, entries: &[Entry]) -> Result<(), ProposeError> {
        match self.propose(entries.iter().map(|entry| entry.body.clone())) {
            Ok(_) | Err(ProposeError::Forwarded { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

fn payload_bytes(body: &Body) -> u64 {
    match body {
        Body::Noop => 0,
        Body::Command(payload) => payload.len() as u64,
        Body::ConfChange(change) => change.payload_bytes(),
    }
}
