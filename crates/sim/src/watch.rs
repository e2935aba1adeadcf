//! Watching cores at work, call by call: finer than the trace, for those who write other programs' traces.
//!
//! It changes nothing, and nobody can watch unless the feature `watch` is on: the page does without it. A [`Sighting`] says what a
//! node's core was given, decided or handed out, and how the node stood then.

use raft_core::{Decision, Index, NodeId, RawNode, Ready, Role, SelfAck, Storage, Term, Tracer};

use crate::node::Item;

/// Something that a node's core was given, decided or handed out.
#[derive(Clone, Debug)]
pub struct Sighting {
    /// When, in simulated µs.
    pub at_us: u64,
    /// The node.
    pub node: NodeId,
    /// How it stood: before the call for what it was given, after the call for everything else.
    pub stand: Stand,
    /// What.
    pub what: Seen,
}

/// How a node stood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stand {
    /// Its role.
    pub role: Role,
    /// Its term.
    pub term: Term,
    /// Its vote in that term.
    pub voted_for: Option<NodeId>,
    /// Its commit index.
    pub commit: Index,
    /// The last index of its log.
    pub last_index: Index,
    /// Its voters, and in a joint configuration the outgoing ones.
    pub voters: [Vec<NodeId>; 2],
    /// What a leader knows of its own disk: match and next index.
    pub own_progress: Option<(Index, Index)>,
}

/// What was seen.
#[derive(Clone, Debug)]
pub enum Seen {
    /// A process started from its disk.
    Started,
    /// The core is given an item of the inbox.
    Took(Item),
    /// It decided something.
    Decided(Decision),
    /// It handed out a Ready.
    HandedOut(Box<Ready>),
    /// It hears that what it asked to be written is synced, and with it its answers to itself.
    Synced(Vec<SelfAck>),
}

#[cfg(feature = "watch")]
impl Stand {
    fn of(status: &raft_core::Status<'_>) -> Stand {
        let own = status.progress.iter().find(|(node, _)| *node == status.id);
        Stand {
            role: status.role,
            term: status.term,
            voted_for: status.voted_for,
            commit: status.commit,
            last_index: status.last.index,
            voters: [status.conf.voters.to_vec(), status.conf.voters_outgoing.to_vec()],
            own_progress: own.map(|(_, progress)| (progress.match_index(), progress.next_index())),
        }
    }
}

/// Who watches; nobody without the feature.
#[derive(Clone, Debug, Default)]
pub(crate) struct Watch {
    #[cfg(feature = "watch")]
    sightings: Option<Vec<Sighting>>,
}

#[cfg(feature = "watch")]
impl Watch {
    /// Begins to watch.
    pub(crate) fn begin(&mut self) {
        self.sightings.get_or_insert_default();
    }

    /// What was seen since the last time.
    pub(crate) fn take(&mut self) -> Vec<Sighting> {
        self.sightings.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// Sees something at a node.
    pub(crate) fn see<S: Storage, T: Tracer>(&mut self, at_us: u64, raft: &RawNode<S, T>, what: impl FnOnce() -> Seen) {
        let Some(sightings) = &mut self.sightings else { return };
        let status = raft.status();
        sightings.push(Sighting { at_us, node: status.id, stand: Stand::of(&status), what: what() });
    }
}

#[cfg(not(feature = "watch"))]
impl Watch {
    /// Sees nothing.
    #[inline(always)]
    pub(crate) fn see<S: Storage, T: Tracer>(&mut self, _: u64, _: &RawNode<S, T>, _: impl FnOnce() -> Seen) {}
}
