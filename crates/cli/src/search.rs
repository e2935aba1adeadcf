//! `raftarium search`: a short run in which a property falls without a rule of Raft.

use std::time::{Duration, Instant};

use raftarium_sim::fuzz::{Find, MARKS, Search, rules_named};
use raftarium_sim::rules::{InSearch, RuleId};

use crate::input::Options;
use crate::rules::hint;
use crate::say::say;
use crate::terminal::{Paint, Progress};
use crate::{Complaint, Verdict};

/// Events between two looks at the wall clock.
const EVENTS_A_LOOK: u64 = 2_000;
/// How long it searches, in s, unless it is told.
const SECONDS: u64 = 60;

/// When to give up.
struct Limit {
    seconds: Option<u64>,
    runs: Option<u64>,
}

/// Searches, as its options say.
pub(crate) fn search(words: &[&str]) -> Result<Verdict, Complaint> {
    let mut options = Options::new(words);
    let broken = rules_named(options.value("--break")?.unwrap_or_default())
        .map_err(|error| format!("{error}; raftarium rules lists them"))?;
    let nodes = number(&mut options, "--nodes")?.unwrap_or(3);
    let seed = number(&mut options, "--seed")?.unwrap_or(1);
    let runs = number(&mut options, "--runs")?;
    let seconds = number(&mut options, "--for")?.or(if runs.is_some() { None } else { Some(SECONDS) });
    let mut search = Search::new(&broken, nodes, seed)?;
    if options.switch("--no-scenes") {
        search = search.without_scenes();
    }
    options.end()?;
    let began = Instant::now();
    play(&mut search, &Limit { seconds, runs });
    let paint = Paint::of_stdout();
    // The one that was begun when they were enough does not count.
    let (runs, events) = (search.runs().min(runs.unwrap_or(u64::MAX)), search.events());
    let reached = search.marks().iter().filter(|&&runs| runs > 0).count();
    let figures = format!(
        "{runs} runs, {events} events, {} states, {reached} of {} marks, {} ms",
        search.states(),
        MARKS.len(),
        began.elapsed().as_millis()
    );
    let Some(found) = search.found() else {
        say!("# nothing fell: {figures}. That is no proof.");
        not_reached(search.marks());
        known(&broken, nodes);
        return Ok(Verdict::Well);
    };
    tell(&found, &figures, paint);
    Ok(Verdict::Fallen)
}

/// Which marks no run came to: what was not tested.
fn not_reached(marks: &[u64]) {
    let names: Vec<&str> = MARKS.iter().zip(marks).filter(|(_, runs)| **runs == 0).map(|(mark, _)| mark.name).collect();
    if !names.is_empty() {
        say!("# marks that no run came to: {}", names.join(", "));
    }
}

/// Why that nothing fell was to be expected, if it was.
fn known(broken: &[RuleId], nodes: u64) {
    let easy = |search: InSearch| search == InSearch::Soon || (search == InSearch::FiveNodes && nodes >= 5);
    if broken.iter().any(|rule| easy(rule.rule().search)) {
        return;
    }
    for rule in broken {
        if let Some(hint) = hint(rule.rule().search) {
            say!("# {rule}: {hint}");
        }
    }
}

fn number(options: &mut Options<'_>, name: &str) -> Result<Option<u64>, Complaint> {
    let read =
        |text: &str| text.parse().map_err(|_| format!("{name} {text}: this is no number from 0 to {}", u64::MAX));
    options.value(name)?.map(read).transpose()
}

fn play(search: &mut Search, limit: &Limit) {
    let began = Instant::now();
    let total = limit.runs.unwrap_or_else(|| limit.seconds.unwrap_or(SECONDS).saturating_mul(1_000));
    let mut progress = Progress::new("searching", total);
    let deadline = limit.seconds.map(Duration::from_secs);
    while !search.is_done() {
        search.advance(EVENTS_A_LOOK);
        let spent = began.elapsed();
        progress.at(if limit.runs.is_some() { search.runs() } else { spent.as_millis() as u64 });
        let late =
            deadline.is_some_and(|deadline| spent > deadline) || limit.runs.is_some_and(|runs| search.runs() > runs);
        // What has been found is cut down to its end: that takes a moment.
        if late && search.found().is_none() {
            return;
        }
    }
}

fn tell(found: &Find, figures: &str, paint: Paint) {
    let lengths: Vec<String> = found.lengths.iter().map(usize::to_string).collect();
    say!("# {}", paint.alarm(&found.violation.to_string()));
    say!("# at {} µs, in run {}: {} actions", found.violation.at_us, found.run_no, lengths.join(" > "));
    say!("# {figures}; with all rules kept nothing falls in this run");
    say!("# #{}", found.run.to_link());
    say!("{}", found.run.to_string().trim_end());
}
