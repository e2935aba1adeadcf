//! `raftarium run` and `raftarium trace`: playing, and printing what happened.

use std::io::{BufWriter, Write};

use raftarium_etcd_trace::Recorder;
use raftarium_sim::node::Node;
use raftarium_sim::run::ENGINE;
use raftarium_sim::scene::SceneError;
use raftarium_sim::time::SECOND_US;
use raftarium_sim::trace::Record;
use raftarium_sim::{Timeline, World};

use crate::input::{Input, Options, read};
use crate::say::{complain, say};
use crate::shiviz::Shiviz;
use crate::terminal::{Paint, Progress};
use crate::{Complaint, Verdict};

/// Events between two looks at the wall clock.
const EVENTS_A_LOOK: u64 = 10_000;

/// How a trace is printed.
#[derive(Copy, Clone)]
enum Format {
    Text,
    Json,
    Shiviz,
    Etcd,
}

fn format(text: &str) -> Result<Format, Complaint> {
    match text {
        "text" => Ok(Format::Text),
        "json" => Ok(Format::Json),
        "shiviz" => Ok(Format::Shiviz),
        "etcd" => Ok(Format::Etcd),
        other => Err(format!("`{other}` is no format: text, json, shiviz or etcd")),
    }
}

/// Plays, and says how it ended.
pub(crate) fn run(words: &[&str]) -> Result<Verdict, Complaint> {
    let mut options = Options::new(words);
    let until_us = options.until_us()?;
    let trace = options.value("--trace")?.map(format).transpose()?;
    let name = options.only("the file")?;
    let (world, failure) = play(name, until_us, trace)?;
    match trace {
        Some(Format::Json) => say!("{}", json_summary(&world, failure.as_ref())),
        Some(Format::Text | Format::Shiviz | Format::Etcd) | None => summary(&world, failure.as_ref(), name),
    }
    Ok(if failure.is_some() || !world.violations().is_empty() { Verdict::Fallen } else { Verdict::Well })
}

/// Plays, and prints everything worth seeing.
pub(crate) fn trace(words: &[&str]) -> Result<Verdict, Complaint> {
    let mut options = Options::new(words);
    let until_us = options.until_us()?;
    let format = options.value("--format")?.map_or(Ok(Format::Text), format)?;
    let name = options.only("the file")?;
    let (world, failure) = play(name, until_us, Some(format))?;
    if let Some(error) = &failure {
        complain(format_args!("raftarium: {name}: {error}"));
    }
    Ok(if failure.is_some() || !world.violations().is_empty() { Verdict::Fallen } else { Verdict::Well })
}

/// Plays a file to its end and prints its trace on the way.
fn play(name: &str, until_us: Option<u64>, format: Option<Format>) -> Result<(World, Option<SceneError>), Complaint> {
    let (mut timeline, end_us, failure) = match read(name)? {
        Input::Run(run) => {
            if let Some(engine) = run.other_engine() {
                complain(format_args!(
                    "raftarium: {name}: it was made with engine {engine}; this is engine {ENGINE}, and it may go differently"
                ));
            }
            let last_us = run.actions.last().map_or(0, |timed| timed.at_us);
            let timeline = Timeline::new(run).map_err(|error| format!("{name}: {error}"))?;
            (timeline, until_us.unwrap_or((10 * SECOND_US).max(last_us + SECOND_US)), None)
        }
        Input::Scene(scene) => match scene.play() {
            // Played again from its run, so that both kinds are printed alike, event by event.
            Ok(played) => {
                let end_us = until_us.unwrap_or(played.world().now_us());
                (again(&played), end_us, None)
            }
            Err((played, error)) => (again(&played), played.world().now_us(), Some(error)),
        },
    };
    let mut printer = Printer {
        out: BufWriter::new(std::io::stdout().lock()),
        format,
        next_seq: 0,
        shiviz: None,
        etcd: Recorder::default(),
    };
    match printer.play(&mut timeline, end_us) {
        // Whoever reads has heard enough; how it ends is told all the same, by the exit code.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => timeline.advance_to(end_us),
        Err(error) => return Err(format!("cannot write: {error}")),
        Ok(()) => {}
    }
    Ok((timeline.world().clone(), failure))
}

fn again(played: &Timeline) -> Timeline {
    Timeline::new(played.run().clone()).expect("the settings were valid before")
}

struct Printer<W: Write> {
    out: W,
    format: Option<Format>,
    next_seq: u64,
    shiviz: Option<Shiviz>,
    etcd: Recorder,
}

