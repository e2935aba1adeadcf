//! From the world's public state to the view model: a copy, field by field, that decides nothing.

mod feed;
mod message;
mod node;

use raftarium_sim::World;
use raftarium_sim::checks::{CheckState, Property, Violation};
use raftarium_sim::client::Client;
use raftarium_sim::config::Warning;
use raftarium_sim::world::LinkState;

use crate::view::{
    CheckName, CheckView, ClientState, ClientView, LinkView, TimingView, View, ViolationView, WarningView,
};

pub(crate) use feed::events;

/// Which part of the logs a view shows: columns, as in the ledger.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Window {
    /// The first index shown; `None` for the newest.
    pub(crate) from: Option<u64>,
    /// How many indexes, at least 1.
    pub(crate) columns: u64,
}

impl Window {
    /// The first and the last index shown of logs whose longest ends at `last`.
    fn bounds(self, last: u64) -> (u64, u64) {
        let from = self.from.unwrap_or((last + 1).saturating_sub(self.columns)).max(1);
        (from, from.saturating_add(self.columns - 1))
    }
}

/// The whole view model of this instant.
pub(crate) fn view(world: &World, window: Window) -> View {
    let config = world.config();
    let last = world.nodes().iter().map(|node| node.last_index()).max().unwrap_or(0);
    let (log_from, log_to) = window.bounds(last);
    View {
        now_us: world.now_us(),
        seq: record_number(world.trace().next_seq()),
        seed: world.seed().to_string(),
        quorum: u32::try_from(world.quorum()).unwrap_or(u32::MAX),
        log_from,
        log_to,
        nodes: world.nodes().iter().map(|node| node::view(world, node, log_from, log_to)).collect(),
        links: world.links().map(link).collect(),
        messages: world.messages_in_flight().map(message::view).collect(),
        clients: world.clients().iter().map(client).collect(),
        checks: world.checks().map(check).collect(),
        warnings: world.warnings().into_iter().map(warning).collect(),
        next_event_us: world.next_event_us(),
        timing: TimingView {
            tick_us: config.tick_us,
            heartbeat_us: config.heartbeat_us,
            election_min_us: config.election_us.min_us,
            election_max_us: config.election_us.max_us,
        },
    }
}

/// `n1`.
fn name(node: u64) -> String {
    format!("n{node}")
}

/// A record's number; a run that outgrew 32 bits would have taken years to watch.
fn record_number(seq: u64) -> u32 {
    u32::try_from(seq).unwrap_or(u32::MAX)
}

fn link(link: LinkState) -> LinkView {
    let (a, b) = (name(link.a), name(link.b));
    LinkView { id: format!("{a}-{b}"), a, b, cut_ab: link.cut_ab, cut_ba: link.cut_ba }
}

fn client(client: &Client) -> ClientView {
    let asking = client.asking();
    let answered = client.answered();
    let state = match (asking, answered) {
        (Some(_), _) => ClientState::Waiting,
        (None, Some(_)) => ClientState::Done,
        (None, None) => ClientState::Idle,
    };
    let command = asking.map(|asking| &asking.command).or(answered.map(|answered| &answered.command));
    ClientView {
        id: client.id().to_string(),
        state,
        node: asking.and_then(|asking| asking.node).map(name),
        command: command.map(ToString::to_string),
        since_us: asking.map(|asking| asking.since_us).or(answered.map(|answered| answered.since_us)).unwrap_or(0),
        attempt: asking.map(|asking| asking.attempt).or(answered.map(|answered| answered.attempt)).unwrap_or(0),
        result: answered.map(|answered| answered.outcome.to_string()),
        queued: u32::try_from(client.queued()).unwrap_or(u32::MAX),
    }
}

fn check_name(property: Property) -> CheckName {
    match property {
        Property::ElectionSafety => CheckName::ElectionSafety,
        Property::LeaderAppendOnly => CheckName::LeaderAppendOnly,
        Property::LogMatching => CheckName::LogMatching,
        Property::LeaderCompleteness => CheckName::LeaderCompleteness,
        Property::StateMachineSafety => CheckName::StateMachineSafety,
    }
}

fn check(state: CheckState<'_>) -> CheckView {
    CheckView { name: check_name(state.property), violation: state.violation.map(violation) }
}

fn violation(violation: &Violation) -> ViolationView {
    ViolationView {
        at_us: violation.at_us,
        text: violation.text.clone(),
        nodes: violation.nodes.iter().map(|&node| name(node)).collect(),
        index: violation.index,
    }
}

fn warning(warning: Warning) -> WarningView {
    match warning {
        Warning::HeartbeatTooSlow { heartbeat_us, election_min_us } => {
            WarningView::HeartbeatTooSlow { heartbeat_us, election_min_us }
        }
        Warning::RoundTooSlow { round_us, election_min_us } => WarningView::RoundTooSlow { round_us, election_min_us },
        Warning::TimeoutsAlike { election_us } => WarningView::TimeoutsAlike { election_us },
    }
}
