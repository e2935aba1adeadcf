//! Each switch of `Rules` does what it says: one script a rule, in which the rule holds, and does not when it is off.

use raft_core::{
    AppendResult, Body, Change, ConfChange, ConfState, Decision, Entries, Entry, HardState, Index, MemStorage, Message,
    MessageBody, Position, Role, Rules, Snapshot, Term, Transition,
};

use crate::cluster::{Cluster, cluster_on, cluster_with, disk};

/// Plays the script with every rule, then with one broken; what it answers must differ as told.
fn check<A: PartialEq + std::fmt::Debug>(break_it: fn(&mut Rules), held: A, fell: A, script: impl Fn(Rules) -> A) {
    let mut broken = Rules::ALL;
    break_it(&mut broken);
    assert_eq!(script(Rules::ALL), held, "with every rule");
    assert_eq!(script(broken), fell, "with the rule off");
}

/// n2 of three, in term 3 and with this log; it has heard of nobody.
fn follower(rules: Rules, log: &[Term], commit: Index) -> Cluster {
    let state = HardState { term: 3, commit, ..HardState::default() };
    let empty = || disk(3, &[], HardState::default());
    cluster_on(vec![empty(), disk(3, log, state), empty()], |config| config.rules = rules)
}

fn leader(n: u64, rules: Rules) -> Cluster {
    cluster_with(n, |config| config.rules = rules).elect(1)
}

fn say(c: &mut Cluster, from: u64, to: u64, term: Term, body: MessageBody) {
    c.node(to).step(Message { from, to, term, body }).expect("well formed");
    c.handle_readies();
}

fn append(prev: (Term, Index), terms: &[Term], commit: Index) -> MessageBody {
    let entry = |(term, index): (&Term, Index)| Entry { term: *term, index, body: Body::Noop };
    let entries: Entries = terms.iter().zip(prev.1 + 1..).map(entry).collect();
    MessageBody::AppendEntries { prev: Position::new(prev.0, prev.1), entries, commit }
}

fn ask_for_vote(last: (Term, Index)) -> MessageBody {
    MessageBody::RequestVote { last: Position::new(last.0, last.1), pre_vote: false, transfer: false }
}

/// Whom n2 votes for when n1 and n3 ask, with these logs.
fn votes(rules: Rules, first: (Term, Index), second: (Term, Index)) -> Vec<u64> {
    let mut c = follower(rules, &[1, 2], 0);
    say(&mut c, 1, 2, 3, ask_for_vote(first));
    say(&mut c, 3, 2, 3, ask_for_vote(second));
    let granted = |m: &&Message| matches!(m.body, MessageBody::RequestVoteResponse { granted: true, .. });
    c.network.iter().filter(granted).map(|m| m.to).collect()
}

/// n2's log after this message of n1.
fn log_after(rules: Rules, log: &[Term], term: Term, body: MessageBody) -> Vec<Term> {
    let mut c = follower(rules, log, 0);
    say(&mut c, 1, 2, term, body);
    c.terms_of_log(2)
}

/// n2's commit index after these messages of n1.
fn commit_after(rules: Rules, bodies: &[(Term, MessageBody)]) -> Index {
    let mut c = follower(rules, &[1, 1, 1], 0);
    for (term, body) in bodies {
        say(&mut c, 1, 2, *term, body.clone());
    }
    c.commit(2)
}

#[test]
fn rules_3_and_4_votes() {
    check(|r| r.one_vote_a_term = false, vec![1], vec![1, 3], |r| votes(r, (2, 2), (2, 2)));
    check(|r| r.voter_checks_log = false, vec![], vec![1], |r| votes(r, (1, 9), (1, 9)));
    check(|r| r.voter_compares_terms = false, vec![3], vec![1], |r| votes(r, (1, 9), (2, 2)));
}

