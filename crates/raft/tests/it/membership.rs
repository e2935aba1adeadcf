//! §6 and thesis chapter 4: changing the configuration.

use std::sync::Arc;

use raft_core::{
    Body, Change, ConfChange, ConfChangeRefusal, ConfState, Config, Decision, Entries, Entry, MemStorage, Message,
    MessageBody, MessageKind, Position, ProgressState, ProposeError, RawNode, Role, Snapshot, Transition,
};

use crate::cluster::{Cluster, cluster, cluster_with};

fn change(changes: impl IntoIterator<Item = Change>) -> ConfChange {
    changes.into_iter().collect()
}

/// Another node starts, with an empty disk; like the first three it knows the initial configuration.
fn start_another(c: &mut Cluster) {
    let mut config = c.node(1).config().clone();
    config.id = c.nodes.len() as u64 + 1;
    let disk = MemStorage::with_voters(1..=3);
    c.nodes.push(RawNode::with_tracer(config, disk, Vec::new()).expect("a valid config"));
    c.applied.push(Vec::new());
    c.conf.push(ConfState::of_voters(1..=3));
}

fn change_and_settle(c: &mut Cluster, leader: u64, wish: ConfChange) {
    c.node(leader).propose_conf_change(wish).expect("a possible change");
    c.settle().run(8);
}

#[test]
fn a_single_server_is_added_and_counts_from_then_on_thesis_4_1() {
    let mut c = cluster(3).elect(1);
    start_another(&mut c);
    change_and_settle(&mut c, 1, change([Change::AddVoter(4)]));
    for id in 1..=4 {
        assert_eq!(c.node(id).status().conf, &ConfState::of_voters(1..=4), "n{id}");
    }
    c.cut(3).cut(4);
    c.propose(1, "x");
    c.settle();
    assert_eq!(c.commands(1), [""; 0], "two of four are no majority");
    c.heal().run(4);
    assert_eq!(c.commands(1), ["x"]);
}

#[test]
fn a_removed_leader_steps_down_once_the_change_is_applied_thesis_4_2_2() {
    let mut c = cluster(3).elect(1);
    change_and_settle(&mut c, 1, change([Change::Remove(1)]));
    assert_eq!(c.node(1).status().role, Role::Follower);
    assert_eq!(c.node(1).campaign().map_err(|e| e.0), Err(raft_core::NoElection::NotPromotable));
    c.run(40);
    assert!(matches!(c.leader(), Some(2 | 3)));
}

#[test]
fn a_removed_leader_that_goes_on_takes_no_proposals_and_answers_no_reads_alone() {
    let mut c = cluster_with(2, |config| config.dialect.step_down_on_removal = false).elect(1);
    c.node(1).propose_conf_change(change([Change::Remove(1)])).expect("possible");
    c.settle();
    assert_eq!(c.node(1).status().role, Role::Leader);
    assert_eq!(c.node(1).propose("x"), Err(ProposeError::Removed));
    c.cut(2);
    c.node(1).read_index(7);
    c.run(5);
    assert!(!c.decisions(1).iter().any(|d| matches!(d, Decision::ReadConfirmed { .. })), "n2 alone is the quorum");
}

#[test]
fn learners_receive_the_log_and_do_not_count_thesis_4_2_1() {
    let mut c = cluster(3).elect(1);
    start_another(&mut c);
    change_and_settle(&mut c, 1, change([Change::AddLearner(4)]));
    assert_eq!(c.node(4).status().conf.learners, [4]);
    c.propose(1, "x");
    c.settle();
    assert_eq!(c.commands(4), ["x"]);
    c.cut(2).cut(3);
    c.propose(1, "y");
    c.settle();
    assert_eq!(c.commands(1), ["x"], "n1 and a learner are no majority");
    assert!(c.node(4).campaign().is_err(), "nor does a learner campaign");
}

#[test]
fn a_new_leaders_books_know_who_is_a_learner_thesis_4_2_1() {
    let mut c = cluster(3).elect(1);
    start_another(&mut c);
    change_and_settle(&mut c, 1, change([Change::AddLearner(4)]));
    c.campaign(2).settle();
    let learners: Vec<_> = c.node(2).status().progress.iter().map(|(id, book)| (*id, book.is_learner())).collect();
    assert_eq!(learners, [(1, false), (2, false), (3, false), (4, true)]);
}

#[test]
fn a_learner_is_promoted_thesis_4_2_1() {
    let mut c = cluster(3).elect(1);
    start_another(&mut c);
    change_and_settle(&mut c, 1, change([Change::AddLearner(4)]));
    change_and_settle(&mut c, 1, change([Change::AddVoter(4)]));
    assert_eq!(c.node(4).status().conf, &ConfState::of_voters(1..=4));
    c.campaign(4).settle();
    assert_eq!(c.leader(), Some(4));
}

