//! How often a random run does what. Swarm testing (Groce et al., 2012): each run leaves a random part of the moves out, so that the
//! others get room; what the broken rules stand against is nearly always in, and more often.

use super::moves::Move;
use crate::config::{Batch, StorageLoop, WorldConfig};
use crate::network::ParcelKind;
use crate::rng::Rng;
use crate::rules::RuleId;
use crate::sure::size;
use crate::time::{MILLISECOND_US, Span};
use raft_core::MessageKind;

/// How often each move is made when nothing is aimed at, by its place in [`Move::ALL`].
const USUAL: [(Move, u64); Move::ALL.len()] = [
    (Move::Timeout, 8),
    (Move::Crash, 4),
    (Move::Restart, 6),
    (Move::Isolate, 4),
    (Move::Split, 3),
    (Move::CutOneWay, 1),
    (Move::Heal, 6),
    (Move::Propose, 8),
    (Move::Write, 6),
    (Move::Read, 2),
    (Move::ReadLease, 0),
    (Move::Hold, 3),
    (Move::Release, 3),
    (Move::Meet, 3),
    (Move::SlowDisk, 2),
    (Move::Freeze, 2),
    (Move::Thaw, 2),
    (Move::Link, 1),
    (Move::Compact, 1),
    (Move::Transfer, 1),
    (Move::AddVoter, 1),
    (Move::AddLearner, 1),
    (Move::Leave, 1),
    (Move::Joint, 1),
    (Move::Usurp, 3),
    (Move::Reunite, 3),
];

/// What a broken rule stands against.
struct Aim {
    rule: &'static str,
    moves: &'static [Move],
    /// What is held, delivered, duplicated: these first.
    kinds: &'static [ParcelKind],
    settings: &'static [Setting],
}

/// What a run is set to when a rule is aimed at.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Setting {
    /// The disk syncs while the node goes on.
    Async,
    /// `checkquorum on`: there are leases.
    Leases,
    /// Messages and disks are quick: there is time within a lease.
    Quick,
    /// One entry an append.
    One,
    /// Clients ask again soon.
    Impatient,
}

const APPEND: ParcelKind = ParcelKind::Raft(MessageKind::AppendEntries);
const APPENDED: ParcelKind = ParcelKind::Raft(MessageKind::AppendEntriesResponse);
const VOTED: ParcelKind = ParcelKind::Raft(MessageKind::RequestVoteResponse);
const VOTE: ParcelKind = ParcelKind::Raft(MessageKind::RequestVote);
const HEARTBEAT: ParcelKind = ParcelKind::Raft(MessageKind::Heartbeat);