#[test]
fn rules_5_and_15_what_commits() {
    let older_term = |rules| {
        let state = HardState { term: 2, ..HardState::default() };
        let mut c = cluster_on((0..3).map(|_| disk(3, &[1, 2], state)).collect(), |config| config.rules = rules);
        c.campaign(1).handle_readies().deliver_to(|_| true).handle_readies().deliver_to(|_| true).handle_readies();
        say(&mut c, 2, 1, 3, MessageBody::AppendEntriesResponse(AppendResult::Matched { index: 2 }));
        c.commit(1)
    };
    check(|r| r.commit_own_term_only = false, 0, 2, older_term);
    let alone = |rules| {
        let mut c = leader(3, rules);
        c.cut(2).cut(3);
        c.propose(1, "x");
        c.settle();
        c.commit(1)
    };
    check(|r| r.commit_needs_quorum = false, 1, 2, alone);
}

#[test]
fn rules_6_9_and_10_what_a_follower_appends() {
    let log = [1, 1, 1, 1];
    check(
        |r| r.truncate_only_on_conflict = false,
        vec![1; 4],
        vec![1, 1],
        |r| log_after(r, &log, 3, append((1, 1), &[1], 0)),
    );
    check(
        |r| r.previous_entry_checked = false,
        vec![1; 4],
        vec![1, 1, 3],
        |r| log_after(r, &log, 3, append((2, 2), &[3], 0)),
    );
    check(
        |r| r.conflicts_removed = false,
        vec![1, 2],
        vec![1, 2, 1, 1],
        |r| log_after(r, &log, 3, append((1, 1), &[2], 0)),
    );
    check(
        |r| r.stale_appends_refused = false,
        vec![1; 4],
        vec![1, 2],
        |r| log_after(r, &log, 2, append((1, 1), &[2], 0)),
    );
}

/// What the host has applied is beyond the reach even of the broken rule: its storage would refuse an older snapshot.
#[test]
fn rule_8_a_snapshot_from_before_the_commit_index() {
    let last = |applied: bool| {
        move |rules| {
            let mut c = follower(rules, &[1; 4], 3);
            if applied {
                c.handle_readies();
            }
            let snapshot =
                Snapshot { last: Position::new(2, 2), conf_state: ConfState::of_voters(1..=3), data: "x".into() };
            let body = MessageBody::InstallSnapshot { snapshot: snapshot.into() };
            c.node(2).step(Message { from: 1, to: 2, term: 3, body }).expect("well formed");
            c.node(2).log().last_index()
        }
    };
    check(|r| r.stale_appends_refused = false, 4, 2, last(false));
    check(|r| r.stale_appends_refused = false, 4, 4, last(true));
}

#[test]
fn rules_7_and_30_a_followers_commit_index() {
    check(|r| r.commit_clamped_to_match = false, 2, 3, |r| commit_after(r, &[(3, append((1, 2), &[], 9))]));
    let back = [(3, append((1, 3), &[], 3)), (3, MessageBody::Heartbeat { commit: 1, read_round: 0 })];
    // What was handed out to be applied stays committed.
    check(|r| r.commit_never_decreases = false, 3, 3, |r| commit_after(r, &back));
    let before_applying = |rules| {
        let mut c = follower(rules, &[1, 1, 1], 0);
        for body in [append((1, 3), &[], 3), MessageBody::Heartbeat { commit: 1, read_round: 0 }] {
            c.node(2).step(Message { from: 1, to: 2, term: 3, body }).expect("well formed");
        }
        c.commit(2)
    };
    check(|r| r.commit_never_decreases = false, 3, 1, before_applying);
    let heartbeat = |rules| {
        let mut c = leader(3, rules);
        c.cut(3);
        c.propose(1, "x");
        c.settle();
        c.tick(1, 2).handle_readies();
        let to_3 = c.network.iter().find(|m| m.to == 3).map(|m| m.body.clone());
        matches!(to_3, Some(MessageBody::Heartbeat { commit: 2, .. }))
    };
    check(|r| r.commit_clamped_to_match = false, false, true, heartbeat);
}

#[test]
fn rules_11_and_12_acknowledging_before_the_sync() {
    let leaves_at_once = |rules| {
        let mut c = follower(rules, &[1], 0);
        c.node(2).step(Message { from: 1, to: 2, term: 3, body: append((1, 1), &[3], 0) }).expect("well formed");
        c.node(2).ready().messages.len()
    };
    check(|r| r.acknowledge_after_sync = false, 0, 1, leaves_at_once);
    let counts_itself = |rules| {
        let mut c = leader(1, rules);
        c.propose(1, "x");
        c.commit(1)
    };
    check(|r| r.leader_counts_itself_after_sync = false, 1, 2, counts_itself);
}

