//! The short form of a run, for addresses: `1~5~7~~4k3vC1a2R1` is version 1, five nodes, seed 7, default settings, and two
//! actions, each written as µs since the one before, a letter, and its operands. `1.2~...` was made with engine 2.
//!
//! Only characters that need no escape in a URL. Numbers are in base 36 with lower-case digits, so an upper-case letter ends
//! them; keys and values end with a full stop. Reading back turns each action into its text and reads that, so the two
//! forms have one set of limits. The letters are part of version 1: never give one a new meaning.

use std::fmt::Write as _;

use crate::action::{Action, Healing, Losing, Path};
use crate::command::{Command, Reading};
use crate::config::{Batch, Key, StorageLoop, WorldConfig};
use crate::names::{ClientId, NodeSet};
use crate::run::{ACTIONS_MAX, RUN_VERSION, Run, Timed, parse_engine, setting};
use crate::sure::sure;
use crate::time::{Duration, Span, TIME_MAX_US};
use crate::words::{ParseError, quoted};

/// A link has at most this many bytes: 64 KiB.
pub const LINK_BYTES_MAX: usize = 1 << 16;

impl Run {
    /// The short form. It holds only `A-Z a-z 0-9 ~ . - _` and reads back with [`Run::from_link`].
    #[must_use]
    pub fn to_link(&self) -> String {
        let mut link = RUN_VERSION.to_string();
        if self.engine != 1 {
            link.push('.');
            number(&mut link, u64::from(self.engine));
        }
        link.push('~');
        number(&mut link, self.config.nodes);
        link.push('~');
        number(&mut link, self.seed);
        link.push('~');
        for key in Key::ALL.into_iter().filter(|&key| key != Key::Nodes) {
            let span = setting(&self.config, key);
            if span != setting(&WorldConfig::default(), key) {
                link.push(key_letter(key));
                number(&mut link, span.min_us);
                if span.max_us != span.min_us {
                    link.push('-');
                    number(&mut link, span.max_us);
                }
            }
        }
        link.push('~');
        let mut before_us = 0;
        for Timed { at_us, action } in &self.actions {
            if *at_us != before_us {
                number(&mut link, at_us - before_us);
            }
            before_us = *at_us;
            write_action(&mut link, action);
        }
        link.truncate(link.trim_end_matches('~').len());
        link
    }

    /// Reads the short form, as [`Run::to_link`] makes it.
    ///
    /// # Errors
    /// The first fault: line 1 and the column in the link. Also a link of more than [`LINK_BYTES_MAX`] bytes, or one that
    /// holds what a run's text may not.
    pub fn from_link(link: &str) -> Result<Run, ParseError> {
        let error = |at: usize, message: String| ParseError::new(1, 1 + at, message);
        if link.len() > LINK_BYTES_MAX {
            return Err(error(0, format!("the link has {} bytes; it may have {LINK_BYTES_MAX}", link.len())));
        }
        let belongs = |c: char| c.is_ascii_alphanumeric() || matches!(c, '~' | '.' | '-' | '_');
        if let Some((at, c)) = link.char_indices().find(|&(_, c)| !belongs(c)) {
            return Err(error(at, format!("{} does not belong into a link to a run", quoted(&c.to_string()))));
        }
        let mut reader = Reader { link: link.as_bytes(), at: 0 };
        reader.run().map_err(|message| error(reader.at.min(link.len()), message))
    }
}

/// A letter's form has one digit for a client.
const DIGIT_MAX: u64 = 9;

fn number(link: &mut String, mut value: u64) {
    let mut digits = Vec::new();
    loop {
        let digit = sure(u32::try_from(value % 36), "a remainder of 36 is small");
        digits.push(char::from_digit(digit, 36).expect("a digit of base 36"));
        value /= 36;
        if value == 0 {
            break;
        }
    }
    link.extend(digits.iter().rev());
}

fn word(link: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'-' {
            link.push(char::from(byte));
        } else {
            write!(link, "_{byte:02x}").expect("writing to a String cannot fail");
        }
    }
    link.push('.');
}

