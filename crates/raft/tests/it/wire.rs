//! Anything may come from the wire: nothing of it panics, and the typed refusals say why.

use std::sync::Arc;

use proptest::prelude::*;
use raft_core::{
    AppendResult, Body, Change, ConfChange, ConfState, Decision, Entries, Entry, IgnoreReason, Message, MessageBody,
    MessageKind, Position, Snapshot, StepError,
};

use crate::cluster::{Cluster, cluster, cluster_with};

#[test]
fn messages_that_cannot_be_meant_are_refused_with_their_reason() {
    let mut c = cluster(3).elect(1);
    let heartbeat = MessageBody::Heartbeat { commit: 1, read_round: 0 };
    let message = |from, to, term| Message { from, to, term, body: heartbeat.clone() };
    assert_eq!(c.node(1).step(message(2, 3, 1)), Err(StepError::NotForMe { to: 3 }));
    assert_eq!(c.node(1).step(message(0, 1, 1)), Err(StepError::BadSender { from: 0 }));
    assert_eq!(c.node(1).step(message(1, 1, 1)), Err(StepError::BadSender { from: 1 }));
    let malformed = StepError::Malformed { kind: MessageKind::Heartbeat };
    assert_eq!(c.node(1).step(message(2, 1, 0)), Err(malformed));
    assert_eq!(c.node(1).step(message(2, 1, u64::MAX)), Err(malformed));
}

#[test]
fn entries_with_holes_are_refused() {
    let mut c = cluster(3).elect(1);
    let entry = |index| Entry { term: 1, index, body: Body::Noop };
    let entries = Entries::from(vec![entry(2), entry(4)]);
    let body = MessageBody::AppendEntries { prev: Position::new(1, 1), entries, commit: 9 };
    let refused = c.node(2).step(Message { from: 1, to: 2, term: 1, body });
    assert_eq!(refused, Err(StepError::Malformed { kind: MessageKind::AppendEntries }));
}

/// §5.4: along a log terms never go down, and none is above its leader's.
#[test]
fn entries_whose_terms_cannot_be_those_of_a_log_are_refused() {
    let entry = |term, index| Entry { term, index, body: Body::Noop };
    let append = |before, terms: &[u64]| {
        let entries: Vec<Entry> = terms.iter().zip(2..).map(|(term, index)| entry(*term, index)).collect();
        let prev = Position::new(before, 1);
        let body = MessageBody::AppendEntries { prev, entries: Entries::from(entries), commit: 9 };
        Message { from: 1, to: 2, term: 3, body }
    };
    let malformed = Err(StepError::Malformed { kind: MessageKind::AppendEntries });
    for (before, terms) in [(1, &[3, 2][..]), (2, &[1]), (1, &[1, 4]), (4, &[]), (1, &[1, 2, 1, 3])] {
        let mut c = cluster(3).elect(1);
        assert_eq!(c.node(2).step(append(before, terms)), malformed, "{before} {terms:?}");
        assert_eq!((c.node(2).status().term, c.terms_of_log(2)), (1, vec![1]), "nothing of it counts");
        // Who broke a rule may have such a log, and is to be heard.
        let mut broken = cluster_with(3, |config| config.rules.commit_clamped_to_match = false).elect(1);
        assert_eq!(broken.node(2).step(append(before, terms)), Ok(()));
    }
    let mut c = cluster(3).elect(1);
    assert_eq!(c.node(2).step(append(1, &[1, 1, 2, 3])), Ok(()));
    assert_eq!(c.terms_of_log(2), [1, 1, 1, 2, 3]);
}

#[test]
fn a_match_beyond_the_leaders_log_is_nonsense() {
    let mut c = cluster(3).elect(1);
    for from in [2, 3] {
        let body = MessageBody::AppendEntriesResponse(AppendResult::Matched { index: 1_000 });
        c.node(1).step(Message { from, to: 1, term: 1, body }).expect("a member");
    }
    assert_eq!(c.commit(1), 1);
    assert!(c.node(1).status().progress.iter().all(|(_, book)| book.match_index() == 1));
    let nonsense = |d: &Decision| matches!(d, Decision::Ignored { why: IgnoreReason::Nonsense, .. });
    assert_eq!(c.decisions(1).iter().filter(|d| nonsense(d)).count(), 2);
}

