//! Slow, obviously right twins of what is clever here, and property tests that compare them.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::{collections::BTreeMap, vec::Vec};

use proptest::prelude::*;

use crate::chunks::Chunks;
use crate::configuration::ConfState;
use crate::entry::{Body, Entry, Index, NodeId, Position, Term};
use crate::log::{LogLimits, RaftLog};
use crate::progress::{Progress, Reached};
use crate::quorum::{VoteResult, quorum_index, vote_result};
use crate::rules::Rules;
use crate::storage::{MemStorage, Storage};

// ---- quorums ----

/// A configuration, perhaps joint, of up to eleven voters each.
fn conf() -> impl Strategy<Value = ConfState> {
    let voters = |least| proptest::collection::btree_set(1..=12_u64, least..=11);
    (voters(1), prop_oneof![Just(None), voters(1).prop_map(Some)]).prop_map(|(incoming, outgoing)| ConfState {
        voters: incoming.into_iter().collect(),
        voters_outgoing: outgoing.into_iter().flatten().collect(),
        ..ConfState::default()
    })
}

/// The highest index that more than half of each half of the configuration has reached: tried one by one.
fn slow_quorum_index(conf: &ConfState, reached: &BTreeMap<NodeId, Index>) -> Index {
    let has = |voters: &[NodeId], index| {
        let count = voters.iter().filter(|id| reached.get(id).copied().unwrap_or(0) >= index).count();
        voters.is_empty() || 2 * count > voters.len()
    };
    (0..=20).rev().find(|index| has(&conf.voters, *index) && has(&conf.voters_outgoing, *index)).unwrap_or(0)
}

