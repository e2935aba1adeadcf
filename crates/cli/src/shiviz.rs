//! The trace with vector clocks, as ShiViz draws it: an event knows which events of other hosts it can have heard of.
//!
//! A message that leaves carries its sender's clock; one that arrives brings it to the receiver.

use std::collections::{BTreeMap, BTreeSet};

use raftarium_sim::World;
use raftarium_sim::network::MessageId;
use raftarium_sim::trace::Record;

type Clock = BTreeMap<String, u64>;

/// The clocks of all hosts and of all messages in flight.
pub(crate) struct Shiviz {
    clocks: BTreeMap<String, Clock>,
    in_flight: BTreeMap<MessageId, (Clock, bool)>,
}

impl Shiviz {
    /// What ShiViz needs to read the lines, before them.
    pub(crate) const HEADER: &str = "(?<host>\\S+) (?<clock>\\{.*\\})\\n(?<event>.*)\n";

    pub(crate) fn new(world: &World) -> Shiviz {
        let mut shiviz = Shiviz { clocks: BTreeMap::new(), in_flight: BTreeMap::new() };
        shiviz.observe(world);
        shiviz
    }

    /// Looks at what left and what arrived in the latest event.
    pub(crate) fn observe(&mut self, world: &World) {
        let now: BTreeSet<MessageId> = world.messages_in_flight().map(|flight| flight.id).collect();
        let gone: Vec<MessageId> = self.in_flight.keys().filter(|id| !now.contains(id)).copied().collect();
        for id in gone {
            let (sent, doomed) = self.in_flight.remove(&id).unwrap_or_default();
            if !doomed {
                let mine = self.clocks.entry(id.to.to_string()).or_default();
                for (host, count) in sent {
                    let known = mine.entry(host).or_default();
                    *known = count.max(*known);
                }
            }
        }
        for flight in world.messages_in_flight() {
            let clock = self.clocks.get(&flight.id.from.to_string()).cloned().unwrap_or_default();
            let (_, doomed) = self.in_flight.entry(flight.id).or_insert((clock, false));
            *doomed = flight.doomed;
        }
    }

    /// The two lines of a record that is about one host.
    pub(crate) fn line(&mut self, record: &Record) -> Option<String> {
        let host = record.what.who()?.to_string();
        let clock = self.clocks.entry(host.clone()).or_default();
        *clock.entry(host.clone()).or_default() += 1;
        let entries: Vec<String> = clock.iter().map(|(host, count)| format!("\"{host}\":{count}")).collect();
        Some(format!("{host} {{{}}}\n{record}", entries.join(",")))
    }
}
