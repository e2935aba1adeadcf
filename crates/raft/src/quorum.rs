//! Majorities, plain and joint (§5.2, §5.3, §6).

use crate::configuration::ConfState;
use crate::entry::{Index, NodeId};
use crate::progress::{Progress, Reached};
use crate::rules::Rules;

/// Where an election stands.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum VoteResult {
    /// Missing votes decide.
    Pending,
    /// A quorum refused, or what is missing cannot make one.
    Lost,
    /// A quorum granted.
    Won,
}

/// How many of `voters` are a quorum.
fn quorum_of(voters: usize, rules: &Rules) -> usize {
    if rules.quorum_is_majority { voters / 2 + 1 } else { (voters / 2).max(1) }
}

/// A leader's book about each node.
type Books = [(NodeId, Progress)];

/// The highest index above `above` that a quorum has reached by the leader's books, else `above`; of a joint configuration,
/// that both quorums have.
#[inline]
pub(crate) fn quorum_index(conf: &ConfState, rules: &Rules, books: &Books, what: Reached, above: Index) -> Index {
    let incoming = if rules.learners_do_not_count {
        majority_index(&conf.voters, rules, books, what, above)
    } else {
        majority_index(&conf.members(), rules, books, what, above)
    };
    if !conf.is_joint() {
        return incoming;
    }
    incoming.min(majority_index(&conf.voters_outgoing, rules, books, what, above))
}

/// Climbs from `above`, to the least of those beyond as long as they are a quorum. An answer that completes a quorum is found
/// in one walk over the books.
#[inline(never)]
fn majority_index(voters: &[NodeId], rules: &Rules, books: &Books, what: Reached, above: Index) -> Index {
    let quorum = quorum_of(voters.len(), rules);
    let mut highest = above;
    loop {
        let (beyond, least) = beyond(voters, books, what, highest);
        if beyond < quorum {
            return highest;
        }
        debug_assert!(least > highest, "each step climbs");
        highest = least;
        if beyond == quorum {
            return highest;
        }
    }
}

/// How many of `voters` have reached more than `above`, and the least that one of those has.
fn beyond(mut voters: &[NodeId], books: &Books, what: Reached, above: Index) -> (usize, Index) {
    let (mut beyond, mut least) = (0, Index::MAX);
    // Every voter has a book, and both are in order: one walk finds them all.
    for (id, book) in books {
        let [voter, others @ ..] = voters else { break };
        if voter == id {
            voters = others;
            let index = book.reached(what);
            if index > above {
                beyond += 1;
                least = least.min(index);
            }
        }
    }
    (beyond, least)
}

/// What the votes so far decide. `vote` answers `None` where none came.
pub(crate) fn vote_result(conf: &ConfState, rules: &Rules, vote: &dyn Fn(NodeId) -> Option<bool>) -> VoteResult {
    let incoming = majority_vote(&conf.voters, rules, vote);
    let outgoing = majority_vote(&conf.voters_outgoing, rules, vote);
    match (incoming, outgoing) {
        (VoteResult::Lost, _) | (_, VoteResult::Lost) => VoteResult::Lost,
        (VoteResult::Won, VoteResult::Won) => VoteResult::Won,
        (VoteResult::Pending, _) | (_, VoteResult::Pending) => VoteResult::Pending,
    }
}

fn majority_vote(voters: &[NodeId], rules: &Rules, vote: &dyn Fn(NodeId) -> Option<bool>) -> VoteResult {
    if voters.is_empty() {
        return VoteResult::Won;
    }
    let granted = voters.iter().filter(|&&id| vote(id) == Some(true)).count();
    let missing = voters.iter().filter(|&&id| vote(id).is_none()).count();
    let quorum = quorum_of(voters.len(), rules);
    if granted >= quorum {
        VoteResult::Won
    } else if granted + missing >= quorum {
        VoteResult::Pending
    } else {
        VoteResult::Lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    /// §5.2: more than half; and half, rounded down but never nobody, when rule 14 is broken.
    #[test]
    fn a_quorum_is_more_than_half_5_2() {
        let kept = Rules::default();
        let broken = Rules { quorum_is_majority: false, ..kept };
        let quorums = |rules| (1..=7).map(|voters| quorum_of(voters, rules)).collect::<Vec<_>>();
        assert_eq!(quorums(&kept), [1, 2, 2, 3, 3, 4, 4]);
        assert_eq!(quorums(&broken), [1, 1, 1, 2, 2, 3, 3]);
    }
}
