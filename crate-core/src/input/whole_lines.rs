//! Whole lines that are read separately from the rest of their file.

use super::lines::Lines;
use crate::input::cursor::Cursor;
use crate::input::record::{GO_ON, Place, Sink};

/// The extent of whole lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PassedLines {
    pub bytes: u64,
    pub lines: u64,
}

/// Reads whole lines.
#[derive(Debug)]
pub(crate) struct WholeLines(Lines);

impl WholeLines {
    pub(crate) fn new(max_record_size: usize) -> Self {
        Self(Lines::new(max_record_size, Cursor::START, None))
    }

    /// Reads lines that start at this byte of their file, counting lines from the first one here.
    /// Returns `None` if `sink` has stopped the reading or failed.
    pub(crate) fn read(
        &mut self,
        text: &[u8],
        byte: u64,
        sink: &mut dyn Sink,
    ) -> Option<PassedLines> {
        let start = Place { byte, line: 1 };
        self.0.restart(start);
        let is_whole = matches!(self.0.push(text, sink), GO_ON);
        let end = self.0.next_line().filter(|_| is_whole)?;
        Some(PassedLines {
            bytes: end.byte - start.byte,
            lines: end.line - start.line,
        })
    }
}
