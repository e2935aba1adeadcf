//! Marks: named situations that random runs should come through. A set of runs that never came to a mark has not tested it, however
//! many runs there were.
//!
//! They are read off the run's trace while it is played, and change nothing of it: what a search finds is the same with them.

use raft_core::{
    ConfChangeRefusal, Decision, ElectionCause, FollowerReason, IgnoreReason, Index, MessageKind, NodeId, Role, Term,
    TransferAbort, VoteRefusal,
};

use crate::action::{Action, Losing};
use crate::names::{NODES_MAX, NodeSet};
use crate::node::Node;
use crate::sure::size;
use crate::trace::Happening;
use crate::world::World;

/// What is told of a mark.
#[derive(Copy, Clone, Debug)]
pub struct Mark {
    /// Its name: `split-vote`.
    pub name: &'static str,
    /// The situation.
    pub says: &'static str,
    /// The section of the paper or thesis.
    pub source: &'static str,
}

/// A mark by its place in [`MARKS`], and what is told of each.
macro_rules! marks {
    ($($at:ident $name:literal $source:literal: $says:literal;)*) => {
        #[derive(Copy, Clone, PartialEq, Eq, Debug)]
        enum At { $($at),* }

        /// The marks.
        pub const MARKS: [Mark; [$($name),*].len()] =
            [$(Mark { name: $name, says: $says, source: $source }),*];
    };
}

marks! {
    SplitVote "split-vote" "§5.2": "votes are split: with two candidates in a term, one begins the next election";
    RivalCandidates "rival-candidates" "§5.2": "two candidates stand in one term";
    ThreeInVain "three-in-vain" "§5.2": "three elections in a row end without a winner";
    ElectionLost "election-lost" "§5.2": "a majority refuses a candidate";
    LogBehind "log-behind" "§5.4.1": "a vote is refused: the candidate's log is behind";
    VoteGiven "vote-given" "§5.2": "a vote is refused: it was given to another";
    StaleVote "stale-vote" "§5.1": "a vote of an older term comes late";
    PreVote "pre-vote" "thesis 9.6": "a node asks for pre-votes before it stands";
    TwoLeaders "two-leaders" "§5.1": "two lead at once, in different terms";
    ThreeLeaders "three-leaders" "§5.1": "three lead at once, in three terms";
    StepsDown "steps-down" "§5.1": "a leader hears of a later term and steps down";
    DeposedUncommitted "deposed-uncommitted" "§5.4.1": "a leader is deposed with entries that did not commit";
    AppendRefused "append-refused" "§5.3": "an append is refused: the entry before it is missing or another";
    EntriesRemoved "entries-removed" "§5.3": "entries are removed: the leader's are others";
    AppendBelowCommit "append-below-commit" "§5.3": "a late append begins below what is committed";
    StaleAppend "stale-append" "§5.1": "an append of an older term is refused";
    StaleAnswer "stale-answer" "§5.1": "an answer to an append of an older term comes late";
    OlderTermWaits "older-term-waits" "§5.4.2": "a majority holds an entry of an older term, and it does not commit by itself";
    OlderTermCommits "older-term-commits" "§5.4.2": "an entry of an older term commits with one of the leader's own";
    MajorityRemoved "majority-removed" "Figure 8": "an entry of an older term is removed that a majority held";
    CommitUnsynced "commit-unsynced" "thesis 10.2.1": "an entry commits that its leader has not synced";
    CrashLoses "crash-loses" "Figure 2": "a crash loses entries that were not synced";
    TornTail "torn-tail" "Figure 2": "a crash loses some of the entries that were not synced";
    LeadsAgain "leads-again" "Figure 8": "a leader crashes, restarts and leads again";
    LateAck "late-ack" "thesis 10.2.1": "what the disk confirms late counts for nothing";
    SnapshotInstalled "snapshot-installed" "§7": "a follower's log starts over from a snapshot";
    SnapshotOverTail "snapshot-over-tail" "§7": "a snapshot replaces a longer log that conflicts with it";
    SnapshotSkipped "snapshot-skipped" "§7": "a snapshot brings what the log has: the commit index moves alone";
    SnapshotLost "snapshot-lost" "§7": "a snapshot is lost on its way";
    ReadAnswered "read-answered" "thesis 6.4": "a read is answered without an entry of the log";
    ReadWaits "read-waits" "thesis 6.4": "a read waits for the first commit of the leader's term";
    LeaseHeld "lease-held" "thesis 6.4.1": "a vote is withheld while the leader is heard";
    QuorumLost "quorum-lost" "thesis 6.2": "a leader hears no quorum and gives up";
    LearnerJoins "learner-joins" "thesis 4.2.1": "a learner joins";
    JointEntered "joint-entered" "§6": "a joint configuration takes effect";
    JointLeader "joint-leader" "§6": "a leader is elected in a joint configuration";
    JointLeft "joint-left" "§6": "a joint configuration is left";
    LeaderRemoved "leader-removed" "§6": "a leader is removed by the change that it committed";
    NewcomerLeads "newcomer-leads" "§6": "a node leads that joined later";
    RemovedStands "removed-stands" "thesis 4.2.3": "a node stands for election that was removed and does not know it";
    ChangePending "change-pending" "§6": "a second change of the configuration is refused while the first is pending";
    ChangeWaits "change-waits" "thesis 4.1": "a change of the configuration is refused before a commit of the leader's own term";
    HandedOver "handed-over" "thesis 3.10": "a leader hands over, and the other stands at once";
    CaughtUpFirst "caught-up-first" "thesis 3.10": "a leader brings another up to date before it hands over";
    TransferEnds "transfer-ends" "thesis 3.10": "a leader gives up handing over";
    AsksAgain "asks-again" "thesis 6.3": "a client had no answer and asks again";
    RetryRecognised "retry-recognised" "thesis 6.3": "a retry is known, and changes nothing";
    Stalled "stalled" "§5.6": "nothing goes forward for two election timeouts";
}

