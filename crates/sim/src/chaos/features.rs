//! What the world can do beside faults, for the random runs that use all of it. Each feature is on in half of them.

use super::FAULTS_END_US;
use crate::action::{Action, Membership};
use crate::command::{Command, Reading};
use crate::config::StorageLoop;
use crate::names::{ClientId, NODES_MAX};
use crate::rng::{Rng, Stream};
use crate::run::{Run, Timed};
use crate::sure::size;

/// Adds a random part of the features to a run with faults. Actions come in any order.
pub(super) fn add(run: &mut Run) {
    let mut rng = Rng::new(run.seed, Stream::Features);
    if rng.chance(1, 2) {
        run.config.compact_bytes = rng.within(1, 1_000);
    }
    run.config.storage = if rng.chance(1, 2) { StorageLoop::Async } else { StorageLoop::Plain };
    run.config.pre_vote = rng.chance(1, 2);
    run.config.check_quorum = rng.chance(1, 2);
    if rng.chance(1, 2) {
        members(run, &mut rng);
    }
    reads(run, &mut rng);
    for _ in 0..rng.within(0, 4) {
        let action = Action::Transfer { node: rng.within(1, run.config.nodes) };
        run.actions.push(Timed { at_us: rng.within(0, FAULTS_END_US), action });
    }
    if rng.chance(1, 2) {
        cycle(run, &mut rng);
    }
}

/// A client in a closed loop, with a command of any kind.
fn cycle(run: &mut Run, rng: &mut Rng) {
    let Some(client) = ClientId::new(4) else { return };
    let key = ["x", "y", "z"][size(rng.within(0, 2))].into();
    let command = match rng.within(0, 4) {
        0 => Command::Put { key, value: "loop".into() },
        1 => Command::Get { key, how: Reading::Log },
        2 => Command::Get { key, how: Reading::Index },
        3 => Command::Cas { key, old: "loop".into(), new: "1".into() },
        _ => Command::Incr { key },
    };
    let via = rng.chance(1, 2).then(|| rng.within(1, run.config.nodes));
    let think_us = Some(rng.within(0, 100_000));
    let at_us = rng.within(0, FAULTS_END_US - 1);
    run.actions.push(Timed { at_us, action: Action::Client { client, command, via, think_us } });
    run.actions.push(Timed { at_us: FAULTS_END_US, action: Action::EndLoop { client } });
}

/// A client that reads by ReadIndex, from leaders and followers. Reads by lease have runs of their own, without the faults that
/// may make them stale (`leases.rs`).
fn reads(run: &mut Run, rng: &mut Rng) {
    let client = ClientId::new(3).expect("a client's number");
    for _ in 0..rng.within(0, 20) {
        let key = ["x", "y", "z", "c1"][size(rng.within(0, 3))];
        let command = Command::Get { key: key.into(), how: Reading::Index };
        let via = rng.chance(1, 2).then(|| rng.within(1, run.config.nodes));
        run.actions.push(Timed {
            at_us: rng.within(0, FAULTS_END_US),
            action: Action::Client { client, command, via, think_us: None },
        });
    }
}

/// Members come and go. Who is removed does not know, and would disturb the others for ever without these two (thesis
/// 4.2.3).
fn members(run: &mut Run, rng: &mut Rng) {
    (run.config.pre_vote, run.config.check_quorum) = (true, true);
    let mut nodes = run.config.nodes;
    let mut times_us: Vec<u64> = (0..rng.within(1, 8)).map(|_| rng.within(0, FAULTS_END_US)).collect();
    times_us.sort_unstable();
    for at_us in times_us {
        let (old, new) = (rng.within(1, nodes), (nodes + 1).min(NODES_MAX));
        let membership = match rng.within(0, 5) {
            0 => Membership::AddVoter(new),
            1 => Membership::AddLearner(new),
            2 => Membership::Promote(nodes),
            3 => Membership::Remove(old),
            4 => Membership::Replace { old, new },
            _ => Membership::Joint((1..=nodes).filter(|_| rng.chance(2, 3)).chain([new]).collect()),
        };
        // Without a leader it is refused, and the next one names a node that is not next.
        if !membership.comes().is_empty() {
            nodes = new;
        }
        run.actions.push(Timed { at_us, action: Action::Member(membership) });
    }
}
