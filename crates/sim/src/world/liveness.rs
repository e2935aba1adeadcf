//! Noticing when leaders come and go and when their commits stand still. What is told of it, `liveness.rs` says.

use raft_core::{NodeId, Role};

use super::World;
use crate::liveness::{Note, is_awake, reaches_majority, why};
use crate::node::Node;
use crate::trace::Happening;

impl World {
    /// Since when nothing goes forward, and why; `None` while there is a leader, and what it takes is committed. What waits for
    /// less than the shortest election timeout to be committed is no stall.
    #[must_use]
    pub fn note(&self) -> Option<Note> {
        let (stall, since_us) = self.liveness.stall(self.now_us, self.config.election_us.min_us)?;
        Some(Note { stall, since_us, cause: why(self, stall) })
    }

    /// As [`World::note`], without the reason: since when nothing goes forward, in µs.
    #[must_use]
    pub fn stalled_since_us(&self) -> Option<u64> {
        self.liveness.stall(self.now_us, self.config.election_us.min_us).map(|(_, since_us)| since_us)
    }

    /// The leader of the highest term, if its process runs.
    pub(crate) fn awake_leader(&self) -> Option<&Node> {
        self.leader().filter(|node| is_awake(node))
    }

    /// Looks at a node after an event: does it lead, and how far?
    pub(super) fn look_for_leaders(&mut self, id: NodeId) {
        let node = self.node(id);
        let leads = node.role() == Role::Leader && !node.is_frozen();
        if self.liveness.knows(leads, (id, node.term(), node.commit(), node.last_index())) {
            return;
        }
        self.liveness.leads(self.now_us, id, leads);
        self.look_at_latest_leader();
    }

    /// Looks whether the latest leader can commit.
    #[inline(never)]
    pub(super) fn look_at_latest_leader(&mut self) {
        let Some(leader) = self.awake_leader() else { return };
        let seen = (leader.id(), leader.term(), leader.commit(), leader.last_index());
        let reaches = reaches_majority(self, leader);
        self.liveness.latest(self.now_us, seen, reaches);
    }

    /// The trace tells of a stall when it has lasted for a while, if that is before `before_us`.
    pub(super) fn tell_stalls_before(&mut self, before_us: u64) {
        while let Some((now_us, stall, since_us)) = self.liveness.tell(before_us) {
            let note = Note { stall, since_us, cause: why(self, stall) };
            self.trace.push(now_us, Happening::Stalled(note));
        }
    }
}
