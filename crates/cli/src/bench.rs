//! `raftarium bench`: one simulated hour of five nodes with a client at ten commands a second, checks on; then seeks in it.

use std::time::Instant;

use raftarium_sim::rng::{Rng, Stream};
use raftarium_sim::time::SECOND_US;
use raftarium_sim::{Run, Timeline};

use crate::input::Options;
use crate::say::say;
use crate::terminal::Progress;
use crate::{Complaint, Verdict};

const HOUR_US: u64 = 3_600 * SECOND_US;
const SEEKS: usize = 200;
/// Events between two looks at the wall clock.
const EVENTS_A_LOOK: u64 = 10_000;

/// Measures, and prints the figures, as JSON with `--json`.
pub(crate) fn bench(words: &[&str]) -> Result<Verdict, Complaint> {
    let mut options = Options::new(words);
    let as_json = options.switch("--json");
    options.end()?;
    let run = Run::parse("raftarium 1\nnodes 5\nseed 7\n@1s load c1 100ms\n").map_err(|error| error.to_string())?;
    let mut timeline = Timeline::new(run).map_err(|error| error.to_string())?;
    let began = Instant::now();
    let mut progress = Progress::new("playing one hour", HOUR_US);
    while !timeline.advance_some(HOUR_US, EVENTS_A_LOOK) {
        progress.at(timeline.world().now_us());
    }
    drop(progress);
    let hour_ms = began.elapsed().as_millis();
    let events = timeline.world().events();
    let commands = timeline.world().clients().iter().map(|client| client.sequence()).sum::<u64>();
    let mut rng = Rng::new(7, Stream::Chaos);
    let mut seeks_us: Vec<u128> = (0..SEEKS)
        .map(|_| {
            let at_us = rng.within(0, HOUR_US);
            let began = Instant::now();
            timeline.seek(at_us);
            began.elapsed().as_micros()
        })
        .collect();
    seeks_us.sort_unstable();
    let (p50_us, p95_us) = (seeks_us[SEEKS / 2], seeks_us[SEEKS * 95 / 100]);
    let rate = u128::from(events) * 1_000 / hour_ms.max(1);
    if as_json {
        say!(
            "{{\"hourMs\":{hour_ms},\"events\":{events},\"eventsPerSecond\":{rate},\"commands\":{commands},\"seekP50Us\":{p50_us},\"seekP95Us\":{p95_us}}}"
        );
    } else {
        say!("one hour  {hour_ms} ms, {events} events, {commands} commands, {rate} events a second, checks on");
        say!("seek      p50 {p50_us} µs, p95 {p95_us} µs, of {SEEKS} random instants of that hour");
    }
    Ok(Verdict::Well)
}
