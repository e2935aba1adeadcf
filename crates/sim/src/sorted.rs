//! A map as a sorted list: for few keys, or for keys that mostly come in order.
//!
//! It does what a `BTreeMap` would here, is as fast, and takes far less code: each use of a `BTreeMap` is six kilobytes of
//! the module that every visitor of the page loads.

use std::borrow::Borrow;

/// A map from keys to values, in the order of the keys.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct SortedMap<K, V>(Vec<(K, V)>);

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        SortedMap(Vec::new())
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    /// Where the key is, or where it would have to be put.
    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.0.binary_search_by(|(other, _)| other.borrow().cmp(key))
    }

    pub(crate) fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().map(|at| &self.0[at].1)
    }

    pub(crate) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.place(key).ok().map(|at| &mut self.0[at].1)
    }

    /// Sets the value of a key, new or not.
    pub(crate) fn insert(&mut self, key: K, value: V) {
        match self.place(&key) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => self.0.insert(at, (key, value)),
        }
    }

    /// The value of a key; `value` is put there if there is none.
    pub(crate) fn get_or_insert(&mut self, key: K, value: V) -> &mut V {
        let at = match self.place(&key) {
            Ok(at) => at,
            Err(at) => {
                self.0.insert(at, (key, value));
                at
            }
        };
        &mut self.0[at].1
    }

    pub(crate) fn remove(&mut self, key: &K) -> Option<V> {
        self.place(key).ok().map(|at| self.0.remove(at).1)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// All keys and values, by key.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, (K, V)> {
        self.0.iter()
    }

    /// All values, by key.
    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// The last of the values whose keys are less than `key`.
    pub(crate) fn last_before(&self, key: &K) -> Option<&V> {
        let (Ok(at) | Err(at)) = self.place(key);
        at.checked_sub(1).map(|last| &self.0[last].1)
    }

    /// The values of `key` and all greater keys.
    pub(crate) fn values_from_mut(&mut self, key: &K) -> impl Iterator<Item = &mut V> {
        let (Ok(at) | Err(at)) = self.place(key);
        self.0[at..].iter_mut().map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        /// Goal: a map like any other. Method: the same steps on a `BTreeMap`.
        #[test]
        fn a_sorted_map_behaves_like_a_tree(steps in proptest::collection::vec((0..4_u8, 0..20_u8, any::<u8>()), 0..200)) {
            let (mut map, mut twin) = (SortedMap::default(), BTreeMap::new());
            for (what, key, value) in steps {
                match what {
                    0 => {
                        map.insert(key, value);
                        twin.insert(key, value);
                    }
                    1 => prop_assert_eq!(map.remove(&key), twin.remove(&key)),
                    2 => prop_assert_eq!(map.get_or_insert(key, value), twin.entry(key).or_insert(value)),
                    _ => {
                        map.values_from_mut(&key).for_each(|slot| *slot = value);
                        twin.range_mut(key..).for_each(|(_, slot)| *slot = value);
                        prop_assert_eq!(map.get_mut(&key), twin.get_mut(&key));
                    }
                }
                prop_assert_eq!(map.get(&key), twin.get(&key));
                prop_assert_eq!(map.last_before(&key), twin.range(..key).next_back().map(|(_, last)| last));
                prop_assert_eq!(map.len(), twin.len());
                prop_assert!(map.iter().map(|(key, value)| (key, value)).eq(twin.iter()));
                prop_assert!(map.values_mut().eq(twin.values_mut()));
            }
        }
    }
}
