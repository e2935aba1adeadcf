//! The search finds what a broken rule costs, cuts it down to a run that still shows it, and finds nothing in Raft as it is.
//!
//! Everything found is played again by the ordinary timeline: what the search believes of its own runs counts for nothing here.

use raftarium_sim::action::Action;
use raftarium_sim::checks::Property;
use raftarium_sim::fuzz::{Find, MARKS, Odds, Search, rules_named};
use raftarium_sim::rules::{InSearch, RULES};
use raftarium_sim::{Run, Timeline};

/// What falls first in a run up to `until_us`.
fn falls(run: &Run, until_us: u64) -> Option<(Property, u64)> {
    let mut timeline = Timeline::new(run.clone()).expect("settings that are valid");
    timeline.advance_to(until_us);
    timeline.world().violations().first().map(|violation| (violation.property, violation.at_us))
}

fn with_rules_kept(run: &Run) -> Run {
    let mut run = run.clone();
    run.actions.retain(|timed| !matches!(timed.action, Action::Break { .. }));
    run
}

fn search(rules: &str, nodes: u64, seed: u64) -> Search {
    Search::new(&rules_named(rules).expect("rules"), nodes, seed).expect("a search")
}

/// Searches for at most `runs` runs, and to the end of the shrinking; every form of the find on the way must fall.
fn find(rules: &str, nodes: u64, runs: u64) -> Find {
    let mut search = search(rules, nodes, 1);
    let mut last = None;
    while !search.is_done() {
        search.advance(3_000);
        match search.found() {
            Some(found) if last.as_ref() == Some(&found.run) => {}
            Some(found) => {
                holds(&found);
                last = Some(found.run);
            }
            None => assert!(search.runs() <= runs, "{rules}: nothing fell in {runs} runs"),
        }
    }
    search.found().expect("it is done")
}

/// A find is what it says: the run, as its text and its link have it, falls then, and with all rules kept it does not.
fn holds(found: &Find) {
    let Find { run, violation, lengths, .. } = found;
    assert_eq!(&Run::parse(&run.to_string()).expect("a text that reads back"), run);
    assert_eq!(&Run::from_link(&run.to_link()).expect("a link that reads back"), run);
    assert_eq!(falls(run, violation.at_us), Some((violation.property, violation.at_us)), "{run}");
    assert_eq!(falls(&with_rules_kept(run), violation.at_us), None, "{run}");
    assert_eq!(lengths.last(), Some(&run.actions.len()));
    assert!(lengths.is_sorted_by(|more, fewer| more > fewer), "{lengths:?}");
}

/// Goal: for rules of every kind a run is found and cut down as far as single actions go. Method: a fixed seed; at the end any
/// action less, and nothing falls by then.
#[test]
fn what_a_broken_rule_costs_is_found_and_cut_down() {
    use Property::{AcknowledgedDurable, ExactlyOnce, LeaderCompleteness, Linearizability, OneVote};
    for (rule, nodes, expected, actions) in [
        ("one-vote-a-term", 3, OneVote, 4),
        ("voter-checks-log", 3, LeaderCompleteness, 8),
        ("voter-checks-log", 5, LeaderCompleteness, 12),
        ("commit-own-term-only", 3, LeaderCompleteness, 20),
        ("promises-wait", 3, AcknowledgedDurable, 3),
        ("vote-written", 5, AcknowledgedDurable, 3),
        ("retries-recognised", 3, ExactlyOnce, 8),
        ("reads-need-quorum-round", 3, Linearizability, 12),
        ("one-conf-change-at-a-time", 3, ExactlyOnce, 12),
    ] {
        let found = find(rule, nodes, 20_000);
        assert_eq!(found.violation.property, expected, "{rule}\n{}", found.run);
        assert!(found.run.actions.len() <= actions, "{rule}: {:?}\n{}", found.lengths, found.run);
        for place in 0..found.run.actions.len() {
            let mut less = found.run.clone();
            less.actions.remove(place);
            let fallen = falls(&less, found.violation.at_us).map(|(property, _)| property);
            let real = falls(&with_rules_kept(&less), found.violation.at_us);
            assert!(fallen != Some(expected) || real.is_some(), "{rule}: action {place} is not needed\n{}", found.run);
        }
    }
}

/// Goal: what falls is the broken rule's fault, so with none broken nothing does. Method: some thousand runs with every fault.
#[test]
fn raft_as_it_is_does_not_fall() {
    for nodes in [3, 5] {
        let mut search = search("", nodes, 1);
        while search.runs() < 1_500 {
            search.advance(10_000);
            assert_eq!(search.found(), None, "{nodes} nodes");
        }
        assert!(search.states() > 10_000, "{} states", search.states());
        // What no run comes to is not tested, however many runs there are.
        let missing = MARKS.iter().zip(search.marks()).filter(|(_, runs)| **runs == 0).count();
        assert!(missing <= 4, "{missing} marks were not reached: {:?}", search.marks());
        assert!(search.marks().iter().all(|runs| *runs <= search.runs()));
    }
}

