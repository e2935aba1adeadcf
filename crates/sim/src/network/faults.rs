//! What can be done to messages on their way, and to the quality of links.

use super::{Endpoint, Flight, FlightKey, MessagePattern, Network};
use crate::action::{Fate, Quality};
use raft_core::NodeId;

impl Network {
    /// Sets the quality of one direction of a link, for messages that leave from now on.
    pub(crate) fn set_quality(&mut self, from: NodeId, to: NodeId, quality: Quality) {
        self.way(Endpoint::Node(from), Endpoint::Node(to)).quality = quality;
    }

    /// Whether anything would happen to any message.
    pub(crate) fn can_meet(&self, fate: Fate, pattern: &MessagePattern) -> bool {
        let any =
            |which: fn(&Flight) -> bool| self.flights().any(|flight| pattern.matches(&flight.id) && which(flight));
        match fate {
            Fate::Hold => pattern.ordinal.is_none() || any(|flight| flight.held_since_us.is_none()),
            Fate::Release => self.holds.contains(pattern) || any(|flight| flight.held_since_us.is_some()),
            Fate::Drop | Fate::Duplicate | Fate::Deliver => any(|flight| !flight.doomed),
        }
    }

    /// Lets a fate meet every message in flight that matches. Returns the flights whose end has moved.
    pub(crate) fn meet(&mut self, fate: Fate, pattern: MessagePattern, now_us: u64) -> Vec<FlightKey> {
        match fate {
            Fate::Hold if pattern.ordinal.is_none() && !self.holds.contains(&pattern) => self.holds.push(pattern),
            Fate::Release => self.holds.retain(|hold| *hold != pattern),
            Fate::Hold | Fate::Drop | Fate::Duplicate | Fate::Deliver => {}
        }
        let mut keys: Vec<FlightKey> = Vec::new();
        for (key, flight) in self.flights.iter() {
            if pattern.matches(&flight.id) {
                keys.push(*key);
            }
        }
        let mut moved = Vec::new();
        for key in keys {
            moved.extend(self.meet_one(fate, key, now_us));
        }
        moved
    }

    fn meet_one(&mut self, fate: Fate, key: FlightKey, now_us: u64) -> Option<FlightKey> {
        let flight = self.flights.get_mut(&key).expect("a flight that was just found");
        match fate {
            Fate::Hold => {
                flight.held_since_us.get_or_insert(now_us);
                return None;
            }
            Fate::Release => {
                let since_us = flight.held_since_us.take()?;
                flight.waited_us += now_us - since_us;
                flight.arrive_us = flight.arrive_us.max(since_us) + (now_us - since_us);
            }
            Fate::Drop => {
                (flight.doomed, flight.dropped, flight.held_since_us) = (true, true, None);
                flight.arrive_us = now_us;
            }
            Fate::Deliver => {
                flight.held_since_us = None;
                flight.arrive_us = now_us;
            }
            Fate::Duplicate => {
                let (id, parcel) = (flight.id, flight.parcel.clone());
                return self.depart(id.from, id.to, parcel, now_us);
            }
        }
        Some(key)
    }
}
