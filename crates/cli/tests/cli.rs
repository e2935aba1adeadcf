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

/// Goal: a reader that has heard enough breaks nothing. Method: standard output is closed before anything is said.
#[test]
fn whoever_stops_reading_changes_nothing() {
    for arguments in [&["run", "leader-crash"][..], &["trace", "leader-crash"], &["scenes"], &["rules"], &["help"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_raftarium"));
        let mut child =
            command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!((output.status.code(), text(&output)), (Some(0), String::new()), "{arguments:?}");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_raftarium"));
    let broken = "#1~5~7~~Abreak_20one-vote-a-term.Abreak_20voter-checks-log.37qoE1E2E3E4";
    let mut child = command.args(["trace", broken]).stdout(Stdio::piped()).spawn().expect("it starts");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(1), "what falls later falls unheard");
}

/// Goal: where nothing can be written, that is a sentence and an exit code, no panic. Method: Linux's device that is always full.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    for arguments in [&["rules"][..], &["run", "leader-crash"], &["trace", "leader-crash"], &["--version"]] {
        let full = || std::fs::File::options().write(true).open("/dev/full").expect("a device");
        let mut command = Command::new(env!("CARGO_BIN_EXE_raftarium"));
        let output = command.args(arguments).stdout(full()).output().expect("it ends");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output).starts_with("raftarium: cannot write: "), "{}", text(&output));
        assert_eq!(text(&output).lines().count(), 1, "{}", text(&output));
        let mute = Command::new(env!("CARGO_BIN_EXE_raftarium")).args(arguments).stdout(full()).stderr(full()).status();
        assert_eq!(mute.expect("it ends").code(), Some(2), "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_no_text_is_told() {
    use std::os::unix::ffi::OsStrExt as _;
    let name = std::ffi::OsStr::from_bytes(b"r\xffn");
    let output = Command::new(env!("CARGO_BIN_EXE_raftarium")).arg("run").arg(name).output().expect("it ends");
    assert_eq!(output.status.code(), Some(2), "{}", text(&output));
    assert!(text(&output).contains("is no text in UTF-8"), "{}", text(&output));
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

/// Goal: a cluster that waits says since when and why, in words and as JSON, and that is no failure. Method: two of three nodes
/// crash; then one comes back.
#[test]
fn a_cluster_that_waits_says_why() {
    let stuck = format!("{RUN}@1s crash n1\n@1200ms crash n2\n");
    let because = "no leader since 1s, because too few run: 1 of the 3 voters (n3), and 2 are needed";
    let output = raftarium(&["run", "-", "--until", "3s"], &stuck);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(text(&output).contains(&format!("note      {because}\n")), "{}", text(&output));
    let output = raftarium(&["run", "-", "--until", "3s", "--trace", "json"], &stuck);
    let lines: Vec<serde_json::Value> =
        text(&output).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let told: Vec<&serde_json::Value> = lines.iter().filter(|line| line["kind"] == "stalled").collect();
    assert_eq!(told.len(), 1, "{}", text(&output));
    assert_eq!(told[0]["text"], format!("note: {because}"));
    let end = &lines.last().expect("a summary")["summary"];
    assert_eq!((&end["note"]["sinceUs"], &end["note"]["text"]), (&1_000_000.into(), &because.into()), "{end}");
    let output = raftarium(&["run", "-", "--until", "3s"], &format!("{stuck}@2s restart n1\n"));
    assert!(!text(&output).contains("note "), "{}", text(&output));
}

#[test]
fn a_link_leads_back_to_the_run() {
    let link = text(&raftarium(&["link", "-"], RUN));
    let link = link.trim();
    let address = format!("https://host.example/lab/?lang=zh#{link}&t=300000");
    let hash = format!("#{link}");
    for input in [link, &hash, &address] {
        let [a, b] = [RUN, input].map(|input| text(&raftarium(&["run", "-", "--until", "2s"], input)));
        assert_eq!(a, b, "{input}");
        assert_eq!(a, text(&raftarium(&["run", input, "--until", "2s"], "")), "{input}, as an argument");
    }
    let [a, b] = ["figure-8", "https://host.example/#scene=figure-8&t=300000"].map(|name| {
        let summary = text(&raftarium(&["run", name], ""));
        summary.lines().find(|line| line.starts_with("digest")).map(str::to_string).expect("a digest")
    });
    assert_eq!(a, b);
}

/// Some editors begin a text with a mark, and end its lines with two characters.
#[test]
fn a_text_of_another_editor_is_read() {
    let marked = format!("\u{feff}{}", RUN.replace('\n', "\r\n"));
    let [a, b] = [RUN, &marked].map(|input| text(&raftarium(&["run", "-", "--until", "2s"], input)));
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
        (&["run", "no-such-file"], "", "raftarium scenes lists them"),
        (&["run", "#1~5~7~~Z"], "", "the link 1~5~7~~Z: line 1, column 8"),
        (&["run", "#scene=no-such-scene"], "", "no scene `no-such-scene`"),
        (&["run", "-"], &"é".repeat(600_000), "longer than 1048576 bytes"),
        (&["chaos", "--seeds", "7..7"], "", "no seed from 7 to below 7"),
        (&["chaos", "--seeds", "7..3"], "", "no seed from 7 to below 3"),
        (&["chaos", "--seeds", "-1..3"], "", "two numbers"),
        (&["run", "-", "--until", "18446744073709551616s"], RUN, "--until"),
        (&["run", "-", "--until", "soon"], RUN, "--until"),
        (&["run"], "", "the file is missing"),
        (&["run", "-", "--until=never"], RUN, "--until: `never`"),
        (&["run", "one", "two"], "", "`two` is one word too many"),
        (&["run", "-", "--untill", "2s"], RUN, "unknown option --untill"),
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
    for command in ["run", "trace", "import", "scenes", "link", "chaos", "rules", "bench", "settings", "actions"] {
        let help = raftarium(&["help", command], "");
        assert_eq!(help.status.code(), Some(0), "{}", text(&help));
        assert!(text(&help).lines().count() >= 3, "{command}: {}", text(&help));
        if !matches!(command, "settings" | "actions") {
            assert_eq!(text(&raftarium(&[command, "--help"], "")), text(&help), "{command}");
            assert!(text(&raftarium(&["--help"], "")).contains(&format!("raftarium {command} ")), "{command}");
        } else {
            assert_eq!(text(&raftarium(&[command], "")), text(&help), "{command}");
        }
    }
    let unknown = raftarium(&["help", "cooking"], "");
    assert_eq!(unknown.status.code(), Some(2), "{}", text(&unknown));
    assert!(text(&raftarium(&["chaos", "--seeds", "0..5"], "")).contains("5 runs"));
    assert!(text(&raftarium(&["rules", "--json"], "")).starts_with("[{\"name\":\"one-vote-a-term\""));
    for word in ["--version", "-V"] {
        assert_eq!(text(&raftarium(&[word], "")), format!("raftarium 0.1.0 (engine {})\n", raftarium_sim::run::ENGINE));
    }
}

/// Goal: the help leaves nothing of the language out, and shows nothing that cannot be read. Method: each verb, each setting and
/// each part of a condition that a refusal lists is in it; what it shows for `run` plays, and a property falls where it says so.
#[test]
fn the_help_speaks_the_language() {
    for (topic, wrong, before) in [
        ("actions", "raftarium 1\nseed 7\n@1s explode n1", "begins with "),
        ("settings", "raftarium 1\ncolour 7", "unknown setting `colour`: "),
        ("scenes", "raftarium 1\nseed 7\nwhen n1 happy", "asked of a node: "),
        ("scenes", "raftarium 1\nseed 7\nwhen c1 happy", "says nothing of a client: "),
    ] {
        let help = text(&raftarium(&["help", topic], ""));
        let refused = text(&raftarium(&["run", "-"], wrong));
        let (_, listed) = refused.split_once(before).unwrap_or_else(|| panic!("the list: {refused}"));
        let listed = listed.split(" an action such as").next().unwrap_or_default();
        for word in listed.split([',', ' ', '\n']).filter(|word| !word.is_empty() && *word != "or") {
            assert!(help.contains(word), "{word}: {help}");
        }
    }
    let help = text(&raftarium(&["help", "run"], ""));
    let (_, typed) = help.split_once("printf '").expect("a run that is typed");
    let broken = typed.split('\'').next().unwrap_or_default().replace("\\n", "\n");
    assert_eq!(raftarium(&["run", "-", "--until", "1s"], &broken).status.code(), Some(1), "{broken}");
    let example: String = text(&raftarium(&["--help"], ""))
        .lines()
        .skip_while(|line| *line != "  raftarium 1")
        .take_while(|line| line.starts_with("  "))
        .map(|line| format!("{line}\n"))
        .collect();
    assert_eq!(raftarium(&["run", "-"], &example).status.code(), Some(0), "{example}");
}

#[test]
fn a_pipe_gets_neither_colours_nor_progress() {
    for arguments in [&["run", "-", "--until", "1200s"][..], &["chaos", "--seeds", "0..40"], &["trace", "figure-8"]] {
        let output = raftarium(arguments, RUN);
        assert!(!text(&output).contains('\u{1b}') && !text(&output).contains('\r'), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    }
}

/// Goal: a property that falls is exit code 1, in each command that plays. Method: a broken rule and random elections.
#[test]
fn a_violation_is_exit_code_1() {
    let broken = "raftarium 1\nnodes 5\nseed 7\n@0 break one-vote-a-term\n@0 break voter-checks-log\n\
                  @150ms timeout n1\n@150ms timeout n2\n@150ms timeout n3\n@150ms timeout n4\n";
    let output = raftarium(&["run", "-", "--until", "5s"], broken);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    assert!(text(&output).contains("VIOLATED  at "), "{}", text(&output));
    assert_eq!(raftarium(&["trace", "-", "--until", "5s"], broken).status.code(), Some(1));
}

#[test]
fn rules_and_bench_speak_json() {
    let rules = text(&raftarium(&["rules", "--json"], ""));
    let rules: serde_json::Value = serde_json::from_str(&rules).expect("JSON");
    let rules = rules.as_array().expect("a list");
    assert!(rules.len() >= 20, "{} rules", rules.len());
    for rule in rules {
        for key in ["name", "says", "holdsUp", "source", "search"] {
            assert!(rule[key].as_str().is_some_and(|text| !text.is_empty()), "{key} of {rule}");
        }
    }
    for line in text(&raftarium(&["trace", "figure-8", "--format", "json"], "")).lines() {
        let record: serde_json::Value = serde_json::from_str(line).expect("JSON");
        assert!(record["atUs"].is_u64() && record["text"].is_string(), "{record}");
    }
}

/// Goal: what the search prints is a run's text, with what fell in remarks: it can be piped on. Method: a rule that falls at once.
#[test]
fn a_search_prints_a_run_that_falls() {
    let found = raftarium(&["search", "--break", "voter-checks-log", "--runs", "500"], "");
    assert_eq!(found.status.code(), Some(1), "{}", text(&found));
    let run = String::from_utf8(found.stdout).unwrap();
    assert!(run.starts_with("# Leader Completeness: ") && run.contains("@0 break voter-checks-log\n"), "{run}");
    let link = run.lines().find_map(|line| line.strip_prefix("# #")).expect("a link");
    for input in [run.as_str(), link] {
        let played = raftarium(&["run", "-", "--until", "3s"], input);
        assert_eq!(played.status.code(), Some(1), "{}", text(&played));
        assert!(text(&played).contains("Leader Completeness"), "{}", text(&played));
    }
}

#[test]
fn a_search_that_finds_nothing_says_so_and_no_more() {
    let longest = u64::MAX.to_string();
    let nothing = raftarium(&["search", "--runs", "20", "--for", &longest, "--nodes", "5", "--no-scenes"], "");
    assert_eq!(nothing.status.code(), Some(0));
    assert!(text(&nothing).contains("nothing fell: 20 runs, "), "{}", text(&nothing));
    assert!(text(&nothing).contains("no proof"), "{}", text(&nothing));
    assert!(text(&nothing).contains("# marks that no run came to: "), "{}", text(&nothing));
    let three = raftarium(&["search", "--break", "match-reset-on-election", "--runs", "5"], "");
    assert!(text(&three).contains("needs --nodes 5"), "{}", text(&three));
    let more = raftarium(&["search", "--break", "late-acks-confirm-nothing,stale-votes-ignored", "--runs", "1"], "");
    assert!(!text(&more).contains("nothing can fall"), "{}", text(&more));
    for (arguments, part) in [
        (&["search", "--break", "no-such-rule"][..], "no rule `no-such-rule`"),
        (&["search", "--nodes", "12"], "2 to 7 nodes"),
        (&["search", "--seed", "x"], "no number"),
        (&["search", "--brake"], "unknown option --brake"),
        (&["search", "more"], "`more` is one word too many"),
        (&["search", "--nodes=12"], "2 to 7 nodes"),
    ] {
        let output = raftarium(arguments, "");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output).contains(part), "{}", text(&output));
    }
}
