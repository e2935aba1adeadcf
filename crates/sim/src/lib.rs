//! The deterministic world around a real Raft core: time, network, disks, clients, a replicated store, and checkers.
//!
//! **A run = settings + seed + a list of (time, action).** Everything else follows from it, on every machine, natively and in
//! wasm. A run is a text:
//!
//! ```
//! use raftarium_sim::{Run, Timeline};
//!
//! let run = Run::parse(
//!     "raftarium 1
//!      nodes 3
//!      seed 7
//!      @500ms client c1 put x 1      # ask the cluster for something
//!      @1s partition n1 | n2,n3      # an island
//!      @2s heal",
//! )?;
//! let mut timeline = Timeline::new(run)?;
//! timeline.advance_to(600_000);
//!
//! // A person acts: it becomes part of the run.
//! let leader = timeline.world().leader().expect("600 ms are enough for an election").id();
//! timeline.act(format!("crash n{leader}").parse()?)?;
//! timeline.advance_to(3_000_000);
//!
//! let world = timeline.world();
//! assert!(world.leader().is_some_and(|node| node.id() != leader));
//! assert!(world.nodes().iter().filter_map(|node| node.store()).all(|store| store.get("x") == Some("1")));
//! assert!(world.violations().is_empty());
//! println!("share it: #{}", timeline.run().to_link());
//! for record in world.trace().iter() {
//!     println!("{record}");
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The rooms
//! | read | for |
//! |---|---|
//! | [`node`] | **the Ready loop**: inbox, step, Ready, write, sync, send, apply, advance. Start here |
//! | [`action`], [`run`], [`command`] | the one vocabulary, its text, its limits |
//! | [`world`] | the event queue, doing actions, what follows after each event |
//! | [`network`], [`Disk`], [`client`], [`store`] | what a node lives with |
//! | [`checks`] | the properties of Figure 3 and five more, one file each, after every event |
//! | [`liveness`] | since when nothing goes forward, and why: notes, not violations |
//! | [`rules`] | the rules that can be broken, to see the checkers catch it |
//! | [`trace`] | what is worth seeing, as records |
//! | [`timeline`] | a run being played, back and forth, with branches |
//! | [`scene`] | prepared runs that wait for conditions, each a test of itself |
//! | [`chaos`] | random runs full of faults |
//! | `fuzz` | the search for runs that show what a broken rule costs, and their shrinking |
//! | [`watch`] | what the cores are given and hand out, call by call |
//!
//! # What is simulated, and how
//! * Time is whole microseconds in a `u64`; one queue, in (time, order of scheduling). A node's clock ticks every `tick` from
//!   a random phase on; only the core counts ticks.
//! * A message takes a random time within `latency`; those of one direction of a link arrive in order. On a cut link a message
//!   is lost, and so is one that is under way when the link is cut. A link can be made slow, lossy, doubling, reordering; one
//!   message, or all of a pattern, can be held, released, dropped, duplicated and delivered.
//! * A disk syncs for `sync` after each write of term, vote or entries. The node takes nothing from its inbox meanwhile, unless
//!   its `storage` is `async`: then it goes on, and what it promises leaves when the disk has it. A crash loses what was
//!   written and not synced.
//! * A snapshot is the store with its sessions. A node makes one when it is told to, or when what it has applied since the last
//!   one outgrows `compact`; it drops that part of its log, and sends the snapshot to whoever needs what is gone. The transport
//!   tells it whether the snapshot arrived.
//! * A frozen process stands still, clock and all; its inbox fills and its disk finishes.
//! * A client asks one node at a time, follows hints, waits `retry` for an answer, and numbers its commands, so that a retry
//!   takes effect once. It asks by hand, at an interval (`load`), or in a closed loop (`loop`): again when it was answered.
//!
//! # What never happens here
//! No floating point, no hash maps, no clock, no thread, no randomness from outside: see [`rng`]. No panic on anything a
//! person can type: `Result` for that, [`checks::Violation`] for a broken property of Raft, `assert!` for our own bugs.
//!
//! # Limits
//! Nodes 1..=9 and clients c1..c99 ([`names`]); text of a run 1 MiB and 10,000 actions ([`run`]); a link 64 KiB; keys and values
//! 64 bytes ([`command`]); 24 simulated hours ([`time`]); settings up to 10 s and 1 MB ([`config`]); 1,000 waiting commands a client
//! ([`client`]); 4,096 items in an inbox ([`node`]);
//! 4,096 messages in flight ([`network`]); the latest 16,384 records ([`trace`]); 40,000 actions in
//! a session with all its branches ([`timeline`]).

mod act_error;
pub mod action;
pub mod chaos;
pub mod checks;
mod chunks;
pub mod client;
pub mod command;
pub mod config;
pub mod digest;
mod disk;
mod event;
mod fingerprint;
#[cfg(feature = "search")]
pub mod fuzz;
mod link;
pub mod liveness;
pub mod names;
pub mod network;
pub mod node;
pub mod rng;
pub mod rules;
pub mod run;
pub mod scene;
pub mod schedule;
mod sorted;
pub mod store;
mod sure;
pub mod time;
pub mod timeline;
pub mod trace;
mod trace_text;
pub mod watch;
mod words;
pub mod world;

pub use act_error::ActError;
pub use action::Action;
pub use config::WorldConfig;
pub use disk::Disk;
pub use link::LINK_BYTES_MAX;
pub use run::{Run, Timed};
pub use scene::Scene;
pub use timeline::Timeline;
pub use words::{Fault, ParseError};
pub use world::World;

/// The examples of the two READMEs, as tests.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
#[doc = include_str!("../../../README.zh-CN.md")]
mod readme {}
