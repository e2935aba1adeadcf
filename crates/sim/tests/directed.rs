//! Rules that random faults hardly ever need: for each a schedule made by hand in which the property falls without the rule,
//! and holds with it. The others are in `broken.rs`.
//!
//! `late-acks-confirm-nothing` is in neither: nothing can fall here without it. It keeps the core from taking an entry for synced
//! when the write of another one, since replaced, is done (etcd's asynchronous storage). What leaves because of that are promises
//! and applied entries, and in this world the disk itself lets promises go, in the order of its writes
//! (`node/storage.rs`); an entry that is applied too early is applied again after a crash. The core's own tests show the
//! difference (`crates/raft/tests/it/rules.rs`).

use raftarium_sim::checks::Property;
use raftarium_sim::rules::{InSearch, RULES};
use raftarium_sim::run::Timed;
use raftarium_sim::scene::Scene;
use raftarium_sim::{Run, Timeline};

/// Plays a scene without the rule, and its run of times with it. Returns the run without it.
fn check(rule: &str, expected: Property, settings: &str, steps: &str) -> Run {
    let text = format!("raftarium 1\n{settings}seed 7\n@0 break {rule}\n@0 timeout n1\nwhen all commit = 1\n{steps}");
    let scene = Scene::parse(&text).unwrap_or_else(|error| panic!("{rule}: {error}"));
    let played = scene.play().unwrap_or_else(|(timeline, error)| panic!("{rule}: {error}\n{}", trace(&timeline)));
    let end_us = played.world().now_us() + 500_000;
    let fallen = |run: &Run| {
        let mut timeline = Timeline::new(run.clone()).expect("settings");
        timeline.advance_to(end_us);
        let fallen: Vec<Property> = timeline.world().violations().iter().map(|violation| violation.property).collect();
        (fallen, trace(&timeline))
    };
    let mut run = played.run().clone();
    let (broken, story) = fallen(&run);
    assert_eq!(broken.first(), Some(&expected), "without {rule}\n{story}");
    let mended = Timed { at_us: 0, action: format!("mend {rule}").parse().expect("an action") };
    let without = std::mem::replace(&mut run.actions[0], mended);
    let (held, story) = fallen(&run);
    assert_eq!(held, [], "with {rule}\n{story}");
    run.actions[0] = without;
    run
}

fn trace(timeline: &Timeline) -> String {
    timeline.world().trace().iter().map(|record| format!("{record}\n")).collect()
}

/// Goal: a leader's unsynced entry is no part of a quorum (thesis 10.2.1). Method: its disk is slow; it commits with one follower,
/// crashes, and comes back without the entry, to elect the third.
#[test]
fn a_leader_that_counts_itself_before_its_sync_loses_what_it_committed() {
    check(
        "leader-counts-itself-after-sync",
        Property::LeaderCompleteness,
        "nodes 3\nstorage async\n",
        "after 0ms: disk n1 sync 2s\nafter 0ms: isolate n3\nafter 0ms: propose n1 a\nwhen n2 synced = 2\nafter 30ms: crash n1\n\
         after 0ms: disk n1 sync 5ms\nafter 0ms: heal\nafter 0ms: isolate n2\nafter 0ms: restart n1\nafter 0ms: timeout n3\n\
         when n3 leader\nafter 50ms\n",
    );
}

/// Goal: votes of an older term elect nobody (Figure 2). Method: a vote for n1 in term 1 is held until n3 leads term 2, which n1
/// campaigns for as well.
#[test]
fn votes_of_an_older_term_elect_a_second_leader() {
    check(
        "stale-votes-ignored",
        Property::ElectionSafety,
        "nodes 3\n",
        "after 0ms: crash n1\nafter 0ms: restart n1\nafter 0ms: timer n2 10s\nafter 0ms: timer n3 10s\n\
         after 0ms: hold n2>n1.voteResponse\nafter 0ms: cut n1 n3\nafter 0ms: timeout n1\nafter 60ms: hold n1>n2.vote\n\
         after 0ms: timeout n1\nafter 10ms: timer n1 10s\nafter 0ms: timeout n3\nafter 60ms: timeout n3\n\
         when n3 leader\nafter 0ms: release n2>n1.voteResponse\nafter 50ms\n",
    );
}

