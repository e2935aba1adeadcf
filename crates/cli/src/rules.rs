//! `raftarium rules`: the rules of Raft that the core can do without, so that one can see what falls: the switches of
//! the core, with the words of `raftarium_sim::rules`.

use raftarium_sim::rules::{RULES, Rule};

use crate::input::Options;
use crate::play::quoted;
use crate::say::say;
use crate::{Complaint, Verdict};

/// Prints the table, as JSON with `--json`.
pub(crate) fn rules(words: &[&str]) -> Result<Verdict, Complaint> {
    let mut options = Options::new(words);
    let as_json = options.switch("--json");
    options.end()?;
    if as_json {
        let line = |rule: &Rule| {
            let [name, says, holds_up, source] = [rule.name, rule.says, rule.holds_up, rule.source].map(quoted);
            format!("{{\"name\":{name},\"says\":{says},\"holdsUp\":{holds_up},\"source\":{source}}}")
        };
        say!("[{}]", RULES.iter().map(line).collect::<Vec<_>>().join(",\n "));
        return Ok(Verdict::Well);
    }
    for Rule { name, says, holds_up, source, .. } in RULES {
        say!("{name}\n    {says}\n    holds up {holds_up} ({source})");
    }
    Ok(Verdict::Well)
}
