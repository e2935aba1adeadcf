//! Reading an action from its text.

use std::str::FromStr;

use super::{Action, Fate, Healing, LOAD_US_MAX, LOAD_US_MIN, Losing, Membership, Path, Quality, RATE_PERCENT_MAX};
use crate::command::{Command, word};
use crate::config::SETTING_US_MAX;
use crate::names::NodeSet;
use crate::network::MessagePattern;
use crate::rules::RuleId;
use crate::sure::sure;
use crate::time::{Duration, parse_span};
use crate::words::{ParseError, Word, Words, listed, quoted};

impl FromStr for Action {
    type Err = ParseError;

    /// Reads one action. The error's line is 1.
    fn from_str(text: &str) -> Result<Action, ParseError> {
        Action::read(&mut Words::new(text, 1))
    }
}

/// No log of a run grows to this index.
const INDEX_MAX: u64 = 1 << 40;

/// The verbs, for messages.
const VERBS: &str = "crash, restart, freeze, thaw, cut, heal, partition, isolate, link, hold, release, drop, duplicate, \
                     deliver, disk, compact, member, transfer, next, clock, tick, propose, break, mend, timeout, timer, client, \
                     load or loop";

impl Action {
    /// Reads one action and the end of its line.
    pub(crate) fn read(words: &mut Words<'_>) -> Result<Action, ParseError> {
        let verb = words.expect("an action, such as crash n1,")?;
        let action = match verb.text {
            "crash" => Action::Crash { node: words.node()?, losing: read_losing(words)? },
            "restart" => Action::Restart { node: words.node()? },
            "freeze" => Action::Freeze { node: words.node()? },
            "thaw" => Action::Thaw { node: words.node()? },
            "cut" => Action::Cut(read_path(words)?),
            "heal" => Action::Heal(read_healing(words)?),
            "partition" => Action::Partition { groups: read_groups(words)? },
            "isolate" => Action::Isolate { node: words.node()? },
            "link" => read_link(words)?,
            "disk" => read_disk(words)?,
            "transfer" => Action::Transfer { node: words.node()? },
            "next" => Action::Next { node: words.node()?, index: number(words, INDEX_MAX, "")? },
            "member" => Action::Member(Membership::read(words)?),
            "compact" => Action::Compact { node: words.node()?, index: number(words, INDEX_MAX, "")? },
            "clock" => read_clock(words)?,
            "tick" => Action::Tick { node: words.node()? },
            "propose" => Action::Propose { node: words.node()?, word: word(words, "the word to propose")? },
            "break" => Action::Break { rule: read_rule(words)? },
            "mend" => Action::Mend { rule: read_rule(words)? },
            "timeout" => Action::Timeout { node: words.node()? },
            "timer" => Action::Timer { node: words.node()?, length_us: words.duration()? },
            "client" | "loop" => read_client(words, verb.text == "loop")?,
            "load" => read_load(words)?,
            other => {
                if let Some(fate) = Fate::ALL.into_iter().find(|fate| fate.verb() == other) {
                    let pattern = MessagePattern::read(words)?;
                    words.end()?;
                    return Ok(Action::Meet { fate, pattern });
                }
                let message = format!("unknown action {}: an action begins with {VERBS}", quoted(other));
                return Err(words.error(verb, message));
            }
        };
        words.end()?;
        Ok(action)
    }
}

/// `n1>n2`, or `n1 n2`.
fn read_path(words: &mut Words<'_>) -> Result<Path, ParseError> {
    let first = words.expect("a link, such as n1 n2 or n1>n2,")?;
    let path = if let Some((from, to)) = first.text.split_once('>') {
        let from = words.node_of(Words::part(first, from))?;
        Path::OneWay { from, to: words.node_of(Words::part(first, to))? }
    } else {
        Path::Between(words.node_of(first)?, words.node()?)
    };
    let (a, b) = path.ends();
    if a == b {
        return Err(words.error(first, format!("a link has two ends, and n{a} is both of these")));
    }
    Ok(path)
}

fn read_healing(words: &mut Words<'_>) -> Result<Healing, ParseError> {
    let Some(first) = words.peek() else { return Ok(Healing::All) };
    let mut ahead = words.clone();
    ahead.next();
    if first.text.find('>').is_none() && ahead.next().is_none() {
        return Ok(Healing::Node(words.node()?));
    }
    Ok(Healing::Path(read_path(words)?))
}

/// `n1,n2 | n3`: disjoint groups, none empty.
fn read_groups(words: &mut Words<'_>) -> Result<Vec<NodeSet>, ParseError> {
    let all: Word<'_> = words.rest();
    let mut named = NodeSet::default();
    let mut groups = Vec::new();
    for group in all.text.split('|') {
        let mut set = NodeSet::default();
        for name in group.split(',') {
            let word = Words::part(all, name.trim());
            let node = words.node_of(word)?;
            if !named.insert(node) {
                return Err(words.error(word, format!("n{node} is named twice")));
            }
            set.insert(node);
        }
        groups.push(set);
    }
    Ok(groups)
}

