//! The wasm binding: one `Session`, action text in, one typed view model out. It knows no rule of Raft or of the world.
//!
//! - `view.rs`: what the page draws; its TypeScript types are generated from it.
//! - `feed.rs`: what happened, as facts for sentences.

pub mod feed;
pub mod view;
