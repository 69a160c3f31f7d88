//! The white space in front of a line.

use memchr::memrchr;

use crate::json::blank::{is_blank, is_filler};

/// Measures how far the current line is indented. Byte order marks and record separators have no
/// width.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Margin {
    width: usize,
    is_open: bool,
    /// How many bytes of a byte order mark have been passed.
    mark: usize,
}

impl Margin {
    /// At the start of a line.
    pub(crate) const START: Self = Self {
        width: 0,
        is_open: true,
        mark: 0,
    };

    /// The indentation of the line, as far as it was read.
    pub(crate) fn width(self) -> usize {
        self.width
    }

    /// Whether nothing else has come on the line yet.
    pub(crate) fn is_open(self) -> bool {
        self.is_open
    }

    /// Passes a text.
    pub(crate) fn pass(&mut self, text: &[u8]) {
        let line = match memrchr(b'\n', text) {
            Some(end) => {
                *self = Self::START;
                &text[end + 1..]
            }
            None => text,
        };
        for &byte in line {
            if !self.is_open {
                break;
            }
            self.is_open = is_filler(byte, &mut self.mark, true);
            self.width += usize::from(self.is_open && is_blank(byte));
        }
    }
}
