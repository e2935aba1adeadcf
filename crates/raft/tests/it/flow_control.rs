//! How a leader paces itself: windows, sizes, limits.

use raft_core::{AppendResult, Entry, Message, MessageBody, MessageKind, Payload, ProgressState, ProposeError};

use crate::cluster::{Cluster, cluster, cluster_with};

fn appends_to(c: &Cluster, id: u64) -> Vec<&Message> {
    c.network.iter().filter(|m| m.to == id && m.kind() == MessageKind::AppendEntries).collect()
}

#[test]
fn no_more_messages_are_in_flight_than_allowed_and_answers_free_the_window() {
    let mut c = cluster_with(3, |config| config.inflight_messages_max = 2).elect(1);
    for command in ["a", "b", "c", "d"] {
        c.propose(1, command);
    }
    c.handle_readies();
    assert_eq!(appends_to(&c, 2).len(), 2);
    assert!(c.node(1).status().progress[1].1.is_paused());
    c.settle();
    assert_eq!(c.commands(2), ["a", "b", "c", "d"]);
    assert!(!c.node(1).status().progress[1].1.is_paused());
}

#[test]
fn the_window_also_counts_bytes() {
    let mut c = cluster_with(3, |config| config.inflight_bytes_max = 10).elect(1);
    for _ in 0..5 {
        c.propose(1, "123456");
    }
    c.handle_readies();
    assert_eq!(appends_to(&c, 2).len(), 2);
    c.settle();
    assert_eq!(c.commands(2).len(), 5);
}

#[test]
fn a_full_window_whose_messages_all_got_lost_recovers_by_a_heartbeats_answer_etcd_14633() {
    let mut c = cluster_with(3, |config| config.inflight_messages_max = 2).elect(1);
    c.cut(3);
    for command in ["a", "b", "c"] {
        c.propose(1, command);
    }
    c.settle();
    c.heal().run(6);
    assert_eq!(c.commands(3), ["a", "b", "c"]);
}

#[test]
fn a_message_carries_no_more_bytes_than_allowed_but_one_entry_always() {
    let mut c = cluster_with(3, |config| config.message_bytes_max = 2 * (Entry::HEADER_BYTES + 3)).elect(1);
    c.cut(2);
    for _ in 0..5 {
        c.propose(1, "abc");
    }
    c.propose(1, &"x".repeat(100));
    c.settle();
    c.heal().run(10);
    assert_eq!(c.commands(2).len(), 6);
    c.node(1).propose_batch(&[Payload::from("abc"), Payload::from("def"), Payload::from("ghi")]).expect("leads");
    c.handle_readies();
    let first = &appends_to(&c, 3)[0].body;
    assert!(matches!(first, MessageBody::AppendEntries { entries, .. } if entries.len() == 2));
}

#[test]
fn too_much_uncommitted_is_refused_until_it_is_applied() {
    let mut c = cluster_with(3, |config| config.uncommitted_bytes_max = 8).elect(1);
    c.propose(1, "12345");
    assert_eq!(c.node(1).propose("6789"), Err(ProposeError::UncommittedLimit));
    c.node(1).propose("678").expect("as much as the limit fits");
    assert_eq!(c.node(1).propose("9"), Err(ProposeError::UncommittedLimit));
    c.node(1).propose("").expect("an empty command always fits");
    c.settle();
    c.node(1).propose("a command that is larger than the limit").expect("the first one always fits");
    assert_eq!(c.node(1).propose("1"), Err(ProposeError::UncommittedLimit));
    c.node(1).propose("").expect("even now");
}

#[test]
fn committed_entries_come_in_portions_and_one_always_comes() {
    let mut c = cluster_with(1, |config| config.committed_bytes_max = 1).elect(1);
    c.node(1).propose_batch(&["a", "b", "c"].map(Payload::from)).expect("leads");
    let mut portions = Vec::new();
    while c.node(1).has_ready() && portions.len() < 10 {
        let ready = c.node(1).ready();
        crate::cluster::write(c.node(1), &ready);
        portions.push(ready.committed_entries.len());
        c.node(1).advance(ready);
    }
    assert_eq!(portions, [0, 1, 1, 1]);
}

#[test]
fn an_answer_lets_as_many_messages_go_as_the_window_takes() {
    let mut c = cluster_with(3, |config| config.message_bytes_max = 1).elect(1);
    c.cut(3);
    for command in ["a", "b", "c", "d"] {
        c.propose(1, command);
    }
    c.settle().node(1).report_unreachable(3);
    c.heal().tick(1, 2);
    let mut most = 0;
    let carries = |m: &&Message| matches!(&m.body, MessageBody::AppendEntries { entries, .. } if !entries.is_empty());
    c.settle_with(|network| most = most.max(network.iter().filter(carries).count()));
    assert_eq!((c.commands(3).len(), most), (4, 3), "one is probed with, the others go at once");
}

