//! Liveness notes: since when nothing goes forward, and why. No property has fallen then: Raft promises progress only while a
//! majority runs, talks, and talks faster than its timers (§5.6), and otherwise it waits.
//!
//! A note is worked out from the world as it is: who runs, who reaches whom, whose disk, clock or log stands in the way. It is
//! no checker, and no node could know it. Only the *since* needs a memory, a few words, kept where leaders come and go.

use std::fmt;

use raft_core::{Index, NodeId, Term};

use crate::names::NodeSet;
use crate::node::Node;
use crate::time::Duration;
use crate::world::World;

#[cfg(feature = "reasons")]
mod cause;
#[cfg(test)]
mod tests;

#[cfg(feature = "reasons")]
pub(crate) use cause::why;

/// Without the feature `reasons` nobody looks for one.
#[cfg(not(feature = "reasons"))]
pub(crate) fn why(_: &World, _: Stall) -> Option<Cause> {
    None
}

/// What does not go forward.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Stall {
    /// No running process leads.
    NoLeader,
    /// Somebody leads, or did a moment ago, and nothing new is committed.
    NoCommit,
}

/// Since when nothing goes forward, and why. Prints as `no leader since 1200ms, because ...`.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub struct Note {
    /// What does not go forward.
    pub stall: Stall,
    /// Since when, in simulated µs.
    pub since_us: u64,
    /// Why; `None` where the feature `reasons` is off.
    pub cause: Option<Cause>,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.stall {
            Stall::NoLeader => "no leader",
            Stall::NoCommit => "nothing is committed",
        };
        write!(f, "{what} since {}", Duration(self.since_us))?;
        self.cause.map_or(Ok(()), |cause| write!(f, ", because {cause}"))
    }
}

/// Voters that are too few: of the whole configuration, or of one half of a joint one (§6).
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub struct TooFew {
    /// Of which voters.
    pub half: Half,
    /// Those that there are.
    pub have: NodeSet,
    /// How many voters there should be.
    pub voters: u64,
    /// How many of them are needed.
    pub needed: u64,
}

/// Which voters a majority is lacking of.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Half {
    /// All that there are.
    Whole,
    /// The new ones of a joint configuration.
    New,
    /// The old ones of a joint configuration.
    Old,
    /// Both; the numbers are those of the new ones.
    Both,
}

impl fmt::Display for TooFew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TooFew { half, have, voters, needed } = self;
        let which = match half {
            Half::Whole => "",
            Half::New | Half::Both => "new ",
            Half::Old => "old ",
        };
        write!(f, "{} of the {voters} {which}voters", have.len())?;
        if !have.is_empty() {
            write!(f, " ({have})")?;
        }
        write!(f, ", and {needed} are needed")?;
        f.write_str(if *half == Half::Both { "; the old voters lack a majority, too" } else { "" })
    }
}

