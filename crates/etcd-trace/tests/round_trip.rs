//! Our own runs, written as etcd would, and made runs again.

use raft_core::Decision;
use raftarium_etcd_trace::event::{self, Id, State, read};
use raftarium_etcd_trace::{Imported, Recorder, import};
use raftarium_sim::chaos::{END_US, run_with_faults};
use raftarium_sim::scene::{SCENES, Scene};
use raftarium_sim::trace::Happening;
use raftarium_sim::{Run, Timeline};

/// What a run comes to: who led which term, and how far each node has committed.
#[derive(Debug, Default, PartialEq, Eq)]
struct Outcome {
    elections: Vec<(u64, u64)>,
    commits: Vec<u64>,
}

/// Plays a run, and writes its trace.
fn play(run: &Run, until_us: u64) -> (Vec<String>, Outcome) {
    let mut timeline = Timeline::new(run.clone()).expect("valid settings");
    let (mut recorder, mut lines, mut next_seq) = (Recorder::default(), Vec::new(), 0);
    let mut outcome = Outcome { commits: vec![0; timeline.world().nodes().len()], ..Outcome::default() };
    timeline.watch();
    lines.extend(recorder.begin(timeline.world()));
    while timeline.next_us().is_some_and(|at_us| at_us <= until_us) {
        timeline.step_event();
        for sighting in timeline.take_sightings() {
            lines.extend(recorder.lines(&sighting));
        }
        let world = timeline.world();
        for record in world.trace().from(next_seq) {
            if let Happening::Decided { node, decision } = &record.what
                && let Decision::BecameLeader { term, .. } = **decision
            {
                outcome.elections.push((term, *node));
            }
        }
        next_seq = world.trace().next_seq();
        for (commit, node) in outcome.commits.iter_mut().zip(world.nodes()) {
            *commit = node.commit();
        }
    }
    (lines, outcome)
}

/// The trace of a run, imported and played again.
fn round_trip(run: &Run, until_us: u64) -> (Outcome, Imported, Outcome) {
    let (lines, before) = play(run, until_us);
    let imported = import(&lines.join("\n")).expect("our own trace can be read");
    let text = imported.run.to_string();
    let (_, after) = play(&Run::parse(&text).expect("the run has a text"), until_us);
    (before, imported, after)
}

/// Goal: a run that was written as etcd writes it comes back with the same leaders, and commits what the trace says. Method:
/// every scene, to its end.
#[test]
fn scenes_come_back_as_they_were() {
    for (name, text) in SCENES {
        let timeline = Scene::parse(text).unwrap().play().unwrap();
        let (before, imported, after) = round_trip(timeline.run(), timeline.world().now_us());
        let told: Vec<_> = imported.notes.iter().filter(|note| !note.text.starts_with("at the end")).collect();
        assert!(told.is_empty(), "{name}: {told:?}");
        assert_eq!(imported.elections, before.elections, "{name}");
        assert_eq!(after.elections, before.elections, "{name}");
        // A disk that takes no time may let a node know a little earlier.
        assert!(after.commits.iter().zip(&before.commits).all(|(after, before)| after >= before), "{name}: {after:?}");
        assert_eq!(after.commits.iter().max(), before.commits.iter().max(), "{name}");
        assert_eq!(imported.faults, [], "{name}");
    }
}

/// Goal: faults do not lead an import astray. Method: random runs with crashes, lost writes, loss and duplicates.
#[test]
fn runs_with_faults_come_back_with_the_same_leaders_and_commits() {
    for seed in 0..60 {
        let (before, imported, after) = round_trip(&run_with_faults(seed), END_US);
        assert_eq!(imported.elections, before.elections, "seed {seed}");
        assert_eq!(after, before, "seed {seed}: {:?}", imported.notes);
    }
}

