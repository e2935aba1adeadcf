//! Runs transcripts: one, or all of a folder.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::difference::difference;
use crate::env::Environment;
use crate::transcript::{Block, Transcript};

/// What became of a transcript.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Everything was said as expected.
    Passed {
        /// How many directives it has.
        directives: usize,
    },
    /// Something else was said, or a node panicked.
    Differs {
        /// The line of the directive, from 1.
        line: usize,
        /// The directive's command.
        command: String,
        /// What differs: see [`difference`].
        difference: String,
    },
    /// The file is no transcript that this command understands.
    Unreadable {
        /// Where and why.
        why: String,
    },
}

/// Runs a transcript up to its first difference.
pub fn run(text: &str) -> Verdict {
    let transcript = match Transcript::parse(text) {
        Ok(transcript) => transcript,
        Err(error) => return Verdict::Unreadable { why: error.to_string() },
    };
    let mut environment = Environment::default();
    for block in &transcript.blocks {
        let differs =
            |difference| Verdict::Differs { line: block.line, command: block.directive.command.clone(), difference };
        match handle(&mut environment, block) {
            Ok(said) if block.accepts(&said) => {}
            Ok(said) => return differs(difference(&block.expected, &said)),
            Err(Failure::Directive(why)) => {
                return Verdict::Unreadable { why: format!("line {}: {why}", block.line) };
            }
            Err(Failure::Panic(why)) => return differs(format!("+ a node panicked: {why}\n")),
        }
    }
    Verdict::Passed { directives: transcript.blocks.len() }
}

/// The transcript with what is said now as what is expected.
///
/// # Errors
/// A sentence, when the file is no transcript, a directive makes no sense, or a node panics.
pub fn rewrite(text: &str) -> Result<String, String> {
    let transcript = Transcript::parse(text).map_err(|error| error.to_string())?;
    let mut environment = Environment::default();
    let mut outputs = Vec::new();
    for block in &transcript.blocks {
        let said = handle(&mut environment, block).map_err(|failure| match failure {
            Failure::Directive(why) => format!("line {}: {why}", block.line),
            Failure::Panic(why) => format!("line {}: a node panicked: {why}", block.line),
        })?;
        outputs.push(said);
    }
    Ok(transcript.rewritten(&outputs))
}

/// The transcripts at `path`, by name: the file itself, or the folder's `*.txt`; of a checkout of etcd-io/raft those of
/// its folder `testdata`.
///
/// # Errors
/// When the folder cannot be read.
pub fn transcripts_at(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut found = Vec::new();
    for item in fs::read_dir(path)? {
        let item = item?.path();
        if item.extension().is_some_and(|extension| extension == "txt") && item.is_file() {
            found.push(item);
        }
    }
    let below = path.join("testdata");
    if found.is_empty() && below.is_dir() {
        return transcripts_at(&below);
    }
    found.sort();
    Ok(found)
}

/// Why a directive has no output.
enum Failure {
    Directive(String),
    Panic(String),
}

/// A panic of a node is a finding, not the end of the run: nothing of the environment is used after it.
fn handle(environment: &mut Environment, block: &Block) -> Result<String, Failure> {
    match catch_unwind(AssertUnwindSafe(|| environment.handle(block))) {
        Ok(outcome) => outcome.map_err(Failure::Directive),
        Err(payload) => Err(Failure::Panic(panic_text(&*payload))),
    }
}

fn panic_text(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("without a word").to_string()
}
