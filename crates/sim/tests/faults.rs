//! Each fault does what its action says, seen from outside: a run's text goes in, a sentence about the world comes out.

use raft_core::Role;
use raftarium_sim::{Run, Timeline};

/// A cluster of three, led by n1 of term 1, whose no-op is committed everywhere, at 500 ms.
fn led_by_n1(sync: &str) -> Timeline {
    let text = format!("raftarium 1\nnodes 3\nseed 7\nsync {sync}\n@0 timeout n1");
    let mut timeline = Timeline::new(Run::parse(&text).expect("a run")).expect("settings");
    timeline.advance_to(500_000);
    assert_eq!(timeline.world().leader().map(|node| (node.id(), node.term(), node.commit())), Some((1, 1, 1)));
    timeline
}

fn act(timeline: &mut Timeline, lines: &str) {
    for line in lines.lines().map(str::trim) {
        timeline.act(line.parse().expect("an action")).expect("an action that can be done");
    }
}

fn pass_ms(timeline: &mut Timeline, ms: u64) {
    timeline.advance_to(timeline.world().now_us() + ms * 1_000);
}

fn commits(timeline: &Timeline) -> Vec<u64> {
    timeline.world().nodes().iter().map(|node| node.commit()).collect()
}

fn value(timeline: &Timeline, node: u64, key: &str) -> Option<String> {
    timeline.world().node(node).store()?.get(key).map(str::to_string)
}

#[test]
fn held_appends_commit_nothing_until_they_are_released() {
    let mut timeline = led_by_n1("5ms");
    act(&mut timeline, "hold n1>*.append\nclient c1 put x 1");
    pass_ms(&mut timeline, 140);
    assert_eq!(commits(&timeline), [1, 1, 1]);
    let held: Vec<String> =
        timeline.world().messages_in_flight().filter(|f| f.held_since_us.is_some()).map(|f| f.id.to_string()).collect();
    assert!(held.iter().all(|id| id.starts_with("n1>") && id.contains(".append.")) && held.len() >= 2, "{held:?}");
    let single = format!("deliver {}", held[0]);
    act(&mut timeline, &single);
    pass_ms(&mut timeline, 100);
    assert_eq!(timeline.world().node(1).commit(), 2, "one follower is enough");
    act(&mut timeline, "release n1>*.append");
    pass_ms(&mut timeline, 100);
    assert_eq!(commits(&timeline), [2, 2, 2]);
}

/// Goal: a released message goes on where it stood: what is left of its way takes as long as it would have. Method: hold one 2 ms after it left.
#[test]
fn a_released_message_has_waited_as_long_as_it_was_held() {
    let mut timeline = led_by_n1("5ms");
    let find = |timeline: &Timeline| {
        let mut flights = timeline.world().messages_in_flight();
        flights.find(|f| f.id.to_string() == "c1>n1.request.1").expect("it is on its way").clone()
    };
    act(&mut timeline, "client c1 put x 1");
    pass_ms(&mut timeline, 2);
    let before = find(&timeline);
    act(&mut timeline, "hold c1>n1.request.1");
    pass_ms(&mut timeline, 30);
    act(&mut timeline, "release c1>n1.request.1");
    pass_ms(&mut timeline, 1);
    act(&mut timeline, "hold c1>n1.request.1");
    pass_ms(&mut timeline, 10);
    act(&mut timeline, "release c1>n1.request.1");
    let flight = find(&timeline);
    assert_eq!((flight.held_since_us, flight.waited_us), (None, 40_000));
    assert_eq!((flight.sent_us, flight.arrive_us), (before.sent_us, before.arrive_us + 40_000));
}

#[test]
fn a_dropped_message_is_lost_and_a_duplicated_one_arrives_twice() {
    let mut timeline = led_by_n1("5ms");
    act(&mut timeline, "client c1 put x 1");
    pass_ms(&mut timeline, 1);
    act(&mut timeline, "duplicate c1>n1.request.1\ndrop c1>n1.request.1");
    pass_ms(&mut timeline, 200);
    assert_eq!(value(&timeline, 1, "x").as_deref(), Some("1"), "the copy arrived");
    let lines: Vec<String> = timeline.world().trace().iter().map(ToString::to_string).collect();
    assert!(lines.contains(&"501000 lost c1>n1.request.1: it was dropped".to_string()), "{lines:#?}");
    let gone = timeline.act("drop c1>n1.request.1".parse().expect("an action")).expect_err("it is gone");
    assert_eq!(gone.to_string(), "there is no such message on its way: c1>n1.request.1");
}

#[test]
fn a_link_that_loses_everything_one_way_is_as_good_as_cut() {
    let mut timeline = led_by_n1("5ms");
    act(&mut timeline, "link n1>n3 loss 100%\nclient c1 put x 1");
    pass_ms(&mut timeline, 140);
    assert_eq!(commits(&timeline), [2, 2, 1]);
    act(&mut timeline, "link all normal");
    pass_ms(&mut timeline, 1_000);
    let commits = commits(&timeline);
    assert!(commits.iter().all(|&commit| commit == commits[0] && commit > 1), "{commits:?}");
}

