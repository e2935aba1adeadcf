//! Raft's properties hold in every order of events within small bounds, and fall when a rule is broken.

use std::collections::BTreeSet;

use raft_core::Rules;
use raft_model::{Bounds, Cluster, explore};
use stateright::{Checker, HasDiscoveries, Model};

#[test]
fn two_terms_and_a_command() {
    explore("two terms, a command", Bounds::SMALL);
}

#[test]
fn two_terms_and_a_command_with_duplicates() {
    explore("two terms, a command, duplicates", Bounds { duplicates: true, ..Bounds::SMALL });
}

#[test]
fn three_terms() {
    explore("three terms", Bounds { term_max: 3, campaigns_max: Some(3), proposals_max: 0, ..Bounds::SMALL });
}

#[test]
fn one_term_in_which_nodes_restart_twice() {
    let bounds = Bounds { term_max: 1, restarts_max: 2, ..Bounds::SMALL };
    let checker = Cluster(bounds).checker().threads(1).spawn_bfs().join();
    println!("one term, two restarts: {} states", checker.unique_state_count());
    // Nobody can succeed a leader in one term; everything else is as above.
    let fallen: Vec<_> = checker.discoveries().into_keys().filter(|name| name.contains(' ')).collect();
    assert_eq!(fallen.iter().copied().collect::<BTreeSet<_>>(), BTreeSet::from(["a command is committed"]));
}

/// With a rule broken there is a way to break the property that the rule holds up, and it is found.
fn falls(property: &'static str, rules: Rules) {
    let wanted = HasDiscoveries::AllOf(BTreeSet::from([property]));
    let checker =
        Cluster(Bounds { rules, ..Bounds::SMALL }).checker().threads(1).finish_when(wanted).spawn_bfs().join();
    println!("{property} fell after {} states", checker.unique_state_count());
    let path = checker.assert_any_discovery(property);
    println!("{:#?}", path.into_actions());
}

#[test]
fn two_votes_a_term_elect_two_leaders() {
    falls("Election Safety", Rules { one_vote_a_term: false, ..Rules::ALL });
}

#[test]
fn half_a_cluster_is_no_quorum() {
    falls("Election Safety", Rules { quorum_is_majority: false, ..Rules::ALL });
}

#[test]
fn voters_that_do_not_compare_logs_elect_a_leader_without_what_is_committed() {
    falls("Leader Completeness", Rules { voter_checks_log: false, ..Rules::ALL });
}

#[test]
fn one_match_is_not_enough_to_commit() {
    falls("Leader Completeness", Rules { commit_needs_quorum: false, ..Rules::ALL });
}

/// Thesis 9.6.
#[test]
fn two_terms_with_pre_votes() {
    let bounds = Bounds { pre_vote: true, campaigns_max: Some(2), proposals_max: 0, ..Bounds::SMALL };
    explore("two terms, pre-votes", bounds);
}

/// Thesis 6.2 and 6.4.1: nobody succeeds a leader before a lease has ended, and leaders step down.
#[test]
fn two_terms_with_a_check_of_the_quorum() {
    let bounds = Bounds { waits_max: 1, campaigns_max: Some(2), proposals_max: 0, ..Bounds::SMALL };
    explore("two terms, a lease that ends", bounds);
}