/// The rules that hardly fall to faults of every kind alike; the others need no aim.
const AIMS: &[Aim] = {
    use Move::{
        AddLearner, AddVoter, Compact, Crash, Freeze, Heal, Hold, Isolate, Joint, Leave, Meet, Propose, Read,
        ReadLease, Release, Restart, Reunite, SlowDisk, Split, Thaw, Timeout, Usurp, Write,
    };
    use Setting::{Async, Impatient, Leases, One, Quick};
    &[
        Aim { rule: "voter-checks-log", moves: &[Propose, Isolate, Heal, Timeout], kinds: &[], settings: &[] },
        Aim {
            rule: "voter-compares-terms",
            moves: &[Propose, Usurp, Reunite, Split, Heal, Timeout],
            kinds: &[],
            settings: &[],
        },
        Aim {
            rule: "commit-own-term-only",
            moves: &[Propose, Usurp, Reunite, Split, Heal, Timeout, Crash, Restart],
            kinds: &[APPEND],
            settings: &[One],
        },
        Aim {
            rule: "truncate-only-on-conflict",
            moves: &[Propose, Hold, Meet, Release],
            kinds: &[APPEND],
            settings: &[One],
        },
        Aim {
            rule: "commit-clamped-to-match",
            moves: &[Propose, Isolate, Heal, Timeout, Hold],
            kinds: &[APPEND],
            settings: &[One],
        },
        Aim {
            rule: "stale-appends-refused",
            moves: &[Propose, Hold, Release, Meet, Timeout, Freeze, Thaw],
            kinds: &[APPEND, HEARTBEAT],
            settings: &[],
        },
        Aim {
            rule: "leader-counts-itself-after-sync",
            moves: &[SlowDisk, Propose, Isolate, Split, Reunite, Heal, Crash, Restart, Timeout],
            kinds: &[],
            settings: &[Async],
        },
        Aim {
            rule: "late-acks-confirm-nothing",
            moves: &[SlowDisk, Propose, Isolate, Heal, Crash, Restart, Timeout],
            kinds: &[],
            settings: &[Async],
        },
        Aim {
            rule: "stale-votes-ignored",
            moves: &[Timeout, Hold, Release, Meet, Crash, Restart],
            kinds: &[VOTED, VOTE],
            settings: &[],
        },
        Aim {
            rule: "stale-append-answers-ignored",
            moves: &[Propose, Hold, Release, Crash, Restart, Timeout, Usurp, Split, Reunite, Heal, SlowDisk],
            kinds: &[APPENDED],
            settings: &[Async],
        },
        Aim {
            rule: "match-reset-on-election",
            moves: &[Propose, Usurp, Split, Reunite, Heal, Timeout],
            kinds: &[],
            settings: &[],
        },
        Aim {
            rule: "reads-need-quorum-round",
            moves: &[Read, Write, Usurp, Isolate, Split, Timeout],
            kinds: &[],
            settings: &[],
        },
        Aim {
            rule: "reads-wait-for-own-term-commit",
            moves: &[Read, Write, Hold, Crash, Usurp, Timeout],
            kinds: &[APPEND, HEARTBEAT],
            settings: &[],
        },
        Aim { rule: "read-rounds-are-unique", moves: &[Read, Write, Split, Timeout], kinds: &[], settings: &[] },
        Aim {
            rule: "votes-wait-for-lease",
            moves: &[ReadLease, Write, Usurp, Isolate, Timeout],
            kinds: &[],
            settings: &[Leases, Quick],
        },
        Aim {
            rule: "conf-change-waits-for-own-term-commit",
            moves: &[AddVoter, Leave, Isolate, Split, Heal, Timeout, Hold, Crash, Restart],
            kinds: &[APPEND],
            settings: &[],
        },
        Aim {
            rule: "joint-left-only-when-committed",
            moves: &[Joint, Isolate, Split, Timeout],
            kinds: &[],
            settings: &[],
        },
        Aim {
            rule: "learners-do-not-count",
            moves: &[AddLearner, Isolate, Split, Timeout, Propose],
            kinds: &[],
            settings: &[],
        },
        Aim {
            rule: "compacted-is-not-conflict",
            moves: &[Compact, Propose, Hold, Meet, Release, Isolate, Heal, Timeout],
            kinds: &[APPEND],
            settings: &[],
        },
        Aim { rule: "commit-never-decreases", moves: &[SlowDisk, Propose], kinds: &[], settings: &[Async] },
        Aim {
            rule: "one-conf-change-at-a-time",
            moves: &[AddVoter, Leave, Isolate, Split, Timeout, Propose],
            kinds: &[],
            settings: &[],
        },
        Aim {
            rule: "retries-recognised",
            moves: &[Write, Hold, Meet, Crash, Restart],
            kinds: &[ParcelKind::Reply],
            settings: &[Impatient],
        },
        Aim {
            rule: "sessions-in-snapshots",
            moves: &[Write, Compact, Isolate, Heal, Crash, Restart, Timeout, Hold, Meet],
            kinds: &[ParcelKind::Reply],
            settings: &[Impatient],
        },
        Aim { rule: "vote-written", moves: &[Timeout, Crash, Restart], kinds: &[], settings: &[] },
        Aim { rule: "term-written", moves: &[Timeout, Crash, Restart], kinds: &[], settings: &[] },
    ]
};

