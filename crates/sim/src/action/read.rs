//! Reading an action from its text.

use std::str::FromStr;

use super::{Action, Fate, Healing, LOAD_US_MAX, LOAD_US_MIN, Losing, Membership, Path, Quality, RATE_PERCENT_MAX};
use crate::command::{Command, word};
use crate::config::SETTING_US_MAX;
use crate::names::NodeSet;
use crate::network::MessagePattern;
use crate::rules::RuleId;
use crate::sure::sure;
use crate::time::{Duration, parse_duration, parse_span};
use crate::words::{ParseError, Word, Words, listed, plain_number};

impl FromStr for Action {
    type Err = ParseError;

    /// Reads one action. The error's line is 1.
    fn from_str(text: &str) -> Result<Action, ParseError> {
        let mut words = Words::new(text, 1);
        let action = Action::read(&mut words);
        words.whole(action)
    }
}

/// No log of a run grows to this index.
const INDEX_MAX: u64 = 1 << 40;

impl Action {
    /// Reads one action.
    pub(crate) fn read(words: &mut Words<'_>) -> Action {
        let verb = words.expect("an action, such as crash n1,");
        match verb.text {
            "crash" => Action::Crash { node: words.node(), losing: read_losing(words) },
            "restart" => Action::Restart { node: words.node() },
            "freeze" => Action::Freeze { node: words.node() },
            "thaw" => Action::Thaw { node: words.node() },
            "cut" => Action::Cut(read_path(words)),
            "heal" => Action::Heal(read_healing(words)),
            "partition" => Action::Partition { groups: read_groups(words) },
            "isolate" => Action::Isolate { node: words.node() },
            "link" => read_link(words),
            "disk" => read_disk(words),
            "transfer" => Action::Transfer { node: words.node() },
            "next" => Action::Next { node: words.node(), index: number(words, INDEX_MAX, "") },
            "member" => Action::Member(Membership::read(words)),
            "compact" => Action::Compact { node: words.node(), index: number(words, INDEX_MAX, "") },
            "clock" => read_clock(words),
            "tick" => Action::Tick { node: words.node() },
            "propose" => Action::Propose { node: words.node(), word: word(words, "the word to propose") },
            "break" => Action::Break { rule: read_rule(words) },
            "mend" => Action::Mend { rule: read_rule(words) },
            "timeout" => Action::Timeout { node: words.node() },
            "timer" => Action::Timer { node: words.node(), length_us: words.duration() },
            "client" => read_client(words, false),
            "loop" => read_client(words, true),
            "load" => {
                let client = words.client();
                let off = words.takes("off");
                let every_us = if off { None } else { Some(words.duration_within(LOAD_US_MIN, LOAD_US_MAX)) };
                Action::Load { client, every_us }
            }
            other => {
                if let Some(fate) = Fate::ALL.into_iter().find(|fate| fate.verb() == other) {
                    return Action::Meet { fate, pattern: MessagePattern::read(words) };
                }
                let verbs = ": an action begins with crash, restart, freeze, thaw, cut, heal, partition, isolate, link, \
                             hold, release, drop, duplicate, deliver, disk, compact, member, transfer, next, clock, tick, \
                             propose, break, mend, timeout, timer, client, load or loop";
                words.wrong("unknown action ", verb, verbs);
                Action::Heal(Healing::All)
            }
        }
    }
}

/// `n1>n2`, or `n1 n2`.
fn read_path(words: &mut Words<'_>) -> Path {
    let first = words.expect("a link, such as n1 n2 or n1>n2,");
    read_path_from(words, first)
}

fn read_path_from(words: &mut Words<'_>, first: Word<'_>) -> Path {
    let path = if let Some((from, to)) = first.text.split_once('>') {
        let from = words.node_of(Words::part(first, from));
        Path::OneWay { from, to: words.node_of(Words::part(first, to)) }
    } else {
        Path::Between(words.node_of(first), words.node())
    };
    let (a, b) = path.ends();
    if a == b {
        words.fail(first, format!("a link has two ends, and n{a} is both of these"));
    }
    path
}

fn read_healing(words: &mut Words<'_>) -> Healing {
    match words.next() {
        None => Healing::All,
        Some(first) if first.text.find('>').is_none() && words.peek().is_none() => Healing::Node(words.node_of(first)),
        Some(first) => Healing::Path(read_path_from(words, first)),
    }
}

/// `n1,n2 | n3`: disjoint groups, none empty.
fn read_groups(words: &mut Words<'_>) -> Vec<NodeSet> {
    let all: Word<'_> = words.rest();
    let mut named = NodeSet::default();
    all.text.split('|').map(|group| read_nodes(words, Words::part(all, group), &mut named)).collect()
}

