//! Random runs in which reads by lease must be linearizable, for a lease rests on more than Raft does (thesis 6.4.1).
//!
//! etcd's lease is safe while clocks go at one rate, messages and disks take much less time than an election timeout, nobody is
//! cut off, and nobody campaigns before its time: so these runs have crashes and restarts, and nothing else. With cuts it is not:
//! a leader looks only once in an election timeout whether it hears a quorum, and so believes for up to two of them that it leads,
//! while the others wait for one (`tests/leases.rs` shows the stale read, with true clocks).

use crate::action::{Action, Losing};
use crate::command::{Command, Reading};
use crate::config::WorldConfig;
use crate::names::ClientId;
use crate::rng::{Rng, Stream};
use crate::run::{Run, Timed};
use crate::time::{MILLISECOND_US, SECOND_US};

use super::FAULTS_END_US;

/// A run of 3 or 5 nodes with `checkquorum on` and the timing of the lessons: three clients in closed loops write, count and read by
/// lease; nodes crash and come back until [`FAULTS_END_US`].
#[must_use]
pub fn run_with_leases(seed: u64) -> Run {
    let mut rng = Rng::new(seed, Stream::Features);
    let nodes = if rng.chance(1, 2) { 3 } else { 5 };
    let config = WorldConfig { nodes, check_quorum: true, pre_vote: rng.chance(1, 2), ..WorldConfig::default() };
    let mut run = Run::new(config, seed);
    let mut at = |at_us, action| run.actions.push(Timed { at_us, action });
    for number in 1..=3 {
        let Some(client) = ClientId::new(number) else { continue };
        let key = "x".into();
        let command = match number {
            1 => Command::Incr { key },
            _ => Command::Get { key, how: Reading::Lease },
        };
        let think_us = Some(rng.within(0, 30) * MILLISECOND_US);
        at(0, Action::Client { client, command, via: None, think_us });
        at(FAULTS_END_US, Action::EndLoop { client });
    }
    for node in 1..=nodes {
        let mut now_us = rng.within(0, SECOND_US);
        while now_us < FAULTS_END_US {
            let back_us = now_us + rng.within(1, SECOND_US);
            at(now_us, Action::Crash { node, losing: Losing::All });
            at(back_us.min(FAULTS_END_US), Action::Restart { node });
            now_us = back_us + rng.within(1, 2 * SECOND_US);
        }
    }
    run.actions.sort_by_key(|timed| timed.at_us);
    run
}
