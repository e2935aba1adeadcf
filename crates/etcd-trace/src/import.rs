//! From etcd's lines to a run.
//!
//! A trace says what nodes did, not why: their timers and their network are not in it. So the run stops every clock and holds
//! every message, and then does what the trace tells, at its times: `timeout n2` where a candidate arose, `deliver
//! n1>n2.append.3` where a message was received, `tick n1` where heartbeats left, `propose n1 e7` where a leader appended an
//! entry, `crash` and `restart` where a node started anew. That nodes ask before they campaign shows in their roles: then `prevote`
//! is on, and the pre-votes, which are not traced, are delivered. Everything else follows, since our cores decide as etcd's do; where
//! they come to stand differently than the trace says, a [`Note`] names the line.
//!
//! What the commands were a trace does not tell: entries are called e1, e2 and so on by their index. Terms and indexes that
//! were there when the trace began are not replayed: the run counts from 0.

use std::collections::{BTreeMap, BTreeSet};

use raft_core::NodeId;
use raftarium_sim::Run;
use raftarium_sim::names::NODES_MAX;

use crate::event::{Event, Id, Name, RoleName, Stamped, TraceError, read};
use crate::replay::Replay;

/// At most this many notes are kept; all are counted.
pub const NOTES_MAX: usize = 100;

/// Something about a trace that its run does not show as it was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// The line of the trace, from 1.
    pub line: usize,
    /// A sentence.
    pub text: String,
}

/// What came of a trace.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Imported {
    /// The run: it ends with the trace.
    pub run: Run,
    /// The names of the nodes in the trace; n1 is the first.
    pub names: Vec<u64>,
    /// The term and the index with which the trace began: 0 in the run.
    pub start: (u64, u64),
    /// How many events the trace has.
    pub events: usize,
    /// Who led which term of the run, in the order of the trace.
    pub elections: Vec<(u64, NodeId)>,
    /// The highest commit index of each node in the trace, counted as the run does.
    pub commits: Vec<u64>,
    /// What in the trace no correct Raft does: two leaders of one term, a commit index that goes back.
    pub faults: Vec<Note>,
    /// What the run does not show as it was; the first [`NOTES_MAX`].
    pub notes: Vec<Note>,
    /// How many notes there are.
    pub notes_total: usize,
}

/// Reads a trace and makes it a run.
///
/// # Errors
/// The first fault of the text; or a trace without events, of more than nine nodes, or of nodes that do not begin alike.
pub fn import(text: &str) -> Result<Imported, TraceError> {
    let events = in_order(read(text)?);
    let first =
        events.first().ok_or(TraceError { line: 1, column: 1, message: "the trace has no events".to_string() })?;
    let members = members(&events);
    let names = names(&events, &members)?;
    let starts = starts(&events, &members)?;
    let first_member = members.iter().find_map(|member| starts.get(member)).or(starts.values().next());
    let start = first_member.map_or((0, 0), |beginning| beginning.start);
    let members = if members.is_empty() { names.len() } else { members.len() };
    let first_us = first.at_us.unwrap_or_default();
    let mut replay = Replay::new(&names, members, start, &events);
    let mut imported = Imported {
        run: Run::new(Default::default(), 0),
        names: names.clone(),
        start,
        events: events.len(),
        elections: Vec::new(),
        commits: vec![0; names.len()],
        faults: Vec::new(),
        notes: Vec::new(),
        notes_total: 0,
    };
    for (place, stamped) in events.iter().enumerate() {
        if starts.get(&stamped.event.nid).is_some_and(|beginning| place < beginning.place) {
            continue;
        }
        // Without times, a millisecond an event.
        let at_us = stamped.at_us.map_or(place as u64 * 1_000, |at_us| at_us - first_us);
        judge(&mut imported, stamped);
        if !replay.event(place, at_us, stamped) {
            break;
        }
    }
    replay.finish(&mut imported);
    Ok(imported)
}

/// By time, if every line has one: several nodes may write to one file.
fn in_order(mut events: Vec<Stamped>) -> Vec<Stamped> {
    if events.iter().all(|stamped| stamped.at_us.is_some()) {
        events.sort_by_key(|stamped| stamped.at_us);
    } else {
        events.iter_mut().for_each(|stamped| stamped.at_us = None);
    }
    events
}