/// Goal: who asked before it campaigned does so again, though no trace tells of pre-votes. Method: an election, a leader that crashes and
/// comes back, a follower that asks in vain; and random runs with faults.
#[test]
fn pre_votes_come_back() {
    let text = "raftarium 1\nnodes 3\nseed 7\nprevote on\n@0 timeout n1\n@500ms client c1 put x 1\n@1s isolate n3\n@1200ms timeout n3\n\
                @1500ms heal\n@2s crash n1\n@5s restart n1\n@6s client c1 put x 2\n";
    let (before, imported, after) = round_trip(&Run::parse(text).expect("a run"), 8_000_000);
    assert!(imported.run.config.pre_vote);
    assert_eq!((imported.faults.len(), imported.notes_total), (0, 0), "{:?}", imported.notes);
    assert!(before.elections.len() >= 2);
    assert_eq!(after, before);
    // When a pre-vote was answered, and how, no trace tells: once in a while another answer comes, and then a note says so.
    let mut alike = 0;
    for seed in 0..24 {
        let mut run = run_with_faults(seed);
        run.config.pre_vote = true;
        let (before, imported, after) = round_trip(&run, END_US);
        assert_eq!(imported.elections, before.elections, "seed {seed}");
        assert!(after == before || imported.notes_total > 0, "seed {seed}");
        alike += u32::from(after == before);
    }
    assert!(alike >= 20, "only {alike} came back");
}

/// Goal: a change of several voters at once comes back, through its joint configuration. Method: two go and two come, then one
/// more; some of it in an island.
#[test]
fn joint_changes_come_back() {
    let text = "raftarium 1\nnodes 3\nseed 7\n@0 timeout n1\n@500ms member joint n1,n4,n5\n@640ms client c1 put x 1\n\
                @650ms member joint n1,n2,n3,n4\n@2500ms isolate n5\n";
    let (before, imported, after) = round_trip(&Run::parse(text).expect("a run"), 4_000_000);
    assert_eq!((imported.elections, imported.faults), (before.elections.clone(), Vec::new()));
    assert!(imported.notes.iter().all(|note| !note.text.contains("ends here")), "{:?}", imported.notes);
    assert_eq!(
        imported.run.actions.iter().filter(|timed| timed.action.to_string().starts_with("member joint")).count(),
        2
    );
    assert_eq!(after, before, "{:?}", imported.notes);
}