/// What a client asks: once, or in a closed loop.
fn read_client(words: &mut Words<'_>, again: bool) -> Result<Action, ParseError> {
    let client = words.client()?;
    if again && takes(words, "off") {
        return Ok(Action::EndLoop { client });
    }
    let command = Command::read(words)?;
    let via = if takes(words, "via") { Some(words.node()?) } else { None };
    let thinks = again && takes(words, "think");
    let think_us = if thinks { words.duration_within(0, LOAD_US_MAX)? } else { 0 };
    Ok(Action::Client { client, command, via, think_us: again.then_some(think_us) })
}

/// Takes the next word if it is this one.
fn takes(words: &mut Words<'_>, wanted: &str) -> bool {
    let is_it = words.peek().is_some_and(|word| word.text == wanted);
    if is_it {
        words.next();
    }
    is_it
}

fn read_load(words: &mut Words<'_>) -> Result<Action, ParseError> {
    let client = words.client()?;
    let off = takes(words, "off");
    let every_us = if off { None } else { Some(words.duration_within(LOAD_US_MIN, LOAD_US_MAX)?) };
    Ok(Action::Load { client, every_us })
}

fn read_losing(words: &mut Words<'_>) -> Result<Losing, ParseError> {
    if words.peek().is_none() {
        return Ok(Losing::All);
    }
    keyword(words, "losing")?;
    let what = words.expect("all, or tail and a number,")?;
    match what.text {
        "all" => Ok(Losing::All),
        "tail" => Ok(Losing::Tail(number(words, 1_000_000, "")?)),
        other => Err(words.error(what, format!("{} is not what a crash loses: all, or tail 2", quoted(other)))),
    }
}

/// `all` or a path, then a quality.
fn read_link(words: &mut Words<'_>) -> Result<Action, ParseError> {
    let path = match words.peek() {
        Some(word) if word.text == "all" => {
            words.next();
            None
        }
        Some(_) | None => Some(read_path(words)?),
    };
    let mut quality = Quality::default();
    let first = words.peek();
    while let Some(word) = words.next() {
        match word.text {
            "normal" if first.is_some_and(|first| first.text == "normal") => break,
            "latency" => {
                let span = words.expect("a range such as 40ms..60ms")?;
                let span_us = parse_span(span.text).map_err(|message| words.error(span, message))?;
                if span_us.max_us > SETTING_US_MAX {
                    return Err(words.error(span, format!("a latency is at most {}", Duration(SETTING_US_MAX))));
                }
                quality.latency_us = Some(span_us);
            }
            "loss" => quality.loss_percent = percent(words)?,
            "duplicate" => quality.duplicate_percent = percent(words)?,
            "reorder" => quality.reorders = true,
            other => {
                let message =
                    format!("{} is no quality of a link: latency, loss, duplicate, reorder or normal", quoted(other));
                return Err(words.error(word, message));
            }
        }
    }
    match first {
        Some(_) => Ok(Action::Link { path, quality }),
        None => Err(words.error_here("a quality is missing, such as loss 5%, or normal".to_string())),
    }
}

fn read_rule(words: &mut Words<'_>) -> Result<RuleId, ParseError> {
    let word = words.expect("a rule, such as commit-own-term-only,")?;
    RuleId::named(word.text).ok_or_else(|| {
        let names = listed(RuleId::all().map(RuleId::name));
        words.error(word, format!("{} is no rule that can be broken: {}", quoted(word.text), names))
    })
}

fn read_disk(words: &mut Words<'_>) -> Result<Action, ParseError> {
    let node = words.node()?;
    let what = words.expect("sync and a duration, or lose,")?;
    match what.text {
        "lose" => Ok(Action::DiskLose { node }),
        "sync" => {
            let word = words.peek();
            let sync_us = words.duration()?;
            match word {
                Some(word) if sync_us > SETTING_US_MAX => {
                    Err(words.error(word, format!("a sync takes at most {}", Duration(SETTING_US_MAX))))
                }
                Some(_) | None => Ok(Action::DiskSync { node, sync_us }),
            }
        }
        other => Err(words.error(what, format!("{} is nothing a disk does: sync 80ms, or lose", quoted(other)))),
    }
}

fn read_clock(words: &mut Words<'_>) -> Result<Action, ParseError> {
    let node = words.node()?;
    keyword(words, "rate")?;
    let rate = number(words, u64::from(RATE_PERCENT_MAX), "%")?;
    Ok(Action::Clock { node, rate_percent: sure(u32::try_from(rate), "a small number") })
}

fn keyword(words: &mut Words<'_>, wanted: &str) -> Result<(), ParseError> {
    let word = words.expect(wanted)?;
    if word.text == wanted {
        Ok(())
    } else {
        Err(words.error(word, format!("{} should be `{wanted}`", quoted(word.text))))
    }
}

fn percent(words: &mut Words<'_>) -> Result<u8, ParseError> {
    let percent = number(words, 100, "%")?;
    Ok(sure(u8::try_from(percent), "at most 100"))
}

/// A whole number up to `max`, with a unit after it.
fn number(words: &mut Words<'_>, max: u64, unit: &str) -> Result<u64, ParseError> {
    let word = words.expect("a number")?;
    let digits = word.text.strip_suffix(unit).unwrap_or_default();
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let number = digits.parse().ok().filter(|&number: &u64| plain && number <= max);
    number.ok_or_else(|| {
        words.error(word, format!("{} is not a whole number from 0{unit} to {max}{unit}", quoted(word.text)))
    })
}