#[test]
fn two_changes_at_once_go_through_a_joint_configuration_that_is_left_by_itself_6() {
    let mut c = cluster(3).elect(1);
    start_another(&mut c);
    start_another(&mut c);
    c.node(1).propose_conf_change(change([Change::AddVoter(4), Change::AddVoter(5)])).expect("possible");
    c.settle();
    c.run(10);
    let joint =
        |d: &Decision| matches!(d, Decision::ConfigurationChanged { conf } if conf.is_joint() && conf.auto_leave);
    assert!(c.decisions(1).iter().any(joint));
    for id in 1..=5 {
        assert_eq!(c.node(id).status().conf, &ConfState::of_voters(1..=5), "n{id}");
    }
}

#[test]
fn an_explicit_joint_configuration_stays_until_it_is_left_and_needs_both_majorities_6() {
    let mut c = cluster(3).elect(1);
    let explicit = ConfChange {
        transition: Transition::Explicit,
        changes: vec![Change::Remove(2), Change::Remove(3)],
        ..ConfChange::default()
    };
    c.node(1).propose_conf_change(explicit).expect("possible");
    c.settle();
    assert_eq!(c.node(1).status().conf.voters, [1]);
    assert_eq!(c.node(1).status().conf.voters_outgoing, [1, 2, 3]);
    c.cut(2).cut(3);
    c.propose(1, "x");
    c.settle();
    assert_eq!(c.commands(1), [""; 0], "n1 is a majority of the new ones only");
    c.heal().run(4);
    assert_eq!(c.commands(1), ["x"]);
    c.node(1).propose_conf_change(ConfChange::LEAVE_JOINT).expect("is joint");
    c.settle();
    assert_eq!(c.node(1).status().conf, &ConfState::of_voters([1]));
}

#[test]
fn a_demoted_voter_becomes_a_learner_only_when_the_joint_configuration_is_left_6() {
    let conf = ConfState::of_voters(1..=3);
    let joint = conf.after(&change([Change::AddLearner(3), Change::AddVoter(4)])).expect("possible");
    assert_eq!((&joint.learners_next, &joint.learners), (&vec![3], &vec![]));
    let left = joint.after(&ConfChange::LEAVE_JOINT).expect("is joint");
    assert_eq!((left.voters, left.learners), (vec![1, 2, 4], vec![3]));
}

#[test]
fn impossible_changes_are_refused_with_their_reason() {
    let mut c = cluster(3).elect(1);
    let mut refuse = |wish: ConfChange, why| {
        assert_eq!(c.node(1).propose_conf_change(wish), Err(ProposeError::ConfChange(why)));
        c.settle();
    };
    refuse(ConfChange::LEAVE_JOINT, ConfChangeRefusal::NotInJoint);
    refuse(change((1..=3).map(Change::Remove)), ConfChangeRefusal::NoVoters);
    refuse(change([Change::AddVoter(0)]), ConfChangeRefusal::ZeroId);
}

#[test]
fn a_second_change_waits_until_the_first_is_applied_6() {
    let mut c = cluster(3).elect(1);
    c.node(1).propose_conf_change(change([Change::AddLearner(4)])).expect("possible");
    let second = c.node(1).propose_conf_change(change([Change::AddLearner(5)]));
    let pending = ConfChangeRefusal::Pending { index: 2, applied: 1 };
    assert_eq!(second, Err(ProposeError::ConfChange(pending)));
    c.settle();
    assert_eq!(c.terms_of_log(1).len(), 3, "a no-op stands in for it");
}

#[test]
fn a_node_does_not_campaign_before_it_applied_a_committed_change() {
    let mut c = cluster(3).elect(1);
    c.node(1).propose_conf_change(change([Change::AddLearner(4)])).expect("possible");
    c.settle();
    c.crash(2).restart(2); // it knows the commit index, and applied nothing
    assert_eq!(c.node(2).campaign().map_err(|e| e.0), Err(raft_core::NoElection::UnappliedConfChange));
}

#[test]
fn a_learner_that_is_asked_for_its_vote_gives_it_etcd_10998() {
    let mut c = cluster_with(3, |_| {});
    let learner = ConfState { voters: vec![1, 2], learners: vec![3], ..ConfState::default() };
    c.nodes[2] = RawNode::with_tracer(Config::new(3), MemStorage::new(learner), Vec::new()).expect("valid");
    c.campaign(1).handle_readies().deliver_to(|id| id == 3).handle_readies();
    assert_eq!(c.node(3).status().voted_for, Some(1));
}

