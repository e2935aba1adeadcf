//! Asynchronous storage writes: appending and applying go on independently (thesis 10.2.1; etcd's AsyncStorageWrites).

use raft_core::{
    AckIgnored, AppendResult, Body, Config, Decision, Entries, Entry, IgnoreReason, Mark, MemStorage, Message,
    MessageBody, MessageKind, Position, RawNode, Role, SelfAck, Written,
};

use crate::cluster::{Cluster, cluster_with, write};

fn asynchronous(n: u64) -> Cluster {
    cluster_with(n, |config| config.async_storage_writes = true)
}

/// Takes a Ready, lets the free messages go, and returns what is to be written.
fn take(c: &mut Cluster, id: u64) -> raft_core::Ready {
    let mut ready = c.node(id).ready();
    c.network.append(&mut ready.messages);
    ready
}

/// Writes what an earlier Ready asked for, and acknowledges it.
fn sync(c: &mut Cluster, id: u64, ready: &mut raft_core::Ready) {
    write(c.node(id), ready);
    c.network.append(&mut ready.append.messages);
    let mark = std::mem::take(&mut ready.append.mark);
    c.node(id).ack_append(mark);
}

#[test]
fn a_leaders_appends_leave_in_parallel_with_its_own_write_thesis_10_2_1() {
    let mut c = asynchronous(3).elect(1);
    c.propose(1, "x");
    let ready = take(&mut c, 1);
    assert_eq!(c.in_flight(), [(1, 2, MessageKind::AppendEntries), (1, 3, MessageKind::AppendEntries)]);
    assert_eq!(ready.append.mark.self_acks, [SelfAck::Append { term: 1, index: 2, after: 0 }]);
    c.deliver_to(|_| true).handle_readies().deliver_to(|_| true);
    assert_eq!(c.commit(1), 2, "the followers are a quorum; the leader has not written a thing");
}

#[test]
fn a_candidates_requests_wait_for_its_disk_unless_etcds_dialect_lets_them_go() {
    for unsynced_vote_requests in [false, true] {
        let mut config = Config { async_storage_writes: true, ..Config::new(1) };
        config.dialect.unsynced_vote_requests = unsynced_vote_requests;
        let mut node = RawNode::new(config, MemStorage::with_voters([1, 2, 3])).expect("a good config");
        node.campaign().expect("a voter may campaign");
        let ready = node.ready();
        let (at_once, after) = (ready.messages.len(), ready.append.messages.len());
        assert_eq!((at_once, after), if unsynced_vote_requests { (2, 0) } else { (0, 2) });
    }
    // The plain loop writes before it campaigns again; a pre-vote promises nothing.
    for (async_storage_writes, pre_vote) in [(false, false), (false, true), (true, true)] {
        let config = Config { async_storage_writes, pre_vote, ..Config::new(1) };
        let mut node = RawNode::new(config, MemStorage::with_voters([1, 2, 3])).expect("a good config");
        node.campaign().expect("a voter may campaign");
        let ready = node.ready();
        assert_eq!((ready.messages.len(), ready.append.messages.len()), (2, 0));
    }
}

#[test]
fn committed_entries_are_handed_out_only_once_they_are_on_this_disk() {
    let mut c = asynchronous(3).elect(1);
    c.propose(1, "x");
    let mut first = take(&mut c, 1);
    c.deliver_to(|_| true).handle_readies().deliver_to(|_| true);
    let mut second = take(&mut c, 1);
    assert_eq!(second.append.hard_state.map(|state| state.commit), Some(2));
    assert_eq!(second.committed_entries, []);
    sync(&mut c, 1, &mut first);
    sync(&mut c, 1, &mut second);
    let third = take(&mut c, 1);
    assert_eq!(third.committed_entries.len(), 1);
    assert_eq!(c.node(1).status().applied, 1);
    c.node(1).ack_applied(2);
    assert_eq!(c.node(1).status().applied, 2);
}

