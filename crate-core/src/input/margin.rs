//! The white space in front of a line.

use memchr::memrchr;

use crate::json::blank::{BOM, RECORD_SEPARATOR, is_blank};

/// Measures how far the current line is indented. Byte order marks and record separators have no
/// width.
#[derive(Clone, Copy, Debug)]
pub(super) struct Margin {
    width: usize,
    is_open: bool,
}

impl Margin {
    /// At the start of a line.
    pub(super) const START: Self = Self {
        width: 0,
        is_open: true,
    };

    /// After something else on a line that is not indented.
    pub(super) const PASSED: Self = Self {
        width: 0,
        is_open: false,
    };

    /// The indentation of the line, as far as it was read.
    pub(super) fn width(self) -> usize {
        self.width
    }

    /// Whether nothing else has come on the line yet.
    pub(super) fn is_open(self) -> bool {
        self.is_open
    }

    /// Passes a text.
    pub(super) fn pass(&mut self, text: &[u8]) {
        let line = match memrchr(b'\n', text) {
            Some(end) => {
                *self = Self::START;
                &text[end + 1..]
            }
            None => text,
        };
        for byte in line {
            match byte {
                _ if !self.is_open => break,
                &byte if is_blank(byte) => self.width += 1,
                byte => self.is_open = *byte == RECORD_SEPARATOR || BOM.contains(byte),
            }
        }
    }
}
