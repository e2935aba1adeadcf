//! §8 and thesis 6.4: reads without a log entry.

use raft_core::{Decision, Message, MessageBody, MessageKind, ReadMode, ReadState, Role};

use crate::cluster::{Cluster, cluster, cluster_with};

/// The reads that the node's next Readys allow; everything else goes on as usual.
fn reads(c: &mut Cluster, id: u64) -> Vec<ReadState> {
    let mut found = Vec::new();
    for _ in 0..20 {
        for other in 1..=c.nodes.len() as u64 {
            if other == id && c.node(id).has_ready() {
                let mut ready = c.node(id).ready();
                found.append(&mut ready.read_states);
                crate::cluster::write(c.node(id), &ready);
                c.network.append(&mut ready.messages);
                c.network.append(&mut ready.append.messages);
                c.node(id).advance(ready);
            } else if other != id {
                c.handle_readies_of(other);
            }
        }
        c.deliver_to(|_| true);
    }
    found
}

#[test]
fn a_leader_confirms_a_read_by_a_round_to_a_quorum_thesis_6_4() {
    let mut c = cluster(3).elect(1);
    c.node(1).read_index(7);
    assert_eq!(reads(&mut c, 1), [ReadState { index: 1, context: 7 }]);
}

#[test]
fn a_leader_cut_off_confirms_no_read_thesis_6_4() {
    let mut c = cluster(3).elect(1);
    c.cut(1);
    c.node(1).read_index(7);
    assert_eq!(reads(&mut c, 1), []);
}

#[test]
fn a_follower_asks_the_leader_thesis_6_4() {
    let mut c = cluster(3).elect(1);
    c.node(3).read_index(7);
    assert_eq!(reads(&mut c, 3), [ReadState { index: 1, context: 7 }]);
}

#[test]
fn a_read_waits_for_the_first_commit_of_the_leaders_term_8() {
    let mut c = cluster(3);
    c.campaign(1).handle_readies().deliver_to(|_| true).handle_readies().deliver_to(|_| true);
    assert_eq!(c.commit(1), 0);
    c.node(1).read_index(7);
    assert!(c.decisions(1).contains(&Decision::ReadPostponed { from: 1, context: 7, term: 1 }));
    assert_eq!(reads(&mut c, 1), [ReadState { index: 1, context: 7 }], "answered once the no-op committed");
}

#[test]
fn a_late_confirmation_of_an_earlier_round_does_not_confirm_a_later_read_etcd_20418() {
    let mut c = cluster(3).elect(1);
    c.node(1).read_index(7);
    c.handle_readies().deliver_to(|id| id != 1).handle_readies();
    let late: Vec<Message> = c.network.clone(); // the answers to the first round
    c.settle();
    c.cut(2).cut(3);
    c.node(1).read_index(7); // the same context again
    c.settle();
    for message in late {
        let _ = c.node(1).step(message);
    }
    let confirmed = c.decisions(1).iter().filter(|d| matches!(d, Decision::ReadConfirmed { .. })).count();
    assert_eq!(confirmed, 1, "only the first");
}

#[test]
fn a_lease_read_needs_no_round_thesis_6_4_1() {
    let lease = |config: &mut raft_core::Config| {
        config.check_quorum = true;
        config.reads = ReadMode::Lease;
    };
    let mut c = cluster_with(3, lease).elect(1);
    c.cut(1);
    c.node(1).read_index(7);
    assert_eq!(c.node(1).ready().read_states, [ReadState { index: 1, context: 7 }]);
}

#[test]
fn a_cluster_of_one_answers_itself_at_once() {
    let mut c = cluster(1).elect(1);
    c.node(1).read_index(7);
    assert_eq!(c.node(1).ready().read_states, [ReadState { index: 1, context: 7 }]);
}

#[test]
fn a_read_without_a_known_leader_goes_nowhere_and_says_so() {
    let mut c = cluster(3);
    c.node(1).read_index(7);
    assert!(c.decisions(1).contains(&Decision::ReadDropped { context: 7, term: 0 }));
    assert_eq!(reads(&mut c, 1), []);
}

#[test]
fn an_answer_to_a_round_that_was_never_opened_confirms_nothing() {
    let mut c = cluster(3).elect(1);
    c.cut(2).cut(3);
    c.node(1).read_index(7);
    c.settle();
    for from in [2, 3] {
        let forged = Message { from, to: 1, term: 1, body: MessageBody::HeartbeatResponse { read_round: u64::MAX } };
        c.node(1).step(forged).expect("a member");
    }
    assert!(!c.decisions(1).iter().any(|d| matches!(d, Decision::ReadConfirmed { .. })));
}

#[test]
fn a_round_that_got_lost_is_confirmed_by_the_next_heartbeat_thesis_6_4() {
    let mut c = cluster(3).elect(1);
    c.node(1).read_index(7);
    c.handle_readies().network.clear();
    c.tick(1, 2);
    assert_eq!(reads(&mut c, 1), [ReadState { index: 1, context: 7 }]);
}

/// Thesis 6.4.1: one read by the lease, the others by rounds.
#[test]
fn one_read_may_go_by_the_lease_where_others_need_a_round() {
    let mut c = cluster_with(3, |config| config.check_quorum = true).elect(1);
    c.cut(1);
    c.node(1).read_by_lease(7);
    assert_eq!(c.node(1).ready().read_states, [ReadState { index: 1, context: 7 }]);
    c.node(1).read_index(8);
    assert_eq!(reads(&mut c, 1), []);
}

