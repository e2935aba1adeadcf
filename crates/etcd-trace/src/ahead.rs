//! What the whole of a trace tells ahead: what will be received, doubled, lost, and when nodes crash.

use std::collections::{BTreeMap, BTreeSet};

use raftarium_sim::config::Batch;

use crate::event::{Event, Id, Msg, Name, RoleName, Stamped};

/// Sender, receiver and etcd's name of the kind.
pub(crate) type Lane = (Id, Id, &'static str);

/// The lane of a message that etcd traces.
pub(crate) fn lane(msg: &Msg) -> Option<Lane> {
    let kinds = ["MsgApp", "MsgAppResp", "MsgHeartbeat", "MsgHeartbeatResp", "MsgVote", "MsgVoteResp", "MsgSnap"];
    kinds.into_iter().find(|kind| *kind == msg.r#type).map(|kind| (msg.from, msg.to, kind))
}

/// Whether a message left or arrived.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(crate) enum Way {
    Sent,
    Received,
}

/// Whether a message left or arrived.
pub(crate) fn way(name: Name) -> Option<Way> {
    match name {
        Name::SendAppendEntriesRequest
        | Name::SendAppendEntriesResponse
        | Name::SendRequestVoteRequest
        | Name::SendRequestVoteResponse
        | Name::SendSnapshot => Some(Way::Sent),
        Name::ReceiveAppendEntriesRequest
        | Name::ReceiveAppendEntriesResponse
        | Name::ReceiveRequestVoteRequest
        | Name::ReceiveRequestVoteResponse
        | Name::ReceiveSnapshot => Some(Way::Received),
        Name::InitState
        | Name::BecomeCandidate
        | Name::BecomeFollower
        | Name::BecomeLeader
        | Name::Commit
        | Name::Replicate
        | Name::ChangeConf
        | Name::ApplyConfChange
        | Name::Bootstrap
        | Name::Ready
        | Name::Other => None,
    }
}

/// How much more often each message is received than sent, in all.
pub(crate) fn surplus(events: &[Stamped]) -> BTreeMap<Msg, i64> {
    let mut surplus: BTreeMap<Msg, i64> = BTreeMap::new();
    for Stamped { event, .. } in events {
        if let (Some(way), Some(msg)) = (way(event.name), &event.msg) {
            *surplus.entry(msg.clone()).or_default() += match way {
                Way::Sent => -1,
                Way::Received => 1,
            };
        }
    }
    surplus
}

pub(crate) fn awaited(events: &[Stamped]) -> BTreeMap<Lane, usize> {
    let mut awaited = BTreeMap::new();
    for Stamped { event, .. } in events {
        if let Some(lane) = event.msg.as_ref().and_then(lane).filter(|_| way(event.name) == Some(Way::Received)) {
            *awaited.entry(lane).or_default() += 1;
        }
    }
    awaited
}

/// Whether leaders could have sent more than the one entry that they did send, and never did.
pub(crate) fn batch(events: &[Stamped]) -> Batch {
    let mut batch = Batch::Many;
    for Stamped { event, .. } in events.iter().filter(|stamped| stamped.event.name == Name::SendAppendEntriesRequest) {
        match event.msg.as_ref().filter(|msg| msg.r#type == "MsgApp") {
            Some(msg) if msg.entries > 1 => return Batch::Many,
            Some(msg) if msg.entries == 1 && msg.index.saturating_add(1) < event.log => batch = Batch::One,
            Some(_) | None => {}
        }
    }
    batch
}

/// Whether nodes ask before they campaign (thesis 9.6): somebody was seen asking.
pub(crate) fn asks_first(events: &[Stamped]) -> bool {
    events.iter().any(|stamped| stamped.event.role == RoleName::StatePreCandidate)
}

/// Before what they receive and answer with a snapshot, leaders made it: when exactly, a trace does not tell.
pub(crate) fn compactions(events: &[Stamped]) -> BTreeMap<usize, u64> {
    let mut received: BTreeMap<Id, usize> = BTreeMap::new();
    let mut compactions = BTreeMap::new();
    for (place, Stamped { event, .. }) in events.iter().enumerate() {
        match (way(event.name), &event.msg) {
            (Some(Way::Received), _) => drop(received.insert(event.nid, place)),
            (Some(Way::Sent), Some(msg)) if msg.r#type == "MsgSnap" => {
                if let Some(before) = received.get(&event.nid) {
                    compactions.insert(*before, msg.entries);
                }
            }
            (Some(Way::Sent) | None, _) => {}
        }
    }
    compactions
}

/// Where nodes stood last as they start anew after a crash, if they wrote something more before it: that was not synced.
pub(crate) fn losses(events: &[Stamped]) -> BTreeSet<usize> {
    type Written = (u64, Id, u64);
    let mut written: BTreeMap<Id, Vec<(usize, Written)>> = BTreeMap::new();
    let mut losses = BTreeSet::new();
    for (place, Stamped { event, .. }) in events.iter().enumerate() {
        let Event { name, nid, state, log, .. } = event;
        let now = (state.term, state.vote, *log);
        let before = written.entry(*nid).or_default();
        if *name == Name::InitState {
            if before.last().is_some_and(|(_, last)| *last != now) {
                losses.extend(before.iter().rev().find(|(_, then)| *then == now).map(|(place, _)| *place));
            }
            before.clear();
        }
        if matches!(name, Name::InitState | Name::Ready) {
            before.push((place, now));
        }
    }
    losses
}

/// The last event of each node before it starts anew: then it crashes.
pub(crate) fn crashes(events: &[Stamped]) -> BTreeSet<usize> {
    let mut last: BTreeMap<Id, usize> = BTreeMap::new();
    let mut crashes = BTreeSet::new();
    for (place, Stamped { event, .. }) in events.iter().enumerate() {
        if event.name == Name::InitState {
            crashes.extend(last.get(&event.nid));
        }
        last.insert(event.nid, place);
    }
    crashes
}
