//! Reading one line of text word by word, with the column of each word, so that an error can name its place.

use std::fmt::{self, Display as _, Write as _};

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

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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

/// Writes a sentence in whose form `#` is the next number, `=` the next number as a duration, and `$` what `shown` calls itself.
/// A `write!` for each would be half as long again.
pub(crate) fn say(f: &mut fmt::Formatter<'_>, form: &str, numbers: &[u64], shown: &dyn fmt::Display) -> fmt::Result {
    let mut numbers = numbers.iter();
    let mut number = || *numbers.next().expect("a number for each sign");
    for c in form.chars() {
        match c {
            '#' => number().fmt(f)?,
            '=' => Duration(number()).fmt(f)?,
            '$' => shown.fmt(f)?,
            c => f.write_char(c)?,
        }
    }
    Ok(())
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

/// The words of one line, separated by white space. What is wrong with them is kept until [`Words::whole`] or
/// [`Words::checked`] asks: the first fault. After it nothing is left of the line, and what was read does not count.
#[derive(Debug)]
pub(crate) struct Words<'a> {
    line_text: &'a str,
    line: usize,
    at: usize,
    fault: Option<ParseError>,
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
        Words { line_text, line, at: 0, fault: None }
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
    pub(crate) fn peek(&mut self) -> Option<Word<'a>> {
        let at = self.at;
        let word = self.next();
        self.at = at;
        word
    }

    /// Takes the next word if it is this one.
    pub(crate) fn takes(&mut self, wanted: &str) -> bool {
        let at = self.at;
        let is_it = self.next().is_some_and(|word| word.text == wanted);
        if !is_it {
            self.at = at;
        }
        is_it
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
        let from = |at, line_text| Words { line_text, line: self.line, at, fault: None };
        let mut ahead = from(self.at, self.line_text);
        while let Some(word) = ahead.next() {
            if word.text.ends_with(':') {
                return (from(self.at, split(self.line_text, ahead.at - 1).0), Some(ahead));
            }
        }
        (from(self.at, self.line_text), None)
    }

    /// The next word; that there is one, or a fault that says `what` is missing.
    pub(crate) fn expect(&mut self, what: &str) -> Word<'a> {
        self.next().unwrap_or_else(|| {
            self.fail_at(self.at, format!("{what} is missing"));
            Word { text: "", at: self.at }
        })
    }

    /// The value that was read, if nothing was wrong and nothing follows.
    pub(crate) fn whole<T>(&mut self, value: T) -> Result<T, ParseError> {
        if let Some(word) = self.next() {
            self.wrong("", word, " is too much here");
        }
        self.checked(value)
    }

    /// The value that was read, if nothing was wrong.
    pub(crate) fn checked<T>(&mut self, value: T) -> Result<T, ParseError> {
        match self.fault.take() {
            None => Ok(value),
            Some(fault) => Err(fault),
        }
    }

    /// A fault at a word.
    pub(crate) fn fail(&mut self, word: Word<'_>, message: String) {
        self.fail_at(word.at, message);
    }

    /// A fault at a word, which is quoted between two parts of a sentence.
    pub(crate) fn wrong(&mut self, before: &str, word: Word<'_>, after: &str) {
        self.fail_at(word.at, format!("{before}{}{after}", quoted(word.text)));
    }

    /// A fault where reading has come to.
    pub(crate) fn fail_here(&mut self, message: &str) {
        self.fail_at(self.at, message.to_string());
    }

    fn fail_at(&mut self, at: usize, message: String) {
        if self.fault.is_none() {
            self.fault = Some(ParseError::new(self.line, self.column(at), message));
            self.at = self.line_text.len();
        }
    }

    fn column(&self, at: usize) -> usize {
        1 + split(self.line_text, at).0.chars().count()
    }

    /// The line and the column of a word, from 1.
    pub(crate) fn place(&self, word: Word<'_>) -> (usize, usize) {
        (self.line, self.column(word.at))
    }

    /// The value of a word, or a fault at it.
    pub(crate) fn or_fail<T: Default>(&mut self, word: Word<'_>, value: Result<T, String>) -> T {
        value.unwrap_or_else(|message| {
            self.fail(word, message);
            T::default()
        })
    }

    /// Part of a word as a word of its own: `part` must be a slice of `whole`.
    pub(crate) fn part(whole: Word<'a>, part: &'a str) -> Word<'a> {
        let offset = part.as_ptr() as usize - whole.text.as_ptr() as usize;
        debug_assert!(offset + part.len() <= whole.text.len());
        Word { text: part, at: whole.at + offset }
    }

    /// The next word as a node.
    pub(crate) fn node(&mut self) -> NodeId {
        let word = self.expect("a node, such as n1,");
        self.node_of(word)
    }

    /// A word as a node, n1..n9.
    pub(crate) fn node_of(&mut self, word: Word<'_>) -> NodeId {
        self.numbered(word, "n", NODES_MAX, "node")
    }

    /// The next word as a client, c1..c99.
    pub(crate) fn client(&mut self) -> ClientId {
        let word = self.expect("a client, such as c1,");
        self.client_of(word)
    }

    /// A word as a client, c1..c99.
    pub(crate) fn client_of(&mut self, word: Word<'_>) -> ClientId {
        ClientId::new(self.numbered(word, "c", CLIENTS_MAX, "client")).expect("a client's number")
    }

    /// `n12` as 12 for the letter `n`. Only plain digits, no leading zero, so that one thing has one name.
    fn numbered(&mut self, word: Word<'_>, letter: &str, max: u64, what: &str) -> u64 {
        let digits = word.text.strip_prefix(letter).filter(|digits| !digits.starts_with('0'));
        digits.and_then(plain_number).filter(|number| (1..=max).contains(number)).unwrap_or_else(|| {
            self.wrong("", word, &format!(" is not a {what}: {what}s are called {letter}1 to {letter}{max}"));
            1
        })
    }

    /// The next word as a duration, in µs.
    pub(crate) fn duration(&mut self) -> u64 {
        let word = self.expect("a duration, such as 150ms,");
        self.or_fail(word, parse_duration(word.text))
    }

    /// The next word as a duration within limits, in µs.
    pub(crate) fn duration_within(&mut self, min_us: u64, max_us: u64) -> u64 {
        let word = self.peek();
        let us = self.duration();
        if let Some(word) = word
            && !(min_us..=max_us).contains(&us)
        {
            self.fail(word, format!("this duration lies between {} and {}", Duration(min_us), Duration(max_us)));
        }
        us
    }
}

