//! The tokens of JSON texts, found block by block.
//!
//! A scanner that looks at one byte after another takes a branch at each of them. Here 64 bytes
//! become bit masks at once ([`crate::json::blocks`]), and a branch is taken only for each token.
//! What needs no branch is checked on the masks on the way: UTF-8, control characters, escapes, and
//! what may come next to what. So "is this record valid?" is answered in three places, for speed:
//! characters and neighbours here, numbers and words by [`crate::json::scalar`], and brackets, depth
//! and keys by the scan of the projection. [`crate::json::check`] gives the same answer alone, byte
//! by byte, and says what is wrong where; property tests hold the two together.
//!
//! ```text
//! text        {"a\n":[1, true]}
//! in string    1111
//! tokens      {  \  :[ ,     ]}    their places are kept
//! scalars             1  t               first bytes, to be checked one by one
//! ```
//!
//! Strings, numbers and words are not tokens: they are what is between two.

use std::ops::Range;

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, u8x64};

use crate::effort::spend;
use crate::json::blocks::{BLOCK, Classes, Odd};
use crate::json::neighbours::{Neighbours, Outside};
use crate::json::places::Places;
use crate::json::scalar::is_value;
use crate::json::utf8::Utf8;

/// Finds the tokens of a text, up to the first fault.
///
/// A token is a bracket, a comma or a colon outside of strings, or a backslash that begins an escape
/// in a string; in lines a line feed too. Up to the last token the text is UTF-8, its strings hold
/// no control character and no malformed escape, and no byte is where its neighbours do not let
/// it: see [`Neighbours`].
#[derive(Debug)]
pub(crate) struct Tokens {
    level: Level,
    /// All ones where line feeds end records.
    lines: u64,
    tokens: Places,
    scalars: Places,
    marks: Marks,
    is_whole: bool,
}

/// What else is known of a text.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    /// For each block the blanks between tokens.
    blanks: Vec<u64>,
    /// Where there is something that is neither a value nor a token.
    nonsense: Vec<u32>,
}

/// What one block passes to the next.
#[derive(Clone, Copy, Default)]
struct Carry {
    /// The next byte follows a backslash that counts.
    is_escaped: u64,
    /// All ones where the next byte stands in a string.
    in_string: u64,
    neighbours: Neighbours,
    utf8: Utf8,
}

impl Tokens {
    pub(crate) fn of_lines() -> Self {
        Self::new(u64::MAX)
    }

    pub(crate) fn of_list() -> Self {
        Self::new(0)
    }

    fn new(lines: u64) -> Self {
        Self {
            level: Level::new(),
            lines,
            tokens: Places::default(),
            scalars: Places::default(),
            marks: Marks::default(),
            is_whole: true,
        }
    }

    /// The places of the tokens that were found last.
    pub(crate) fn places(&self) -> &[u32] {
        self.tokens.all()
    }

    /// What else was found.
    pub(crate) fn marks(&self) -> &Marks {
        &self.marks
    }

    /// Whether the text had no fault up to its end, where it may be cut.
    pub(crate) fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Finds the tokens of a text of less than 4 GiB that begins between records.
    pub(crate) fn find(&mut self, text: &[u8], is_behind_record: bool) {
        spend(text.len());
        self.tokens.clear(text);
        self.scalars.clear(text);
        let blocks = text.len().div_ceil(BLOCK);
        if self.marks.blanks.len() < blocks {
            self.marks.blanks.resize(blocks, 0);
        }
        let carry = Carry {
            neighbours: Neighbours::new(is_behind_record),
            ..Carry::default()
        };
        let level = self.level;
        self.is_whole = dispatch!(level, simd => self.find_with(simd, text, carry)).is_some();
        self.marks.nonsense.clear();
        for &place in self.scalars.all() {
            if !is_value(&text[place as usize..]) {
                self.marks.nonsense.push(place);
            }
        }
    }

    #[inline(always)]
    fn find_with<S: Simd>(&mut self, simd: S, text: &[u8], mut carry: Carry) -> Option<()> {
        let (blocks, rest) = text.as_chunks::<BLOCK>();
        for (index, block) in blocks.iter().enumerate() {
            self.block(simd, text, index * BLOCK, block, &mut carry)?;
        }
        let cut = cut_character_length(text);
        let rest = &rest[..rest.len().saturating_sub(cut)];
        if !rest.is_empty() {
            let mut block = [b' '; BLOCK];
            block[..rest.len()].copy_from_slice(rest);
            self.block(simd, text, blocks.len() * BLOCK, &block, &mut carry)?;
        }
        // A string may go on after the end of the text, between tokens no character is so long.
        (cut == 0 || carry.in_string != 0).then_some(())
    }

