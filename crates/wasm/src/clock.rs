//! The wall clock of the page, only for budgets: no simulated thing may depend on it.

use wasm_bindgen::{JsCast, JsValue};

/// Milliseconds since an arbitrary start. Where there is no `performance`, 0: budgets then never end.
pub(crate) fn now_ms() -> f64 {
    thread_local! {
        static PERFORMANCE: Option<web_sys::Performance> =
            js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("performance"))
                .ok()
                .filter(JsValue::is_object)
                .map(JsCast::unchecked_into);
    }
    PERFORMANCE.with(|performance| performance.as_ref().map_or(0.0, web_sys::Performance::now))
}
