//! What the log holds: positions, payloads, entries, and the cheap lists of entries that messages carry.
//!
//! Nothing here knows a rule of Raft, except one that is an order: see [`Position`].

use alloc::{sync::Arc, vec::Vec};
use core::{fmt, hash::Hash, hash::Hasher, ops::Deref};

use crate::configuration::ConfChange;

/// A node's name. 1 and up; 0 is never a node.
pub type NodeId = u64;
/// A term of Raft's logical clock (§5.1). 0 is the term before any election.
pub type Term = u64;
/// A place in the log, counted from 1 (§5.3). 0 is the place before the first entry.
pub type Index = u64;

/// Where an entry is: its (term, index).
///
/// The derived `Ord` compares the term first and the index second. That is exactly the up-to-date rule of §5.4.1:
/// a voter may grant its vote only to a candidate whose last position is `>=` its own.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Position {
    /// The term in which a leader created the entry.
    pub term: Term,
    /// The entry's index.
    pub index: Index,
}

impl Position {
    /// The position before the first entry of every log.
    pub const ORIGIN: Position = Position { term: 0, index: 0 };

    /// The position of `index` in `term`.
    pub const fn new(term: Term, index: Index) -> Position {
        Position { term, index }
    }
}

/// Bytes of a command, uninterpreted. Cloning never allocates: up to 16 bytes live inside the value, longer ones are
/// shared.
#[derive(Clone)]
pub struct Payload(Bytes);

const INLINE_BYTES_MAX: usize = 16;

#[derive(Clone)]
enum Bytes {
    Inline([u8; INLINE_BYTES_MAX], InlineLen),
    Shared(Arc<[u8]>),
}

/// How many of the inline bytes count. It fills a word, and the values it cannot have tell the enums around it apart: so an
/// entry stays five words, and is copied as words. What is copied in odd pieces stalls whoever reads it next.
#[derive(Copy, Clone)]
#[repr(u64)]
#[rustfmt::skip]
enum InlineLen { L0, L1, L2, L3, L4, L5, L6, L7, L8, L9, L10, L11, L12, L13, L14, L15, L16 }

impl InlineLen {
    #[rustfmt::skip]
    const ALL: [InlineLen; INLINE_BYTES_MAX + 1] = {
        use InlineLen::*;
        [L0, L1, L2, L3, L4, L5, L6, L7, L8, L9, L10, L11, L12, L13, L14, L15, L16]
    };
}

impl Payload {
    /// No bytes.
    pub const EMPTY: Payload = Payload(Bytes::Inline([0; INLINE_BYTES_MAX], InlineLen::L0));
}

impl Default for Payload {
    fn default() -> Self {
        Payload::EMPTY
    }
}

impl From<&[u8]> for Payload {
    fn from(from: &[u8]) -> Self {
        let Some(&len) = InlineLen::ALL.get(from.len()) else { return Payload(Bytes::Shared(from.into())) };
        let mut bytes = [0; INLINE_BYTES_MAX];
        bytes[..from.len()].copy_from_slice(from);
        Payload(Bytes::Inline(bytes, len))
    }
}

impl From<Vec<u8>> for Payload {
    fn from(from: Vec<u8>) -> Self {
        Payload::from(from.as_slice())
    }
}

impl From<&str> for Payload {
    fn from(from: &str) -> Self {
        Payload::from(from.as_bytes())
    }
}

impl Deref for Payload {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.0 {
            Bytes::Inline(bytes, len) => &bytes[..*len as usize],
            Bytes::Shared(bytes) => bytes,
        }
    }
}

impl PartialEq for Payload {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Payload {}

impl Hash for Payload {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.escape_ascii())
    }
}

/// What an entry says. Commands come first: an entry is copied a dozen times on its way through a cluster, and each time it is
/// asked which of these it is.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Body {
    /// A command of the replicated state machine.
    Command(Payload),
    /// Nothing: the entry that a new leader appends so that it can commit its predecessors' entries (§8), or what
    /// became of a refused configuration change.
    Noop,
    /// A change of the cluster's configuration (§6).
    ConfChange(Arc<ConfChange>),
}

/// One entry of the log (§5.3).
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Entry {
    /// The term in which a leader created the entry.
    pub term: Term,
    /// The entry's place in the log, from 1.
    pub index: Index,
    /// What it says.
    pub body: Body,
}

impl Entry {
    /// Bytes that each entry costs beside its payload, in every size limit that counts whole entries.
    pub const HEADER_BYTES: u64 = 16;

