//! 64 bytes of a JSON text at a time, as bit masks: bit `n` is about byte `n`.

use fearless_simd::prelude::*;
use fearless_simd::u8x64;

/// Bytes of a block.
pub(crate) const BLOCK: usize = 64;

/// What the bytes of a block are, wherever they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Classes {
    /// `"`
    pub quote: u64,
    /// `\`
    pub backslash: u64,
    /// `{` and `[`
    pub open: u64,
    /// `}` and `]`
    pub close: u64,
    /// `,` and `:`
    pub separator: u64,
    /// Space, and all control characters.
    pub blank: u64,
    /// Control characters, and all bytes from 0x80 on: most blocks have none.
    pub odd: u64,
}

impl Classes {
    /// Classifies a block.
    // Whatever works on vectors must end up in the function that was compiled for the CPU.
    #[inline(always)]
    pub(crate) fn of<S: Simd>(bytes: u8x64<S>) -> Self {
        let is = |byte: u8| bytes.simd_eq(byte);
        // `[` and `{`, as well as `]` and `}`, differ in one bit.
        let folded = bytes | 0x20;
        // The lesser of the differences is zero where a byte is one of the two: compilers take masks
        // that are joined apart into single bytes.
        let separators = (bytes ^ b',').min(bytes ^ b':');
        Self {
            quote: is(b'"').to_bitmask(),
            backslash: is(b'\\').to_bitmask(),
            open: folded.simd_eq(b'{').to_bitmask(),
            close: folded.simd_eq(b'}').to_bitmask(),
            separator: separators.simd_eq(0).to_bitmask(),
            blank: bytes.simd_le(b' ').to_bitmask(),
            odd: (bytes ^ 0x80).simd_le(0x9f).to_bitmask(),
        }
    }
}

/// What the odd bytes of a block are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Odd {
    /// Line feed.
    pub line_feed: u64,
    /// Control characters, of which JSON allows three between tokens and none in strings.
    pub control: u64,
    /// Control characters that no JSON text has outside of strings either.
    pub bad_control: u64,
    /// Bytes from 0x80 on.
    pub high: u64,
}

impl Odd {
    #[inline(always)]
    pub(crate) fn of<S: Simd>(bytes: u8x64<S>) -> Self {
        let is = |byte: u8| bytes.simd_eq(byte).to_bitmask();
        let control = bytes.simd_le(0x1f).to_bitmask();
        let line_feed = is(b'\n');
        Self {
            line_feed,
            control,
            bad_control: control & !(line_feed | is(b'\t') | is(b'\r')),
            high: bytes.simd_ge(0x80).to_bitmask(),
        }
    }
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
                    open: bit(b"{[".contains(&byte)),
                    close: bit(b"}]".contains(&byte)),
                    separator: bit(b",:".contains(&byte)),
                    blank: bit(byte <= b' '),
                    odd: bit(!(b' '..0x80).contains(&byte)),
                };
                let want_odd = Odd {
                    line_feed: bit(byte == b'\n'),
                    control: bit(byte < b' '),
                    bad_control: bit(byte < b' ' && !b"\t\n\r".contains(&byte)),
                    high: bit(byte >= 0x80),
                };
                let (classes, odd) = dispatch!(Level::new(), simd => {
                    let bytes = u8x64::from_slice(simd, &block);
                    (Classes::of(bytes), Odd::of(bytes))
                });
                assert_eq!(classes, want, "{byte:#x} at {at}");
                assert_eq!(odd, want_odd, "{byte:#x} at {at}");
            }
        }
    }
}