/// §8: an index that was confirmed in a later reign would be too old.
#[test]
fn reads_that_a_deposed_leader_did_not_answer_are_forgotten_8() {
    let mut c = cluster(3).elect(1);
    c.node(1).read_index(7);
    c.handle_readies().network.clear();
    c.campaign(2).settle();
    c.propose(2, "newer");
    c.settle();
    c.campaign(1).settle();
    assert_eq!(c.leader(), Some(1));
    c.node(1).read_index(8);
    c.tick(1, 2);
    assert_eq!(reads(&mut c, 1), [ReadState { index: 4, context: 8 }]);
}

/// Thesis 6.4.1: who is told to campaign at once is not held up by leases, so there is none any more: another may lead already.
#[test]
fn a_leader_that_hands_over_has_no_lease_thesis_3_10() {
    let lease = |config: &mut raft_core::Config| {
        config.check_quorum = true;
        config.reads = ReadMode::Lease;
    };
    let mut c = cluster_with(3, lease).elect(1);
    c.node(1).transfer_leader(3);
    c.handle_readies().deliver_to(|id| id == 3).cut(1).settle();
    c.propose(3, "newer");
    c.settle();
    assert_eq!((c.node(1).status().role, c.commit(1), c.commit(3)), (Role::Leader, 1, 3));
    c.node(1).read_index(7);
    assert_eq!(reads(&mut c, 1), [], "index 1 would be the past");
    c.heal().run(3).node(3).transfer_leader(1);
    c.settle().cut(1);
    c.node(1).read_index(8);
    assert_eq!(reads(&mut c, 1), [ReadState { index: 4, context: 8 }], "a new term has a new lease");
}

/// Thesis 6.4.1: without CheckQuorum nobody owes the leader anything.
#[test]
fn a_read_by_a_lease_that_nobody_granted_goes_by_a_round() {
    let mut c = cluster(3).elect(1);
    c.cut(1);
    c.node(1).read_by_lease(7);
    assert_eq!(reads(&mut c, 1), []);
    c.heal().tick(1, 2);
    assert_eq!(reads(&mut c, 1), [ReadState { index: 1, context: 7 }]);
}

/// Thesis 6.4, 4.1: the round went to a node that is removed before it answers; whoever is left is a quorum.
#[test]
fn a_read_is_answered_when_a_removal_leaves_a_quorum_that_confirmed_it() {
    let mut c = cluster(2).elect(1);
    let removal = raft_core::ConfChange::from_iter([raft_core::Change::Remove(2)]);
    c.node(1).propose_conf_change(removal).expect("possible");
    c.handle_readies().deliver_to(|_| true).handle_readies();
    c.node(1).read_index(7);
    let mut ready = c.node(1).ready();
    assert_eq!(ready.messages.drain(..).map(|round| round.kind()).collect::<Vec<_>>(), [MessageKind::Heartbeat]);
    c.node(1).advance(ready);
    c.settle();
    assert_eq!(c.conf[0].voters, [1]);
    assert!(c.decisions(1).contains(&Decision::ReadConfirmed { from: 1, context: 7, index: 1 }));
}

/// Thesis 6.4.1: a transfer starts the leader's election timer over, and with it the check of its quorum. Would its lease go on, it would
/// last as long as somebody asks for one transfer after another, and the next check would ask for who was heard of long ago.
#[test]
fn a_lease_is_not_drawn_out_by_transfers_thesis_6_4_1() {
    let mut c = cluster_with(3, by_lease).elect(1);
    let reads_at_once = |c: &mut Cluster| {
        c.node(1).read_index(7);
        !c.node(1).ready().read_states.is_empty()
    };
    c.run(10);
    assert!(reads_at_once(&mut c));
    c.settle().cut(1);
    c.propose(1, "so that no transferee is up to date");
    for (ticks, to) in [(5, 3), (5, 2), (9, 3), (9, 2)] {
        c.tick(1, ticks).node(1).transfer_leader(to);
        assert!(!reads_at_once(&mut c));
        assert_eq!(c.node(1).status().role, Role::Leader, "it has not checked");
    }
    c.tick(1, 10);
    assert_eq!(c.node(1).status().role, Role::Leader, "they were heard of since the last check");
    assert!(!reads_at_once(&mut c), "but that was long ago");
    c.tick(1, 10);
    assert_eq!(c.node(1).status().role, Role::Follower);
}

/// Thesis 3.10, 6.4.1: a transfer that came to nothing leaves the leader as it was, once it has made sure.
#[test]
fn after_a_transfer_that_is_given_up_a_leader_has_its_lease_again_thesis_3_10() {
    let mut c = cluster_with(3, by_lease).elect(1);
    c.cut(3);
    c.propose(1, "x");
    c.settle().node(1).transfer_leader(3);
    c.node(1).read_index(7);
    assert_eq!(c.node(1).ready().read_states, [], "by a round, as long as the transfer is under way");
    c.run(20);
    c.node(1).read_index(8);
    assert_eq!(c.node(1).ready().read_states, [ReadState { index: 2, context: 8 }]);
}

/// Reads by a lease.
fn by_lease(config: &mut raft_core::Config) {
    config.check_quorum = true;
    config.reads = ReadMode::Lease;
}