/// Why nothing goes forward. Prints as a part of a sentence.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Cause {
    /// Too few voters run: the others have crashed or stand still.
    TooFewRun(TooFew),
    /// Enough voters run, and nobody reaches enough of them: this is the most that anybody reaches.
    Islands(TooFew),
    /// There is a leader, and it reaches too few voters.
    LeaderCutOff(NodeId, TooFew),
    /// The clocks of all who could win stand still: no election timer will fire.
    ClocksStopped(NodeSet),
    /// Messages that are needed are held by hand: so many.
    Held(u64),
    /// Links lose half of their messages or more, and the better ones join too few.
    Lossy(TooFew),
    /// Disks sync so slowly that a round takes longer than an election timeout.
    SlowDisks {
        /// A round to a majority and back, in µs.
        round_us: u64,
        /// The longest election timeout, in µs.
        timeout_us: u64,
    },
    /// Messages travel so slowly that a round takes longer than an election timeout.
    SlowNetwork {
        /// A round to a majority and back, in µs.
        round_us: u64,
        /// The longest election timeout, in µs.
        timeout_us: u64,
    },
    /// Leaders are deposed while they are healthy: heartbeats come too seldom for the shortest election timeout.
    SlowHeartbeats {
        /// How often they come, in µs.
        every_us: u64,
        /// The shortest election timeout of those who should hear them, in µs.
        timeout_us: u64,
    },
    /// Who can campaign lacks entries that too many of the others hold (§5.4.1).
    LogsBehind {
        /// Who can campaign.
        nodes: NodeSet,
        /// Whose logs are ahead.
        ahead: NodeSet,
    },
    /// Several candidates share the votes of a term (§5.2).
    SplitVote {
        /// The term.
        term: Term,
        /// The candidates.
        candidates: NodeSet,
    },
    /// An election is under way.
    Campaign {
        /// The candidate, or pre-candidate.
        node: NodeId,
        /// Its term.
        term: Term,
        /// How many votes it has.
        votes: u64,
    },
    /// No election timer has fired yet.
    TimerRuns {
        /// Whose fires first.
        node: NodeId,
        /// When, in µs.
        at_us: u64,
    },
    /// The leader waits for the answers of these.
    NoAnswers(NodeSet),
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cause::TooFewRun(few) => write!(f, "too few run: {few}"),
            Cause::Islands(few) => write!(f, "no voter reaches more than {few}"),
            Cause::LeaderCutOff(leader, few) => write!(f, "n{leader} leads, and reaches only {few}"),
            Cause::ClocksStopped(nodes) => write!(f, "the clocks of all who could win stand still: {nodes}"),
            Cause::Held(messages) => write!(f, "{messages} messages are held on their way"),
            Cause::Lossy(few) => write!(f, "links lose most messages: the better ones join {few}"),
            Cause::SlowDisks { round_us, timeout_us } => {
                let (round, timeout) = (Duration(*round_us), Duration(*timeout_us));
                write!(f, "disks are slow: a round takes {round}, and an election timeout at most {timeout}")
            }
            Cause::SlowNetwork { round_us, timeout_us } => {
                let (round, timeout) = (Duration(*round_us), Duration(*timeout_us));
                write!(f, "messages are slow: a round takes {round}, and an election timeout at most {timeout}")
            }
            Cause::SlowHeartbeats { every_us, timeout_us } => {
                let (every, timeout) = (Duration(*every_us), Duration(*timeout_us));
                write!(f, "a heartbeat every {every} is not well below an election timeout of {timeout}")
            }
            Cause::LogsBehind { nodes, ahead } => {
                write!(f, "who can campaign ({nodes}) lacks entries, and the logs of {ahead} are ahead")
            }
            Cause::SplitVote { term, candidates } => write!(f, "{candidates} share the votes of term {term}"),
            Cause::Campaign { node, term, votes } => write!(f, "n{node} asks for votes in term {term} and has {votes}"),
            Cause::TimerRuns { node, at_us } => {
                write!(f, "no election timer has fired yet: n{node}'s is next, at {}", Duration(*at_us))
            }
            Cause::NoAnswers(nodes) => write!(f, "the leader waits for the answers of {nodes}"),
        }
    }
}

/// Whether its process does anything.
pub(crate) fn is_awake(node: &Node) -> bool {
    node.is_up() && !node.is_frozen()
}

/// Whether a node hears a majority and is heard by it, in both halves of a joint configuration.
pub(crate) fn reaches_majority(world: &World, node: &Node) -> bool {
    let Some(status) = node.status() else { return false };
    let (me, network) = (node.id(), world.network());
    let hears = |other: NodeId| {
        is_awake(world.node(other)) && (other == me || network.passes(me, other) && network.passes(other, me))
    };
    [&status.conf.voters, &status.conf.voters_outgoing]
        .into_iter()
        .all(|voters| voters.is_empty() || voters.iter().filter(|id| hears(**id)).count() > voters.len() / 2)
}