#[test]
fn by_the_papers_dialect_a_change_takes_effect_when_it_is_appended_and_is_undone_when_truncated_6() {
    let mut c = cluster_with(3, |config| config.dialect.conf_change_on_apply = false).elect(1);
    c.cut(1);
    c.node(1).propose_conf_change(change([Change::AddVoter(4)])).expect("possible");
    assert_eq!(c.node(1).status().conf.voters, [1, 2, 3, 4]);
    c.campaign(2).settle();
    c.heal().run(6);
    assert_eq!(c.node(1).status().conf.voters, [1, 2, 3], "another leader's entry stands there now");
    c.node(2).propose_conf_change(change([Change::AddLearner(5)])).expect("possible");
    c.settle();
    for id in 1..=3 {
        assert_eq!(c.node(id).status().conf.learners, [5]);
    }
    assert_eq!(c.conf[2].learners, [5], "what was applied is told");
    c.crash(3).restart(3);
    assert_eq!(c.node(3).status().conf.learners, [5], "and again after a restart");
}

#[test]
fn by_the_papers_dialect_no_change_before_a_commit_of_the_own_term_raft_dev_2015() {
    let mut c = cluster_with(3, |config| config.dialect.conf_change_on_apply = false);
    c.campaign(1).handle_readies().deliver_to(|_| true).handle_readies().deliver_to(|_| true);
    assert_eq!((c.node(1).status().role, c.commit(1)), (Role::Leader, 0));
    let refused = c.node(1).propose_conf_change(change([Change::AddVoter(4)]));
    assert_eq!(refused, Err(ProposeError::ConfChange(ConfChangeRefusal::NoCommitInTerm)));
}

#[test]
fn answers_of_a_removed_node_are_refused() {
    let mut c = cluster(3).elect(1);
    change_and_settle(&mut c, 1, change([Change::Remove(3)]));
    let stray = raft_core::Message {
        from: 3,
        to: 1,
        term: 1,
        body: raft_core::MessageBody::HeartbeatResponse { read_round: 0 },
    };
    let unknown = raft_core::StepError::UnknownPeer { from: 3, kind: MessageKind::HeartbeatResponse };
    assert_eq!(c.node(1).step(stray), Err(unknown));
}

#[test]
fn a_new_leader_takes_no_change_before_what_it_inherited_is_applied() {
    let mut c = cluster(3).elect(1);
    c.cut(3);
    c.node(1).propose_conf_change(change([Change::AddLearner(4)])).expect("possible");
    c.handle_readies().deliver_to(|id| id == 2).handle_readies().network.clear();
    c.heal().crash(1).campaign(2).handle_readies().deliver_to(|_| true).handle_readies().deliver_to(|_| true);
    assert_eq!(c.node(2).status().role, Role::Leader);
    let pending = ConfChangeRefusal::Pending { index: 2, applied: 1 };
    let refused = c.node(2).propose_conf_change(change([Change::AddLearner(5)]));
    assert_eq!(refused, Err(ProposeError::ConfChange(pending)));
}

#[test]
fn a_transfer_to_a_node_that_is_removed_ends() {
    let mut c = cluster(3).elect(1);
    c.node(1).propose_conf_change(change([Change::Remove(3)])).expect("possible");
    c.handle_readies().deliver_to(|id| id == 2).handle_readies();
    c.cut(3);
    c.node(1).transfer_leader(3);
    c.settle();
    assert_eq!(c.node(1).status().transferee, None);
    c.propose(1, "x");
}

#[test]
fn a_newcomer_behind_a_compacted_log_gets_its_snapshot_at_once() {
    let mut c = cluster(3).elect(1);
    c.propose(1, "x");
    c.settle().compact(1);
    c.node(1).propose_conf_change(change([Change::AddVoter(4)])).expect("possible");
    let mut asked = false;
    for _ in 0..6 {
        c.handle_readies();
        asked |= c.in_flight().iter().any(|(_, to, _)| *to == 4);
        c.deliver_to(|_| true);
    }
    assert!(asked, "no heartbeat had to pass");
    assert!(c.node(1).status().progress[3].1.view().recent_active);
}

#[test]
fn a_refused_change_leaves_nothing_in_the_log_unless_by_etcds_dialect() {
    for becomes_noop in [false, true] {
        let mut c = cluster_with(3, |config| config.dialect.refused_change_becomes_noop = becomes_noop).elect(1);
        let refused = c.node(1).propose_conf_change(ConfChange::LEAVE_JOINT);
        assert_eq!(refused, Err(ProposeError::ConfChange(ConfChangeRefusal::NotInJoint)));
        assert_eq!(c.node(1).log().last_index(), 1 + u64::from(becomes_noop));
    }
}

/// By etcd's dialect a change waits for what is not yet applied, and for nothing else.
#[test]
fn a_new_leader_that_has_applied_everything_takes_a_change_before_its_first_commit() {
    let mut c = cluster(3);
    c.campaign(1).handle_readies().deliver_to(|_| true).handle_readies().deliver_to(|_| true);
    assert_eq!((c.leader(), c.commit(1)), (Some(1), 0));
    let change: ConfChange = [Change::AddLearner(4)].into_iter().collect();
    assert!(c.node(1).propose_conf_change(change).is_ok());
    c.settle();
    assert_eq!(c.node(1).status().conf.learners, [4]);
}