/// Goal: an answer to an append of an older term confirms nothing (Figure 2). Method: n2's answer of term 1 is held while its
/// entries are replaced; when n1 leads again, in term 3, it would take it for a match beyond its log. The page has that run, as no
/// search finds it; `RAFTARIUM_BLESS=1` writes it anew.
#[test]
fn append_answers_of_an_older_term_commit_what_nobody_has() {
    let rule = "stale-append-answers-ignored";
    let run = check(
        rule,
        Property::LeaderCompleteness,
        "nodes 3\nstorage async\n",
        "after 0ms: disk n1 sync 2s\nafter 0ms: isolate n3\nafter 0ms: hold n2>n1.appendResponse\nafter 0ms: propose n1 a\n\
         after 0ms: propose n1 b\nafter 0ms: propose n1 c\nwhen n2 synced = 4\nafter 5ms: crash n1\nafter 0ms: disk n1 sync 5ms\n\
         after 0ms: heal\nafter 0ms: timer n2 10s\nafter 0ms: cut n1>n2\nafter 0ms: cut n2 n3\nafter 0ms: restart n1\n\
         after 0ms: timeout n3\nwhen n1 entry 2 term 2\nafter 0ms: heal\nwhen n2 entry 2 term 2 and n2 last = 2 and n1 commit = 2\nafter 0ms: hold n1>n2.append\n\
         after 0ms: hold n1>n3.append\nafter 0ms: timeout n1\nwhen n1 leader and n1 synced = 3\n\
         after 0ms: release n2>n1.appendResponse\nafter 50ms: crash n1\nafter 0ms: timeout n2\nafter 100ms\n",
    );
    let by_hand: Vec<&str> =
        RULES.iter().filter(|told| told.search == InSearch::ByHand).map(|told| told.name).collect();
    assert_eq!(by_hand, [rule], "every such rule has its schedule here");
    let list = format!("{{\n  \"{rule}\": \"{}\"\n}}\n", run.to_string().replace('\n', "\\n"));
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/src/late/search-by-hand.json");
    if std::env::var_os("RAFTARIUM_BLESS").is_some() {
        std::fs::write(file, &list).expect("the page's schedules");
    }
    assert_eq!(list, std::fs::read_to_string(file).expect("the page's schedules"));
}

/// Goal: a new leader does not know yet what is committed (§8, etcd#7331). Method: n3 has the entry that n1 answered for, and was
/// not told that it is committed; before its own first commit it reads.
#[test]
fn a_new_leader_that_reads_at_once_reads_the_past() {
    check(
        "reads-wait-for-own-term-commit",
        Property::Linearizability,
        "nodes 3\n",
        "after 0ms: hold n1>n3.heartbeat\nafter 0ms: client c1 put x 1 via n1\nwhen n3 entry 2 term 1: hold n1>n3.append\n\
         when c1 idle: crash n1\nafter 0ms: hold n3>n2.append\nafter 0ms: timeout n3\nwhen n3 leader\n\
         after 0ms: client c2 get x readindex via n3\nafter 100ms\n",
    );
}

/// Goal: each round of ReadIndex has a name of its own (etcd#20418). Method: the first read of n1 and the first of n2 have the
/// same number by their own counts; n1's was confirmed by all, n2's is asked behind a partition.
#[test]
fn a_read_that_reuses_a_confirmed_round_is_stale() {
    check(
        "read-rounds-are-unique",
        Property::Linearizability,
        "nodes 5\n",
        "after 0ms: client c1 put x 1 via n1\nwhen c1 idle: client c1 get x readindex via n1\nwhen c1 idle\n\
         after 200ms: partition n1,n2 | n3,n4,n5\nafter 0ms: timeout n3\nwhen n3 leader: client c2 put x 2 via n3\n\
         when c2 idle: client c1 get x readindex via n2\nafter 150ms\n",
    );
}

/// Goal: two leaders' uncommitted changes of one voter must not part the majorities (Ongaro, raft-dev 2015). Method: n1 adds n5 and
/// only n5 hears of it; n2 removes n1 and commits that with n3; n1 is elected by n4 and n5.
#[test]
fn changes_of_two_terms_part_the_majorities() {
    check(
        "conf-change-waits-for-own-term-commit",
        Property::LeaderCompleteness,
        "nodes 4\n",
        "after 0ms: partition n1 | n2,n3,n4\nafter 0ms: member add n5 voter\nwhen n5 entry 2 term 1\n\
         after 0ms: partition n1,n5 | n2,n3,n4\nafter 0ms: hold n2>n4.append\nafter 0ms: timeout n2\nwhen n2 leader\n\
         after 0ms: member remove n1\nafter 80ms: crash n1\nafter 0ms: restart n1\nafter 0ms: partition n1,n4,n5 | n2,n3\n\
         after 0ms: timeout n1\nafter 70ms: timeout n1\nafter 100ms\n",
    );
}

