//! `raftarium chaos`: random runs with faults, one seed after the other.

use raftarium_sim::Timeline;
use raftarium_sim::chaos::{END_US, run_with_faults};

use crate::input::Options;
use crate::say::say;
use crate::terminal::{Paint, Progress};
use crate::{Complaint, Verdict};

/// Plays the seeds of `--seeds A..B`.
pub(crate) fn chaos(words: &[&str]) -> Result<Verdict, Complaint> {
    let mut options = Options::new(words);
    let seeds = options.value("--seeds")?.unwrap_or("0..1000");
    options.end()?;
    let paint = Paint::of_stdout();
    let wrong = || format!("--seeds {seeds}: two numbers, such as 0..1000");
    let (from, to) = seeds.split_once("..").ok_or_else(wrong)?;
    let (from, to): (u64, u64) = (from.parse().map_err(|_| wrong())?, to.parse().map_err(|_| wrong())?);
    if from >= to {
        return Err(format!("--seeds {seeds}: there is no seed from {from} to below {to}"));
    }
    let mut progress = Progress::new("playing", to - from);
    let mut events = 0;
    let mut fallen = 0;
    for seed in from..to {
        let run = run_with_faults(seed);
        let mut timeline = Timeline::new(run.clone()).map_err(|error| error.to_string())?;
        timeline.advance_to(END_US);
        events += timeline.world().events();
        for violation in timeline.world().violations() {
            fallen += 1;
            let text = paint.alarm(&violation.to_string());
            say!("seed {seed}, at {} µs: {text}\n#{}\n", violation.at_us, run.to_link());
        }
        progress.at(seed - from);
    }
    say!("{} runs, {events} events, {fallen} violations", to - from);
    Ok(if fallen > 0 { Verdict::Fallen } else { Verdict::Well })
}
