//! Entries: `1/3 EntryNormal "foo"`.

use raft_core::{Body, Entry, Index, Term};

use super::{conf, quote::quoted};

/// One entry, without the newline.
pub fn entry(entry: &Entry) -> String {
    at(entry.term, entry.index, &entry.body)
}

/// An entry of a proposal on its way to the leader: it has no place yet.
pub fn proposed(entry: &Entry) -> String {
    at(0, 0, &entry.body)
}

fn at(term: Term, index: Index, body: &Body) -> String {
    let what = match body {
        Body::Noop => r#"EntryNormal """#.to_string(),
        Body::Command(payload) => format!("EntryNormal {}", quoted(payload)),
        Body::ConfChange(change) => {
            let kind = if conf::is_first_kind(change) { "EntryConfChange" } else { "EntryConfChangeV2" };
            format!("{kind} {}", conf::changes(&change.changes)).trim_end().to_string()
        }
    };
    format!("{term}/{index} {what}")
}

/// Entries, one a line.
pub fn lines(entries: &[Entry]) -> String {
    entries.iter().map(|it| entry(it) + "\n").collect()
}

/// Entries inside a message, whose own lines are indented by `indent`: one stays on the line, more get lines of their
/// own.
pub fn inside(entries: &[Entry], indent: &str, print: fn(&Entry) -> String) -> String {
    match entries {
        [] => String::new(),
        [one] => format!(" Entries:[{}]", print(one)),
        many => {
            let lines: String = many.iter().map(|it| format!("\n{indent}  {}", print(it))).collect();
            format!(" Entries:[{lines}\n{indent}]")
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use raft_core::{Change, ConfChange, Payload};

    use super::*;

    #[test]
    fn each_kind_of_entry_has_its_words() {
        let check = |body: Body, text: &str| assert_eq!(entry(&Entry { term: 2, index: 5, body }), text);
        check(Body::Noop, r#"2/5 EntryNormal """#);
        check(Body::Command(Payload::from("foo")), r#"2/5 EntryNormal "foo""#);
        let mut change = ConfChange::from_iter([Change::AddVoter(2), Change::Remove(1)]);
        check(Body::ConfChange(Arc::new(change.clone())), "2/5 EntryConfChangeV2 v2 r1");
        change.changes.pop();
        change.context = conf::kind_mark(true);
        check(Body::ConfChange(Arc::new(change)), "2/5 EntryConfChange v2");
        check(Body::ConfChange(Arc::new(ConfChange::LEAVE_JOINT)), "2/5 EntryConfChangeV2");
    }

    #[test]
    fn several_entries_get_lines_of_their_own() {
        let noop = |index| Entry { term: 1, index, body: Body::Noop };
        assert_eq!(inside(&[], "", entry), "");
        assert_eq!(inside(&[noop(3)], "", entry), r#" Entries:[1/3 EntryNormal ""]"#);
        assert_eq!(
            inside(&[noop(3), noop(4)], "  ", entry),
            " Entries:[\n    1/3 EntryNormal \"\"\n    1/4 EntryNormal \"\"\n  ]"
        );
    }
}
