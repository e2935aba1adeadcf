//! The command as a person uses it: what it prints, and its exit codes.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

fn raftarium(arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_raftarium"));
    let mut child = command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    // A command that refuses its arguments ends without reading: then nobody is there to write to.
    let _unread = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait_with_output().expect("it ends")
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

const RUN: &str = "raftarium 1\nnodes 3\nseed 7\n@500ms client c1 put x 1\n";

#[test]
fn a_run_is_played_and_summed_up() {
    let output = raftarium(&["run", "-", "--until", "2s"], RUN);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    for part in ["time      2000000 µs", "leader    n", "committed 2", "digest    "] {
        assert!(text(&output).contains(part), "{part}: {}", text(&output));
    }
}

#[test]
fn a_trace_is_printed_in_three_formats() {
    let output = raftarium(&["trace", "-"], RUN);
    assert!(text(&output).contains("c1 was answered by n"), "{}", text(&output));
    let output = raftarium(&["trace", "-", "--format", "json"], RUN);
    assert!(
        text(&output).lines().all(|line| line.starts_with("{\"seq\":") && line.ends_with('}')),
        "{}",
        text(&output)
    );
    let output = raftarium(&["trace", "-", "--format", "shiviz"], RUN);
    assert!(text(&output).starts_with("(?<host>"), "{}", text(&output));
    assert!(text(&output).contains("c1 {\"c1\":1}\n500000 c1 asked n1"), "{}", text(&output));
}

/// Goal: a run, written as etcd would write it, imports as a run that the command plays to the same end.
#[test]
fn an_etcd_trace_is_printed_and_imported() {
    let trace = raftarium(&["trace", "-", "--format", "etcd", "--until", "2s"], RUN);
    let trace = String::from_utf8(trace.stdout).unwrap();
    assert!(
        trace.lines().all(|line| line.starts_with("{\"tag\":\"trace\",\"ts\":") && line.ends_with("}}")),
        "{trace}"
    );
    let imported = raftarium(&["import", "-"], &trace);
    assert_eq!(imported.status.code(), Some(0), "{}", text(&imported));
    assert!(String::from_utf8_lossy(&imported.stderr).contains(" actions, 0 differences"), "{}", text(&imported));
    let run = String::from_utf8(imported.stdout).unwrap();
    assert!(run.contains(" deliver n"), "{run}");
    let leader = |run: &str| {
        let summary = text(&raftarium(&["run", "-", "--until", "2s"], run));
        summary
            .lines()
            .filter(|line| line.starts_with("leader") || line.starts_with('n'))
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(leader(&run), leader(RUN));
}

#[test]
fn prepared_scenes_are_listed_printed_and_played() {
    assert!(text(&raftarium(&["scenes"], "")).contains("figure-8"));
    assert!(text(&raftarium(&["scenes", "figure-8"], "")).contains("batch one"));
    let output = raftarium(&["run", "figure-8"], "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
}

#[test]
fn a_link_leads_back_to_the_run() {
    let link = text(&raftarium(&["link", "-"], RUN));
    let [a, b] = [RUN, &link].map(|input| text(&raftarium(&["run", "-", "--until", "2s"], input)));
    assert_eq!(a, b);
}

#[test]
fn a_link_of_another_engine_is_played_and_told() {
    let output = raftarium(&["run", "-", "--until", "1s"], "1.9~3~7");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(
        text(&output).contains(&format!("made with engine 9; this is engine {}", raftarium_sim::run::ENGINE)),
        "{}",
        text(&output)
    );
}

#[test]
fn a_failed_scene_is_exit_code_1_and_bad_input_2() {
    let output = raftarium(&["run", "-"], "raftarium 1\nseed 7\nwhen n1 leader\nexpect n2 leader\n");
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    assert!(text(&output).contains("line 4"), "{}", text(&output));
    for (arguments, input, part) in [
        (&["run", "-"][..], "raftarium 1\nseed 7\n@1s explode n1", "line 3, column 5: unknown action `explode`"),
        (&["run", "-"], "1~5~7~~Z", "line 1, column 8"),
        (&["run", "no-such-file"], "", "no-such-file"),
        (&["run", "-", "--until", "soon"], RUN, "--until"),
        (&["run"], "", "the file is missing"),
        (&["trace", "-", "--format", "xml"], RUN, "`xml` is no format"),
        (&["import", "-"], "\n{\"tag\":\"trace\"}\n", "line 2, column 1: the event is missing"),
        (&["import", "no-such-trace"], "", "no-such-trace"),
        (&["dance"], "", "unknown command `dance`"),
    ] {
        let output = raftarium(arguments, input);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", text(&output));
        assert!(text(&output).contains(part), "{arguments:?}: {}", text(&output));
    }
}

#[test]
fn help_chaos_and_rules_answer() {
    assert!(text(&raftarium(&["--help"], "")).contains("Exit codes"));
    assert!(text(&raftarium(&["chaos", "--seeds", "0..5"], "")).contains("5 runs"));
    assert!(text(&raftarium(&["rules", "--json"], "")).starts_with("[{\"name\":\"one-vote-a-term\""));
}
