//! Prints `core.allocs.3n.b1`: how often a cluster asks the allocator for memory, per committed entry.
//!
//! A binary of its own, because counting would slow the other figures down.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering};

use raft_bench::scenario::{self, Cluster, Load, News};
use raft_bench::{Figure, Ours, RaftIo, RaftRs};

/// The system's allocator, counted.
struct Counting;

static REQUESTS: AtomicU64 = AtomicU64::new(0);

// SAFETY: every call is passed on unchanged to `System`, which keeps the contract.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        REQUESTS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller's promises are passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's promises are passed on.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        REQUESTS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller's promises are passed on.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Whole rounds of compaction, so that what a log allocates as it grows is part of the figure.
const PROPOSALS: u64 = 4 * scenario::COMPACT_EVERY;

fn main() {
    let load = Load { nodes: 3, batch: 1, news: News::WithNext };
    let ours = per_entry::<Ours>(load);
    for peer in [per_entry::<RaftRs>(load), per_entry::<RaftIo>(load)] {
        let name = "core.allocs.3n.b1".into();
        println!("{}", Figure { name, value: ours.1, unit: "per entry", peer: Some(peer), ratio_median: None });
    }
}

fn per_entry<C: Cluster>(load: Load) -> (&'static str, f64) {
    let mut cluster = C::elect(load.nodes, load.news);
    scenario::run(&mut cluster, load, PROPOSALS);
    let before = REQUESTS.load(Ordering::Relaxed);
    let committed = scenario::run(&mut cluster, load, PROPOSALS);
    (C::NAME, (REQUESTS.load(Ordering::Relaxed) - before) as f64 / committed as f64)
}
