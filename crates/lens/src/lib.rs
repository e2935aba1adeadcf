//! The lens: plays a run again, apart from the page's own session, and tells what the view model has no room for: every message from
//! leaving to end, every change of a node, every Ready. The page fetches it when it is first needed.
//!
//! - `told.rs`: what it tells; TypeScript types are generated from it;
//! - `gather.rs`: looks at the world after each event; `card.rs`: copies what it sees.
//!
//! It decides nothing about Raft or the world, and nothing it does reaches the page's session.

mod card;
pub mod gather;
pub mod told;

use raftarium_sim::{Action, Run};
use serde::Serialize;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

/// Events between two looks at the wall clock.
const EVENTS_PER_CLOCK_READ: u64 = 64;

/// Writes a panic's words to the console; runs once when the module is instantiated.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&JsValue::from_str(&info.to_string()))));
}

/// A run that is played again.
#[wasm_bindgen]
pub struct Lens {
    gather: gather::Gather,
}

#[wasm_bindgen]
impl Lens {
    /// Begins the run that a text describes, at its start.
    ///
    /// # Errors
    /// An `Error` in words: the text is no run.
    #[wasm_bindgen(constructor)]
    pub fn new(run_text: &str) -> Result<Lens, JsValue> {
        let run = Run::parse(run_text).map_err(|error| fault(&error.to_string()))?;
        Ok(Lens { gather: gather::Gather::new(run).map_err(|error| fault(&error))? })
    }

    /// Does an action now.
    ///
    /// # Errors
    /// An `Error` in words: it is no action, or cannot be done.
    pub fn act(&mut self, text: &str) -> Result<(), JsValue> {
        let action: Action = text.parse().map_err(|error: raftarium_sim::ParseError| fault(&error.to_string()))?;
        self.gather.act(action).map_err(|error| fault(&error))
    }

    /// Plays up to `until_us`, for at most `budget_ms` of wall time. True when it is reached.
    pub fn advance(&mut self, until_us: f64, budget_ms: f64) -> bool {
        let deadline_ms = now_ms() + budget_ms;
        loop {
            if self.gather.advance(until_us.max(0.0) as u64, EVENTS_PER_CLOCK_READ) {
                return true;
            }
            if now_ms() >= deadline_ms {
                return false;
            }
        }
    }

    /// Simulated time, µs.
    #[wasm_bindgen(getter)]
    pub fn now_us(&self) -> f64 {
        self.gather.now_us() as f64
    }

    /// What was gathered since the last time.
    ///
    /// # Errors
    /// None that data can cause.
    #[wasm_bindgen(unchecked_return_type = "Told")]
    pub fn take(&mut self) -> Result<JsValue, JsValue> {
        let serializer = serde_wasm_bindgen::Serializer::new().serialize_missing_as_null(true);
        self.gather.take().serialize(&serializer).map_err(Into::into)
    }
}

fn fault(words: &str) -> JsValue {
    js_sys::Error::new(words).into()
}

/// The wall clock, for budgets only; 0 where there is none.
fn now_ms() -> f64 {
    let performance = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("performance")).ok();
    performance.filter(JsValue::is_object).map_or(0.0, |found| found.unchecked_into::<web_sys::Performance>().now())
}