fn key_letter(key: Key) -> char {
    match key {
        Key::Nodes => 'N',
        Key::Tick => 'T',
        Key::Heartbeat => 'H',
        Key::Election => 'E',
        Key::Latency => 'L',
        Key::Sync => 'S',
        Key::Retry => 'R',
        Key::Batch => 'B',
        Key::Compact => 'C',
        Key::PreVote => 'P',
        Key::CheckQuorum => 'Q',
        Key::Storage => 'A',
    }
}

fn write_action(link: &mut String, action: &Action) {
    if let Action::Client { client, .. } | Action::Load { client, .. } = action
        && client.number() > DIGIT_MAX
    {
        link.push('A');
        return word(link, &action.to_string());
    }
    let mut put = |letter: char, nodes: &[u64]| {
        link.push(letter);
        nodes.iter().for_each(|&node| number(link, node));
    };
    match action {
        Action::Crash { node, losing: Losing::All } => put('C', &[*node]),
        Action::Crash { node, losing: Losing::Tail(entries) } => {
            put('D', &[*node, *entries]);
            link.push('.');
        }
        Action::DiskSync { node, sync_us } => {
            put('W', &[*node, *sync_us]);
            link.push('.');
        }
        Action::Clock { node, rate_percent } => {
            put('Y', &[*node, u64::from(*rate_percent)]);
            link.push('.');
        }
        // Rare, and long in any form: their text as one word.
        Action::Link { .. }
        | Action::Meet { .. }
        | Action::DiskLose { .. }
        | Action::Tick { .. }
        | Action::Propose { .. }
        | Action::Compact { .. }
        | Action::Member(_)
        | Action::Transfer { .. }
        | Action::Next { .. }
        | Action::Client {
            command: Command::Get { how: Reading::Local | Reading::Index | Reading::Lease, .. }, ..
        }
        | Action::EndLoop { .. }
        | Action::Client { think_us: Some(_), .. }
        | Action::Break { .. }
        | Action::Mend { .. } => {
            put('A', &[]);
            word(link, &action.to_string());
        }
        Action::Restart { node } => put('R', &[*node]),
        Action::Freeze { node } => put('F', &[*node]),
        Action::Thaw { node } => put('T', &[*node]),
        Action::Cut(Path::Between(a, b)) => put('X', &[*a, *b]),
        Action::Cut(Path::OneWay { from, to }) => put('O', &[*from, *to]),
        Action::Heal(Healing::All) => put('H', &[]),
        Action::Heal(Healing::Node(node)) => put('N', &[*node]),
        Action::Heal(Healing::Path(Path::Between(a, b))) => put('U', &[*a, *b]),
        Action::Heal(Healing::Path(Path::OneWay { from, to })) => put('V', &[*from, *to]),
        Action::Isolate { node } => put('I', &[*node]),
        Action::Timeout { node } => put('E', &[*node]),
        Action::Timer { node, length_us } => {
            put('M', &[*node, *length_us]);
            link.push('.');
        }
        Action::Load { client, every_us } => {
            put('L', &[client.number(), every_us.unwrap_or(0)]);
            link.push('.');
        }
        Action::Partition { groups } => write_groups(link, groups),
        Action::Client { client, command, via, think_us: None } => {
            via.iter().for_each(|&node| put('Q', &[node]));
            write_command(link, *client, command);
        }
    }
}

fn write_groups(link: &mut String, groups: &[NodeSet]) {
    link.push('P');
    for (place, group) in groups.iter().enumerate() {
        if place > 0 {
            link.push('-');
        }
        group.iter().for_each(|node| number(link, node));
    }
    link.push('.');
}

fn write_command(link: &mut String, client: ClientId, command: &Command) {
    let (letter, words): (char, &[_]) = match command {
        Command::Put { key, value } => ('S', &[key, value]),
        Command::Get { key, .. } => ('G', &[key]),
        Command::Incr { key } => ('J', &[key]),
        Command::Cas { key, old, new } => ('K', &[key, old, new]),
    };
    link.push(letter);
    number(link, client.number());
    words.iter().for_each(|text| word(link, text));
}

