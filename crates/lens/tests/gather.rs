//! What the lens tells of a run: every message once, every turn of a node's loop, and nothing that changes the run.

use std::collections::BTreeSet;

use raftarium_lens::gather::Gather;
use raftarium_lens::told::{End, ItemCard, MarkKind, Told};
use raftarium_sim::{Run, Timeline};

fn run() -> Run {
    Run::parse("raftarium 1\nnodes 3\nseed 7\n").expect("a run")
}

fn play(until_us: u64) -> (Gather, Told) {
    let mut gather = Gather::new(run()).expect("settings that are valid");
    assert!(gather.advance(until_us, u64::MAX));
    let told = gather.take();
    (gather, told)
}

/// Goal: each message is told once, with a way that takes time. Method: a second of a healthy cluster, in two takes.
#[test]
fn every_message_is_told_once() {
    let (mut gather, first) = play(500_000);
    assert!(gather.advance(1_000_000, u64::MAX));
    let second = gather.take();
    let ended: Vec<&String> = first.passages.iter().chain(&second.passages).map(|passage| &passage.id).collect();
    assert!(ended.len() > 50, "heartbeats and an election");
    assert_eq!(ended.len(), ended.iter().collect::<BTreeSet<_>>().len(), "none twice");
    for flying in &first.flying {
        assert!(ended.contains(&&flying.id), "{} was on its way and ended", flying.id);
    }
    assert!(first.passages.iter().all(|passage| passage.sent_us < passage.end_us && passage.end == End::Arrived));
}

/// Goal: a candidate's Ready is told as the core handed it out. Method: the first round in which somebody stands for election.
#[test]
fn a_candidates_own_vote_waits_for_its_disk() {
    let (_, told) = play(1_000_000);
    let round = told.rounds.iter().find(|round| round.after.role == "candidate").expect("an election");
    assert!(matches!(round.took, Some(ItemCard::Tick)), "its timer ran out at a tick");
    assert!(round.must_sync && round.own_vote);
    assert_eq!(round.hard.as_ref().map(|hard| hard.term), Some(1));
    assert_eq!(round.messages.len(), 2, "it asks at once; only its own vote waits for its disk");
    assert!(told.syncs.iter().any(|sync| sync.node == round.node && sync.at_us > round.at_us));
}

/// Goal: messages to a crashed node are lost, and the crash is seen. Method: crash a follower under heartbeats.
#[test]
fn what_a_crashed_node_should_get_is_lost() {
    let (mut gather, told) = play(1_000_000);
    let leader = told.stands.iter().rfind(|stand| stand.role == "leader").expect("a leader").node.clone();
    let victim = if leader == "n1" { "n2" } else { "n1" };
    gather.act(format!("crash {victim}").parse().expect("an action")).expect("it is up");
    gather.advance(1_500_000, u64::MAX);
    let told = gather.take();
    assert!(told.stands.iter().any(|stand| stand.node == victim && !stand.up && stand.at_us == 1_000_000));
    let to_victim: Vec<End> = told.passages.iter().filter(|p| p.card.to == victim).map(|p| p.end).collect();
    assert!(!to_victim.is_empty() && to_victim.iter().all(|&end| end == End::Lost));
}

/// Goal: a client's call, its commit and its answer are marks, in this order. Method: one command to a healthy cluster.
#[test]
fn a_command_leaves_its_marks() {
    let (mut gather, _) = play(1_000_000);
    gather.act("client c1 put x 1".parse().expect("an action")).expect("it can be done");
    gather.advance(1_500_000, u64::MAX);
    let kinds: Vec<MarkKind> = gather.take().marks.iter().map(|mark| mark.kind).collect();
    let place = |kind| kinds.iter().position(|&each| each == kind).unwrap_or_else(|| panic!("{kind:?} in {kinds:?}"));
    assert!(place(MarkKind::Asked) < place(MarkKind::Committed));
    assert!(place(MarkKind::Committed) < place(MarkKind::Answered));
}

/// Goal: a client's marks name the node it spoke with, and count how often it asked. Method: it asks a node that does not lead.
#[test]
fn a_clients_marks_say_with_whom_and_how_often() {
    let (mut gather, told) = play(1_000_000);
    let leader = told.stands.iter().rfind(|stand| stand.role == "leader").expect("a leader").node.clone();
    let other = if leader == "n1" { "n2" } else { "n1" };
    gather.act(format!("client c1 put x 1 via {other}").parse().expect("an action")).expect("it can be done");
    gather.advance(1_500_000, u64::MAX);
    let marks = gather.take().marks;
    let of_c1: Vec<(MarkKind, &str, u64)> =
        marks.iter().filter(|mark| mark.who == "c1").map(|mark| (mark.kind, mark.with.as_str(), mark.index)).collect();
    let wanted = [
        (MarkKind::Asked, other, 1),
        (MarkKind::Redirected, other, 0),
        (MarkKind::Asked, leader.as_str(), 2),
        (MarkKind::Answered, leader.as_str(), 0),
    ];
    assert_eq!(of_c1, wanted);
}

/// Goal: a node that joins is watched like the others. Method: one is added; its stand, its messages and its Readys are told. The lens
/// once had room for the first nodes alone.
#[test]
fn a_node_that_joins_is_told_of() {
    let (mut gather, _) = play(1_000_000);
    gather.act("member add n4 learner".parse().expect("an action")).expect("there is a leader");
    gather.advance(2_000_000, u64::MAX);
    let told = gather.take();
    assert!(told.stands.iter().any(|stand| stand.node == "n4"));
    assert!(told.passages.iter().any(|passage| passage.card.to == "n4" && passage.end == End::Arrived));
    assert!(told.rounds.iter().any(|round| round.node == "n4" && !round.entries.is_empty()));
}

/// Goal: looking changes nothing. Method: the same run with and without the lens comes to the same trace.
#[test]
fn looking_changes_nothing() {
    let (_, told) = play(2_000_000);
    let mut timeline = Timeline::new(run()).expect("valid settings");
    timeline.advance_to(2_000_000);
    let committed = timeline.world().trace().iter().filter(|record| record.to_string().contains("by counting")).count();
    assert_eq!(told.marks.iter().filter(|mark| mark.kind == MarkKind::Committed).count(), committed);
    assert_eq!(told.until_us, timeline.world().now_us());
}
