//! A list that grows at its end and is cheap to copy: chunks of 128 items, shared between copies until one of them writes.
//!
//! The checkers keep their notes in such lists, so that a keyframe of a long run costs a few pointers, not its history.

use std::sync::Arc;

const CHUNK_ITEMS: usize = 128;

/// A list of shared chunks. All chunks but the last are full.
#[derive(Clone, Debug)]
pub(crate) struct Chunks<T> {
    chunks: Vec<Arc<Vec<T>>>,
    len: usize,
}

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Chunks { chunks: Vec::new(), len: 0 }
    }
}

impl<T: Clone> Chunks<T> {
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn get(&self, place: usize) -> Option<&T> {
        self.chunks.get(place / CHUNK_ITEMS)?.get(place % CHUNK_ITEMS)
    }

    pub(crate) fn get_mut(&mut self, place: usize) -> Option<&mut T> {
        Arc::make_mut(self.chunks.get_mut(place / CHUNK_ITEMS)?).get_mut(place % CHUNK_ITEMS)
    }

    pub(crate) fn last(&self) -> Option<&T> {
        self.len.checked_sub(1).and_then(|last| self.get(last))
    }

    pub(crate) fn push(&mut self, item: T) {
        if self.len.is_multiple_of(CHUNK_ITEMS) {
            self.chunks.push(Arc::new(Vec::with_capacity(CHUNK_ITEMS)));
        }
        let chunk = self.chunks.last_mut().expect("a chunk with room was just made sure of");
        Arc::make_mut(chunk).push(item);
        self.len += 1;
    }

    /// Keeps the first `len` items. Does nothing if there are no more than that.
    pub(crate) fn truncate(&mut self, len: usize) {
        if len >= self.len {
            return;
        }
        self.chunks.truncate(len.div_ceil(CHUNK_ITEMS));
        if !len.is_multiple_of(CHUNK_ITEMS) {
            let last = self.chunks.last_mut().expect("a partial chunk was kept");
            Arc::make_mut(last).truncate(len % CHUNK_ITEMS);
        }
        self.len = len;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Clone, Debug)]
    enum Step {
        Push(u8, u16),
        Truncate(usize),
        Write(usize, u8),
        Copy,
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            (any::<u8>(), 1..200_u16).prop_map(|(item, times)| Step::Push(item, times)),
            (0..600_usize).prop_map(Step::Truncate),
            (0..600_usize, any::<u8>()).prop_map(|(place, item)| Step::Write(place, item)),
            Just(Step::Copy),
        ]
    }

    proptest! {
        /// Goal: a plain `Vec` with cheap copies. Method: the same steps on a `Vec`; older copies must not change.
        #[test]
        fn chunks_behave_like_a_vec(steps in proptest::collection::vec(step(), 0..20)) {
            let (mut chunks, mut twin) = (Chunks::default(), Vec::new());
            let mut copies = Vec::new();
            for step in steps {
                match step {
                    Step::Push(item, times) => for _ in 0..times {
                        chunks.push(item);
                        twin.push(item);
                    },
                    Step::Truncate(len) => {
                        chunks.truncate(len);
                        twin.truncate(len);
                    }
                    Step::Write(place, item) => {
                        if let Some(slot) = chunks.get_mut(place) { *slot = item; }
                        if let Some(slot) = twin.get_mut(place) { *slot = item; }
                    }
                    Step::Copy => copies.push((chunks.clone(), twin.clone())),
                }
            }
            copies.push((chunks, twin));
            for (chunks, twin) in copies {
                prop_assert_eq!(chunks.len(), twin.len());
                prop_assert_eq!(chunks.last(), twin.last());
                prop_assert!((0..=twin.len()).all(|place| chunks.get(place) == twin.get(place)));
            }
        }
    }
}
