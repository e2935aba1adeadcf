//! The one event queue. Events come out in (time, sequence) order: what was scheduled first happens first within an instant,
//! on every machine.

/// A queue of events that are due at simulated times. Two events at one time come out in the order they were put in.
///
/// A sorted list: a world has some dozens of events ahead, and most are put in near one of the ends.
#[derive(Clone, Debug)]
pub struct Schedule<E> {
    /// The next one last.
    due: Vec<(u64, E)>,
}

impl<E> Default for Schedule<E> {
    fn default() -> Self {
        Schedule { due: Vec::new() }
    }
}

impl<E> Schedule<E> {
    /// Puts in an `event` that is due at `at_us`.
    pub fn at(&mut self, at_us: u64, event: E) {
        let place = self.due.partition_point(|(other_us, _)| *other_us > at_us);
        self.due.insert(place, (at_us, event));
    }

    /// When the next event is due, in µs; `None` when nothing is scheduled.
    #[must_use]
    pub fn next_us(&self) -> Option<u64> {
        self.due.last().map(|(at_us, _)| *at_us)
    }

    /// Takes out the next event and its time, in µs.
    pub fn pop(&mut self) -> Option<(u64, E)> {
        self.due.pop()
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