/// Goal: the old majority has a say until the joint configuration is committed (§6). Method: n1 changes two of three voters while
/// the old ones cannot hear it, and commits with a new one; the old two elect a leader of their own.
#[test]
fn a_joint_configuration_that_is_left_at_once_parts_the_majorities() {
    check(
        "joint-left-only-when-committed",
        Property::LeaderCompleteness,
        "nodes 3\n",
        "after 0ms: isolate n1\nafter 0ms: member joint n1,n4,n5\nafter 200ms: timeout n2\nafter 100ms\n",
    );
}

/// Goal: a learner is no voter (thesis 4.2.1). Method: a leader with two learners, cut off from both other voters, who elect
/// another.
#[test]
fn learners_that_count_commit_what_voters_lack() {
    check(
        "learners-do-not-count",
        Property::LeaderCompleteness,
        "nodes 3\n",
        "after 0ms: member add n4 learner\nwhen n4 applied >= 2: member add n5 learner\nwhen n5 applied >= 3\n\
         after 100ms: partition n1,n4,n5 | n2,n3\nafter 0ms: propose n1 a\nafter 100ms: timeout n2\nafter 100ms\n",
    );
}

/// Goal: what a snapshot stands for conflicts with nothing (openraft#511). Method: a late copy of an append reaches from before the
/// snapshot to before the end of the log; n2 would cut off what it has acknowledged. (An append is probed for again with each heartbeat: there are several copies.)
#[test]
fn a_late_append_across_a_snapshot_removes_committed_entries() {
    check(
        "compacted-is-not-conflict",
        Property::LeaderCompleteness,
        "nodes 3\n",
        "after 0ms: isolate n2\nafter 0ms: propose n1 a\nafter 0ms: propose n1 b\nafter 0ms: propose n1 c\nwhen n1 commit = 4\n\
         after 50ms: heal\nafter 20ms: hold n1>n2.append\nafter 100ms: deliver n1>n2.append.9\n\
         after 70ms: deliver n1>n2.append.11\nwhen n2 applied = 4: compact n2 3\nafter 50ms: isolate n3\nafter 0ms: propose n1 d\n\
         after 0ms: propose n1 e\nafter 30ms: deliver n1>n2.append.14\nafter 0ms: deliver n1>n2.append.15\n\
         when n2 synced = 6: deliver n1>n2.append.12\nwhen n1 commit = 6: isolate n1\nafter 0ms: heal n2 n3\n\
         after 0ms: timeout n2\nafter 100ms\n",
    );
}

/// Goal: a commit index only grows (Figure 2, etcd#1717). Method: an append tells a follower with a slow disk of a commit; the
/// next heartbeat names only what it has acknowledged.
#[test]
fn a_heartbeat_takes_a_commit_back() {
    check(
        "commit-never-decreases",
        Property::CommitMonotonic,
        "nodes 3\nstorage async\n",
        "after 0ms: disk n3 sync 2s\nafter 0ms: propose n1 a\nwhen n1 commit = 2: propose n1 b\nwhen n3 commit >= 2\nafter 150ms\n",
    );
}

/// Goal: a lease ends before another may lead (thesis 6.4.1). Method: n1 answered for a write and is cut off; n3 heard from it just
/// now, and votes for n2 all the same, which takes the next write while n1 reads by its lease.
#[test]
fn a_vote_within_the_lease_makes_a_read_by_lease_stale() {
    check(
        "votes-wait-for-lease",
        Property::Linearizability,
        "nodes 3\ncheckquorum on\nlatency 1ms\nsync 1ms\n",
        "after 0ms: client c1 put x 1 via n1\nwhen c1 idle: isolate n1\nafter 0ms: timeout n2\nwhen n2 leader: client c2 put x 2 via n2\n\
         when c2 idle: client c1 get x lease via n1\nafter 20ms\n",
    );
}

/// Goal: a snapshot without its sessions forgets who was served (thesis 6.3). Method: n3 has a command of c1 from a snapshot alone;
/// the answer is lost, n3 leads, and c1 asks again.
#[test]
fn a_retry_after_a_snapshot_without_sessions_takes_effect_twice() {
    check(
        "sessions-in-snapshots",
        Property::ExactlyOnce,
        "nodes 3\n",
        "after 0ms: isolate n3\nafter 0ms: client c1 incr x via n1\nwhen n1 commit >= 2: hold n1>c1\nafter 30ms: compact n1 2\n\
         after 0ms: heal\nwhen n3 applied >= 2: crash n1\nafter 0ms: drop n1>c1\nafter 0ms: timeout n3\nwhen c1 idle\nafter 50ms\n",
    );
}
