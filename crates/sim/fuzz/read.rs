//! Bytes as a text to be read: a run, an action, a link, a scene. Read by the fuzzer and by the test that replays what the
//! fuzzer kept. A panic in here is our fault, and so is a text that does not read back as what it was.

use raftarium_sim::scene::Scene;
use raftarium_sim::time::TIME_MAX_US;
use raftarium_sim::{Action, Fault, LINK_BYTES_MAX, ParseError, Run, Timeline};

/// How far a run is played: enough to meet every action of a short one.
const EVENTS_MAX: u64 = 2_000;

/// A run's text.
pub(crate) fn run_text(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Some(run) = read(text, Run::parse(text)) {
        reads_back(&run);
        play(run);
    }
}

/// An action's text.
pub(crate) fn action(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    // To an action all white space is alike: its text is one line.
    let line = text.replace(['\n', '\r'], " ");
    if let Some(action) = read(&line, text.parse::<Action>()) {
        assert_eq!(action.to_string().parse(), Ok(action), "{text}");
    }
}

/// A link.
pub(crate) fn link(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Some(run) = read(text, Run::from_link(text)) {
        reads_back(&run);
        play(run);
    }
}

/// A scene's text.
pub(crate) fn scene(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    // Conditions are waited for as long as they may take; a few of them are enough.
    let few = text.lines().count() <= 12;
    if let Some(scene) = read(text, Scene::parse(text))
        && few
    {
        let _failed = scene.play();
    }
}

/// A fault lies within the text.
fn read<T>(text: &str, result: Result<T, ParseError>) -> Option<T> {
    result
        .map_err(|error| {
            let Fault { line, column, message } = &*error;
            let (line, column) = (*line, *column);
            assert!((1..=text.lines().count().max(1)).contains(&line), "line {line}: {message}");
            let last = text.lines().nth(line - 1).map_or(0, |line| line.chars().count());
            assert!((1..=last + 1).contains(&column), "line {line}, column {column}: {message}");
            assert!(message.chars().count() < 1_000, "a sentence is no longer than a sentence");
        })
        .ok()
}

fn reads_back(run: &Run) {
    assert_eq!(Run::parse(&run.to_string()).as_ref(), Ok(run));
    let link = run.to_link();
    if link.len() <= LINK_BYTES_MAX {
        assert_eq!(Run::from_link(&link).as_ref(), Ok(run), "{link}");
    }
}

fn play(run: Run) {
    let mut timeline = Timeline::new(run).expect("a run that was read has valid settings");
    timeline.advance_some(TIME_MAX_US, EVENTS_MAX);
}
