//! Naming messages: one by its name, `n1>n2.append.3`, or many by a pattern, `n1>*.append`, `*>n2`.

use std::fmt;

use super::{Endpoint, MessageId, ParcelKind};
use crate::words::{ParseError, Word, Words, quoted};

/// Which messages are meant. What is left open is `*`, or left out at the end.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub struct MessagePattern {
    /// Who sent it; `None` is anybody.
    pub from: Option<Endpoint>,
    /// For whom; `None` is anybody.
    pub to: Option<Endpoint>,
    /// Its kind; `None` is any.
    pub kind: Option<ParcelKind>,
    /// The how-manieth of its kind on its way, from 1; `None` is all. Then the other three are not open.
    pub ordinal: Option<u32>,
}

impl MessagePattern {
    /// Whether a message is meant.
    #[must_use]
    pub fn matches(&self, id: &MessageId) -> bool {
        self.from.is_none_or(|from| from == id.from)
            && self.to.is_none_or(|to| to == id.to)
            && self.kind.is_none_or(|kind| kind == id.kind)
            && self.ordinal.is_none_or(|ordinal| ordinal == id.ordinal)
    }

    /// Reads the next word as a pattern.
    pub(crate) fn read(words: &mut Words<'_>) -> Result<MessagePattern, ParseError> {
        let word = words.expect("a message, such as n1>n2.append.3 or n1>*.append,")?;
        let wrong = |part: &str| {
            let message = format!("{} names no message: n1>n2.append.3 is one, n1>*.append are many", quoted(part));
            words.error(word, message)
        };
        let mut parts = word.text.split('.');
        let way = parts.next().unwrap_or_default();
        let (from, to) = way.split_once('>').ok_or_else(|| wrong(word.text))?;
        let (from, to) = (endpoint(words, word, from)?, endpoint(words, word, to)?);
        let kind = match parts.next() {
            None | Some("*") => None,
            Some(text) => {
                let found = ParcelKind::ALL.into_iter().find(|kind| kind.to_string() == text);
                Some(found.ok_or_else(|| wrong(text))?)
            }
        };
        let ordinal = match parts.next() {
            None => None,
            Some(text) => {
                let plain = text.len() <= 9 && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
                Some(text.parse().ok().filter(|_| plain).ok_or_else(|| wrong(text))?)
            }
        };
        let is_open = from.is_none() || to.is_none() || kind.is_none();
        if parts.next().is_some() || ordinal.is_some() && is_open {
            return Err(wrong(word.text));
        }
        Ok(MessagePattern { from, to, kind, ordinal })
    }
}

fn endpoint(words: &Words<'_>, whole: Word<'_>, text: &str) -> Result<Option<Endpoint>, ParseError> {
    let part = Words::part(whole, text);
    match text {
        "*" => Ok(None),
        _ if text.starts_with('c') => Ok(Some(Endpoint::Client(words.client_of(part)?))),
        _ => Ok(Some(Endpoint::Node(words.node_of(part)?))),
    }
}

impl fmt::Display for MessagePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let open = |end: Option<Endpoint>| end.map_or_else(|| "*".to_string(), |end| end.to_string());
        write!(f, "{}>{}", open(self.from), open(self.to))?;
        self.kind.map_or(Ok(()), |kind| write!(f, ".{kind}"))?;
        self.ordinal.map_or(Ok(()), |ordinal| write!(f, ".{ordinal}"))
    }
}

impl From<MessageId> for MessagePattern {
    fn from(id: MessageId) -> MessagePattern {
        let MessageId { from, to, kind, ordinal } = id;
        MessagePattern { from: Some(from), to: Some(to), kind: Some(kind), ordinal: Some(ordinal) }
    }
}
