//! Each cause fires in a run that has it, and is silent in the same run without it.

use super::*;
use crate::trace::Happening;
use crate::{Run, Timeline, World};

fn set(nodes: &[NodeId]) -> NodeSet {
    nodes.iter().copied().collect()
}

/// Plays a run of three nodes, seed 7, to 3 s. `settings` and `actions` are parted by semicolons. n1 leads from 50 ms on, if
/// nothing hinders it.
fn play(settings: &str, actions: &str) -> World {
    let lines = |text: &str| text.split("; ").map(|line| format!("{line}\n")).collect::<String>();
    let nodes = if settings.contains("nodes") { "" } else { "nodes 3\n" };
    let text = format!("raftarium 1\n{nodes}seed 7\n{}@50ms timeout n1\n{}", lines(settings), lines(actions));
    let mut timeline = Timeline::new(Run::parse(&text).expect("a run")).expect("settings");
    timeline.advance_to(3_000_000);
    timeline.world().clone()
}

/// The cause that the run ends with.
fn ends_with(settings: &str, actions: &str) -> Option<Cause> {
    play(settings, actions).note().and_then(|note| note.cause)
}

/// The notes in the trace: when, and what.
fn told(world: &World) -> Vec<(u64, Note)> {
    let note = |what: &Happening| if let Happening::Stalled(note) = what { Some(*note) } else { None };
    world.trace().iter().filter_map(|record| note(&record.what).map(|note| (record.at_us, note))).collect()
}

fn whole(have: &[NodeId], voters: u64, needed: u64) -> TooFew {
    TooFew { half: Half::Whole, have: set(have), voters, needed }
}

#[test]
fn a_healthy_cluster_has_no_note() {
    for actions in ["@1s client c1 put x 1", "@1s crash n1", "@1s isolate n1", "@1s freeze n2; @2s crash n2"] {
        let world = play("", actions);
        assert_eq!((world.note(), world.stalled_since_us()), (None, None), "{actions}");
        assert_eq!(told(&world), [], "{actions}: an election is no news");
    }
}

/// Goal: the sentence of the issue. Method: a majority crashes; the note counts from the moment at which the leader did.
#[test]
fn too_few_voters_run() {
    let world = play("", "@500ms crash n3; @1200ms crash n1; @2s client c1 put x 1");
    let note = world.note().expect("nobody leads");
    let cause = Cause::TooFewRun(whole(&[2], 3, 2));
    assert_eq!(note, Note { stall: Stall::NoLeader, since_us: 1_200_000, cause: Some(cause) });
    assert_eq!(
        note.to_string(),
        "no leader since 1200ms, because too few run: 1 of the 3 voters (n2), and 2 are needed"
    );
    assert_eq!(told(&world), [(1_800_000, note)], "told once, after two election timeouts");
    assert_eq!(ends_with("", "@500ms crash n3; @1200ms crash n1; @2s restart n3"), None);
}

#[test]
fn everything_stands_still() {
    let world = play("", "@1s freeze n1; @1s freeze n2; @1s freeze n3");
    let note = world.note().expect("nobody runs");
    assert_eq!((note.since_us, note.cause), (1_000_000, Some(Cause::TooFewRun(whole(&[], 3, 2)))));
    assert_eq!(note.cause.expect("a cause").to_string(), "too few run: 0 of the 3 voters, and 2 are needed");
    assert_eq!(told(&world).len(), 1, "though no event tells the time any more");
    assert_eq!(ends_with("", "@1s freeze n1; @1s freeze n2; @1s freeze n3; @2s thaw n1; @2s thaw n2"), None);
}

#[test]
fn a_leader_that_reaches_too_few_commits_nothing() {
    let actions = "@1s partition n1,n2 | n3 | n4 | n5; @1500ms client c1 put x 1 via n1";
    let note = play("nodes 5", actions).note().expect("n1 leads in a minority");
    let cause = Cause::LeaderCutOff(1, whole(&[1, 2], 5, 3));
    assert_eq!(note, Note { stall: Stall::NoCommit, since_us: 1_000_000, cause: Some(cause) });
    assert_eq!(
        note.to_string(),
        "nothing is committed since 1s, because n1 leads, and reaches only 2 of the 5 voters (n1,n2), and 3 are needed"
    );
    assert_eq!(ends_with("nodes 5", "@1s partition n1,n2,n3 | n4,n5; @1500ms client c1 put x 1 via n1"), None);
}

#[test]
fn islands_elect_nobody() {
    let crash = "@1s crash n1; @1s partition n2,n3 | n4,n5";
    assert_eq!(ends_with("nodes 5", crash), Some(Cause::Islands(whole(&[2, 3], 5, 3))));
    assert_eq!(ends_with("nodes 5", "@1s crash n1; @1s partition n2,n3,n4 | n5"), None);
    // One way is not enough to be heard.
    let ring = "@1s crash n1; @1s cut n2>n3";
    assert_eq!(ends_with("", ring), Some(Cause::Islands(whole(&[2], 3, 2))));
}

