//! Records as the elements of an array, or pretty-printed one after another.
//!
//! Unlike lines, a list has no mark that always ends a record: a line feed may stand inside of one,
//! and a comma too. So records are taken by their brackets, and one that breaks the grammar needs a
//! rule for where the next one begins.
//!
//! ```text
//! [                     Surround::Array: up to here the file may still be lines
//!   {"a": 1},           taken the fast way, by its tokens; the comma is the list's
//!   {"a": tru},         the plain way finds the fault: reported with this line and byte
//!   {                   begins a line as far to the right as the broken one did: the next record
//!     "a": 3
//!   }
//! ]                     only blanks may follow, or another list
//! ```
//!
//! [`Fast`] asks for tokens of the list and takes good records; [`PlainList`] reads byte by byte
//! and keeps what the fast way cannot decide.

mod behind;
mod cursor;
mod plain;

use crate::input::fast::Fast;
use crate::input::record::{Flow, Place, Sink, flow};
use plain::PlainList;

/// What stands around the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Surround {
    /// `[` and `]`.
    Array,
    /// `{"users":[` and `]`, more members, `}`.
    Page,
    /// Nothing: objects of several lines follow one another.
    Nothing,
}

/// Splits a list of records, of which none needs to be on a line of its own.
#[derive(Debug)]
pub(crate) struct List {
    plain: PlainList,
    fast: Fast,
}

impl List {
    /// A list whose first record may begin at `place`.
    pub(crate) fn new(max_record_size: usize, surround: Surround, place: Place) -> Self {
        Self {
            plain: PlainList::new(max_record_size, surround, place),
            fast: Fast::in_list(max_record_size),
        }
    }

    /// What stands around the records.
    pub(crate) fn surround(&self) -> Surround {
        self.plain.surround
    }

    pub(crate) fn push(&mut self, chunk: &[u8], sink: &mut dyn Sink) -> Flow {
        self.fast.push(chunk, &mut self.plain, sink)
    }

    /// Reads what is kept back, though its end is not there.
    pub(crate) fn flush(&mut self, sink: &mut dyn Sink) -> Flow {
        self.fast.flush(&mut self.plain, sink)
    }

    /// Ends the file.
    pub(crate) fn end(&mut self, sink: &mut dyn Sink) -> Flow {
        flow!(self.flush(sink));
        self.plain.end(sink)
    }
}
