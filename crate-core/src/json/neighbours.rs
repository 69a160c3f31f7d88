//! What may come next to what in a JSON text, checked with the masks of a block.
//!
//! Between two tokens there is one value, a key, or nothing. A walk over the tokens need not look
//! between them if each byte is known to follow one that it may follow. Moving a mask up by
//! one bit asks that for 64 bytes at once; blanks in between are crossed by an addition, which
//! carries a bit through a row of ones.
//!
//! ```text
//! text                { "a" 1 , }
//! ends a value            1 1   1
//! comes after one           1 1     moved up, and across blanks
//! begins a value      1 1   1       `1` comes after "a": a colon or comma is missing
//! needs one before it         1 1   `}` comes after none: a value is missing
//! ```
//!
//! What comes after a bracket is left to the walk, which visits every bracket anyway: `[]` and
//! `{}` are good, `[,` is not.

/// The bytes of a block that are no blanks and not inside of strings, each in one mask.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outside {
    /// The first quotes of strings.
    pub begins_string: u64,
    /// The last quotes of strings.
    pub ends_string: u64,
    /// Numbers and words; also what should be one.
    pub scalar: u64,
    /// `{` and `[`
    pub open: u64,
    /// `}` and `]`
    pub close: u64,
    /// `,` and `:`
    pub separator: u64,
    /// Line feeds, where they end records.
    pub line_feed: u64,
}

/// What earlier blocks say about the first byte of the next: each is 0 or 1.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Neighbours {
    /// The byte right before it belongs to a number or word.
    is_in_scalar: u64,
    /// The last byte before it that is no blank ends a value.
    behind_value: u64,
    /// That byte is a bracket.
    behind_bracket: u64,
}

impl Neighbours {
    /// At the beginning of a text, which may come after the end of a record.
    pub(crate) fn new(is_behind_record: bool) -> Self {
        let behind = is_behind_record.into();
        Self {
            is_in_scalar: 0,
            behind_value: behind,
            behind_bracket: behind,
        }
    }

    /// Gives the first bytes of numbers and words, unless a byte is where it cannot be.
    ///
    /// Whoever follows the brackets, commas and colons need not look between them then, but for
    /// a bracket after another one: after a comma or colon is one value or the
    /// beginning of one, before them is a value, and no list ends with a comma. Whether a string
    /// comes before a colon, [`crate::json::scalar`] knows.
    #[inline(always)]
    pub(crate) fn check(&mut self, outside: &Outside, blanks: u64) -> Option<u64> {
        let &Outside {
            begins_string,
            ends_string,
            scalar,
            open,
            close,
            separator,
            line_feed,
        } = outside;
        let begins_scalar = scalar & !(scalar << 1 | self.is_in_scalar);
        self.is_in_scalar = scalar >> 63;
        let bracket = open | close;
        let ends_value = ends_string | scalar | close;
        let behind_value = behind(ends_value, blanks, &mut self.behind_value);
        let behind_bracket = behind(bracket, blanks, &mut self.behind_bracket);
        let begins_value = begins_string | begins_scalar | open | line_feed;
        let follows_value = close | separator;
        let wrong = begins_value & behind_value | follows_value & !behind_value;
        let is_left_to_others = (bracket | line_feed) & behind_bracket;
        (wrong & !is_left_to_others == 0).then_some(begins_scalar)
    }
}

/// For each of the bytes the next one that is no blank.
#[inline(always)]
fn behind(bytes: u64, blanks: u64, carry: &mut u64) -> u64 {
    let next = bytes << 1 | *carry;
    if blanks == 0 {
        *carry = bytes >> 63;
        return next;
    }
    // Adding a bit to a row of ones carries it to the byte after them.
    let (moved, is_over) = (next & blanks).overflowing_add(blanks);
    *carry = bytes >> 63 | u64::from(is_over);
    (next | moved) & !blanks
}
