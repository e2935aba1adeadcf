//! Errors on their way to JavaScript: real `Error` objects whose message names the fault, with its place where one is known.

use js_sys::{Error, Reflect};
use raftarium_sim::ParseError;
use wasm_bindgen::JsValue;

/// An error in a text: with `line` and `column`, both from 1.
pub(crate) fn from_parse(error: ParseError) -> JsValue {
    let js = Error::new(&error.to_string());
    for (name, value) in [("line", error.line), ("column", error.column)] {
        // Setting a plain property on a fresh object cannot fail.
        let _ = Reflect::set(&js, &name.into(), &JsValue::from(u32::try_from(value).unwrap_or(u32::MAX)));
    }
    js.into()
}

/// What the world refuses, in its words.
pub(crate) fn from_words(error: &dyn std::fmt::Display) -> JsValue {
    Error::new(&error.to_string()).into()
}
