//! What the lens tells, as plain data. TypeScript types are generated from this file.
//!
//! Times are simulated µs, ids are the words a person types (`n1`, `c1`), names of messages are those of the page's view model.

use serde::Serialize;
use tsify::Tsify;

/// What was gathered since the last time it was asked for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Told {
    /// Up to when everything is told.
    pub until_us: u64,
    /// Messages whose way has ended.
    pub passages: Vec<Passage>,
    /// Messages on their way at `until_us`: they are told again until they end.
    pub flying: Vec<Passage>,
    /// Changes of how nodes stand.
    pub stands: Vec<Stand>,
    /// Turns of the story.
    pub marks: Vec<Mark>,
    /// Readys, one turn of a node's loop each.
    pub rounds: Vec<Round>,
    /// Syncs that ended.
    pub syncs: Vec<Sync>,
}

/// How a message's way ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum End {
    /// It arrived.
    Arrived,
    /// It never will.
    Lost,
    /// It is on its way.
    Flying,
    /// Somebody holds it.
    Held,
}

/// A message from leaving to end.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Passage {
    /// Its name, unique in the run: `n1>n2.append.3`.
    pub id: String,
    /// When it left.
    pub sent_us: u64,
    /// When it ended; when it is due, of one on its way.
    pub end_us: u64,
    /// How.
    pub end: End,
    /// What it says.
    pub card: Card,
}

/// A message's content: the fields of its kind are filled.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// The page's name of its kind, such as `appendEntries`.
    #[tsify(type = "import('../web/src/model').MessageKind")]
    pub kind: &'static str,
    /// Who sent it.
    pub from: String,
    /// For whom.
    pub to: String,
    /// The sender's term; 0 of clients' messages.
    pub term: u64,
    /// The entries it carries.
    pub entries: Vec<EntryCard>,
    /// The place they follow.
    pub prev: Option<Place>,
    /// The candidate's last entry.
    pub last: Option<Place>,
    /// The leader's commit index.
    pub commit: Option<u64>,
    /// The index that an answer confirms, or refuses.
    pub match_index: Option<u64>,
    /// A vote's answer.
    pub granted: Option<bool>,
    /// Whether an append was refused, or a client sent elsewhere.
    pub rejected: Option<bool>,
    /// A client's command.
    pub command: Option<String>,
}

/// (term, index) of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// Term of the entry.
    pub term: u64,
    /// Index of the entry.
    pub index: u64,
}

/// An entry on its way, or handed out.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct EntryCard {
    /// Its index.
    pub index: u64,
    /// Its term.
    pub term: u64,
    /// The command as typed; empty of an entry without one.
    pub command: String,
}

/// How a node stands from a moment on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Stand {
    /// From when.
    pub at_us: u64,
    /// The node.
    pub node: String,
    /// False between crash and restart.
    pub up: bool,
    /// Its process stands still.
    pub frozen: bool,
    /// The page's name of its role.
    #[tsify(type = "import('../web/src/model').RoleView")]
    pub role: &'static str,
    /// Its term.
    pub term: u64,
}

/// What kind of turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum MarkKind {
    /// Somebody acted; `text` is the action.
    Acted,
    /// An election timer ran out.
    TimedOut,
    /// A leader's commit index rose, by its own count.
    Committed,
    /// A follower removed entries from `index` on.
    Truncated,
    /// A client sent a command: `text`; `index` counts how often, from 1.
    Asked,
    /// A node told it that it does not lead.
    Redirected,
    /// It got its answer: `text`.
    Answered,
    /// It gave up waiting.
    GaveUp,
    /// A theorem fell.
    Fell,
}

/// A turn of the story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Mark {
    /// When.
    pub at_us: u64,
    /// What.
    pub kind: MarkKind,
    /// The node or client; empty when it is about all.
    pub who: String,
    /// The node that a client spoke with; empty of all else.
    pub with: String,
    /// The entry's term, where there is one.
    pub term: u64,
    /// The entry's index, where there is one.
    pub index: u64,
    /// More, as typed.
    pub text: String,
}

/// What a node's loop took from its inbox.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ItemCard {
    /// Its clock ticked.
    Tick,
    /// A message.
    Message {
        /// Which.
        card: Card,
    },
    /// A client's command.
    Request {
        /// The client.
        client: String,
        /// What it asks.
        command: String,
    },
    /// A command by a person's hand.
    Word {
        /// What it says.
        command: String,
    },
    /// Its timer was made to run out.
    Campaign,
}

/// How a core stood: before the item was taken, or after it was.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct CoreStand {
    /// The page's name of its role.
    #[tsify(type = "import('../web/src/model').RoleView")]
    pub role: &'static str,
    /// Its term.
    pub term: u64,
    /// Its vote in that term.
    pub voted_for: Option<String>,
    /// Its commit index.
    pub commit: u64,
    /// The last index of its log.
    pub last_index: u64,
}

/// A Ready that changed who leads or what the node is.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct SoftCard {
    /// The leader it knows of.
    pub leader: Option<String>,
    /// Its own role.
    #[tsify(type = "import('../web/src/model').RoleView")]
    pub role: &'static str,
}

/// What a Ready asks to be written besides entries.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct HardCard {
    /// Its term.
    pub term: u64,
    /// Its vote in that term.
    pub voted_for: Option<String>,
    /// Its commit index.
    pub commit: u64,
}

/// One turn of a node's loop: what it took, and the Ready that came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Round {
    /// Its number in the run, from 0.
    pub seq: u32,
    /// The node.
    pub node: String,
    /// When.
    pub at_us: u64,
    /// What it took; null when the Ready follows on another one.
    pub took: Option<ItemCard>,
    /// What was left in its inbox.
    pub waiting: Vec<ItemCard>,
    /// How the core stood before.
    pub before: CoreStand,
    /// How it stands now.
    pub after: CoreStand,
    /// The new soft state.
    pub soft: Option<SoftCard>,
    /// The new hard state.
    pub hard: Option<HardCard>,
    /// Entries to write.
    pub entries: Vec<EntryCard>,
    /// The last index of a snapshot to write.
    pub snapshot: Option<u64>,
    /// Whether the writes must be synced before what promises them leaves.
    pub must_sync: bool,
    /// Messages that leave at once.
    pub messages: Vec<Card>,
    /// Messages that wait for the disk.
    pub held_back: Vec<Card>,
    /// The node's own answers to itself, which wait for the disk too: its vote, or the last index it appended.
    pub own_vote: bool,
    /// See `own_vote`.
    pub own_append: Option<u64>,
    /// Committed entries to apply.
    pub committed: Vec<EntryCard>,
    /// Reads that became answerable.
    pub reads: u32,
}

/// A sync that ended: the Ready in hand of this node is done with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Sync {
    /// When.
    pub at_us: u64,
    /// The node.
    pub node: String,
}
