//! The lines: their fields as etcd names them, reading them with the place of a fault, writing them.
//!
//! A line is `{"tag":"trace","ts":1718271673.27,"event":{...}}` as etcd's logger writes it, possibly behind some other text,
//! or the event alone. Lines with another tag belong to the rest of the log and are passed over.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A trace has at most this many bytes: 16 MiB.
pub const TRACE_BYTES_MAX: usize = 1 << 24;
/// A line has at most this many bytes: 64 KiB.
pub const LINE_BYTES_MAX: usize = 1 << 16;

/// What is wrong with a trace, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TraceError {
    /// The line, from 1.
    pub line: usize,
    /// The column in bytes, from 1.
    pub column: usize,
    /// A sentence that names the fault.
    pub message: String,
}

impl fmt::Display for TraceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for TraceError {}

/// A node's name in a trace: a decimal number in quotes. 0 is nobody.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Id(pub u64);

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Id, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || serde::de::Error::custom("a node's id is a decimal number in quotes, such as \"1\"");
        text.parse().map(Id).map_err(|_| wrong())
    }
}

/// One event of one node.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Event {
    /// What happened.
    pub name: Name,
    /// The node.
    pub nid: Id,
    /// What it must not forget.
    pub state: State,
    /// Its role.
    pub role: RoleName,
    /// The last index of its log.
    pub log: u64,
    /// The voters, and in a joint configuration the outgoing ones.
    #[serde(default)]
    pub conf: [Vec<Id>; 2],
    /// The message that was sent or received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub msg: Option<Msg>,
    /// What belongs to the event besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prop: Option<Prop>,
}

/// Names of events. Those that only another version knows are `Other`.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[allow(missing_docs)] // etcd's words
pub enum Name {
    InitState,
    BecomeCandidate,
    BecomeFollower,
    BecomeLeader,
    Commit,
    Replicate,
    ChangeConf,
    ApplyConfChange,
    /// A node's first configuration is in place (rafttest).
    Bootstrap,
    Ready,
    SendAppendEntriesRequest,
    ReceiveAppendEntriesRequest,
    SendAppendEntriesResponse,
    ReceiveAppendEntriesResponse,
    SendRequestVoteRequest,
    ReceiveRequestVoteRequest,
    SendRequestVoteResponse,
    ReceiveRequestVoteResponse,
    SendSnapshot,
    ReceiveSnapshot,
    #[serde(other)]
    Other,
}

/// Names of roles.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[allow(missing_docs)] // etcd's words
pub enum RoleName {
    StateFollower,
    StatePreCandidate,
    StateCandidate,
    StateLeader,
}

/// Term, vote and commit index.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[allow(missing_docs)] // as in Figure 2
pub struct State {
    pub term: u64,
    pub vote: Id,
    pub commit: u64,
}

/// A message.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Msg {
    /// Its name, such as `MsgApp`.
    pub r#type: String,
    /// The sender's term.
    pub term: u64,
    /// Who sent it.
    pub from: Id,
    /// For whom.
    pub to: Id,
    /// How many entries it carries; of a snapshot its last index.
    #[serde(default)]
    pub entries: u64,
    /// The term at `index`.
    #[serde(default)]
    pub log_term: u64,
    /// The index before the entries, of the candidate's last entry, or up to which logs agree.
    #[serde(default)]
    pub index: u64,
    /// The sender's commit index.
    #[serde(default)]
    pub commit: u64,
    /// Always 0 in the messages that are traced.
    #[serde(default)]
    pub vote: Id,
    /// Whether it says no.
    #[serde(default)]
    pub reject: bool,
    /// Where the leader may try again.
    #[serde(default)]
    pub reject_hint: u64,
}

/// What belongs to an event besides.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Prop {
    /// A change of the configuration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cc: Option<Change>,
    /// The leader's own match index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub r#match: Option<u64>,
    /// The leader's own next index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
}

/// A change of the configuration.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Change {
    /// What is proposed, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<SingleChange>,
    /// The voters from now on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub newconf: Vec<Id>,
}

/// One step of a change of the configuration.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SingleChange {
    /// The node that it is about.
    pub nid: Id,
    /// `AddNewServer`, `AddLearner` or `RemoveServer`.
    pub action: String,
}

/// An event with its place and time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stamped {
    /// Its line in the trace, from 1.
    pub line: usize,
    /// µs since some moment; `None` if the line does not say.
    pub at_us: Option<u64>,
    /// The event.
    pub event: Event,
}

#[derive(Deserialize)]
struct Line {
    tag: Option<String>,
    ts: Option<serde_json::Value>,
    event: Option<Event>,
}

