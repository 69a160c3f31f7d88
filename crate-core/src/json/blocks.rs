//! 64 bytes of a JSON text at a time, as bit masks: bit `n` tells of byte `n`.

use wide::u8x16;

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
    /// Space, and all control characters.
    pub blank: u64,
    /// Control characters, of which JSON allows three between tokens and none in strings.
    pub control: u64,
    /// Bytes from 0x80 on.
    pub high: u64,
}

impl Classes {
    /// Classifies a block.
    #[inline]
    pub(crate) fn of(block: &[u8; BLOCK]) -> Self {
        let mut classes = Self::default();
        let (quarters, _) = block.as_chunks::<16>();
        for (index, quarter) in quarters.iter().enumerate() {
            let bytes = u8x16::new(*quarter);
            let is = |byte: u8| bytes.simd_eq(u8x16::splat(byte));
            // `[` and `{`, as well as `]` and `}`, differ in one bit.
            let folded = bytes | u8x16::splat(0x20);
            let brackets = folded.simd_eq(u8x16::splat(b'{')) | folded.simd_eq(u8x16::splat(b'}'));
            let control = bytes.min(u8x16::splat(0x1f)).simd_eq(bytes);
            let mask = |lanes: u8x16| u64::from(lanes.to_bitmask()) << (16 * index);
            classes.quote |= mask(is(b'"'));
            classes.backslash |= mask(is(b'\\'));
            classes.structural |= mask(brackets | is(b',') | is(b':'));
            classes.blank |= mask(is(b' ') | control);
            classes.control |= mask(control);
            classes.high |= mask(bytes);
        }
        classes
    }
}

#[cfg(test)]
mod tests {
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
                    blank: bit(byte <= b' '),
                    control: bit(byte < b' '),
                    high: bit(byte >= 0x80),
                };
                assert_eq!(Classes::of(&block), want, "{byte:#x} at {at}");
            }
        }
    }
}