#[test]
fn rule_13_a_late_acknowledgement() {
    let offset = |rules| {
        let mut c = follower(rules, &[1], 0);
        c.node(2).step(Message { from: 1, to: 2, term: 3, body: append((1, 1), &[3], 0) }).expect("well formed");
        let late = c.node(2).ready().append.mark;
        c.node(2).step(Message { from: 3, to: 2, term: 4, body: append((1, 1), &[4], 0) }).expect("well formed");
        c.node(2).ack_append(late);
        c.node(2).log().unstable_offset()
    };
    check(|r| r.late_acks_confirm_nothing = false, 2, 3, offset);
    let in_the_wrong_order = |rules| {
        let mut c = follower(rules, &[1], 0);
        let mut marks = [(1, 1), (3, 2)].map(|prev| {
            c.node(2).step(Message { from: 1, to: 2, term: 3, body: append(prev, &[3], 0) }).expect("well formed");
            c.node(2).ready().append.mark
        });
        marks.reverse();
        marks.into_iter().for_each(|mark| c.node(2).ack_append(mark));
        c.node(2).log().unstable_offset()
    };
    check(|r| r.late_acks_confirm_nothing = false, 4, 4, in_the_wrong_order);
}

#[test]
fn rules_14_and_16_which_votes_elect() {
    let alone = |rules| {
        let mut c = cluster_with(3, |config| config.rules = rules);
        c.cut(1).campaign(1).settle();
        c.node(1).status().role
    };
    check(|r| r.quorum_is_majority = false, Role::Candidate, Role::Leader, alone);
    let stale_vote = |rules| {
        let mut c = cluster_with(3, |config| config.rules = rules);
        c.campaign(1).campaign(1).handle_readies();
        let body = MessageBody::RequestVoteResponse { granted: true, pre_vote: false };
        say(&mut c, 2, 1, 1, body);
        c.node(1).status().role
    };
    check(|r| r.stale_votes_ignored = false, Role::Candidate, Role::Leader, stale_vote);
}

#[test]
fn rules_17_and_18_which_matches_count() {
    let stale_answer = |rules| {
        let mut c = leader(3, rules);
        c.crash(1).restart(1).campaign(1).handle_readies();
        c.deliver_to(|_| true).handle_readies().deliver_to(|_| true).handle_readies();
        say(&mut c, 2, 1, 1, MessageBody::AppendEntriesResponse(AppendResult::Matched { index: 2 }));
        c.commit(1)
    };
    check(|r| r.stale_append_answers_ignored = false, 1, 2, stale_answer);
    let kept = |rules| {
        let mut c = leader(3, rules);
        c.node(1).transfer_leader(2);
        c.settle();
        c.campaign(1).handle_readies();
        c.deliver_to(|_| true).handle_readies().deliver_to(|_| true);
        assert_eq!(c.node(1).status().role, Role::Leader);
        c.node(1).status().progress[1].1.match_index()
    };
    check(|r| r.match_reset_on_election = false, 0, 1, kept);
}

#[test]
fn rules_19_to_21_when_a_read_may_go() {
    let confirmed =
        |c: &mut Cluster| c.decisions(1).iter().filter(|d| matches!(d, Decision::ReadConfirmed { .. })).count();
    let alone = |rules| {
        let mut c = leader(3, rules);
        c.node(1).read_index(7);
        confirmed(&mut c)
    };
    check(|r| r.reads_need_quorum_round = false, 0, 1, alone);
    let early = |rules| {
        let mut c = cluster_with(3, |config| config.rules = rules);
        c.campaign(1).handle_readies().deliver_to(|_| true).handle_readies().deliver_to(|_| true);
        c.node(1).read_index(7);
        c.decisions(1).iter().any(|d| matches!(d, Decision::ReadPostponed { .. }))
    };
    check(|r| r.reads_wait_for_own_term_commit = false, true, false, early);
    let reused = |rules| {
        let mut c = leader(3, rules);
        c.node(1).read_index(7);
        c.handle_readies().deliver_to(|id| id != 1).handle_readies();
        let late = c.network.clone();
        c.settle();
        c.cut(2).cut(3);
        c.node(1).read_index(7);
        for message in late {
            let _ = c.node(1).step(message);
        }
        confirmed(&mut c)
    };
    check(|r| r.read_rounds_are_unique = false, 1, 2, reused);
}

