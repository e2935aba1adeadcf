//! The short form of a run, for addresses: `1~5~7~~4k3vC1a2R1` is version 1, five nodes, seed 7, default settings, and two
//! actions, each written as µs since the one before, a letter, and its operands. `1.2~...` was made with engine 2.
//!
//! Only characters that need no escape in a URL. Numbers are in base 36 with lower-case digits, so an upper-case letter ends
//! them; keys and values end with a full stop. One table of forms turns an action's text into its link and back, so the two
//! have one set of limits. The letters are part of version 1: never give one a new meaning.

use crate::config::{Key, WorldConfig};
use crate::run::{ACTIONS_MAX, RUN_VERSION, Run, Timed, parse_engine, put_setting, setting};
use crate::sure::{size, sure};
use crate::time::{Duration, Span, TIME_MAX_US, parse_duration};
use crate::words::{ParseError, digits, quoted, split};

/// A link has at most this many bytes: 64 KiB.
pub const LINK_BYTES_MAX: usize = 1 << 16;

/// The letters of the settings, in the order of [`Key::ALL`]. The number of nodes has a place of its own.
const KEYS: &[u8; Key::ALL.len()] = b"~THELSRBCPQA";

/// The letters of actions and the forms of their texts. In a form `#` is a digit from 1 to 9, `=` a duration, `?` a duration
/// or `off`, `+` another number, `&` groups of nodes, `$` a word and `*` all that is left as one word. Where `^` stands there
/// may be a node that is asked first: ` via n2`, which a link says before the letter as `Q2`. What fits no other form is
/// rare, and long in any: its text is one word.
const FORMS: [(u8, &str); 23] = [
    (b'C', "crash n#"),
    (b'D', "crash n# losing tail +"),
    (b'R', "restart n#"),
    (b'F', "freeze n#"),
    (b'T', "thaw n#"),
    (b'X', "cut n# n#"),
    (b'O', "cut n#>n#"),
    (b'H', "heal"),
    (b'N', "heal n#"),
    (b'U', "heal n# n#"),
    (b'V', "heal n#>n#"),
    (b'I', "isolate n#"),
    (b'P', "partition &"),
    (b'E', "timeout n#"),
    (b'M', "timer n# ="),
    (b'W', "disk n# sync ="),
    (b'Y', "clock n# rate +%"),
    (b'S', "client c# put $ $^"),
    (b'G', "client c# get $^"),
    (b'J', "client c# incr $^"),
    (b'K', "client c# cas $ $ $^"),
    (b'L', "load c# ?"),
    (b'A', "*"),
];

impl Run {
    /// The short form. It holds only `A-Z a-z 0-9 ~ . - _` and reads back with [`Run::from_link`].
    #[must_use]
    pub fn to_link(&self) -> String {
        let mut link = Vec::new();
        put_number(&mut link, RUN_VERSION);
        if self.engine != 1 {
            link.push(b'.');
            put_number(&mut link, u64::from(self.engine));
        }
        for number in [self.config.nodes, self.seed] {
            link.push(b'~');
            put_number(&mut link, number);
        }
        link.push(b'~');
        for (key, &letter) in Key::ALL.iter().zip(KEYS).skip(1) {
            let span = setting(&self.config, *key);
            if span != setting(&WorldConfig::default(), *key) {
                link.push(letter);
                put_number(&mut link, span.min_us);
                if span.max_us != span.min_us {
                    link.push(b'-');
                    put_number(&mut link, span.max_us);
                }
            }
        }
        link.push(b'~');
        let mut before_us = 0;
        for Timed { at_us, action } in &self.actions {
            if *at_us != before_us {
                put_number(&mut link, at_us - before_us);
            }
            before_us = *at_us;
            put_action(&mut link, &action.to_string());
        }
        while link.last() == Some(&b'~') {
            link.pop();
        }
        sure(String::from_utf8(link), "a link is ASCII")
    }

    /// Reads the short form, as [`Run::to_link`] makes it.
    ///
    /// # Errors
    /// The first fault: line 1 and the column in the link. Also a link of more than [`LINK_BYTES_MAX`] bytes, or one that
    /// holds what a run's text may not.
    pub fn from_link(link: &str) -> Result<Run, ParseError> {
        let mut reader = Reader { link: link.as_bytes(), at: 0, fault: None };
        let belongs = |&b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'~' | b'.' | b'-' | b'_');
        if link.len() > LINK_BYTES_MAX {
            reader.fail(0, format!("the link has {} bytes; it may have {LINK_BYTES_MAX}", link.len()));
        } else if let Some(at) = link.bytes().position(|b| !belongs(&b)) {
            let c: String = split(link, at).1.chars().take(1).collect();
            reader.fail(at, format!("{} does not belong into a link to a run", quoted(&c)));
        }
        let run = reader.run();
        match reader.fault {
            Some(fault) => Err(fault),
            None => Ok(run),
        }
    }
}

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

