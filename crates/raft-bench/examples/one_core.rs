//! One core, one load, nothing else: what a profiler is pointed at.
//!
//! `one_core ours 3 1 20000` elects a cluster of three of ours and commits 20,000 proposals one at a time; the other
//! cores are `raft-rs` and `raft-io`. The instructions an entry takes are the difference of two runs, divided:
//! ```text
//! valgrind --tool=callgrind target/fast/examples/one_core ours 3 1 20000
//! ```

use std::process::ExitCode;

use raft_bench::scenario::{self, Cluster, Load, News};
use raft_bench::{Ours, RaftIo, RaftRs};

const USAGE: &str = "usage: one_core ours|raft-rs|raft-io NODES BATCH PROPOSALS";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [core, numbers @ ..] = &arguments[..] else { return usage() };
    let numbers: Vec<u64> = numbers.iter().filter_map(|text| text.parse().ok()).collect();
    let [nodes, batch, proposals] = numbers[..] else { return usage() };
    let load = Load { nodes, batch, news: News::WithNext };
    match core.as_str() {
        "ours" => run::<Ours>(load, proposals),
        "raft-rs" => run::<RaftRs>(load, proposals),
        "raft-io" => run::<RaftIo>(load, proposals),
        _ => return usage(),
    }
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(2)
}

fn run<C: Cluster>(load: Load, proposals: u64) {
    let mut cluster = C::elect(load.nodes, load.news);
    println!("{}: {} proposals", C::NAME, scenario::run(&mut cluster, load, proposals));
}
