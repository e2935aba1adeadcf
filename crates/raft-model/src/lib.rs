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

use stateright::{Checker, Model};

/// Explores everything within the bounds and prints how many states that were.
///
/// # Panics
/// When something that must always hold falls, or something that ought to happen never does.
pub fn explore(name: &str, bounds: Bounds) {
    let checker = Cluster(bounds).checker().threads(1).spawn_bfs().join();
    let (all, unique) = (checker.state_count(), checker.unique_state_count());
    println!("{name}: {unique} states, reached on {all} ways, at most {} events deep", checker.max_depth());
    checker.assert_properties();
}