/// Reads a trace.
///
/// # Errors
/// The first fault, with its line and column: a line that is no event, a field that is missing or of the wrong kind, more
/// than [`TRACE_BYTES_MAX`] or [`LINE_BYTES_MAX`] bytes.
pub fn read(text: &str) -> Result<Vec<Stamped>, TraceError> {
    if text.len() > TRACE_BYTES_MAX {
        let message = format!("the trace has {} bytes; it may have {TRACE_BYTES_MAX}", text.len());
        return Err(TraceError { line: 1, column: 1, message });
    }
    let mut events = Vec::new();
    for (line, text) in (1..).zip(text.lines()) {
        if text.trim().is_empty() {
            continue;
        }
        events.extend(
            read_line(text)
                .map_err(|(column, message)| TraceError { line, column, message })?
                .map(|(at_us, event)| Stamped { line, at_us, event }),
        );
    }
    Ok(events)
}

type Fault = (usize, String);

fn read_line(text: &str) -> Result<Option<(Option<u64>, Event)>, Fault> {
    if text.len() > LINE_BYTES_MAX {
        return Err((1, format!("the line has {} bytes; it may have {LINE_BYTES_MAX}", text.len())));
    }
    // A logger may have written something of its own before the object, though nothing in quotes.
    let start = text.find(['{', '"']).filter(|&at| text.as_bytes()[at] == b'{');
    let start = start.ok_or_else(|| (1, "this is no JSON object".to_string()))?;
    let object = &text[start..];
    let fault = |error: serde_json::Error| {
        let sentence = error.to_string();
        let sentence = sentence.split(" at line ").next().unwrap_or_default().to_string();
        (start + error.column().max(1), sentence)
    };
    let line: Line = serde_json::from_str(object).map_err(fault)?;
    match (line.tag.as_deref(), line.event) {
        (Some("trace") | None, Some(event)) => Ok(Some((line.ts.as_ref().and_then(micros), event))),
        (Some("trace"), None) => Err((start + 1, "the event is missing".to_string())),
        (Some(_), _) => Ok(None),
        (None, None) => serde_json::from_str(object).map(|event| Some((None, event))).map_err(fault),
    }
}

/// A time stamp in seconds, as µs; none if it is a text or makes no sense.
fn micros(ts: &serde_json::Value) -> Option<u64> {
    let us = ts.as_f64()? * 1e6;
    (0.0..1e18).contains(&us).then_some(us.round() as u64)
}

/// Writes a line, without its end.
#[must_use]
pub fn line(at_us: u64, event: &Event) -> String {
    let event = serde_json::to_string(event).expect("an event has only texts and numbers");
    format!("{{\"tag\":\"trace\",\"ts\":{}.{:06},\"event\":{event}}}", at_us / 1_000_000, at_us % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENT: &str = r#"{"name":"Ready","nid":"2","state":{"term":3,"vote":"0","commit":4},"role":"StateLeader","log":5,"conf":[["1","2"],[]]}"#;

    #[test]
    fn a_line_is_read_with_and_without_what_the_logger_adds() {
        let bare = read(EVENT).unwrap().remove(0);
        assert_eq!((bare.line, bare.at_us, bare.event.nid), (1, None, Id(2)));
        let logged = format!("\n12:03 log.go: {{\"level\":\"debug\",\"ts\":12.5,\"tag\":\"trace\",\"event\":{EVENT}}}");
        let logged = read(&logged).unwrap().remove(0);
        assert_eq!((logged.line, logged.at_us, &logged.event), (2, Some(12_500_000), &bare.event));
        let again = read(&line(12_500_000, &logged.event)).unwrap().remove(0);
        assert_eq!((again.at_us, again.event), (logged.at_us, logged.event));
        assert_eq!(read(r#"{"tag":"other","msg":"x"}"#).unwrap(), []);
    }

    #[test]
    fn faults_are_named_with_their_line_and_column() {
        let long = format!("{{\"x\":\"{}\"}}", "y".repeat(LINE_BYTES_MAX));
        let deep = "{\"ts\":".to_string() + &"[".repeat(1_000);
        for (text, line, column, part) in [
            ("\nhello", 2, 1, "no JSON object"),
            ("\"{\"", 1, 1, "no JSON object"),
            ("{\"tag\":\"trace\"}", 1, 1, "the event is missing"),
            (&EVENT[..40], 1, 40, "EOF"),
            (&EVENT.replace("\"nid\":\"2\",", ""), 1, 108, "missing field `nid`"),
            (&EVENT.replace("\"2\",\"state\"", "2,\"state\""), 1, 23, "expected a string"),
            (&EVENT.replace("\"nid\":\"2\"", "\"nid\":\"two\""), 1, 27, "a decimal number in quotes"),
            (&EVENT.replace("\"log\":5", "\"log\":-5"), 1, 96, "invalid value"),
            (&EVENT.replace("StateLeader", "StateKing"), 1, 85, "unknown variant `StateKing`"),
            (&long, 1, 1, "65536"),
            (&deep, 1, 133, "recursion limit"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.message.contains(part), "{text}: {error}");
            assert_eq!((error.line, error.column), (line, column), "{error}");
        }
    }
}
