//! Thesis 4.2.3, 6.2, 6.4.1 and 9.6: PreVote and CheckQuorum, alone and together.

use raft_core::{Decision, IgnoreReason, Message, MessageBody, MessageKind, Position, Role, Snapshot, VoteRefusal};

use crate::cluster::{Cluster, cluster_with};

/// Three nodes with these two switches, n1 leading.
fn leading(pre_vote: bool, check_quorum: bool) -> Cluster {
    let c = cluster_with(3, |config| {
        config.pre_vote = pre_vote;
        config.check_quorum = check_quorum;
    });
    c.elect(1)
}

/// Whether n1 still leads in term 1 after n3 was away for a while.
fn survives_a_returning_node(pre_vote: bool, check_quorum: bool) -> bool {
    let mut c = leading(pre_vote, check_quorum);
    c.cut(3).run(60).heal().run(60);
    (c.leader(), c.node(1).status().term) == (Some(1), 1)
}

#[test]
fn a_returning_node_disrupts_unless_it_asks_before_it_campaigns_thesis_9_6() {
    assert!(!survives_a_returning_node(false, false));
    assert!(!survives_a_returning_node(false, true));
    assert!(survives_a_returning_node(true, false));
    assert!(survives_a_returning_node(true, true));
}

#[test]
fn a_pre_vote_changes_neither_term_nor_vote_thesis_9_6() {
    let mut c = leading(true, false);
    c.cut(3).run(60);
    let status = c.node(3).status();
    assert_eq!((status.role, status.term, status.voted_for), (Role::PreCandidate, 1, Some(1)));
}

#[test]
fn a_pre_candidate_that_wins_campaigns_in_the_next_term_thesis_9_6() {
    let mut c = leading(true, false);
    c.crash(1).campaign(2).settle();
    let status = c.node(2).status();
    assert_eq!((status.role, status.term), (Role::Leader, 2));
}

#[test]
fn a_pre_vote_is_refused_to_a_log_that_is_behind_5_4_1() {
    let mut c = leading(true, false);
    c.cut(3);
    c.propose(1, "x");
    c.settle();
    c.heal().campaign(3).settle();
    let refused =
        |d: &Decision| matches!(d, Decision::VoteRefused { to: 3, pre_vote: true, why: VoteRefusal::LogBehind, .. });
    assert!(c.decisions(1).iter().any(refused));
    assert_eq!(c.node(3).status().term, 1);
    assert_eq!(c.leader(), Some(1));
}

#[test]
fn a_leader_that_cannot_reach_a_quorum_for_an_election_timeout_steps_down_thesis_6_2() {
    let mut c = leading(false, true);
    c.cut(1).run(25);
    assert_eq!(c.node(1).status().role, Role::Follower);
    assert!(c.decisions(1).contains(&Decision::QuorumLost { term: 1 }));
    let mut c = leading(false, false);
    c.cut(1).run(25);
    assert_eq!(c.node(1).status().role, Role::Leader, "without the check it never learns");
}

#[test]
fn a_node_that_heard_a_leader_lately_ignores_requests_for_votes_thesis_6_4_1() {
    let mut c = leading(false, true);
    c.campaign(2).settle();
    assert_eq!(c.node(3).status().term, 1, "not even the term moves");
    let lease = |d: &Decision| matches!(d, Decision::VoteRefused { why: VoteRefusal::LeaseHeld { leader: 1, .. }, .. });
    assert!(c.decisions(3).iter().any(lease));
}

#[test]
fn a_node_stuck_in_a_higher_term_frees_itself_by_its_answers_to_the_stale_leader() {
    let mut c = leading(false, true);
    c.campaign(2).settle(); // n2 is in term 2, and nobody answers it
    assert_eq!(c.node(2).status().role, Role::Candidate);
    c.run(3);
    assert!(c.node(1).status().term >= 2, "the leader of term 1 learned of term 2");
    c.run(60);
    assert!(c.leader().is_some());
}

#[test]
fn a_one_way_cut_deposes_for_ever_without_both_and_never_with_both() {
    let changes = |pre_vote, check_quorum| {
        let mut c = leading(pre_vote, check_quorum);
        // Nothing from n1 reaches n3, all else does.
        for _ in 0..400 {
            for id in 1..=3 {
                c.node(id).tick();
            }
            c.settle_with(|network| network.retain(|m| (m.from, m.to) != (1, 3) && (m.from, m.to) != (3, 1)));
        }
        c.nodes.iter().map(|node| node.status().term).max()
    };
    assert_eq!(changes(true, true), Some(1));
    assert!(changes(false, true) > Some(3), "n3 campaigns again and again");
}

