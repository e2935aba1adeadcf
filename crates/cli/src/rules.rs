//! `raftarium rules`: the rules of Raft that the core can do without, so that one can see what falls: the switches of
//! the core, with the words of `raftarium_sim::rules`.

use raftarium_sim::rules::{InSearch, RULES, Rule};

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
            let [name, says, holds_up, source, search] =
                [rule.name, rule.says, rule.holds_up, rule.source, rule.search.name()].map(quoted);
            format!(
                "{{\"name\":{name},\"says\":{says},\"holdsUp\":{holds_up},\"source\":{source},\"search\":{search}}}"
            )
        };
        say!("[{}]", RULES.iter().map(line).collect::<Vec<_>>().join(",\n "));
        return Ok(Verdict::Well);
    }
    for Rule { name, says, holds_up, source, search } in RULES {
        say!("{name}\n    {says}\n    holds up {holds_up} ({source})");
        if let Some(hint) = hint(search) {
            say!("    {hint}");
        }
    }
    Ok(Verdict::Well)
}

/// What to know before one searches without a rule; nothing of those that fall soon.
pub(crate) fn hint(search: InSearch) -> Option<&'static str> {
    match search {
        InSearch::Soon => None,
        InSearch::Rarely => Some("a search finds what falls with some seeds only"),
        InSearch::FiveNodes => {
            Some("a search needs --nodes 5: with 3, what a leader counts on wrongly is a quorum all the same")
        }
        InSearch::FiveNodesRarely => Some("a search needs --nodes 5, and finds what falls with some seeds only"),
        InSearch::ByHand => Some("random runs do not come across what falls; a schedule made by hand shows it"),
        InSearch::Never => {
            Some("nothing can fall without it in this world: its disk lets promises go in the order of its writes")
        }
    }
}
