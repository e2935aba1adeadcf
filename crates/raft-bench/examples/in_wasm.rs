//! What Node calls when the benchmark runs as wasm. Numbers only: no glue is generated for this module.
//!
//! An example and not the library: a library that programs link, too, is compiled without link-time optimisation, and
//! every core then runs a fifth slower than it can.

#![cfg(all(target_arch = "wasm32", target_os = "unknown"))]

use std::cell::RefCell;

use raft_bench::plain_world::PlainWorld;
use raft_bench::scenario::{self, Cluster, Load, News};
use raft_bench::{Ours, RaftIo, RaftRs};

/// A cluster that waits for its next turn.
enum Bench {
    Ours(Ours, Load),
    RaftRs(RaftRs, Load),
    RaftIo(RaftIo, Load),
}

thread_local! {
    static BENCH: RefCell<Option<Bench>> = const { RefCell::new(None) };
}

/// Elects a cluster: 0 is ours, 1 is raft-rs, anything else raft-io.
#[unsafe(no_mangle)]
extern "C" fn bench_elect(which: u32, nodes: u32, batch: u32, announced: u32) {
    let news = if announced == 0 { News::WithNext } else { News::AtOnce };
    let load = Load { nodes: nodes.into(), batch: batch.into(), news };
    let bench = match which {
        0 => Bench::Ours(Ours::elect(load.nodes, load.news), load),
        1 => Bench::RaftRs(RaftRs::elect(load.nodes, load.news), load),
        _ => Bench::RaftIo(RaftIo::elect(load.nodes, load.news), load),
    };
    BENCH.set(Some(bench));
}

/// Commits `proposals` commands on the elected cluster and returns how many that were.
#[unsafe(no_mangle)]
extern "C" fn bench_run(proposals: u32) -> u32 {
    BENCH.with_borrow_mut(|bench| match bench {
        Some(Bench::Ours(cluster, load)) => scenario::run(cluster, *load, proposals.into()) as u32,
        Some(Bench::RaftIo(cluster, load)) => scenario::run(cluster, *load, proposals.into()) as u32,
        Some(Bench::RaftRs(cluster, load)) => scenario::run(cluster, *load, proposals.into()) as u32,
        None => 0,
    })
}

/// Plays a plain world of raft-rs' nodes from its beginning, and returns how many events that took.
#[unsafe(no_mangle)]
extern "C" fn bench_plain_world(seconds: u32) -> f64 {
    PlainWorld::new().advance_to(u64::from(seconds) * 1_000_000) as f64
}

getrandom::register_custom_getrandom!(fixed_random);

/// The same bytes every time: raft-rs seeds its election timeouts with them, and the scenario never waits for one.
fn fixed_random(bytes: &mut [u8]) -> Result<(), getrandom::Error> {
    bytes.fill(7);
    Ok(())
}
