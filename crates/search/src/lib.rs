//! The search, for a worker of the page: plays random runs without some rules of Raft until a property falls, and cuts the run down.
//! What it does is `raftarium_sim::fuzz`; here it is given JavaScript's types and wall time to work in.
//!
//! - `told.rs`: what it tells; TypeScript types are generated from it.
//!
//! It knows no rule of Raft or of the world, and shares nothing with the page's session: what it finds crosses as text.

pub mod told;

use raftarium_sim::{Run, fuzz};
use serde::Serialize;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

/// Events between two looks at the wall clock: about a millisecond.
const EVENTS_PER_CLOCK_READ: u64 = 512;

/// Writes a panic's words to the console; runs once when the module is instantiated.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&JsValue::from_str(&info.to_string()))));
}

/// A search on its way.
#[wasm_bindgen]
pub struct Search {
    search: fuzz::Search,
    seed: String,
}

#[wasm_bindgen]
impl Search {
    /// A search in clusters of `nodes` nodes without these rules (names with commas between; none is Raft as it is). The same seed, a
    /// whole number below 2^64, finds the same.
    ///
    /// # Errors
    /// An `Error` in words: there is no such rule, the seed is no number, or no cluster has so many nodes.
    #[wasm_bindgen(constructor)]
    pub fn new(broken: &str, nodes: u32, seed: &str) -> Result<Search, JsValue> {
        let (search, seed) = begin(broken, nodes, seed).map_err(|error| fault(&error))?;
        Ok(Search { search, seed })
    }

    /// Goes on for `budget_ms` of wall time, or until there is a find that nothing makes shorter.
    pub fn advance(&mut self, budget_ms: f64) {
        within(budget_ms, || {
            self.search.advance(EVENTS_PER_CLOCK_READ);
            self.search.is_done()
        });
    }

    /// How it stands.
    ///
    /// # Errors
    /// None that data can cause.
    #[wasm_bindgen(unchecked_return_type = "Report")]
    pub fn report(&self) -> Result<JsValue, JsValue> {
        to_js(&told::report(&self.search, &self.seed))
    }

    /// In which run the present find was found, from 1; 0 while there is none. Far cheaper than a report.
    #[wasm_bindgen(js_name = foundIn)]
    pub fn found_in(&self) -> f64 {
        self.search.found_in().map_or(0.0, |run_no| run_no as f64)
    }

    /// Whether there is a find that nothing makes shorter.
    #[wasm_bindgen(js_name = isDone)]
    pub fn is_done(&self) -> bool {
        self.search.is_done()
    }

    /// Leaves the present find, and looks for the next.
    pub fn resume(&mut self) {
        self.search.resume();
    }
}

/// The futures of a run, being counted: from each of its moments, in how many something falls.
#[wasm_bindgen]
pub struct Odds {
    odds: fuzz::Odds,
}

#[wasm_bindgen]
impl Odds {
    /// The futures of the run that a text describes, `per_prefix` from each moment.
    ///
    /// # Errors
    /// An `Error` in words: the text is no run.
    #[wasm_bindgen(constructor)]
    pub fn new(run_text: &str, per_prefix: u32) -> Result<Odds, JsValue> {
        let run = Run::parse(run_text).map_err(|error| fault(&error.to_string()))?;
        Ok(Odds { odds: fuzz::Odds::new(run, per_prefix) })
    }

    /// Goes on for `budget_ms` of wall time, or until all is counted.
    pub fn advance(&mut self, budget_ms: f64) {
        within(budget_ms, || {
            self.odds.advance(EVENTS_PER_CLOCK_READ);
            self.odds.is_done()
        });
    }

    /// Whether all is counted.
    #[wasm_bindgen(js_name = isDone)]
    pub fn is_done(&self) -> bool {
        self.odds.is_done()
    }

    /// What was counted so far.
    ///
    /// # Errors
    /// None that data can cause.
    #[wasm_bindgen(unchecked_return_type = "OddsReport")]
    pub fn report(&self) -> Result<JsValue, JsValue> {
        to_js(&told::odds(self.odds.tally()))
    }
}

/// The search, and its seed as it prints.
fn begin(broken: &str, nodes: u32, seed: &str) -> Result<(fuzz::Search, String), String> {
    let number: u64 = seed.parse().map_err(|_| format!("the seed {seed} is no whole number below 2^64"))?;
    let search = fuzz::Search::new(&fuzz::rules_named(broken)?, u64::from(nodes), number)?;
    Ok((search, number.to_string()))
}

/// Does `some`, which tells whether it was the last, until `budget_ms` of wall time are over; at least once.
fn within(budget_ms: f64, mut some: impl FnMut() -> bool) {
    let deadline_ms = now_ms() + budget_ms;
    while !some() && now_ms() < deadline_ms {}
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_missing_as_null(true);
    value.serialize(&serializer).map_err(Into::into)
}

fn fault(words: &str) -> JsValue {
    js_sys::Error::new(words).into()
}

/// The wall clock, for budgets only; 0 where there is none.
fn now_ms() -> f64 {
    let performance = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("performance")).ok();
    performance.filter(JsValue::is_object).map_or(0.0, |found| found.unchecked_into::<web_sys::Performance>().now())
}
