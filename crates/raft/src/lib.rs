//! Raft in the shape of etcd's: a pure state machine that is given ticks and messages and answers with [`Ready`].
//!
//! It knows no clock, thread, file or socket, and no randomness that it was not given. The host owns all of that, and
//! goes round this loop:
//!
//! ```text
//!             tick()   step(message)   propose(payload)   campaign()  ...
//!                └───────────┴───────┬────────┴──────────────┘
//!                                 RawNode
//!                                    │ ready()
//!    ┌───────────────────────────────┼─────────────────────────────────┐
//!    │ 1 messages                    │ 2 append                        │ 4 committed_entries
//!    │   leave at once               │   is written and synced;        │   are applied, in order
//!    │                               │ 3 then append.messages leave    │
//!    └───────────────────────────────┼─────────────────────────────────┘
//!                                 advance(ready)
//! ```
//!
//! # The whole loop
//! Three nodes elect a leader and agree on a command:
//! ```
//! use raft_core::{Config, MemStorage, Message, RawNode, Role};
//!
//! let mut nodes: Vec<RawNode<MemStorage>> = (1..=3)
//!     .map(|id| RawNode::new(Config::new(id), MemStorage::with_voters([1, 2, 3])).unwrap())
//!     .collect();
//! let mut network: Vec<Message> = Vec::new();
//! let mut applied: Vec<Vec<u8>> = Vec::new(); // what the state machine of n1 has seen
//!
//! nodes[0].campaign().unwrap();
//! let mut proposed = false;
//! loop {
//!     for node in &mut nodes {
//!         while node.has_ready() {
//!             let mut ready = node.ready();
//!             network.append(&mut ready.messages); // 1: these may leave at once
//!             if let Some(hard_state) = ready.append.hard_state {
//!                 node.storage_mut().set_hard_state(hard_state); // 2: write, and sync
//!             }
//!             node.storage_mut().append(&ready.append.entries);
//!             network.append(&mut ready.append.messages); // 3: these promise what was just written
//!             for entry in &ready.committed_entries {
//!                 if let (1, raft_core::Body::Command(command)) = (node.status().id, &entry.body) {
//!                     applied.push(command.to_vec()); // 4: apply in order
//!                 }
//!             }
//!             node.advance(ready);
//!         }
//!     }
//!     if network.is_empty() && !proposed {
//!         assert_eq!(nodes[0].status().role, Role::Leader);
//!         nodes[0].propose("put x 1").unwrap();
//!         proposed = true;
//!         continue;
//!     }
//!     if network.is_empty() {
//!         break;
//!     }
//!     for message in network.drain(..) {
//!         let to = message.to as usize - 1;
//!         nodes[to].step(message).unwrap();
//!     }
//! }
//! assert_eq!(applied, [b"put x 1"]);
//! assert!(nodes.iter().all(|node| node.status().commit == 2)); // the no-op of the election, and the command
//! ```
//!
//! # Two ways to write
//! The plain loop above writes, sends, applies, and then calls [`advance`](RawNode::advance). A host that wants to write
//! and apply in the background sets [`Config::async_storage_writes`], asks for the next Ready at once, and returns each
//! [`Append::mark`] through [`ack_append`](RawNode::ack_append) when it is synced, each applied index through
//! [`ack_applied`](RawNode::ack_applied). It is the same protocol: `advance` does nothing else.
//!
//! # Where to read what
//! | Raft paper | here |
//! |---|---|
//! | Figure 2, state; Figure 4, roles; the rule about terms (§5.1) | `raft.rs` |
//! | §5.2, §5.4.1 election, the vote rule; thesis 9.6 PreVote; thesis 6.2, 6.4.1 CheckQuorum and leases | `election.rs` |
//! | §5.3 replication and repair, §5.4.2 the commit rule | `replication.rs`, `progress.rs` |
//! | §5.3 the log itself, what of it is on disk | `log.rs`, `unstable.rs`, `storage.rs`, `chunks.rs` |
//! | §6 membership, joint consensus, learners | `configuration.rs`, `membership.rs`, `quorum.rs` |
//! | §7 snapshots | `snapshot.rs` |
//! | §8 reads; thesis 6.4 | `read_index.rs` |
//! | thesis 3.10 leadership transfer | `transfer.rs` |
//!
//! Every decision can be heard, with the numbers compared and the section that says so: see [`Tracer`]. Where etcd and
//! the paper differ there is a switch: see [`Dialect`]. What each rule holds up can be seen by breaking it: see
//! [`Rules`].

#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

mod chunks;
mod config;
mod configuration;
mod election;
mod entry;
mod error;
mod event;
mod log;
mod membership;
mod message;
mod progress;
mod proposal;
mod quorum;
mod raft;
mod raw_node;
mod read_index;
mod ready;
mod replication;
mod rng;
mod rules;
mod snapshot;
mod status;
mod storage;
mod transfer;
#[cfg(test)]
mod twins;
mod unstable;

pub use config::{Config, ConfigError, ElectionTicks, ReadMode};
pub use configuration::{Change, ConfChange, ConfState, Transition};
pub use entry::{Body, Entries, Entry, Index, NodeId, Payload, Position, Term};
pub use error::{CampaignError, ProposeError, StepError};
pub use event::{
    AckIgnored, ConfChangeRefusal, Decision, ElectionCause, FollowerReason, IgnoreReason, NoCommit, NoElection,
    NoSnapshot, NoTransfer, ProposalDrop, Silent, SnapshotRefusal, Tracer, TransferAbort, UnstableView, VoteRefusal,
};
pub use log::RaftLog;
pub use message::{AppendResult, Message, MessageBody, MessageKind};
pub use progress::{Progress, ProgressState, ProgressView};
pub use raw_node::RawNode;
pub use ready::{Append, Mark, ReadState, Ready, Role, SelfAck, SoftState, Written};
pub use rules::{Dialect, Rules};
pub use status::Status;
pub use storage::{HardState, MemStorage, Snapshot, Storage, StorageError};

/// The example of the README, as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
