//! Random numbers that are the same on every machine and for ever: SplitMix64 (Steele, Lea and Flood, 2014), one stream per
//! subsystem, all seeded from the run's one seed.
//!
//! A published library's generator may change with its version; this one is pinned by the vectors in the tests below. No
//! floating point: it differs silently between native code and wasm.

use crate::sure::sure;
/// Which part of the world draws. Every part has its own stream, so that one more message on a link shifts no other draw.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Stream {
    /// The moment of a node's first tick within the tick interval.
    TickPhase(u64),
    /// The election timeouts of the `incarnation`-th process (from 0) of a node.
    Process {
        /// The node, 1..=9.
        node: u64,
        /// How often the node was restarted before.
        incarnation: u64,
    },
    /// Latencies, losses and duplicates on one directed link. Endpoints as in [`crate::network::Endpoint::code`].
    Link {
        /// The sender's code.
        from: u64,
        /// The receiver's code.
        to: u64,
    },
    /// The schedule that [`crate::chaos`] draws up.
    Chaos,
    /// What [`crate::chaos`] adds to it for the runs that use everything the world can do.
    Features,
}

impl Stream {
    fn label(self) -> u64 {
        match self {
            Stream::TickPhase(node) => 1 << 32 | node,
            Stream::Process { node, incarnation } => 2 << 32 | node << 40 | incarnation,
            Stream::Link { from, to } => 3 << 32 | from << 8 | to,
            Stream::Chaos => 4 << 32,
            Stream::Features => 5 << 32,
        }
    }
}

/// A SplitMix64 generator: eight bytes of state, a full period of 2^64, no bad seeds.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub struct Rng {
    state: u64,
}

impl Rng {
    /// The generator of one `stream` of the run with this `seed` (any value).
    #[must_use]
    pub fn new(seed: u64, stream: Stream) -> Rng {
        Rng { state: mix(seed ^ mix(stream.label())) }
    }

    /// The next 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.state)
    }

    /// A number in `min..=max`, uniform up to a bias of `(max - min) / 2^64`. Panics if `min > max`.
    pub fn within(&mut self, min: u64, max: u64) -> u64 {
        assert!(min <= max, "an empty range {min}..={max}");
        let size = u128::from(max - min) + 1;
        let offset = (u128::from(self.bits()) * size) >> 64;
        min + sure(u64::try_from(offset), "the offset is at most max - min")
    }

    /// True in `numerator` of `denominator` cases. Panics if the denominator is 0.
    pub fn chance(&mut self, numerator: u64, denominator: u64) -> bool {
        assert!(denominator > 0, "a chance of {numerator} in 0");
        self.within(0, denominator - 1) < numerator
    }
}

/// SplitMix64's finalizer: every input bit changes every output bit with probability near one half.
#[must_use]
pub(crate) fn mix(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Goal: the generator is SplitMix64 as published. Method: the reference implementation's output for the state 1234567.
    #[test]
    fn the_bits_are_those_of_the_reference_implementation() {
        let mut rng = Rng { state: 1_234_567 };
        let drawn: Vec<u64> = (0..5).map(|_| rng.bits()).collect();
        assert_eq!(
            drawn,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821
            ]
        );
    }

    /// Goal: no stream ever changes, or every shared link would show another run. Method: frozen draws.
    #[test]
    fn the_streams_are_frozen() {
        let draw = |stream| Rng::new(7, stream).within(0, 999_999);
        assert_eq!(
            [
                draw(Stream::TickPhase(1)),
                draw(Stream::TickPhase(2)),
                draw(Stream::Process { node: 1, incarnation: 0 }),
                draw(Stream::Process { node: 1, incarnation: 1 }),
                draw(Stream::Link { from: 1, to: 2 }),
                draw(Stream::Link { from: 2, to: 1 }),
                draw(Stream::Chaos),
            ],
            [619_806, 21_538, 60_822, 438_361, 959_721, 149_722, 408_694]
        );
    }

    /// Goal: `within` reaches both ends and nothing beyond. Method: a thousand draws from four values.
    #[test]
    fn a_range_includes_both_ends() {
        let mut rng = Rng::new(1, Stream::Chaos);
        let mut seen = [0; 4];
        for _ in 0..1_000 {
            seen[usize::try_from(rng.within(10, 13) - 10).unwrap()] += 1;
        }
        assert!(seen.iter().all(|&count| count > 200), "{seen:?}");
        assert_eq!(rng.within(5, 5), 5);
        rng.within(0, u64::MAX);
    }
}
