//! Thesis 3.10: leadership transfer. And forgetting a leader.

use raft_core::{Decision, MessageKind, NoTransfer, ProposeError, Role, TransferAbort};

use crate::cluster::{cluster, cluster_with};

#[test]
fn a_transferee_that_is_up_to_date_campaigns_at_once_and_wins_thesis_3_10() {
    let mut c = cluster(3).elect(1);
    c.node(1).transfer_leader(3);
    c.settle();
    assert_eq!((c.leader(), c.node(3).status().term), (Some(3), 2));
    assert!(c.decisions(1).contains(&Decision::TimeoutNowSent { to: 3, at_once: true }));
}

#[test]
fn a_transferee_that_is_behind_is_brought_up_first_thesis_3_10() {
    let mut c = cluster(3).elect(1);
    c.cut(3);
    c.propose(1, "x");
    c.settle();
    c.heal();
    c.node(1).transfer_leader(3);
    c.run(3);
    assert_eq!(c.leader(), Some(3));
    assert!(c.decisions(1).contains(&Decision::TimeoutNowSent { to: 3, at_once: false }));
}

#[test]
fn no_proposal_is_taken_during_a_transfer_thesis_3_10() {
    let mut c = cluster(3).elect(1);
    c.cut(3);
    c.node(1).transfer_leader(3);
    assert_eq!(c.node(1).propose("x"), Err(ProposeError::Transferring { to: 3 }));
}

#[test]
fn a_transfer_is_given_up_after_an_election_timeout_thesis_3_10() {
    let mut c = cluster(3).elect(1);
    c.cut(3);
    c.node(1).transfer_leader(3);
    c.run(11);
    assert_eq!(c.leader(), Some(1));
    assert!(c.decisions(1).contains(&Decision::TransferAborted { term: 1, to: 3, why: TransferAbort::TimedOut }));
    c.node(1).propose("x").expect("proposals are taken again");
}

#[test]
fn a_transfer_is_not_held_up_by_leases_or_pre_votes_thesis_3_10() {
    let mut c = cluster_with(3, |config| {
        config.check_quorum = true;
        config.pre_vote = true;
    })
    .elect(1);
    c.node(1).transfer_leader(2);
    c.settle();
    assert_eq!((c.leader(), c.node(2).status().term), (Some(2), 2));
}

#[test]
fn a_follower_passes_the_wish_on() {
    let mut c = cluster(3).elect(1);
    c.node(2).transfer_leader(3);
    c.settle();
    assert_eq!(c.leader(), Some(3));
}

#[test]
fn impossible_transfers_are_ignored_with_their_reason() {
    let mut c = cluster(3).elect(1);
    for (to, why) in [(1, NoTransfer::AlreadyLeader), (9, NoTransfer::UnknownNode)] {
        c.node(1).transfer_leader(to);
        assert!(c.decisions(1).contains(&Decision::TransferIgnored { term: 1, to, why }));
    }
    let learner = raft_core::ConfChange::from_iter([raft_core::Change::AddLearner(2)]);
    c.node(1).propose_conf_change(learner).expect("possible");
    c.settle().node(1).transfer_leader(2);
    let why = NoTransfer::Learner;
    assert!(c.decisions(1).contains(&Decision::TransferIgnored { term: 1, to: 2, why }));
    c.cut(3).node(1).transfer_leader(3);
    c.decisions(1);
    c.node(1).transfer_leader(3);
    let why = NoTransfer::InProgress;
    assert_eq!(c.decisions(1), [Decision::TransferIgnored { term: 1, to: 3, why }]);
    let mut lonely = cluster(3);
    lonely.node(1).transfer_leader(2);
    assert!(lonely.decisions(1).contains(&Decision::TransferIgnored { term: 0, to: 2, why: NoTransfer::NoLeader }));
}

#[test]
fn another_wish_replaces_the_one_under_way() {
    let mut c = cluster(3).elect(1);
    c.cut(3);
    c.node(1).transfer_leader(3);
    c.node(1).transfer_leader(2);
    c.settle();
    assert_eq!(c.leader(), Some(2));
}

#[test]
fn a_candidate_ignores_timeout_now() {
    let mut c = cluster(3).elect(1);
    c.node(1).transfer_leader(3);
    c.campaign(3).handle_readies();
    assert_eq!(c.node(3).status().term, 2);
    c.network.retain(|message| message.kind() == MessageKind::TimeoutNow);
    c.deliver_to(|_| true);
    assert_eq!((c.node(3).status().role, c.node(3).status().term), (Role::Candidate, 2));
}

#[test]
fn a_follower_that_forgets_its_leader_may_vote_at_once() {
    let mut c = cluster_with(3, |config| config.check_quorum = true).elect(1);
    c.node(3).forget_leader();
    c.campaign(2).handle_readies().deliver_to(|id| id == 3);
    assert_eq!(c.node(3).status().voted_for, Some(2));
}

#[test]
fn a_transfer_has_a_whole_election_timeout_whenever_it_begins() {
    let mut c = cluster(3).elect(1);
    c.run(8).cut(3);
    c.node(1).transfer_leader(3);
    c.run(9);
    assert_eq!(c.node(1).status().transferee, Some(3));
    c.run(1);
    assert_eq!(c.node(1).status().transferee, None);
}

#[test]
fn only_the_transferee_is_told_to_campaign_thesis_3_10() {
    let mut c = cluster(3).elect(1);
    c.cut(3);
    c.propose(1, "x");
    c.node(1).transfer_leader(3);
    c.settle();
    assert_eq!((c.commands(2), c.leader()), (vec!["x".to_string()], Some(1)), "n2 has all, and nobody asked for it");
    assert!(!c.decisions(1).iter().any(|d| matches!(d, Decision::TimeoutNowSent { .. })));
}
