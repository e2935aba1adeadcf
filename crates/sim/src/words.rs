//! Reading one line of text word by word, with the column of each word, so that an error can name its place.

use raft_core::NodeId;

use crate::names::{CLIENTS_MAX, ClientId, NODES_MAX};
use crate::time::{Duration, parse_duration};

/// What is wrong with a text, and where. One word long, because every reader of a text hands it on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParseError(Box<Fault>);

/// What a [`ParseError`] says; it dereferences to this.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// A sentence that names the fault.
    pub message: String,
}

impl ParseError {
    /// A fault at this line and column, both from 1.
    #[must_use]
    pub fn new(line: usize, column: usize, message: String) -> ParseError {
        ParseError(Box::new(Fault { line, column, message }))
    }

    /// The sentence alone.
    pub(crate) fn into_message(self) -> String {
        self.0.message
    }
}

impl std::ops::Deref for ParseError {
    type Target = Fault;

    fn deref(&self) -> &Fault {
        &self.0
    }
}

impl std::fmt::Display for ParseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for ParseError {}

/// `a, b, c`. Not `join`, which is a kilobyte of code for each kind of list.
pub(crate) fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut all = String::new();
    for name in names {
        if !all.is_empty() {
            all.push_str(", ");
        }
        all.push_str(name);
    }
    all
}

/// What is before a place in a text, and what is after it. It does not index: what panics there prints the text around the
/// place, and takes 4 kB of code.
pub(crate) fn split(text: &str, at: usize) -> (&str, &str) {
    text.split_at_checked(at).expect("a place between two characters")
}

/// How many digits a text begins with.
pub(crate) fn digits(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len()
}

/// A word of a line and where it begins.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Word<'a> {
    pub(crate) text: &'a str,
    at: usize,
}

/// The words of one line, separated by white space.
#[derive(Clone, Debug)]
pub(crate) struct Words<'a> {
    line_text: &'a str,
    line: usize,
    at: usize,
}

/// At most this much of a person's text is quoted in a message.
const QUOTE_MAX: usize = 40;

/// A text as it may stand in a message: quoted, and not at any length.
pub(crate) fn quoted(text: &str) -> String {
    let mut short: String = text.chars().take(QUOTE_MAX).map(|c| if c.is_control() { '?' } else { c }).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("`{short}`")
}

impl<'a> Words<'a> {
    /// The words of `line_text`, which is line number `line` (from 1) of its text.
    pub(crate) fn new(line_text: &'a str, line: usize) -> Words<'a> {
        Words { line_text, line, at: 0 }
    }

    fn skip_space(&mut self) {
        let rest = split(self.line_text, self.at).1;
        self.at += rest.len() - rest.trim_start().len();
    }

    /// The next word, if there is one.
    pub(crate) fn next(&mut self) -> Option<Word<'a>> {
        self.skip_space();
        let rest = split(self.line_text, self.at).1;
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let word = Word { text: split(rest, end).0, at: self.at };
        self.at += end;
        (end > 0).then_some(word)
    }