/// `n1,n2`, none of them named before.
pub(super) fn read_nodes(words: &mut Words<'_>, all: Word<'_>, named: &mut NodeSet) -> NodeSet {
    let mut nodes = NodeSet::default();
    for name in all.text.split(',') {
        let word = Words::part(all, name.trim());
        let node = words.node_of(word);
        if !named.insert(node) {
            words.fail(word, format!("n{node} is named twice"));
        }
        nodes.insert(node);
    }
    nodes
}

/// What a client asks: once, or in a closed loop.
fn read_client(words: &mut Words<'_>, again: bool) -> Action {
    let client = words.client();
    if again && words.takes("off") {
        return Action::EndLoop { client };
    }
    let command = Command::read(words);
    let via = if words.takes("via") { Some(words.node()) } else { None };
    let think_us = if again && words.takes("think") { words.duration_within(0, LOAD_US_MAX) } else { 0 };
    Action::Client { client, command, via, think_us: again.then_some(think_us) }
}

fn read_losing(words: &mut Words<'_>) -> Losing {
    if words.peek().is_none() {
        return Losing::All;
    }
    keyword(words, "losing");
    let what = words.expect("all, or tail and a number,");
    match what.text {
        "tail" => return Losing::Tail(number(words, 1_000_000, "")),
        "all" => {}
        _ => words.wrong("", what, " is not what a crash loses: all, or tail 2"),
    }
    Losing::All
}

/// `all` or a path, then a quality.
fn read_link(words: &mut Words<'_>) -> Action {
    let path = if words.takes("all") { None } else { Some(read_path(words)) };
    let mut quality = Quality::default();
    if words.peek().is_none() {
        words.fail_here("a quality is missing, such as loss 5%, or normal");
    } else if !words.takes("normal") {
        while let Some(word) = words.next() {
            read_quality(words, word, &mut quality);
        }
    }
    Action::Link { path, quality }
}

fn read_quality(words: &mut Words<'_>, word: Word<'_>, quality: &mut Quality) {
    match word.text {
        "latency" => {
            let span = words.expect("a range such as 40ms..60ms");
            let span_us = words.or_fail(span, parse_span(span.text));
            if span_us.max_us > SETTING_US_MAX {
                words.fail(span, format!("a latency is at most {}", Duration(SETTING_US_MAX)));
            }
            quality.latency_us = Some(span_us);
        }
        "loss" => quality.loss_percent = percent(words),
        "duplicate" => quality.duplicate_percent = percent(words),
        "reorder" => quality.reorders = true,
        _ => words.wrong("", word, " is no quality of a link: latency, loss, duplicate, reorder or normal"),
    }
}

fn read_rule(words: &mut Words<'_>) -> RuleId {
    let word = words.expect("a rule, such as commit-own-term-only,");
    RuleId::named(word.text).unwrap_or_else(|| {
        let names = listed(RuleId::all().map(RuleId::name));
        words.wrong("", word, &format!(" is no rule that can be broken: {names}"));
        RuleId::FIRST
    })
}

fn read_disk(words: &mut Words<'_>) -> Action {
    let node = words.node();
    let what = words.expect("sync and a duration, or lose,");
    match what.text {
        "sync" => {
            let word = words.expect("a duration, such as 150ms,");
            let sync_us = words.or_fail(word, parse_duration(word.text));
            if sync_us > SETTING_US_MAX {
                words.fail(word, format!("a sync takes at most {}", Duration(SETTING_US_MAX)));
            }
            return Action::DiskSync { node, sync_us };
        }
        "lose" => {}
        _ => words.wrong("", what, " is nothing a disk does: sync 80ms, or lose"),
    }
    Action::DiskLose { node }
}

fn read_clock(words: &mut Words<'_>) -> Action {
    let node = words.node();
    keyword(words, "rate");
    let rate = number(words, u64::from(RATE_PERCENT_MAX), "%");
    Action::Clock { node, rate_percent: sure(u32::try_from(rate), "a small number") }
}

fn keyword(words: &mut Words<'_>, wanted: &str) {
    let word = words.expect(wanted);
    if word.text != wanted {
        words.wrong("", word, &format!(" should be `{wanted}`"));
    }
}

fn percent(words: &mut Words<'_>) -> u8 {
    sure(u8::try_from(number(words, 100, "%")), "at most 100")
}

/// A whole number up to `max`, with a unit after it.
fn number(words: &mut Words<'_>, max: u64, unit: &str) -> u64 {
    let word = words.expect("a number");
    let number = word.text.strip_suffix(unit).and_then(plain_number).filter(|&number| number <= max);
    number.unwrap_or_else(|| {
        words.wrong("", word, &format!(" is not a whole number from 0{unit} to {max}{unit}"));
        0
    })
}
