//! The current position in a text, with the indentation of its line.

use memchr::memrchr;

use crate::effort::spend;
use crate::input::record::Place;
use crate::json::blank::{RECORD_SEPARATOR, is_blank};

/// The position of the next byte.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor {
    pub place: Place,
    /// The indentation of the line so far; `None` after its first other character.
    pub column: Option<usize>,
}

impl Cursor {
    pub(crate) fn pass(&mut self, text: &[u8]) {
        spend(text.len());
        self.place.pass(text);
        let line = match memrchr(b'\n', text) {
            Some(end) => {
                self.column = Some(0);
                &text[end + 1..]
            }
            None => text,
        };
        let blanks = line.iter().filter(|&&byte| is_blank(byte)).count();
        let separators = line.iter().filter(|&&byte| byte == RECORD_SEPARATOR);
        // A separator has no width.
        let is_blank_line = blanks + separators.count() == line.len();
        self.column = self
            .column
            .filter(|_| is_blank_line)
            .map(|column| column + blanks);
    }
}