#[test]
fn several_appends_may_be_on_their_way_and_each_entry_is_handed_out_once() {
    let mut c = asynchronous(3).elect(1);
    let mut readies = Vec::new();
    for command in ["a", "b", "c"] {
        c.propose(1, command);
        readies.push(take(&mut c, 1));
    }
    let handed: Vec<u64> = readies.iter().flat_map(|r| r.append.entries.iter().map(|e| e.index)).collect();
    assert_eq!(handed, [2, 3, 4]);
    for (ready, offset) in readies.iter_mut().zip(3..) {
        sync(&mut c, 1, ready);
        assert_eq!(c.node(1).log().unstable_offset(), offset, "so far the disk has it");
    }
}

#[test]
fn the_late_acknowledgement_of_an_overwritten_append_confirms_nothing() {
    // n2 gets "a" from n1 in term 1; before that is synced, "b" of term 2 takes its place.
    let mut c = asynchronous(3).elect(1);
    c.cut(3);
    c.propose(1, "a");
    c.handle_readies().deliver_to(|id| id == 2);
    let first = take(&mut c, 2);
    assert_eq!(first.append.entries[0].position(), Position::new(1, 2));
    c.heal().cut(1);
    c.campaign(3).handle_readies().deliver_to(|id| id == 2);
    let mut vote = take(&mut c, 2);
    sync_hard_state_only(&mut c, &mut vote);
    let offset = c.node(2).log().unstable_offset();
    c.node(2).ack_append(first.append.mark);
    assert_eq!(c.node(2).log().unstable_offset(), offset, "nothing became stable");
    let ignored =
        |d: &Decision| matches!(d, Decision::AckIgnored { term: 1, why: AckIgnored::LowerTerm { mine: 2 }, .. });
    assert!(c.decisions(2).iter().any(ignored));
}

fn sync_hard_state_only(c: &mut Cluster, ready: &mut raft_core::Ready) {
    c.node(2).storage_mut().set_hard_state(ready.append.hard_state.expect("the term moved"));
}

#[test]
fn an_acknowledgement_of_another_entry_at_that_index_confirms_nothing() {
    let mut c = asynchronous(1).elect(1);
    c.propose(1, "a");
    let _ = take(&mut c, 1);
    let forged = Written { term: 1, last: Some(Position::new(9, 2)), snapshot: None };
    c.node(1).ack_append(Mark { self_acks: Vec::new(), written: Some(forged) });
    assert_eq!(c.node(1).log().unstable_offset(), 2);
    let overwritten = |d: &Decision| matches!(d, Decision::AckIgnored { why: AckIgnored::Overwritten { term: 1 }, .. });
    assert!(c.decisions(1).iter().any(overwritten));
}

#[test]
fn votes_leave_only_after_they_are_synced_figure_2() {
    let mut c = asynchronous(3);
    c.campaign(1).handle_readies().deliver_to(|id| id == 2);
    let mut ready = take(&mut c, 2);
    assert!(ready.must_sync);
    assert!(!c.in_flight().iter().any(|(from, ..)| *from == 2));
    sync(&mut c, 2, &mut ready);
    assert!(c.in_flight().contains(&(2, 1, MessageKind::RequestVoteResponse)));
}

#[test]
fn a_candidates_own_vote_of_an_earlier_term_does_not_count() {
    let mut c = asynchronous(1);
    c.campaign(1);
    let first = take(&mut c, 1);
    c.campaign(1);
    let second = take(&mut c, 1);
    c.node(1).ack_append(first.append.mark);
    assert_eq!((c.node(1).status().role, c.node(1).status().term), (Role::Candidate, 2));
    let (from, kind, why) = (1, MessageKind::RequestVoteResponse, IgnoreReason::LowerTerm);
    assert!(c.decisions(1).contains(&Decision::Ignored { from, kind, mine: 2, theirs: 1, why }));
    c.node(1).ack_append(second.append.mark);
    assert_eq!(c.node(1).status().role, Role::Leader);
    assert!(!c.decisions(1).iter().any(|d| matches!(d, Decision::Ignored { .. })), "that one was for this term");
}

