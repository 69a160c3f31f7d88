//! The text found where the grammar wants another.

use std::fmt::{self, Display, Formatter, Write};
use std::str;

/// The most bytes of a text that are shown.
const LONGEST: usize = 20;

/// The first word of a text, or its first character if it does not begin with a word.
///
/// It takes byte after byte, so that a report is the same wherever the input is cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    bytes: [u8; LONGEST],
    length: usize,
    is_longer: bool,
}

impl Found {
    /// A text that begins with these bytes, of which there are at most [`LONGEST`].
    pub(crate) fn of(start: &[u8]) -> Self {
        let mut found = Self::default();
        found.bytes[..start.len()].copy_from_slice(start);
        found.length = start.len();
        found
    }

    /// Whether a byte begins a word, or a character that is not ASCII.
    pub(crate) fn begins(byte: u8) -> bool {
        byte >= 0x80 || is_in_word(byte)
    }

    /// How many bytes it has.
    pub(crate) fn length(&self) -> usize {
        self.length
    }

    /// Takes the next byte; `false` if that does not belong to the word, or to no word at all.
    pub(crate) fn take(&mut self, byte: u8) -> bool {
        let belongs = match self.bytes[0] {
            _ if self.length == 0 => Self::begins(byte),
            // The rest of one character.
            0x80.. => (0x80..0xc0).contains(&byte) && self.length < 4,
            _ => is_in_word(byte),
        };
        if self.length == LONGEST {
            self.is_longer |= belongs;
            return false;
        }
        if belongs {
            self.bytes[self.length] = byte;
            self.length += 1;
        }
        belongs
    }

    /// The word, as far as it is shown.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

/// Whether a byte may be part of a name, a number, a call or a comment. None of them closes or opens
/// anything in JSON.
fn is_in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_$.+-(/*".contains(&byte)
}

/// Shows only printable ASCII; names everything else, because a report may be printed anywhere.
impl Display for Found {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        match self.bytes() {
            [] => to.write_str("nothing"),
            b"\n" => to.write_str("the end of the line"),
            b"\t" => to.write_str("a tab"),
            b"`" => to.write_str("a backtick"),
            b"," => to.write_str("a comma"),
            word @ [0x21..=0x7e, ..] => {
                to.write_char('`')?;
                for &byte in word {
                    to.write_char(char::from(byte))?;
                }
                to.write_str(if self.is_longer { "…`" } else { "`" })
            }
            text => match str::from_utf8(text).map(|text| text.chars().next()) {
                Ok(Some(character)) => write!(to, "the character U+{:04X}", u32::from(character)),
                _ => to.write_str("bytes that are not UTF-8"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_or_character_is_shown() {
        for (text, want) in [
            ("NaN}", "`NaN`"),
            ("-Infinity,", "`-Infinity`"),
            ("ObjectId(\"5f\")", "`ObjectId(`"),
            ("// note", "`//`"),
            ("'a'", "`'`"),
            (",}", "a comma"),
            ("`x`", "a backtick"),
            ("\n", "the end of the line"),
            ("\u{1b}[1m", "the character U+001B"),
            ("\u{201c}a\u{201d}", "the character U+201C"),
            ("\u{202e}", "the character U+202E"),
            ("abcdefghij0123456789", "`abcdefghij0123456789`"),
            ("abcdefghij0123456789x", "`abcdefghij0123456789…`"),
        ] {
            let mut found = Found::default();
            let taken = text.bytes().take_while(|&byte| found.take(byte)).count();
            if taken == 0 {
                found = Found::of(&text.as_bytes()[..1]);
            }
            assert_eq!(found.to_string(), want, "{text}");
        }
        assert_eq!(Found::of(b"\xff").to_string(), "bytes that are not UTF-8");
    }
}