/// Numbers that matter: small ones, and those near the ends.
fn number() -> impl Strategy<Value = u64> {
    prop_oneof![8 => 0..12_u64, 1 => Just(u64::MAX), 1 => Just(u64::MAX - 1), 1 => Just(1 << 62), 1 => Just((1 << 62) - 1)]
}

fn position() -> impl Strategy<Value = Position> {
    (number(), number()).prop_map(|(term, index)| Position { term, index })
}

fn change() -> impl Strategy<Value = Change> {
    (0..3, 0..6_u64).prop_map(|(kind, id)| match kind {
        0 => Change::AddVoter(id),
        1 => Change::AddLearner(id),
        _ => Change::Remove(id),
    })
}

fn body() -> impl Strategy<Value = Body> {
    prop_oneof![
        4 => Just(Body::Noop),
        4 => any::<u8>().prop_map(|byte| Body::Command(vec![byte].into())),
        1 => proptest::collection::vec(change(), 0..3)
            .prop_map(|changes| Body::ConfChange(Arc::new(changes.into_iter().collect::<ConfChange>()))),
    ]
}

/// Mostly consecutive entries after `prev`.
fn append() -> impl Strategy<Value = MessageBody> {
    let skew = prop_oneof![9 => Just(0), 1 => 0..3_u64];
    (position(), proptest::collection::vec((number(), body(), skew), 0..4), number()).prop_map(
        |(prev, bodies, commit)| {
            let entry = |((term, body, skew), at): ((u64, Body, u64), u64)| Entry {
                term,
                index: prev.index.wrapping_add(at).wrapping_add(skew),
                body,
            };
            let entries = bodies.into_iter().zip(1..).map(entry).collect();
            MessageBody::AppendEntries { prev, entries, commit }
        },
    )
}

fn snapshot() -> impl Strategy<Value = MessageBody> {
    let ids = || proptest::collection::vec(0..6_u64, 0..4);
    (position(), ids(), ids(), ids(), any::<bool>()).prop_map(
        |(last, voters, voters_outgoing, learners, auto_leave)| {
            let conf_state = ConfState { voters, voters_outgoing, learners, learners_next: vec![], auto_leave };
            MessageBody::InstallSnapshot { snapshot: Arc::new(Snapshot { last, conf_state, data: "s".into() }) }
        },
    )
}

fn any_body() -> impl Strategy<Value = MessageBody> {
    prop_oneof![
        (position(), any::<bool>(), any::<bool>()).prop_map(|(last, pre_vote, transfer)| MessageBody::RequestVote {
            last,
            pre_vote,
            transfer
        }),
        (any::<bool>(), any::<bool>())
            .prop_map(|(granted, pre_vote)| MessageBody::RequestVoteResponse { granted, pre_vote }),
        append(),
        append(),
        number().prop_map(|index| MessageBody::AppendEntriesResponse(AppendResult::Matched { index })),
        (number(), position()).prop_map(|(prev_index, hint)| {
            MessageBody::AppendEntriesResponse(AppendResult::Rejected { prev_index, hint })
        }),
        (number(), number()).prop_map(|(commit, read_round)| MessageBody::Heartbeat { commit, read_round }),
        number().prop_map(|read_round| MessageBody::HeartbeatResponse { read_round }),
        snapshot(),
        Just(MessageBody::TimeoutNow),
        number().prop_map(|transferee| MessageBody::TransferLeader { transferee }),
        proptest::collection::vec(body(), 0..3).prop_map(|bodies| {
            let entries = bodies.into_iter().map(|body| Entry { term: 0, index: 0, body }).collect();
            MessageBody::Propose { entries }
        }),
        number().prop_map(|context| MessageBody::ReadIndex { context }),
        (number(), number()).prop_map(|(index, context)| MessageBody::ReadIndexResponse { index, context }),
    ]
}