/// Thesis 4.2.1: promoted while its snapshot is on its way, it counts at once, and holds what it answers for.
#[test]
fn a_learner_promoted_while_its_snapshot_is_on_its_way_counts_from_then_on_thesis_4_2_1() {
    let mut c = cluster(3).elect(1);
    start_another(&mut c);
    c.cut(4);
    c.propose(1, "x");
    change_and_settle(&mut c, 1, change([Change::AddLearner(4)]));
    c.compact(1);
    c.heal().lost.push(MessageKind::InstallSnapshot);
    c.run(4);
    change_and_settle(&mut c, 1, change([Change::AddVoter(4)]));
    let book = c.node(1).status().progress[3].1.view();
    assert_eq!((book.state, book.learner, book.match_index), (ProgressState::Snapshot, false, 0));
    c.cut(3);
    c.propose(1, "y");
    c.settle();
    assert_eq!(c.commands(1), ["x"], "two of four are no majority");
    c.heal().cut(3).node(1).report_snapshot(4, false);
    c.run(4);
    assert_eq!((c.commands(1).last(), c.commands(4).last()), (Some(&"y".to_string()), Some(&"y".to_string())));
}

/// §6: what leaves a joint configuration weighs nothing, so that no limit can keep a cluster in it.
#[test]
fn a_joint_configuration_is_left_by_itself_however_full_the_leader_is_6() {
    let mut c = cluster_with(3, |config| config.uncommitted_bytes_max = 8).elect(1);
    c.node(1).propose_conf_change(change([Change::Remove(2), Change::Remove(3)])).expect("the first one always fits");
    assert_eq!(c.node(1).propose("more"), Err(ProposeError::UncommittedLimit));
    c.settle();
    assert_eq!(c.node(1).status().conf, &ConfState::of_voters([1]));
}

/// §6: who lost its office between the commit of a change and its application applies it like any follower.
#[test]
fn a_deposed_leader_applies_a_change_and_starts_nothing_6() {
    let mut c = cluster(3).elect(1);
    c.node(1).propose_conf_change(change([Change::AddVoter(4), Change::AddVoter(5)])).expect("possible");
    c.handle_readies().deliver_to(|_| true).handle_readies().deliver_to(|id| id == 1);
    assert_eq!(c.commit(1), 2);
    let last = c.node(1).status().last;
    let body = MessageBody::RequestVote { last, pre_vote: false, transfer: false };
    c.node(1).step(Message { from: 2, to: 1, term: 7, body }).expect("well formed");
    c.handle_readies_of(1);
    let status = c.node(1).status();
    assert_eq!((status.role, status.term, status.last), (Role::Follower, 7, last), "it proposed nothing");
    assert!(status.conf.is_joint() && status.conf.auto_leave);
}

/// §7: with an apply thread of its own a host may be behind when a snapshot comes; what it still applies is in the snapshot.
#[test]
fn a_change_handed_out_before_a_snapshot_came_changes_nothing_after_it_7() {
    let mut c = cluster_with(3, |config| config.async_storage_writes = true);
    let append = |index, body: Body, commit| {
        let entries = Entries::from(Entry { term: 1, index, body });
        let prev = Position::new(u64::from(index > 1), index - 1);
        Message { from: 1, to: 3, term: 1, body: MessageBody::AppendEntries { prev, entries, commit } }
    };
    let removal = change([Change::Remove(2)]);
    c.node(3).step(append(1, Body::ConfChange(Arc::new(removal.clone())), 1)).expect("well formed");
    let mut ready = c.node(3).ready();
    crate::cluster::write(c.node(3), &ready);
    c.node(3).ack_append(std::mem::take(&mut ready.append.mark));
    let handed_out = c.node(3).ready().committed_entries;
    assert_eq!(handed_out.len(), 1);

    // Meanwhile n2 was removed and came back.
    let conf_state = ConfState::of_voters(1..=3);
    let snapshot = Arc::new(Snapshot { last: Position::new(1, 9), conf_state, data: "state".into() });
    let body = MessageBody::InstallSnapshot { snapshot };
    c.node(3).step(Message { from: 1, to: 3, term: 1, body }).expect("well formed");
    let conf = c.node(3).apply_conf_change(&removal).expect("it is known");
    assert_eq!(*conf, ConfState::of_voters(1..=3));
    c.node(3).ack_applied(1);
    c.handle_readies_of(3);
    assert_eq!((c.node(3).status().conf.voters.len(), c.node(3).status().applied), (3, 9));
}
