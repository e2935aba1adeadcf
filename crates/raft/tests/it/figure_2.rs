//! Figure 2, statement by statement, box by box.

use raft_core::{
    AppendResult, Body, Entries, Entry, HardState, Index, Message, MessageBody, MessageKind, Position, Role, Term,
};

use crate::cluster::{Cluster, cluster, cluster_on, cluster_with, disk};

/// A follower n2 of three, in this term and with this log, that answers every term as the paper says.
fn follower(term: Term, log: &[Term]) -> Cluster {
    let state = HardState { term, ..HardState::default() };
    let disks = vec![disk(3, &[], HardState::default()), disk(3, log, state), disk(3, &[], HardState::default())];
    cluster_on(disks, |config| config.dialect.answer_lower_terms = true)
}

fn entries(prev: Index, terms: &[Term]) -> Entries {
    let entry = |(term, index): (&Term, Index)| Entry { term: *term, index, body: Body::Noop };
    terms.iter().zip(prev + 1..).map(entry).collect()
}

/// n1 says this to n2 in this term; what n2 answers.
fn ask(c: &mut Cluster, term: Term, body: MessageBody) -> Vec<Message> {
    c.node(2).step(Message { from: 1, to: 2, term, body }).expect("well formed");
    c.handle_readies();
    std::mem::take(&mut c.network)
}

fn append(c: &mut Cluster, term: Term, prev: (Term, Index), terms: &[Term], commit: Index) -> Option<AppendResult> {
    let prev = Position::new(prev.0, prev.1);
    let answers = ask(c, term, MessageBody::AppendEntries { prev, entries: entries(prev.index, terms), commit });
    let MessageBody::AppendEntriesResponse(result) = answers.first()?.body else { return None };
    Some(result)
}

fn vote(c: &mut Cluster, term: Term, last: (Term, Index)) -> bool {
    let last = Position::new(last.0, last.1);
    let answers = ask(c, term, MessageBody::RequestVote { last, pre_vote: false, transfer: false });
    matches!(answers[0].body, MessageBody::RequestVoteResponse { granted: true, .. })
}

// ---- State ----

#[test]
fn current_term_starts_at_0_and_increases_monotonically() {
    let mut c = cluster(3);
    for term in 0..5 {
        assert_eq!(c.node(2).status().term, term);
        c.campaign(2);
    }
}

#[test]
fn term_vote_and_log_are_updated_on_stable_storage_before_responding() {
    let mut c = follower(1, &[1]);
    let prev = Position::new(1, 1);
    let body = MessageBody::AppendEntries { prev, entries: entries(1, &[2]), commit: 0 };
    c.node(2).step(Message { from: 1, to: 2, term: 2, body }).expect("well formed");
    let ready = c.node(2).ready();
    assert_eq!(ready.messages, [], "nothing leaves before it is written");
    assert!(ready.must_sync);
    assert_eq!(ready.append.hard_state.map(|state| state.term), Some(2));
    assert_eq!(ready.append.entries.len(), 1);
    assert_eq!(ready.append.messages.len(), 1);
}

#[test]
fn a_new_leader_sets_next_index_after_its_last_and_match_index_to_0() {
    let state = HardState { term: 1, ..HardState::default() };
    let mut c = cluster_on((0..3).map(|_| disk(3, &[1, 1], state)).collect(), |_| {});
    c.campaign(1).handle_readies().deliver_to(|_| true).handle_readies().deliver_to(|_| true);
    let status = c.node(1).status();
    assert_eq!(status.role, Role::Leader);
    assert!(status.progress[1..].iter().all(|(_, book)| (book.next_index(), book.match_index()) == (3, 0)));
}

// ---- AppendEntries RPC, receiver implementation ----

#[test]
fn append_1_reply_false_if_term_is_below_current_term() {
    let mut c = follower(3, &[1]);
    assert_eq!(append(&mut c, 2, (1, 1), &[2], 1), Some(AppendResult::Matched { index: 0 }), "only the newer term");
    assert_eq!((c.terms_of_log(2), c.commit(2)), (vec![1], 0));
}

#[test]
fn append_2_reply_false_if_the_log_has_no_entry_at_prev_with_its_term() {
    // Rows: prev, the hint that comes with the refusal.
    let rows = [((1, 5), (1, 2)), ((2, 2), (1, 2)), ((3, 9), (1, 2))];
    for (prev, hint) in rows {
        let mut c = follower(3, &[1, 1]);
        let hint = Position::new(hint.0, hint.1);
        let rejected = AppendResult::Rejected { prev_index: prev.1, hint };
        assert_eq!(append(&mut c, 3, prev, &[3], 0), Some(rejected), "{prev:?}");
        assert_eq!(c.terms_of_log(2), [1, 1]);
    }
}

