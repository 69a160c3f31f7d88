//! A record that was followed before it was known how to split its file.

use crate::input::cursor::Cursor;
use crate::json::check::Checker;

/// The start of a record that is already too large, and was not kept.
#[derive(Clone, Debug)]
pub(crate) struct TooLarge {
    pub start: Cursor,
    /// How much of it there was.
    pub length: usize,
    pub checker: Checker,
}
