//! `Session`: the one object JavaScript holds. Text goes in, numbers and typed plain data come out.
//!
//! It adds nothing to the world but a wall-clock budget, so that a long stretch of simulated time never blocks a frame.

use raftarium_sim::network::MessageId;
use raftarium_sim::{Action, Run, Timeline, timeline};
use wasm_bindgen::prelude::*;

use crate::error::{from_parse, from_words};
use crate::plain::to_js;
use crate::project::Window;
use crate::{clock, project, seed};

/// How many log indexes a view shows unless asked otherwise, and at most.
const COLUMNS: u32 = 64;
const COLUMNS_MAX: u32 = 1_024;

/// How many events run between two looks at the wall clock.
const EVENTS_PER_CLOCK_READ: u64 = 64;

/// What a step goes to.
#[wasm_bindgen]
#[derive(Copy, Clone, Debug)]
pub enum Unit {
    /// An event that leaves a visible record.
    Record,
    /// An event of the world, be it an idle tick.
    Event,
    /// A Ready that a node hands out.
    Ready,
    /// A message that arrives.
    Message,
}

pub(crate) fn unit(to: Option<Unit>) -> timeline::Unit {
    match to {
        None | Some(Unit::Record) => timeline::Unit::Record,
        Some(Unit::Event) => timeline::Unit::Event,
        Some(Unit::Ready) => timeline::Unit::Ready,
        Some(Unit::Message) => timeline::Unit::Message,
    }
}

/// A run that is being played. All times are simulated microseconds since the run began.
#[wasm_bindgen]
pub struct Session {
    pub(crate) timeline: Timeline,
}

#[wasm_bindgen]
impl Session {
    /// Begins the run that a text describes (`raftarium 1`, `nodes 5`, `seed 7`, `@1500000 restart n1`).
    ///
    /// # Errors
    /// An `Error` whose message names what is wrong, with `line` and `column` properties.
    #[wasm_bindgen(constructor)]
    pub fn new(run_text: &str) -> Result<Session, JsValue> {
        Session::begin(Run::parse(run_text).map_err(from_parse)?)
    }

    /// Begins a run of `nodes` nodes, 1 to 9, with a seed from the browser's random generator.
    ///
    /// # Errors
    /// An `Error` when the number of nodes is out of range, or the generator fails.
    pub fn fresh(nodes: u32) -> Result<Session, JsValue> {
        Session::new(&format!("raftarium 1\nnodes {nodes}\nseed {}\n", seed::fresh()?))
    }

    /// Begins the run that a link's hash holds (what `link` returned).
    ///
    /// # Errors
    /// An `Error` whose message names what is wrong and where.
    pub fn from_link(hash: &str) -> Result<Session, JsValue> {
        Session::begin(Run::from_link(hash).map_err(from_parse)?)
    }

    /// Does one action now, such as `crash n2` or `client c1 put x 1`, and appends it to the run.
    ///
    /// # Errors
    /// An `Error` whose message names what is wrong; then nothing has changed.
    pub fn act(&mut self, text: &str) -> Result<(), JsValue> {
        let action: Action = text.parse().map_err(from_parse)?;
        self.timeline.act(action).map_err(|error| from_words(&error))
    }

    /// Runs the events that are due at or before `until_us`, and sets the time to it, unless `budget_ms` of wall time
    /// is used up first: then the time is that of the last event. Returns whether anything but the time changed.
    pub fn advance(&mut self, until_us: f64, budget_ms: f64) -> bool {
        let until_us = until_us.max(0.0) as u64;
        let deadline_ms = clock::now_ms() + budget_ms;
        let before = self.seen();
        while !self.timeline.advance_some(until_us, EVENTS_PER_CLOCK_READ) && clock::now_ms() < deadline_ms {}
        self.seen() != before
    }

    /// Runs to the next event that leaves a visible record, or to the next event, Ready or message. False when nothing of that
    /// kind comes within a simulated second.
    pub fn step(&mut self, to: Option<Unit>) -> bool {
        self.timeline.step_by(unit(to))
    }

    /// How many events the world has taken.
    #[wasm_bindgen(getter)]
    pub fn event_count(&self) -> f64 {
        self.timeline.world().events() as f64
    }

    /// Simulated time, µs.
    #[wasm_bindgen(getter)]
    pub fn now_us(&self) -> f64 {
        self.timeline.world().now_us() as f64
    }

    /// The view model of this instant, with `columns` log indexes (by default 64) from `log_from` on (by default the newest).
    #[wasm_bindgen(unchecked_return_type = "View")]
    pub fn view(&self, log_from: Option<u32>, columns: Option<u32>) -> JsValue {
        let columns = u64::from(columns.unwrap_or(COLUMNS).clamp(1, COLUMNS_MAX));
        to_js(project::view(self.timeline.world(), Window { from: log_from.map(u64::from), columns }))
    }

    /// At most `max` visible records with a number of `from_seq` or more.
    #[wasm_bindgen(unchecked_return_type = "FeedEvent[]")]
    pub fn events(&self, from_seq: u32, max: u32) -> JsValue {
        to_js(project::events(self.timeline.world().trace(), from_seq, max))
    }

    /// The run so far as text, actions and all; `new Session(run)` plays it again.
    pub fn run(&self) -> String {
        self.timeline.run().to_string()
    }

    /// The engine that the run was made with, if it is not this one: then the run may not go as it went.
    #[wasm_bindgen(getter)]
    pub fn other_engine(&self) -> Option<u32> {
        self.timeline.run().other_engine()
    }

    /// The run so far in the compact form of a link's hash, without `#`.
    pub fn link(&self) -> String {
        self.timeline.run().to_link()
    }

    /// The hash chain over everything that has happened, in hexadecimal: equal runs have equal digests on every machine.
    pub fn digest(&self) -> String {
        self.timeline.world().digest().to_string()
    }

    /// Panics, so that the crash card can be tested in a real browser.
    #[allow(clippy::panic)]
    pub fn force_panic(&self) {
        panic!("this panic was asked for, at {} µs", self.timeline.world().now_us());
    }
}

/// What a view shows that ticks alone never change: records so far, messages in flight, and the latest of those.
type Seen = (u64, usize, Option<MessageId>);

impl Session {
    fn begin(run: Run) -> Result<Session, JsValue> {
        Ok(Session { timeline: Timeline::new(run).map_err(|error| from_words(&error))? })
    }

    fn seen(&self) -> Seen {
        let world = self.timeline.world();
        let mut flights = world.messages_in_flight();
        let latest = flights.by_ref().map(|flight| flight.id).enumerate().last();
        (world.trace().next_seq(), latest.map_or(0, |(place, _)| place + 1), latest.map(|(_, id)| id))
    }
}