/// Won if it is won whatever the rest says, lost if it is lost whatever the rest says.
fn slow_vote_result(conf: &ConfState, votes: &BTreeMap<NodeId, bool>) -> VoteResult {
    let wins = |missing: bool| {
        let half = |voters: &[NodeId]| {
            let granted = voters.iter().filter(|id| votes.get(id).copied().unwrap_or(missing)).count();
            voters.is_empty() || 2 * granted > voters.len()
        };
        half(&conf.voters) && half(&conf.voters_outgoing)
    };
    match (wins(false), wins(true)) {
        (true, _) => VoteResult::Won,
        (false, true) => VoteResult::Pending,
        (false, false) => VoteResult::Lost,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn the_quorum_index_is_the_highest_that_both_majorities_reach(
        conf in conf(),
        reached in proptest::collection::btree_map(1..=12_u64, 0..=20_u64, 0..=12),
        above in 0..=20_u64,
    ) {
        let book = |id| {
            let mut book = Progress::default();
            book.advance_match(reached.get(&id).copied().unwrap_or(0));
            (id, book)
        };
        let books: Vec<(NodeId, Progress)> = conf.members().into_iter().map(book).collect();
        let fast = quorum_index(&conf, &Rules::ALL, &books, Reached::Match, above);
        prop_assert_eq!(fast, slow_quorum_index(&conf, &reached).max(above));
    }

    #[test]
    fn a_vote_is_decided_as_soon_as_nothing_can_change_it(
        conf in conf(),
        votes in proptest::collection::btree_map(1..=12_u64, any::<bool>(), 0..=12),
    ) {
        let fast = vote_result(&conf, &Rules::ALL, &|id| votes.get(&id).copied());
        prop_assert_eq!(fast, slow_vote_result(&conf, &votes));
    }
}

// ---- the log's memory ----

fn entry(term: Term, index: Index) -> Entry {
    Entry { term, index, body: Body::Command(std::format!("{term}.{index}").as_str().into()) }
}

#[derive(Clone, Debug)]
enum Edit {
    Extend(usize),
    Truncate(u64),
    Compact(u64),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let edit = prop_oneof![
        4 => (0..150_usize).prop_map(Edit::Extend),
        2 => (0..200_u64).prop_map(Edit::Truncate),
        1 => (0..100_u64).prop_map(Edit::Compact),
    ];
    proptest::collection::vec(edit, 1..25)
}

/// The same as `Chunks`, as one vector that never shares anything.
#[derive(Clone, PartialEq, Debug)]
struct SlowChunks {
    first: Index,
    entries: Vec<Entry>,
}

impl SlowChunks {
    fn next(&self) -> Index {
        self.first + self.entries.len() as u64
    }
}

fn edit_both(fast: &mut Chunks, slow: &mut SlowChunks, edit: &Edit, term: Term) {
    match *edit {
        Edit::Extend(len) => {
            let new: Vec<Entry> = (slow.next()..).take(len).map(|index| entry(term, index)).collect();
            fast.extend(&new);
            slow.entries.extend(new);
        }
        Edit::Truncate(from) => {
            fast.truncate(from);
            slow.entries.retain(|entry| entry.index < from);
        }
        Edit::Compact(by) => {
            let first = (slow.first + by).min(slow.next());
            fast.compact(first);
            slow.entries.retain(|entry| entry.index >= first);
            slow.first = first;
        }
    }
}

fn same(fast: &Chunks, slow: &SlowChunks) -> bool {
    let mut listed = Vec::new();
    while (listed.len() as u64) < fast.next_index() - fast.first_index() {
        listed.extend_from_slice(fast.run(fast.first_index() + listed.len() as u64..fast.next_index()));
    }
    (fast.first_index(), fast.next_index()) == (slow.first, slow.next())
        && listed == slow.entries
        && (0..slow.next() + 2).all(|i| fast.get(i) == slow.entries.iter().find(|entry| entry.index == i))
}

proptest! {
    #[test]
    fn shared_chunks_behave_as_one_vector_and_clones_do_not_see_each_other(before in edits(), after in edits()) {
        let (mut fast, mut slow) = (Chunks::default(), SlowChunks { first: 1, entries: Vec::new() });
        for (edit, term) in before.iter().zip(1..) {
            edit_both(&mut fast, &mut slow, edit, term);
            prop_assert!(same(&fast, &slow), "{:?}", edit);
        }
        let (kept_fast, kept_slow) = (fast.clone(), slow.clone());
        for (edit, term) in after.iter().zip(100..) {
            edit_both(&mut fast, &mut slow, edit, term);
            prop_assert!(same(&fast, &slow), "{:?}", edit);
        }
        prop_assert!(same(&kept_fast, &kept_slow), "the clone changed");
        prop_assert_eq!(kept_fast == fast, kept_slow == slow && kept_fast.term(slow.first - 1) == fast.term(slow.first - 1));
    }
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// A log is what it holds: one other entry makes it another log, and what is compacted or how its chunks lie is no part of it.
#[test]
fn logs_are_equal_when_their_entries_are() {
    let entries =
        |odd: Index| (1..=130).map(|index| entry(if index == odd { 2 } else { 1 }, index)).collect::<Vec<_>>();
    let compacted = |odd: Index, first: Index| {
        let mut log = Chunks::default();
        log.extend(&entries(odd));
        log.compact(first);
        log
    };
    for first in [1, 2, 3, 63, 64, 65, 66, 128, 129, 130] {
        let mut fresh = Chunks::after(Position::new(u64::from(first > 1), first - 1));
        fresh.extend(&entries(0)[first as usize - 1..]);
        assert_eq!(compacted(0, first), fresh);
        for odd in 1..=130 {
            let same = odd + 1 < first;
            assert_eq!(compacted(odd, first) == fresh, same, "{odd} of those from {first} on");
            assert_eq!(hash(&compacted(odd, first)) == hash(&fresh), same);
        }
    }
}

// ---- the log over its storage ----

#[derive(Clone, Debug)]
enum LogEdit {
    /// Entries of a new term from so far before the end.
    Append {
        back: u64,
        len: usize,
    },
    /// So many of the entries that wait are written.
    Sync(usize),
    Commit(u64),
    Compact,
}

fn log_edits() -> impl Strategy<Value = Vec<LogEdit>> {
    let edit = prop_oneof![
        3 => (0..12_u64, 1..8_usize).prop_map(|(back, len)| LogEdit::Append { back, len }),
        2 => (0..10_usize).prop_map(LogEdit::Sync),
        1 => (0..5_u64).prop_map(LogEdit::Commit),
        1 => Just(LogEdit::Compact),
    ];
    proptest::collection::vec(edit, 1..40)
}

/// A log of which nothing is ever forgotten, and what the fast one may have forgotten.
#[derive(Default)]
struct SlowLog {
    terms: Vec<Term>,
    committed: Index,
    compacted: Index,
}

fn edit_log(fast: &mut RaftLog<MemStorage>, slow: &mut SlowLog, edit: &LogEdit, term: Term) {
    let last = slow.terms.len() as u64;
    match *edit {
        LogEdit::Append { back, len } => {
            let from = (last + 1).saturating_sub(back).max(slow.committed + 1);
            slow.terms.truncate(from as usize - 1);
            slow.terms.resize(slow.terms.len() + len, term);
            let new: Vec<Entry> = (from..).take(len).map(|index| entry(term, index)).collect();
            fast.append(&new);
        }
        LogEdit::Sync(len) => {
            let waiting = fast.unstable().entries_from(fast.unstable_offset()).to_vec();
            let written = &waiting[..len.min(waiting.len())];
            fast.storage_mut().append(written);
            if let Some(last) = written.last() {
                fast.stable_to(last.position()).expect("it waits");
            }
        }
        LogEdit::Commit(by) => {
            slow.committed = (slow.committed + by).min(last);
            fast.commit_to(slow.committed);
        }
        LogEdit::Compact => {
            let to = slow.committed.min(fast.unstable_offset() - 1);
            if to > slow.compacted {
                fast.storage_mut().compact(to).expect("in the log");
                slow.compacted = to;
            }
        }
    }
}

fn check_log(fast: &RaftLog<MemStorage>, slow: &SlowLog) -> Result<(), TestCaseError> {
    let last = slow.terms.len() as u64;
    let term = |index: Index| if index == 0 { 0 } else { slow.terms[index as usize - 1] };
    prop_assert_eq!((fast.first_index(), fast.last_index()), (slow.compacted + 1, last));
    prop_assert_eq!(fast.last(), Position::new(term(last), last));
    for index in slow.compacted..=last {
        prop_assert_eq!(fast.term_at(index), Ok(term(index)), "index {}", index);
    }
    prop_assert!(fast.term_at(last + 1).is_err());
    for from in slow.compacted + 1..=last {
        let mut all = Vec::new();
        fast.read(from..last + 1, u64::MAX, &mut all).expect("in the log");
        prop_assert_eq!(&all, &(from..=last).map(|index| entry(term(index), index)).collect::<Vec<_>>());
        for bytes_max in [0, 20, 60, 100] {
            let message = fast.entries_for_message(from, bytes_max).expect("in the log");
            let bytes: u64 = message.iter().map(Entry::size_bytes).sum();
            prop_assert_eq!(&message[..], &all[..message.len()]);
            prop_assert!(bytes <= bytes_max || message.len() == 1);
            let more = all.get(message.len()).map(|next| bytes + next.size_bytes());
            prop_assert!(more.is_none_or(|more| more > bytes_max), "one more would fit");
        }
    }
    for wanted in 0..=term(last) + 1 {
        let found = fast.last_with_term_at_most(last, wanted);
        let slow_found = (0..=last).rev().find(|index| term(*index) <= wanted).unwrap_or(0);
        // Below the snapshot nothing is known.
        prop_assert!(found.index == slow_found || found == Position::new(0, slow.compacted.saturating_sub(1)));
    }
    Ok(())
}

proptest! {
    #[test]
    fn a_log_half_on_disk_reads_as_if_it_were_whole(edits in log_edits()) {
        let limits = LogLimits { applying_bytes_max: u64::MAX, counts_payloads: false };
        let mut fast = RaftLog::new(MemStorage::with_voters([1]), limits);
        let mut slow = SlowLog::default();
        for (edit, term) in edits.iter().zip(1..) {
            edit_log(&mut fast, &mut slow, edit, term);
            check_log(&fast, &slow)?;
        }
        prop_assert!(fast.storage().last_index() + 1 >= fast.unstable_offset(), "below the offset the storage answers");
    }

    /// Log Matching (Figure 3): whatever a follower holds, what a leader sends makes their logs equal up to there.
    #[test]
    fn what_a_follower_appends_after_the_check_equals_the_leaders_log(
        shared in 0..6_usize,
        mine in proptest::collection::vec(1..4_u64, 0..8),
        theirs in proptest::collection::vec(1..4_u64, 0..8),
        at in 0..14_usize,
    ) {
        let history = |tail: &[Term]| {
            let mut terms = std::vec![1; shared];
            terms.extend(tail.iter().scan(1, |term, step| { *term += step; Some(*term) }));
            terms
        };
        // A term has one leader, so the same term at the same index is the same entry: terms of the tails must differ.
        let (mine, theirs) = (history(&mine), history(&theirs).iter().map(|t| if *t > 1 { t * 100 } else { 1 }).collect::<Vec<_>>());
        let log = |terms: &[Term]| {
            let limits = LogLimits { applying_bytes_max: u64::MAX, counts_payloads: false };
            let mut log = RaftLog::new(MemStorage::with_voters([1]), limits);
            log.append(&terms.iter().zip(1..).map(|(term, index)| entry(*term, index)).collect::<Vec<_>>());
            log
        };
        let mut follower = log(&mine);
        let at = at.min(theirs.len());
        let prev = Position::new(if at == 0 { 0 } else { theirs[at - 1] }, at as u64);
        if follower.holds(prev) {
            let sent: Vec<Entry> = theirs.iter().zip(1..).skip(at).map(|(term, index)| entry(*term, index)).collect();
            if let Some(from) = follower.first_missing(&sent) {
                follower.append(&sent[from..]);
            }
            for (term, index) in theirs.iter().zip(1..) {
                prop_assert_eq!(follower.term_at(index), Ok(*term));
            }
        }
    }
}
