//! Prints the world's native figures, one JSON object a line: a simulated hour, events a second beside raft-rs' nodes around a
//! plain queue, and what the checks cost.

use cpu_time::ProcessTime;
use raft_bench::plain_world::PlainWorld;
use raft_bench::{Cluster as _, Figure, RaftRs};
use raftarium_sim::time::SECOND_US;
use raftarium_sim::{Run, Timeline};

const HOUR_US: u64 = 3_600 * SECOND_US;

/// Turns of the shorter figures; they alternate, and the best counts.
const TURNS: u64 = 3;

/// Simulated time of a turn.
const TURN_US: u64 = 600 * SECOND_US;

/// Five nodes and a client at ten commands a second, as everywhere in these figures.
const RUN: &str = "raftarium 1\nnodes 5\nseed 7\n@1s load c1 100ms\n";

fn main() {
    let mut timeline = timeline();
    let begun = ProcessTime::now();
    timeline.advance_to(HOUR_US);
    let hour_s = begun.elapsed().as_secs_f64();
    let commands = timeline.world().clients()[0].sequence();
    assert!(commands > 35_000, "{commands} commands in an hour: that was no load");

    let (mut ours, mut theirs, mut unchecked) = (0.0_f64, 0.0_f64, 0.0_f64);
    for _ in 0..TURNS {
        ours = ours.max(rate(|| play(true)));
        theirs = theirs.max(rate(|| PlainWorld::new().advance_to(TURN_US)));
        unchecked = unchecked.max(rate(|| play(false)));
    }
    let figure = |name: &str, value, unit, peer| Figure { name: name.into(), value, unit, peer, ratio_median: None };
    println!("{}", figure("world.hour.native", hour_s, "s", None));
    println!("{}", figure("world.events.native", ours, "events/cpu-s", Some((RaftRs::NAME, theirs))));
    println!("{}", figure("world.checks.native", (unchecked / ours - 1.0) * 100.0, "% of the time without", None));
}

fn timeline() -> Timeline {
    Timeline::new(Run::parse(RUN).expect("a run's text")).expect("valid settings")
}

fn play(checked: bool) -> u64 {
    let mut timeline = timeline();
    if !checked {
        timeline.stop_checking();
    }
    timeline.advance_to(TURN_US);
    timeline.world().events()
}

/// Events per second of CPU time.
fn rate(events: impl FnOnce() -> u64) -> f64 {
    let begun = ProcessTime::now();
    events() as f64 / begun.elapsed().as_secs_f64()
}
