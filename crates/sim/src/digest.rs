//! The fingerprint of a run: a hash chain over every event and the state it led to. Two machines that computed the same run
//! have the same digest; one bit of difference anywhere in the past changes it.
//!
//! Words are folded one by one and never through `std::hash`, whose `usize` differs between native code and wasm.

use std::fmt;

/// A 64-bit hash chain. Prints as 16 hexadecimal digits.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Digest(u64);

impl Digest {
    /// Adds one word to the chain.
    pub fn word(&mut self, word: u64) {
        // Fold-multiply (as in wyhash and foldhash): one widening multiplication a word, both halves kept.
        let product = u128::from(self.0 ^ 0x2d35_8dcc_aa6c_78a5)
            * u128::from(word ^ 0x8bb8_4b93_962e_acc9 ^ self.0.rotate_left(32));
        self.0 = (product as u64) ^ ((product >> 64) as u64) ^ self.0.rotate_left(7) ^ word;
    }

    /// Adds several words.
    pub fn words<const N: usize>(&mut self, words: [u64; N]) {
        for word in words {
            self.word(word);
        }
    }

    /// Adds a run of bytes and its length.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.word(bytes.len() as u64);
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.word(u64::from_le_bytes(word));
        }
    }

    /// Reads what `Display` prints.
    pub(crate) fn parse(text: &str) -> Option<Digest> {
        u64::from_str_radix(text, 16).ok().map(Digest)
    }

    /// The value of the chain so far.
    #[must_use]
    pub fn value(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &[u64]) -> u64 {
        let mut digest = Digest::default();
        words.iter().for_each(|&word| digest.word(word));
        digest.value()
    }

    /// Goal: no small difference gets lost. Method: all pairs of short chains of small words, which is what a world folds.
    #[test]
    fn chains_of_small_words_do_not_collide() {
        let mut seen = std::collections::BTreeSet::new();
        for a in 0..40 {
            for b in 0..40 {
                for c in 0..40 {
                    assert!(seen.insert(of(&[a, b, c])), "{a} {b} {c}");
                }
            }
        }
    }

    #[test]
    fn order_and_zeros_count() {
        assert_ne!(of(&[1, 2]), of(&[2, 1]));
        assert_ne!(of(&[]), of(&[0]));
        assert_ne!(of(&[0]), of(&[0, 0]));
        let mut a = Digest::default();
        a.bytes(b"ab");
        let mut b = Digest::default();
        b.bytes(b"ab\0");
        assert_ne!(a, b);
    }
}
