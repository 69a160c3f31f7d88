//! 64 bytes of a JSON text at a time, as bit masks: bit `n` tells of byte `n`.

use fearless_simd::prelude::*;
use fearless_simd::u8x64;

/// Bytes of a block.
pub(crate) const BLOCK: usize = 64;

/// What the bytes of a block are, wherever they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Classes {
    /// `"`
    pub quote: u64,
    /// `\`
    pub backslash: u64,
    /// `{ } [ ] : ,`
    pub structural: u64,
    /// Line feed.
    pub line_feed: u64,
    /// Space, and all control characters.
    pub blank: u64,
    /// Control characters, of which JSON allows three between tokens and none in strings.
    pub control: u64,
    /// Bytes from 0x80 on.
    pub high: u64,
}

impl Classes {
    /// Classifies a block.
    // Whatever works on vectors must end up in the function that was compiled for the CPU.
    #[inline(always)]
    pub(crate) fn of<S: Simd>(bytes: u8x64<S>) -> Self {
        let is = |byte: u8| bytes.simd_eq(byte);
        // `[` and `{`, as well as `]` and `}`, differ in one bit. The least of the differences is zero
        // where one of them is: compilers take masks that are joined apart into single bytes.
        let folded = bytes | 0x20;
        let brackets = (folded ^ b'{').min(folded ^ b'}');
        let separators = (bytes ^ b',').min(bytes ^ b':');
        Self {
            quote: is(b'"').to_bitmask(),
            backslash: is(b'\\').to_bitmask(),
            structural: brackets.min(separators).simd_eq(0).to_bitmask(),
            line_feed: is(b'\n').to_bitmask(),
            blank: bytes.simd_le(b' ').to_bitmask(),
            control: bytes.simd_le(0x1f).to_bitmask(),
            high: bytes.simd_ge(0x80).to_bitmask(),
        }
    }
}

/// The control characters of a block that no JSON text has outside of strings either.
#[inline(always)]
pub(crate) fn bad_control<S: Simd>(bytes: u8x64<S>) -> u64 {
    let good = bytes.simd_eq(b'\t') | bytes.simd_eq(b'\n') | bytes.simd_eq(b'\r');
    (bytes.simd_le(0x1f) & !good).to_bitmask()
}

#[cfg(test)]
mod tests {
    use fearless_simd::{Level, dispatch};

    use super::*;

    #[test]
    fn every_byte_is_classified_at_every_place() {
        for byte in 0..=255_u8 {
            for at in [0, 1, 15, 16, 31, 33, 63] {
                let mut block = [b'x'; BLOCK];
                block[at] = byte;
                let bit = |is: bool| u64::from(is) << at;
                let want = Classes {
                    quote: bit(byte == b'"'),
                    backslash: bit(byte == b'\\'),
                    structural: bit(b"{}[]:,".contains(&byte)),
                    line_feed: bit(byte == b'\n'),
                    blank: bit(byte <= b' '),
                    control: bit(byte < b' '),
                    high: bit(byte >= 0x80),
                };
                let (classes, bad) = dispatch!(Level::new(), simd => {
                    let bytes = u8x64::from_slice(simd, &block);
                    (Classes::of(bytes), bad_control(bytes))
                });
                assert_eq!(classes, want, "{byte:#x} at {at}");
                assert_eq!(bad, bit(byte < b' ' && !b"\t\n\r".contains(&byte)));
            }
        }
    }
}
