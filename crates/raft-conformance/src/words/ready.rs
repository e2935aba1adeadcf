//! A Ready, line by line.

use raft_core::{HardState, ReadState, Ready, SoftState};

use super::{entry, message, progress};

/// Everything a node wants done, as etcd prints it: `messages` are the lines of what leaves and of what goes to the
/// node's own storage threads.
pub fn ready(ready: &Ready, must_sync: bool, messages: &[String]) -> String {
    let mut text = String::new();
    if let Some(SoftState { leader, role }) = ready.soft_state {
        text.push_str(&format!("Lead:{} State:{}\n", leader.unwrap_or_default(), progress::role(role)));
    }
    if let Some(state) = &ready.append.hard_state {
        text.push_str(&format!("HardState {}\n", hard_state(state)));
    }
    if !ready.read_states.is_empty() {
        let states: Vec<_> = ready.read_states.iter().map(read_state).collect();
        text.push_str(&format!("ReadStates [{}]\n", states.join(" ")));
    }
    push_list(&mut text, "Entries", &entry::lines(&ready.append.entries));
    if let Some(snapshot) = &ready.append.snapshot {
        text.push_str(&format!("Snapshot {}\n", message::snapshot(snapshot)));
    }
    push_list(&mut text, "CommittedEntries", &entry::lines(&ready.committed_entries));
    push_list(&mut text, "Messages", &messages.iter().map(|line| format!("{line}\n")).collect::<String>());
    if text.is_empty() { "<empty Ready>".to_string() } else { format!("Ready MustSync={must_sync}:\n{text}") }
}

fn push_list(text: &mut String, title: &str, lines: &str) {
    if !lines.is_empty() {
        text.push_str(&format!("{title}:\n{lines}"));
    }
}

fn hard_state(state: &HardState) -> String {
    let vote = state.voted_for.map_or_else(String::new, |vote| format!(" Vote:{vote}"));
    format!("Term:{}{vote} Commit:{}", state.term, state.commit)
}

/// `%v` of an index and the bytes of a name.
fn read_state(state: &ReadState) -> String {
    let bytes: Vec<_> = state.context.to_string().bytes().map(|byte| byte.to_string()).collect();
    format!("{{{} [{}]}}", state.index, bytes.join(" "))
}

#[cfg(test)]
mod tests {
    use raft_core::{Append, Body, Entry, Role};

    use super::*;

    #[test]
    fn an_empty_ready_says_so() {
        assert_eq!(ready(&Ready::default(), false, &[]), "<empty Ready>");
    }

    #[test]
    fn the_parts_come_in_etcds_order() {
        let noop = Entry { term: 1, index: 3, body: Body::Noop };
        let full = Ready {
            soft_state: Some(SoftState { leader: None, role: Role::Candidate }),
            append: Append {
                hard_state: Some(HardState { term: 1, voted_for: Some(1), commit: 2 }),
                entries: vec![noop.clone()],
                ..Append::default()
            },
            committed_entries: vec![noop],
            read_states: vec![ReadState { index: 3, context: 12 }],
            ..Ready::default()
        };
        let lines = [
            "Ready MustSync=true:",
            "Lead:0 State:StateCandidate",
            "HardState Term:1 Vote:1 Commit:2",
            "ReadStates [{3 [49 50]}]",
            "Entries:",
            r#"1/3 EntryNormal """#,
            "CommittedEntries:",
            r#"1/3 EntryNormal """#,
            "Messages:",
            "1->2 x",
            "",
        ];
        assert_eq!(ready(&full, true, &["1->2 x".to_string()]), lines.join("\n"));
    }
}
