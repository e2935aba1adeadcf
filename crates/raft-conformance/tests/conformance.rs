//! The runner as its users meet it: what it accepts, and what it reports.

use std::fs;
use std::path::Path;
use std::process::Command;

use raft_conformance::runner::{self, Verdict};

const ELECTION: &str = "\
# One voter elects itself.
log-level info
----
ok

add-nodes 1 voters=(1) index=3
----
INFO 1 switched to configuration voters=(1)
INFO 1 became follower at term 0
INFO newRaft 1 [peers: [1], term: 0, commit: 3, applied: 3, lastindex: 3, lastterm: 1]

campaign 1
----
INFO 1 is starting a new election at term 0
INFO 1 became candidate at term 1
";

#[test]
fn what_is_said_as_expected_passes() {
    assert_eq!(runner::run(ELECTION), Verdict::Passed { directives: 3 });
}

#[test]
fn a_wrong_expected_line_is_reported_with_its_place() {
    let Verdict::Differs { line, command, difference } = runner::run(&ELECTION.replace("candidate", "leader")) else {
        panic!("the difference was not seen");
    };
    assert_eq!((line, command.as_str()), (12, "campaign"));
    let lines = [
        "  INFO 1 is starting a new election at term 0",
        "- INFO 1 became leader at term 1",
        "+ INFO 1 became candidate at term 1",
        "",
    ];
    assert_eq!(difference, lines.join("\n"));
}

#[test]
fn a_missing_a_further_and_a_differently_indented_line_are_differences() {
    for (from, to) in [
        ("INFO 1 became candidate at term 1\n", ""),
        ("at term 1\n", "at term 1\nINFO 1 became leader at term 1\n"),
        ("INFO 1 became candidate", "  INFO 1 became candidate"),
    ] {
        let Verdict::Differs { line: 12, .. } = runner::run(&ELECTION.replace(from, to)) else {
            panic!("{from:?} for {to:?} was not seen");
        };
    }
}

#[test]
fn directives_that_make_no_sense_are_named_with_their_line() {
    let check = |text: &str, why: &str| {
        assert_eq!(runner::run(text), Verdict::Unreadable { why: why.to_string() });
    };
    check("dance 1\n----\nok\n", "line 1: dance: unknown command");
    check("\ncampaign 1\n----\nok\n", "line 2: campaign: there is no node 1: there are 0 nodes");
    check("campaign\n----\nok\n", "line 1: campaign: the node is missing");
    check("add-nodes two\n----\nok\n", "line 1: add-nodes: \"two\" is not a number that fits here");
    check("add-nodes 1 magic=true\n----\nok\n", "line 1: add-nodes: unknown setting magic");
    check("campaign (\n----\nok\n", "line 1: campaign: \"(\" is not a number that fits here");
    check("campaign a=(\n----\nok\n", "line 1, column 13: expected a closing parenthesis");
    check("deliver-msgs type=MsgGossip\n----\nok\n", "line 1: deliver-msgs: unknown message type MsgGossip");
}

#[test]
fn trouble_of_the_nodes_is_heard_even_under_silence() {
    let text =
        "log-level none\n----\nok\n\nadd-nodes 1 voters=(1)\n----\nindex must be specified as > 1 due to bootstrap\n";
    assert_eq!(runner::run(text), Verdict::Passed { directives: 2 });
}

#[test]
fn a_rewrite_makes_a_transcript_pass() {
    let rewritten = runner::rewrite(&ELECTION.replace("candidate", "leader")).expect("a transcript");
    assert_eq!(rewritten, ELECTION);
}

/// Our own transcripts. After an intended change regenerate them and read the difference:
/// `cargo run -p raft-conformance -- --rewrite crates/raft-conformance/transcripts`
#[test]
fn our_own_transcripts_pass() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("transcripts");
    let files = runner::transcripts_at(&folder).expect("the folder is part of the crate");
    assert!(files.len() >= 30, "only {} transcripts", files.len());
    for file in files {
        let text = fs::read_to_string(&file).expect("the file was just listed");
        match runner::run(&text) {
            Verdict::Passed { .. } => {}
            Verdict::Differs { line, command, difference } => {
                panic!("{}:{line} {command}\n{difference}", file.display())
            }
            Verdict::Unreadable { why } => panic!("{}: {why}", file.display()),
        }
    }
}

#[test]
fn the_command_tells_by_its_exit_code() {
    let folder = std::env::temp_dir().join(format!("raft-conformance-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a temporary folder");
    let check = |text: &str, code: i32, said: &str| {
        let file = folder.join("play.txt");
        fs::write(&file, text).expect("a temporary file");
        let output = Command::new(env!("CARGO_BIN_EXE_raft-conformance")).arg(&folder).output().expect("the command");
        let stdout = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(code), "{stdout}");
        assert!(stdout.contains(said), "{stdout}");
    };
    check(ELECTION, 0, "1 passed, 0 failed");
    check(&ELECTION.replace("candidate", "leader"), 1, "- INFO 1 became leader at term 1");
    check("dance 1\n----\nok\n", 2, "line 1: dance: unknown command");
    fs::remove_dir_all(&folder).expect("the temporary folder");

    let nothing = Command::new(env!("CARGO_BIN_EXE_raft-conformance")).output().expect("the command");
    assert_eq!(nothing.status.code(), Some(2), "without a folder it says how it is used");
}

#[test]
fn no_text_makes_the_reader_panic() {
    const WORDS: [&str; 16] =
        ["campaign", "add-nodes", "1", "99", "voters", "=", "(", ")", ",", " ", "\n", "\n\n", "----\n", "#", "\\", "é"];
    let mut state = 1_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(WORDS[(state >> 60) as usize]);
        }
        // Whatever it is, it is said in words; a node that panics would say so.
        if let Verdict::Differs { difference, .. } = runner::run(&text) {
            assert!(!difference.contains("panicked"), "{text:?}: {difference}");
        }
    }
}
