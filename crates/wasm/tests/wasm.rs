//! The binding in wasm: the same run gives the same digest as natively, and errors reach JavaScript with their words.
#![allow(clippy::unwrap_used)] // a test that meets an error has failed

use crate::Session;
use js_sys::{Array, Error, Reflect};
use raftarium_sim::chaos::digest_with_faults;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

/// The digests that the native tests hold too.
const GOLDEN: &str = include_str!("../../sim/tests/golden/digests.txt");

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).expect("a plain object")
}

fn number(object: &JsValue, name: &str) -> f64 {
    get(object, name).as_f64().unwrap_or_else(|| panic!("{name} is a number"))
}

fn text(object: &JsValue, name: &str) -> String {
    get(object, name).as_string().unwrap_or_else(|| panic!("{name} is a text"))
}

fn message<T>(result: Result<T, JsValue>) -> String {
    let error = result.err().expect("an error");
    error.dyn_into::<Error>().expect("a real Error").message().into()
}

#[wasm_bindgen_test]
fn one_seed_gives_one_digest_natively_and_in_wasm() {
    let mut compared = 0;
    for line in GOLDEN.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (seed, golden) = line.split_once(' ').expect("a seed and a digest");
        let seed = seed.parse().expect("a seed");
        assert_eq!(digest_with_faults(seed).to_string(), golden.trim(), "seed {seed}");
        compared += 1;
    }
    assert!(compared >= 20, "only {compared} seeds were compared");
}

#[wasm_bindgen_test]
fn a_session_elects_a_leader_and_its_view_says_so() {
    let mut session = Session::new("raftarium 1\nnodes 5\nseed 7\n").unwrap();
    assert!(session.advance(1_000_000.0, 1_000.0), "something happened in a second");
    let view = session.view(None, None);
    assert_eq!(number(&view, "nowUs"), 1_000_000.0);
    assert_eq!(text(&view, "seed"), "7");
    let nodes = Array::from(&get(&view, "nodes"));
    assert_eq!(nodes.length(), 5);
    let leaders = nodes.iter().filter(|node| text(node, "role") == "leader").count();
    assert_eq!(leaders, 1);
    assert!(get(&nodes.get(0), "voteSynced").is_truthy());
}

#[wasm_bindgen_test]
fn the_feed_tells_of_the_election_in_order() {
    let mut session = Session::new("raftarium 1\nnodes 3\nseed 1\n").unwrap();
    session.advance(1_000_000.0, 1_000.0);
    let events = Array::from(&session.events(0, 1_000));
    let kinds: Vec<String> = events.iter().map(|event| text(&get(&event, "what"), "kind")).collect();
    let place =
        |kind: &str| kinds.iter().position(|other| other == kind).unwrap_or_else(|| panic!("{kind} in {kinds:?}"));
    assert!(place("timedOut") < place("becameCandidate") && place("becameCandidate") < place("becameLeader"));
    let numbers: Vec<f64> = events.iter().map(|event| number(&event, "seq")).collect();
    assert!(numbers.is_sorted());
    let rest = Array::from(&session.events(numbers[2] as u32, 1));
    assert_eq!((rest.length(), number(&rest.get(0), "seq")), (1, numbers[2]));
}

#[wasm_bindgen_test]
fn a_view_shows_the_window_of_the_log_that_was_asked_for() {
    let mut session = Session::new("raftarium 1\nnodes 3\nseed 1\n").unwrap();
    session.advance(1_000_000.0, 1_000.0);
    for value in 0..10 {
        session.act(&format!("client c1 put x {value}")).unwrap();
    }
    session.advance(3_000_000.0, 1_000.0);
    let view = session.view(Some(3), Some(4));
    let log = Array::from(&get(&Array::from(&get(&view, "nodes")).get(0), "log"));
    let indexes: Vec<f64> = log.iter().map(|entry| number(&entry, "index")).collect();
    assert_eq!(indexes, [3.0, 4.0, 5.0, 6.0]);
    assert_eq!((number(&view, "logFrom"), number(&view, "logTo")), (3.0, 6.0));
}

#[wasm_bindgen_test]
fn what_is_wrong_with_an_action_is_named_and_nothing_changes() {
    let mut session = Session::new("raftarium 1\nnodes 5\nseed 7\n").unwrap();
    session.advance(300_000.0, 1_000.0);
    let before = (session.run(), session.digest());
    assert!(message(session.act("explode n1")).contains("explode"));
    assert!(message(session.act("crash n9")).contains("n9"));
    assert!(message(session.act("client c1 put x")).contains("value"));
    assert_eq!((session.run(), session.digest()), before);
}

#[wasm_bindgen_test]
fn what_is_wrong_with_a_text_or_a_link_is_named_with_its_place() {
    let error = Session::new("raftarium 1\nseed minus\n").err().expect("an error");
    assert_eq!((number(&error, "line"), number(&error, "column")), (2.0, 6.0));
    assert!(message(Session::new("raftarium 1\nseed minus\n")).contains("minus"));
    assert!(!message(Session::from_link("%%%garbage")).is_empty());
    assert!(message(Session::fresh(0)).contains('0'));
    assert!(message(Session::fresh(10)).contains("10"));
}

#[wasm_bindgen_test]
fn a_run_and_its_link_play_the_same_again() {
    let mut session = Session::fresh(3).unwrap();
    session.advance(500_000.0, 1_000.0);
    session.act("client c1 put x 1").unwrap();
    session.advance(700_000.0, 1_000.0);
    session.act("isolate n1").unwrap();
    session.advance(2_000_000.0, 1_000.0);
    let mut from_text = Session::new(&session.run()).unwrap();
    let mut from_link = Session::from_link(&session.link()).unwrap();
    for again in [&mut from_text, &mut from_link] {
        again.advance(2_000_000.0, 1_000.0);
        assert_eq!(again.digest(), session.digest());
    }
}

#[wasm_bindgen_test]
fn fresh_seeds_differ() {
    let seeds: std::collections::BTreeSet<String> = (0..5).map(|_| Session::fresh(1).unwrap().run()).collect();
    assert!(seeds.len() > 1);
}

#[wasm_bindgen_test]
fn a_budget_ends_a_long_advance_and_the_next_one_goes_on() {
    let mut session = Session::new("raftarium 1\nnodes 5\nseed 7\n").unwrap();
    session.advance(3_600_000_000.0, 1.0);
    let reached = session.now_us();
    assert!(reached > 0.0 && reached < 3_600_000_000.0, "an hour is more than a millisecond's work: {reached}");
    session.advance(reached + 1_000.0, 1_000.0);
    assert_eq!(session.now_us(), reached + 1_000.0);
}

#[wasm_bindgen_test]
fn any_moment_can_be_returned_to_and_an_act_in_the_past_keeps_the_old_future() {
    let mut session = Session::new("raftarium 1\nnodes 5\nseed 7\n").unwrap();
    session.advance(400_000.0, 1_000.0);
    let early = session.digest();
    session.advance(900_000.0, 1_000.0);
    session.act("crash n1").unwrap();
    session.advance(2_000_000.0, 1_000.0);
    let late = session.digest();

    let old = session.branch();
    session.seek(400_000.0);
    assert_eq!((session.digest(), session.now_us()), (early, 400_000.0));
    session.act("crash n2").unwrap();
    assert_ne!(session.branch(), old);
    assert!(session.switch_to(old) && !session.switch_to(99));
    session.seek(2_000_000.0);
    assert_eq!(session.digest(), late);

    assert!(session.step_back(None) && session.now_us() < 2_000_000.0);
    assert!(session.undo() && session.redo());
}
