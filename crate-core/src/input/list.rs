//! Records as the elements of an array, or pretty-printed one after another.

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