/// What a run likes to do.
#[derive(Clone, Debug)]
pub(super) struct Taste {
    weights: [u64; Move::ALL.len()],
    /// The kinds of message that it meddles with first.
    pub(super) kinds: Vec<ParcelKind>,
    /// The longest pause between two moves, in ms.
    pub(super) pause_ms: u64,
}

impl Taste {
    /// A taste against a set of broken rules.
    pub(super) fn draw(broken: &[RuleId], rng: &mut Rng) -> Taste {
        let mut weights = USUAL.map(|(_, weight)| if rng.chance(1, 2) { weight } else { 0 });
        let mut kinds = Vec::new();
        for aim in aims(broken) {
            kinds.extend_from_slice(aim.kinds);
            for &wanted in aim.moves {
                // One in eight runs does without, for what falls then falls in another way.
                weights[wanted as usize] = if rng.chance(1, 8) { 0 } else { 6 + rng.within(0, 14) };
            }
        }
        // Who breaks must mend, or there is nothing left to look at.
        for (need, of) in [
            (Move::Restart, Move::Crash),
            (Move::Heal, Move::Isolate),
            (Move::Thaw, Move::Freeze),
            (Move::Release, Move::Hold),
        ] {
            weights[need as usize] = weights[need as usize].max(weights[of as usize]);
        }
        weights[Move::Timeout as usize] = weights[Move::Timeout as usize].max(2);
        weights[Move::Propose as usize] = weights[Move::Propose as usize].max(2);
        Taste { weights, kinds, pause_ms: [10, 30, 80, 200][size(rng.within(0, 3))] }
    }

    /// What to do next.
    pub(super) fn pick(&self, rng: &mut Rng) -> Move {
        let mut left = rng.within(0, self.weights.iter().sum::<u64>() - 1);
        for (wanted, weight) in Move::ALL.into_iter().zip(self.weights) {
            if left < weight {
                return wanted;
            }
            left -= weight;
        }
        unreachable!("the weights have that sum")
    }
}

fn aims(broken: &[RuleId]) -> impl Iterator<Item = &'static Aim> {
    AIMS.iter().filter(|aim| broken.iter().any(|rule| rule.name() == aim.rule))
}

/// Settings for a run against these rules. Mostly the default ones: what is found is to be read.
pub(super) fn settings(broken: &[RuleId], nodes: u64, rng: &mut Rng) -> WorldConfig {
    let mut config = WorldConfig { nodes, ..WorldConfig::default() };
    if rng.chance(1, 3) {
        config.latency_us.max_us += rng.within(0, 40) * MILLISECOND_US;
    }
    if rng.chance(1, 4) {
        config.storage = StorageLoop::Async;
    }
    if rng.chance(1, 4) {
        config.batch = Batch::One;
    }
    if rng.chance(1, 6) {
        config.sync_us = rng.within(0, 40) * MILLISECOND_US;
    }
    (config.pre_vote, config.check_quorum) = (rng.chance(1, 8), rng.chance(1, 8));
    for setting in aims(broken).flat_map(|aim| aim.settings) {
        if rng.chance(1, 8) {
            continue;
        }
        match setting {
            Setting::Async => config.storage = StorageLoop::Async,
            Setting::Leases => config.check_quorum = true,
            Setting::Quick => {
                config.latency_us = Span { min_us: MILLISECOND_US, max_us: MILLISECOND_US };
                config.sync_us = MILLISECOND_US;
            }
            Setting::One => config.batch = Batch::One,
            Setting::Impatient => config.retry_us = 100 * MILLISECOND_US,
        }
    }
    config
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Goal: no aim is at a rule that is not there, and the table is in the order it is read by.
    #[test]
    fn every_aim_is_at_a_rule_and_every_move_has_its_weight() {
        for aim in AIMS {
            assert!(RuleId::named(aim.rule).is_some(), "{}", aim.rule);
        }
        for (place, (wanted, _)) in USUAL.into_iter().enumerate() {
            assert_eq!(wanted as usize, place);
            assert_eq!(Move::ALL[place], wanted);
        }
    }
}
