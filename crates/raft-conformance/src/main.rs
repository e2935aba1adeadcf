//! The command. `raft-conformance FOLDER...` compares, `raft-conformance --rewrite FOLDER...` regenerates.
//!
//! Exit codes: 0 when all is as expected, 1 when something differs, 2 when the input cannot be read.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use raft_conformance::runner::{self, Verdict};

const USAGE: &str = "usage: raft-conformance [--rewrite] FOLDER...
Runs the transcripts (*.txt) of each FOLDER and compares what the nodes say with what is expected.
FOLDER may also be a single file, or a checkout of etcd-io/raft.
--rewrite puts what is said now in place of what is expected.";

fn main() -> ExitCode {
    let mut paths: Vec<String> = env::args().skip(1).collect();
    if paths.iter().any(|argument| argument == "--help" || argument == "-h") {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    let rewrites = paths.iter().any(|argument| argument == "--rewrite");
    paths.retain(|argument| argument != "--rewrite");
    if paths.is_empty() || paths.iter().any(|path| path.starts_with('-')) {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    }
    let files = match find(&paths) {
        Ok(files) => files,
        Err(why) => {
            eprintln!("{why}");
            return ExitCode::from(2);
        }
    };
    let outcome = if rewrites { rewrite_all(&files) } else { compare_all(&files) };
    ExitCode::from(outcome)
}

fn find(paths: &[String]) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    for path in paths {
        let found = runner::transcripts_at(Path::new(path)).map_err(|error| format!("{path}: {error}"))?;
        if found.is_empty() {
            return Err(format!("{path}: there is no transcript (*.txt)"));
        }
        files.extend(found);
    }
    Ok(files)
}

fn compare_all(files: &[PathBuf]) -> u8 {
    let (mut passed, mut failed, mut unreadable) = (0, 0, 0);
    for file in files {
        let name = file.display();
        let verdict = match fs::read_to_string(file) {
            Ok(text) => runner::run(&text),
            Err(error) => Verdict::Unreadable { why: error.to_string() },
        };
        match verdict {
            Verdict::Passed { directives } => {
                passed += 1;
                println!("passed   {name} ({directives} directives)");
            }
            Verdict::Differs { line, command, difference } => {
                failed += 1;
                println!("differs  {name}:{line} {command}\n{difference}");
            }
            Verdict::Unreadable { why } => {
                unreadable += 1;
                println!("unread   {name}: {why}");
            }
        }
    }
    println!("{passed} passed, {} failed", failed + unreadable);
    match (failed, unreadable) {
        (0, 0) => 0,
        (_, 0) => 1,
        (_, _) => 2,
    }
}

fn rewrite_all(files: &[PathBuf]) -> u8 {
    let mut code = 0;
    for file in files {
        let name = file.display();
        let rewritten = fs::read_to_string(file)
            .map_err(|error| error.to_string())
            .and_then(|text| runner::rewrite(&text).map(|new| (new != text).then_some(new)));
        let written = match rewritten {
            Ok(None) => Ok("as it was"),
            Ok(Some(new)) => fs::write(file, new).map(|()| "rewritten").map_err(|error| error.to_string()),
            Err(why) => Err(why),
        };
        match written {
            Ok(what) => println!("{what}  {name}"),
            Err(why) => {
                println!("unread     {name}: {why}");
                code = 2;
            }
        }
    }
    code
}
