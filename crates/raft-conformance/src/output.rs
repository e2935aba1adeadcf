//! What one directive says: log lines at or above a level, and the text of the commands themselves.

/// How grave a log line must be to be heard.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Level {
    /// Everything is heard.
    #[default]
    Debug,
    /// What happens.
    Info,
    /// What should not happen often.
    Warn,
    /// What should not happen.
    Error,
    /// What ends a node.
    Fatal,
    /// Nothing at all is heard, not even the commands.
    None,
}

impl Level {
    const ALL: [Level; 6] = [Level::Debug, Level::Info, Level::Warn, Level::Error, Level::Fatal, Level::None];

    /// The level of this name, in capitals or not.
    pub fn named(name: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.name().eq_ignore_ascii_case(name))
    }

    /// The word that a log line begins with.
    pub fn name(self) -> &'static str {
        match self {
            Level::Debug => "DEBUG",
            Level::Info => "INFO",
            Level::Warn => "WARN",
            Level::Error => "ERROR",
            Level::Fatal => "FATAL",
            Level::None => "NONE",
        }
    }
}

/// The output of the directive at hand.
#[derive(Clone, Debug, Default)]
pub struct Output {
    /// What is not heard.
    pub level: Level,
    text: String,
}

impl Output {
    /// Whether nothing is heard at all.
    pub fn is_quiet(&self) -> bool {
        self.level == Level::None
    }

    /// Says the text as it is.
    pub fn say(&mut self, text: &str) {
        if !self.is_quiet() {
            self.text.push_str(text);
        }
    }

    /// Says the text and ends the line.
    pub fn say_line(&mut self, line: &str) {
        self.say(line);
        self.say("\n");
    }

    /// A log line, heard if it is grave enough.
    pub fn log(&mut self, level: Level, line: &str) {
        if self.level <= level {
            self.say_line(&format!("{} {line}", level.name()));
        }
    }

    /// Takes what was said so far, so that what follows can be told apart: see [`close`](Output::close).
    pub fn open(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// Puts `before` back in front of what was said since [`open`](Output::open), which is indented by two.
    pub fn close(&mut self, before: String) {
        let inner = std::mem::replace(&mut self.text, before);
        for line in inner.lines() {
            self.text.push_str("  ");
            self.text.push_str(line);
            self.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_heard_from_its_level_on() {
        let mut output = Output { level: Level::Info, ..Output::default() };
        output.log(Level::Debug, "a");
        output.log(Level::Info, "b");
        output.log(Level::Warn, "c");
        output.say("d");
        assert_eq!(output.open(), "INFO b\nWARN c\nd");
        output.level = Level::None;
        output.log(Level::Fatal, "e");
        output.say_line("f");
        assert_eq!(output.open(), "");
    }

    #[test]
    fn what_is_said_in_between_is_indented() {
        let mut output = Output::default();
        output.say_line("> 1");
        let before = output.open();
        output.say("a\nb");
        output.close(before);
        assert_eq!(output.open(), "> 1\n  a\n  b\n");
    }

    #[test]
    fn levels_are_found_by_name() {
        assert_eq!(Level::named("warn"), Some(Level::Warn));
        assert_eq!(Level::named("NONE"), Some(Level::None));
        assert_eq!(Level::named("loud"), None);
    }
}
