//! Model checking: a small cluster of the real core in which everything may happen in every order.
//!
//! The nodes are [`raft_core::RawNode`]s, not a model of them. What is left out is time: a node may campaign whenever it
//! likes, which covers every election timeout there could be, and there are no heartbeats. A message may arrive late, in
//! any order, or never; with [`Bounds::duplicates`] also again and again. A restart loses all but the disk.
//!
//! [`cluster`] is what happens, [`history`] is what must hold.

pub mod cluster;
pub mod history;

pub use cluster::{Action, Bounds, Cluster, State};
