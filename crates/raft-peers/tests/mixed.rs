//! Mixed clusters keep Raft's promises, and the judge is not blind.

use raft_core::Rules;
use raft_peers::mixed::{self, Tally};

/// Runs, each from its own seed; others by `RAFT_PEERS_SEEDS=2000..22000`.
const SEEDS: std::ops::Range<u64> = 0..2_000;

#[test]
fn no_mixed_cluster_breaks_a_promise() {
    let mut total = Tally::default();
    let seeds = raft_peers::seeds(SEEDS);
    for seed in seeds.clone() {
        let tally = mixed::run(seed).unwrap_or_else(|violation| panic!("{violation}"));
        total.delivered += tally.delivered;
        total.leaders += tally.leaders;
        total.committed += tally.committed;
        total.reads += tally.reads;
        total.crashes += tally.crashes;
        total.changes += tally.changes;
        total.snapshots += tally.snapshots;
        total.transfers += tally.transfers;
    }
    assert!(total.changes > 0 && total.snapshots > 0 && total.transfers > 0, "the runs must show these: {total:?}");
    println!("seeds {seeds:?}: {total:?}");
}

/// A leader sent a snapshot from before its receiver joined, again with each refusal.
const FOUND: &[u64] = &[7_984];

#[test]
fn runs_that_broke_a_promise_once_keep_it() {
    for &seed in FOUND {
        mixed::run(seed).unwrap_or_else(|violation| panic!("{violation}"));
    }
}

#[test]
fn a_run_is_its_seed() {
    for seed in 0..20 {
        assert_eq!(mixed::run(seed), mixed::run(seed));
    }
}

#[test]
fn nodes_that_break_a_rule_are_caught() {
    let all = Rules::ALL;
    let broken = [
        ("one_vote_a_term", Rules { one_vote_a_term: false, ..all }),
        ("voter_checks_log", Rules { voter_checks_log: false, ..all }),
        ("quorum_is_majority", Rules { quorum_is_majority: false, ..all }),
        ("commit_needs_quorum", Rules { commit_needs_quorum: false, ..all }),
        ("previous_entry_checked", Rules { previous_entry_checked: false, ..all }),
        ("conflicts_removed", Rules { conflicts_removed: false, ..all }),
        ("truncate_only_on_conflict", Rules { truncate_only_on_conflict: false, ..all }),
        ("acknowledge_after_sync", Rules { acknowledge_after_sync: false, ..all }),
        ("leader_counts_itself_after_sync", Rules { leader_counts_itself_after_sync: false, ..all }),
        ("commit_clamped_to_match", Rules { commit_clamped_to_match: false, ..all }),
        ("reads_need_quorum_round", Rules { reads_need_quorum_round: false, ..all }),
    ];
    for (rule, rules) in broken {
        let caught = (0..2_000).find_map(|seed| mixed::run_ours(seed, rules).err());
        println!("without {rule}: {}", caught.unwrap_or_else(|| panic!("nobody noticed that {rule} is off")));
    }
}
