//! The checkers catch a Raft that is really broken: with one rule switched off, random runs with faults make a property fall.

use raftarium_sim::Timeline;
use raftarium_sim::chaos::{END_US, FEATURES, run_with_faults};
use raftarium_sim::checks::Property;
use raftarium_sim::config::Batch;
use raftarium_sim::run::Timed;
use raftarium_sim::scene::{Scene, scene};

/// A broken cluster may shout at itself for ever: that is enough.
const EVENTS_MAX: u64 = 40_000;

/// What falls first in the random run of a seed without one rule. With the verb `mend` the rule holds after all.
fn falls(rule: &str, seed: u64, verb: &str) -> Option<Property> {
    let mut run = run_with_faults(seed);
    run.config.batch = if seed.is_multiple_of(2) { Batch::One } else { Batch::Many };
    run.actions.insert(0, Timed { at_us: 0, action: format!("{verb} {rule}").parse().expect("an action") });
    let mut timeline = Timeline::new(run).expect("chaos makes valid settings");
    while timeline.world().violations().is_empty() && timeline.world().events() < EVENTS_MAX {
        if timeline.advance_some(END_US, 500) {
            break;
        }
    }
    timeline.world().violations().first().map(|violation| violation.property)
}

/// Goal: each checker that stands for a rule fires on the real thing. Method: for each rule a seed that a survey of 150 found,
/// and the same run with the rule kept, in which nothing falls.
#[test]
fn without_a_rule_a_property_falls_and_with_it_none_does() {
    use Property::{
        AcknowledgedDurable, ElectionSafety, ExactlyOnce, LeaderCompleteness, LogMatching, OneVote, StateMachineSafety,
    };
    for (rule, seed, expected) in [
        ("one-vote-a-term", 0, OneVote),
        ("voter-checks-log", 0, LeaderCompleteness),
        ("voter-checks-log", 146, StateMachineSafety),
        ("voter-compares-terms", 63, LeaderCompleteness),
        ("truncate-only-on-conflict", 98, LeaderCompleteness),
        ("commit-clamped-to-match", 9, StateMachineSafety),
        ("stale-appends-refused", 4, StateMachineSafety),
        ("previous-entry-checked", 3, LogMatching),
        ("conflicts-removed", 0, LogMatching),
        ("acknowledge-after-sync", 0, AcknowledgedDurable),
        ("quorum-is-majority", 0, ElectionSafety),
        ("commit-needs-quorum", 0, LeaderCompleteness),
        ("match-reset-on-election", 57, ExactlyOnce),
        ("one-conf-change-at-a-time", FEATURES + 12, LeaderCompleteness),
        ("retries-recognised", 0, ExactlyOnce),
        ("vote-written", 0, AcknowledgedDurable),
        ("term-written", 0, OneVote),
        ("promises-wait", 0, AcknowledgedDurable),
        ("only-committed-applied", 0, StateMachineSafety),
    ] {
        assert_eq!(falls(rule, seed, "mend"), None, "{rule} holds");
        assert_eq!(falls(rule, seed, "break"), Some(expected), "without {rule}, seed {seed}");
    }
}

/// Goal: ReadIndex is why a deposed leader answers no read (§8). Method: the scene's own run, without the round to a quorum.
#[test]
fn a_read_without_a_round_to_a_quorum_is_stale() {
    let text = scene("stale-read").expect("a prepared scene");
    let played = Scene::parse(text).expect("a scene").play().expect("it keeps its promises");
    for (verb, fallen) in [("mend", None), ("break", Some(Property::Linearizability))] {
        let mut run = played.run().clone();
        run.actions.pop(); // the local read, which is stale in any case
        run.actions.insert(
            0,
            Timed { at_us: 0, action: format!("{verb} reads-need-quorum-round").parse().expect("an action") },
        );
        let mut timeline = Timeline::new(run).expect("valid settings");
        timeline.advance_to(played.world().now_us() + 1_000_000);
        assert_eq!(timeline.world().violations().first().map(|violation| violation.property), fallen, "{verb}");
    }
}

/// Goal: Figure 8 is why counting is not committing (§5.4.2). Method: the scene's own run, without that rule.
#[test]
fn figure_8_breaks_a_raft_that_commits_by_counting() {
    let text = scene("figure-8").expect("a prepared scene");
    let played = Scene::parse(text).expect("a scene").play().expect("it keeps its promises");
    let mut run = played.run().clone();
    run.actions.insert(0, Timed { at_us: 0, action: "break commit-own-term-only".parse().expect("an action") });
    let mut timeline = Timeline::new(run).expect("valid settings");
    timeline.advance_to(played.world().now_us() + 1_000_000);
    let first = timeline.world().violations().first().expect("a violation");
    assert_eq!(
        (first.property, &*first.nodes, first.index),
        (Property::LeaderCompleteness, &[1, 5][..], Some(2)),
        "{first}"
    );
}
