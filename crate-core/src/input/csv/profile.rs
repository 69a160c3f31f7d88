//! Which apostrophes of a file guard its texts: its first rows show it.

use crate::input::csv::cell::{Guard, Kind, bare_value};

/// The rows that are looked at.
const ROWS: usize = 1000;

/// The bytes that these rows may have, if one record may not have more.
const BYTES: usize = 4 << 20;

/// The first rows of a file, held back until they show how it was written.
#[derive(Debug)]
pub(super) struct Sample {
    pub held: Vec<u8>,
    max_held: usize,
    rows: usize,
    guard: Guard,
}

impl Sample {
    pub(super) fn new(max_record_size: usize) -> Self {
        Self {
            held: Vec::new(),
            max_held: max_record_size.max(BYTES),
            rows: 0,
            guard: Guard::Texts,
        }
    }

    /// How many more bytes may be held.
    pub(super) fn room(&self) -> usize {
        self.max_held - self.held.len()
    }

    /// Counts a row.
    pub(super) fn row(&mut self) {
        self.rows += 1;
    }

    /// Looks at a cell.
    pub(super) fn cell(&mut self, cell: &[u8], kind: Kind) {
        if !matches!(cell, [] | [b'\'', ..]) && bare_value(cell, kind).is_none() {
            self.guard = Guard::Triggers;
        }
    }

    /// Whether these rows suffice.
    pub(super) fn is_full(&self) -> bool {
        self.rows == ROWS || self.room() == 0
    }

    /// How the file was written, as far as these rows show.
    pub(super) fn guard(&self) -> Guard {
        self.guard
    }
}
