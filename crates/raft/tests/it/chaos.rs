//! Random clusters under crashes, loss, reordering, duplication, snapshots, transfers and changes of the configuration:
//! the properties of Figure 3 hold in every one of them, and no broken rule makes a node panic.

use std::collections::BTreeMap;

use raft_core::{Change, ConfChange, Config, Entry, Index, NodeId, Role, Rules, Term, Transition};

use crate::cluster::{Cluster, Node, cluster_with};

/// Steps of one run.
const STEPS: usize = 4_000;

/// SplitMix64: the same numbers on every machine.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % sides
    }

    pub(crate) fn node(&mut self, c: &Cluster) -> NodeId {
        self.roll(c.nodes.len() as u64) + 1
    }
}

/// What must never be contradicted.
#[derive(Default)]
pub(crate) struct Witness {
    leaders: BTreeMap<Term, NodeId>,
    committed: BTreeMap<Index, Entry>,
    /// How far each node's commit index was when it was last looked at.
    seen: BTreeMap<NodeId, Index>,
}

impl Witness {
    /// State Machine Safety, with it Log Matching as far as anything is committed, Election Safety, and Leader
    /// Completeness. Says which one fell.
    pub(crate) fn look(&mut self, c: &Cluster) -> Result<(), &'static str> {
        for node in &c.nodes {
            let status = node.status();
            let seen = self.seen.insert(status.id, status.commit).unwrap_or(0).min(status.commit);
            for index in node.log().first_index().max(seen + 1)..=status.commit {
                let Some(entry) = node.log().entry(index) else { return Err("a committed entry is lost") };
                if self.committed.entry(index).or_insert_with(|| entry.clone()) != &entry {
                    return Err("State Machine Safety");
                }
            }
            if status.role == Role::Leader && self.leaders.get(&status.term) != Some(&status.id) {
                self.look_at_leader(node)?;
            }
        }
        Ok(())
    }

    fn look_at_leader(&mut self, leader: &Node) -> Result<(), &'static str> {
        let status = leader.status();
        if self.leaders.insert(status.term, status.id).is_some() {
            return Err("Election Safety");
        }
        let newest = self.leaders.keys().next_back() == Some(&status.term);
        let mut committed = self.committed.range(leader.log().first_index()..);
        if newest && committed.any(|(index, entry)| leader.log().entry(*index).as_ref() != Some(entry)) {
            return Err("Leader Completeness");
        }
        Ok(())
    }
}

/// One step of a run.
fn happen(c: &mut Cluster, dice: &mut Dice, membership: bool) {
    let id = dice.node(c);
    match dice.roll(200) {
        0..=94 => deliver_one(c, dice),
        95..=159 => drop(c.handle_ready_if_up(id)),
        160..=174 => drop(c.tick_if_up(id, 1 + dice.roll(4) as u32)),
        175..=184 => drop(c.node(id).propose(format!("{}", dice.roll(1_000)).as_str())),
        185 => drop(c.crash(id)),
        186..=188 => drop(c.restart(id)),
        189..=192 => c.compact(id),
        193..=195 if membership => drop(c.node(id).propose_conf_change(wish(dice))),
        193..=197 => drop(c.node(id).campaign()),
        _ => {
            let to = dice.node(c);
            c.node(id).transfer_leader(to);
            c.node(id).read_index(1);
        }
    }
}

/// Any message of those on their way; some get lost, some come twice.
fn deliver_one(c: &mut Cluster, dice: &mut Dice) {
    if c.network.is_empty() {
        return;
    }
    let at = dice.roll(c.network.len().min(8) as u64) as usize;
    let message = if dice.roll(30) == 0 { c.network[at].clone() } else { c.network.remove(at) };
    if dice.roll(30) > 0 {
        c.deliver(message);
    }
}

fn wish(dice: &mut Dice) -> ConfChange {
    let step = |dice: &mut Dice| {
        let id = dice.roll(5) + 1;
        match dice.roll(3) {
            0 => Change::AddLearner(id),
            1 => Change::Remove(id),
            _ => Change::AddVoter(id),
        }
    };
    let transition = if dice.roll(4) == 0 { Transition::Implicit } else { Transition::Auto };
    let changes = (0..dice.roll(3)).map(|_| step(dice)).collect();
    ConfChange { transition, changes, ..ConfChange::default() }
}

/// Settings that a seed picks.
pub(crate) fn settings(seed: u64) -> impl Fn(&mut Config) {
    move |config| {
        config.rng_seed = seed;
        config.pre_vote = seed & 1 > 0;
        config.check_quorum = seed & 2 > 0;
        config.message_bytes_max = if seed & 4 > 0 { 40 } else { u64::MAX };
        config.inflight_messages_max = if seed & 8 > 0 { 2 } else { 64 };
        config.committed_bytes_max = if seed & 16 > 0 { 30 } else { u64::MAX };
        config.announce_commits = seed & 32 > 0;
        config.dialect.answer_lower_terms = seed & 64 > 0;
        config.dialect.separate_heartbeats = seed & 128 > 0;
        config.dialect.matching_snapshot_keeps_log = seed & 256 > 0;
        config.forward_proposals = seed & 512 > 0;
    }
}

