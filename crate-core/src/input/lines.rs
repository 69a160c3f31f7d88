//! Records on lines, one or more objects on each.

mod lost;
mod plain;
mod recovery;
mod whole;

use crate::input::cursor::Cursor;
use crate::input::fast::{Fast, Last, Plain};
use crate::input::record::{Flow, Follow, Place, Sink, flow};
use crate::input::too_large::TooLarge;
use plain::PlainLines;

/// Splits NDJSON.
#[derive(Debug)]
pub(crate) struct Lines {
    plain: PlainLines,
    fast: Fast,
}

impl Lines {
    /// Lines from the cursor on, where a record starts or goes on.
    pub(crate) fn new(max_record_size: usize, cursor: Cursor, record: Option<TooLarge>) -> Self {
        Self {
            plain: PlainLines::new(max_record_size, cursor, record),
            fast: Fast::new(max_record_size, Follow::LineEnd),
        }
    }

    /// Restarts at the start of a line there, whatever was read before.
    pub(crate) fn restart(&mut self, place: Place) {
        self.plain.restart(place);
        self.fast.clear();
    }

    /// Where the next line starts; `None` inside a line, and inside a record that may continue on it.
    pub(crate) fn next_line(&self) -> Option<Place> {
        let is_between = self.fast.has_nothing_pending() && self.plain.last() == Some(Last::Start);
        is_between.then_some(self.plain.place())
    }

    /// Skips whole lines that were read elsewhere.
    pub(crate) fn skip(&mut self, bytes: u64, lines: u64) {
        self.plain.skip(bytes, lines);
    }

    pub(crate) fn push(&mut self, chunk: &[u8], sink: &mut dyn Sink) -> Flow {
        self.fast.push(chunk, &mut self.plain, sink)
    }

    /// Reads what is held back, even if it is incomplete.
    pub(crate) fn flush(&mut self, sink: &mut dyn Sink) -> Flow {
        self.fast.flush(&mut self.plain, sink)
    }

    /// Ends the file, whose last line needs no line feed.
    pub(crate) fn end(&mut self, sink: &mut dyn Sink) -> Flow {
        flow!(self.push(b"\n", sink));
        flow!(self.flush(sink));
        self.plain.end_file(sink)
    }
}
