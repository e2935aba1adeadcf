//! Every sentence in which the world says what is wrong with an action, a run or a link: one bad input for each.
//!
//! The golden file is read by the page's tests too: each sentence must have a Chinese one (`web/src/locales/zh-faults.ts`).
//! `RAFTARIUM_BLESS=1 cargo test -p raftarium-sim --test sentences` writes it anew. It does not look for the faults' causes:
//! the tests beside each parser do.

use std::fmt::Write as _;
use std::path::Path;

use raftarium_sim::{Action, Run, Timeline};

/// What cannot be read as an action.
const ACTIONS: &[&str] = &[
    "",
    "explode n1",
    "crash",
    "crash n0",
    "restart n1 n2",
    "cut",
    "cut n1>n1",
    "cut n1>x",
    "partition n1,n2 | n2",
    "timer n1",
    "timer n1 fast",
    "timer n1 ms",
    "timer n1 99999999999s",
    "client",
    "client n1 put x 1",
    "client c1",
    "client c1 put x",
    "client c1 put #x 1",
    "client c1 put xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx 1",
    "client c1 delete x",
    "crash n1 losing",
    "crash n1 losing much",
    "crash n1 losing tail x",
    "link n1 n2",
    "link n1 n2 colour red",
    "link n1 n2 latency",
    "link n1 n2 latency 5ms..1ms",
    "link n1 n2 latency 9999s",
    "link all loss 101%",
    "hold",
    "hold n1",
    "disk n1",
    "disk n1 sync 1000s",
    "disk n1 spin",
    "break",
    "break everything",
    "clock n1 fast",
    "load c1 1us",
    "loop c1 get x think 61s",
    "member",
    "member n6",
    "member add n6",
    "member add n6 king",
    "member joint n1,n1",
    "compact n1 x",
    "transfer",
    "propose n1",
    "client c1 get x gladly",
];

/// What a cluster of three refuses after a second in which nobody did anything to do.
const REFUSED: &[&str] = &["crash n9", "restart n1", "thaw n1", "hold n1>n2.append.3"];

/// What a cluster refuses a second after an action.
const REFUSED_AFTER: &[(&str, &str)] = &[
    ("crash n1", "crash n1"),
    ("freeze n1", "freeze n1"),
    ("timeout n1", "timer n1 150ms"),
    ("timeout n1", "member add n9 voter"),
    ("timeout n1", "member add n2 voter"),
    ("timeout n1", "member promote n2"),
    ("timeout n1", "member remove n9"),
    ("timeout n1", "compact n1 99"),
    ("timeout n1", "client c1 get x lease"),
    ("crash n1; crash n2", "member remove n1"),
];

/// What cannot be read as a run.
const RUNS: &[&str] = &[
    "",
    "hello",
    "raftarium",
    "raftarium 2",
    "raftarium 1 motor",
    "raftarium 1 engine 0",
    "raftarium 1\ncolour red",
    "raftarium 1\nnodes",
    "raftarium 1\nnodes 99\nseed 7",
    "raftarium 1\nnodes 3",
    "raftarium 1\nnodes 3\nnodes 3",
    "raftarium 1\nseed 7\nseed 7",
    "raftarium 1\nseed x",
    "raftarium 1\nseed 7\nbatch some",
    "raftarium 1\nseed 7\ncompact many",
    "raftarium 1\nseed 7\ncompact 99999999999B",
    "raftarium 1\nseed 7\nprevote maybe",
    "raftarium 1\nseed 7\nstorage slow",
    "raftarium 1\nseed 7\ntick 1us",
    "raftarium 1\nseed 7\nheartbeat 55ms",
    "raftarium 1\nseed 7\nelection 20ms..30ms\nheartbeat 50ms",
    "raftarium 1\nseed 7\n@0 crash n1\nnodes 3",
    "raftarium 1\nseed 7\n@9 crash n1\n@5 crash n2",
    "raftarium 1\nseed 7\n@99999999999999 crash n1",
    "raftarium 1\nseed 7\n@999999999999999999999 crash n1",
];

/// What cannot be read as a link.
const LINKS: &[&str] =
    &["", "none", "1~5~7~~!", "2~5~7", "1~5", "1~5~7~x", "1~5~7~~Z", "1~5~7~~~", "1~5~7~~1zzzzzzzzzzzzzzC1"];

fn tell(text: &mut String, kind: &str, input: &str, sentence: Option<String>) {
    let sentence = sentence.unwrap_or_else(|| panic!("{kind} {input:?} is no fault"));
    writeln!(text, "{kind} {input:?}\n  {sentence}").expect("a text takes it");
}

fn refusal(before: Option<&str>, action: &str) -> Option<String> {
    let run = Run::parse("raftarium 1\nnodes 3\nseed 7").expect("a run");
    let mut timeline = Timeline::new(run).expect("settings");
    for each in before.into_iter().flat_map(|all| all.split("; ")) {
        timeline.act(each.parse().expect("an action")).expect("an action that can be done");
    }
    timeline.advance_to(1_000_000);
    let action: Action = action.parse().expect("an action");
    timeline.act(action).err().map(|error| error.to_string())
}

/// Goal: no fault is told in words that the page cannot say in Chinese. Method: one bad input for each sentence.
#[test]
fn every_sentence_of_a_fault_is_kept_for_translation() {
    let mut text = String::new();
    for input in ACTIONS {
        tell(&mut text, "action", input, input.parse::<Action>().err().map(|error| error.message.clone()));
    }
    for input in REFUSED {
        tell(&mut text, "act", input, refusal(None, input));
    }
    for (before, input) in REFUSED_AFTER {
        tell(&mut text, "act", input, refusal(Some(before), input));
    }
    for input in RUNS {
        let fault = Run::parse(input).err().map(|error| error.message.clone());
        tell(&mut text, "run", input, fault);
    }
    for input in LINKS {
        tell(&mut text, "link", input, Run::from_link(input).err().map(|error| error.message.clone()));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/sentences.txt");
    if std::env::var_os("RAFTARIUM_BLESS").is_some() {
        std::fs::write(&path, &text).expect("the file can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, kept, "the sentences changed: RAFTARIUM_BLESS=1 writes them anew; then see to their Chinese");
}
