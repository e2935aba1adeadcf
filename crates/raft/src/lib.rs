//! Raft in the shape of etcd's: a pure state machine that is given ticks and messages and answers with `Ready`.

#![no_std]

extern crate alloc;

mod chunks;
mod config;
mod entry;
mod error;
mod event;
mod membership;
mod message;
mod progress;
mod ready;
mod rules;
mod status;
mod storage;

pub use config::{Config, ConfigError, ElectionTicks, ReadMode};
pub use entry::{Body, Entries, Entry, Index, NodeId, Payload, Position, Term};
pub use error::{CampaignError, ProposeError, StepError};
pub use event::{
    AckIgnored, ConfChangeRefusal, Decision, ElectionCause, FollowerReason, IgnoreReason, NoCommit, NoElection,
    NoSnapshot, NoTransfer, ProposalDrop, Silent, SnapshotRefusal, Tracer, TransferAbort, UnstableView, VoteRefusal,
};
pub use membership::{Change, ConfChange, ConfState, Transition};
pub use message::{AppendResult, Message, MessageBody, MessageKind};
pub use progress::{Progress, ProgressState, ProgressView};
pub use ready::{Append, Mark, ReadState, Ready, Role, SelfAck, SoftState, Written};
pub use rules::{Dialect, Rules};
pub use status::Status;
pub use storage::{HardState, MemStorage, Snapshot, Storage, StorageError};
