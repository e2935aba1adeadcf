//! `raftarium`: the laboratory in a terminal. It knows files, arguments and exit codes; what happens in a cluster, and what is
//! wrong with a text, `raftarium-sim` says.
//!
//! Exit codes: 0 all is well; 1 a property of Raft fell or a scene failed; 2 bad input, or what cannot be written.

mod bench;
mod chaos;
mod help;
mod import;
mod input;
mod play;
mod rules;
mod say;
mod search;
mod shiviz;
mod terminal;

use std::ffi::OsString;
use std::process::ExitCode;

use crate::say::{complain, say};

/// What a command comes to.
enum Verdict {
    /// All is well.
    Well,
    /// A property of Raft fell, or a scene failed.
    Fallen,
}

/// A sentence about bad input.
type Complaint = String;

fn main() -> ExitCode {
    let read = |word: OsString| word.into_string().map_err(|word| format!("the argument {word:?} is no text in UTF-8"));
    let arguments: Result<Vec<String>, Complaint> = std::env::args_os().skip(1).map(read).collect();
    match arguments.and_then(|arguments| dispatch(&arguments)) {
        Ok(Verdict::Well) => ExitCode::SUCCESS,
        Ok(Verdict::Fallen) => ExitCode::from(1),
        Err(complaint) => {
            complain(format_args!("raftarium: {complaint}"));
            ExitCode::from(2)
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<Verdict, Complaint> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => help::help(&[]),
        ["help" | "--help" | "-h", rest @ ..] => help::help(rest),
        [command, rest @ ..] if help::knows(command) && rest.iter().any(|word| matches!(*word, "--help" | "-h")) => {
            help::help(&[command])
        }
        ["--version" | "-V"] => {
            say!("raftarium {} (engine {})", env!("CARGO_PKG_VERSION"), raftarium_sim::run::ENGINE);
            Ok(Verdict::Well)
        }
        ["run", rest @ ..] => play::run(rest),
        ["trace", rest @ ..] => play::trace(rest),
        ["scenes", rest @ ..] => input::scenes(rest),
        ["link", rest @ ..] => input::link(rest),
        ["import", rest @ ..] => import::import(rest),
        ["chaos", rest @ ..] => chaos::chaos(rest),
        ["rules", rest @ ..] => rules::rules(rest),
        ["search", rest @ ..] => search::search(rest),
        ["bench", rest @ ..] => bench::bench(rest),
        [topic] if help::knows(topic) => help::help(&[topic]),
        [other, ..] => Err(format!("unknown command `{other}`; raftarium --help lists them")),
    }
}
