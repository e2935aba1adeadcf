//! The wasm binding: one `Session`, action text in, one typed view model out. It knows no rule of Raft or of the world.
//!
//! - `session.rs`: the object JavaScript holds, and `time_travel.rs`: how it moves along a run;
//! - `view.rs`: what the page draws, and `feed.rs`: what happened, as facts for sentences; TypeScript types are generated from both;
//! - `project.rs`: fills them from the world's public state, and `plain.rs`: writes them;
//! - `error.rs`, `panic.rs`, `seed.rs`, `clock.rs`: the few places that touch JavaScript.

mod clock;
mod error;
pub mod feed;
mod panic;
pub mod plain;
mod project;
mod seed;
mod session;
mod time_travel;
pub mod view;

pub use panic::{last_panic, start};
pub use session::Session;