/// No time at all.
const NEVER: u64 = u64::MAX;

/// What has to be remembered to say since when.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Liveness {
    /// The running processes that lead.
    leaders: NodeSet,
    /// Since when there is none, in µs, or [`NEVER`]; and whether the trace has told of it.
    leaderless: (u64, bool),
    /// Since when nothing is committed though something should be, or no leader could commit; as above.
    stuck: (u64, bool),
    /// The latest leader as it was seen last: node, term, commit index, last index.
    seen: (NodeId, Term, Index, Index),
    /// How long a stall lasts until the trace tells of it, in µs.
    patience_us: u64,
}

impl Liveness {
    /// At time 0 nobody leads.
    pub(crate) fn new(patience_us: u64) -> Liveness {
        Liveness {
            leaders: NodeSet::default(),
            leaderless: (0, false),
            stuck: (NEVER, false),
            seen: (0, 0, 0, 0),
            patience_us,
        }
    }

    /// Whether a node that stands like this need not be looked at: nothing about leaders has changed.
    pub(crate) fn knows(&self, leads: bool, now: (NodeId, Term, Index, Index)) -> bool {
        leads == self.leaders.contains(now.0) && (!leads || self.seen == now)
    }

    /// Takes note of whether a node leads.
    pub(crate) fn leads(&mut self, now_us: u64, node: NodeId, leads: bool) {
        if leads {
            self.leaders.insert(node);
            self.leaderless = (NEVER, false);
        } else {
            self.leaders.remove(node);
            if self.leaders.is_empty() && self.leaderless.0 == NEVER {
                self.leaderless.0 = now_us;
            }
        }
    }

    /// Takes note of the latest leader, and of whether it reaches a majority.
    pub(crate) fn latest(&mut self, now_us: u64, seen: (NodeId, Term, Index, Index), reaches: bool) {
        let (_, _, commit, last) = seen;
        let most = commit.max(self.seen.2);
        if reaches && commit >= last {
            self.stuck = (NEVER, false);
        } else if commit > self.seen.2 || self.stuck.0 == NEVER {
            self.stuck = (now_us, false);
        }
        self.seen = seen;
        self.seen.2 = most;
    }

    /// What does not go forward at `now_us`, and since when. A commit takes a round: what waits for less than `round_us` is no
    /// stall. When leaders come and go, it is the missing commit that lasts.
    pub(crate) fn stall(&self, now_us: u64, round_us: u64) -> Option<(Stall, u64)> {
        let leaderless = self.leaderless.0 != NEVER;
        let stuck = self.stuck.0.saturating_add(round_us) <= now_us;
        if stuck && (!leaderless || self.stuck.1 && !self.leaderless.1) {
            Some((Stall::NoCommit, self.stuck.0))
        } else {
            leaderless.then_some((Stall::NoLeader, self.leaderless.0))
        }
    }

    fn due_us(&self, (since_us, told): (u64, bool)) -> u64 {
        if told { NEVER } else { since_us.saturating_add(self.patience_us) }
    }

    /// The first stall that the trace is to tell of before `before_us`, when, and since when it lasts; from now on it is told. A
    /// missing commit is no news when the missing leader was told.
    pub(crate) fn tell(&mut self, before_us: u64) -> Option<(u64, Stall, u64)> {
        let (leaderless_us, stuck_us) = (self.due_us(self.leaderless), self.due_us(self.stuck));
        if leaderless_us.min(stuck_us) >= before_us {
            return None;
        }
        if leaderless_us <= stuck_us {
            (self.leaderless.1, self.stuck.1) = (true, self.stuck.1 || leaderless_us == stuck_us);
            return Some((leaderless_us, Stall::NoLeader, self.leaderless.0));
        }
        self.stuck.1 = true;
        if self.leaderless.1 { self.tell(before_us) } else { Some((stuck_us, Stall::NoCommit, self.stuck.0)) }
    }
}