/// Goal: both halves of a joint configuration must agree (§6). Method: the leader changes two voters for two new ones while
/// everybody is alone, and then hears more, or less, of either half. Pre-votes keep the others from later terms.
#[test]
fn a_joint_configuration_needs_both_halves() {
    let joint = |then: &str| {
        let alone = "@1s partition n1 | n2 | n3 | n4; @1s member joint n1,n5,n6; @1s isolate n5; @1s isolate n6";
        ends_with("nodes 4; prevote on", &format!("{alone}; {then}"))
    };
    let both = TooFew { half: Half::Both, have: set(&[1]), voters: 3, needed: 2 };
    assert_eq!(joint("@1s heal n1 n2"), Some(Cause::LeaderCutOff(1, both)));
    assert!(
        Cause::LeaderCutOff(1, both).to_string().ends_with(
            "reaches only 1 of the 3 new voters (n1), and 2 are needed; the old voters lack a majority, too"
        )
    );
    let new = TooFew { half: Half::New, have: set(&[1]), voters: 3, needed: 2 };
    assert_eq!(joint("@1s heal n1 n2; @1s heal n1 n3"), Some(Cause::LeaderCutOff(1, new)));
    let old = TooFew { half: Half::Old, have: set(&[1]), voters: 4, needed: 3 };
    assert_eq!(joint("@1s heal n1 n5"), Some(Cause::LeaderCutOff(1, old)));
    assert_eq!(joint("@1s heal"), None);
}

#[test]
fn a_removed_node_does_not_count() {
    let cause = ends_with("", "@1s member remove n3; @2s crash n2");
    assert_eq!(cause, Some(Cause::TooFewRun(whole(&[1], 2, 2))), "n3 runs, and has no vote");
    assert_eq!(ends_with("", "@2s crash n2"), None);
}

#[test]
fn stopped_clocks_start_no_election() {
    let stop = "@1s clock n2 rate 0%; @1s clock n3 rate 0%; @1s crash n1";
    assert_eq!(ends_with("", stop), Some(Cause::ClocksStopped(set(&[2, 3]))));
    assert_eq!(ends_with("", "@1s clock n2 rate 0%; @1s crash n1"), None);
}

#[test]
fn held_messages_decide_nothing() {
    let cause = ends_with("", "@1s hold *>*.vote; @1s crash n1");
    assert!(matches!(cause, Some(Cause::Held(held)) if held > 0), "{cause:?}");
    let commits = ends_with("", "@1s hold *>*.append; @1s client c1 put x 1");
    assert!(matches!(commits, Some(Cause::Held(held)) if held >= 2), "{commits:?}");
    assert_eq!(ends_with("", "@1s hold *>*.vote; @1s crash n1; @2s release *>*.vote"), None);
    assert_eq!(ends_with("", "@1s hold n1>n2.append; @1s client c1 put x 1"), None, "n3 is enough");
}

#[test]
fn lossy_links_join_nobody() {
    assert_eq!(ends_with("", "@1s link all loss 99%; @1s crash n1"), Some(Cause::Lossy(whole(&[2], 3, 2))));
    assert_eq!(ends_with("", "@1s link all loss 10%; @1s crash n1"), None);
    assert_eq!(ends_with("", "@1s link all loss 100%; @1s crash n1"), Some(Cause::Islands(whole(&[2], 3, 2))));
}

#[test]
fn slow_disks_and_slow_messages_take_longer_than_a_timeout() {
    let slow = "@1s disk n1 sync 900ms; @1s disk n2 sync 900ms; @1s disk n3 sync 900ms; @1s crash n1";
    // Its own disk, 12.5 ms there, the voter's disk, 12.5 ms back.
    let cause = Cause::SlowDisks { round_us: 2 * 900_000 + 2 * 12_500, timeout_us: 300_000 };
    assert_eq!(ends_with("", slow), Some(cause));
    assert_eq!(cause.to_string(), "disks are slow: a round takes 1825ms, and an election timeout at most 300ms");
    assert_eq!(ends_with("", "@1s disk n3 sync 900ms; @1s client c1 put x 1"), None, "n2 is quick");
    let slow = Cause::SlowNetwork { round_us: 2 * 400_000 + 2 * 5_000, timeout_us: 300_000 };
    assert_eq!(ends_with("", "@1s link all latency 400ms; @1s crash n1"), Some(slow));
    assert_eq!(ends_with("", "@1s link all latency 40ms; @1s crash n1"), None);
}

