//! The search for counterexamples: rules of Raft are broken, random runs are played until a property falls, and the run that shows
//! it is cut down to what is needed.
//!
//! A random run is not written beforehand and then played. It is made *while* it is played: every few milliseconds it looks at the
//! cluster and does something that can be done there (cut off the leader, crash who has not synced yet, let a held message go), as
//! a person who looks for trouble would. What comes out is an ordinary run of times and actions, `break NAME` first, that can be
//! opened, shared and replayed like any other.
//!
//! - `walk.rs`: one random run; `moves.rs`: what it can do; `taste.rs`: how often it does what (swarm testing: each run leaves a random
//!   part out; and more of what the broken rules stand against);
//! - `archive.rs`: states of a cluster that were new when they were met, to go on from (as in Go-Explore);
//! - `marks.rs`: named situations that the runs should come through, and how many did;
//! - `play.rs`: plays a finished run again, and says what fell;
//! - `shrink.rs`: delta debugging (Zeller and Hildebrandt, 2002): fewer actions, then simpler ones, every candidate replayed;
//! - `odds.rs`: in how many random futures something falls, from each moment of a run;
//! - `search.rs`: puts them together, in steps of as many events as one likes.
//!
//! Nothing here has a clock or any randomness but its seed: the same seed finds the same runs, natively and in wasm.

mod archive;
mod marks;
mod moves;
mod odds;
mod play;
mod search;
mod shrink;
mod simpler;
mod taste;
mod walk;

pub use marks::{MARKS, Mark};
pub use odds::{Odds, Tally};
pub use search::{Find, Search};

use crate::action::Action;
use crate::command::{Command, Reading};
use crate::rules::RuleId;
use crate::run::{Run, Timed};

/// A cluster that is broken may shout at itself for ever: a run has no more events than this.
const EVENTS_MAX: u64 = 30_000;

/// Rules by their names: `voter-checks-log,one-vote-a-term`. Empty text names none.
///
/// # Errors
/// A sentence about the name that is no rule's.
pub fn rules_named(names: &str) -> Result<Vec<RuleId>, String> {
    let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
    let mut rules = Vec::new();
    for name in names {
        let rule = RuleId::named(name).ok_or_else(|| format!("there is no rule `{name}`"))?;
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    Ok(rules)
}

/// The run with all rules kept.
fn kept(run: &Run) -> Run {
    let keeps = |timed: &&Timed| !matches!(timed.action, Action::Break { .. } | Action::Mend { .. });
    Run { actions: run.actions.iter().filter(keeps).cloned().collect(), ..*run }
}

/// Whether Raft promises to survive an action while its rules hold. It promises nothing about a disk that is lost, a read that asks
/// nobody, or a lease where clocks and links are what they like.
fn is_fair(action: &Action) -> bool {
    if let Action::Client { command: Command::Get { how, .. }, .. } = action {
        return !matches!(how, Reading::Local | Reading::Lease);
    }
    !matches!(action, Action::DiskLose { .. } | Action::Break { .. } | Action::Mend { .. })
}
