//! A leader's book about a follower: `StateReplicate match=11 next=15 paused inflight=3[full]`.

use raft_core::{ProgressState, ProgressView, Role};

/// One follower's line.
pub fn progress(progress: &ProgressView) -> String {
    let state = match progress.state {
        ProgressState::Probe => "StateProbe",
        ProgressState::Replicate => "StateReplicate",
        ProgressState::Snapshot => "StateSnapshot",
    };
    let mut text = format!("{state} match={} next={}", progress.match_index, progress.next_index);
    if progress.learner {
        text.push_str(" learner");
    }
    if progress.paused {
        text.push_str(" paused");
    }
    if progress.pending_snapshot > 0 {
        text.push_str(&format!(" pendingSnap={}", progress.pending_snapshot));
    }
    if !progress.recent_active {
        text.push_str(" inactive");
    }
    if progress.inflight > 0 {
        let full = if progress.inflight_full { "[full]" } else { "" };
        text.push_str(&format!(" inflight={}{full}", progress.inflight));
    }
    text
}

/// A role's name.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Follower => "StateFollower",
        Role::PreCandidate => "StatePreCandidate",
        Role::Candidate => "StateCandidate",
        Role::Leader => "StateLeader",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_only_what_is_out_of_the_ordinary() {
        let mut view = ProgressView { match_index: 4, next_index: 5, recent_active: true, ..ProgressView::default() };
        assert_eq!(progress(&view), "StateProbe match=4 next=5");
        view = ProgressView { state: ProgressState::Snapshot, pending_snapshot: 7, paused: true, ..view };
        assert_eq!(progress(&view), "StateSnapshot match=4 next=5 paused pendingSnap=7");
        view = ProgressView {
            state: ProgressState::Replicate,
            pending_snapshot: 0,
            learner: true,
            recent_active: false,
            inflight: 2,
            inflight_full: true,
            ..view
        };
        assert_eq!(progress(&view), "StateReplicate match=4 next=5 learner paused inactive inflight=2[full]");
    }
}
