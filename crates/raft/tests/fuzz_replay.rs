//! Replays what the fuzzer kept (`fuzz/corpus/step`), and as many lives of random bytes: no node panics.

#[path = "../fuzz/play.rs"]
mod play;

#[test]
fn what_the_fuzzer_kept_makes_no_node_panic() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/corpus/step");
    let mut lives = 0;
    for file in std::fs::read_dir(folder).expect("the corpus is part of the repository") {
        play::play(&std::fs::read(file.expect("a readable folder").path()).expect("a readable file"));
        lives += 1;
    }
    assert!(lives > 0, "the corpus is empty");
}

#[test]
fn random_bytes_make_no_node_panic() {
    let mut state = 1u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    for _ in 0..20_000 {
        let life: Vec<u8> = (0..usize::from(next()) + 64).map(|_| next()).collect();
        play::play(&life);
    }
}

/// A snapshot with `auto_leave` outside of a joint configuration once made its lone voter, elected, propose to leave it
/// again and again without end.
#[test]
fn a_snapshot_that_would_leave_what_is_not_joint_is_ignored() {
    use raft_core::{ConfState, Config, MemStorage, Message, MessageBody, Position, RawNode, Snapshot};

    let mut node = RawNode::new(Config::new(1), MemStorage::with_voters(1..=3)).expect("the configuration is valid");
    let conf_state = ConfState { auto_leave: true, ..ConfState::of_voters([1]) };
    let snapshot = Snapshot { last: Position::new(1, 5), conf_state, ..Snapshot::default() };
    let body = MessageBody::InstallSnapshot { snapshot: snapshot.into() };
    node.step(Message { from: 2, to: 1, term: 1, body }).expect("it is ignored, not refused");
    assert_eq!(node.status().commit, 0);
    assert_eq!(node.status().conf.voters, [1, 2, 3]);
}
