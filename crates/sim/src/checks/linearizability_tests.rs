//! The checker agrees with a slow twin that tries every order, on thousands of small random histories.

use super::*;
use proptest::prelude::*;

/// One command of a history: who, what, when it was asked and answered, and with what; `None` if it never was.
#[derive(Clone, Debug)]
struct Op {
    client: ClientId,
    command: Command,
    asked: usize,
    answered: Option<(usize, Outcome)>,
}

fn command(kind: u8, value: u8) -> Command {
    let (key, value): (Arc<str>, Arc<str>) = ("x".into(), value.to_string().into());
    match kind {
        0 => Command::Put { key, value },
        1 => Command::Get { key, how: Default::default() },
        2 => Command::Incr { key },
        _ => Command::Cas { key, old: value, new: "2".into() },
    }
}

/// The slow twin: whether some order of all answered and some of the open commands explains every answer.
fn some_order_explains(ops: &[Op], used: u32, value: Option<&Arc<str>>) -> bool {
    let left = || ops.iter().enumerate().filter(|(at, _)| used & 1 << at == 0);
    if left().all(|(_, op)| op.answered.is_none()) {
        return true;
    }
    left().any(|(at, op)| {
        let before_all = left().all(|(_, other)| other.answered.as_ref().is_none_or(|(end, _)| *end > op.asked));
        let (came_to, new) = op.command.on(value);
        let fits = op.answered.as_ref().is_none_or(|(_, outcome)| *outcome == came_to);
        before_all && fits && some_order_explains(ops, used | 1 << at, new.as_ref().or(value))
    })
}

/// Plays random steps of three clients against a store that sometimes answers out of its past.
fn history(steps: &[(u64, u8, u8, bool)]) -> Vec<Op> {
    let mut ops: Vec<Op> = Vec::new();
    let mut values: Vec<Option<Arc<str>>> = vec![None];
    for (time, (client, kind, value, stale)) in steps.iter().enumerate() {
        let client = ClientId::new(client % 3 + 1).unwrap();
        let open = ops.iter_mut().find(|op| op.client == client && op.answered.is_none());
        let Some(op) = open else {
            ops.push(Op { client, command: command(kind % 4, value % 3), asked: time, answered: None });
            continue;
        };
        let back = if *stale { 2 } else { 1 };
        let seen = values[values.len().saturating_sub(back)].clone();
        let (outcome, new) = op.command.on(seen.as_ref());
        op.answered = Some((time, outcome));
        values.extend(new.map(Some));
    }
    ops
}

/// What the checker says of the history: whether every answer was explained.
fn checker_explains(ops: &[Op]) -> bool {
    let mut register = Register { key: "x".into(), open: Vec::new(), states: vec![State::default()], latest: None };
    let mut moments: Vec<(usize, &Op, bool)> = Vec::new();
    for op in ops {
        moments.push((op.asked, op, false));
        moments.extend(op.answered.iter().map(|(end, _)| (*end, op, true)));
    }
    moments.sort_by_key(|(time, ..)| *time);
    moments.into_iter().all(|(_, op, ends)| match &op.answered {
        Some((_, outcome)) if ends => register.answered(op.client, outcome),
        Some(_) | None => {
            register.asked(op.client, &op.command);
            true
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    /// Goal: the quick checker is right. Method: the twin tries every order; histories of up to 8 commands of 3 clients.
    #[test]
    fn the_checker_agrees_with_a_search_through_all_orders(
        steps in proptest::collection::vec((0..3_u64, 0..4_u8, 0..3_u8, proptest::bool::weighted(0.2)), 0..16)
    ) {
        let ops = history(&steps);
        prop_assert_eq!(checker_explains(&ops), some_order_explains(&ops, 0, None), "{:#?}", ops);
    }
}

/// Goal: the random histories test both answers. Method: fixed ones, the classic stale read among them.
#[test]
fn a_read_from_the_past_is_not_explained_and_a_concurrent_one_is() {
    let op = |client, command, asked, end, outcome| Op {
        client: ClientId::new(client).unwrap(),
        command,
        asked,
        answered: Some((end, outcome)),
    };
    let one = || Outcome::Value(Some("1".into()));
    let put = |asked, end| op(1, command(0, 1), asked, end, Outcome::Stored);
    let later = op(2, command(0, 2), 2, 3, Outcome::Stored);
    let stale = vec![put(0, 1), later.clone(), op(3, command(1, 0), 4, 5, one())];
    assert!(!checker_explains(&stale) && !some_order_explains(&stale, 0, None));
    let concurrent = vec![put(0, 1), later, op(3, command(1, 0), 2, 5, one())];
    assert!(checker_explains(&concurrent) && some_order_explains(&concurrent, 0, None));
}

/// Goal: a read that nobody answers costs little, however much is written meanwhile. Method: 10,000 answers beside one, and the state
/// that is left; a read of what never was is still found out while its values can be kept.
#[test]
fn a_read_that_stays_open_makes_no_states() {
    let [writer, reader] = [1, 2].map(|id| ClientId::new(id).unwrap());
    let mut register = Register { key: "x".into(), open: Vec::new(), states: vec![State::default()], latest: None };
    register.asked(reader, &command(1, 0));
    for count in 1..=10_000 {
        register.asked(writer, &command(2, 0));
        assert!(register.answered(writer, &Outcome::Counted(count)));
        assert_eq!(register.states.len(), 1);
        assert!(register.states[0].reads[0].1.len() <= VALUES_MAX);
        if count == 100 {
            let found = |value: &str| register.clone().answered(reader, &Outcome::Value(Some(value.into())));
            assert!(found("1") && found("57") && found("100") && !found("101"));
        }
    }
    assert!(register.answered(reader, &Outcome::Value(Some("57".into()))), "too much to keep explains anything");
}
