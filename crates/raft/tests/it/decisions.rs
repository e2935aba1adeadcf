//! What a node decides is told, with the numbers that were compared: each kind of `Decision` in a play in which it falls due.
//! Those that other tests look at closely (votes, conflicts, commits, reads, restored snapshots) are told there.

use raft_core::{
    AckIgnored, Change, ConfChange, ConfChangeRefusal, Decision, ElectionCause, FollowerReason, HardState,
    IgnoreReason, Message, MessageBody, MessageKind, NoElection, NoSnapshot, Position, ProposalDrop, ProposeError,
    RawNode, Role, Silent, Tracer, TransferAbort, Transition,
};

use crate::cluster::{Cluster, cluster, cluster_on, cluster_with, disk};

fn say(c: &mut Cluster, from: u64, to: u64, term: u64, body: MessageBody) {
    c.node(to).step(Message { from, to, term, body }).expect("well formed");
}

fn told(c: &mut Cluster, id: u64, expected: &Decision) {
    let decisions = c.decisions(id);
    assert!(decisions.contains(expected), "{expected:?} is not among {decisions:#?}");
}

/// Whether the node told something like that, and the node's other decisions are forgotten.
fn tells(c: &mut Cluster, id: u64, like: impl Fn(&Decision) -> bool) -> bool {
    c.decisions(id).iter().any(like)
}

/// The default tracer does not even compute what nobody hears.
#[test]
fn silence_computes_nothing() {
    Silent.decide(|| panic!("nobody listens"));
}

#[test]
fn an_election_is_told_step_by_step_5_2() {
    let mut c = cluster(3);
    c.decisions(1);
    c.campaign(1).settle();
    let last = Position::new(0, 0);
    let asked = |to| Decision::VoteRequested { to, term: 1, last, pre_vote: false, transfer: false };
    let counted = |from, granted_total| Decision::VoteReceived {
        from,
        term: 1,
        granted: true,
        pre_vote: false,
        granted_total,
        refused_total: 0,
    };
    let expected = [
        Decision::ElectionStarted { term: 0, cause: ElectionCause::Asked },
        Decision::BecameCandidate { term: 1 },
        asked(2),
        asked(3),
        counted(1, 1),
        counted(2, 2),
        Decision::BecameLeader { term: 1, votes: vec![1, 2] },
    ];
    assert_eq!(c.decisions(1)[..expected.len()], expected);
    told(&mut c, 2, &Decision::HigherTerm { from: 1, kind: MessageKind::RequestVote, mine: 0, theirs: 1 });
    c.node(1).campaign().expect_err("it leads");
    told(&mut c, 1, &Decision::ElectionRefused { term: 1, why: NoElection::AlreadyLeader });
}

#[test]
fn a_timeout_and_a_pre_vote_are_told_5_2_thesis_9_6() {
    let mut c = cluster_with(3, |config| config.pre_vote = true);
    c.node(1).set_election_timeout_ticks(12);
    c.tick(1, 12);
    let decisions = c.decisions(1);
    let cause = ElectionCause::Timeout { elapsed_ticks: 12 };
    assert!(decisions.contains(&Decision::ElectionStarted { term: 0, cause }), "{decisions:?}");
    assert!(decisions.contains(&Decision::BecamePreCandidate { term: 0 }), "{decisions:?}");
}

#[test]
fn why_a_candidate_follows_is_told_5_2() {
    let followed = |c: &mut Cluster, leader, why| {
        told(c, 1, &Decision::BecameFollower { was: Role::Candidate, old_term: 1, term: 1, leader, why });
    };
    let mut c = cluster(3);
    c.campaign(1);
    say(&mut c, 2, 1, 1, MessageBody::Heartbeat { commit: 0, read_round: 0 });
    followed(&mut c, Some(2), FollowerReason::LeaderExists { leader: 2 });
    let mut c = cluster(3);
    c.campaign(1);
    for from in [2, 3] {
        say(&mut c, from, 1, 1, MessageBody::RequestVoteResponse { granted: false, pre_vote: false });
    }
    followed(&mut c, None, FollowerReason::ElectionLost);
    say(&mut c, 2, 1, 1, MessageBody::RequestVoteResponse { granted: true, pre_vote: false });
    let (kind, why) = (MessageKind::RequestVoteResponse, IgnoreReason::NotMyRole);
    told(&mut c, 1, &Decision::Ignored { from: 2, kind, mine: 1, theirs: 1, why });
}

