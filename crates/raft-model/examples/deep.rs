//! Larger bounds than the suite's, for a machine with minutes and gigabytes: `cargo run --release -p raft-model --example deep`.

use raft_model::{Bounds, explore};

fn main() {
    explore("three terms", Bounds { term_max: 3, proposals_max: 0, ..Bounds::SMALL });
    explore("two terms, announced", Bounds { announce_commits: true, ..Bounds::SMALL });
    explore("two terms, a command, pre-votes", Bounds { pre_vote: true, campaigns_max: Some(2), ..Bounds::SMALL });
    let waits = Bounds { waits_max: 2, campaigns_max: Some(3), proposals_max: 0, ..Bounds::SMALL };
    explore("two terms, leases that end", Bounds { pre_vote: true, ..waits });
    explore("two terms, two commands", Bounds { proposals_max: 2, log_max: 3, ..Bounds::SMALL });
}
