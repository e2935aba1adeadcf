//! The same inputs, told to a cluster of theirs and to one of ours, lead to the same states.

use raft_peers::lockstep::{self, Tally};

/// Runs, each from its own seed; others by `RAFT_PEERS_SEEDS=2000..22000`.
const SEEDS: std::ops::Range<u64> = 0..2_000;

#[test]
fn both_cores_do_the_same_with_the_same_inputs() {
    let mut total = Tally::default();
    let seeds = raft_peers::seeds(SEEDS);
    for seed in seeds.clone() {
        let tally = lockstep::run(seed).unwrap_or_else(|difference| panic!("{difference}"));
        total.compared += tally.compared;
        total.leaders += tally.leaders;
        total.committed += tally.committed;
        for side in 0..2 {
            total.delivered[side] += tally.delivered[side];
            total.reads[side] += tally.reads[side];
        }
    }
    assert!(total.reads[0] > 0, "reads must be compared, too");
    println!("seeds {seeds:?}: {total:?}");
}
