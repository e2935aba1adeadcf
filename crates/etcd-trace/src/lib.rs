//! etcd's raft state traces: one JSON object a line, as `go.etcd.io/raft` writes them when it is built with `with_tla`, for
//! etcd's TLA+ specification to check.
//!
//! * [`Recorder`] turns what was seen of our cores ([`raftarium_sim::watch`]) into such lines.
//! * [`import`] turns such lines into a run: each election, message, proposal and restart becomes an action at its time.
//! * [`event`] is the format, and its limits.
//!
//! The world knows no JSON; this crate knows it, and the world. It knows no files.

mod ahead;
pub mod event;
mod import;
mod replay;
mod write;

pub use event::{Event, Stamped, TraceError, read};
pub use import::{Imported, NOTES_MAX, Note, import};
pub use write::Recorder;
