//! What remains of a panic: its words, in the console and for the crash card.
//!
//! After a trap the instance's objects may not be used again; this free function reads one string and is safe to call.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

thread_local! {
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Installs the hook; runs once when the module is instantiated.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|info| {
        let words = info.to_string();
        web_sys::console::error_1(&JsValue::from_str(&words));
        LAST.with(|last| last.replace(Some(words)));
    }));
}

/// The words of the panic that ended this instance, if one did.
#[wasm_bindgen]
pub fn last_panic() -> Option<String> {
    LAST.with(|last| last.borrow().clone())
}
