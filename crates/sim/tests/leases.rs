//! Reads by lease: where they must be linearizable they are, and where etcd's lease may be stale, a run shows it.

use raftarium_sim::chaos::{END_US, run_with_leases};
use raftarium_sim::checks::Property;
use raftarium_sim::{Run, Timeline};

const RUNS: u64 = 150;

/// Goal: with clocks of one rate, bounded delays and no cuts a lease is as good as a round to a quorum (thesis 6.4.1). Method: random
/// runs with crashes; every answer is checked, and there are many.
#[test]
fn reads_by_lease_are_linearizable_under_crashes() {
    let (mut reads, mut answered) = (0, 0);
    for seed in 0..RUNS {
        let run = run_with_leases(seed);
        let mut timeline = Timeline::new(run.clone()).expect("valid settings");
        timeline.advance_to(END_US);
        let world = timeline.world();
        assert_eq!(world.violations(), [], "seed {seed}\n{run}");
        assert_eq!(world.note(), None, "seed {seed}: all goes forward after the faults\n{run}");
        reads += world.trace().iter().filter(|record| record.to_string().contains("reads its store")).count();
        answered += world.clients().iter().map(|client| client.sequence()).sum::<u64>();
    }
    assert!(reads > 5_000 && answered > 10_000, "{reads} reads, {answered} commands");
}

/// How stale a lease may be: n1 leads and is cut off at `cut_us`; n2 is elected as early as it may be and writes; then n1 is asked.
fn fallen(cut_us: u64, ask_us: u64, clock: &str) -> Option<Property> {
    let write_us = cut_us + 170_000;
    let text = format!(
        "raftarium 1\nnodes 3\nseed 7\ncheckquorum on\nlatency 1ms\nsync 1ms\n@0 timeout n1\n@100ms client c1 put x 1\n@{cut_us} isolate n1\n\
         @{cut_us} clock n1 rate {clock}\n@{cut_us} timer n2 160ms\n@{cut_us} timer n3 300ms\n\
         @{write_us} client c2 put x 2 via n2\n@{ask_us} client c1 get x lease via n1\n"
    );
    let mut timeline = Timeline::new(Run::parse(&text).expect("a run")).expect("settings");
    timeline.advance_to(ask_us + 1_000_000);
    timeline.world().violations().first().map(|violation| violation.property)
}

/// Goal: say honestly how far etcd's lease carries. Method: true clocks; the leader is cut off at any moment of its period, and asked
/// at any moment after that.
#[test]
fn a_leader_that_is_cut_off_reads_the_past_even_by_a_true_clock() {
    let mut stale = Vec::new();
    for cut_us in (500_000..700_000).step_by(10_000) {
        for after_us in (180_000..700_000).step_by(10_000) {
            if fallen(cut_us, cut_us + after_us, "100%") == Some(Property::Linearizability) {
                stale.push(after_us);
            }
        }
    }
    let last = stale.iter().max();
    assert!(!stale.is_empty(), "etcd's leader notices within two election timeouts, its followers wait for one");
    assert!(last.is_some_and(|after_us| *after_us <= 300_000), "after two election timeouts it has noticed: {last:?}");
}

/// Goal: a clock that runs slow stretches the lease beyond any bound (thesis 6.4.1). Method: the same, long after the cut, with n1's
/// clock at a hundredth; by a true clock nothing is stale by then.
#[test]
fn a_slow_clock_stretches_the_lease() {
    assert_eq!(fallen(500_000, 5_000_000, "1%"), Some(Property::Linearizability));
    assert_eq!(fallen(500_000, 5_000_000, "100%"), None);
}
