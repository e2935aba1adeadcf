//! Replays what the fuzzer kept (`fuzz/corpus/trace`), and our own trace cut, shuffled and stained: nothing panics.

#[path = "../fuzz/read.rs"]
mod read;

#[test]
fn kept_traces_are_imported() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/corpus/trace");
    let mut traces = 0;
    for file in std::fs::read_dir(folder).expect("the corpus is part of the repository") {
        read::trace(&std::fs::read(file.expect("a readable folder").path()).expect("a readable file"));
        traces += 1;
    }
    assert!(traces > 0, "the corpus is empty");
}

/// Goal: lines in any order, some missing, some twice, with other numbers, make no harm. Method: the kept seed, at random.
#[test]
fn shuffled_and_stained_traces_are_imported() {
    let seed = include_str!("../fuzz/corpus/trace/seed");
    let lines: Vec<&str> = seed.lines().collect();
    let mut state = 1u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % below
    };
    for _ in 0..300 {
        let mut shuffled = lines.clone();
        for _ in 0..next(20) {
            let (a, b) = (next(shuffled.len()), next(shuffled.len()));
            match next(3) {
                0 => shuffled.swap(a, b),
                1 => drop(shuffled.remove(a)),
                _ => shuffled.insert(a, shuffled[b]),
            }
        }
        let mut bytes = shuffled.join("\n").into_bytes();
        for _ in 0..next(3) {
            let digit = bytes.iter().skip(next(bytes.len())).position(u8::is_ascii_digit);
            if let Some(at) = digit {
                bytes[at] = b'0' + u8::try_from(next(10)).expect("a digit");
            }
        }
        bytes.truncate(bytes.len() - if next(5) == 0 { next(200) } else { 0 });
        read::trace(&bytes);
    }
}