/// Who is a member from the beginning, in order: the first configuration that is told. Empty if none is.
fn members(events: &[Stamped]) -> Vec<Id> {
    let bootstrap = events.iter().find(|stamped| stamped.event.name == Name::Bootstrap);
    let first = bootstrap.or(events.iter().find(|stamped| !stamped.event.conf[0].is_empty()));
    let mut members = first.map(|stamped| stamped.event.conf[0].clone()).unwrap_or_default();
    members.sort_unstable();
    members.dedup();
    members
}

/// The members, and behind them those who come later, in the order of coming.
fn names(events: &[Stamped], members: &[Id]) -> Result<Vec<u64>, TraceError> {
    let mut names = BTreeSet::new();
    for Stamped { line, event, .. } in events {
        let ends = event.msg.iter().flat_map(|msg| [msg.from, msg.to]);
        for Id(id) in event.conf.iter().flatten().copied().chain(ends).chain([event.nid]) {
            let complain = |message: String| Err(TraceError { line: *line, column: 1, message });
            if id == 0 {
                return complain("node 0 is nobody".to_string());
            }
            names.insert(id);
            if names.len() as u64 > NODES_MAX {
                return complain(format!("{id} is one node too many: a cluster has 1 to {NODES_MAX} nodes here"));
            }
        }
    }
    let changes = |stamped: &Stamped| stamped.event.prop.as_ref().and_then(|prop| prop.cc.clone());
    let coming = events.iter().filter_map(changes).flat_map(|change| change.changes).map(|step| step.nid.0);
    let mut ordered: Vec<u64> = Vec::new();
    for id in members.iter().map(|member| member.0).chain(coming).chain(names.iter().copied()) {
        if names.contains(&id) && !ordered.contains(&id) {
            ordered.push(id);
        }
    }
    Ok(ordered)
}

/// Where a node begins in the trace.
struct Beginning {
    place: usize,
    line: usize,
    /// Its term and the last index of its log.
    start: (u64, u64),
}

/// Where each node begins: behind its bootstrap, if that is told.
fn starts(events: &[Stamped], members: &[Id]) -> Result<BTreeMap<Id, Beginning>, TraceError> {
    let mut starts: BTreeMap<Id, Beginning> = BTreeMap::new();
    for (place, Stamped { line, event, .. }) in events.iter().enumerate() {
        let beginning = Beginning { place, line: *line, start: (event.state.term, event.log) };
        if event.name == Name::Bootstrap {
            starts.insert(event.nid, beginning);
        } else {
            starts.entry(event.nid).or_insert(beginning);
        }
    }
    let mut alike = None;
    for (Id(id), Beginning { line, start, .. }) in
        starts.iter().filter(|(id, _)| members.is_empty() || members.contains(id))
    {
        let (other, expected) = *alike.get_or_insert((*id, *start));
        if expected != *start {
            let message = format!(
                "node {id} begins in term {} with a log up to {}, and node {other} in term {} with one up to {}: \
                 only nodes that begin alike can be played again",
                start.0, start.1, expected.0, expected.1
            );
            return Err(TraceError { line: *line, column: 1, message });
        }
    }
    Ok(starts)
}

/// What the trace itself says of elections and commits.
fn judge(imported: &mut Imported, Stamped { line, event, .. }: &Stamped) {
    let Event { name, nid, state, .. } = event;
    let place = imported.names.iter().position(|name| *name == nid.0).expect("every node was found before");
    let node = place as u64 + 1;
    let fault = |text: String| Note { line: *line, text };
    if *name == Name::BecomeLeader && event.role == RoleName::StateLeader {
        let term = state.term.saturating_sub(imported.start.0);
        match imported.elections.iter().find(|(other, _)| *other == term) {
            Some((_, other)) if *other != node => {
                imported
                    .faults
                    .push(fault(format!("n{other} and n{node} both lead term {term} (Election Safety, §5.2)")));
            }
            Some(_) | None => imported.elections.push((term, node)),
        }
    }
    let commit = state.commit.saturating_sub(imported.start.1);
    let before = &mut imported.commits[place];
    // What a crash may undo is only how much a node remembers of what is committed.
    if *name == Name::InitState {
        *before = commit;
    } else if commit < *before {
        let text = format!("the commit index of n{node} goes back from {before} to {commit} (§5.3)");
        imported.faults.push(fault(text));
    }
    imported.commits[place] = commit.max(imported.commits[place]);
    imported.faults.truncate(NOTES_MAX);
}
