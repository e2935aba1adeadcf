//! From the world's public state to the view model: a copy, field by field, that decides nothing.

mod feed;
mod message;
mod node;
mod note;

use raftarium_sim::World;
use raftarium_sim::checks::{CheckState, Property, Violation};
use raftarium_sim::client::Client;
use raftarium_sim::config::Warning;
use raftarium_sim::world::LinkState;

use crate::plain::{List, Text, list};
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
pub(crate) fn view(world: &World, window: Window) -> View<'_> {
    let config = world.config();
    let last = world.nodes().iter().map(|node| node.last_index()).max().unwrap_or(0);
    let (log_from, log_to) = window.bounds(last);
    let conf = world.configuration();
    let (messages, messages_more) = message::views(world);
    View {
        now_us: world.now_us(),
        seq: record_number(world.trace().next_seq()),
        seed: Text::Decimal(world.seed()),
        quorum: u32::try_from(world.quorum()).unwrap_or(u32::MAX),
        log_from,
        log_to,
        nodes: list(world.nodes().iter().map(|node| node::view(world, &conf, node, log_from, log_to))),
        links: list(world.links().map(link)),
        messages,
        messages_more,
        clients: list(world.clients().iter().map(client)),
        checks: list(world.checks().map(check)),
        warnings: list(world.warnings().into_iter().map(warning)),
        next_event_us: world.next_event_us(),
        stalled_us: world.stalled_since_us(),
        timing: TimingView {
            tick_us: config.tick_us,
            heartbeat_us: config.heartbeat_us,
            election_min_us: config.election_us.min_us,
            election_max_us: config.election_us.max_us,
        },
    }
}

/// A record's number; a run that outgrew 32 bits would have taken years to watch.
fn record_number(seq: u64) -> u32 {
    u32::try_from(seq).unwrap_or(u32::MAX)
}

fn link(link: LinkState) -> LinkView<'static> {
    LinkView {
        id: Text::Pair(link.a, link.b),
        a: Text::Node(link.a),
        b: Text::Node(link.b),
        cut_a_b: link.cut_ab,
        cut_b_a: link.cut_ba,
    }
}

fn client(client: &Client) -> ClientView<'_> {
    let asking = client.asking();
    let answered = client.answered();
    let state = match (asking, answered) {
        (Some(_), _) => ClientState::Waiting,
        (None, Some(_)) => ClientState::Done,
        (None, None) => ClientState::Idle,
    };
    let command = asking.map(|asking| &asking.command).or(answered.map(|answered| &answered.command));
    ClientView {
        id: Text::Client(client.id().number()),
        state,
        node: asking.and_then(|asking| asking.node).map(Text::Node),
        command: command.map(|command| Text::Shown(command)),
        since_us: asking.map(|asking| asking.since_us).or(answered.map(|answered| answered.since_us)).unwrap_or(0),
        attempt: asking.map(|asking| asking.attempt).or(answered.map(|answered| answered.attempt)).unwrap_or(0),
        result: answered.map(|answered| Text::Shown(&answered.outcome)),
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
        Property::OneVote => CheckName::OneVote,
        Property::AcknowledgedDurable => CheckName::AcknowledgedDurable,
        Property::CommitMonotonic => CheckName::CommitMonotonic,
        Property::Linearizability => CheckName::Linearizability,
        Property::ExactlyOnce => CheckName::ExactlyOnce,
    }
}

fn check(state: CheckState<'_>) -> CheckView<'_> {
    CheckView { name: check_name(state.property), violation: state.violation.map(violation) }
}

fn violation(violation: &Violation) -> ViolationView<'_> {
    ViolationView {
        at_us: violation.at_us,
        text: Text::Words(&violation.text),
        nodes: names(&violation.nodes),
        index: violation.index,
    }
}

/// Names of nodes.
fn names(nodes: &[u64]) -> List<Text<'static>> {
    list(nodes.iter().map(|&node| Text::Node(node)))
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
