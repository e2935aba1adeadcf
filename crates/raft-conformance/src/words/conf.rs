//! Configurations and their changes: as etcd stores them, as it logs them, and as its transcripts propose them.

use std::fmt::Write;

use raft_core::{Change, ConfChange, ConfState, NodeId, Payload, Transition};

use super::quote::quoted;

/// What marks a change as one of etcd's first kind (`EntryConfChange`): etcd holds the two apart on the wire, our core
/// has one. Carried in the change's context, which no transcript uses.
const FIRST_KIND: &str = "v1";

/// Marks the id in a step that only updates a node (`u3`): to etcd's raft a step without effect. Our core has none such;
/// here it is the removal of a node that never was.
const UPDATED: NodeId = 1 << 63;

/// Whether the change is of etcd's first kind.
pub fn is_first_kind(change: &ConfChange) -> bool {
    *change.context == *FIRST_KIND.as_bytes()
}

/// The mark of a change of the first kind, or nothing.
pub fn kind_mark(first_kind: bool) -> Payload {
    if first_kind { Payload::from(FIRST_KIND) } else { Payload::EMPTY }
}

/// As a snapshot's or a Ready's line has it.
pub fn conf_state(conf: &ConfState) -> String {
    format!(
        "Voters:{} VotersOutgoing:{} Learners:{} LearnersNext:{} AutoLeave:{}",
        list(&conf.voters),
        list(&conf.voters_outgoing),
        list(&conf.learners),
        list(&conf.learners_next),
        conf.auto_leave
    )
}

/// In the text form of protocol buffers, as the log line of a snapshot that leaves its receiver out has it.
pub fn conf_state_fields(conf: &ConfState) -> String {
    let lists = [
        ("voters", &conf.voters),
        ("learners", &conf.learners),
        ("voters_outgoing", &conf.voters_outgoing),
        ("learners_next", &conf.learners_next),
    ];
    let ids = lists.into_iter().flat_map(|(name, ids)| ids.iter().map(move |id| format!("{name}:{id} ")));
    format!("{}auto_leave:{}", ids.collect::<String>(), conf.auto_leave)
}

fn list(ids: &[NodeId]) -> String {
    format!("[{}]", joined(ids))
}

/// As a log line has it: `voters=(1 2 3)&&(1) learners=(4) autoleave`.
pub fn config(conf: &ConfState) -> String {
    let mut text = format!("voters=({})", joined(&conf.voters));
    if conf.is_joint() {
        write!(text, "&&({})", joined(&conf.voters_outgoing)).expect("writing to a string cannot fail");
    }
    for (name, ids) in [("learners", &conf.learners), ("learners_next", &conf.learners_next)] {
        if !ids.is_empty() {
            write!(text, " {name}=({})", joined(ids)).expect("writing to a string cannot fail");
        }
    }
    if conf.auto_leave {
        text.push_str(" autoleave");
    }
    text
}

fn joined(ids: &[NodeId]) -> String {
    ids.iter().map(NodeId::to_string).collect::<Vec<_>>().join(" ")
}

/// A change in the text form of protocol buffers, as the log line of its refusal has it.
pub fn change_fields(change: &ConfChange) -> String {
    let single = |change: &Change| {
        let name = match change {
            Change::AddVoter(_) => "ConfChangeAddNode",
            Change::AddLearner(_) => "ConfChangeAddLearnerNode",
            Change::Remove(id) if id & UPDATED != 0 => "ConfChangeUpdateNode",
            Change::Remove(_) => "ConfChangeRemoveNode",
        };
        format!("type:{name} node_id:{}", change.node() & !UPDATED)
    };
    if is_first_kind(change) {
        return change.changes.iter().map(single).collect::<Vec<_>>().join(" ");
    }
    let mut text = format!("transition:{}", transition(change.transition));
    for change in &change.changes {
        write!(text, " changes:{{{}}}", single(change)).expect("writing to a string cannot fail");
    }
    text
}

fn transition(transition: Transition) -> &'static str {
    match transition {
        Transition::Auto => "ConfChangeTransitionAuto",
        Transition::Implicit => "ConfChangeTransitionJointImplicit",
        Transition::Explicit => "ConfChangeTransitionJointExplicit",
    }
}