/// Plays one run; what fell, if anything did.
fn play(seed: u64, mut c: Cluster, membership: bool) -> Result<(), &'static str> {
    let (mut dice, mut witness) = (Dice(seed), Witness::default());
    for _ in 0..STEPS {
        happen(&mut c, &mut dice, membership);
        witness.look(&c)?;
    }
    Ok(())
}

#[test]
fn no_run_contradicts_figure_3() {
    for seed in 0..300 {
        let c = cluster_with(3 + 2 * (seed % 2), settings(seed * 37));
        assert_eq!(play(seed, c, false), Ok(()), "seed {seed}");
    }
}

#[test]
fn no_run_with_changing_configurations_contradicts_figure_3() {
    for seed in 0..300 {
        let c = cluster_with(5, settings(seed * 41));
        assert_eq!(play(seed, c, true), Ok(()), "seed {seed}");
    }
}

#[test]
fn no_run_in_which_configurations_take_effect_when_appended_contradicts_figure_3() {
    for seed in 0..300 {
        let c = cluster_with(5, |config| {
            settings(seed * 43)(config);
            config.dialect.conf_change_on_apply = false;
        });
        assert_eq!(play(seed, c, true), Ok(()), "seed {seed}");
    }
}

#[test]
fn every_run_recovers_once_nothing_goes_wrong_any_more() {
    for seed in 0..100 {
        let mut c = cluster_with(3, settings(seed * 53));
        let mut dice = Dice(seed);
        for _ in 0..400 {
            happen(&mut c, &mut dice, false);
        }
        for id in 1..=3 {
            c.restart(id);
        }
        c.network.clear();
        c.run(200);
        let leader = c.leader().expect("somebody leads");
        c.propose(leader, "after");
        c.settle().run(10);
        for id in 1..=3 {
            assert_eq!(c.commands(id).last().map(String::as_str), Some("after"), "seed {seed}, n{id}");
        }
    }
}

/// One after the other, each rule broken alone.
fn broken_rules() -> Vec<Rules> {
    let all = Rules::ALL;
    vec![
        Rules { one_vote_a_term: false, ..all },
        Rules { voter_checks_log: false, ..all },
        Rules { voter_compares_terms: false, ..all },
        Rules { commit_own_term_only: false, ..all },
        Rules { truncate_only_on_conflict: false, ..all },
        Rules { commit_clamped_to_match: false, ..all },
        Rules { stale_appends_refused: false, ..all },
        Rules { previous_entry_checked: false, ..all },
        Rules { conflicts_removed: false, ..all },
        Rules { acknowledge_after_sync: false, ..all },
        Rules { leader_counts_itself_after_sync: false, ..all },
        Rules { late_acks_confirm_nothing: false, ..all },
        Rules { quorum_is_majority: false, ..all },
        Rules { commit_needs_quorum: false, ..all },
        Rules { stale_votes_ignored: false, ..all },
        Rules { stale_append_answers_ignored: false, ..all },
        Rules { match_reset_on_election: false, ..all },
        Rules { reads_need_quorum_round: false, ..all },
        Rules { reads_wait_for_own_term_commit: false, ..all },
        Rules { read_rounds_are_unique: false, ..all },
        Rules { votes_wait_for_lease: false, ..all },
        Rules { conf_change_waits_for_own_term_commit: false, ..all },
        Rules { joint_left_only_when_committed: false, ..all },
        Rules { learners_do_not_count: false, ..all },
        Rules { only_committed_applied: false, ..all },
        Rules { compacted_is_not_conflict: false, ..all },
        Rules { commit_never_decreases: false, ..all },
        Rules { one_conf_change_at_a_time: false, ..all },
    ]
}

/// A cluster in which this rule does not hold.
fn broken(rules: Rules, seed: u64) -> Cluster {
    cluster_with(5, |config| {
        settings(seed * 59)(config);
        config.rules = rules;
        config.dialect.conf_change_on_apply = !seed.is_multiple_of(3);
    })
}

#[test]
fn a_broken_rule_makes_no_node_panic() {
    for (at, rules) in broken_rules().into_iter().enumerate() {
        for seed in 0..25 {
            let (mut c, mut dice) = (broken(rules, seed), Dice(seed + 1_000 * at as u64));
            for _ in 0..STEPS {
                happen(&mut c, &mut dice, true);
            }
        }
    }
}

#[test]
fn the_witness_sees_what_falls_with_a_rule() {
    let all = Rules::ALL;
    let rows = [
        (Rules { one_vote_a_term: false, ..all }, "Election Safety"),
        (Rules { voter_checks_log: false, ..all }, "Leader Completeness"),
        (Rules { previous_entry_checked: false, ..all }, "State Machine Safety"),
        (Rules { quorum_is_majority: false, ..all }, "Leader Completeness"),
        (Rules { commit_needs_quorum: false, ..all }, "Leader Completeness"),
    ];
    for (rules, what) in rows {
        let fell = (0..100).any(|seed| play(seed, broken(rules, seed), true) == Err(what));
        assert!(fell, "{what} did not fall");
    }
}
