//! Tests of playing, seeking, forking and undoing.

use super::*;
use crate::chaos::{self, END_US, run_with_faults};
use proptest::prelude::*;

/// Goal: what a person does live is what its run shows again. Method: a run's actions given by hand, after steps of odd
/// sizes and in the middle of instants; then the recorded run played at one go.
#[test]
fn a_live_session_and_its_run_are_the_same_world() {
    for seed in 0..20 {
        let script = chaos::run_with_faults(seed);
        let mut live = Timeline::new(Run::new(script.config, script.seed)).unwrap();
        for (number, Timed { at_us, action }) in script.actions.into_iter().enumerate() {
            while live.next_us().is_some_and(|next_us| next_us < at_us) {
                live.step_event();
            }
            if number % 3 == 0 {
                live.advance_to(at_us);
            }
            let _refused = live.act(action);
        }
        live.advance_to(chaos::END_US);
        let mut again = Timeline::new(Run::parse(&live.run().to_string()).unwrap()).unwrap();
        again.advance_to(chaos::END_US);
        assert_eq!(live.world().digest(), again.world().digest(), "seed {seed}");
        assert!(live.world().trace().iter().eq(again.world().trace().iter()), "seed {seed}");
    }
}

#[test]
fn a_step_ends_at_a_visible_record() {
    let mut timeline = Timeline::new(Run::new(crate::WorldConfig::default(), 7)).unwrap();
    for seq in 0..20 {
        assert!(timeline.step());
        assert!(timeline.world().trace().next_seq() > seq);
    }
}

#[test]
fn a_limited_advance_goes_on_where_it_stopped() {
    let run = chaos::run_with_faults(3);
    let mut at_once = Timeline::new(run.clone()).unwrap();
    at_once.advance_to(2_000_000);
    let mut in_parts = Timeline::new(run).unwrap();
    let mut parts = 1;
    while !in_parts.advance_some(2_000_000, 100) {
        parts += 1;
    }
    assert!(parts > 10);
    assert_eq!(in_parts.world().digest(), at_once.world().digest());
    assert_eq!(in_parts.world().now_us(), 2_000_000);
}

#[test]
fn a_refused_action_changes_nothing_live_and_is_recorded_in_a_replay() {
    let mut timeline = Timeline::new(Run::new(crate::WorldConfig::default(), 7)).unwrap();
    timeline.advance_to(1_000_000);
    let before = (timeline.world().digest(), timeline.run().clone());
    let error = timeline.act(Action::Restart { node: 9 }).unwrap_err();
    assert_eq!(error.to_string(), "there is no node n9: this cluster has n1 to n5");
    assert_eq!((timeline.world().digest(), timeline.run().clone()), before);

    let run = Run::parse("raftarium 1\nseed 7\n@5 restart n1\n").unwrap();
    let mut replay = Timeline::new(run).unwrap();
    replay.advance_to(10);
    let lines: Vec<String> = replay.world().trace().iter().map(ToString::to_string).collect();
    assert_eq!(lines, ["5 refused restart n1: n1 is running: that is for a crashed node"]);
}

fn at(run: &Run, at_us: u64) -> Timeline {
    let mut timeline = Timeline::new(run.clone()).unwrap();
    timeline.advance_to(at_us);
    timeline
}

