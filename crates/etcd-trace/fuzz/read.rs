//! Bytes as a trace. Read by the fuzzer and by the test that replays what the fuzzer kept. A panic in here is our fault, and
//! so is a run that has no text.

use raftarium_etcd_trace::import;
use raftarium_sim::Run;

/// A trace: imported, and its run printed and read.
pub(crate) fn trace(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match import(text) {
        Ok(imported) => assert_eq!(Run::parse(&imported.run.to_string()), Ok(imported.run)),
        Err(error) => {
            let line = text.lines().nth(error.line - 1).unwrap_or_default();
            assert!(error.column <= line.len() + 1, "{error}");
        }
    }
}