    /// (term, index).
    pub fn position(&self) -> Position {
        Position { term: self.term, index: self.index }
    }

    /// Bytes of the payload alone: what the uncommitted-size limit and the in-flight limit count.
    pub fn payload_bytes(&self) -> u64 {
        match &self.body {
            Body::Noop => 0,
            Body::Command(payload) => payload.len() as u64,
            Body::ConfChange(change) => change.payload_bytes(),
        }
    }

    /// Bytes of the whole entry: what the limits of a message and of a Ready count.
    pub fn size_bytes(&self) -> u64 {
        Self::HEADER_BYTES + self.payload_bytes()
    }
}

/// How many of the first entries fit into `bytes_max` together, and their bytes; nothing is counted without a limit.
#[inline]
pub(crate) fn prefix_within(entries: &[Entry], bytes_max: u64) -> (usize, u64) {
    if bytes_max == u64::MAX {
        return (entries.len(), 0);
    }
    let mut total = 0;
    for (len, entry) in entries.iter().enumerate() {
        let with = total + entry.size_bytes();
        if with > bytes_max {
            return (len, total);
        }
        total = with;
    }
    (entries.len(), total)
}

/// An immutable list of entries that is cheap to make, to move and to clone: none and one entry need no allocation,
/// more share one. Derefs to `[Entry]`.
#[derive(Clone, Default)]
pub struct Entries(List);

#[derive(Clone, Default)]
enum List {
    #[default]
    Empty,
    One(Entry),
    Many(Arc<[Entry]>),
}

impl Entries {
    /// No entries.
    pub const EMPTY: Entries = Entries(List::Empty);
}

impl Deref for Entries {
    type Target = [Entry];

    fn deref(&self) -> &[Entry] {
        match &self.0 {
            List::Empty => &[],
            List::One(entry) => core::slice::from_ref(entry),
            List::Many(entries) => entries,
        }
    }
}

impl From<Entry> for Entries {
    fn from(entry: Entry) -> Self {
        Entries(List::One(entry))
    }
}

impl From<&[Entry]> for Entries {
    #[inline]
    fn from(entries: &[Entry]) -> Self {
        match entries {
            [] => Entries::EMPTY,
            [entry] => Entries(List::One(entry.clone())),
            many => Entries(List::Many(many.into())),
        }
    }
}

impl From<Vec<Entry>> for Entries {
    fn from(entries: Vec<Entry>) -> Self {
        Entries::from(entries.as_slice())
    }
}

impl FromIterator<Entry> for Entries {
    fn from_iter<I: IntoIterator<Item = Entry>>(iter: I) -> Self {
        Entries::from(iter.into_iter().collect::<Vec<_>>())
    }
}

impl<'a> IntoIterator for &'a Entries {
    type Item = &'a Entry;
    type IntoIter = core::slice::Iter<'a, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl PartialEq for Entries {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Entries {}

impl Hash for Entries {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl fmt::Debug for Entries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_order_by_term_before_index_as_in_5_4_1() {
        assert!(Position::new(2, 1) > Position::new(1, 9));
        assert!(Position::new(2, 3) > Position::new(2, 2));
        assert_eq!(Position::default(), Position::ORIGIN);
    }

    #[test]
    fn payloads_of_every_length_read_back_what_was_written() {
        for len in 0..64 {
            let bytes: Vec<u8> = (0..len).collect();
            let payload = Payload::from(bytes.clone());
            assert_eq!(&*payload, &bytes[..]);
            assert_eq!(payload.clone(), payload);
        }
    }

    #[test]
    fn lists_of_entries_are_equal_when_their_entries_are() {
        let entry = |index| Entry { term: 1, index, body: Body::Noop };
        for len in 0..4 {
            let list: Entries = (1..=len).map(entry).collect();
            assert_eq!(list, list.iter().cloned().collect::<Entries>());
            assert_ne!(list, (1..=len + 1).map(entry).collect::<Entries>());
            assert_eq!(std::format!("{list:?}"), std::format!("{:?}", &list[..]));
        }
    }

    #[test]
    fn a_payload_is_shown_as_text_with_escapes() {
        assert_eq!(std::format!("{:?}", Payload::from(&b"put x\n"[..])), r#""put x\n""#);
    }

    #[test]
    fn an_entry_is_five_words_and_lists_of_one_allocate_nothing() {
        assert_eq!(size_of::<Payload>(), 24);
        assert_eq!(size_of::<Entry>(), 40);
        assert_eq!(size_of::<Entries>(), 40);
    }
}