    #[inline(always)]
    fn block<S: Simd>(
        &mut self,
        simd: S,
        text: &[u8],
        start: usize,
        block: &[u8; BLOCK],
        carry: &mut Carry,
    ) -> Option<()> {
        let bytes = u8x64::from_slice(simd, block);
        let classes = Classes::of(bytes);
        let mut quotes = classes.quote;
        let mut escapes = 0;
        if classes.backslash | carry.is_escaped != 0 {
            let escaped;
            (escapes, escaped) = find_escapes(classes.backslash, &mut carry.is_escaped);
            quotes &= !escaped;
        }
        let in_string = prefix_xor(simd, quotes) ^ carry.in_string;
        carry.in_string = ((in_string as i64) >> 63) as u64;
        if escapes != 0 {
            if escapes & !in_string != 0 {
                return None;
            }
            check_escapes(text, start, escapes)?;
        }
        let mut line_feed = 0;
        // A character that goes on in this block has high bytes here, if it is not broken.
        if classes.odd != 0 || carry.utf8.wants_more() {
            let odd = Odd::of(bytes);
            if odd.control & in_string | odd.bad_control != 0 {
                return None;
            }
            if (odd.high != 0 || carry.utf8.wants_more()) && !carry.utf8.check(bytes) {
                return None;
            }
            line_feed = odd.line_feed & self.lines;
        }
        let structural = classes.open | classes.close | classes.separator;
        let outside = Outside {
            begins_string: quotes & in_string,
            ends_string: quotes & !in_string,
            scalar: !(in_string | quotes | structural | classes.blank),
            open: classes.open & !in_string,
            close: classes.close & !in_string,
            separator: classes.separator & !in_string,
            line_feed,
        };
        let blanks = classes.blank & !in_string & !line_feed;
        let begins_scalar = carry.neighbours.check(&outside, blanks)?;
        self.marks.blanks[start / BLOCK] = blanks;
        self.scalars.add::<S, 2>(simd, start, begins_scalar);
        let tokens = structural & !in_string | line_feed | escapes;
        self.tokens.add::<S, 8>(simd, start, tokens);
        Some(())
    }
}

impl Marks {
    /// Whether there are no blanks between the tokens of a part of the text.
    pub(crate) fn is_compact(&self, part: &Range<usize>) -> bool {
        let (first, last) = (part.start / BLOCK, (part.end - 1) / BLOCK);
        (first..=last).all(|block| {
            let before = part.start.saturating_sub(block * BLOCK);
            let behind = ((block + 1) * BLOCK).saturating_sub(part.end);
            self.blanks[block] >> before << before << behind == 0
        })
    }

    /// Whether all numbers and words in a part of the text are good ones.
    pub(crate) fn has_sense(&self, part: &Range<usize>) -> bool {
        let before = |&place: &u32| (place as usize) < part.start;
        let next = self.nonsense.partition_point(before);
        let next = self.nonsense.get(next);
        next.is_none_or(|&place| place as usize >= part.end)
    }
}

/// How many bytes of a character are at the end of a text that lacks the others.
fn cut_character_length(text: &[u8]) -> usize {
    let mut last = text.iter().rev().take(3).enumerate();
    let lead = last.find(|(_, byte)| !matches!(byte, 0x80..0xc0));
    lead.map_or(0, |(behind, byte)| match byte {
        0xf0.. if behind < 3 => behind + 1,
        0xe0.. if behind < 2 => behind + 1,
        0xc0.. if behind < 1 => behind + 1,
        _ => 0,
    })
}

/// The backslashes that begin an escape, and the bytes that are escaped.
///
/// In a row of backslashes each second one is escaped. Subtracting the row from a pattern of every
/// second bit flips that pattern after rows that begin at the other kind of place.
#[inline(always)]
fn find_escapes(backslashes: u64, is_escaped: &mut u64) -> (u64, u64) {
    const EVERY_SECOND: u64 = 0xaaaa_aaaa_aaaa_aaaa;
    let begins = backslashes & !*is_escaped;
    let flipped = (begins << 1 | EVERY_SECOND).wrapping_sub(begins);
    let ends_and_escapes = flipped ^ EVERY_SECOND;
    let escaped = ends_and_escapes ^ (backslashes | *is_escaped);
    let escapes = ends_and_escapes & backslashes;
    *is_escaped = escapes >> 63;
    (escapes, escaped)
}

