//! Tests of the text form of actions.

use super::*;
use crate::command::Reading;
use crate::config::SETTING_US_MAX;
use crate::network::{Endpoint, ParcelKind};
use crate::rules::RULES;
use crate::time::TIME_MAX_US;
use proptest::prelude::*;

fn word() -> impl Strategy<Value = std::sync::Arc<str>> {
    "[a-zA-Z0-9_.~|>é中-]{1,12}".prop_map(Into::into)
}

fn command() -> impl Strategy<Value = Command> {
    prop_oneof![
        (word(), word()).prop_map(|(key, value)| Command::Put { key, value }),
        (word(), 0..4_usize).prop_map(|(key, how)| Command::Get { key, how: Reading::ALL[how] }),
        word().prop_map(|key| Command::Incr { key }),
        (word(), word(), word()).prop_map(|(key, old, new)| Command::Cas { key, old, new }),
    ]
}

fn path() -> impl Strategy<Value = Path> {
    (1..=9_u64, 1..=9_u64, any::<bool>())
        .prop_filter("two ends", |(a, b, _)| a != b)
        .prop_map(|(a, b, both)| if both { Path::Between(a, b) } else { Path::OneWay { from: a, to: b } })
}

fn groups() -> impl Strategy<Value = Vec<NodeSet>> {
    proptest::collection::vec(0..4_usize, 9).prop_map(|places| {
        let group = |g| (1..=9).zip(&places).filter(|&(_, &p)| p == g).map(|(node, _)| node).collect::<NodeSet>();
        let groups: Vec<NodeSet> = (1..4).map(group).filter(|set| !set.is_empty()).collect();
        if groups.is_empty() { vec![NodeSet::all(9)] } else { groups }
    })
}

fn losing() -> impl Strategy<Value = Losing> {
    prop_oneof![Just(Losing::All), (0..=1_000_000_u64).prop_map(Losing::Tail)]
}

fn quality() -> impl Strategy<Value = Quality> {
    let span = (0..=SETTING_US_MAX, 0..=SETTING_US_MAX).prop_map(|(a, b)| Span { min_us: a.min(b), max_us: a.max(b) });
    (proptest::option::of(span), 0..=100_u8, 0..=100_u8, any::<bool>()).prop_map(
        |(latency_us, loss_percent, duplicate_percent, reorders)| Quality {
            latency_us,
            loss_percent,
            duplicate_percent,
            reorders,
        },
    )
}

fn pattern() -> impl Strategy<Value = MessagePattern> {
    let end = || {
        let client = (1..=99_u64).prop_map(|n| Endpoint::Client(ClientId::new(n).unwrap()));
        proptest::option::of(prop_oneof![(1..=9_u64).prop_map(Endpoint::Node), client])
    };
    let kind = proptest::option::of((0..ParcelKind::ALL.len()).prop_map(|code| ParcelKind::ALL[code]));
    (end(), end(), kind, proptest::option::of(1..=999_999_999_u32)).prop_map(|(from, to, kind, ordinal)| {
        let ordinal = ordinal.filter(|_| from.is_some() && to.is_some() && kind.is_some());
        MessagePattern { from, to, kind, ordinal }
    })
}

fn membership() -> impl Strategy<Value = Membership> {
    let node = || 1..=9_u64;
    prop_oneof![
        node().prop_map(Membership::AddVoter),
        node().prop_map(Membership::AddLearner),
        node().prop_map(Membership::Promote),
        node().prop_map(Membership::Remove),
        (node(), node()).prop_map(|(old, new)| Membership::Replace { old, new }),
        groups().prop_map(|groups| Membership::Joint(groups[0])),
    ]
}

/// Any action at all.
pub(crate) fn any_action() -> impl Strategy<Value = Action> {
    let node = || 1..=9_u64;
    let client = || (1..=99_u64).prop_map(|n| ClientId::new(n).unwrap());
    prop_oneof![
        (node(), losing()).prop_map(|(node, losing)| Action::Crash { node, losing }),
        (proptest::option::of(path()), quality()).prop_map(|(path, quality)| Action::Link { path, quality }),
        (0..5_usize, pattern()).prop_map(|(fate, pattern)| Action::Meet { fate: Fate::ALL[fate], pattern }),
        (node(), 0..=SETTING_US_MAX).prop_map(|(node, sync_us)| Action::DiskSync { node, sync_us }),
        node().prop_map(|node| Action::DiskLose { node }),
        membership().prop_map(Action::Member),
        node().prop_map(|node| Action::Transfer { node }),
        (node(), 0..1_000_000_u64).prop_map(|(node, index)| Action::Next { node, index }),
        (node(), 0..1_000_000_u64).prop_map(|(node, index)| Action::Compact { node, index }),
        (0..RULES.len()).prop_map(|place| Action::Break { rule: RuleId::all().nth(place).unwrap() }),
        (0..RULES.len()).prop_map(|place| Action::Mend { rule: RuleId::all().nth(place).unwrap() }),
        (node(), 0..=RATE_PERCENT_MAX).prop_map(|(node, rate_percent)| Action::Clock { node, rate_percent }),
        node().prop_map(|node| Action::Tick { node }),
        (node(), word()).prop_map(|(node, word)| Action::Propose { node, word }),
        node().prop_map(|node| Action::Restart { node }),
        node().prop_map(|node| Action::Freeze { node }),
        node().prop_map(|node| Action::Thaw { node }),
        path().prop_map(Action::Cut),
        path().prop_map(|path| Action::Heal(Healing::Path(path))),
        node().prop_map(|node| Action::Heal(Healing::Node(node))),
        Just(Action::Heal(Healing::All)),
        groups().prop_map(|groups| Action::Partition { groups }),
        node().prop_map(|node| Action::Isolate { node }),
        node().prop_map(|node| Action::Timeout { node }),
        (node(), 0..=TIME_MAX_US).prop_map(|(node, length_us)| Action::Timer { node, length_us }),
        (client(), command(), proptest::option::of(node()), proptest::option::of(0..=LOAD_US_MAX))
            .prop_map(|(client, command, via, think_us)| Action::Client { client, command, via, think_us }),
        client().prop_map(|client| Action::EndLoop { client }),
        (client(), proptest::option::of(LOAD_US_MIN..=LOAD_US_MAX))
            .prop_map(|(client, every_us)| Action::Load { client, every_us }),
    ]
}

