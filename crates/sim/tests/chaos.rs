//! Thousands of random runs with faults: no property of Raft falls, and when the faults end the cluster gets on with its work.

use std::thread;

use raft_core::Role;
use raftarium_sim::chaos::{END_US, FEATURES, digest_with_faults, run_with_faults};
use raftarium_sim::timeline::Timeline;
use raftarium_sim::world::World;

const RUNS: u64 = 2_400;
/// Two of three runs use everything that the world can do.
fn seed_of(run: u64) -> u64 {
    if run.is_multiple_of(3) { run } else { FEATURES + run }
}

const GOLDEN_RUNS: u64 = 40;
const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/digests.txt");

fn play(seed: u64) -> World {
    let mut timeline = Timeline::new(run_with_faults(seed)).expect("chaos makes valid settings");
    timeline.advance_to(END_US);
    timeline.world().clone()
}

/// Says what to replay when a run fails.
fn run_text(seed: u64) -> String {
    run_with_faults(seed).to_string()
}

fn judge(seed: u64) {
    let world = play(seed);
    assert_eq!(world.violations(), [], "seed {seed}\n{}", run_text(seed));
    let leaders = world.nodes().iter().filter(|node| node.role() == Role::Leader).count();
    assert_eq!(leaders, 1, "one leader after the faults, seed {seed}\n{}", run_text(seed));
    for client in world.clients() {
        assert!(
            client.asking().is_none() && client.queued() == 0,
            "{} waits, seed {seed}\n{}",
            client.id(),
            run_text(seed)
        );
    }
    assert_eq!(world.note(), None, "something stands still, seed {seed}\n{}", run_text(seed));
    let members = world.configuration();
    let leader = world.leader().expect("there is one");
    let first = leader.store().expect("every node runs after the faults");
    assert_eq!(first.get("peace"), Some("1"), "seed {seed}");
    assert!(!members.is_joint(), "a joint configuration stays, seed {seed}\n{}", run_text(seed));
    for node in world.nodes().iter().filter(|node| members.contains(node.id())) {
        assert_eq!(node.store(), Some(first), "n{} and its leader differ, seed {seed}\n{}", node.id(), run_text(seed));
    }
    // Exactly once: the load only ever counts up, so the counter is the number of its commands.
    let load = &world.clients()[0];
    assert_eq!(first.get("c1").unwrap_or("0"), load.sequence().to_string(), "seed {seed}\n{}", run_text(seed));
}

/// Goal: safety under faults, and progress after them. Method: random runs of 3 and 5 nodes on two threads.
#[test]
fn no_property_falls_in_thousands_of_runs_with_faults() {
    thread::scope(|scope| {
        for half in 0..2 {
            scope.spawn(move || (half..RUNS).step_by(2).map(seed_of).for_each(judge));
        }
    });
}

/// Goal: the runs do what they are meant to test. Method: some of their traces tell of each feature.
#[test]
fn the_random_runs_reach_every_feature() {
    let mut missing = vec![
        "hands its leadership over",
        "reads its store",
        "confirms a read",
        "goes on leading",
        "dropped its log",
        "joint with",
        "with learners",
        "leave the joint",
        "refuses to change",
        "replaces its log by the snapshot",
        "got its snapshot",
        "was lost",
    ];
    for run in 0..200 {
        let world = play(FEATURES + run);
        for record in world.trace().iter() {
            let line = record.to_string();
            missing.retain(|text| !line.contains(text));
        }
        if missing.is_empty() {
            return;
        }
    }
    panic!("no run reached {missing:?}");
}

#[test]
fn the_same_run_has_the_same_digest_and_another_seed_another() {
    assert_eq!(digest_with_faults(1), digest_with_faults(1));
    assert_ne!(digest_with_faults(1), digest_with_faults(2));
}

/// Goal: the same run is the same on every machine and in wasm, today and tomorrow. Method: digests written down once; the
/// binding's tests read the same file. `RAFTARIUM_BLESS=1 cargo test -p raftarium-sim --test chaos` writes it anew: do that
/// only when the world is meant to behave differently, and say so in the CHANGELOG, for old links then show another run.
#[test]
fn the_digests_are_those_written_down() {
    let mut text = String::from(
        "# Digests of the random runs of chaos.rs, by seed. See tests/chaos.rs for how to write them anew.\n",
    );
    for seed in (0..GOLDEN_RUNS).chain(FEATURES..FEATURES + GOLDEN_RUNS) {
        text.push_str(&format!("{seed} {}\n", digest_with_faults(seed)));
    }
    if std::env::var_os("RAFTARIUM_BLESS").is_some() {
        std::fs::write(GOLDEN, &text).unwrap();
    }
    let golden = std::fs::read_to_string(GOLDEN).unwrap();
    assert_eq!(text, golden, "the world behaves differently than when these digests were written down");
}
