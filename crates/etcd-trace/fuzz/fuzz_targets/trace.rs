//! Whatever a trace says, importing it does not panic.

#![no_main]

#[path = "../read.rs"]
mod read;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| read::trace(bytes));
