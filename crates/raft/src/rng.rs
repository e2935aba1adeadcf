//! The random numbers of a node: a small generator whose state lives in the node, so that a clone of the node goes on
//! exactly as the node does. Only election timeouts are drawn from it (§5.2).

/// SplitMix64 (Steele, Lea, Flood 2014): one word of state, full period.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Rng(u64);

impl Rng {
    /// Nodes that share a seed still draw different numbers: their ids are mixed in.
    pub(crate) fn new(seed: u64, id: u64) -> Rng {
        let mut rng = Rng(seed ^ id.wrapping_mul(0xD605_BBB5_8C8A_BC41));
        rng.next();
        rng
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number in `min..=max`.
    pub(crate) fn in_range(&mut self, min: u32, max: u32) -> u32 {
        let span = u64::from(max - min) + 1;
        min + (((self.next() >> 32) * span) >> 32) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::Rng;

    /// A shared run replays only while these stay as they are: SplitMix64.
    #[test]
    fn the_numbers_of_a_seed_never_change() {
        let mut rng = Rng::new(7, 1);
        assert_eq!([(); 3].map(|()| rng.next()), [0xdb38_a764_43a3_d57d, 0x78f6_6c52_0a6c_8529, 0xe3d7_49d5_4afd_d42f]);
    }

    #[test]
    fn draws_cover_the_range_and_stay_inside() {
        let mut rng = Rng::new(7, 1);
        let mut seen = [0; 16];
        for _ in 0..1_600 {
            seen[rng.in_range(15, 30) as usize - 15] += 1;
        }
        assert!(seen.iter().all(|&n| n > 50), "{seen:?}");
        assert_eq!(rng.in_range(4, 4), 4);
    }

    #[test]
    fn nodes_with_one_seed_draw_differently() {
        let draws = |id| {
            let mut rng = Rng::new(7, id);
            [(); 4].map(|()| rng.in_range(0, 1_000))
        };
        assert_ne!(draws(1), draws(2));
        assert_eq!(draws(1), draws(1));
    }
}
