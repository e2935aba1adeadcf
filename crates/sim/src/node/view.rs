//! What one may see of a node, without cost and without changing it. Of a crashed node that is its disk.

use raft_core::{Entry, Index, MemStorage, NodeId, Ready, Role, Status, Storage, Term};

use super::{Item, Node, Process};
use crate::checks::Standing;
use crate::store::Store;

/// The election timer of a follower or candidate, in simulated µs.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Timer {
    /// When it was last reset.
    pub start_us: u64,
    /// When it fires, unless it is reset before: always on a tick of the node's clock.
    pub deadline_us: u64,
    /// When it would fire had the shortest timeout been drawn; at most `deadline_us`.
    pub minimum_us: u64,
    /// Of a frozen node: what remains of the timeout. The other three count from the moment it was frozen then.
    pub stopped_remaining_us: Option<u64>,
}

impl Node {
    /// Its name, 1..=9.
    #[must_use]
    pub fn id(&self) -> NodeId {
        self.id
    }

    /// False between crash and restart.
    #[must_use]
    pub fn is_up(&self) -> bool {
        self.process.is_some()
    }

    /// Whether its process stands still.
    #[must_use]
    pub fn is_frozen(&self) -> bool {
        self.process.as_ref().is_some_and(|process| process.frozen)
    }

    /// All that the core tells of itself; `None` of a crashed node.
    #[must_use]
    pub fn status(&self) -> Option<Status<'_>> {
        self.process.as_ref().map(|process| process.raft.status())
    }

    /// Its role; a crashed node is a follower.
    #[must_use]
    pub fn role(&self) -> Role {
        self.status().map_or(Role::Follower, |status| status.role)
    }

    /// Its term; of a crashed node the synced one.
    #[must_use]
    pub fn term(&self) -> Term {
        self.status().map_or_else(|| self.disk.hard_state().term, |status| status.term)
    }

    /// Whom it voted for in its term; of a crashed node as synced.
    #[must_use]
    pub fn voted_for(&self) -> Option<NodeId> {
        self.status().map_or_else(|| self.disk.hard_state().voted_for, |status| status.voted_for)
    }

    /// Whether its term and vote would survive a crash now.
    #[must_use]
    pub fn is_vote_synced(&self) -> bool {
        let synced = self.disk.hard_state();
        (synced.term, synced.voted_for) == (self.term(), self.voted_for())
    }

    /// Its commit index; of a crashed node the synced one.
    #[must_use]
    pub fn commit(&self) -> Index {
        self.status().map_or_else(|| self.disk.hard_state().commit, |status| status.commit)
    }

    /// The highest index that its store reflects; 0 of a crashed node.
    #[must_use]
    pub fn applied(&self) -> Index {
        self.status().map_or(0, |status| status.applied)
    }

    /// Up to which index its log would survive a crash as it is.
    #[must_use]
    pub fn synced_index(&self) -> Index {
        self.disk.synced_of(self.storage())
    }

    /// The log: what is written, or of a crashed node what survived.
    pub(crate) fn storage(&self) -> &MemStorage {
        match &self.process {
            // Every entry is written within the event that made it.
            Some(process) => process.raft.storage(),
            None => self.disk.at_rest().expect("a node without a process has its disk at rest"),
        }
    }

    /// The first index that is still in its log.
    #[must_use]
    pub fn first_index(&self) -> Index {
        self.storage().first_index()
    }

    /// The last index of its log; `first_index() - 1` if the log is empty.
    #[must_use]
    pub fn last_index(&self) -> Index {
        self.storage().last_index()
    }

    /// An entry of its log; of a crashed node as synced.
    #[must_use]
    pub fn entry(&self, index: Index) -> Option<&Entry> {
        self.storage().entry(index)
    }

    /// Its copy of the replicated store; `None` of a crashed node.
    #[must_use]
    pub fn store(&self) -> Option<&Store> {
        self.process.as_ref().map(|process| &process.store)
    }

    /// What waits in its inbox, in the order in which it will be taken up.
    pub fn inbox(&self) -> impl ExactSizeIterator<Item = &Item> {
        self.process.as_ref().map_or(&[][..], |process| &process.inbox).iter()
    }

    /// The Ready whose writes are not yet synced: messages and applies in it have to wait, as has the inbox.
    #[must_use]
    pub fn ready_in_hand(&self) -> Option<&Ready> {
        self.process.as_ref().and_then(|process| process.in_hand.as_ref())
    }

    /// Whether its disk syncs. With the plain loop it waits for that.
    #[must_use]
    pub fn is_syncing(&self) -> bool {
        self.ready_in_hand().is_some() || self.process.as_ref().is_some_and(|process| process.at_disk.is_syncing())
    }

    /// Its election timer at `now_us`; `None` of leaders and crashed nodes.
    #[must_use]
    pub fn timer(&self, now_us: u64) -> Option<Timer> {
        let process = self.process.as_ref()?;
        let status = process.raft.status();
        if status.role == Role::Leader {
            return None;
        }
        let tick_us = self.tick_interval_us;
        let clock_us = if process.frozen { process.frozen_at_us } else { now_us };
        let waiting = process.inbox.iter().filter(|item| matches!(item, Item::Tick)).count() as u64;
        let elapsed = u64::from(status.election_elapsed_ticks) + waiting;
        let timeout = u64::from(status.randomized_election_timeout_ticks);
        let deadline =
            |timeout: u64| self.next_tick_us(clock_us) + timeout.saturating_sub(elapsed).saturating_sub(1) * tick_us;
        let deadline_us = deadline(timeout);
        let minimum_us = deadline(timeout.min(self.config.election_us.min_us / self.config.tick_us));
        let stopped_remaining_us = process.frozen.then(|| deadline_us - clock_us);
        Some(Timer { start_us: process.timer_start_us, deadline_us, minimum_us, stopped_remaining_us })
    }

    /// How the node stands, for the checkers; `None` while it is down.
    pub(crate) fn standing(&self) -> Option<Standing> {
        self.process.as_ref().map(Process::standing)
    }
}
