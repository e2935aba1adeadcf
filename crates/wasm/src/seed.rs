//! Fresh seeds from the browser's random generator: the only randomness that enters the house from outside.

use js_sys::Error;
use wasm_bindgen::JsValue;

/// A seed for a run: short enough to be read aloud, 0 to 999,999.
pub(crate) fn fresh() -> Result<u32, JsValue> {
    let number = getrandom::u32().map_err(|error| Error::new(&format!("no random seed: {error}")))?;
    Ok(number % 1_000_000)
}
