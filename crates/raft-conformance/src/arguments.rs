//! What a directive was given, read as numbers, switches and nodes.

use std::str::FromStr;

use raft_core::NodeId;

use crate::transcript::line::Argument;

/// Why a directive was not carried out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// A sentence for the output: a transcript may expect it.
    Said(String),
    /// The directive itself makes no sense: the transcript is at fault.
    BadDirective(String),
}

impl Trouble {
    /// The directive itself makes no sense, and here is why.
    pub fn bad(why: impl Into<String>) -> Trouble {
        Trouble::BadDirective(why.into())
    }
}

/// A directive's arguments.
#[derive(Copy, Clone, Debug)]
pub struct Arguments<'a>(pub &'a [Argument]);

impl<'a> Arguments<'a> {
    /// The bare keys, in order: arguments without a value.
    pub fn bare(self) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(|argument| argument.values.is_empty()).map(|argument| argument.key.as_str())
    }

    /// All bare keys as nodes.
    ///
    /// # Errors
    /// When one is no number.
    pub fn nodes(self) -> Result<Vec<NodeId>, Trouble> {
        self.bare().map(number).collect()
    }

    /// The key at `at`, as a number.
    ///
    /// # Errors
    /// When it is missing or no number; `what` names it.
    pub fn number_at<N: FromStr>(self, at: usize, what: &str) -> Result<N, Trouble> {
        number(self.word_at(at, what)?)
    }

    /// The key at `at`.
    ///
    /// # Errors
    /// When it is missing; `what` names it.
    pub fn word_at(self, at: usize, what: &str) -> Result<&'a str, Trouble> {
        let argument = self.0.get(at).ok_or_else(|| Trouble::bad(format!("{what} is missing")))?;
        Ok(&argument.key)
    }

    /// All `key=value` pairs, a list yielding one for each of its values.
    pub fn pairs(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().flat_map(|argument| argument.values.iter().map(|value| (argument.key.as_str(), value.as_str())))
    }

    /// The value of `key`, as a number.
    ///
    /// # Errors
    /// When it is missing or no number.
    pub fn number_of<N: FromStr>(self, key: &str) -> Result<N, Trouble> {
        let value = self.pairs().find(|(other, _)| *other == key).map(|(_, value)| value);
        number(value.ok_or_else(|| Trouble::bad(format!("{key}= is missing")))?)
    }
}

/// Reads a number.
///
/// # Errors
/// When it is none, or too large for its use.
pub fn number<N: FromStr>(text: &str) -> Result<N, Trouble> {
    text.trim().parse().map_err(|_| Trouble::bad(format!("{text:?} is not a number that fits here")))
}

/// Reads a switch, in any of Go's spellings.
///
/// # Errors
/// When it is none.
pub fn switch(text: &str) -> Result<bool, Trouble> {
    match text {
        "1" | "t" | "T" | "true" | "True" | "TRUE" => Ok(true),
        "0" | "f" | "F" | "false" | "False" | "FALSE" => Ok(false),
        _ => Err(Trouble::bad(format!("{text:?} is neither true nor false"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::line::parse;

    #[test]
    fn arguments_are_read_by_place_and_by_key() {
        let directive = parse("c 1 a=(2, 3) 4 b=5").expect("a directive").expect("not blank");
        let arguments = Arguments(&directive.arguments);
        assert_eq!(arguments.nodes(), Ok(vec![1, 4]));
        assert_eq!(arguments.number_at::<u32>(0, "the node"), Ok(1));
        assert_eq!(arguments.pairs().collect::<Vec<_>>(), [("a", "2"), ("a", "3"), ("b", "5")]);
        assert_eq!(arguments.number_of::<u8>("b"), Ok(5));
        assert_eq!(arguments.number_of::<u8>("c"), Err(Trouble::bad("c= is missing")));
        assert_eq!(arguments.word_at(9, "the text"), Err(Trouble::bad("the text is missing")));
        assert_eq!(number::<u8>("256"), Err(Trouble::bad("\"256\" is not a number that fits here")));
        assert_eq!((switch("T"), switch("0")), (Ok(true), Ok(false)));
        assert!(switch("yes").is_err());
    }
}
