//! Printing to standard output. Whoever reads may have heard enough (`raftarium run figure-8 | head -1`): that is no fault, and the
//! exit code says all the same how it ended. `println!` would panic.

use std::fmt;
use std::io::{ErrorKind, Write as _, stderr, stdout};
use std::process::exit;

/// Prints as `println!` does.
macro_rules! say {
    ($($words:tt)*) => {
        $crate::say::print(format_args!("{}\n", format_args!($($words)*)))
    };
}

pub(crate) use say;

/// Prints what ends with a line break of its own. Where there is somebody who reads and it cannot be written (the disk is full), the command ends with
/// exit code 2: what it would come to otherwise has not been told.
pub(crate) fn print(text: impl fmt::Display) {
    match write!(stdout(), "{text}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            complain(format_args!("raftarium: cannot write: {error}"));
            exit(2)
        }
        Ok(()) | Err(_) => {}
    }
}

/// A line on standard error. Where nobody can be told (`eprintln!` would panic), the exit code has to do.
pub(crate) fn complain(line: impl fmt::Display) {
    let _untold = writeln!(stderr(), "{line}");
}