fn put_number(link: &mut Vec<u8>, number: u64) {
    if number >= 36 {
        put_number(link, number / 36);
    }
    link.push(DIGITS[size(number % 36)]);
}

fn put_word(link: &mut Vec<u8>, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'-' {
            link.push(byte);
        } else {
            link.extend_from_slice(&[b'_', DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
        }
    }
}

/// Appends an action in the first form that its text has.
fn put_action(link: &mut Vec<u8>, text: &str) {
    for (letter, form) in FORMS {
        let mut operands = vec![letter];
        if let Some(asked) = put_operands(&mut operands, form, text) {
            if let Some(node) = asked {
                link.extend_from_slice(&[b'Q', node]);
            }
            return link.extend_from_slice(&operands);
        }
    }
}

/// Appends the operands of an action's text; `None` if it has not this form. Tells which node is asked first.
fn put_operands(link: &mut Vec<u8>, form: &str, text: &str) -> Option<Option<u8>> {
    let mut rest = text;
    let mut asked = None;
    for symbol in form.bytes() {
        let end = match symbol {
            b'*' | b'&' | b'^' => rest.len(),
            b'$' | b'=' | b'?' => rest.bytes().position(|byte| byte == b' ').unwrap_or(rest.len()),
            b'+' => digits(rest),
            _ => 1,
        };
        let (operand, after) = rest.split_at_checked(end)?;
        rest = after;
        let first = operand.as_bytes().first();
        match symbol {
            b'#' => link.push(*first.filter(|digit| (b'1'..=b'9').contains(digit))?),
            b'&' => {
                for byte in operand.bytes().filter(|byte| !matches!(byte, b'n' | b',' | b' ')) {
                    link.push(if byte == b'|' { b'-' } else { byte });
                }
            }
            b'$' | b'*' => put_word(link, operand),
            b'+' => put_number(link, operand.parse().ok()?),
            b'?' if operand == "off" => link.push(b'0'),
            b'=' | b'?' => put_number(link, parse_duration(operand).ok()?),
            b'^' => {
                asked =
                    if operand.is_empty() { None } else { Some(*operand.strip_prefix(" via n")?.as_bytes().first()?) }
            }
            literal if first == Some(&literal) => {}
            _ => return None,
        }
        if b"&$*+?=".contains(&symbol) {
            link.push(b'.');
        }
    }
    rest.is_empty().then_some(asked)
}

/// Reads a link. After the first fault there is nothing left to read, and what was read does not count.
struct Reader<'a> {
    link: &'a [u8],
    at: usize,
    fault: Option<ParseError>,
}