/// Nodes by number, from 1.
const PLACES: usize = NODES_MAX as usize + 1;

/// What a run came through, and what has to be remembered of it to see more.
#[derive(Clone, Debug, Default)]
pub(super) struct Marker {
    met: u64,
    /// The number of the first record that was not read yet.
    next_seq: u64,
    /// In which term a node stands for election, and in which it leads; 0 for neither.
    stands: [Term; PLACES],
    leads: [Term; PLACES],
    /// It crashed while it led.
    led: [bool; PLACES],
    in_joint: [bool; PLACES],
    /// The last index of a node's log.
    ends: [Index; PLACES],
    /// Elections that their candidate gave up since the last leader.
    in_vain: u32,
    /// An index at which a majority held an entry of an older term, and who held it.
    held: (Index, NodeSet),
}

/// How many runs came through each mark.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Marks([u64; MARKS.len()]);

impl Default for Marks {
    fn default() -> Self {
        Marks([0; MARKS.len()])
    }
}

impl Marks {
    /// Another run is over.
    pub(super) fn count(&mut self, marker: &Marker) {
        let mut left = marker.met;
        while left != 0 {
            self.0[left.trailing_zeros() as usize] += 1;
            left &= left - 1;
        }
    }

    /// By mark, in the order of [`MARKS`].
    pub(super) fn runs(&self) -> &[u64] {
        &self.0
    }
}

impl Marker {
    fn meet(&mut self, mark: At) {
        self.met |= 1 << mark as u32;
    }

    /// Reads on in the trace of this run's world.
    pub(super) fn look(&mut self, world: &World) {
        let trace = world.trace();
        for record in trace.from(self.next_seq) {
            self.happened(&record.what, world);
        }
        self.next_seq = trace.next_seq();
    }

