//! Every prepared scene keeps its promises, and its trace is the one that was written down and read.

use std::fmt::Write as _;

use raftarium_sim::scene::{SCENES, Scene};
use raftarium_sim::{Run, Timeline};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/scenes");

fn play(name: &str, text: &str) -> Timeline {
    let scene = Scene::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    scene.play().unwrap_or_else(|(_, error)| panic!("{name}: {error}"))
}

#[test]
fn every_scene_keeps_its_promises_and_breaks_no_property() {
    let mut failed = Vec::new();
    for (name, text) in SCENES {
        match Scene::parse(text)
            .map_err(|error| error.to_string())
            .and_then(|s| s.play().map_err(|(_, e)| e.to_string()))
        {
            // A scene in which a property falls says so in a line of its own.
            Ok(timeline) => {
                assert_eq!(timeline.world().violations().is_empty(), !text.contains("\nexpect fallen"), "{name}");
            }
            Err(error) => failed.push(format!("{name}: {error}")),
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// The scene with which the README teaches how to write one, and the trace with which it teaches how to read one.
#[test]
fn the_readme_teaches_what_holds() {
    let readme = include_str!("../README.md");
    let texts: Vec<&str> = readme.split("```text\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let [scene, trace] = texts[..] else { panic!("{} texts", texts.len()) };
    let played = play("README.md", scene);
    assert!(played.world().violations().is_empty());
    let broken = "raftarium 1\nnodes 5\nseed 7\n@0 break one-vote-a-term\n@0 break voter-checks-log\n\
                  @150ms timeout n1\n@150ms timeout n2\n@150ms timeout n3\n@150ms timeout n4\n";
    let mut broken = Timeline::new(Run::parse(broken).expect("a run")).expect("valid settings");
    broken.advance_to(1_000_000);
    let (_, figure_8) = SCENES.iter().find(|(name, _)| *name == "figure-8").expect("the scene");
    let printed: Vec<String> = [play("figure-8", figure_8), broken]
        .iter()
        .flat_map(|timeline| timeline.world().trace().iter().map(ToString::to_string).collect::<Vec<_>>())
        .collect();
    for line in trace.lines() {
        assert!(printed.iter().any(|record| record == line), "{line}");
    }
}

/// Goal: a scene can be shared as a run of times alone. Method: its run, through its link, gives the same digest.
#[test]
fn a_scene_is_a_run() {
    for (name, text) in SCENES {
        let played = play(name, text);
        let run = Run::from_link(&played.run().to_link()).expect("a link that was just made");
        let mut again = Timeline::new(run).expect("valid settings");
        again.advance_to(played.world().now_us());
        assert_eq!(again.world().digest(), played.world().digest(), "{name}");
    }
}

/// Goal: a change of behaviour is seen and read. Method: traces as text; `RAFTARIUM_BLESS=1` writes them anew.
#[test]
fn the_traces_are_those_written_down() {
    for (name, text) in SCENES {
        let timeline = play(name, text);
        let mut trace = String::new();
        for record in timeline.world().trace().iter() {
            writeln!(trace, "{record}").expect("writing to a String cannot fail");
        }
        let file = format!("{GOLDEN}/{name}.txt");
        if std::env::var_os("RAFTARIUM_BLESS").is_some() {
            std::fs::create_dir_all(GOLDEN).expect("the folder of the golden files");
            std::fs::write(&file, &trace).expect("a golden file");
        }
        assert_eq!(trace, std::fs::read_to_string(&file).expect("a golden file"), "{name}");
    }
}

/// Goal: the page has every scene, as the run of times that it comes to. Method: the page's list is written from them;
/// `RAFTARIUM_BLESS=1` writes it anew.
#[test]
fn the_page_has_every_scene() {
    let lines = SCENES.iter().map(|(name, text)| format!("  \"{name}\": \"{}\"", play(name, text).run().to_link()));
    let list = format!("{{\n{}\n}}\n", lines.collect::<Vec<_>>().join(",\n"));
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/src/late/scenes.json");
    if std::env::var_os("RAFTARIUM_BLESS").is_some() {
        std::fs::write(file, &list).expect("the page's list of scenes");
    }
    assert_eq!(list, std::fs::read_to_string(file).expect("the page's list of scenes"));
}

/// The sentences of a scene, lines that begin with `#>`, and when each is said: as soon as the steps before it are done, in µs.
fn sentences<'a>(name: &str, text: &'a str) -> Vec<(u64, &'a str)> {
    let mut said = Vec::new();
    let mut before = 0;
    for line in text.split_inclusive('\n') {
        if let Some(sentence) = line.strip_prefix("#> ") {
            said.push((play(name, &text[..before]).world().now_us(), sentence.trim_end()));
        }
        before += line.len();
    }
    said
}

/// Goal: the page says each sentence of a scene at its moment. Method: as above; no two are said at once, and none is longer than a slide bears.
#[test]
fn the_page_has_every_sentence() {
    let mut list = String::from("{\n");
    for (number, (name, text)) in SCENES.iter().enumerate() {
        let said = sentences(name, text);
        assert!(said.len() >= 3 && said[0].0 == 0, "{name} begins with a sentence");
        assert!(said.is_sorted_by(|(a, _), (b, _)| a < b), "{name}: {said:?}");
        let lines = said.iter().map(|(at_us, sentence)| {
            assert!(sentence.len() <= 105 && !sentence.contains(['"', '\\']), "{name}: {sentence}");
            format!("    [{at_us}, \"{sentence}\"]")
        });
        let comma = if number + 1 == SCENES.len() { "" } else { "," };
        writeln!(list, "  \"{name}\": [\n{}\n  ]{comma}", lines.collect::<Vec<_>>().join(",\n")).expect("a text");
    }
    list.push_str("}\n");
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/src/late/scene-lines.json");
    if std::env::var_os("RAFTARIUM_BLESS").is_some() {
        std::fs::write(file, &list).expect("the page's sentences");
    }
    assert_eq!(list, std::fs::read_to_string(file).expect("the page's sentences"));
}

#[test]
fn every_file_in_the_folder_is_a_scene() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenes");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder of scenes")
        .map(|file| file.expect("a file").file_name().to_string_lossy().into_owned())
        .collect();
    files.sort();
    let mut names: Vec<String> = SCENES.iter().map(|(name, _)| format!("{name}.raft")).collect();
    names.sort();
    assert_eq!(files, names);
}