/// What is applied in the background counts until it is acknowledged: a portion that was cut short closes the tap.
#[test]
fn what_is_handed_out_and_not_yet_applied_counts_against_the_limit() {
    // What was acknowledged as applied when each portion came, and its indexes.
    let portions = |limit: u64| {
        let mut c = cluster_with(1, |config| {
            config.async_storage_writes = true;
            config.committed_bytes_max = limit;
        });
        c.campaign(1);
        let mut portions = Vec::new();
        let mut turn = |c: &mut Cluster, applied: u64| {
            c.node(1).ack_applied(applied);
            for _ in 0..2 {
                let ready = c.node(1).ready();
                crate::cluster::write(c.node(1), &ready);
                let committed: Vec<u64> = ready.committed_entries.iter().map(|entry| entry.index).collect();
                c.node(1).ack_append(ready.append.mark);
                portions.push((applied, committed));
            }
        };
        for applied in [0, 0] {
            turn(&mut c, applied);
        }
        c.node(1).propose_batch(&["2aaa", "3bbb", "4ccc"].map(Payload::from)).expect("leads");
        for applied in [0, 0, 1, 2, 3] {
            turn(&mut c, applied);
        }
        portions.into_iter().filter(|(_, portion)| !portion.is_empty()).collect::<Vec<_>>()
    };
    let (noop, command) = (Entry::HEADER_BYTES, Entry::HEADER_BYTES + 4);
    let all = portions(noop + 3 * command);
    assert_eq!(all, [(0, vec![1]), (0, vec![2, 3, 4])]);
    let cut_short = portions(noop + 2 * command + 1);
    assert_eq!(cut_short, [(0, vec![1]), (0, vec![2, 3]), (1, vec![4])], "a byte was left, but the tap is closed");
}

#[test]
fn an_unreachable_follower_is_probed_and_recovers() {
    let mut c = cluster(3).elect(1);
    c.propose(1, "x");
    c.handle_readies().network.clear();
    assert_eq!(c.node(1).status().progress[1].1.inflight(), 1);
    c.node(1).report_unreachable(2);
    assert_eq!(c.node(1).status().progress[1].1.inflight(), 0, "what was on its way counts as lost");
    let state = |c: &mut Cluster| c.node(1).status().progress[1].1.state();
    assert_eq!(state(&mut c), ProgressState::Probe);
    c.run(4);
    assert_eq!(state(&mut c), ProgressState::Replicate);
}

#[test]
fn a_probe_sends_one_message_until_it_is_answered() {
    let mut c = cluster(3).elect(1);
    c.node(1).report_unreachable(2);
    for command in ["a", "b", "c"] {
        c.propose(1, command);
    }
    c.handle_readies();
    assert_eq!(appends_to(&c, 2).len(), 1);
    assert_eq!(appends_to(&c, 3).len(), 3);
}

#[test]
fn a_stale_refusal_changes_nothing() {
    let mut c = cluster(3).elect(1);
    for command in ["a", "b"] {
        c.propose(1, command);
        c.settle();
    }
    let before = c.node(1).status().progress[1].1.view();
    let hint = raft_core::Position::new(1, 1);
    let body = MessageBody::AppendEntriesResponse(AppendResult::Rejected { prev_index: 2, hint });
    c.node(1).step(Message { from: 2, to: 1, term: 1, body }).expect("a member");
    assert_eq!(c.node(1).status().progress[1].1.view(), before);
}

#[test]
fn commit_news_is_sent_once_not_with_every_answer() {
    let mut c = cluster(3).elect(1);
    c.propose(1, "x");
    let mut empty = 0;
    let is_news = |m: &&Message| matches!(&m.body, MessageBody::AppendEntries { entries, .. } if entries.is_empty());
    c.settle_with(|network| empty += network.iter().filter(is_news).count());
    assert_eq!(empty, 2, "one to each follower");
}

#[test]
fn forwarded_proposals_reach_the_leader() {
    let mut c = cluster_with(3, |config| config.forward_proposals = true).elect(1);
    assert_eq!(c.node(3).propose("x"), Err(ProposeError::Forwarded { to: 1 }));
    c.settle();
    assert_eq!(c.commands(2), ["x"]);
}

#[test]
fn by_the_papers_dialect_heartbeats_are_empty_appends_figure_2() {
    let mut c = cluster_with(3, |config| config.dialect.separate_heartbeats = false).elect(1);
    c.tick(1, 2).handle_readies();
    assert!(c.network.iter().all(|m| m.kind() == MessageKind::AppendEntries) && !c.network.is_empty());
    c.run(60);
    assert_eq!((c.leader(), c.node(1).status().term), (Some(1), 1));
}

#[test]
fn one_answer_that_frees_two_places_lets_two_messages_go() {
    let mut c = cluster_with(3, |config| {
        config.inflight_messages_max = 2;
        config.message_bytes_max = 0; // one entry a message
    })
    .elect(1);
    for command in ["a", "b", "c", "d"] {
        c.propose(1, command);
    }
    c.handle_readies().network.clear();
    let body = MessageBody::AppendEntriesResponse(AppendResult::Matched { index: 3 });
    c.node(1).step(Message { from: 2, to: 1, term: 1, body }).expect("a member");
    c.handle_readies();
    let with_entries =
        |m: &&&Message| matches!(&m.body, MessageBody::AppendEntries { entries, .. } if !entries.is_empty());
    assert_eq!(appends_to(&c, 2).iter().filter(with_entries).count(), 2);
}

