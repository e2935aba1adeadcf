//! What etcd's raft can log, line by line: each has its words here, and stands in one of our transcripts.
//!
//! Left out are the lines that need a fault of etcd's own: its panics, a leader that restores a snapshot, a read that is released before the
//! first commit, an answer to a read of the wrong form; and three that say of a local message that it failed, which none does.

use std::fs;
use std::path::Path;

use raft_conformance::runner;

/// Level and text; `*` stands for what differs from line to line.
const LINES: [&str; 53] = [
    "INFO newRaft * [peers: [*], term: *, commit: *, applied: *, lastindex: *, lastterm: *]",
    // Roles.
    "INFO * is starting a new election at term *",
    "INFO * became follower at term *",
    "INFO * became candidate at term *",
    "INFO * became pre-candidate at term *",
    "INFO * became leader at term *",
    "DEBUG * ignoring MsgHup because already leader",
    "WARN * is unpromotable and can not campaign",
    "WARN * cannot campaign at term * since there are still pending configuration changes to apply",
    "WARN * stepped down to follower since quorum is not active",
    // Votes.
    "INFO * [logterm: *, index: *] sent MsgVote request to * at term *",
    "INFO * [logterm: *, index: *] sent MsgPreVote request to * at term *",
    "INFO * received MsgVoteResp from * at term *",
    "INFO * received MsgPreVoteResp rejection from * at term *",
    "INFO * has received * MsgPreVoteResp votes and * vote rejections",
    "INFO * [logterm: *, index: *, vote: *] cast MsgVote for * [logterm: *, index: *] at term *",
    "INFO * [logterm: *, index: *, vote: *] rejected MsgPreVote from * [logterm: *, index: *] at term *",
    "INFO * [logterm: *, index: *, vote: *] ignored MsgPreVote from * [logterm: *, index: *] at term *: lease is not expired \
     (remaining ticks: *)",
    // Terms.
    "INFO * [term: *] received a MsgApp message with higher term from * [term: *]",
    "INFO * [term: *] ignored a MsgAppResp message with lower term from * [term: *]",
    "INFO * [term: *] ignored entry appends from a MsgStorageAppendResp message with lower term [term: *]",
    // Logs.
    "INFO found conflict at index * [existing term: *, conflicting term: *]",
    "INFO replace the unstable entries from index *",
    "INFO truncate the unstable entries before index *",
    "INFO entry at index * missing from unstable log; ignoring",
    "INFO entry at index * matched unstable snapshot; ignoring",
    "INFO entry at (index,term)=(*,*) mismatched with entry at (*,*) in unstable log; ignoring",
    // Replication.
    "DEBUG * [logterm: *, index: *] rejected MsgApp [logterm: *, index: *] from *",
    "DEBUG * received MsgAppResp(rejected, hint: (index *, term *)) from * for index *",
    "DEBUG * decreased progress of * to [StateProbe match=* next=*]",
    "DEBUG * failed to send message to * because it is unreachable [StateProbe match=* next=*]",
    "DEBUG * no progress available for *",
    // Proposals.
    "INFO * no leader at term *; dropping proposal",
    "INFO * not forwarding to leader * at term *; dropping proposal",
    "DEBUG * [term *] transfer leadership to * is in progress; dropping proposal",
    "WARN * appending new entries to log would exceed uncommitted entry size limit; dropping proposal",
    "INFO * no leader at term *; dropping index reading msg",
    // Configurations.
    "INFO * switched to configuration voters=(*)&&(*) learners=(*) learners_next=(*) autoleave",
    "INFO * ignoring conf change type:ConfChange*Node node_id:* at config voters=(*)*: must transition out of joint config first",
    "INFO * ignoring conf change transition:ConfChangeTransition* at config voters=(*): not in joint state; refusing empty conf change",
    "INFO * ignoring conf change * at config voters=(*): possible unapplied conf change at index * (applied to *)",
    "INFO initiating automatic transition out of joint configuration voters=(*)&&(*) autoleave",
    "DEBUG not initiating automatic transition out of joint configuration voters=(*)&&(*) autoleave: raft proposal dropped",
    // Snapshots.
    "DEBUG ignore sending snapshot to * since it is not recently active",
    "DEBUG * [firstindex: *, commit: *] sent snapshot[index: *, term: *] to * [State* match=* next=*]",
    "DEBUG * paused sending replication messages to * [StateSnapshot match=* next=* paused pendingSnap=*]",
    "DEBUG * recovered from needing snapshot, resumed sending replication messages to * [StateSnapshot *]",
    "DEBUG * snapshot failed, resumed sending replication messages to * [StateProbe *]",
    "INFO log [committed=*, applied=*, applying=*, unstable.offset=*, unstable.offsetInProgress=*, len(unstable.Entries)=*] starts \
     to restore snapshot [index: *, term: *]",
    "INFO * [commit: *, lastindex: *, lastterm: *] fast-forwarded commit to snapshot [index: *, term: *]",
    "INFO * [commit: *] ignored snapshot [index: *, term: *]",
    "WARN * attempted to restore snapshot but it is not in the ConfState voters:* auto_leave:*; should never happen",
    "ERROR ignoring MsgForgetLeader due to ReadOnlyLeaseBased",
];

/// The same, of handing over.
const TRANSFERS: [&str; 11] = [
    "INFO * [term *] starts to transfer leadership to *",
    "INFO * sends MsgTimeoutNow to * immediately as * already has up-to-date log",
    "INFO * sent MsgTimeoutNow to * after received MsgAppResp",
    "INFO * [term *] received MsgTimeoutNow from * and starts an election to get leadership.",
    "DEBUG * [term * state StatePreCandidate] ignored MsgTimeoutNow from *",
    "INFO * [term *] transfer leadership to * is in progress, ignores request to same node *",
    "INFO * [term *] abort previous transferring leadership to *",
    "DEBUG * is already leader. Ignored transferring leadership to self",
    "DEBUG * is learner. Ignored transferring leadership",
    "INFO * no leader at term *; dropping leader transfer msg",
    "INFO * forgetting leader * at term *",
];

/// Whether the parts of the pattern stand in the line, in order, and nothing else but what is at its stars.
fn fits(pattern: &str, line: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|head| line.strip_prefix(head)) else { return false };
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.is_empty()
}

#[test]
fn every_line_that_etcd_logs_stands_in_a_transcript() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("transcripts");
    let files = runner::transcripts_at(&folder).expect("the folder is part of the crate");
    let texts: Vec<_> = files.iter().map(|file| fs::read_to_string(file).expect("it was just listed")).collect();
    let lines: Vec<_> = texts.iter().flat_map(|text| text.lines()).map(str::trim_start).collect();
    let missing = |pattern: &&&str| !lines.iter().any(|line| fits(pattern, line));
    assert_eq!(LINES.iter().chain(&TRANSFERS).filter(missing).collect::<Vec<_>>(), [&""; 0]);
}

#[test]
fn a_pattern_fits_what_differs_at_its_stars_only() {
    assert!(fits("INFO * at term *", "INFO 1 at term 12") && fits("a", "a") && fits("* a", "1 a"));
    assert!(!fits("INFO * at term *", "WARN 1 at term 1") && !fits("* a", "1 ab") && !fits("a", "ab"));
}