/// A whole number in plain digits.
pub(crate) fn plain_number(text: &str) -> Option<u64> {
    if text.bytes().all(|b| b.is_ascii_digit()) { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_know_their_columns() {
        let mut words = Words::new("  crash\tn1  é n2 ", 3);
        let columns: Vec<(String, usize)> = std::iter::from_fn(|| words.next())
            .map(|w| (w.text.to_string(), Words::new("  crash\tn1  é n2 ", 3).place(w).1))
            .collect();
        let expected =
            [("crash", 3), ("n1", 9), ("é", 13), ("n2", 15)].map(|(text, column)| (text.to_string(), column));
        assert_eq!(columns, expected);
    }

    #[test]
    fn a_node_has_one_name() {
        for bad in ["n0", "n10", "n01", "N1", "1", "n", "n-1", "n１", "n99999999999999999999"] {
            let mut words = Words::new(bad, 1);
            let node = words.node();
            let error = words.whole(node).unwrap_err();
            assert!(error.message.contains("n1 to n9"), "{bad}: {error}");
        }
        assert_eq!(Words::new("n9", 1).node(), 9);
    }

    /// Goal: the fault that is told is the one that a person made, not one that follows from it.
    #[test]
    fn the_first_fault_stays_and_ends_the_line() {
        let mut words = Words::new("n1 x n3", 1);
        assert_eq!((words.node(), words.node(), words.node()), (1, 1, 1));
        assert_eq!(words.next().map(|word| word.text), None);
        let error = words.whole(()).unwrap_err();
        assert_eq!((error.column, error.message.starts_with("`x` is not a node")), (4, true), "{error}");
    }

    #[test]
    fn long_and_odd_texts_are_quoted_briefly() {
        assert_eq!(quoted("a\u{7}b"), "`a?b`");
        assert!(quoted(&"x".repeat(100_000)).chars().count() < 50);
    }
}