#[test]
fn append_3_an_entry_that_conflicts_is_deleted_with_all_that_follow_it() {
    let mut c = follower(3, &[1, 1, 1, 1]);
    append(&mut c, 3, (1, 1), &[2, 3], 0);
    assert_eq!(c.terms_of_log(2), [1, 2, 3]);
}

#[test]
fn append_3_entries_that_do_not_conflict_stay_even_if_the_message_is_shorter() {
    let mut c = follower(3, &[1, 1, 1, 1]);
    append(&mut c, 3, (1, 1), &[1], 0);
    assert_eq!(c.terms_of_log(2), [1, 1, 1, 1]);
    append(&mut c, 3, (0, 0), &[1], 0);
    assert_eq!(c.terms_of_log(2), [1, 1, 1, 1], "also from the first one on");
}

#[test]
fn append_4_entries_that_are_not_in_the_log_are_appended() {
    let mut c = follower(3, &[1, 1]);
    assert_eq!(append(&mut c, 3, (1, 1), &[1, 2, 3], 0), Some(AppendResult::Matched { index: 4 }));
    assert_eq!(c.terms_of_log(2), [1, 1, 2, 3]);
}

#[test]
fn append_5_commit_index_becomes_the_lower_of_the_leaders_and_the_last_new_entrys() {
    // Rows: entries sent after index 1, leader's commit, the follower's commit then.
    let rows: [(&[Term], Index, Index); 5] = [(&[], 1, 1), (&[], 9, 1), (&[1], 9, 2), (&[1, 2], 2, 2), (&[1, 2], 9, 3)];
    for (terms, commit, expected) in rows {
        let mut c = follower(3, &[1, 1, 1, 1]);
        append(&mut c, 3, (1, 1), terms, commit);
        assert_eq!(c.commit(2), expected, "{terms:?} {commit}");
    }
}

#[test]
fn append_5_commit_index_never_goes_back() {
    let mut c = follower(3, &[1, 1, 1]);
    append(&mut c, 3, (1, 3), &[], 3);
    append(&mut c, 3, (1, 3), &[], 1);
    assert_eq!(c.commit(2), 3);
}

// ---- RequestVote RPC, receiver implementation ----

#[test]
fn vote_1_reply_false_if_term_is_below_current_term() {
    assert!(!vote(&mut follower(3, &[1]), 2, (9, 9)));
}

#[test]
fn vote_2_grant_if_the_vote_is_free_or_the_candidates_already_and_its_log_is_up_to_date() {
    let mut c = follower(3, &[1]);
    assert!(vote(&mut c, 3, (1, 1)));
    assert!(vote(&mut c, 3, (1, 1)), "the same candidate again");
    let body = MessageBody::RequestVote { last: Position::new(9, 9), pre_vote: false, transfer: false };
    c.node(2).step(Message { from: 3, to: 2, term: 3, body }).expect("well formed");
    c.handle_readies();
    assert!(matches!(c.network[0].body, MessageBody::RequestVoteResponse { granted: false, .. }));
}

// ---- Rules for servers ----

#[test]
fn all_servers_apply_what_is_committed_in_order_once() {
    let mut c = cluster(3).elect(1);
    for command in ["a", "b", "c"] {
        c.propose(1, command);
    }
    c.settle();
    let indexes: Vec<Index> = c.applied[1].iter().map(|entry| entry.index).collect();
    assert_eq!(indexes, [1, 2, 3, 4]);
}

#[test]
fn all_servers_follow_a_higher_term_in_every_role() {
    for role in [Role::Follower, Role::PreCandidate, Role::Candidate, Role::Leader] {
        let mut c = cluster_with(3, |config| config.pre_vote = role == Role::PreCandidate);
        match role {
            Role::Follower => {}
            Role::PreCandidate | Role::Candidate => drop(c.campaign(1)),
            Role::Leader => c = c.elect(1),
        }
        assert_eq!(c.node(1).status().role, role);
        let body = MessageBody::Heartbeat { commit: 0, read_round: 0 };
        c.node(1).step(Message { from: 3, to: 1, term: 9, body }).expect("well formed");
        let status = c.node(1).status();
        assert_eq!((status.role, status.term, status.leader, status.voted_for), (Role::Follower, 9, Some(3), None));
    }
}