#[test]
fn by_the_papers_dialect_a_stale_leader_is_told_and_that_is_told_5_1() {
    let state = HardState { term: 3, ..HardState::default() };
    let disks = (0..3).map(|_| disk(3, &[], state)).collect();
    let mut c = cluster_on(disks, |config| config.dialect.answer_lower_terms = true);
    say(&mut c, 1, 2, 1, MessageBody::Heartbeat { commit: 0, read_round: 0 });
    told(&mut c, 2, &Decision::LowerTermAnswered { to: 1, kind: MessageKind::Heartbeat, mine: 3, theirs: 1 });
}

#[test]
fn what_becomes_of_an_append_is_told_on_both_sides_5_3() {
    let state = |commit| HardState { term: 1, commit, ..HardState::default() };
    let disks = vec![disk(3, &[1, 1, 1], state(0)), disk(3, &[], state(0)), disk(3, &[1, 1, 1], state(2))];
    let mut c = cluster_on(disks, |_| {}).elect(1);
    let leader = c.decisions(1);
    let hint = Position::new(0, 0);
    assert!(leader.contains(&Decision::AppendRejected { from: 2, prev_index: 3, hint }), "{leader:#?}");
    assert!(
        leader.iter().any(|d| matches!(d, Decision::ProgressDecreased { of: 2, progress } if progress.next_index == 1))
    );
    told(&mut c, 2, &Decision::AppendAccepted { from: 1, prev: hint, last: 4 });
    let entries = raft_core::Entries::EMPTY;
    let prev = Position::new(1, 1);
    say(&mut c, 1, 3, 2, MessageBody::AppendEntries { prev, entries, commit: 0 });
    told(&mut c, 3, &Decision::AppendBelowCommit { from: 1, prev, commit: 4 });
    c.node(1).report_unreachable(2);
    assert!(tells(
        &mut c,
        1,
        |d| matches!(d, Decision::Unreachable { node: 2, progress } if progress.match_index == 4)
    ));
}

#[test]
fn where_a_proposal_went_is_told_5_3() {
    let dropped = |c: &mut Cluster, id, term, why| told(c, id, &Decision::ProposalDropped { term, why });
    let mut c = cluster_with(3, |config| config.uncommitted_bytes_max = 10);
    assert_eq!(c.node(2).propose("x"), Err(ProposeError::NotLeader { hint: None }));
    dropped(&mut c, 2, 0, ProposalDrop::NoLeader);
    let mut c = c.elect(1);
    c.node(2).propose("x").expect_err("it follows");
    dropped(&mut c, 2, 1, ProposalDrop::NotForwarded { leader: 1 });
    c.cut(2).cut(3);
    c.propose(1, "0123456789");
    c.node(1).propose("x").expect_err("the limit is reached");
    dropped(&mut c, 1, 1, ProposalDrop::UncommittedLimit);
    c.node(1).transfer_leader(3);
    told(&mut c, 1, &Decision::TransferStarted { term: 1, to: 3 });
    c.node(1).propose("x").expect_err("it hands over");
    dropped(&mut c, 1, 1, ProposalDrop::Transferring { to: 3 });
    c.node(1).transfer_leader(2);
    told(&mut c, 1, &Decision::TransferAborted { term: 1, to: 3, why: TransferAbort::Replaced { by: 2 } });
}

#[test]
fn a_handover_is_told_by_both_thesis_3_10() {
    let mut c = cluster(3).elect(1);
    c.node(1).transfer_leader(2);
    c.settle();
    told(&mut c, 1, &Decision::TimeoutNowSent { to: 2, at_once: true });
    let decisions = c.decisions(2);
    assert!(decisions.contains(&Decision::TimeoutNowReceived { from: 1, term: 1 }), "{decisions:#?}");
    let cause = ElectionCause::Transfer { from: 1 };
    assert!(decisions.contains(&Decision::ElectionStarted { term: 1, cause }), "{decisions:#?}");
    c.node(3).forget_leader();
    told(&mut c, 3, &Decision::LeaderForgotten { term: 2, leader: 2 });
}

