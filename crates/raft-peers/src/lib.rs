//! Our core beside raft-rs, the published crate `raft` 0.7.0: in one cluster, and side by side. Test code only.
//!
//! [`host`] is a node of either kind with its disk and its state machine; [`cluster`] is the network between such nodes,
//! under the eyes of a [`judge`]. [`mixed`] puts both kinds into one cluster, [`lockstep`] tells two clusters the same;
//! [`differences`] is the table of what may differ between them.

pub mod cluster;
pub mod differences;
pub mod host;
pub mod judge;
pub mod lockstep;
pub mod mixed;
pub mod ours;
pub mod rng;
pub mod theirs;
pub mod translate;
