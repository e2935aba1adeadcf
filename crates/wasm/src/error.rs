//! Errors on their way to JavaScript: real `Error` objects whose message names the fault, with its place where one is known.

use js_sys::Error;
use raftarium_sim::ParseError;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// That of js-sys hands an exception over: setting a plain property on a fresh object throws none.
    #[wasm_bindgen(js_namespace = Reflect)]
    fn set(on: &Error, name: &str, value: u32);
}

/// An error in a text: with `line` and `column`, both from 1.
pub(crate) fn from_parse(error: ParseError) -> JsValue {
    let js = Error::new(&error.to_string());
    set(&js, "line", u32::try_from(error.line).unwrap_or(u32::MAX));
    set(&js, "column", u32::try_from(error.column).unwrap_or(u32::MAX));
    js.into()
}

/// What the world refuses, in its words.
pub(crate) fn from_words(error: &dyn std::fmt::Display) -> JsValue {
    Error::new(&error.to_string()).into()
}