#[test]
fn changes_of_the_configuration_are_told_6() {
    let mut c = cluster(3).elect(1);
    let _noop = c.node(1).propose_conf_change(ConfChange::LEAVE_JOINT);
    let why = ConfChangeRefusal::NotInJoint;
    assert!(tells(&mut c, 1, |d| matches!(d, Decision::ConfChangeRefused { why: told, .. } if *told == why)));
    let change: ConfChange = [Change::AddLearner(4)].into_iter().collect();
    c.node(1).propose_conf_change(ConfChange { transition: Transition::Implicit, ..change }).expect("possible");
    c.settle();
    let decisions = c.decisions(1);
    let left = |d: &Decision| matches!(d, Decision::AutoLeave { conf, proposed: true } if conf.is_joint());
    assert!(decisions.iter().any(left), "{decisions:#?}");
    let now =
        |d: &Decision| matches!(d, Decision::ConfigurationChanged { conf } if !conf.is_joint() && conf.learners == [4]);
    assert!(decisions.iter().any(now), "{decisions:#?}");
}

#[test]
fn a_snapshots_way_is_told_7() {
    let mut c = cluster_with(3, |config| (config.check_quorum, config.pre_vote) = (true, true)).elect(1);
    c.cut(3);
    for command in ["a", "b", "c"] {
        c.propose(1, command);
    }
    c.settle();
    c.compact(1);
    c.run(40);
    c.node(1).report_unreachable(3);
    c.decisions(1);
    c.propose(1, "d");
    c.settle();
    told(&mut c, 1, &Decision::SnapshotNotSent { to: 3, why: NoSnapshot::Inactive });
    c.heal().lost.push(MessageKind::InstallSnapshot);
    c.run(6);
    let snapshot = Position::new(1, 4);
    let sent = |d: &Decision| matches!(d, Decision::SnapshotSent { to: 3, first: 5, commit: 5, snapshot: told, .. } if *told == snapshot);
    assert!(tells(&mut c, 1, sent));
    c.node(1).report_snapshot(3, false);
    assert!(tells(&mut c, 1, |d| matches!(d, Decision::SnapshotReported { node: 3, arrived: false, .. })));
    c.heal().run(6);
    told(&mut c, 3, &Decision::SnapshotRestored { snapshot, commit: 4, last: snapshot });
    assert!(tells(
        &mut c,
        1,
        |d| matches!(d, Decision::SnapshotCaughtUp { node: 3, progress } if progress.match_index == 4)
    ));
}

#[test]
fn an_acknowledgement_that_comes_twice_is_told_thesis_10_2_1() {
    let mut c = cluster_with(1, |config| config.async_storage_writes = true).elect(1);
    let position = c.propose(1, "x");
    let ready = c.node(1).ready();
    c.node(1).storage_mut().append(&ready.append.entries);
    c.node(1).ack_append(ready.append.mark.clone());
    c.decisions(1);
    c.node(1).ack_append(ready.append.mark);
    told(&mut c, 1, &Decision::AckIgnored { term: 1, position, why: AckIgnored::NotWaiting });
}

/// A node that nobody hears does the same as one that is heard.
#[test]
fn who_listens_changes_nothing() {
    let mut heard = cluster(1);
    let disk = heard.node(1).storage().clone();
    let mut silent = RawNode::new(heard.node(1).config().clone(), disk).expect("valid");
    for step in 0..60 {
        heard.node(1).tick();
        silent.tick();
        if step == 50 {
            heard.propose(1, "x");
            silent.propose("x").expect("leads");
        }
        assert_eq!(heard.node(1).has_ready(), silent.has_ready());
        let (ready, twin) = (heard.node(1).ready(), silent.ready());
        assert_eq!(ready, twin, "tick {step}");
        heard.node(1).storage_mut().append(&ready.append.entries);
        silent.storage_mut().append(&twin.append.entries);
        heard.node(1).advance(ready);
        silent.advance(twin);
    }
    assert_eq!(heard.commit(1), 2);
}
