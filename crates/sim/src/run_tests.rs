//! Tests of the run's text: it reads back, and every fault is named with its place.

use super::*;
use crate::action::tests::any_action;
use proptest::prelude::*;

fn any_config() -> impl Strategy<Value = WorldConfig> {
    (
        1..=9_u64,
        1..=20_u64,
        1..=5_u64,
        1..=40_u64,
        0..=40_u64,
        0..=50_000_u64,
        0..=50_000_u64,
        0..=100_000_u64,
        1..=2_000_u64,
    )
        .prop_map(|(nodes, tick, heartbeat, more, range, latency, jitter, sync_us, retry)| {
            let tick_us = tick * 1_000;
            let min_us = (heartbeat + more) * tick_us;
            WorldConfig {
                nodes,
                tick_us,
                heartbeat_us: heartbeat * tick_us,
                election_us: Span { min_us, max_us: min_us + range * tick_us },
                latency_us: Span { min_us: latency, max_us: latency + jitter },
                sync_us,
                retry_us: retry * 1_000,
                batch: if jitter % 2 == 0 { Batch::Many } else { Batch::One },
                pre_vote: latency % 2 == 0,
                storage: if latency % 5 == 0 { StorageLoop::Async } else { StorageLoop::Plain },
                check_quorum: latency % 3 == 0,
                compact_bytes: if jitter % 3 == 0 { latency } else { 0 },
            }
        })
}

/// Any legal run, of up to 20 actions.
pub(crate) fn any_run() -> impl Strategy<Value = Run> {
    let actions = proptest::collection::vec((0..4_000_000_u64, any_action()), 0..20);
    (any_config(), any::<u64>(), actions, 1..=9_999_u32).prop_map(|(config, seed, actions, engine)| {
        let mut at_us = 0;
        let actions = actions
            .into_iter()
            .map(|(after_us, action)| {
                at_us += after_us;
                Timed { at_us, action }
            })
            .collect();
        Run { config, seed, actions, engine }
    })
}

proptest! {
    /// Goal: the text is the run. Method: any run, printed and read.
    #[test]
    fn every_run_reads_back_from_its_text(run in any_run()) {
        let text = run.to_string();
        prop_assert_eq!(Run::parse(&text), Ok(run), "{}", text);
    }

    /// Goal: no text makes the reader panic. Method: a legal text, cut and spoilt somewhere.
    #[test]
    fn a_spoilt_text_is_an_error_or_another_run(run in any_run(), at in any::<prop::sample::Index>(), noise in "\\PC{0,3}") {
        let mut text = run.to_string();
        let place = (0..=at.index(text.len())).rev().find(|&place| text.is_char_boundary(place)).unwrap();
        text.insert_str(place, &noise);
        let _ = Run::parse(&text);
        text.truncate(place);
        let _ = Run::parse(&text);
    }
}

#[test]
fn comments_blank_lines_and_durations_are_understood() {
    let text = "# a scene\n\nraftarium 1  # version\nseed 7\n@152ms crash n1 # bye\n@3s client c1 put x a#b\n";
    let run = Run::parse(text).unwrap();
    assert_eq!(run.config, WorldConfig::default());
    let times: Vec<u64> = run.actions.iter().map(|timed| timed.at_us).collect();
    assert_eq!(times, [152_000, 3_000_000]);
    assert_eq!(run.actions[1].action.to_string(), "client c1 put x a#b");
}

#[test]
fn faults_are_named_with_line_and_column() {
    for (text, place, part) in [
        ("", (1, 1), "begins with the line `raftarium 1`"),
        ("nodes 5", (1, 1), "begins with the line `raftarium 1`"),
        ("raftarium 2", (1, 11), "version `2` is unknown"),
        ("raftarium 1\nnodes 5", (2, 1), "the seed is missing"),
        ("raftarium 1\nseed x", (2, 6), "`x` is not a seed"),
        ("raftarium 1\nseed 18446744073709551616", (2, 6), "is not a seed"),
        ("raftarium 1\nseed +7", (2, 6), "is not a seed"),
        ("raftarium 1\nseed 7\nnodes 10", (3, 7), "1 to 9 nodes"),
        ("raftarium 1\nseed 7\nnodes 5\nnodes 5", (4, 1), "nodes is set twice"),
        ("raftarium 1\nseed 7\nspeed 5", (3, 1), "unknown setting `speed`"),
        ("raftarium 1\nseed 7\nheartbeat 150ms", (3, 11), "must be shorter"),
        ("raftarium 1\nseed 7\ncompact 5", (3, 9), "so many bytes"),
        ("raftarium 1\nseed 7\ncompact 1000001B", (3, 9), "at most"),
        ("raftarium 1\nseed 7\n@5 explode n1", (3, 4), "unknown action `explode`"),
        ("raftarium 1\nseed 7\n@5 crash n1\n@4 crash n2", (4, 1), "@4 comes after @5"),
        ("raftarium 1\nseed 7\n@5 crash n1\nnodes 5", (4, 1), "every line is an action"),
        ("raftarium 1\nseed 7\n@86400000001 crash n1", (3, 1), "24 hours"),
        ("raftarium 1\nseed 7\n@99999999999999999999999 crash n1", (3, 1), "too late"),
        ("raftarium 1\nseed 7\n@ crash n1", (3, 1), "not a duration"),
    ] {
        let error = Run::parse(text).unwrap_err();
        assert_eq!((error.line, error.column), place, "{text}: {error}");
        assert!(error.message.contains(part), "{text}: {error}");
    }
}

#[test]
fn sizes_are_limited() {
    let huge = "#".repeat(TEXT_BYTES_MAX + 1);
    assert!(Run::parse(&huge).unwrap_err().message.contains("at most 1048576"));
    let mut text = "raftarium 1\nseed 7\n".to_string();
    text.push_str(&"@1 heal\n".repeat(ACTIONS_MAX));
    assert!(Run::parse(&text).is_ok());
    text.push_str("@1 heal\n");
    assert!(Run::parse(&text).unwrap_err().message.contains("at most 10000 actions"));
}
