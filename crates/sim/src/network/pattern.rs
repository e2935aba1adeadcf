//! Naming messages: one by its name, `n1>n2.append.3`, or many by a pattern, `n1>*.append`, `*>n2`.

use std::fmt;

use super::{Endpoint, MessageId, ParcelKind};
use crate::sure::sure;
use crate::words::{Word, Words, plain_number, quoted};

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
    pub(crate) fn read(words: &mut Words<'_>) -> MessagePattern {
        let word = words.expect("a message, such as n1>n2.append.3 or n1>*.append,");
        let mut parts = word.text.split('.');
        let way = parts.next().unwrap_or_default();
        let mut wrong = if way.find('>').is_none() { Some(word.text) } else { None };
        let (from, to) = way.split_once('>').unwrap_or(("*", "*"));
        let (from, to) = (endpoint(words, word, from), endpoint(words, word, to));
        let mut kind = None;
        if let Some(text) = parts.next().filter(|&text| text != "*") {
            kind = ParcelKind::ALL.into_iter().find(|kind| kind.to_string() == text);
            wrong = wrong.or(kind.is_none().then_some(text));
        }
        let mut ordinal = None;
        if let Some(text) = parts.next() {
            let plain = text.len() <= 9 && !text.starts_with('0');
            let number = plain_number(text).filter(|_| plain);
            ordinal = number.map(|number| sure(u32::try_from(number), "nine digits"));
            wrong = wrong.or(ordinal.is_none().then_some(text));
        }
        let is_open = from.is_none() || to.is_none() || kind.is_none();
        if parts.next().is_some() || ordinal.is_some() && is_open {
            wrong = wrong.or(Some(word.text));
        }
        if let Some(part) = wrong {
            let example = "names no message: n1>n2.append.3 is one, n1>*.append are many";
            words.fail(word, format!("{} {example}", quoted(part)));
        }
        MessagePattern { from, to, kind, ordinal }
    }
}

fn endpoint(words: &mut Words<'_>, whole: Word<'_>, text: &str) -> Option<Endpoint> {
    if text == "*" {
        return None;
    }
    let part = Words::part(whole, text);
    Some(match text.starts_with('c') {
        true => Endpoint::Client(words.client_of(part)),
        false => Endpoint::Node(words.node_of(part)),
    })
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