impl Reader<'_> {
    fn fail(&mut self, at: usize, message: String) {
        self.link = &[];
        self.fault.get_or_insert_with(|| ParseError::new(1, 1 + at, message));
    }

    fn peek(&self) -> Option<char> {
        self.link.get(self.at).copied().map(char::from)
    }

    /// Whether the next character is this one; then it is taken.
    fn takes(&mut self, wanted: char) -> bool {
        let is_it = self.peek() == Some(wanted);
        self.at += usize::from(is_it);
        is_it
    }

    /// The next character; at the end, which is a fault, a full stop: it ends everything.
    fn take(&mut self) -> char {
        let next = self.peek();
        match next {
            Some(_) => self.at += 1,
            None => self.fail(self.at, "the link ends too early".to_string()),
        }
        next.unwrap_or('.')
    }

    fn expect(&mut self, wanted: char) {
        if !self.takes(wanted) {
            let message = match self.peek() {
                Some(c) => format!("`{wanted}` is expected here, not `{c}`"),
                None => format!("the link ends where `{wanted}` is expected"),
            };
            self.fail(self.at, message);
        }
    }

    /// A number in base 36; no digits are 0.
    fn number(&mut self) -> u64 {
        let mut value: u64 = 0;
        while let Some(digit) = self.peek().filter(|c| !c.is_ascii_uppercase()).and_then(|c| c.to_digit(36)) {
            match value.checked_mul(36).and_then(|value| value.checked_add(u64::from(digit))) {
                Some(longer) => value = longer,
                None => self.fail(self.at, "this number is too large".to_string()),
            }
            self.at += 1;
        }
        value
    }

    fn ended_number(&mut self) -> u64 {
        let number = self.number();
        self.expect('.');
        number
    }

    fn digit(&mut self) -> char {
        let c = self.take();
        if !matches!(c, '1'..='9') {
            self.fail(self.at - 1, format!("a number from 1 to 9 is expected here, not `{c}`"));
        }
        c
    }

    fn word(&mut self) -> String {
        let mut bytes = Vec::new();
        loop {
            match self.take() {
                '.' => break,
                '_' => match self.take().to_digit(16).zip(self.take().to_digit(16)) {
                    Some((high, low)) => {
                        bytes.push(sure(u8::try_from(high * 16 + low), "two hexadecimal digits are a byte"));
                    }
                    None => self.fail(self.at, "two hexadecimal digits belong after `_`".to_string()),
                },
                '~' => self.fail(self.at, "`~` does not belong into a key or value".to_string()),
                c => bytes.push(sure(u8::try_from(c), "a link is ASCII")),
            }
        }
        String::from_utf8(bytes).unwrap_or_else(|_| {
            self.fail(self.at, "a key or value is not valid UTF-8".to_string());
            String::new()
        })
    }

    fn run(&mut self) -> Run {
        if self.number() != RUN_VERSION {
            self.fail(self.at, format!("a link to a run begins with its version, {RUN_VERSION}, and a `~`"));
        }
        let mut run = Run { engine: 1, ..Run::new(WorldConfig::default(), 0) };
        if self.takes('.') {
            match parse_engine(&self.number().to_string()) {
                Ok(engine) => run.engine = engine,
                Err(message) => self.fail(self.at, message),
            }
        }
        self.expect('~');
        run.config.nodes = self.number();
        self.expect('~');
        run.seed = self.number();
        if self.peek().is_some() {
            self.expect('~');
            self.settings(&mut run.config);
        }
        if let Err(error) = run.config.validate() {
            self.fail(self.at, error.message);
        }
        if self.peek().is_some() {
            self.expect('~');
            self.actions(&mut run.actions);
        }
        run
    }

    fn settings(&mut self, config: &mut WorldConfig) {
        while let Some(letter) = self.peek().filter(|&c| c != '~') {
            self.at += 1;
            let min_us = self.number();
            let max_us = if self.takes('-') { self.number() } else { min_us };
            match Key::ALL.into_iter().zip(KEYS).find(|&(_, &of)| char::from(of) == letter) {
                Some((key, _)) => put_setting(config, key, Span { min_us, max_us }),
                None => self.fail(self.at, format!("`{letter}` is no setting")),
            }
        }
    }

    fn actions(&mut self, actions: &mut Vec<Timed>) {
        let mut at_us: u64 = 0;
        while self.peek().is_some() {
            at_us = at_us.saturating_add(self.number());
            if at_us > TIME_MAX_US {
                self.fail(self.at, "this action is later than a run's end, 24 hours".to_string());
            }
            if actions.len() == ACTIONS_MAX {
                self.fail(self.at, format!("a run has at most {ACTIONS_MAX} actions"));
            }
            let began = self.at;
            match self.action().parse() {
                Ok(action) => actions.push(Timed { at_us, action }),
                Err(error) => self.fail(began, ParseError::into_message(error)),
            }
        }
    }

    /// One action, as its text.
    fn action(&mut self) -> String {
        let mut text = String::new();
        let mut letter = self.take();
        let via = if letter == 'Q' { Some(self.digit()) } else { None };
        if via.is_some() {
            letter = self.take();
        }
        let fits = |form: &str| via.is_none() || form.ends_with('^');
        let Some((_, form)) = FORMS.into_iter().find(|&(of, form)| char::from(of) == letter && fits(form)) else {
            self.fail(self.at - 1, format!("`{letter}` is no action"));
            return text;
        };
        for symbol in form.chars() {
            match symbol {
                '#' => text.push(self.digit()),
                '+' => text.push_str(&self.ended_number().to_string()),
                '=' | '?' => match self.ended_number() {
                    0 if symbol == '?' => text.push_str("off"),
                    us => text.push_str(&Duration(us).to_string()),
                },
                '&' => self.groups(&mut text),
                '$' | '*' => text.push_str(&self.word()),
                '^' => via.into_iter().for_each(|node| text.extend([" via n", node.encode_utf8(&mut [0])])),
                c => text.push(c),
            }
        }
        text
    }

    fn groups(&mut self, text: &mut String) {
        let mut separator = "";
        loop {
            match self.take() {
                '.' => break,
                '-' => separator = " | ",
                c => {
                    text.push_str(separator);
                    text.push('n');
                    text.push(c);
                    separator = ",";
                }
            }
        }
    }
}

#[cfg(test)]
#[path = "link_tests.rs"]
mod tests;
