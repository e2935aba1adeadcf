//! `raftarium`: the laboratory in a terminal. It knows files, arguments and exit codes; what happens in a cluster, and what is
//! wrong with a text, `raftarium-sim` says.
//!
//! Exit codes: 0 all is well; 1 a property of Raft fell or a scene failed; 2 bad input.

mod bench;
mod chaos;
mod import;
mod input;
mod play;
mod rules;
mod shiviz;

use std::process::ExitCode;

/// What a command comes to.
enum Verdict {
    /// All is well.
    Well,
    /// A property of Raft fell, or a scene failed.
    Fallen,
}

/// A sentence about bad input.
type Complaint = String;

const HELP: &str = "\
Raftarium: a real Raft cluster in a simulated world, in your terminal.

  raftarium run FILE [--until T] [--trace text|json]
        Plays a run or a scene and says how it ended. A scene stops at its last step, a run at T (10s).
  raftarium trace FILE [--until T] [--format text|json|shiviz|etcd]
        Prints everything worth seeing that happened. shiviz: paste it into https://bestchai.bitbucket.io/shiviz/
        etcd: the events of etcd's raft state tracing, one JSON object a line, as its TLA+ specification reads them.
  raftarium import TRACE
        Turns such a trace into a run that does the same, event by event: watch it, check it, step through it.
  raftarium scenes [NAME]
        Lists the prepared scenes, or prints one. Wherever FILE stands, a scene's name may stand too.
  raftarium link FILE
        Prints the short form of a run, as the page has it after #.
  raftarium chaos [--seeds A..B]
        Plays random runs with faults (0..1000) and reports every violation, with the run that shows it.
  raftarium rules [--json]
        The rules of Raft that hold up its properties: what falls without each, and where it is from.
  raftarium bench [--json]
        Plays one simulated hour of five nodes under load, checks on, and measures it.

FILE is a text such as this (- reads standard input); a link's short form works too:

  raftarium 1
  nodes 5
  seed 7
  @500ms client c1 put x 1
  @1s crash n1
  @2s restart n1

Exit codes: 0 all is well; 1 a property of Raft fell or a scene failed; 2 bad input.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(Verdict::Well) => ExitCode::SUCCESS,
        Ok(Verdict::Fallen) => ExitCode::from(1),
        Err(complaint) => {
            eprintln!("raftarium: {complaint}");
            ExitCode::from(2)
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<Verdict, Complaint> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] | ["help" | "--help" | "-h", ..] => {
            print!("{HELP}");
            Ok(Verdict::Well)
        }
        ["run", rest @ ..] => play::run(rest),
        ["trace", rest @ ..] => play::trace(rest),
        ["scenes", rest @ ..] => input::scenes(rest),
        ["link", rest @ ..] => input::link(rest),
        ["import", rest @ ..] => import::import(rest),
        ["chaos", rest @ ..] => chaos::chaos(rest),
        ["rules", rest @ ..] => rules::rules(rest),
        ["bench", rest @ ..] => bench::bench(rest),
        [other, ..] => Err(format!("unknown command `{other}`; raftarium --help lists them")),
    }
}