/// Goal: a trace that begins with a bootstrap, as rafttest writes it, in a cluster with names of its own. Method: our own
/// trace with other names, three entries and a term before everything else.
#[test]
fn a_bootstrapped_trace_counts_from_its_bootstrap() {
    let run =
        Run::parse("raftarium 1\nnodes 3\nseed 7\n@500ms client c1 put x 1\n@1s crash n1\n@2s restart n1\n").unwrap();
    let (lines, before) = play(&run, 3_000_000);
    let mut trace = String::new();
    for node in [10, 20, 30] {
        let event = |name: &str, term: u64, log: u64| {
            format!(
                "{{\"name\":\"{name}\",\"nid\":\"{node}\",\"state\":{{\"term\":{term},\"vote\":\"0\",\"commit\":{log}}},\"role\":\"StateFollower\",\"log\":{log},\"Applied\":0,\"conf\":[[],[]]}}"
            )
        };
        for (name, term, log) in [("InitState", 0, 0), ("ApplyConfChange", 1, 3), ("Bootstrap", 1, 3)] {
            trace += &format!(
                "{{\"level\":\"debug\",\"ts\":0.0,\"msg\":\"trace\",\"tag\":\"trace\",\"event\":{}}}\n",
                event(name, term, log)
            );
        }
    }
    for line in lines {
        let mut stamped = read(&line).unwrap().remove(0);
        let event = &mut stamped.event;
        if stamped.at_us == Some(0) {
            continue; // the nodes' start is in the bootstrap
        }
        let name = |id: Id| Id(id.0 * 10);
        event.nid = name(event.nid);
        event.state =
            State { term: event.state.term + 1, vote: name(event.state.vote), commit: event.state.commit + 3 };
        event.log += 3;
        event.conf.iter_mut().flatten().for_each(|id| *id = name(*id));
        if let Some(msg) = &mut event.msg {
            (msg.from, msg.to) = (name(msg.from), name(msg.to));
            msg.term += 1;
            let bears_index = matches!(msg.r#type.as_str(), "MsgApp" | "MsgVote" | "MsgAppResp");
            msg.index += if bears_index { 3 } else { 0 };
            msg.log_term += u64::from(msg.r#type == "MsgApp" || msg.r#type == "MsgVote");
            msg.commit += if matches!(msg.r#type.as_str(), "MsgApp" | "MsgHeartbeat") { 3 } else { 0 };
        }
        trace += &format!("{}\n", event::line(stamped.at_us.unwrap(), event));
    }
    let imported = import(&trace).unwrap();
    assert_eq!((&*imported.names, imported.start, &*imported.notes), (&[10, 20, 30][..], (1, 3), &[][..]));
    let (_, after) = play(&Run::parse(&imported.run.to_string()).unwrap(), 3_000_000);
    assert_eq!(after, before);
    assert!(before.elections.len() > 1, "a crash, and another leader");
}

#[test]
fn what_no_correct_raft_does_is_told() {
    let leader = |nid: u64, commit: u64| {
        format!(
            "{{\"name\":\"BecomeLeader\",\"nid\":\"{nid}\",\"state\":{{\"term\":0,\"vote\":\"{nid}\",\"commit\":{commit}}},\"role\":\"StateLeader\",\"log\":0,\"conf\":[[\"1\",\"2\"],[]]}}\n"
        )
    };
    let imported = import(&(leader(1, 5) + &leader(2, 0) + &leader(1, 4))).unwrap();
    let faults: Vec<String> = imported.faults.iter().map(|note| format!("{} {}", note.line, note.text)).collect();
    assert_eq!(
        faults,
        [
            "2 n1 and n2 both lead term 0 (Election Safety, §5.2)",
            "3 the commit index of n1 goes back from 5 to 4 (§5.3)"
        ]
    );
}

#[test]
fn a_trace_that_cannot_be_a_run_is_refused_with_its_line() {
    let start = |nid: u64, term: u64| {
        format!(
            "{{\"name\":\"InitState\",\"nid\":\"{nid}\",\"state\":{{\"term\":{term},\"vote\":\"0\",\"commit\":0}},\"role\":\"StateFollower\",\"log\":0}}\n"
        )
    };
    let ten: String = (1..=10).map(|nid| start(nid, 0)).collect();
    for (text, line, part) in [
        (String::new(), 1, "no events"),
        (start(1, 0) + &start(0, 0), 2, "node 0 is nobody"),
        (ten, 10, "one node too many"),
        (start(1, 0) + &start(2, 1), 2, "only nodes that begin alike"),
        (start(1, 0) + "{\"name\":", 2, "EOF"),
    ] {
        let error = import(&text).unwrap_err();
        assert!(error.line == line && error.message.contains(part), "{error}");
    }
}

/// Goal: a change of the configuration is told as etcd does; one that makes a learner beside other steps ends an import. Method: a
/// leader's Ready, by hand.
#[test]
fn a_change_of_the_configuration_is_told() {
    use raft_core::{Append, Body, Change, ConfChange, Entry, Ready, Role};
    use raftarium_sim::watch::{Seen, Sighting, Stand};

    let stand = |last_index| Stand {
        role: Role::Leader,
        term: 2,
        voted_for: Some(1),
        commit: 4,
        last_index,
        voters: [vec![1, 2], vec![]],
        own_progress: None,
    };
    let sighting = |last_index, what| Sighting { at_us: 5, node: 1, stand: stand(last_index), what };
    let change: ConfChange = [Change::AddLearner(3), Change::Remove(2)].into_iter().collect();
    let entry = |index, body| Entry { term: 2, index, body };
    let entries = vec![entry(5, Body::Command(b"x".as_slice().into())), entry(6, Body::ConfChange(change.into()))];
    let ready = Ready { append: Append { entries, ..Append::default() }, ..Ready::default() };
    let mut recorder = Recorder::default();
    recorder.lines(&sighting(4, Seen::Took(raftarium_sim::node::Item::Tick)));
    let lines = recorder.lines(&sighting(6, Seen::HandedOut(Box::new(ready))));
    let names = ["Replicate", "ChangeConf", "Ready"].map(|name| format!("\"name\":\"{name}\""));
    assert!(lines.len() == 3 && lines.iter().zip(&names).all(|(line, name)| line.contains(name)), "{lines:?}");
    let steps = r#""prop":{"cc":{"changes":[{"nid":"3","action":"AddLearner"},{"nid":"2","action":"RemoveServer"}]}}"#;
    assert!(lines[1].contains(steps), "{}", lines[1]);
    // Two steps that no action says, of a leader that the trace does not show being elected.
    let imported = import(&lines.join("\n")).unwrap();
    assert!(imported.notes.iter().any(|note| note.text.contains("the run ends here")), "{:?}", imported.notes);
}