impl<W: Write> Printer<W> {
    fn play(&mut self, timeline: &mut Timeline, end_us: u64) -> std::io::Result<()> {
        match self.format {
            Some(Format::Shiviz) => {
                writeln!(self.out, "{}", Shiviz::HEADER)?;
                self.shiviz = Some(Shiviz::new(timeline.world()));
            }
            Some(Format::Etcd) => {
                timeline.watch();
                for line in self.etcd.begin(timeline.world()) {
                    writeln!(self.out, "{line}")?;
                }
            }
            Some(Format::Text | Format::Json) | None => {}
        }
        let mut progress = Progress::new("playing", end_us);
        while timeline.next_us().is_some_and(|at_us| at_us <= end_us) {
            timeline.step_event();
            if timeline.world().events().is_multiple_of(EVENTS_A_LOOK) {
                progress.at(timeline.world().now_us());
            }
            for sighting in timeline.take_sightings() {
                for line in self.etcd.lines(&sighting) {
                    writeln!(self.out, "{line}")?;
                }
            }
            self.print(timeline.world())?;
        }
        timeline.advance_to(end_us);
        self.out.flush()
    }

    fn print(&mut self, world: &World) -> std::io::Result<()> {
        let Some(format) = self.format else { return Ok(()) };
        if let Some(shiviz) = &mut self.shiviz {
            shiviz.observe(world);
        }
        for record in world.trace().from(self.next_seq) {
            match format {
                Format::Text => writeln!(self.out, "{record}")?,
                Format::Json => writeln!(self.out, "{}", json(record))?,
                Format::Etcd => {}
                Format::Shiviz => {
                    let line = self.shiviz.as_mut().and_then(|shiviz| shiviz.line(record));
                    line.map_or(Ok(()), |line| writeln!(self.out, "{line}"))?;
                }
            }
        }
        self.next_seq = world.trace().next_seq();
        Ok(())
    }
}

/// One record as one line of JSON: its number, time, who it is about, and its canonical text.
fn json(record: &Record) -> String {
    let who = record.what.who().map_or("null".to_string(), |who| format!("\"{who}\""));
    let Record { seq, at_us, what } = record;
    format!(
        "{{\"seq\":{seq},\"atUs\":{at_us},\"who\":{who},\"kind\":\"{}\",\"text\":{}}}",
        what.kind(),
        quoted(&what.to_string())
    )
}

/// A text as a JSON string.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// How a run ended, as one line of JSON. `note` is why nothing goes forward, or null.
fn json_summary(world: &World, failure: Option<&SceneError>) -> String {
    let or_null = |text: Option<String>| text.map_or_else(|| "null".to_string(), |text| quoted(&text));
    let leader = world.leader().map(|node| format!("n{}", node.id()));
    let node = |node: &Node| {
        let (id, up, term, last, commit) = (node.id(), node.is_up(), node.term(), node.last_index(), node.commit());
        format!("{{\"node\":\"n{id}\",\"up\":{up},\"term\":{term},\"lastIndex\":{last},\"commit\":{commit}}}")
    };
    let nodes: Vec<String> = world.nodes().iter().map(node).collect();
    let note = world.note().map_or_else(
        || "null".to_string(),
        |note| format!("{{\"sinceUs\":{},\"text\":{}}}", note.since_us, quoted(&note.to_string())),
    );
    let violations: Vec<String> = world.violations().iter().map(|violation| quoted(&violation.to_string())).collect();
    format!(
        "{{\"summary\":{{\"atUs\":{},\"events\":{},\"leader\":{},\"nodes\":[{}],\"note\":{note},\"violations\":[{}],\"failed\":{},\"digest\":\"{}\"}}}}",
        world.now_us(),
        world.events(),
        or_null(leader),
        nodes.join(","),
        violations.join(","),
        or_null(failure.map(ToString::to_string)),
        world.digest()
    )
}

fn summary(world: &World, failure: Option<&SceneError>, name: &str) {
    let paint = Paint::of_stdout();
    let label = |text: &str| paint.faint(&format!("{text:<9}"));
    say!("{} {} µs, {} events", label("time"), world.now_us(), world.events());
    match world.leader() {
        Some(node) => {
            say!("{} {}", label("leader"), paint.strong(&format!("n{} of term {}", node.id(), node.term())))
        }
        None => say!("{} none", label("leader")),
    }
    for node in world.nodes() {
        let state = if node.is_up() { "up".to_string() } else { paint.caution("crashed") };
        let (id, term, last, commit) = (node.id(), node.term(), node.last_index(), node.commit());
        say!("{} {state}, term {term}, log up to {last}, committed {commit}", label(&format!("n{id}")));
    }
    for warning in world.warnings() {
        say!("{} {warning}", paint.caution("warning  "));
    }
    if let Some(note) = world.note() {
        say!("{} {note}", paint.caution("note     "));
    }
    for violation in world.violations() {
        say!("{}  at {} µs: {violation}", paint.alarm("VIOLATED"), violation.at_us);
    }
    say!("{} {}", label("digest"), world.digest());
    if let Some(error) = failure {
        say!("{}    {name}: {error}", paint.alarm("failed"));
    }
}
