//! UTF-8, checked with the masks of a block.

use fearless_simd::prelude::*;
use fearless_simd::u8x64;

/// What the blocks before ask of the first bytes of the next one.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Utf8 {
    /// Continuation bytes that must come.
    wanted: u64,
    /// Continuation bytes of which only a part is allowed there, by the byte before them.
    narrow: [u64; 4],
}

impl Utf8 {
    /// Whether a character goes on in the next block.
    #[inline(always)]
    pub(crate) fn wants_more(self) -> bool {
        self.wanted != 0
    }

    /// Whether a block is UTF-8 as far as it goes; its last character may go on in the next one.
    #[inline(always)]
    pub(crate) fn check<S: Simd>(&mut self, bytes: u8x64<S>) -> bool {
        let from = |byte: u8| bytes.simd_ge(byte).to_bitmask();
        let is = |byte: u8| bytes.simd_eq(byte).to_bitmask();
        // Leads of two, three and four bytes; 0xc0 and 0xc1 would be overlong.
        let (two, three, four) = (from(0xc0), from(0xe0), from(0xf0));
        let continuation = from(0x80) & !two;
        let bad = is(0xc0) | is(0xc1) | from(0xf5);
        // Overlong forms, surrogates and what lies beyond U+10FFFF show in the second byte.
        let narrow = [is(0xe0), is(0xed), is(0xf0), is(0xf4)];
        let second = |index: usize| narrow[index] << 1 | self.narrow[index];
        let bad_second = second(0) & !from(0xa0)
            | second(1) & from(0xa0)
            | second(2) & !from(0x90)
            | second(3) & from(0x90);
        let wanted = two << 1 | three << 2 | four << 3 | self.wanted;
        self.wanted = two >> 63 | three >> 62 | four >> 61;
        self.narrow = narrow.map(|bytes| bytes >> 63);
        bad | bad_second | (wanted ^ continuation) == 0
    }
}

#[cfg(test)]
mod tests {
    use fearless_simd::{Level, dispatch};

    use super::*;
    use crate::json::blocks::BLOCK;

    fn is_utf8(text: &[u8]) -> bool {
        let mut utf8 = Utf8::default();
        let is_good = text.chunks(BLOCK).all(|bytes| {
            let mut block = [b' '; BLOCK];
            block[..bytes.len()].copy_from_slice(bytes);
            dispatch!(Level::new(), simd => utf8.check(u8x64::from_slice(simd, &block)))
        });
        is_good && !utf8.wants_more()
    }

    /// Every sequence of two bytes, and the edges of longer ones, at the edge of a block too.
    #[test]
    fn as_the_standard_library_has_it() {
        let edges = [
            0, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec,
            0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff,
        ];
        let mut texts: Vec<Vec<u8>> = Vec::new();
        for a in 0..=255 {
            texts.push(vec![a]);
            texts.extend((0..=255).map(|b| vec![a, b]));
        }
        for a in edges {
            for b in edges {
                for c in edges {
                    texts.push(vec![a, b, c]);
                    texts.extend(edges.map(|d| vec![a, b, c, d]));
                }
            }
        }
        for text in texts {
            for before in [0, 60, 61, 62, 63] {
                let mut padded = vec![b'x'; before];
                padded.extend(&text);
                padded.extend(b"xxxxx");
                let want = std::str::from_utf8(&padded).is_ok();
                assert_eq!(is_utf8(&padded), want, "{text:x?} behind {before}");
            }
        }
    }
}