#[test]
fn rule_22_a_lease_outlives_the_wish_to_lead() {
    let elected = |rules| {
        let mut c = cluster_with(3, |config| {
            config.rules = rules;
            config.check_quorum = true;
        })
        .elect(1);
        c.cut(1).campaign(3).settle();
        c.node(3).status().role
    };
    check(|r| r.votes_wait_for_lease = false, Role::Candidate, Role::Leader, elected);
}

#[test]
fn rules_25_26_and_31_changes_of_the_configuration() {
    let add = |id| [Change::AddLearner(id)].into_iter().collect::<ConfChange>();
    let early = |rules: Rules| {
        let mut c = cluster_with(3, |config| {
            config.rules = rules;
            config.dialect.conf_change_on_apply = false;
        });
        c.campaign(1).handle_readies().deliver_to(|_| true).handle_readies().deliver_to(|_| true);
        c.node(1).propose_conf_change(add(4)).is_ok()
    };
    check(|r| r.conf_change_waits_for_own_term_commit = false, false, true, early);
    let second = |rules| {
        let mut c = leader(3, rules);
        c.node(1).propose_conf_change(add(4)).expect("possible");
        c.node(1).propose_conf_change(add(5)).is_ok()
    };
    check(|r| r.one_conf_change_at_a_time = false, false, true, second);
    let two_voters = |rules| {
        let mut c = leader(3, rules);
        let wish: ConfChange = [Change::AddVoter(4), Change::AddVoter(5)].into_iter().collect();
        let conf = c.node(1).apply_conf_change(&wish).expect("possible");
        (conf.is_joint(), conf.voters.clone())
    };
    check(
        |r| r.one_conf_change_at_a_time = false,
        (true, vec![1, 2, 3, 4, 5]),
        (false, vec![1, 2, 3, 4, 5]),
        two_voters,
    );
    let joint = |rules| {
        let mut c = leader(3, rules);
        c.cut(2).cut(3);
        let wish = ConfChange { transition: Transition::Implicit, ..add(4) };
        c.node(1).apply_conf_change(&wish).expect("possible");
        c.node(1).status().conf.is_joint()
    };
    check(|r| r.joint_left_only_when_committed = false, true, false, joint);
}

#[test]
fn rule_27_learners_count() {
    let two_of_three = |rules| {
        let mut c = leader(2, rules);
        c.nodes.push(c.nodes[1].clone());
        let mut config = c.nodes[1].config().clone();
        config.id = 3;
        c.nodes[2] =
            raft_core::RawNode::with_tracer(config, MemStorage::with_voters(1..=2), Vec::new()).expect("valid");
        c.applied.push(Vec::new());
        c.conf.push(raft_core::ConfState::of_voters(1..=2));
        c.node(1).propose_conf_change([Change::AddLearner(3)].into_iter().collect()).expect("possible");
        c.settle().run(4);
        c.cut(2);
        c.propose(1, "x");
        c.settle();
        c.commands(1).len()
    };
    check(|r| r.learners_do_not_count = false, 0, 1, two_of_three);
}

#[test]
fn rule_28_what_is_applied() {
    let alone = |asynchronous: bool| {
        move |rules| {
            let mut c = cluster_with(3, |config| {
                config.rules = rules;
                config.async_storage_writes = asynchronous;
            })
            .elect(1);
            c.cut(1);
            c.propose(1, "x");
            c.settle();
            (c.commit(1), c.commands(1).len())
        }
    };
    for asynchronous in [false, true] {
        check(|r| r.only_committed_applied = false, (1, 0), (1, 1), alone(asynchronous));
    }
}

#[test]
fn rule_29_a_compacted_previous_entry() {
    let last = |rules| {
        let mut c = follower(rules, &[1; 6], 3);
        c.handle_readies();
        c.compact(2);
        say(&mut c, 1, 2, 3, append((1, 1), &[1, 1, 1], 0));
        c.node(2).log().last_index()
    };
    check(|r| r.compacted_is_not_conflict = false, 6, 4, last);
}
