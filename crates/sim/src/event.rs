//! What can be due in the world.

use raft_core::NodeId;

use crate::names::ClientId;
use crate::network::FlightKey;

/// Something that is due at a time. An `epoch` tells whether it is still meant: a node that crashed meanwhile, or a client
/// that was answered, has moved on to another.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum Event {
    /// A node's clock ticks.
    Tick { node: NodeId, epoch: u32 },
    /// A message arrives, or is lost.
    Arrival(FlightKey),
    /// What a node wrote is synced.
    Synced { node: NodeId, incarnation: u64 },
    /// A client's patience, or pause, is over.
    ClientWakes { client: ClientId, epoch: u32 },
    /// A client's load brings the next command.
    LoadDue { client: ClientId, epoch: u32 },
    /// A client in a closed loop has thought for long enough.
    Thought { client: ClientId, epoch: u32 },
}

impl Event {
    /// The event as two words, for the digest.
    pub(crate) fn words(self) -> [u64; 2] {
        match self {
            Event::Tick { node, .. } => [1, node],
            Event::Arrival(key) => [2, key],
            Event::Synced { node, .. } => [3, node],
            Event::ClientWakes { client, .. } => [4, client.number()],
            Event::LoadDue { client, .. } => [5, client.number()],
            Event::Thought { client, .. } => [6, client.number()],
        }
    }
}
