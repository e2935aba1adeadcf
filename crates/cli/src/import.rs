//! `raftarium import`: a trace of etcd's raft becomes a run.

use raftarium_etcd_trace::event::TRACE_BYTES_MAX;
use raftarium_etcd_trace::{Imported, Note};

use crate::input::{Options, read_text};
use crate::say::{complain, print, say};
use crate::{Complaint, Verdict};

/// Prints the run; what there is to say about the trace goes to standard error.
pub(crate) fn import(words: &[&str]) -> Result<Verdict, Complaint> {
    let name = Options::new(words).only("the trace")?;
    let text = read_text(name, TRACE_BYTES_MAX)?;
    let imported = raftarium_etcd_trace::import(&text).map_err(|error| format!("{name}: {error}"))?;
    let Imported { run, names, start: (term, index), events, elections, faults, notes, notes_total, .. } = &imported;
    say!("# from a trace of etcd's raft with {events} events");
    for (place, node) in (1..).zip(names) {
        if place != *node {
            say!("# n{place} is node {node} of the trace");
        }
    }
    if (*term, *index) != (0, 0) {
        say!("# the trace began in term {term} with a log up to {index}; the run counts from 0");
    }
    for (term, node) in elections {
        say!("# n{node} leads term {term}");
    }
    print(run);
    let tell = |what: &str, Note { line, text }: &Note| complain(format_args!("{what}  line {line}: {text}"));
    faults.iter().for_each(|note| tell("VIOLATED", note));
    notes.iter().for_each(|note| tell("differs ", note));
    let more = notes_total.saturating_sub(notes.len());
    if more > 0 {
        complain(format_args!("differs   {more} times more"));
    }
    complain(format_args!("imported  {events} events as {} actions, {notes_total} differences", run.actions.len()));
    Ok(if faults.is_empty() { Verdict::Well } else { Verdict::Fallen })
}