    /// A crash that [`tears`] the log's tail was done.
    pub(super) fn torn(&mut self) {
        self.meet(At::TornTail);
    }

    fn happened(&mut self, what: &Happening, world: &World) {
        match what {
            Happening::Decided { node, decision } => self.decided(*node, decision, world),
            Happening::Crashed { node, lost_entries } => {
                let place = size(*node);
                self.led[place] |= self.leads[place] > 0;
                (self.stands[place], self.leads[place]) = (0, 0);
                self.held.1 = self.held.1.without([*node].into_iter().collect());
                if *lost_entries > 0 {
                    self.meet(At::CrashLoses);
                }
            }
            Happening::Restarted { node, last_index, .. } => self.ends[size(*node)] = *last_index,
            Happening::Appended { node, to, .. } => self.ends[size(*node)] = *to,
            Happening::Committed { node, from, to, term, own: true } => {
                self.committed(*node, [*from, *to], *term, world)
            }
            Happening::Applied { skipped: true, .. } => self.meet(At::RetryRecognised),
            Happening::Read { .. } => self.meet(At::ReadAnswered),
            Happening::ClientAsked { attempt: 2.., .. } => self.meet(At::AsksAgain),
            Happening::Stalled(_) => self.meet(At::Stalled),
            Happening::Acted(_)
            | Happening::Refused { .. }
            | Happening::Synced { .. }
            | Happening::Committed { .. }
            | Happening::Applied { .. }
            | Happening::Joined { .. }
            | Happening::NotProposed { .. }
            | Happening::Compacted { .. }
            | Happening::Lost { .. }
            | Happening::ClientQueued { .. }
            | Happening::ClientAsked { .. }
            | Happening::ClientRedirected { .. }
            | Happening::ClientTimedOut { .. }
            | Happening::ClientAnswered { .. }
            | Happening::Violated(_) => {}
        }
    }

    // What leaves no mark has no arm: the core's decisions are many, and most are no situation of their own.
    #[allow(clippy::wildcard_enum_match_arm)]
    fn decided(&mut self, node: NodeId, decision: &Decision, world: &World) {
        let mark = match decision {
            Decision::ElectionStarted { cause: ElectionCause::Transfer { .. }, .. } => At::HandedOver,
            Decision::BecamePreCandidate { .. } => At::PreVote,
            Decision::BecameCandidate { term } => return self.candidate(node, *term, world),
            Decision::BecameLeader { term, .. } => return self.leader(node, *term, world),
            Decision::BecameFollower { was, old_term, why, .. } => {
                return self.follower(node, *was, *old_term, why, world);
            }
            Decision::VoteRefused { why, .. } => match why {
                VoteRefusal::LogBehind => At::LogBehind,
                VoteRefusal::AlreadyVoted { .. } => At::VoteGiven,
                VoteRefusal::LeaseHeld { .. } => At::LeaseHeld,
                VoteRefusal::LowerTerm { .. } | VoteRefusal::LeaderKnown { .. } => return,
            },
            Decision::Ignored { kind: MessageKind::RequestVoteResponse, why: IgnoreReason::LowerTerm, .. } => {
                At::StaleVote
            }
            Decision::Ignored { kind: MessageKind::AppendEntriesResponse, why: IgnoreReason::LowerTerm, .. } => {
                At::StaleAnswer
            }
            Decision::LowerTermAnswered { kind: MessageKind::AppendEntries, .. } => At::StaleAppend,
            Decision::AppendRefused { .. } => At::AppendRefused,
            Decision::AppendBelowCommit { .. } => At::AppendBelowCommit,
            Decision::Truncated { from, to, .. } => return self.removed(node, *from, *to),
            Decision::NotCommitted { index, term, .. } => return self.waits(*index, *term, world),
            Decision::AckIgnored { .. } => At::LateAck,
            Decision::SnapshotRestored { snapshot, .. } => return self.restored(size(node), snapshot.index),
            Decision::SnapshotFastForwarded { .. } => At::SnapshotSkipped,
            Decision::SnapshotReported { arrived: false, .. } => At::SnapshotLost,
            Decision::QuorumLost { .. } => At::QuorumLost,
            Decision::ReadPostponed { .. } => At::ReadWaits,
            Decision::ConfigurationChanged { conf } => {
                let was_joint = std::mem::replace(&mut self.in_joint[size(node)], conf.is_joint());
                if !conf.learners.is_empty() {
                    self.meet(At::LearnerJoins);
                }
                match (was_joint, conf.is_joint()) {
                    (_, true) => At::JointEntered,
                    (true, false) => At::JointLeft,
                    (false, false) => return,
                }
            }
            Decision::ConfChangeRefused { why: ConfChangeRefusal::Pending { .. }, .. } => At::ChangePending,
            Decision::ConfChangeRefused { why: ConfChangeRefusal::NoCommitInTerm, .. } => At::ChangeWaits,
            Decision::TimeoutNowSent { at_once: false, .. } => At::CaughtUpFirst,
            Decision::TransferAborted { why: TransferAbort::TimedOut, .. } => At::TransferEnds,
            _ => return,
        };
        self.meet(mark);
    }

