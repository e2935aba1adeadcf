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
#[cfg(all(test, target_arch = "wasm32"))]
#[path = "../tests/wasm.rs"]
mod wasm_tests;

pub use panic::{last_panic, start};
pub use session::Session;

/// The allocator of the module: a sixth of the standard one's code, and as quick.
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
#[global_allocator]
static ALLOCATOR: rlsf::GlobalTlsf<Small> = rlsf::GlobalTlsf::new();

/// Without a `realloc` of its own; memory that grows stays one piece.
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
struct Small;

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
impl rlsf::GlobalTlsfOptions for Small {
    const ENABLE_REALLOCATION: bool = false;
}