#[test]
fn followers_answer_candidates_and_leaders() {
    let mut c = follower(1, &[]);
    assert!(vote(&mut c, 2, (0, 0)));
    assert!(append(&mut c, 2, (0, 0), &[2], 0).is_some());
    let answers = ask(&mut c, 2, MessageBody::Heartbeat { commit: 0, read_round: 0 });
    assert_eq!(answers[0].kind(), MessageKind::HeartbeatResponse);
}

#[test]
fn a_granted_vote_and_a_leaders_message_reset_the_election_timer_and_nothing_else_does() {
    let elapsed = |c: &mut Cluster| c.node(2).status().election_elapsed_ticks;
    let mut c = follower(2, &[1]);
    c.tick(2, 5);
    vote(&mut c, 2, (0, 0)); // refused: the log is behind
    assert_eq!(elapsed(&mut c), 5);
    append(&mut c, 1, (1, 1), &[], 0); // stale
    assert_eq!(elapsed(&mut c), 5);
    vote(&mut c, 2, (1, 1));
    assert_eq!(elapsed(&mut c), 0);
    c.tick(2, 5);
    append(&mut c, 2, (1, 1), &[], 0);
    assert_eq!(elapsed(&mut c), 0);
}

#[test]
fn a_candidate_increments_its_term_votes_for_itself_resets_its_timer_and_asks_everyone() {
    let mut c = cluster(5);
    c.tick(1, 4).campaign(1);
    let status = c.node(1).status();
    assert_eq!((status.term, status.voted_for, status.election_elapsed_ticks), (1, Some(1), 0));
    c.handle_readies();
    let asked: Vec<_> = c.in_flight();
    assert_eq!(asked, (2..=5).map(|to| (1, to, MessageKind::RequestVote)).collect::<Vec<_>>());
}

#[test]
fn a_candidate_whose_timeout_elapses_starts_another_election() {
    let mut c = cluster(3);
    c.campaign(1).tick(1, 20);
    assert_eq!((c.node(1).status().role, c.node(1).status().term), (Role::Candidate, 2));
}

#[test]
fn a_leader_sends_heartbeats_while_it_is_idle() {
    let mut c = cluster(3).elect(1);
    c.tick(1, 2).handle_readies();
    assert_eq!(c.in_flight(), [(1, 2, MessageKind::Heartbeat), (1, 3, MessageKind::Heartbeat)]);
}

#[test]
fn a_leader_retries_an_append_until_the_follower_has_it() {
    let mut c = cluster(3).elect(1);
    c.cut(3);
    c.propose(1, "x");
    c.settle();
    c.run(8);
    assert_eq!(c.commands(3), [""; 0]);
    c.heal().run(4);
    assert_eq!(c.commands(3), ["x"]);
}

#[test]
fn a_successful_append_moves_next_and_match_index_and_a_failed_one_moves_next_index_back() {
    let state = HardState { term: 1, ..HardState::default() };
    let mut c = cluster_on(vec![disk(2, &[1, 1, 1], state), disk(2, &[1], state)], |_| {});
    c.campaign(1).handle_readies().deliver_to(|_| true).handle_readies().deliver_to(|_| true).handle_readies();
    let book = |c: &mut Cluster| {
        let view = c.node(1).status().progress[1].1.view();
        (view.match_index, view.next_index)
    };
    assert_eq!(book(&mut c), (0, 4));
    c.deliver_to(|_| true).handle_readies().deliver_to(|_| true);
    assert_eq!(book(&mut c), (0, 2), "refused: back to where the logs may agree");
    c.settle();
    assert_eq!(book(&mut c), (4, 5));
}

#[test]
fn a_leader_sends_each_follower_the_entries_from_its_next_index_on() {
    let mut c = cluster(3).elect(1);
    c.propose(1, "x");
    c.propose(1, "y");
    c.handle_readies();
    let sent = |to| {
        let mut sent = Vec::new();
        for message in c.network.iter().filter(|message| message.to == to) {
            if let MessageBody::AppendEntries { prev, entries, .. } = &message.body {
                sent.extend(entries.iter().map(|entry| (prev.index, entry.index)));
            }
        }
        sent
    };
    assert_eq!((sent(2), sent(3)), (vec![(1, 2), (2, 3)], vec![(1, 2), (2, 3)]));
}