#[test]
fn a_full_window_is_probed_by_an_empty_message_only() {
    let mut c = cluster_with(3, |config| config.inflight_messages_max = 1).elect(1);
    for command in ["a", "b"] {
        c.propose(1, command);
    }
    c.handle_readies().network.clear();
    c.node(1)
        .step(Message { from: 2, to: 1, term: 1, body: MessageBody::HeartbeatResponse { read_round: 0 } })
        .expect("ok");
    c.handle_readies();
    let probes = appends_to(&c, 2);
    assert_eq!(probes.len(), 1);
    assert!(matches!(&probes[0].body, MessageBody::AppendEntries { entries, .. } if entries.is_empty()));
}

#[test]
fn a_refusal_at_what_is_known_to_match_or_of_another_probe_is_stale() {
    let mut c = cluster(3).elect(1);
    c.propose(1, "a");
    c.settle();
    let refuse = |c: &mut Cluster, prev_index| {
        let body = MessageBody::AppendEntriesResponse(AppendResult::Rejected {
            prev_index,
            hint: raft_core::Position::ORIGIN,
        });
        c.node(1).step(Message { from: 2, to: 1, term: 1, body }).expect("a member");
        c.node(1).status().progress[1].1.view()
    };
    let before = c.node(1).status().progress[1].1.view();
    assert_eq!(refuse(&mut c, 2), before, "replicating: index 2 is known to match");
    c.node(1).report_unreachable(2);
    let probing = c.node(1).status().progress[1].1.view();
    assert_eq!(refuse(&mut c, 1), probing, "probing after index 2: a refusal after index 1 is another probe's");
}

fn answers(c: &mut Cluster, from: u64, index: u64) -> ProgressState {
    let body = MessageBody::AppendEntriesResponse(AppendResult::Matched { index });
    c.node(1).step(Message { from, to: 1, term: 1, body }).expect("well formed");
    c.node(1).status().progress[from as usize - 1].1.state()
}

#[test]
fn only_an_answer_at_what_is_known_to_match_ends_a_probe() {
    let mut c = cluster(3).elect(1);
    c.propose(1, "a");
    c.settle();
    c.node(1).report_unreachable(2);
    assert_eq!(answers(&mut c, 2, 1), ProgressState::Probe, "an old answer");
    assert_eq!(answers(&mut c, 2, 2), ProgressState::Replicate, "no news, but the logs agree");
}

#[test]
fn a_next_index_set_by_hand_stays_within_what_is_known_and_is_repaired_5_3() {
    let mut c = cluster(3).elect(1);
    c.propose(1, "a");
    c.settle().cut(2);
    c.propose(1, "b");
    c.propose(1, "c");
    c.settle();
    let sent = |c: &mut Cluster, to, index| {
        c.node(1).set_next(to, index);
        c.handle_readies();
        std::mem::take(&mut c.network).into_iter().map(|m| (m.to, m.body)).collect::<Vec<_>>()
    };
    for (wished, next) in [(1, 3), (4, 4), (9, 5)] {
        let [(2, MessageBody::AppendEntries { prev, entries, .. })] = &sent(&mut c, 2, wished)[..] else {
            panic!("one append for n2");
        };
        assert_eq!((prev.index + 1, entries.len() as u64), (next, 5 - next), "n2 has 2 entries, the leader 4");
    }
    assert_eq!(
        (sent(&mut c, 1, 1), sent(&mut c, 7, 1)),
        (vec![], vec![]),
        "neither itself nor a stranger is sent anything"
    );
    c.node(3).set_next(2, 1);
    assert!(!c.node(3).has_ready(), "a follower sends nothing");
    c.node(1).set_next(2, 9);
    c.heal().settle();
    assert_eq!(c.commands(2), ["a", "b", "c"]);
}

/// What a leader counted ends with its reign: a later one starts from nothing, and what it inherited frees nothing twice.
#[test]
fn a_new_reign_counts_its_uncommitted_bytes_anew() {
    let mut c = cluster_with(3, |config| config.uncommitted_bytes_max = 8).elect(1);
    c.cut(1);
    c.propose(1, "12345678");
    assert_eq!(c.node(1).propose("9"), Err(ProposeError::UncommittedLimit));
    c.handle_readies().heal().tick(1, 2).settle();
    c.node(2).campaign().expect("a voter");
    c.settle().campaign(1);
    c.handle_readies().deliver_to(|_| true).handle_readies().deliver_to(|id| id == 1);
    assert_eq!(c.leader(), Some(1));
    c.propose(1, "abcdefgh");
    assert_eq!(c.node(1).propose("i"), Err(ProposeError::UncommittedLimit));
    c.settle().propose(1, "ijklmnop");
    assert_eq!(c.node(1).propose("q"), Err(ProposeError::UncommittedLimit));
}
