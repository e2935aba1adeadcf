//! What the search tells: a find at once, in words that read back, and shorter and shorter.

use raftarium_search::told::{Fallen, odds, report};
use raftarium_sim::fuzz::{Odds, Search, rules_named};
use raftarium_sim::{Run, Timeline};

/// Goal: what is told is what was found: the text, the link and the actions are one run, and the property falls in it when it is
/// said to. Method: a search that ends soon, looked at while it shrinks and when it is done.
#[test]
fn a_find_is_told_at_once_and_is_a_run_that_falls() {
    let rules = rules_named("voter-checks-log").expect("a rule");
    let mut search = Search::new(&rules, 3, 1).expect("a search");
    let mut lengths = Vec::new();
    while !search.is_done() {
        search.advance(5_000);
        let Some(found) = report(&search, "1").found else { continue };
        assert!(found.shrinking || search.is_done());
        assert_eq!(found.lengths.last(), Some(&u32::try_from(found.actions.len()).expect("a few")));
        lengths = found.lengths;
    }
    assert!(lengths.len() > 1 && lengths.is_sorted_by(|more, fewer| more > fewer), "{lengths:?}");
    let told = report(&search, "1");
    assert!(told.runs > 0 && told.events > 0 && told.states > 0 && told.states_exact && told.seed == "1");
    assert_eq!(told.marks, search.marks());
    assert!(told.marks.iter().any(|runs| *runs > 0) && told.marks.iter().all(|runs| *runs <= told.runs));
    assert_eq!(search.found_in(), Some(told.found.as_ref().expect("it is done").run_no));
    let found = told.found.expect("it is done");
    let run = Run::parse(&found.run_text).expect("a run");
    assert_eq!(Run::from_link(&found.link).expect("a link"), run);
    let texts: Vec<String> = run.actions.iter().map(|timed| timed.action.to_string()).collect();
    assert_eq!(texts, found.actions.iter().map(|done| done.text.clone()).collect::<Vec<_>>());
    let mut timeline = Timeline::new(run).expect("settings");
    timeline.advance_to(found.at_us);
    let violation = timeline.world().violations().first().expect("it falls");
    assert_eq!((Fallen::from(violation.property), &violation.text), (found.property, &found.violation));
}

/// Goal: the curve has a point for each row of the story, and one for its beginning. Method: a run that falls by itself.
#[test]
fn odds_are_told_by_prefix() {
    let run = Run::parse("raftarium 1\nnodes 3\nseed 5\n@0 break one-vote-a-term\n@50ms timeout n1\n").expect("a run");
    let mut counting = Odds::new(run, 3);
    assert_eq!(odds(counting.tally()).done_prefixes, 0);
    counting.advance(u64::MAX);
    let told = odds(counting.tally());
    assert_eq!((told.actions, told.done_prefixes), (2, 3));
    assert_eq!((told.fallen.len(), told.real), (3, vec![0; 3]));
    assert!(
        told.fallen.iter().all(|&fallen| fallen <= 3) && told.fallen.iter().any(|&fallen| fallen > 0),
        "{:?}",
        told.fallen
    );
}
