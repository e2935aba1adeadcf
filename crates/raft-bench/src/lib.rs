//! The core's benchmark: one scenario, driven through our core and through two published ones in the same call.
//!
//! [`scenario`] is the scenario; a file each drives one implementation through it. The figures come from the binaries
//! (`raft-bench` and `raft-bench-allocs`) and, compiled to wasm (`examples/in_wasm.rs`), from Node (`scripts/bench/`). Nothing here judges
//! whether an implementation is right: `crates/raft-peers` does.

mod figure;
mod ours_driver;
#[cfg(feature = "world")]
pub mod plain_world;
mod raft_io_driver;
mod raft_rs_driver;
pub mod scenario;

pub use figure::Figure;
pub use ours_driver::Ours;
pub use raft_io_driver::RaftIo;
pub use raft_rs_driver::RaftRs;
pub use scenario::Cluster;
