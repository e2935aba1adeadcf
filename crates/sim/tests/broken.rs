//! The checkers catch a Raft that is really broken: with one rule switched off, random runs with faults make a property fall.

use std::collections::BTreeSet;

use raftarium_sim::Timeline;
use raftarium_sim::chaos::{END_US, run_with_faults};
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

/// Goal: each checker that stands for a rule fires on the real thing. Method: for each rule a seed that a survey of 200 found,
/// and the same run with the rule kept, in which nothing falls.
#[test]
fn without_a_rule_a_property_falls_and_with_it_none_does() {
    let mut fallen = BTreeSet::new();
    for (rule, seed) in [
        ("one-vote-a-term", 0),
        ("voter-checks-log", 0),
        ("voter-compares-terms", 63),
        ("commit-clamped-to-match", 6),
        ("stale-appends-refused", 4),
        ("previous-entry-checked", 7),
        ("conflicts-removed", 0),
        ("acknowledge-after-sync", 160),
        ("quorum-is-majority", 0),
        ("commit-needs-quorum", 0),
        ("match-reset-on-election", 57),
    ] {
        assert_eq!(falls(rule, seed, "mend"), None, "{rule} holds");
        let property = falls(rule, seed, "break").unwrap_or_else(|| panic!("nothing falls without {rule}"));
        fallen.insert(property);
    }
    let expected =
        [Property::ElectionSafety, Property::LogMatching, Property::LeaderCompleteness, Property::StateMachineSafety];
    assert_eq!(fallen.into_iter().collect::<Vec<_>>(), expected);
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