    fn committed(&mut self, node: NodeId, [from, to]: [Index; 2], term: Term, world: &World) {
        let at = world.node(node);
        if at.entry(from).is_some_and(|entry| entry.term < term) {
            self.meet(At::OlderTermCommits);
        }
        if at.role() == Role::Leader && at.synced_index() < to {
            self.meet(At::CommitUnsynced);
        }
    }

    /// A majority holds an entry, and it does not commit by itself. Who crashes may hold it no more.
    fn waits(&mut self, index: Index, term: Term, world: &World) {
        self.meet(At::OlderTermWaits);
        let holds = |node: &&Node| node.is_up() && node.entry(index).is_some_and(|entry| entry.term == term);
        self.held = (index, world.nodes().iter().filter(holds).map(Node::id).collect());
    }

    fn removed(&mut self, node: NodeId, from: Index, to: Index) {
        self.meet(At::EntriesRemoved);
        self.ends[size(node)] = from - 1;
        let (index, ref mut holders) = self.held;
        if (from..=to).contains(&index) && holders.contains(node) {
            *holders = holders.without([node].into_iter().collect());
            self.meet(At::MajorityRemoved);
        }
    }

    fn restored(&mut self, place: usize, snapshot: Index) {
        self.meet(At::SnapshotInstalled);
        if std::mem::replace(&mut self.ends[place], snapshot) > snapshot {
            self.meet(At::SnapshotOverTail);
        }
    }

    fn candidate(&mut self, node: NodeId, term: Term, world: &World) {
        let place = size(node);
        let before = std::mem::take(&mut self.stands[place]);
        if before > 0 {
            if self.stands.contains(&before) {
                self.meet(At::SplitVote);
            }
            self.in_vain += 1;
            if self.in_vain >= 3 {
                self.meet(At::ThreeInVain);
            }
        }
        if world.leader().is_some() && !world.configuration().is_voter(node) {
            self.meet(At::RemovedStands);
        }
        if self.stands.contains(&term) {
            self.meet(At::RivalCandidates);
        }
        (self.stands[place], self.leads[place]) = (term, 0);
    }

    fn leader(&mut self, node: NodeId, term: Term, world: &World) {
        let place = size(node);
        self.in_vain = 0;
        if self.in_joint[place] {
            self.meet(At::JointLeader);
        }
        if node > world.config().nodes {
            self.meet(At::NewcomerLeads);
        }
        if std::mem::take(&mut self.led[place]) {
            self.meet(At::LeadsAgain);
        }
        (self.stands[place], self.leads[place]) = (0, term);
        let others = self.leads.iter().filter(|&&other| other > 0 && other != term).count();
        if others > 0 {
            self.meet(At::TwoLeaders);
        }
        if others > 1 {
            self.meet(At::ThreeLeaders);
        }
    }

