//! The one event queue. Events come out in (time, sequence) order: what was scheduled first happens first within an instant,
//! on every machine.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A queue of events that are due at simulated times. Two events at one time come out in the order they were put in.
#[derive(Clone, Debug)]
pub struct Schedule<E> {
    due: BinaryHeap<Reverse<Due<E>>>,
    sequence: u64,
}

#[derive(Clone, Debug)]
struct Due<E> {
    at_us: u64,
    sequence: u64,
    event: E,
}

impl<E> Due<E> {
    fn key(&self) -> (u64, u64) {
        (self.at_us, self.sequence)
    }
}

impl<E> PartialEq for Due<E> {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl<E> Eq for Due<E> {}

impl<E> PartialOrd for Due<E> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<E> Ord for Due<E> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

impl<E> Default for Schedule<E> {
    fn default() -> Self {
        Schedule { due: BinaryHeap::new(), sequence: 0 }
    }
}

impl<E> Schedule<E> {
    /// Puts in an `event` that is due at `at_us`.
    pub fn at(&mut self, at_us: u64, event: E) {
        self.due.push(Reverse(Due { at_us, sequence: self.sequence, event }));
        self.sequence += 1;
    }

    /// When the next event is due, in µs; `None` when nothing is scheduled.
    #[must_use]
    pub fn next_us(&self) -> Option<u64> {
        self.due.peek().map(|Reverse(due)| due.at_us)
    }

    /// Takes out the next event and its time, in µs.
    pub fn pop(&mut self) -> Option<(u64, E)> {
        self.due.pop().map(|Reverse(due)| (due.at_us, due.event))
    }

    /// How many events are scheduled.
    #[must_use]
    pub fn len(&self) -> usize {
        self.due.len()
    }

    /// True when nothing is scheduled.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.due.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Goal: time first, then the order of putting in. Method: a shuffled schedule against a stable sort.
    #[test]
    fn events_come_out_in_time_and_sequence_order() {
        let times = [30, 10, 20, 10, 30, 0, 10];
        let mut schedule = Schedule::default();
        for (number, &at_us) in times.iter().enumerate() {
            schedule.at(at_us, number);
        }
        let mut expected: Vec<(u64, usize)> = times.iter().copied().zip(0..).collect();
        expected.sort_by_key(|&(at_us, _)| at_us);
        assert_eq!(schedule.next_us(), Some(0));
        let taken: Vec<(u64, usize)> = std::iter::from_fn(|| schedule.pop()).collect();
        assert_eq!(taken, expected);
        assert!(schedule.is_empty());
    }
}
