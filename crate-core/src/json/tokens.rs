//! The tokens of a JSON text that has no line feed in it, found block by block.

use crate::json::blocks::{BLOCK, Classes};

/// Finds where the tokens of a record begin.
///
/// A token is a bracket, a comma, a colon, a quote at either end of a string, or the first byte of
/// anything else. Strings hold no control character and no malformed escape once this is done.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    places: Vec<u32>,
    /// Whether any string has an escape.
    pub has_escapes: bool,
    /// Whether all bytes are below 0x80.
    pub is_ascii: bool,
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
}

impl Tokens {
    /// The places of the tokens that were found last.
    pub(crate) fn places(&self) -> &[u32] {
        &self.places
    }

    /// Finds the tokens; `None` where the text cannot be valid JSON.
    pub(crate) fn find(&mut self, text: &[u8]) -> Option<()> {
        self.places.clear();
        (self.has_escapes, self.is_ascii) = (false, true);
        let mut carry = Carry::default();
        let (blocks, rest) = text.as_chunks::<BLOCK>();
        for (index, block) in blocks.iter().enumerate() {
            self.block(text, index * BLOCK, block, &mut carry)?;
        }
        if !rest.is_empty() {
            let mut block = [b' '; BLOCK];
            block[..rest.len()].copy_from_slice(rest);
            self.block(text, blocks.len() * BLOCK, &block, &mut carry)?;
        }
        (carry.in_string == 0).then_some(())
    }

    #[inline]
    fn block(
        &mut self,
        text: &[u8],
        start: usize,
        block: &[u8; BLOCK],
        carry: &mut Carry,
    ) -> Option<()> {
        let classes = Classes::of(block);
        self.is_ascii &= classes.high == 0;
        let mut quotes = classes.quote;
        let escapes = if classes.backslash | carry.is_escaped == 0 {
            0
        } else {
            let (escapes, escaped) = escapes(classes.backslash, &mut carry.is_escaped);
            quotes &= !escaped;
            self.has_escapes = true;
            escapes
        };
        let in_string = prefix_xor(quotes) ^ carry.in_string;
        carry.in_string = ((in_string as i64) >> 63) as u64;
        if escapes != 0 {
            check_escapes(text, start, escapes & in_string)?;
        }
        if classes.control != 0 {
            check_control(block, classes.control, in_string)?;
        }
        let outside = !(in_string | quotes);
        let scalar = outside & !classes.structural & !classes.blank;
        let scalar_starts = scalar & !(scalar << 1 | carry.in_scalar);
        carry.in_scalar = scalar >> 63;
        let mut tokens = quotes | classes.structural & outside | scalar_starts;
        self.places.reserve(BLOCK);
        while tokens != 0 {
            self.places.push(start as u32 + tokens.trailing_zeros());
            tokens &= tokens - 1;
        }
        Some(())
    }
}

/// The backslashes that begin an escape, and the bytes that are escaped.
fn escapes(backslashes: u64, is_escaped: &mut u64) -> (u64, u64) {
    let mut escapes = 0;
    let mut escaped = *is_escaped;
    let mut left = backslashes & !escaped;
    *is_escaped = 0;
    while left != 0 {
        let bit = left & left.wrapping_neg();
        escapes |= bit;
        match bit << 1 {
            0 => *is_escaped = 1,
            next => escaped |= next,
        }
        left &= !(bit | bit << 1);
    }
    (escapes, escaped)
}

/// For each bit, whether an odd number of bits up to it are set.
#[inline]
fn prefix_xor(mut bits: u64) -> u64 {
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}

fn check_escapes(text: &[u8], start: usize, mut escapes: u64) -> Option<()> {
    while escapes != 0 {
        let at = start + escapes.trailing_zeros() as usize + 1;
        match text.get(at)? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
            b'u' => {
                let digits = text.get(at + 1..at + 5)?;
                digits.iter().all(u8::is_ascii_hexdigit).then_some(())?;
            }
            _ => return None,
        }
        escapes &= escapes - 1;
    }
    Some(())
}

/// Between tokens only the three blanks of JSON may stand, in strings none.
fn check_control(block: &[u8; BLOCK], mut control: u64, in_string: u64) -> Option<()> {
    if control & in_string != 0 {
        return None;
    }
    while control != 0 {
        let byte = block[control.trailing_zeros() as usize];
        matches!(byte, b'\t' | b'\n' | b'\r').then_some(())?;
        control &= control - 1;
    }
    Some(())
}
