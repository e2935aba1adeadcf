//! One directive line: a command and its arguments.
//!
//! ```text
//! add-nodes 3 voters=(1, 2, 3) index=10
//! ```
//! An argument is a bare key, `key=value`, or `key=(value, value, ...)`. Values in parentheses may hold nested
//! parentheses. `key=` has one empty value.

use std::fmt;

/// A command and what it was given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Directive {
    /// The first word.
    pub command: String,
    /// Everything behind it, in order.
    pub arguments: Vec<Argument>,
}

/// One argument. Without values it is a bare key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Argument {
    /// The word, or what stands before `=`.
    pub key: String,
    /// What stands behind `=`.
    pub values: Vec<String>,
}

/// A directive line that is none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineError {
    /// The column, in characters from 1, at which nothing made sense any more.
    pub column: usize,
    /// What was expected there.
    pub expected: &'static str,
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column {}: expected {}", self.column, self.expected)
    }
}

/// Reads a line. `None` when it is blank.
///
/// # Errors
/// A [`LineError`] when an argument has no key, or a parenthesis is not closed.
pub fn parse(line: &str) -> Result<Option<Directive>, LineError> {
    let mut rest = Rest { characters: line.trim().chars().collect(), at: 0 };
    let command = rest.until(&[' ']);
    if command.is_empty() {
        return Ok(None);
    }
    let mut arguments = Vec::new();
    rest.skip_spaces();
    while rest.peek().is_some() {
        arguments.push(argument(&mut rest)?);
        rest.skip_spaces();
    }
    Ok(Some(Directive { command, arguments }))
}

fn argument(rest: &mut Rest) -> Result<Argument, LineError> {
    let key = rest.until(&[' ', '=']);
    if key.is_empty() {
        return Err(rest.error("a key before ="));
    }
    if rest.peek() != Some('=') {
        return Ok(Argument { key, values: Vec::new() });
    }
    rest.at += 1;
    if rest.peek() != Some('(') {
        return Ok(Argument { key, values: vec![rest.until(&[' '])] });
    }
    rest.at += 1;
    let mut values = Vec::new();
    loop {
        values.push(value_in_parentheses(rest)?);
        let closed = rest.peek() == Some(')');
        rest.at += 1;
        rest.skip_spaces();
        if closed {
            return Ok(Argument { key, values });
        }
    }
}

/// Reads up to the comma or the parenthesis that ends the value, and stops before it.
fn value_in_parentheses(rest: &mut Rest) -> Result<String, LineError> {
    let (start, mut depth) = (rest.at, 0);
    loop {
        match rest.peek() {
            None => return Err(rest.error("a closing parenthesis")),
            Some(')' | ',') if depth == 0 => return Ok(rest.characters[start..rest.at].iter().collect()),
            Some('(') => depth += 1,
            Some(')') => depth -= 1,
            Some(_) => {}
        }
        rest.at += 1;
    }
}

/// The part of a line that is not yet read.
struct Rest {
    characters: Vec<char>,
    at: usize,
}

impl Rest {
    fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    fn until(&mut self, ends: &[char]) -> String {
        let start = self.at;
        while self.peek().is_some_and(|character| !ends.contains(&character)) {
            self.at += 1;
        }
        self.characters[start..self.at].iter().collect()
    }

    fn skip_spaces(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn error(&self, expected: &'static str) -> LineError {
        LineError { column: self.at + 1, expected }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, command: &str, arguments: &[(&str, &[&str])]) {
        let directive = parse(line).expect("a directive").expect("not blank");
        assert_eq!(directive.command, command);
        let found: Vec<_> = directive.arguments.iter().map(|a| (a.key.as_str(), a.values.clone())).collect();
        let wanted: Vec<_> =
            arguments.iter().map(|(key, values)| (*key, values.iter().map(|v| v.to_string()).collect())).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn bare_keys_single_values_and_lists_are_told_apart() {
        check("stabilize", "stabilize", &[]);
        check("  deliver-msgs 1 2  ", "deliver-msgs", &[("1", &[]), ("2", &[])]);
        check("deliver-msgs type=MsgApp drop=(2,3)", "deliver-msgs", &[("type", &["MsgApp"]), ("drop", &["2", "3"])]);
        check(
            "add-nodes 3 voters=(1, 2, 3) index=2",
            "add-nodes",
            &[("3", &[]), ("voters", &["1", "2", "3"]), ("index", &["2"])],
        );
    }

    #[test]
    fn parentheses_nest_and_values_may_be_empty() {
        check("c e=(a + (b, c), d)", "c", &[("e", &["a + (b, c)", "d"])]);
        check("c e= f", "c", &[("e", &[""]), ("f", &[])]);
        check("c e=()", "c", &[("e", &[""])]);
    }

    #[test]
    fn a_blank_line_is_no_directive() {
        assert_eq!(parse("   "), Ok(None));
    }

    #[test]
    fn what_makes_no_sense_is_named_with_its_column() {
        assert_eq!(parse("c =3"), Err(LineError { column: 3, expected: "a key before =" }));
        assert_eq!(parse("c a=(1,2"), Err(LineError { column: 9, expected: "a closing parenthesis" }));
    }
}