#[test]
fn messages_of_a_lower_term_are_ignored_and_said_so_5_1() {
    let mut c = leading(false, false);
    c.cut(1).campaign(2).settle();
    c.heal().tick(1, 2).handle_readies().deliver_to(|_| true);
    let ignored = |d: &Decision| {
        matches!(
            d,
            Decision::Ignored {
                from: 1,
                kind: MessageKind::Heartbeat,
                mine: 2,
                theirs: 1,
                why: IgnoreReason::LowerTerm
            }
        )
    };
    assert!(c.decisions(2).iter().any(ignored));
    assert!(c.in_flight().is_empty(), "by etcd's dialect there is no answer");
}

#[test]
fn by_the_papers_dialect_a_lower_term_is_answered_with_the_newer_one_5_1() {
    let mut c = cluster_with(3, |config| config.dialect.answer_lower_terms = true).elect(1);
    c.cut(1).campaign(2).settle();
    c.heal().tick(1, 2).handle_readies().deliver_to(|_| true).settle();
    assert_eq!(c.node(1).status().role, Role::Follower);
    assert_eq!(c.node(1).status().term, 2);
}

#[test]
fn a_voter_that_grants_a_pre_vote_gives_nothing_away_thesis_9_6() {
    let mut c = leading(true, false);
    c.crash(1).tick(3, 5).campaign(2).handle_readies().deliver_to(|id| id == 3);
    let granted = |d: &Decision| matches!(d, Decision::VoteGranted { to: 2, pre_vote: true, .. });
    assert!(c.decisions(3).iter().any(granted));
    let status = c.node(3).status();
    assert_eq!((status.term, status.voted_for, status.election_elapsed_ticks), (1, Some(1), 5));
}

#[test]
fn a_pre_vote_for_the_current_term_is_refused_to_all_but_the_one_who_has_the_vote() {
    let mut c = leading(true, false);
    for (from, granted) in [(1, true), (3, false)] {
        let body = MessageBody::RequestVote { last: Position::new(1, 9), pre_vote: true, transfer: false };
        c.node(2).step(Message { from, to: 2, term: 1, body }).expect("well formed");
        let verdict = c.decisions(2).iter().any(|d| matches!(d, Decision::VoteGranted { .. }));
        assert_eq!(verdict, granted, "n{from}");
    }
}

#[test]
fn a_snapshot_of_a_lower_term_is_ignored_and_by_the_papers_dialect_answered_5_1() {
    for answers in [false, true] {
        let mut c = cluster_with(3, |config| config.dialect.answer_lower_terms = answers).elect(1);
        c.campaign(2).settle();
        let body = MessageBody::InstallSnapshot { snapshot: Snapshot::default().into() };
        c.node(2).step(Message { from: 1, to: 2, term: 1, body }).expect("well formed");
        c.handle_readies();
        assert_eq!(c.in_flight().len(), usize::from(answers));
    }
}

#[test]
fn the_lease_ends_when_the_shortest_election_timeout_has_passed_thesis_6_4_1() {
    let mut c = leading(false, true);
    c.node(3).set_election_timeout_ticks(1_000);
    let last_ticks = c.node(3).config().election_ticks.min;
    let asks = |c: &mut Cluster, term| {
        let body = MessageBody::RequestVote { last: Position::new(1, 9), pre_vote: false, transfer: false };
        c.node(3).step(Message { from: 2, to: 3, term, body }).expect("well formed");
        c.node(3).status().term
    };
    c.tick(3, last_ticks - 1);
    assert_eq!(asks(&mut c, 2), 1, "a tick is left");
    c.tick(3, 1);
    assert_eq!(asks(&mut c, 2), 2);
}

#[test]
fn a_vote_request_of_a_lower_term_is_ignored_and_by_the_papers_dialect_or_as_a_pre_vote_refused_5_1() {
    for (answers, pre_vote, expected) in [(false, false, 0), (true, false, 1), (false, true, 1)] {
        let mut c = cluster_with(3, |config| config.dialect.answer_lower_terms = answers).elect(1);
        c.campaign(2).settle();
        let body = MessageBody::RequestVote { last: Position::new(9, 9), pre_vote, transfer: false };
        c.node(2).step(Message { from: 3, to: 2, term: 1, body }).expect("well formed");
        c.handle_readies();
        assert_eq!(c.in_flight().len(), expected, "{answers} {pre_vote}");
        let granted = |m: &Message| matches!(m.body, MessageBody::RequestVoteResponse { granted: true, .. });
        assert!(!c.network.iter().any(granted));
    }
}