/// Goal: what the search once found in Raft as it is stays mended. A torn tail that was the whole log took term and vote with it, and
/// n3 voted twice; and what n2 was right to acknowledge was called too early, since a newer leader had it replaced meanwhile.
#[test]
fn what_was_found_in_raft_as_it_is_stays_mended() {
    for text in [
        "raftarium 1\nnodes 3\nseed 5\n@0 isolate n2\n@0 timeout n3\n@30ms crash n3 losing tail 2\n@30ms restart n3\n@30ms heal\n",
        "raftarium 1\nnodes 5\nseed 899\nstorage async\n@244ms isolate n3\n@244ms member add n6 learner\n\
         @244ms partition n2,n3 | n1,n4,n5,n6\n@244ms disk n2 sync 100ms\n@370ms heal\n",
    ] {
        assert_eq!(falls(&Run::parse(text).expect("a run"), 2_000_000), None, "{text}");
    }
}

/// Goal: a seed says everything, however a worker divides its time. Method: the same search in steps of one event and of many.
#[test]
fn the_same_seed_finds_the_same() {
    let found = |step: u64, seed: u64| {
        let mut search = search("stale-votes-ignored", 3, seed);
        while !search.is_done() {
            search.advance(step);
        }
        (search.runs(), search.events(), search.states(), search.found(), search.marks().to_vec())
    };
    assert_eq!(found(1, 2), found(7_777, 2));
    assert_ne!(found(7_777, 2).3, found(7_777, 3).3);
}

/// Goal: after a find the search goes on to the next. Method: two finds of one search.
#[test]
fn a_search_goes_on_after_a_find() {
    let mut search = search("voter-checks-log", 3, 4);
    let mut runs = Vec::new();
    for _ in 0..2 {
        while !search.is_done() {
            search.advance(5_000);
        }
        let before = search.runs();
        search.advance(5_000);
        assert_eq!(search.runs(), before, "it waits");
        runs.push(search.found().expect("a find").run_no);
        search.resume();
        assert_eq!(search.found(), None);
    }
    assert!(runs[0] < runs[1], "{runs:?}");
}

/// Goal: the odds rise to all once the fall cannot be helped any more, and stay at nothing while all rules hold; a worker may divide
/// its time as it likes. Method: a find of a rule that falls often, its futures counted in two ways.
#[test]
fn the_odds_rise_without_the_rule_and_not_with_it() {
    const FUTURES: u32 = 24;
    let found = find("voter-checks-log", 3, 20_000);
    let counted = |step: u64| {
        let mut odds = Odds::new(found.run.clone(), FUTURES);
        while !odds.is_done() {
            odds.advance(step);
        }
        odds.tally().clone()
    };
    let tally = counted(10_000);
    assert_eq!(tally, counted(37));
    let prefixes = found.run.actions.len() + 1;
    assert_eq!((tally.done_prefixes, tally.fallen.len(), tally.real.len()), (prefixes, prefixes, prefixes));
    assert!(tally.real.iter().all(|&fallen| fallen == 0), "{tally:?}");
    let (first, last) = (tally.fallen[0], tally.fallen[prefixes - 1]);
    assert!(first < last && last > FUTURES / 2, "{tally:?}\n{}", found.run);
}

/// Goal: a cluster may break, the world may not. Method: runs without each rule; and those in which a node whose log had been cut short
/// of what it had applied was told to compact, which once was a panic.
#[test]
fn no_broken_rule_ends_the_world() {
    for (rule, runs) in RULES.iter().map(|rule| (rule.name, 60)).chain([("compacted-is-not-conflict", 2_500)]) {
        let mut search = search(rule, 3, 2);
        while search.runs() < runs {
            search.advance(10_000);
            search.resume();
        }
    }
}

/// Goal: what is told beforehand of a search without a rule is what was measured. Method: the table in this crate's README.
#[test]
fn what_a_search_does_not_find_is_told_beforehand() {
    let table = include_str!("../README.md");
    for rule in RULES {
        let row = table.lines().find(|line| line.starts_with(&format!("| `{}` |", rule.name))).expect("a row");
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let (nodes, runs) = (cells[2], cells[3]);
        let measured = match (runs.starts_with("nothing"), nodes, runs.contains('-')) {
            (true, _, _) => &[InSearch::ByHand, InSearch::Never][..],
            (false, "5", true) => &[InSearch::FiveNodesRarely],
            (false, "5", false) => &[InSearch::FiveNodes],
            (false, _, true) => &[InSearch::Rarely],
            (false, _, false) => &[InSearch::Soon],
        };
        assert!(measured.contains(&rule.search), "{row}");
    }
}

#[test]
fn what_cannot_be_searched_is_told() {
    assert_eq!(rules_named("voter-checks-log, no-such-rule"), Err("there is no rule `no-such-rule`".to_string()));
    assert_eq!(rules_named(" one-vote-a-term ,one-vote-a-term,").map(|rules| rules.len()), Ok(1));
    assert_eq!(rules_named("").map(|rules| rules.len()), Ok(0));
    assert!(Search::new(&[], 1, 1).is_err() && Search::new(&[], 9, 1).is_err());
}
