//! Links that were given away keep their promise: each replays to the digest that it had, or the run says plainly that another
//! engine made it.
//!
//! `golden/links.txt` has a line for each link and each engine that it went differently with: engine, µs, digest, link. When a
//! change lets runs come out differently, raise `ENGINE` in `src/run.rs` and write the lines of the new engine with
//! `RAFTARIUM_BLESS=1 cargo test -p raftarium-sim --test golden_links`; the lines of older engines stay as they are.

use std::fmt::Write as _;

use raftarium_sim::chaos::{END_US, run_with_faults};
use raftarium_sim::run::ENGINE;
use raftarium_sim::scene::{SCENES, Scene};
use raftarium_sim::{Run, Timeline};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/links.txt");

struct Golden {
    engine: u32,
    at_us: u64,
    digest: String,
    link: String,
}

fn goldens() -> Vec<Golden> {
    let text = std::fs::read_to_string(GOLDEN).expect("the golden links");
    let line = |line: &str| {
        let parts: Vec<&str> = line.split(' ').collect();
        let [engine, at_us, digest, link] = parts[..] else { panic!("four parts: {line}") };
        let number = |text: &str| text.parse::<u64>().expect("a number");
        Golden {
            engine: u32::try_from(number(engine)).expect("a small number"),
            at_us: number(at_us),
            digest: digest.to_string(),
            link: link.to_string(),
        }
    };
    text.lines().filter(|line| !line.starts_with('#')).map(line).collect()
}

fn digest(link: &str, at_us: u64) -> String {
    let run = Run::from_link(link).unwrap_or_else(|error| panic!("an old link must be readable: {link}: {error}"));
    let mut timeline = Timeline::new(run).expect("a link has valid settings");
    timeline.advance_to(at_us);
    timeline.world().digest().to_string()
}

/// Runs of this engine that are worth keeping: the scenes, and some with faults.
fn bless() {
    let mut text = std::fs::read_to_string(GOLDEN).unwrap_or_default();
    if goldens_of(&text, ENGINE) == 0 {
        let scenes = SCENES.iter().map(|(name, text)| {
            let played =
                Scene::parse(text).expect("a kept scene").play().unwrap_or_else(|(_, error)| panic!("{name}: {error}"));
            (played.run().to_link(), played.world().now_us())
        });
        let faults = (0..10).map(|seed| (run_with_faults(seed).to_link(), END_US));
        for (link, at_us) in scenes.chain(faults) {
            writeln!(text, "{ENGINE} {at_us} {} {link}", digest(&link, at_us))
                .expect("writing to a String cannot fail");
        }
        std::fs::write(GOLDEN, text).expect("the golden links");
    }
}

fn goldens_of(text: &str, engine: u32) -> usize {
    text.lines().filter(|line| line.starts_with(&format!("{engine} "))).count()
}

#[test]
fn old_links_go_as_they_went_or_say_that_another_engine_made_them() {
    if std::env::var_os("RAFTARIUM_BLESS").is_some() {
        bless();
    }
    let goldens = goldens();
    assert!(goldens.iter().any(|golden| golden.engine == ENGINE), "engine {ENGINE} has no golden links: see above");
    for Golden { engine, at_us, digest: kept, link } in goldens {
        let run = Run::from_link(&link).unwrap_or_else(|error| panic!("{link}: {error}"));
        assert_eq!(run.engine, engine, "{link}");
        let now = digest(&link, at_us);
        let says_so = run.other_engine() == Some(engine);
        assert!(now == kept || says_so, "this run goes differently than it went with the same engine {ENGINE}: {link}");
    }
}

#[test]
fn a_run_of_another_engine_says_so_in_each_of_its_forms() {
    let link = "1.9~5~7";
    let run = Run::from_link(link).unwrap();
    assert_eq!((run.other_engine(), run.to_link().as_str()), (Some(9), link));
    assert!(run.to_string().starts_with("raftarium 1 engine 9\n"));
    assert_eq!(Run::parse(&run.to_string()), Ok(run));
    for (text, part) in [
        ("raftarium 1 engine 0\nseed 7", "line 1, column 20: `0` is no engine"),
        ("raftarium 1 engine\nseed 7", "line 1, column 19: the engine's number is missing"),
        ("raftarium 1 motor 2\nseed 7", "line 1, column 13: `motor` is too much here"),
    ] {
        let error = Run::parse(text).unwrap_err().to_string();
        assert!(error.starts_with(part), "{error}");
    }
    assert!(Run::from_link("1.~5~7").unwrap_err().message.contains("no engine"));
}