/// The steps of a change as its entry has them: `v2 l3 r1 u4`.
pub fn changes(changes: &[Change]) -> String {
    let single = |change: &Change| match change {
        Change::AddVoter(id) => format!("v{id}"),
        Change::AddLearner(id) => format!("l{id}"),
        Change::Remove(id) if id & UPDATED != 0 => format!("u{}", id & !UPDATED),
        Change::Remove(id) => format!("r{id}"),
    };
    changes.iter().map(single).collect::<Vec<_>>().join(" ")
}

/// Reads what [`changes`] writes.
///
/// # Errors
/// A sentence that names the word which is no step.
pub fn parse_changes(text: &str) -> Result<Vec<Change>, String> {
    let single = |word: &str| {
        let mut characters = word.chars();
        let (kind, id) = (characters.next(), characters.as_str());
        if id.is_empty() {
            return Err(format!("unknown token {word}"));
        }
        let make: fn(NodeId) -> Change = match kind {
            Some('v') => Change::AddVoter,
            Some('l') => Change::AddLearner,
            Some('r') => Change::Remove,
            Some('u') => |id| Change::Remove(id | UPDATED),
            _ => return Err(format!("unknown input: {word}")),
        };
        // The words are those of Go's library.
        let id: NodeId =
            id.parse().map_err(|_| format!("strconv.ParseUint: parsing {}: invalid syntax", quoted(id.as_bytes())))?;
        Ok(make(id))
    };
    text.split_whitespace().map(single).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_prints_only_what_it_has_in_a_log_line_and_everything_in_a_ready() {
        let plain = ConfState::of_voters([1, 2]);
        assert_eq!(config(&plain), "voters=(1 2)");
        assert_eq!(config(&ConfState::default()), "voters=()");
        let joint = ConfState {
            voters: vec![1, 2, 3],
            voters_outgoing: vec![1],
            learners: vec![4],
            learners_next: vec![1],
            auto_leave: true,
        };
        assert_eq!(config(&joint), "voters=(1 2 3)&&(1) learners=(4) learners_next=(1) autoleave");
        assert_eq!(
            conf_state(&joint),
            "Voters:[1 2 3] VotersOutgoing:[1] Learners:[4] LearnersNext:[1] AutoLeave:true"
        );
        assert_eq!(
            conf_state_fields(&joint),
            "voters:1 voters:2 voters:3 learners:4 voters_outgoing:1 learners_next:1 auto_leave:true"
        );
        assert_eq!(conf_state_fields(&plain), "voters:1 voters:2 auto_leave:false");
    }

    #[test]
    fn steps_read_back_what_they_print() {
        let steps = [Change::AddVoter(2), Change::AddLearner(3), Change::Remove(10)];
        assert_eq!(changes(&steps), "v2 l3 r10");
        assert_eq!(parse_changes("v2 l3 r10").as_deref(), Ok(&steps[..]));
        assert_eq!(parse_changes(""), Ok(Vec::new()));
        assert_eq!(parse_changes("v2 x3"), Err("unknown input: x3".to_string()));
        assert_eq!(parse_changes("v"), Err("unknown token v".to_string()));
        let no_number = "strconv.ParseUint: parsing \"x\": invalid syntax";
        assert_eq!(parse_changes("vx"), Err(no_number.to_string()));
    }

    /// A step that only updates a node is told as what it is, and changes nothing, whoever it names.
    #[test]
    fn a_step_that_updates_a_node_changes_nothing() {
        let change = ConfChange { changes: parse_changes("u1 u9").expect("steps"), ..ConfChange::default() };
        assert_eq!(changes(&change.changes), "u1 u9");
        assert_eq!(
            change_fields(&change),
            "transition:ConfChangeTransitionAuto changes:{type:ConfChangeUpdateNode node_id:1} \
             changes:{type:ConfChangeUpdateNode node_id:9}"
        );
        let before = ConfState::of_voters([1, 2]);
        let single = ConfChange { changes: change.changes[..1].to_vec(), ..ConfChange::default() };
        assert_eq!(before.after(&single), Ok(before.clone()));
        let joint = before.after(&change).expect("two steps go through a joint configuration");
        assert_eq!((&joint.voters, &joint.voters_outgoing), (&before.voters, &before.voters));
    }

    #[test]
    fn a_refused_change_prints_its_fields() {
        let mut change = ConfChange::from_iter([Change::AddVoter(3)]);
        assert_eq!(
            change_fields(&change),
            "transition:ConfChangeTransitionAuto changes:{type:ConfChangeAddNode node_id:3}"
        );
        change.context = kind_mark(true);
        assert_eq!(change_fields(&change), "type:ConfChangeAddNode node_id:3");
    }
}