proptest! {
    /// Goal: one text form. Method: any action, printed and read.
    #[test]
    fn every_action_reads_back_from_its_text(action in any_action()) {
        let text = action.to_string();
        prop_assert_eq!(text.parse::<Action>(), Ok(action), "{}", text);
    }

    /// Goal: no text makes the reader panic. Method: words of the language in any order, and noise.
    #[test]
    fn no_text_is_fatal(text in "(crash|cut|heal|partition|client|load|loop|think|put|via|n1|n2>n3|c1|\\||,|>|[ -~]|\\PC){0,8}( ?(n1|x|1ms|off|\\||\\PC)){0,6}") {
        let _ = text.parse::<Action>();
    }
}

/// Goal: a node that is driven by hand does what is asked and nothing else. Method: clocks that stand still, then ticks.
#[test]
fn a_clock_that_stands_still_ticks_by_hand() {
    let mut world = crate::World::new(&crate::WorldConfig { nodes: 1, ..Default::default() }, 7).unwrap();
    let act = |world: &mut crate::World, text: &str| world.act(&text.parse().unwrap()).unwrap();
    act(&mut world, "clock n1 rate 0%");
    world.advance_to(TIME_MAX_US);
    assert_eq!((world.leader().is_some(), world.next_event_us()), (false, None));
    let mut world = crate::World::new(&crate::WorldConfig { nodes: 1, ..Default::default() }, 7).unwrap();
    act(&mut world, "clock n1 rate 0%");
    for _ in 0..30 {
        act(&mut world, "tick n1");
    }
    world.advance_to(1_000_000);
    let last = world.leader().expect("30 ticks of 10 ms are an election timeout").last_index();
    act(&mut world, "propose n1 e7");
    world.advance_to(2_000_000);
    let node = world.node(1);
    assert_eq!((node.last_index(), node.commit()), (last + 1, last + 1));
    assert!(world.trace().iter().any(|record| record.to_string().ends_with(": e7")), "the word is told");
    assert!(node.store().unwrap().get("e7").is_none() && world.violations().is_empty());
}

#[test]
fn faults_are_named_with_their_column() {
    for (text, column, part) in [
        ("", 1, "an action, such as crash n1, is missing"),
        ("explode n1", 1, "unknown action `explode`: an action begins with crash"),
        ("crash", 6, "a node, such as n1, is missing"),
        ("crash n0", 7, "`n0` is not a node: nodes are called n1 to n9"),
        ("restart n1 n2", 12, "`n2` is too much here"),
        ("cut n1>n1", 5, "a link has two ends"),
        ("cut n1>x", 8, "`x` is not a node"),
        ("partition n1,n2 | n2", 19, "n2 is named twice"),
        ("partition n1 |", 15, "is not a node"),
        ("timer n1 fast", 10, "not a duration"),
        ("client n1 put x 1", 8, "`n1` is not a client"),
        ("client c1 put x 1 via", 22, "a node, such as n1, is missing"),
        ("crash n1 losing", 16, "all, or tail"),
        ("crash n1 losing tail x", 22, "not a whole number"),
        ("link n1 n2", 11, "a quality is missing"),
        ("link all loss 101%", 15, "from 0% to 100%"),
        ("link all loss 5", 15, "from 0% to 100%"),
        ("hold n1", 6, "names no message"),
        ("drop n1>*.append.3", 6, "names no message"),
        ("drop n1>n2.letter", 6, "`letter` names no message"),
        ("member n6", 8, "is no change of members"),
        ("member add n6 king", 15, "should be voter or learner"),
        ("member joint n1,n1", 17, "n1 is named twice"),
        ("compact n1 x", 12, "not a whole number"),
        ("disk n1 sync 1000s", 14, "at most 10s"),
        ("break everything", 7, "`everything` is no rule that can be broken: one-vote-a-term"),
        ("clock n1 rate 1001%", 15, "from 0% to 1000%"),
        ("propose n1", 11, "the word to propose is missing"),
        ("load c1 1us", 9, "between 1ms and 60s"),
        ("loop c1", 8, "a command, such as put x 1, is missing"),
        ("loop c1 off x", 13, "`x` is too much here"),
        ("loop c1 get x think", 20, "a duration, such as 150ms, is missing"),
        ("loop c1 get x think 61s", 21, "between 0ms and 60s"),
        ("loop c1 get x think 1ms via n2", 25, "`via` is too much here"),
    ] {
        let error = text.parse::<Action>().unwrap_err();
        assert_eq!((error.line, error.column), (1, column), "{text}: {error}");
        assert!(error.message.contains(part), "{text}: {error}");
    }
}
