//! Choices that are the same for the same seed, on every machine and with every later version.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};

/// A seeded source of choices. The mapping to ranges is ours: libraries change theirs.
pub struct Dice(ChaCha8Rng);

impl Dice {
    pub fn new(seed: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        Self(ChaCha8Rng::from_seed(bytes))
    }

    /// A number from 0 to `end`, without `end`.
    pub fn below(&mut self, end: u32) -> u32 {
        ((u64::from(self.0.next_u32()) * u64::from(end)) >> 32) as u32
    }

    pub fn number(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// True this often in a hundred.
    pub fn percent(&mut self, often: u32) -> bool {
        self.below(100) < often
    }

    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len() as u32) as usize]
    }

    /// So many characters of an alphabet of at most 256.
    pub fn characters(&mut self, alphabet: &[u8], count: usize) -> String {
        let mut text = String::with_capacity(count);
        while text.len() < count {
            for byte in self.number().to_le_bytes() {
                if text.len() < count {
                    let index = (usize::from(byte) * alphabet.len()) >> 8;
                    text.push(char::from(alphabet[index]));
                }
            }
        }
        text
    }

    pub fn hex(&mut self, count: usize) -> String {
        self.characters(b"0123456789abcdef", count)
    }

    pub fn digits(&mut self, count: usize) -> String {
        self.characters(b"0123456789", count)
    }
}
