//! What only a terminal gets: colours, and progress on standard error while something takes long. A file or a pipe gets neither.

use std::io::{IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

/// Colours, or none.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Paint {
    on: bool,
}

impl Paint {
    /// Colours if standard output is a terminal and nobody has set `NO_COLOR` (no-color.org).
    pub(crate) fn of_stdout() -> Paint {
        Paint {
            on: std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        }
    }

    fn paint(self, code: &str, text: &str) -> String {
        if self.on { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_string() }
    }

    /// What is wrong: red and bold.
    pub(crate) fn alarm(self, text: &str) -> String {
        self.paint("1;31", text)
    }

    /// What one looks for: bold.
    pub(crate) fn strong(self, text: &str) -> String {
        self.paint("1", text)
    }

    /// What is less important: dim.
    pub(crate) fn faint(self, text: &str) -> String {
        self.paint("2", text)
    }

    /// What deserves a thought: yellow.
    pub(crate) fn caution(self, text: &str) -> String {
        self.paint("33", text)
    }
}

/// How long nobody is told anything, and how often after that.
const PATIENCE: Duration = Duration::from_millis(500);
const PACE: Duration = Duration::from_millis(100);

/// A line on standard error that says how far a long work has come; it goes when the work ends.
pub(crate) struct Progress {
    what: &'static str,
    total: u64,
    next: Option<Instant>,
    shown: bool,
}

impl Progress {
    /// Of a work of `total` parts.
    pub(crate) fn new(what: &'static str, total: u64) -> Progress {
        let next = std::io::stderr().is_terminal().then(|| Instant::now() + PATIENCE);
        Progress { what, total, next, shown: false }
    }

    /// So much is done.
    pub(crate) fn at(&mut self, done: u64) {
        let Some(next) = self.next else { return };
        let now = Instant::now();
        if now < next {
            return;
        }
        self.next = Some(now + PACE);
        self.shown = true;
        let percent = u128::from(done) * 100 / u128::from(self.total.max(1));
        eprint!("\r{} {}% ", self.what, percent.min(100));
        let _unseen = std::io::stderr().flush();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            eprint!("\r\u{1b}[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_all_or_none() {
        assert_eq!(Paint { on: true }.alarm("x"), "\u{1b}[1;31mx\u{1b}[0m");
        for painted in [Paint::alarm, Paint::strong, Paint::faint, Paint::caution] {
            assert_eq!(painted(Paint { on: false }, "x"), "x");
            assert!(painted(Paint { on: true }, "x").ends_with("x\u{1b}[0m"));
        }
    }

    #[test]
    fn nothing_is_told_before_its_time() {
        let mut progress = Progress { what: "playing", total: 10, next: None, shown: false };
        progress.at(5);
        assert!(!progress.shown, "no terminal");
        progress.next = Some(Instant::now() + Duration::from_secs(3_600));
        progress.at(5);
        assert!(!progress.shown, "too early");
    }
}