/// Goal: what is not synced is lost, or the part that the action names. Method: a leader alone with its log.
#[test]
fn a_crash_loses_the_unsynced_tail_or_the_end_of_it() {
    for (losing, last_index) in [("", 1), (" losing tail 1", 1), (" losing tail 0", 2)] {
        let mut timeline = led_by_n1("5ms");
        act(&mut timeline, "isolate n1\ndisk n1 sync 1s\nclient c1 put x 1\nclient c1 put x 2");
        pass_ms(&mut timeline, 100);
        let node = timeline.world().node(1);
        assert_eq!((node.last_index(), node.synced_index(), node.is_syncing()), (2, 1, true));
        act(&mut timeline, &format!("crash n1{losing}"));
        assert_eq!(timeline.world().node(1).last_index(), last_index, "losing: {losing}");
    }
}

#[test]
fn a_lost_disk_is_empty() {
    let mut timeline = led_by_n1("5ms");
    assert!(timeline.act("disk n2 lose".parse().expect("an action")).is_err(), "it is in use");
    act(&mut timeline, "crash n2\ndisk n2 lose\nrestart n2");
    let node = timeline.world().node(2);
    assert_eq!((node.term(), node.last_index()), (0, 0));
    pass_ms(&mut timeline, 200);
    assert_eq!(timeline.world().node(2).last_index(), 0, "the leader believes what it was once told");
    act(&mut timeline, "timeout n3");
    pass_ms(&mut timeline, 300);
    assert_eq!(timeline.world().node(2).last_index(), 2, "a new leader asks anew, and brings it up");
}

#[test]
fn a_slow_clock_makes_a_late_candidate_and_a_fast_one_an_early_one() {
    let first = |rate: &str| {
        let mut timeline = led_by_n1("5ms");
        act(&mut timeline, &format!("crash n1\nclock n2 rate {rate}\nclock n3 rate 100%"));
        pass_ms(&mut timeline, 1_000);
        timeline.world().leader().map(|node| node.id())
    };
    assert_eq!((first("30%"), first("300%")), (Some(3), Some(2)));
}

#[test]
fn a_frozen_leader_is_replaced_and_steps_down_when_it_thaws() {
    let mut timeline = led_by_n1("5ms");
    act(&mut timeline, "freeze n1");
    pass_ms(&mut timeline, 1_000);
    let (n1, leader) = (timeline.world().node(1), timeline.world().leader().expect("another leader"));
    assert_eq!((n1.role(), n1.term()), (Role::Leader, 1), "it does not know");
    assert!(leader.id() != 1 && leader.term() > 1);
    act(&mut timeline, "thaw n1");
    pass_ms(&mut timeline, 100);
    assert_eq!(timeline.world().node(1).role(), Role::Follower);
    assert!(timeline.world().violations().is_empty());
}

/// Goal: with asynchronous storage a leader goes on while its own disk syncs, and may commit what it has not saved (thesis
/// 10.2.1); it applies nothing of that. Method: the same run with both loops.
#[test]
fn with_asynchronous_storage_a_slow_disk_holds_up_only_what_it_must() {
    let state = |storage: &str| {
        let text = format!("raftarium 1\nnodes 3\nseed 7\nstorage {storage}\n@0 timeout n1");
        let mut timeline = Timeline::new(Run::parse(&text).expect("a run")).expect("settings");
        timeline.advance_to(200_000);
        act(&mut timeline, "disk n1 sync 2s\nclient c1 put x 1\nclient c2 put y 2");
        pass_ms(&mut timeline, 150);
        let node = timeline.world().node(1);
        (node.last_index(), node.synced_index(), node.commit(), node.applied(), node.is_syncing())
    };
    assert_eq!(state("plain"), (2, 1, 1, 1, true), "the second command waits in the inbox");
    assert_eq!(state("async"), (3, 1, 3, 1, true), "both are committed by the others' disks");
}

/// Goal: a leader that takes a wrong index for the next one sends from there, and what is wrong with it is repaired (§5.3); it never goes
/// below what it knows the follower to hold, nor beyond its log. Method: a follower misses entries behind a cut; the index is moved to
/// the log's end, so that the follower must refuse, and then below everything.
#[test]
fn a_next_index_that_was_moved_is_repaired() {
    let text = "raftarium 1\nnodes 3\nseed 7\n@0 timeout n1\n@300ms isolate n3\n@310ms client c1 put x 1\n@400ms client c1 put x 2\n\
                @500ms next n3 99\n@501ms heal\n@800ms next n3 0\n";
    let mut timeline = Timeline::new(Run::parse(text).expect("a run")).expect("settings");
    let next = |timeline: &Timeline| {
        let leader = timeline.world().leader().expect("n1 leads").status().expect("it is up");
        let (_, progress) = leader.progress.iter().find(|(node, _)| *node == 3).expect("n3 is followed");
        (progress.match_index(), progress.next_index())
    };
    timeline.advance_to(500_500);
    assert_eq!(next(&timeline), (1, 4), "at the end of the log, and not beyond");
    timeline.advance_to(799_000);
    assert_eq!(next(&timeline), (3, 4), "repaired");
    timeline.advance_to(801_000);
    assert_eq!(next(&timeline), (3, 4), "what it holds is not sent again");
    assert_eq!(timeline.world().violations(), []);
    assert!(timeline.act("next n9 4".parse().expect("an action")).is_err());
}
