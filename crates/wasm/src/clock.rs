//! The wall clock of the page, only for budgets: no simulated thing may depend on it.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = performance, js_name = now)]
    fn performance_now() -> Result<f64, JsValue>;
}

/// Milliseconds since an arbitrary start. Where there is no `performance`, 0: budgets then never end.
pub(crate) fn now_ms() -> f64 {
    performance_now().unwrap_or(0.0)
}
