//! Clients in a closed loop: each asks again when it was answered, and not before. (How one finds the leader, tests beside
//! `client.rs` say.)

use raftarium_sim::names::ClientId;
use raftarium_sim::trace::Happening;
use raftarium_sim::{Run, Timeline, World};

fn play(settings: &str, actions: &str, until_us: u64) -> World {
    let run =
        Run::parse(&format!("raftarium 1\nnodes 3\nseed 7\n{settings}@0 timeout n1\n{actions}\n")).expect("a run");
    let mut timeline = Timeline::new(run).expect("settings");
    timeline.advance_to(until_us);
    timeline.world().clone()
}

/// When the client first sent each command, and when it was answered.
fn calls(world: &World, number: u64) -> Vec<(u64, Option<u64>)> {
    let id = ClientId::new(number).expect("a client");
    let mut calls: Vec<(u64, Option<u64>)> = Vec::new();
    for record in world.trace().iter() {
        if let Happening::ClientAsked { client, attempt: 1, .. } = &record.what
            && *client == id
        {
            calls.push((record.at_us, None));
        }
        if let Happening::ClientAnswered { client, .. } = &record.what
            && *client == id
        {
            calls.last_mut().expect("it asked before").1 = Some(record.at_us);
        }
    }
    calls
}

/// Goal: that is a closed loop: never two calls at once, and no time between them but the time to think.
#[test]
fn a_client_asks_again_when_it_was_answered_and_has_thought() {
    for (loop_text, think_us) in [("loop c1 incr x", 0), ("loop c1 incr x think 50ms", 50_000)] {
        let world = play("", &format!("@1s {loop_text}"), 5_000_000);
        let calls = calls(&world, 1);
        assert!(calls.len() > 30, "{loop_text}: {}", calls.len());
        assert_eq!(calls[0].0, 1_000_000, "{loop_text}: it begins at once");
        for pair in calls.windows(2) {
            assert_eq!(pair[0].1.map(|at_us| at_us + think_us), Some(pair[1].0), "{loop_text}");
        }
        let answered = calls.iter().filter(|call| call.1.is_some()).count();
        assert_eq!(world.leader().and_then(|node| node.store()?.get("x")), Some(&*answered.to_string()), "{loop_text}");
    }
}

/// Goal: no run stands still at one instant. Method: a world in which nothing takes time, and loops without a thought in it, for 1 ms.
#[test]
fn time_goes_on_where_answers_take_none() {
    for loop_text in ["loop c1 incr x", "loop c1 get x readindex", "loop c1 get x local"] {
        let world = play("latency 0ms\nsync 0ms\n", &format!("@1s {loop_text}"), 1_001_000);
        let calls = calls(&world, 1);
        assert_eq!(world.now_us(), 1_001_000, "{loop_text}");
        assert!(calls.len() > 100, "{loop_text}: {}", calls.len());
        assert!(calls.windows(2).all(|pair| pair[0].0 < pair[1].0), "{loop_text}: one call an instant");
    }
}

/// Goal: any number of clients, each with any command and any way to read. Method: all nine at once, with faults.
#[test]
fn nine_clients_loop_with_every_command() {
    let commands = [
        "incr x",
        "put x 1",
        "cas x 1 2",
        "get x",
        "get x local via n2",
        "get x readindex",
        "get x lease",
        "get x readindex via n3",
        "put y 2 think 7ms",
    ];
    let mut actions: String =
        (1..).zip(commands).map(|(number, text)| format!("@500ms loop c{number} {text}\n")).collect();
    actions.push_str("@1s crash n1\n@2s restart n1\n@3s freeze n2\n@3500ms thaw n2\n");
    actions.extend((1..=9).map(|number| format!("@4s loop c{number} off\n")));
    let world = play("checkquorum on\n", &actions, 5_000_000);
    for client in world.clients() {
        assert!(client.sequence() > 20, "{} asked {} times", client.id(), client.sequence());
        assert!(client.asking().is_none() && client.cycle().is_none(), "{} has ended", client.id());
    }
    // A local read may be stale; all else must be linearizable.
    assert!(world.violations().iter().all(|violation| violation.text.contains("local")), "{:?}", world.violations());
}

/// Goal: what a person asks is not starved, and the loop goes on. Method: a command by hand while the client asks, and one
/// while it thinks.
#[test]
fn commands_by_hand_go_first() {
    for think in ["", " think 200ms"] {
        let world = play(
            "",
            &format!("@1s loop c1 incr x{think}\n@1300ms client c1 put y 1\n@1300ms client c1 put z 1"),
            2_000_000,
        );
        let store = world.leader().and_then(|node| node.store()).expect("a leader");
        assert_eq!((store.get("y"), store.get("z")), (Some("1"), Some("1")), "{think}");
        let asked = |what: &Happening| {
            if let Happening::ClientAsked { command, attempt: 1, .. } = what { Some(command.to_string()) } else { None }
        };
        let all: Vec<String> = world.trace().iter().filter_map(|record| asked(&record.what)).collect();
        let by_hand = all.iter().position(|text| text == "put y 1").expect("it was asked");
        assert_eq!(all[by_hand + 1], "put z 1", "{think}");
        assert_eq!(all[by_hand + 2], "incr x", "{think}: {all:?}");
    }
}

/// Goal: faults make it wait, not stop, and nothing takes effect twice. Method: the leader crashes in mid-loop, twice.
#[test]
fn a_loop_outlives_its_leaders() {
    let crashes = "@1s loop c1 incr x\n@2s crash n1\n@3s restart n1\n@4s crash n2\n@5s restart n2\n@8s loop c1 off";
    let world = play("", crashes, 10_000_000);
    assert!(world.violations().is_empty());
    let total = world.clients()[0].sequence();
    assert_eq!(world.leader().and_then(|node| node.store()?.get("x")), Some(&*total.to_string()));
    assert!(calls(&world, 1).last().is_some_and(|call| call.0 > 7_000_000), "it went on");
}

/// Goal: a loop replaces the one before, and ends where it is told to. Method: looks at what was asked when.
#[test]
fn a_loop_is_replaced_and_ended() {
    let world = play("", "@1s loop c1 incr x think 10ms\n@2s loop c1 put y 1\n@3s loop c1 off", 5_000_000);
    let asked = |part: &str| {
        let times = world.trace().iter().filter(|record| record.to_string().contains(part)).map(|record| record.at_us);
        times.collect::<Vec<u64>>()
    };
    let (incr, put) = (asked("for incr x, attempt 1"), asked("for put y 1, attempt 1"));
    assert!(incr.len() > 5 && incr.iter().all(|at_us| *at_us < 2_000_000), "{incr:?}");
    assert!(put.len() > 5 && put.iter().all(|at_us| (2_000_000..3_000_000).contains(at_us)), "{put:?}");
}
