//! The current position in a list.

use crate::effort::spend;
use crate::input::margin::Margin;
use crate::input::record::Place;

/// The position of the next byte.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor {
    pub place: Place,
    pub margin: Margin,
}

impl Cursor {
    pub(super) fn pass(&mut self, text: &[u8]) {
        spend(text.len());
        self.place.pass(text);
        self.margin.pass(text);
    }

    /// The indentation of the next byte, if it is the first on its line.
    pub(super) fn column(&self) -> Option<usize> {
        self.margin.is_open().then_some(self.margin.width())
    }
}