    fn follower(&mut self, node: NodeId, was: Role, old_term: Term, why: &FollowerReason, world: &World) {
        (self.stands[size(node)], self.leads[size(node)]) = (0, 0);
        let led = was == Role::Leader;
        match why {
            FollowerReason::ElectionLost => self.meet(At::ElectionLost),
            FollowerReason::HigherTerm { .. } if led => self.meet(At::StepsDown),
            FollowerReason::Removed if led => self.meet(At::LeaderRemoved),
            FollowerReason::HigherTerm { .. }
            | FollowerReason::Removed
            | FollowerReason::Started
            | FollowerReason::LeaderExists { .. }
            | FollowerReason::QuorumInactive => {}
        }
        // The world may be a little further: then its log ends with a later term's entry, and nothing is claimed.
        let at = world.node(node);
        let last = at.last_index();
        if led && last > at.commit() && at.entry(last).is_some_and(|entry| entry.term == old_term) {
            self.meet(At::DeposedUncommitted);
        }
    }
}

/// Whether an action is a crash that loses some of what is not synced, and not all. That is known before it is done only.
pub(super) fn tears(action: &Action, world: &World) -> bool {
    let Action::Crash { node, losing: Losing::Tail(lost) } = *action else { return false };
    let node = world.node(node);
    lost > 0 && lost < node.last_index().saturating_sub(node.synced_index())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{SCENES, Scene};

    /// The marks of a prepared scene.
    fn of_scene(name: &str) -> Vec<&'static str> {
        let (_, text) = SCENES.iter().find(|(found, _)| *found == name).expect("a scene");
        let played =
            Scene::parse(text).expect("a scene").play().map_err(|(_, error)| error).expect("it keeps its promises");
        let mut marker = Marker::default();
        marker.look(played.world());
        let mut marks = Marks::default();
        marks.count(&marker);
        MARKS.iter().zip(marks.runs()).filter(|(_, runs)| **runs > 0).map(|(mark, _)| mark.name).collect()
    }

    /// Goal: a mark is what it says. Method: scenes that are known to come through it, and others that nearly do.
    #[test]
    fn scenes_come_through_what_they_show_and_nothing_else() {
        for (scene, marks) in [
            ("one-write", &[][..]),
            ("first-election", &["rival-candidates", "election-lost", "vote-given"]),
            ("split-vote", &["split-vote", "rival-candidates", "vote-given"]),
            // A node alone stands again and again: no vote was split.
            ("comes-back", &["three-in-vain", "steps-down"]),
            ("two-leaders", &["two-leaders", "steps-down", "entries-removed", "asks-again"]),
            ("lost-tail", &["append-refused", "crash-loses"]),
            ("snapshot-install", &["append-refused", "snapshot-installed"]),
            ("snapshot-prefix", &["append-refused", "snapshot-skipped", "asks-again"]),
            ("replace-dead-node", &["append-refused", "learner-joins", "joint-entered", "joint-left"]),
            ("stale-read", &["two-leaders", "read-answered", "asks-again"]),
            ("exactly-once", &["asks-again", "retry-recognised"]),
        ] {
            assert_eq!(of_scene(scene), marks, "{scene}");
        }
        let figure_8 = of_scene("figure-8");
        for mark in ["older-term-waits", "older-term-commits", "leads-again"] {
            assert!(figure_8.contains(&mark), "{figure_8:?}");
        }
    }

    #[test]
    fn names_and_sections_are_told_once_each() {
        let sections = ["§", "thesis ", "Figure "];
        for (place, mark) in MARKS.iter().enumerate() {
            assert!(
                MARKS[..place].iter().all(|other| other.name != mark.name && other.says != mark.says),
                "{}",
                mark.name
            );
            assert!(sections.iter().any(|section| mark.source.starts_with(section)), "{}", mark.name);
        }
    }
}