#[test]
fn each_synced_append_of_a_leader_counts_by_itself_thesis_10_2_1() {
    let mut c = asynchronous(1).elect(1);
    c.propose(1, "a");
    let mut first = take(&mut c, 1);
    c.propose(1, "b");
    let mut second = take(&mut c, 1);
    sync(&mut c, 1, &mut first);
    assert_eq!(c.commit(1), 2);
    sync(&mut c, 1, &mut second);
    assert_eq!(c.commit(1), 3);
}

#[test]
fn there_is_a_ready_for_whatever_changed_alone() {
    // The leader's name.
    let mut c = asynchronous(3).elect(1);
    assert!(!c.node(2).has_ready());
    c.node(2).forget_leader();
    assert!(c.node(2).has_ready());
    // The commit index, of what is not yet on this disk.
    let mut c = cluster_with(3, |config| {
        config.async_storage_writes = true;
        config.announce_commits = false;
    })
    .elect(1);
    c.propose(1, "x");
    let _unsynced = take(&mut c, 1);
    let body = MessageBody::AppendEntriesResponse(AppendResult::Matched { index: 2 });
    for from in [2, 3] {
        assert!(!c.node(1).has_ready());
        c.node(1).step(Message { from, to: 1, term: 1, body: body.clone() }).expect("a member");
    }
    let ready = take(&mut c, 1);
    assert_eq!(ready.append.hard_state.map(|state| state.commit), Some(2));
    // An acknowledgement to itself.
    let mut c = cluster_with(1, |config| {
        config.async_storage_writes = true;
        config.pre_vote = true;
    });
    c.campaign(1);
    let _lost = take(&mut c, 1);
    assert!(!c.node(1).has_ready());
    c.campaign(1);
    assert!(c.node(1).has_ready());
}

#[test]
fn a_mark_says_whether_there_is_anything_to_confirm() {
    let mut c = asynchronous(3).elect(1);
    c.tick(1, 2).handle_readies().deliver_to(|_| true);
    assert!(take(&mut c, 2).append.mark.is_empty(), "a heartbeat is answered without a word on disk");
    c.propose(1, "x");
    assert!(!take(&mut c, 1).append.mark.is_empty());
    let written = Some(Written { term: 1, last: None, snapshot: Some(1) });
    assert!(!Mark { self_acks: Vec::new(), written }.is_empty());
    assert!(!Mark { self_acks: vec![SelfAck::Append { term: 1, index: 1, after: 0 }], written: None }.is_empty());
}

/// Goal: what a leader's disk confirms late counts for the term in which it was written. Method: n1 leads in term 1 and again in
/// term 3; its first write is still on its way, and since then n2 has replaced two entries by one.
#[test]
fn a_leaders_own_append_of_an_earlier_term_does_not_count_thesis_10_2_1() {
    let mut c = cluster_with(3, |config| {
        config.async_storage_writes = true;
        config.dialect.unsynced_vote_requests = true;
    })
    .elect(1);
    c.propose(1, "replaced");
    c.propose(1, "removed");
    let late = take(&mut c, 1).append.mark;
    let entries = Entries::from(Entry { term: 2, index: 2, body: Body::Noop });
    let body = MessageBody::AppendEntries { prev: Position::new(1, 1), entries, commit: 1 };
    c.node(1).step(Message { from: 2, to: 1, term: 2, body }).expect("well formed");
    c.campaign(1);
    take(&mut c, 1);
    for from in [2, 3] {
        let body = MessageBody::RequestVoteResponse { granted: true, pre_vote: false };
        c.node(1).step(Message { from, to: 1, term: 3, body }).expect("well formed");
    }
    assert_eq!((c.node(1).status().role, c.node(1).status().last), (Role::Leader, Position::new(3, 3)));
    c.node(1).ack_append(late);
    assert_eq!(c.node(1).status().progress[0].1.match_index(), 2, "its own entry at 3 is not on its disk");
}
