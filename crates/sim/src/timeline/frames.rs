//! Keyframes: copies of the world to replay from, taken every so many events and shared with their neighbours.
//!
//! A frame belongs to the point of the history whose actions were done when it was taken, so that every branch finds its own
//! frames again. When there are too many, every other one goes and the distance doubles: memory stays bounded, and seeking
//! costs at most a little more.

use super::history::Point;
use crate::world::World;

/// At the beginning there is a keyframe every this many events.
const SPACING_EVENTS: u64 = 4_096;
/// There are never more keyframes than this.
const FRAMES_MAX: usize = 512;

/// The keyframes of all branches.
#[derive(Clone, Debug)]
pub(super) struct Frames {
    /// By point, and by time within a point.
    by_point: Vec<Vec<World>>,
    count: usize,
    spacing_events: u64,
}

impl Frames {
    pub(super) fn new() -> Frames {
        Frames { by_point: Vec::new(), count: 0, spacing_events: SPACING_EVENTS }
    }

    /// Takes a frame of the world at a point, if it is due.
    pub(super) fn offer(&mut self, point: Point, world: &World) {
        let number = |world: &World| world.events() / self.spacing_events;
        let is_due = match self.by_point.get(point).and_then(|frames| frames.last()) {
            Some(last) => number(last) < number(world),
            None => world.events().is_multiple_of(self.spacing_events),
        };
        if is_due {
            self.keep(point, world.keyframe());
        }
    }

    fn keep(&mut self, point: Point, frame: World) {
        if self.by_point.len() <= point {
            self.by_point.resize_with(point + 1, Vec::new);
        }
        self.by_point[point].push(frame);
        self.count += 1;
        if self.count > FRAMES_MAX {
            self.thin();
        }
    }

    /// Drops about every other frame; the first one of all stays.
    fn thin(&mut self) {
        self.spacing_events *= 2;
        for frames in &mut self.by_point {
            let mut places = 0..;
            frames.retain(|_| places.next().is_some_and(|place: usize| place.is_multiple_of(2)));
        }
        let count = |by_point: &[Vec<World>]| by_point.iter().map(Vec::len).sum();
        self.count = count(&self.by_point);
        if self.count > FRAMES_MAX / 2 + FRAMES_MAX / 4 {
            // Many branches with a frame or two each: they can do without.
            self.by_point.truncate(1);
            self.count = count(&self.by_point);
        }
    }

    /// How many there are, and how many events lie between two of them.
    #[cfg(test)]
    pub(super) fn count_and_spacing(&self) -> (usize, u64) {
        (self.count, self.spacing_events)
    }

    /// The latest frame of a point for which `is_early` holds; it holds for all before one for which it holds.
    pub(super) fn latest(&self, point: Point, is_early: impl Fn(&World) -> bool) -> Option<&World> {
        let frames = self.by_point.get(point)?;
        let early = frames.partition_point(is_early);
        early.checked_sub(1).map(|last| &frames[last])
    }
}
