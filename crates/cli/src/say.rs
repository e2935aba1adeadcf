//! Printing to standard output. Whoever reads may have heard enough (`raftarium run figure-8 | head -1`): that is no fault, and the
//! exit code says all the same how it ended. `println!` would panic.

use std::fmt;
use std::io::{ErrorKind, Write as _, stdout};

/// Prints as `println!` does.
macro_rules! say {
    ($($words:tt)*) => {
        $crate::say::print(format_args!("{}\n", format_args!($($words)*)))
    };
}

pub(crate) use say;

/// Prints what ends with a line break of its own.
///
/// # Panics
/// When there is somebody who reads, and it cannot be written: a full disk, for example.
pub(crate) fn print(text: impl fmt::Display) {
    match write!(stdout(), "{text}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => panic!("cannot write: {error}"),
        Ok(()) | Err(_) => {}
    }
}
