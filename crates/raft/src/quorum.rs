//! Majorities, plain and joint (§5.2, §5.3, §6).

use alloc::vec::Vec;

use crate::configuration::ConfState;
use crate::entry::{Index, NodeId};
use crate::rules::Rules;

/// Up to this many voters are counted without an allocation.
const SMALL: usize = 7;

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

/// The highest index that a quorum reaches; of a joint configuration, that both quorums reach.
pub(crate) fn quorum_index(conf: &ConfState, rules: &Rules, reached: impl Fn(NodeId) -> Index) -> Index {
    if !rules.learners_do_not_count && !conf.learners.is_empty() {
        return quorum_index(&with_learners(conf), rules, reached);
    }
    let incoming = majority_index(&conf.voters, rules, &reached);
    if conf.is_joint() { incoming.min(majority_index(&conf.voters_outgoing, rules, &reached)) } else { incoming }
}

/// Nobody's majority reaches everything, so that a half of a joint configuration without voters decides nothing.
fn majority_index(voters: &[NodeId], rules: &Rules, reached: &impl Fn(NodeId) -> Index) -> Index {
    if voters.is_empty() {
        return Index::MAX;
    }
    let quorum = quorum_of(voters.len(), rules);
    if voters.len() > SMALL {
        let mut indexes: Vec<Index> = voters.iter().map(|&id| reached(id)).collect();
        indexes.sort_unstable();
        return indexes[indexes.len() - quorum];
    }
    // Descending, by insertion: faster than any sort for so few.
    let mut indexes = [0; SMALL];
    for (len, &id) in voters.iter().enumerate() {
        let index = reached(id);
        let mut at = len;
        while at > 0 && indexes[at - 1] < index {
            indexes[at] = indexes[at - 1];
            at -= 1;
        }
        indexes[at] = index;
    }
    indexes[quorum - 1]
}

/// What the votes so far decide. `vote` answers `None` where none came.
pub(crate) fn vote_result(conf: &ConfState, rules: &Rules, vote: impl Fn(NodeId) -> Option<bool>) -> VoteResult {
    if !rules.learners_do_not_count && !conf.learners.is_empty() {
        return vote_result(&with_learners(conf), rules, vote);
    }
    let incoming = majority_vote(&conf.voters, rules, &vote);
    let outgoing = majority_vote(&conf.voters_outgoing, rules, &vote);
    match (incoming, outgoing) {
        (VoteResult::Lost, _) | (_, VoteResult::Lost) => VoteResult::Lost,
        (VoteResult::Won, VoteResult::Won) => VoteResult::Won,
        (VoteResult::Pending, _) | (_, VoteResult::Pending) => VoteResult::Pending,
    }
}

fn majority_vote(voters: &[NodeId], rules: &Rules, vote: &impl Fn(NodeId) -> Option<bool>) -> VoteResult {
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

/// The same configuration with its learners made voters: what a broken rule counts.
fn with_learners(conf: &ConfState) -> ConfState {
    let voters = conf.voters.iter().chain(&conf.learners).copied();
    ConfState { voters_outgoing: conf.voters_outgoing.clone(), ..ConfState::of_voters(voters) }
}