/// What happens to the node under test.
#[derive(Clone, Debug)]
enum Happening {
    Message(u64, u64, MessageBody),
    Ready,
    Tick(u32),
    Campaign,
    Propose,
    Change(Vec<Change>),
    Transfer(u64),
    Read,
    Compact,
    Restart,
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        10 => (0..5_u64, number(), any_body()).prop_map(|(from, term, body)| Happening::Message(from, term, body)),
        6 => Just(Happening::Ready),
        1 => (1..25_u32).prop_map(Happening::Tick),
        1 => Just(Happening::Campaign),
        2 => Just(Happening::Propose),
        1 => proptest::collection::vec(change(), 0..3).prop_map(Happening::Change),
        1 => (0..5_u64).prop_map(Happening::Transfer),
        1 => Just(Happening::Read),
        1 => Just(Happening::Compact),
        1 => Just(Happening::Restart),
    ]
}

fn play(c: &mut Cluster, happening: Happening) {
    match happening {
        Happening::Message(from, term, body) => {
            // The term of the node itself is what gets deepest.
            let term = if term == 0 { c.node(1).status().term } else { term };
            let _ = c.node(1).step(Message { from, to: 1, term, body });
        }
        Happening::Ready => {
            if c.node(1).has_ready() {
                let ready = c.node(1).ready();
                crate::cluster::write(c.node(1), &ready);
                for entry in &ready.committed_entries {
                    if let Body::ConfChange(change) = &entry.body {
                        let _ = c.node(1).apply_conf_change(change);
                    }
                }
                c.node(1).advance(ready);
            }
        }
        Happening::Tick(ticks) => drop(c.tick(1, ticks)),
        Happening::Campaign => drop(c.node(1).campaign()),
        Happening::Propose => drop(c.node(1).propose("x")),
        Happening::Change(changes) => drop(c.node(1).propose_conf_change(changes.into_iter().collect())),
        Happening::Transfer(to) => c.node(1).transfer_leader(to),
        Happening::Read => c.node(1).read_index(1),
        Happening::Compact => {
            let (applied, conf) = (c.node(1).status().applied, c.node(1).status().conf.clone());
            if c.node(1).storage_mut().create_snapshot(applied, conf, "s".into()).is_ok() {
                let _ = c.node(1).storage_mut().compact(applied);
            }
        }
        Happening::Restart => drop(restart(c)),
    }
    let status = c.nodes[0].status();
    assert!(status.applied <= status.commit && status.commit <= status.last.index);
}

/// A restart from a disk that garbage wrote may be refused; the node then goes on as it was.
fn restart(c: &mut Cluster) -> Option<()> {
    let node = c.node(1).clone();
    let config = node.config().clone();
    *c.node(1) = raft_core::RawNode::with_tracer(config, node.into_storage(), Vec::new()).ok()?;
    Some(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn no_message_from_the_wire_makes_a_node_panic(
        switches in any::<[bool; 5]>(),
        happenings in proptest::collection::vec(happening(), 1..60),
    ) {
        let [pre_vote, check_quorum, paper, lone, small] = switches;
        let mut c = cluster_with(if lone { 1 } else { 3 }, |config| {
            config.pre_vote = pre_vote;
            config.check_quorum = check_quorum;
            config.forward_proposals = true;
            config.dialect.conf_change_on_apply = !paper;
            config.dialect.separate_heartbeats = !paper;
            config.dialect.matching_snapshot_keeps_log = !paper;
            config.dialect.step_down_on_removal = !small;
            if small {
                config.committed_bytes_max = 20;
                config.inflight_messages_max = 1;
            }
        });
        for happening in happenings {
            play(&mut c, happening);
        }
    }
}
