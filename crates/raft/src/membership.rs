//! Changing the configuration: when a change is allowed, when it takes effect, and what follows (§6, thesis ch. 4).

use alloc::{sync::Arc, vec::Vec};

use crate::configuration::{ConfChange, ConfState};
use crate::entry::{Body, Entry, Index, NodeId};
use crate::event::{ConfChangeRefusal, Decision, FollowerReason, Tracer, TransferAbort};
use crate::progress::Progress;
use crate::raft::Raft;
use crate::ready::Role;
use crate::replication::IfEmpty;
use crate::storage::Storage;

impl<S: Storage, T: Tracer> Raft<S, T> {
    /// Why a leader does not append this change now, if it does not.
    pub(crate) fn conf_change_refusal(&self, change: &ConfChange) -> Option<ConfChangeRefusal> {
        let rules = self.config.rules();
        if !self.config.validate_conf_changes {
            return None;
        }
        let (index, applied) = (self.pending_conf_index, self.log.applied());
        let own_term = rules.conf_change_waits_for_own_term_commit;
        if rules.one_conf_change_at_a_time && index > applied {
            Some(ConfChangeRefusal::Pending { index, applied })
        } else if self.conf.is_joint() && !change.changes.is_empty() {
            Some(ConfChangeRefusal::InJoint)
        } else if !self.conf.is_joint() && change.changes.is_empty() {
            Some(ConfChangeRefusal::NotInJoint)
        } else if !self.config.dialect.conf_change_on_apply && own_term && !self.has_committed_in_term() {
            Some(ConfChangeRefusal::NoCommitInTerm)
        } else {
            self.conf_after(change).err()
        }
    }

    fn conf_after(&self, change: &ConfChange) -> Result<ConfState, ConfChangeRefusal> {
        let rules = self.config.rules();
        if !rules.one_conf_change_at_a_time && !change.leaves_joint() {
            return self.conf.after_directly(change);
        }
        let next = self.conf.after(change)?;
        // Rule 26, broken: nobody waits until the joint configuration is committed.
        let at_once = next.auto_leave && !rules.joint_left_only_when_committed;
        if at_once { next.after(&ConfChange::LEAVE_JOINT) } else { Ok(next) }
    }

    /// The host applied a change (etcd's `ApplyConfChange`): by etcd's dialect it takes effect now, unless a snapshot has come that
    /// knows of it. Returns the configuration as of that entry.
    pub(crate) fn apply_conf_change(&mut self, change: &ConfChange) -> Result<Arc<ConfState>, ConfChangeRefusal> {
        if !self.config.dialect.conf_change_on_apply {
            return Ok(self.conf_change_committed());
        }
        if self.log.unstable().snapshot().is_some() {
            return Ok(Arc::clone(&self.conf));
        }
        let next = Arc::new(self.conf_after(change)?);
        self.switch_to(Arc::clone(&next));
        self.follow_own_removal();
        Ok(next)
    }

    // ---- the paper's dialect: a change takes effect when it is appended ----

    /// Entries were appended: their changes take effect.
    #[inline]
    pub(crate) fn conf_changes_appended(&mut self, entries: &[Entry]) {
        if !self.config.dialect.conf_change_on_apply {
            self.take_conf_changes(entries);
        }
    }

    #[cold]
    fn take_conf_changes(&mut self, entries: &[Entry]) {
        for entry in entries {
            if let Body::ConfChange(change) = &entry.body {
                self.conf_before.push((entry.index, Arc::clone(&self.conf)));
                if let Ok(next) = self.conf_after(change) {
                    self.switch_to(Arc::new(next));
                }
            }
        }
    }

    /// Entries from `from` on are removed: the configuration before them comes back (§6).
    pub(crate) fn conf_changes_truncated(&mut self, from: Index) {
        let Some(at) = self.conf_before.iter().position(|(index, _)| *index >= from) else { return };
        let before = Arc::clone(&self.conf_before[at].1);
        self.conf_before.truncate(at);
        self.switch_to(before);
    }

