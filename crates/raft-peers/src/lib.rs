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

/// The seeds to play: these, or the range that `RAFT_PEERS_SEEDS` names.
///
/// # Panics
/// When it names none.
pub fn seeds(usual: std::ops::Range<u64>) -> std::ops::Range<u64> {
    let Ok(asked) = std::env::var("RAFT_PEERS_SEEDS") else { return usual };
    let ends = asked.split_once("..").and_then(|(first, end)| Some((first.parse().ok()?, end.parse().ok()?)));
    let (first, end) = ends.unwrap_or_else(|| panic!("RAFT_PEERS_SEEDS is {asked}, and not like 2000..22000"));
    first..end
}
