//! A transcript: a file of directives, each with the output that is expected of it. The format is that of
//! cockroachdb/datadriven.
//!
//! ```text
//! # A comment.
//! campaign 1
//! ----
//! INFO 1 is starting a new election at term 0
//!
//! propose-conf-change 1
//! v2 v3
//! ----
//! ok
//! ```
//! A block is a directive line (a `\` at its end continues it), lines of input, `----`, and the expected output up to
//! the first blank line. Output that has blank lines itself stands between `----` `----` twice.

pub mod line;

use std::fmt;

use line::{Directive, LineError};

/// A file, cut at its expected outputs: each block ends with one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Transcript {
    /// The blocks, in order.
    pub blocks: Vec<Block>,
    /// What stands behind the last block: comments.
    pub tail: String,
}

/// One directive and what is expected of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
    /// The directive.
    pub directive: Directive,
    /// The lines between the directive and `----`, trimmed.
    pub input: String,
    /// The expected output; each of its lines ends with a newline.
    pub expected: String,
    /// The line of the directive, from 1.
    pub line: usize,
    /// The file's text from the end of the block before up to `----`, for a rewrite.
    head: String,
    /// Whether the block has a `----` at all.
    separated: bool,
}

/// Why a file is no transcript.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TranscriptError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: LineError,
}

impl fmt::Display for TranscriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, {}", self.line, self.why)
    }
}

const SEPARATOR: &str = "----";

impl Transcript {
    /// Reads a file's text.
    ///
    /// # Errors
    /// A [`TranscriptError`] at the first directive line that is none.
    pub fn parse(text: &str) -> Result<Transcript, TranscriptError> {
        let mut reader = Reader { lines: text.lines().collect(), at: 0 };
        let (mut blocks, mut head) = (Vec::new(), String::new());
        while let Some(first) = reader.next() {
            push_line(&mut head, first);
            let line = reader.at;
            if first.trim().starts_with('#') {
                continue;
            }
            let mut directive = first.trim().to_string();
            while directive.ends_with('\\') {
                let Some(next) = reader.next() else { break };
                push_line(&mut head, next);
                directive.pop();
                directive = format!("{directive} {}", next.trim());
            }
            let Some(directive) = line::parse(&directive).map_err(|why| TranscriptError { line, why })? else {
                continue;
            };
            let (input, separated) = reader.input(&mut head);
            let expected = if separated { reader.expected() } else { String::new() };
            blocks.push(Block { directive, input, expected, line, head: std::mem::take(&mut head), separated });
        }
        Ok(Transcript { blocks, tail: head })
    }

    /// The file with these outputs in place of the expected ones, one for each block.
    pub fn rewritten(&self, outputs: &[String]) -> String {
        let mut text = String::new();
        for (block, output) in self.blocks.iter().zip(outputs) {
            text.push_str(&block.head);
            push_line(&mut text, SEPARATOR);
            if output.lines().any(|line| line.trim().is_empty()) {
                text.push_str(&format!("{SEPARATOR}\n{output}{SEPARATOR}\n{SEPARATOR}\n"));
            } else {
                text.push_str(output);
            }
            text.push('\n');
        }
        text.push_str(&self.tail);
        while text.ends_with("\n\n") {
            text.pop();
        }
        text
    }
}

impl Block {
    /// Whether the output is what the block expects. A block without `----` expects nothing.
    pub fn accepts(&self, output: &str) -> bool {
        self.expected == output && (self.separated || output.is_empty())
    }
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// Walks over the lines of a file.
struct Reader<'a> {
    lines: Vec<&'a str>,
    at: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let line = self.lines.get(self.at).copied();
        self.at += 1;
        line
    }

    /// The input lines; true when the separator was found behind them.
    fn input(&mut self, head: &mut String) -> (String, bool) {
        let mut input = String::new();
        while let Some(line) = self.next() {
            if line == SEPARATOR {
                return (input.trim().to_string(), true);
            }
            push_line(head, line);
            push_line(&mut input, line);
        }
        (input.trim().to_string(), false)
    }

    fn expected(&mut self) -> String {
        let mut expected = String::new();
        if self.lines.get(self.at) == Some(&SEPARATOR) {
            self.at += 1;
            while let Some(line) = self.next() {
                if line == SEPARATOR && self.lines.get(self.at) == Some(&SEPARATOR) {
                    self.at += 1;
                    // The blank line behind the block belongs to it: a rewrite puts one there.
                    if self.lines.get(self.at).is_some_and(|line| line.trim().is_empty()) {
                        self.at += 1;
                    }
                    break;
                }
                push_line(&mut expected, line);
            }
            return expected;
        }
        while let Some(line) = self.next() {
            if line.trim().is_empty() {
                break;
            }
            push_line(&mut expected, line);
        }
        expected
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
# A comment.
first 1 a=(2, 3)
----
one
two

# Another.
second \\
  3
input
more input
----
----
a

b
----
----

third
----
";

    #[test]
    fn directives_inputs_and_outputs_are_read() {
        let transcript = Transcript::parse(TEXT).expect("a transcript");
        let [first, second, third] = &transcript.blocks[..] else { panic!("three blocks") };
        assert_eq!((first.directive.command.as_str(), first.line), ("first", 2));
        assert_eq!((first.input.as_str(), first.expected.as_str()), ("", "one\ntwo\n"));
        assert_eq!((second.directive.arguments.len(), second.line), (1, 8));
        assert_eq!((second.input.as_str(), second.expected.as_str()), ("input\nmore input", "a\n\nb\n"));
        assert_eq!((third.expected.as_str(), third.line), ("", 20));
    }

    #[test]
    fn a_rewrite_with_the_expected_outputs_is_the_file_itself() {
        let transcript = Transcript::parse(TEXT).expect("a transcript");
        let outputs: Vec<_> = transcript.blocks.iter().map(|block| block.expected.clone()).collect();
        assert_eq!(transcript.rewritten(&outputs), TEXT);
    }

    #[test]
    fn a_rewrite_puts_blank_lines_between_double_separators() {
        let transcript = Transcript::parse("c\n----\nok\n").expect("a transcript");
        assert_eq!(transcript.rewritten(&["a\n\nb\n".to_string()]), "c\n----\n----\na\n\nb\n----\n----\n");
    }

    #[test]
    fn a_line_that_is_no_directive_is_named() {
        let error = Transcript::parse("# x\n\nc a=(1\n----\nok\n").expect_err("the parenthesis is open");
        assert_eq!(error.to_string(), "line 3, column 7: expected a closing parenthesis");
    }

    #[test]
    fn a_block_without_separator_expects_nothing() {
        let transcript = Transcript::parse("c\ninput\n").expect("a transcript");
        assert!(!transcript.blocks[0].accepts("ok\n"));
        assert_eq!(transcript.blocks[0].input, "input");
    }
}