    /// The next word without taking it.
    pub(crate) fn peek(&self) -> Option<Word<'a>> {
        self.clone().next()
    }

    /// All that is left of the line, without the space around it, as one word.
    pub(crate) fn rest(&mut self) -> Word<'a> {
        self.skip_space();
        let word = Word { text: split(self.line_text, self.at).1.trim_end(), at: self.at };
        self.at = self.line_text.len();
        word
    }

    /// What is left, up to a word that ends with a colon, and what follows it. Columns stay those of the line.
    pub(crate) fn split_at_colon(&self) -> (Words<'a>, Option<Words<'a>>) {
        let mut ahead = self.clone();
        while let Some(word) = ahead.next() {
            if word.text.ends_with(':') {
                let before = Words { line_text: split(self.line_text, ahead.at - 1).0, ..*self };
                return (before, Some(ahead));
            }
        }
        (self.clone(), None)
    }

    /// The next word, or an error that says `what` is missing.
    pub(crate) fn expect(&mut self, what: &str) -> Result<Word<'a>, ParseError> {
        match self.next() {
            Some(word) => Ok(word),
            None => Err(self.error_here(format!("{what} is missing"))),
        }
    }

    /// Nothing may follow.
    pub(crate) fn end(&mut self) -> Result<(), ParseError> {
        match self.next() {
            None => Ok(()),
            Some(word) => Err(self.error(word, format!("{} is too much here", quoted(word.text)))),
        }
    }

    /// An error at a word.
    pub(crate) fn error(&self, word: Word<'_>, message: String) -> ParseError {
        self.error_at(word.at, message)
    }

    /// An error where reading has come to.
    pub(crate) fn error_here(&self, message: String) -> ParseError {
        self.error_at(self.at, message)
    }

    fn error_at(&self, at: usize, message: String) -> ParseError {
        ParseError::new(self.line, 1 + split(self.line_text, at).0.chars().count(), message)
    }

    /// Part of a word as a word of its own: `part` must be a slice of `whole`.
    pub(crate) fn part(whole: Word<'a>, part: &'a str) -> Word<'a> {
        let offset = part.as_ptr() as usize - whole.text.as_ptr() as usize;
        debug_assert!(offset + part.len() <= whole.text.len());
        Word { text: part, at: whole.at + offset }
    }

    /// The next word as a node.
    pub(crate) fn node(&mut self) -> Result<NodeId, ParseError> {
        let word = self.expect("a node, such as n1,")?;
        self.node_of(word)
    }

    /// A word as a node, n1..n9.
    pub(crate) fn node_of(&self, word: Word<'_>) -> Result<NodeId, ParseError> {
        numbered(word.text, 'n').filter(|node| (1..=NODES_MAX).contains(node)).ok_or_else(|| {
            self.error(word, format!("{} is not a node: nodes are called n1 to n{NODES_MAX}", quoted(word.text)))
        })
    }

    /// The next word as a client, c1..c99.
    pub(crate) fn client(&mut self) -> Result<ClientId, ParseError> {
        let word = self.expect("a client, such as c1,")?;
        self.client_of(word)
    }

    /// A word as a client, c1..c99.
    pub(crate) fn client_of(&self, word: Word<'_>) -> Result<ClientId, ParseError> {
        numbered(word.text, 'c').and_then(ClientId::new).ok_or_else(|| {
            self.error(word, format!("{} is not a client: clients are called c1 to c{CLIENTS_MAX}", quoted(word.text)))
        })
    }

    /// The next word as a duration, in µs.
    pub(crate) fn duration(&mut self) -> Result<u64, ParseError> {
        let word = self.expect("a duration, such as 150ms,")?;
        parse_duration(word.text).map_err(|message| self.error(word, message))
    }

    /// The next word as a duration within limits, in µs.
    pub(crate) fn duration_within(&mut self, min_us: u64, max_us: u64) -> Result<u64, ParseError> {
        let word = self.peek();
        let us = self.duration()?;
        match word {
            Some(word) if !(min_us..=max_us).contains(&us) => {
                let limits = format!("between {} and {}", Duration(min_us), Duration(max_us));
                Err(self.error(word, format!("this duration lies {limits}")))
            }
            Some(_) | None => Ok(us),
        }
    }
}

/// `n12` as 12 for the letter `n`. Only plain digits, no leading zero, so that one thing has one name.
fn numbered(text: &str, letter: char) -> Option<u64> {
    let digits = text.strip_prefix(letter)?;
    let plain = digits.len() <= 4 && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
    if plain { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_know_their_columns() {
        let mut words = Words::new("  crash\tn1  é n2 ", 3);
        let columns: Vec<(String, usize)> = std::iter::from_fn(|| words.next())
            .map(|w| (w.text.to_string(), Words::new("  crash\tn1  é n2 ", 3).error(w, String::new()).column))
            .collect();
        let expected =
            [("crash", 3), ("n1", 9), ("é", 13), ("n2", 15)].map(|(text, column)| (text.to_string(), column));
        assert_eq!(columns, expected);
    }

    #[test]
    fn a_node_has_one_name() {
        for bad in ["n0", "n10", "n01", "N1", "1", "n", "n-1", "n１", "n99999999999999999999"] {
            let error = Words::new(bad, 1).node().unwrap_err();
            assert!(error.message.contains("n1 to n9"), "{bad}: {error}");
        }
        assert_eq!(Words::new("n9", 1).node(), Ok(9));
    }

    #[test]
    fn long_and_odd_texts_are_quoted_briefly() {
        assert_eq!(quoted("a\u{7}b"), "`a?b`");
        assert!(quoted(&"x".repeat(100_000)).chars().count() < 50);
    }
}
