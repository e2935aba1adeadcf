//! Replays what the fuzzer kept (`fuzz/corpus`), and texts that were cut, shuffled and stained: an error names a place in the
//! text, what reads also reads back, and nothing panics.

#[path = "../fuzz/read.rs"]
mod read;

use raftarium_sim::chaos::run_with_faults;
use raftarium_sim::scene::SCENES;

fn replay(target: &str, read: fn(&[u8])) {
    let folder = format!("{}/fuzz/corpus/{target}", env!("CARGO_MANIFEST_DIR"));
    let mut texts = 0;
    for file in std::fs::read_dir(folder).expect("the corpus is part of the repository") {
        read(&std::fs::read(file.expect("a readable folder").path()).expect("a readable file"));
        texts += 1;
    }
    assert!(texts > 0, "the corpus is empty");
}

#[test]
fn kept_runs_are_read_and_played() {
    replay("run_text", read::run_text);
}

#[test]
fn kept_actions_are_read() {
    replay("action", read::action);
}

#[test]
fn kept_links_are_read_and_played() {
    replay("link", read::link);
}

#[test]
fn kept_scenes_are_read_and_played() {
    replay("scene", read::scene);
}

/// Goal: hostile variants of real texts are harmless. Method: bytes are cut off, swapped, doubled and replaced.
#[test]
fn stained_texts_are_read_without_harm() {
    let mut state = 1u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % below
    };
    let runs: Vec<_> = (0..20).map(run_with_faults).collect();
    let texts = SCENES.iter().map(|(_, text)| text.to_string()).chain(runs.iter().map(ToString::to_string));
    let texts: Vec<String> = texts.chain(runs.iter().map(raftarium_sim::Run::to_link)).collect();
    for number in 0..6_000 {
        let mut bytes = texts[number % texts.len()].clone().into_bytes();
        for _ in 0..1 + next(4) {
            let (a, b) = (next(bytes.len()), next(bytes.len()));
            match next(4) {
                0 => bytes.truncate(a + 1),
                1 => bytes.swap(a, b),
                2 => bytes.extend_from_within(a.min(b)..a.max(b)),
                _ => bytes[a] = b" \n@#:>.~|-0959nZ\xff"[next(17)],
            }
        }
        read::link(&bytes);
        if number % 4 == 0 {
            read::run_text(&bytes);
            read::action(&bytes);
        }
    }
}