struct Reader<'a> {
    link: &'a [u8],
    at: usize,
}

type Read<T> = Result<T, String>;

/// The letters of actions and their texts, in which `#` is a digit, `=` a duration and `+` another number.
const FORMS: [(char, &str); 16] = [
    ('C', "crash n#"),
    ('D', "crash n# losing tail +"),
    ('R', "restart n#"),
    ('F', "freeze n#"),
    ('T', "thaw n#"),
    ('X', "cut n# n#"),
    ('O', "cut n#>n#"),
    ('H', "heal"),
    ('N', "heal n#"),
    ('U', "heal n# n#"),
    ('V', "heal n#>n#"),
    ('I', "isolate n#"),
    ('E', "timeout n#"),
    ('M', "timer n# ="),
    ('W', "disk n# sync ="),
    ('Y', "clock n# rate +%"),
];

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.link.get(self.at).copied().map(char::from)
    }

    fn take(&mut self) -> Read<char> {
        let c = self.peek().ok_or("the link ends too early")?;
        self.at += 1;
        Ok(c)
    }

    fn expect(&mut self, wanted: char) -> Read<()> {
        match self.peek() {
            Some(c) if c == wanted => {
                self.at += 1;
                Ok(())
            }
            Some(c) => Err(format!("`{wanted}` is expected here, not `{c}`")),
            None => Err(format!("the link ends where `{wanted}` is expected")),
        }
    }

    /// A number in base 36; no digits are 0.
    fn number(&mut self) -> Read<u64> {
        let mut value: u64 = 0;
        while let Some(c) = self.peek().filter(|c| !c.is_ascii_uppercase()) {
            let Some(digit) = c.to_digit(36) else { break };
            let longer = value.checked_mul(36).and_then(|value| value.checked_add(u64::from(digit)));
            value = longer.ok_or("this number is too large")?;
            self.at += 1;
        }
        Ok(value)
    }

    fn digit(&mut self) -> Read<char> {
        match self.take()? {
            c @ '1'..='9' => Ok(c),
            c => {
                self.at -= 1;
                Err(format!("a number from 1 to 9 is expected here, not `{c}`"))
            }
        }
    }

    fn word(&mut self) -> Read<String> {
        let mut bytes = Vec::new();
        loop {
            match self.take()? {
                '.' => break,
                '_' => {
                    let (high, low) = (self.take()?.to_digit(16), self.take()?.to_digit(16));
                    let (high, low) = high.zip(low).ok_or("two hexadecimal digits belong after `_`")?;
                    bytes.push(sure(u8::try_from(high * 16 + low), "two hexadecimal digits are a byte"));
                }
                c if c.is_ascii_alphanumeric() || c == '-' => bytes.extend_from_slice(c.to_string().as_bytes()),
                c => return Err(format!("`{c}` does not belong into a key or value")),
            }
        }
        String::from_utf8(bytes).map_err(|_| "a key or value is not valid UTF-8".to_string())
    }

    fn run(&mut self) -> Read<Run> {
        if self.number()? != RUN_VERSION {
            return Err(format!("a link to a run begins with its version, {RUN_VERSION}, and a `~`"));
        }
        let mut engine = 1;
        if self.peek() == Some('.') {
            self.at += 1;
            engine = parse_engine(&self.number()?.to_string())?;
        }
        self.expect('~')?;
        let nodes = self.number()?;
        self.expect('~')?;
        let seed = self.number()?;
        let mut run = Run { engine, ..Run::new(WorldConfig { nodes, ..WorldConfig::default() }, seed) };
        if self.peek().is_some() {
            self.expect('~')?;
            self.settings(&mut run.config)?;
        }
        run.config.validate().map_err(|error| error.message)?;
        if self.peek().is_some() {
            self.expect('~')?;
            self.actions(&mut run.actions)?;
        }
        Ok(run)
    }

    fn settings(&mut self, config: &mut WorldConfig) -> Read<()> {
        while let Some(letter) = self.peek().filter(|&c| c != '~') {
            self.at += 1;
            let min_us = self.number()?;
            let mut max_us = min_us;
            if self.peek() == Some('-') {
                self.at += 1;
                max_us = self.number()?;
            }
            let span = Span { min_us, max_us };
            match letter {
                'T' => config.tick_us = min_us,
                'H' => config.heartbeat_us = min_us,
                'E' => config.election_us = span,
                'L' => config.latency_us = span,
                'S' => config.sync_us = min_us,
                'R' => config.retry_us = min_us,
                'C' => config.compact_bytes = min_us,
                'P' => config.pre_vote = min_us > 0,
                'A' => config.storage = if min_us == 0 { StorageLoop::Plain } else { StorageLoop::Async },
                'Q' => config.check_quorum = min_us > 0,
                'B' => config.batch = if min_us == 0 { Batch::Many } else { Batch::One },
                _ => return Err(format!("`{letter}` is no setting")),
            }
        }
        Ok(())
    }

    fn actions(&mut self, actions: &mut Vec<Timed>) -> Read<()> {
        let mut at_us: u64 = 0;
        while self.peek().is_some() {
            at_us = at_us.saturating_add(self.number()?);
            if at_us > TIME_MAX_US {
                return Err("this action is later than a run's end, 24 hours".to_string());
            }
            if actions.len() == ACTIONS_MAX {
                return Err(format!("a run has at most {ACTIONS_MAX} actions"));
            }
            let began = self.at;
            let text = self.action()?;
            let action = text.parse().map_err(|error: ParseError| {
                self.at = began;
                error.into_message()
            })?;
            actions.push(Timed { at_us, action });
        }
        Ok(())
    }

    /// One action, as its text.
    fn action(&mut self) -> Read<String> {
        let letter = self.take()?;
        if let Some((_, form)) = FORMS.iter().find(|(of, _)| *of == letter) {
            return self.filled(form);
        }
        match letter {
            'L' => {
                let text = self.filled("load c# =")?;
                Ok(text.strip_suffix(" 0ms").map(|load| format!("{load} off")).unwrap_or(text))
            }
            'A' => self.word(),
            'P' => self.groups(),
            'Q' => {
                let via = self.digit()?;
                let letter = self.take()?;
                Ok(format!("{} via n{via}", self.command(letter)?))
            }
            _ => self.command(letter),
        }
    }

    /// A form with what the link gives for it.
    fn filled(&mut self, form: &str) -> Read<String> {
        let mut text = String::new();
        for c in form.chars() {
            match c {
                '#' => text.push(self.digit()?),
                '=' => text.push_str(&Duration(self.ended_number()?).to_string()),
                '+' => text.push_str(&self.ended_number()?.to_string()),
                c => text.push(c),
            }
        }
        Ok(text)
    }

    fn ended_number(&mut self) -> Read<u64> {
        let number = self.number()?;
        self.expect('.')?;
        Ok(number)
    }

    fn groups(&mut self) -> Read<String> {
        let mut text = "partition ".to_string();
        let mut separator = "";
        loop {
            match self.take()? {
                '.' => return Ok(text),
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

    fn command(&mut self, letter: char) -> Read<String> {
        let (verb, words) = match letter {
            'S' => ("put", 2),
            'G' => ("get", 1),
            'J' => ("incr", 1),
            'K' => ("cas", 3),
            _ => {
                self.at -= 1;
                return Err(format!("`{letter}` is no action"));
            }
        };
        let mut text = format!("client c{} {verb}", self.digit()?);
        for _ in 0..words {
            text.push(' ');
            text.push_str(&self.word()?);
        }
        Ok(text)
    }
}

#[cfg(test)]
#[path = "link_tests.rs"]
mod tests;