/// The world as far as one can see it: what is, what is due, and the whole past in the digest.
fn sight(timeline: &Timeline) -> impl PartialEq + std::fmt::Debug + use<> {
    let world = timeline.world();
    (
        world.now_us(),
        world.digest(),
        world.events(),
        world.next_event_us(),
        world.trace().next_seq(),
        timeline.actions_done(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Goal: `seek(t)` equals `run(t)`. Method: the slow twin plays the run from the beginning to each instant.
    #[test]
    fn seeking_is_playing(seed in 0..1_000_u64, instants in proptest::collection::vec(0..END_US, 1..6)) {
        let run = run_with_faults(seed);
        let mut timeline = at(&run, 0);
        for instant in instants {
            timeline.seek(instant);
            prop_assert_eq!(sight(&timeline), sight(&at(&run, instant)), "seed {} at {}", seed, instant);
        }
    }

    /// Goal: a step back undoes a step. Method: steps of each unit are noted on the way forth and met again on the way back.
    #[test]
    fn stepping_back_meets_the_same_moments(
        seed in 0..1_000_u64,
        start_us in 0..4_000_000_u64,
        steps in 1..40_usize,
        unit in prop_oneof![Just(Unit::Record), Just(Unit::Event), Just(Unit::Ready), Just(Unit::Message)],
    ) {
        let run = run_with_faults(seed);
        let mut timeline = at(&run, start_us);
        prop_assume!(timeline.step_by(unit));
        let mut moments = vec![sight(&timeline)];
        let mut idle = false;
        while !idle && moments.len() <= steps {
            idle = !timeline.step_by(unit);
            if !idle {
                moments.push(sight(&timeline));
            }
        }
        for moment in moments.iter().rev().skip(usize::from(!idle)) {
            prop_assert!(timeline.step_back_by(unit));
            prop_assert_eq!(&sight(&timeline), moment);
        }
    }
}

/// Goal: the memory of a long run is bounded, and going back in it still exact. Method: more events than keyframes at the first
/// spacing can span, of one node that ticks each millisecond.
#[test]
fn a_long_run_keeps_few_keyframes() {
    let mut timeline = at(&Run::parse("raftarium 1\nnodes 1\nseed 7\ntick 1ms\n@1s client c1 put x 1").unwrap(), 0);
    timeline.advance_to(2_500_000_000);
    let events = timeline.world().events();
    let (count, spacing) = timeline.frames.count_and_spacing();
    assert!(
        count <= 512 && spacing > 4_096 && events > 512 * 4_096,
        "{count} frames, {spacing} apart, {events} events"
    );
    assert!(count as u64 * spacing >= events / 2, "{count} frames, {spacing} apart, {events} events");
    timeline.seek(1_500_000);
    assert_eq!(sight(&timeline), sight(&at(timeline.run(), 1_500_000)));
}

#[test]
fn stepping_back_ends_at_the_beginning() {
    let mut timeline = at(&Run::new(crate::WorldConfig::default(), 7), 400_000);
    let mut steps = 0;
    while timeline.step_back() {
        steps += 1;
        assert!(steps < 1_000);
    }
    assert!(steps > 5, "{steps}");
    assert_eq!((timeline.world().now_us(), timeline.world().events()), (0, 0));
}

fn act(timeline: &mut Timeline, text: &str) {
    timeline.act(text.parse().unwrap()).unwrap();
}

fn texts(timeline: &Timeline) -> Vec<String> {
    timeline.run().actions.iter().map(|timed| timed.action.to_string()).collect()
}

#[test]
fn acting_in_the_past_forks_and_the_old_future_is_kept() {
    let mut timeline = at(&Run::new(crate::WorldConfig::default(), 7), 1_000_000);
    act(&mut timeline, "crash n1");
    timeline.advance_to(2_000_000);
    act(&mut timeline, "restart n1");
    timeline.advance_to(3_000_000);
    let old = sight(&timeline);

    timeline.seek(1_500_000);
    assert_eq!(texts(&timeline), ["crash n1", "restart n1"], "seeking changes no run");
    act(&mut timeline, "crash n2");
    timeline.advance_to(3_000_000);
    assert_eq!(texts(&timeline), ["crash n1", "crash n2"]);
    let new = sight(&timeline);
    assert_ne!(new, old);

    let branches = timeline.branches();
    assert_eq!(branches.len(), 2);
    assert_eq!(branches.iter().map(|branch| branch.is_present).collect::<Vec<_>>(), [false, true]);
    assert_eq!(branches[0].forks_at_us, Some(1_500_000));
    assert!(timeline.switch_to(branches[0].id));
    assert_eq!(timeline.world().now_us(), 1_500_000);
    timeline.advance_to(3_000_000);
    assert_eq!(sight(&timeline), old);
    assert!(timeline.switch_to(branches[1].id));
    timeline.advance_to(3_000_000);
    assert_eq!(sight(&timeline), new);
    assert!(!timeline.switch_to(99));
    assert!(timeline.undo(), "going to a branch is taken back as an act is");
    timeline.advance_to(3_000_000);
    assert_eq!(sight(&timeline), old);
}

/// Goal: a future in which nothing was done can be returned to, although the run that left it goes on from its end.
#[test]
fn a_branch_that_another_one_continues_keeps_its_name() {
    let mut timeline = at(&Run::new(crate::WorldConfig::default(), 7), 2_000_000);
    let (quiet, old) = (timeline.branch(), sight(&timeline));
    timeline.seek(1_000_000);
    act(&mut timeline, "crash n1");
    let crashed = timeline.branch();
    assert_ne!(crashed, quiet);
    assert!(timeline.switch_to(quiet));
    assert_eq!((timeline.branch(), timeline.world().now_us(), texts(&timeline).len()), (quiet, 1_000_000, 0));
    timeline.advance_to(2_000_000);
    assert_eq!(sight(&timeline), old);
    assert!(timeline.switch_to(crashed));
    assert_eq!((texts(&timeline).join(", "), timeline.world().now_us()), ("crash n1".into(), 1_000_000));
}

#[test]
fn undo_and_redo_move_between_branches() {
    let mut timeline = at(&Run::new(crate::WorldConfig::default(), 7), 1_000_000);
    assert!(!timeline.undo() && !timeline.redo());
    act(&mut timeline, "crash n1");
    timeline.advance_to(2_000_000);
    act(&mut timeline, "restart n1");
    timeline.seek(1_500_000);
    act(&mut timeline, "crash n2");

    assert!(timeline.undo());
    assert_eq!((texts(&timeline).join(", "), timeline.world().now_us()), ("crash n1, restart n1".into(), 1_500_000));
    assert!(timeline.undo());
    assert_eq!((texts(&timeline).join(", "), timeline.world().now_us()), ("crash n1".into(), 2_000_000));
    assert!(timeline.undo() && !timeline.undo());
    assert_eq!((texts(&timeline).len(), timeline.world().now_us()), (0, 1_000_000));
    assert_eq!(sight(&timeline), sight(&at(&Run::new(crate::WorldConfig::default(), 7), 1_000_000)));
    assert!(timeline.redo() && timeline.redo() && timeline.redo() && !timeline.redo());
    assert_eq!(texts(&timeline), ["crash n1", "crash n2"]);
    assert_eq!(timeline.world().now_us(), 1_500_000);
    assert!(!timeline.world().node(2).is_up(), "the act is done");
}
