//! The current position in a text, with the indentation of its line.

use crate::effort::spend;
use crate::input::margin::Margin;
use crate::input::record::Place;

/// The position of the next byte.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor {
    pub place: Place,
    pub margin: Margin,
}

impl Cursor {
    pub(crate) const START: Self = Self {
        place: Place::START,
        margin: Margin::START,
    };

    pub(crate) fn pass(&mut self, text: &[u8]) {
        spend(text.len());
        self.place.pass(text);
        self.margin.pass(text);
    }

    /// The indentation of the next byte, if it is the first on its line.
    pub(crate) fn column(&self) -> Option<usize> {
        self.margin.is_open().then_some(self.margin.width())
    }
}