    /// The oldest change that was appended is committed: a leader that it removes may go now (thesis 4.2.2).
    fn conf_change_committed(&mut self) -> Arc<ConfState> {
        if !self.conf_before.is_empty() {
            self.conf_before.remove(0);
        }
        let as_of = self.conf_before.first().map_or(&self.conf, |(_, before)| before);
        let as_of = Arc::clone(as_of);
        self.follow_own_removal();
        as_of
    }

    // ---- taking effect ----

    /// From now on this configuration counts.
    pub(crate) fn switch_to(&mut self, conf: Arc<ConfState>) {
        let (next_index, limits) = (self.log.last_index(), self.inflight_limits());
        let mut known = core::mem::take(&mut self.progress);
        let book = |id: NodeId| {
            let learner = conf.is_learner(id);
            let mut progress = match known.iter().position(|(other, _)| *other == id) {
                Some(at) => known.swap_remove(at).1,
                None => {
                    let mut fresh = Progress::starting_at(next_index, learner, limits);
                    // It gets a chance to speak before the quorum check counts it out.
                    fresh.recent_active = true;
                    fresh
                }
            };
            progress.set_learner(learner);
            (id, progress)
        };
        self.progress = conf.members().into_iter().map(book).collect::<Vec<_>>();
        self.conf = Arc::clone(&conf);
        self.tracer.decide(|| Decision::ConfigurationChanged { conf });
        if self.role == Role::Leader && self.leads_as_voter() {
            self.act_on_new_quorum();
        }
    }

    /// Whether this node has a vote in the configuration.
    fn leads_as_voter(&self) -> bool {
        self.conf.is_voter(self.config.id)
    }

    /// A smaller quorum may have more entries, and may have confirmed more reads; new members have nothing yet.
    fn act_on_new_quorum(&mut self) {
        if self.maybe_commit() {
            self.broadcast_append();
        } else {
            for at in 0..self.progress.len() {
                if self.progress[at].0 != self.config.id {
                    self.send_append(at, IfEmpty::Skip);
                }
            }
        }
        self.answer_confirmed_reads();
        if let Some(to) = self.transferee.filter(|to| !self.conf.is_voter(*to)) {
            self.abort_transfer(to, TransferAbort::NotVoter);
        }
    }

    /// A leader that lost its vote steps down (§6).
    fn follow_own_removal(&mut self) {
        if self.role == Role::Leader && !self.leads_as_voter() && self.config.dialect.step_down_on_removal {
            self.become_follower(self.term, None, FollowerReason::Removed);
        }
    }

    /// Whether a committed change waits to be applied: who campaigns now may not know the quorum.
    pub(crate) fn has_unapplied_conf_change(&self) -> bool {
        let range = self.log.applied() + 1..self.log.committed() + 1;
        let mut waiting = Vec::new();
        // Committed entries are in the log; if a broken rule lost them, nothing waits.
        if range.is_empty() || self.log.read(range, u64::MAX, &mut waiting).is_err() {
            return false;
        }
        waiting.iter().any(|entry| matches!(entry.body, Body::ConfChange(_)))
    }

    // ---- leaving a joint configuration by itself ----

    /// Everything up to `index` is applied: a joint configuration that is to be left by itself is left now (rule 26).
    #[inline]
    pub(crate) fn applied_to(&mut self, index: Index) {
        let payload_bytes = self.log.applied_to(index);
        if self.conf.auto_leave && self.role == Role::Leader && self.log.applied() >= self.pending_conf_index {
            self.leave_joint();
        }
        self.uncommitted_bytes = self.uncommitted_bytes.saturating_sub(payload_bytes);
    }

    #[cold]
    fn leave_joint(&mut self) {
        let conf = Arc::clone(&self.conf);
        let proposed = self.propose(core::iter::once(Body::ConfChange(Arc::new(ConfChange::LEAVE_JOINT)))).is_ok();
        self.tracer.decide(|| Decision::AutoLeave { conf, proposed });
    }
}
