//! Where runs and scenes come from: files, standard input, short forms, prepared scenes; and the options of commands.

use std::io::Read as _;

use raftarium_sim::run::TEXT_BYTES_MAX;
use raftarium_sim::scene::{SCENES, scene};
use raftarium_sim::time::parse_duration;
use raftarium_sim::{Run, Scene};

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

    /// The value of an option, which is taken out.
    pub(crate) fn value(&mut self, name: &str) -> Result<Option<&'a str>, Complaint> {
        let Some(place) = self.words.iter().position(|word| *word == name) else { return Ok(None) };
        self.words.remove(place);
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
            [word] if word.starts_with("--") => Err(format!("unknown option {word}")),
            [word] => Ok(word),
            [_, more, ..] => Err(format!("`{more}` is too much")),
        }
    }

    /// Nothing is left.
    pub(crate) fn end(self) -> Result<(), Complaint> {
        self.words.first().map_or(Ok(()), |word| Err(format!("`{word}` is too much")))
    }
}

/// Reads a run or a scene by the name of its file, or of a prepared scene; `-` is standard input.
pub(crate) fn read(name: &str) -> Result<Input, Complaint> {
    let text = match scene(name) {
        Some(text) => text.to_string(),
        None => read_text(name, TEXT_BYTES_MAX)?,
    };
    let looks_like_link = text.trim().lines().count() == 1 && text.contains('~');
    if looks_like_link {
        let link = text.trim().trim_start_matches('#');
        return Run::from_link(link).map(Input::Run).map_err(|error| format!("{name}: {error}"));
    }
    match Run::parse(&text) {
        Ok(run) => Ok(Input::Run(run)),
        // A scene is a run with more; if it is none either, its error is the one to tell.
        Err(_) => Scene::parse(&text).map(Input::Scene).map_err(|error| format!("{name}: {error}")),
    }
}

/// Reads a file, or standard input for `-`, but no more than a byte more than `bytes_max`.
pub(crate) fn read_text(name: &str, bytes_max: usize) -> Result<String, Complaint> {
    let limit = bytes_max as u64 + 1;
    let mut bytes = Vec::new();
    let result = if name == "-" {
        std::io::stdin().take(limit).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(name).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    result.map_err(|error| format!("{name}: {error}"))?;
    String::from_utf8(bytes).map_err(|_| format!("{name}: this is no text in UTF-8"))
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
    let name = Options::new(words).only("the scene's name")?;
    let text = scene(name).ok_or_else(|| format!("there is no scene `{name}`; raftarium scenes lists them"))?;
    print(text);
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
