//! Holds [`raft_core`] against etcd's interaction transcripts, byte for byte.
//!
//! A transcript is a play: commands to a few nodes, and all that the nodes say to them, log lines included. etcd keeps
//! 28 of them in the folder `testdata/` of etcd-io/raft. This crate drives our core through their commands and prints
//! what our core decides and asks for in etcd's words. The core knows nothing of them.
//!
//! - [`transcript`]: the file format, that of cockroachdb/datadriven.
//! - `commands`: the command language, on the [`env::Environment`] of nodes, disks and messages on their way.
//! - [`words`]: our values in etcd's words, one file a kind of text.
//! - [`runner`]: a file from its first directive to its last; [`difference`]: where it differs.
//!
//! The README says how to run it on a checkout of etcd-io/raft.

pub mod arguments;
mod commands;
pub mod difference;
pub mod env;
pub mod output;
pub mod runner;
pub mod transcript;
pub mod words;
