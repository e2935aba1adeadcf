//! Whatever a scene's text says, reading and playing it does not panic.

#![no_main]

#[path = "../read.rs"]
#[allow(dead_code)]
mod read;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| read::scene(bytes));
