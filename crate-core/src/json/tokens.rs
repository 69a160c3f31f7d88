//! The tokens of JSON texts, found block by block.

use std::ops::Range;

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, u8x64};

use crate::json::blocks::{BLOCK, Classes, bad_control};
use crate::json::utf8::Utf8;

/// Finds where the tokens of a text begin, up to the first fault.
///
/// A token is a bracket, a comma, a colon, the first quote of a string, a backslash that begins an
/// escape in a string, or the first byte of anything else; in lines a line feed too. Up to the
/// last token the text is UTF-8, and its strings hold no control character and no malformed escape, and there
/// is no backslash between them.
#[derive(Debug)]
pub(crate) struct Tokens {
    level: Level,
    /// Whether line feeds end records.
    has_lines: bool,
    places: Vec<u32>,
    count: usize,
    /// For each block the blanks between tokens.
    blanks: Vec<u64>,
    is_whole: bool,
}

/// What one block tells the next.
#[derive(Clone, Copy, Default)]
struct Carry {
    /// The next byte stands behind a backslash that counts.
    is_escaped: u64,
    /// All ones where the next byte stands in a string.
    in_string: u64,
    /// The last byte belongs to a number or word.
    in_scalar: u64,
    utf8: Utf8,
}

impl Tokens {
    pub(crate) fn of_lines() -> Self {
        Self::new(true)
    }

    pub(crate) fn of_list() -> Self {
        Self::new(false)
    }

    fn new(has_lines: bool) -> Self {
        Self {
            level: Level::new(),
            has_lines,
            places: Vec::new(),
            count: 0,
            blanks: Vec::new(),
            is_whole: true,
        }
    }

    /// The places of the tokens that were found last.
    pub(crate) fn places(&self) -> &[u32] {
        &self.places[..self.count]
    }

    /// For each block of the text the blanks between tokens.
    pub(crate) fn blanks(&self) -> &[u64] {
        &self.blanks
    }

    /// Whether the text had no fault up to its end, where it may be cut.
    pub(crate) fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Finds the tokens of a text of less than 4 GiB that begins outside of strings.
    pub(crate) fn find(&mut self, text: &[u8]) {
        let most = text.len().next_multiple_of(BLOCK) + BLOCK;
        if self.places.len() < most {
            self.places.resize(most, 0);
            self.blanks.resize(most / BLOCK, 0);
        }
        self.count = 0;
        let level = self.level;
        self.is_whole = dispatch!(level, simd => self.find_with(simd, text)).is_some();
    }

    #[inline(always)]
    fn find_with<S: Simd>(&mut self, simd: S, text: &[u8]) -> Option<()> {
        let mut carry = Carry::default();
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
        // A string may go on behind the end of the text, between tokens no character is so long.
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
        let in_string = prefix_xor(quotes) ^ carry.in_string;
        carry.in_string = ((in_string as i64) >> 63) as u64;
        if escapes != 0 {
            if escapes & !in_string != 0 {
                return None;
            }
            check_escapes(text, start, escapes)?;
        }
        if classes.control & in_string | carry.utf8.is_broken(classes.high) != 0 {
            return None;
        }
        if classes.control != 0 && bad_control(bytes) != 0 {
            return None;
        }
        if classes.high != 0 && !carry.utf8.check(bytes) {
            return None;
        }
        let outside = !(in_string | quotes);
        self.blanks[start / BLOCK] = classes.blank & outside;
        let scalar = outside & !(classes.structural | classes.blank);
        let scalar_starts = scalar & !(scalar << 1 | carry.in_scalar);
        carry.in_scalar = scalar >> 63;
        let mut tokens =
            quotes & in_string | escapes | classes.structural & outside | scalar_starts;
        if self.has_lines {
            tokens |= classes.line_feed;
        }
        self.add(start as u32, tokens);
        Some(())
    }

    #[inline(always)]
    fn add(&mut self, start: u32, mut tokens: u64) {
        let count = tokens.count_ones() as usize;
        let places = &mut self.places[self.count..self.count + BLOCK];
        // Writing too many is quicker than a loop that ends at another number each time.
        let mut write = |range: Range<usize>| {
            for place in &mut places[range] {
                *place = start + tokens.trailing_zeros();
                tokens &= tokens.wrapping_sub(1);
            }
        };
        write(0..8);
        if count > 8 {
            write(8..16);
        }
        if count > 16 {
            write(16..count);
        }
        self.count += count;
    }
}

/// Whether there are no blanks between the tokens of a part of a text, by those of its blocks.
pub(crate) fn is_compact(blanks: &[u64], part: &Range<usize>) -> bool {
    let (first, last) = (part.start / BLOCK, (part.end - 1) / BLOCK);
    (first..=last).all(|block| {
        let before = part.start.saturating_sub(block * BLOCK);
        let behind = ((block + 1) * BLOCK).saturating_sub(part.end);
        blanks[block] >> before << before << behind == 0
    })
}

/// How many bytes of a character stand at the end of a text that lacks the others.
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
/// second bit flips that pattern behind rows that begin at the other kind of place.
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
fn prefix_xor(mut bits: u64) -> u64 {
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
    use super::*;

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