/// Every note of 10 s that begin with these settings, as text, in order.
fn all_notes(settings: &str, actions: &str) -> Vec<String> {
    let run = Run::parse(&format!("raftarium 1\nnodes 3\nseed 7\n{settings}\n{actions}\n")).expect("a run");
    let mut timeline = Timeline::new(run).expect("settings");
    let mut seen: Vec<String> = Vec::new();
    for at_us in (0..10_000_000).step_by(5_000) {
        timeline.advance_to(at_us);
        let note = timeline.world().note().map_or_else(|| "none".to_string(), |note| note.to_string());
        if seen.last() != Some(&note) {
            seen.push(note);
        }
    }
    seen
}

/// Goal: a leader that is deposed before its first commit is not called slow when its heartbeats are. Method: answers take
/// about as long as timers; heartbeats come as seldom as may be, or three times in a timeout.
#[test]
fn seldom_heartbeats_depose_healthy_leaders() {
    let part = "because a heartbeat every 140ms is not well below an election timeout of 150ms";
    let says = |settings: &str| all_notes(settings, "").iter().any(|note| note.ends_with(part));
    assert!(says("heartbeat 140ms\nlatency 140ms\nsync 0ms"));
    assert!(!says("heartbeat 50ms\nlatency 140ms\nsync 0ms"));
    assert!(!says("heartbeat 140ms\nlatency 10ms\nsync 0ms"));
}

#[test]
fn logs_that_are_behind_win_nothing() {
    // n3 misses the entry; n2, which has it, answers and cannot ask.
    let cause =
        ends_with("", "@1s isolate n3; @1100ms client c1 put x 1; @2s clock n2 rate 0%; @2s heal; @2s crash n1");
    assert_eq!(cause, Some(Cause::LogsBehind { nodes: set(&[3]), ahead: set(&[2]) }));
    let told = "who can campaign (n3) lacks entries, and the logs of n2 are ahead";
    assert_eq!(cause.expect("a cause").to_string(), told);
    assert_eq!(ends_with("", "@1s isolate n3; @1100ms client c1 put x 1; @2s heal; @2s crash n1"), None);
}

/// Goal: while an election goes on, the note says how far it is. Method: looks every 5 ms at a cluster that begins, loses its
/// leader, and splits its votes.
#[test]
fn elections_are_noted_while_they_last() {
    let notes = all_notes("", "@1s crash n1\n@1200ms timeout n2\n@1200ms timeout n3");
    let expected = [
        "no leader since 0ms, because no election timer has fired yet: n1's is next, at 156199us",
        "no leader since 0ms, because n1 asks for votes in term 1 and has 0",
        "no leader since 0ms, because n1 asks for votes in term 1 and has 1",
        "none",
        "no leader since 1s, because no election timer has fired yet: n2's is next, at 1160216us",
        "no leader since 1s, because no election timer has fired yet: n2's is next, at 1220216us",
        "no leader since 1s, because n2,n3 share the votes of term 2",
        "no leader since 1s, because n2 asks for votes in term 3 and has 0",
        "no leader since 1s, because n2 asks for votes in term 3 and has 1",
        "none",
    ];
    assert_eq!(notes, expected);
}

/// Goal: a commit that merely takes its time says whom the leader waits for. Method: a follower whose answers are lost one way
/// would be unreachable; one that is slow to sync is only late.
#[test]
fn a_leader_waits_for_answers() {
    let notes =
        all_notes("", "@50ms timeout n1\n@1s disk n2 sync 250ms\n@1s disk n3 sync 250ms\n@1s client c1 put x 1");
    assert!(notes.iter().any(|note| note.ends_with("because the leader waits for the answers of n2,n3")), "{notes:#?}");
    assert_eq!(notes.last().map(String::as_str), Some("none"));
}

/// Goal: the note of a moment does not depend on how one got there. Method: events one by one, one leap, and going back.
#[test]
fn a_note_is_the_same_however_one_gets_there() {
    let text = "raftarium 1\nnodes 3\nseed 7\n@700ms crash n1\n@800ms crash n2\n@2s freeze n3\n";
    let run = Run::parse(text).expect("a run");
    let mut leap = Timeline::new(run.clone()).expect("settings");
    leap.advance_to(2_500_000);
    let mut steps = Timeline::new(run).expect("settings");
    while steps.next_us().is_some_and(|at_us| at_us <= 2_500_000) {
        steps.step_event();
    }
    steps.advance_to(2_500_000);
    assert_eq!(told(leap.world()), told(steps.world()));
    assert_eq!(told(leap.world()).len(), 1);
    steps.seek(1_000_000);
    assert_eq!((told(steps.world()), steps.world().note().map(|note| note.since_us)), (Vec::new(), Some(700_000)));
    steps.seek(2_500_000);
    assert_eq!((told(steps.world()), steps.world().note()), (told(leap.world()), leap.world().note()));
}
