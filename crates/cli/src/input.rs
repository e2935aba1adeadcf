//! Where runs and scenes come from: files, standard input, short forms, prepared scenes; and the options of commands.

use std::io::Read as _;
use std::path::Path;

use raftarium_sim::run::TEXT_BYTES_MAX;
use raftarium_sim::scene::{SCENES, scene};
use raftarium_sim::time::parse_duration;
use raftarium_sim::{ParseError, Run, Scene};

use crate::say::{print, say};
use crate::{Complaint, Verdict};

/// What a file turned out to be.
pub(crate) enum Input {
    /// Times only.
    Run(Run),
    /// Conditions, too.
    Scene(Scene),
}

/// The options of a command: what follows `--name`, and what stands alone.
pub(crate) struct Options<'a> {
    words: Vec<&'a str>,
}

impl<'a> Options<'a> {
    pub(crate) fn new(words: &[&'a str]) -> Options<'a> {
        Options { words: words.to_vec() }
    }

    /// The value of an option, `--name value` or `--name=value`, which is taken out.
    pub(crate) fn value(&mut self, name: &str) -> Result<Option<&'a str>, Complaint> {
        let is_it = |word: &&str| word.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('='));
        let Some(place) = self.words.iter().position(is_it) else { return Ok(None) };
        if let Some((_, value)) = self.words.remove(place).split_once('=') {
            return Ok(Some(value));
        }
        if place == self.words.len() {
            return Err(format!("{name} needs a value"));
        }
        Ok(Some(self.words.remove(place)))
    }

    /// Whether a switch is there; it is taken out.
    pub(crate) fn switch(&mut self, name: &str) -> bool {
        let before = self.words.len();
        self.words.retain(|word| *word != name);
        self.words.len() < before
    }

    /// The value of `--until`, in µs.
    pub(crate) fn until_us(&mut self) -> Result<Option<u64>, Complaint> {
        self.value("--until")?.map(|text| parse_duration(text).map_err(|error| format!("--until: {error}"))).transpose()
    }

    /// The one word that is left.
    pub(crate) fn only(self, what: &str) -> Result<&'a str, Complaint> {
        match self.words.as_slice() {
            [] => Err(format!("{what} is missing")),
            [word] if !word.starts_with("--") => Ok(word),
            words => {
                Err(unexpected(words.iter().find(|word| word.starts_with("--")).unwrap_or(&words[words.len() - 1])))
            }
        }
    }

    /// Nothing is left.
    pub(crate) fn end(self) -> Result<(), Complaint> {
        self.words.first().map_or(Ok(()), |word| Err(unexpected(word)))
    }
}

/// A sentence about a word that no command takes.
fn unexpected(word: &str) -> Complaint {
    if word.starts_with("--") {
        return format!("unknown option {word}; raftarium help COMMAND lists those of a command");
    }
    format!("`{word}` is one word too many; raftarium help COMMAND shows what a command takes")
}

/// Reads a run or a scene: by the name of its file or of a prepared scene, by its link, or from standard input (`-`).
pub(crate) fn read(name: &str) -> Result<Input, Complaint> {
    if let Some(text) = scene(name) {
        return parse(text).map_err(|error| format!("{name}: {error}"));
    }
    if looks_like_link(name) && !Path::new(name).exists() {
        return linked(name);
    }
    let text = read_text(name, TEXT_BYTES_MAX).map_err(|complaint| {
        if name == "-" || Path::new(name).exists() {
            return complaint;
        }
        format!("{complaint}; nor is there a scene of that name (raftarium scenes lists them)")
    })?;
    // Some editors begin a text with a mark of its encoding.
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().lines().count() == 1 && looks_like_link(text) {
        return linked(text.trim());
    }
    parse(text).map_err(|error| format!("{name}: {error}"))
}

/// Whether a line is a link, or the address of the page with one.
fn looks_like_link(line: &str) -> bool {
    line.contains('~') || line.contains("#scene=")
}

/// Reads `1~5~7`, `#1~5~7&t=300000`, `#scene=figure-8`, or a whole address that ends so. The moment (`t`) is the page's.
fn linked(address: &str) -> Result<Input, Complaint> {
    let hash = address.rsplit_once('#').map_or(address, |(_, hash)| hash);
    let link = hash.split_once('&').map_or(hash, |(link, _)| link);
    match link.strip_prefix("scene=") {
        Some(name) => parse(prepared(name)?).map_err(|error| format!("{name}: {error}")),
        None => Run::from_link(link).map(Input::Run).map_err(|error| format!("the link {link}: {error}")),
    }
}

fn parse(text: &str) -> Result<Input, ParseError> {
    match Run::parse(text) {
        Ok(run) => Ok(Input::Run(run)),
        // A scene is a run with more; if it is none either, its error is the one to tell.
        Err(_) => Scene::parse(text).map(Input::Scene),
    }
}

/// Reads a file, or standard input for `-`, of at most so many bytes.
pub(crate) fn read_text(name: &str, bytes_max: usize) -> Result<String, Complaint> {
    let limit = bytes_max as u64 + 1;
    let mut bytes = Vec::new();
    let result = if name == "-" {
        std::io::stdin().take(limit).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(name).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    result.map_err(|error| format!("{name}: {error}"))?;
    if bytes.len() > bytes_max {
        return Err(format!("{name}: it is longer than {bytes_max} bytes, the most that is read"));
    }
    String::from_utf8(bytes).map_err(|_| format!("{name}: this is no text in UTF-8"))
}

/// The text of a prepared scene.
fn prepared(name: &str) -> Result<&'static str, Complaint> {
    scene(name).ok_or_else(|| format!("there is no scene `{name}`; raftarium scenes lists them"))
}

/// Lists the prepared scenes, or prints one.
pub(crate) fn scenes(words: &[&str]) -> Result<Verdict, Complaint> {
    if words.is_empty() {
        for (name, text) in SCENES {
            let about = text.lines().next().unwrap_or_default().trim_start_matches('#').trim();
            say!("{name:22} {about}");
        }
        return Ok(Verdict::Well);
    }
    print(prepared(Options::new(words).only("the scene's name")?)?);
    Ok(Verdict::Well)
}

/// Prints the short form of a run. A scene is played first: its run holds only times.
pub(crate) fn link(words: &[&str]) -> Result<Verdict, Complaint> {
    let name = Options::new(words).only("the file")?;
    let run = match read(name)? {
        Input::Run(run) => run,
        Input::Scene(scene) => scene.play().map_err(|(_, error)| format!("{name}: {error}"))?.run().clone(),
    };
    say!("{}", run.to_link());
    Ok(Verdict::Well)
}
