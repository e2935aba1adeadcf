//! Prints the core's native figures, one JSON object a line. With arguments: only those whose names start with one.

use std::process::ExitCode;

use cpu_time::ProcessTime;
use raft_bench::scenario::{self, Cluster, Load, News};
use raft_bench::{Figure, Ours, RaftIo, RaftRs};

/// Turns each implementation gets. They alternate, and its best turn counts, so that a neighbour on the machine disturbs
/// nobody's figure; the median of the ratios, turn by turn, says how sure the figure is.
const TURNS: usize = 15;

/// Proposals in a turn: 15 to 150 milliseconds, so that the three meet the same neighbours.
const PROPOSALS: u64 = 40_000;

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|prefix| name.starts_with(prefix.as_str()));
    for load in Load::ALL {
        let name = format!("core.commit.{}.native", load.name());
        if is_wanted(&name) {
            for figure in commit(&name, load) {
                println!("{figure}");
            }
        }
    }
    if is_wanted("core.clone.logs") || is_wanted("core.clone.nodes") {
        for figure in clone() {
            println!("{figure}");
        }
    }
    ExitCode::SUCCESS
}

/// Nanoseconds to keep a moment of five nodes with a thousand entries each: of their logs on disk, and of all of them.
fn clone() -> [Figure; 2] {
    let load = Load { nodes: 5, batch: 1, news: News::WithNext };
    let mut ours = Ours::elect(load.nodes, load.news);
    let mut raft_io = RaftIo::elect(load.nodes, load.news);
    scenario::run(&mut ours, load, 1_000);
    scenario::run(&mut raft_io, load, 1_000);
    let logs = best_ns(1_000, || ours.nodes().map(|node| node.storage().clone()).collect::<Vec<_>>());
    let nodes = best_ns(1_000, || ours.nodes().cloned().collect::<Vec<_>>());
    let their_logs = best_ns(100, || raft_io.logs().cloned().collect::<Vec<_>>());
    let peer = Some((RaftIo::NAME, their_logs));
    [
        Figure { name: "core.clone.logs".into(), value: logs, unit: "ns", peer, ratio_median: None },
        Figure { name: "core.clone.nodes".into(), value: nodes, unit: "ns", peer: None, ratio_median: None },
    ]
}

/// Nanoseconds that one call takes, at best.
fn best_ns<R>(calls: u32, call: impl Fn() -> R) -> f64 {
    let turn = || {
        let start = ProcessTime::now();
        for _ in 0..calls {
            std::hint::black_box(call());
        }
        start.elapsed().as_nanos() as f64 / f64::from(calls)
    };
    (0..TURNS).map(|_| turn()).fold(f64::INFINITY, f64::min)
}

/// Commands committed and applied everywhere per second of CPU time.
fn commit(name: &str, load: Load) -> Vec<Figure> {
    let mut ours = Racer::<Ours>::warm(load);
    let mut raft_rs = Racer::<RaftRs>::warm(load);
    let mut raft_io = Racer::<RaftIo>::warm(load);
    for _ in 0..TURNS {
        ours.turn();
        raft_rs.turn();
        raft_io.turn();
    }
    // raft-io cannot announce its commits: it is no peer where the others do.
    let mut figures = vec![against(name, &ours, &raft_rs)];
    if load.news == News::WithNext {
        figures.push(against(name, &ours, &raft_io));
    }
    figures
}

fn against<C: Cluster>(name: &str, ours: &Racer<Ours>, peer: &Racer<C>) -> Figure {
    let mut ratios: Vec<f64> = ours.turns.iter().zip(&peer.turns).map(|(ours, theirs)| ours / theirs).collect();
    ratios.sort_by(f64::total_cmp);
    let peer = Some((C::NAME, peer.best()));
    let ratio_median = Some(ratios[TURNS / 2]);
    Figure { name: name.into(), value: ours.best(), unit: "props/cpu-s", peer, ratio_median }
}

/// One implementation, its cluster and what it did in each turn so far.
struct Racer<C> {
    cluster: C,
    load: Load,
    turns: Vec<f64>,
}

impl<C: Cluster> Racer<C> {
    fn warm(load: Load) -> Self {
        let mut cluster = C::elect(load.nodes, load.news);
        scenario::run(&mut cluster, load, PROPOSALS);
        Racer { cluster, load, turns: Vec::new() }
    }

    fn turn(&mut self) {
        let start = ProcessTime::now();
        let committed = scenario::run(&mut self.cluster, self.load, PROPOSALS);
        self.turns.push(committed as f64 / start.elapsed().as_secs_f64());
    }

    fn best(&self) -> f64 {
        self.turns.iter().copied().fold(0.0, f64::max)
    }
}