/// For each bit, whether an odd number of bits up to it are set.
#[inline(always)]
fn prefix_xor<S: Simd>(simd: S, mut bits: u64) -> u64 {
    #[cfg(target_arch = "x86_64")]
    if let Some(avx512) = simd.level().as_avx512() {
        return crate::json::avx512::prefix_xor(avx512, bits);
    }
    let _ = simd;
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}

/// Escapes that the end of the text cuts are good so far.
fn check_escapes(text: &[u8], start: usize, mut escapes: u64) -> Option<()> {
    while escapes != 0 {
        let behind = &text[start + escapes.trailing_zeros() as usize + 1..];
        match behind.first() {
            None | Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {}
            Some(b'u') => {
                let digits = &behind[1..behind.len().min(5)];
                digits.iter().all(u8::is_ascii_hexdigit).then_some(())?;
            }
            Some(_) => return None,
        }
        escapes &= escapes - 1;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::{Index, select};

    use super::*;

    /// What the processor at hand can do, and what older ones can.
    fn levels() -> Vec<Level> {
        let best = Level::new();
        #[cfg(target_arch = "x86_64")]
        {
            let avx512 = best.as_avx512().map(Level::Avx512);
            let avx2 = best.as_avx2().map(Level::Avx2);
            let sse4_2 = best.as_sse4_2().map(Level::Sse4_2);
            let sse2 = best.as_sse2().map(Level::Sse2);
            [avx512, avx2, sse4_2, sse2].into_iter().flatten().collect()
        }
        #[cfg(not(target_arch = "x86_64"))]
        vec![best]
    }

    /// Lines of objects, long and short, in some of which a byte is another one.
    fn lines() -> impl Strategy<Value = Vec<u8>> {
        let long = "x".repeat(150);
        let string = select(vec![
            r#""""#.to_owned(),
            r#""a""#.to_owned(),
            r#""\\\"""#.to_owned(),
            r#""\u00e9\\""#.to_owned(),
            r#""é€😀{[,:]}""#.to_owned(),
            format!("\"{long}\""),
        ]);
        let other = [
            "1",
            "-0.5e+3",
            "true",
            "null",
            "{}",
            "[ ]",
            "[[1,2],{\"a\":[]}]",
        ];
        let value = prop_oneof![string.clone(), select(other.map(str::to_owned).to_vec())];
        let blank = || select(vec!["", "", " ", "\t  \r"]);
        let member = (string, blank(), blank(), value, blank())
            .prop_map(|(key, a, b, value, c)| format!("{key}{a}:{b}{value}{c}"));
        let line = prop::collection::vec(member, 0..8)
            .prop_map(|members| format!("{{{}}}\n", members.join(",")));
        let change = prop::option::of((any::<Index>(), any::<u8>()));
        (prop::collection::vec(line, 1..6), change).prop_map(|(lines, change)| {
            let mut text = lines.concat().into_bytes();
            if let Some((at, byte)) = change {
                let at = at.index(text.len());
                text[at] = byte;
            }
            text
        })
    }

    proptest! {
        #[test]
        fn every_level_of_vectors_finds_the_same(text in lines(), is_behind_record: bool) {
            let found = |level| {
                let mut tokens = Tokens { level, ..Tokens::of_lines() };
                tokens.find(&text, is_behind_record);
                let places = tokens.places().to_vec();
                (places, tokens.is_whole, tokens.marks.blanks, tokens.marks.nonsense)
            };
            let best = found(Level::new());
            for level in levels() {
                prop_assert_eq!(&found(level), &best, "{:?}", level);
            }
        }
    }

    #[test]
    fn a_character_that_is_cut_is_told_by_the_bytes_that_are_there() {
        for character in ["a", "é", "€", "😀"] {
            let bytes = character.as_bytes();
            for length in 0..bytes.len() {
                let text = [b"xy", &bytes[..length]].concat();
                assert_eq!(cut_character_length(&text), length, "{character} {length}");
            }
            let whole = [b"xy", bytes].concat();
            assert_eq!(cut_character_length(&whole), 0, "{character}");
        }
        assert_eq!(cut_character_length(b"\x80\x80\x80\x80"), 0);
        assert_eq!(cut_character_length(b""), 0);
    }
}
