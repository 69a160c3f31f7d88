//! Records in an array, or pretty-printed one after another.
//!
//! Unlike in lines, nothing always ends a record in a list: a line feed or a comma may also be inside
//! one. So records are taken by their brackets, and after an invalid record a rule decides where the
//! next one starts.
//!
//! ```text
//! [                     Surround::Array: up to here the file may still be lines
//!   {"a": 1},           taken by the fast path; the comma is the list's
//!   {"a": tru},         the slow path finds the error: reported with this line and byte
//!   {                   starts a line at the indentation of the broken record: the next record
//!     "a": 3
//!   }
//! ]                     only white space or another list may follow
//!
//! {"total": 1,          Surround::Page: found before the list was made (see `root.rs`)
//!  "users": [ … ],      read like an array
//!  "next": "x"}         looked at for a second list; another page may follow
//! ```
//!
//! [`Fast`] finds the tokens of the list and takes valid records; [`PlainList`] reads byte by byte
//! what the fast path cannot decide.

mod behind;
mod page;
mod plain;

use crate::input::cursor::Cursor;
use crate::input::fast::Fast;
use crate::input::record::{Flow, Follow, Sink, flow};
use crate::input::too_large::TooLarge;
pub(crate) use page::Page;
use plain::PlainList;

/// What surrounds the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Surround {
    /// `[` and `]`.
    Array,
    /// A root object, in which the list or map is one value.
    Page,
    /// Nothing: multi-line objects one after another.
    Nothing,
}

/// Splits a list of records, which need not be on lines of their own.
#[derive(Debug)]
pub(crate) struct List {
    plain: PlainList,
    fast: Fast,
}

impl List {
    /// A list whose first record may start at the cursor, or goes on there.
    pub(crate) fn new(
        max_record_size: usize,
        surround: Surround,
        cursor: Cursor,
        record: Option<TooLarge>,
    ) -> Self {
        let follow = match surround {
            Surround::Nothing => Follow::Object,
            Surround::Array | Surround::Page => Follow::Anything,
        };
        Self {
            plain: PlainList::new(max_record_size, surround, cursor, record),
            fast: Fast::new(max_record_size, follow),
        }
    }

    /// The list of a page, whose first record may start at the cursor.
    pub(crate) fn of_page(max_record_size: usize, page: Page, cursor: Cursor) -> Self {
        let mut list = Self::new(max_record_size, Surround::Page, cursor, None);
        list.plain.page = Some(Box::new(page));
        list
    }

    /// What surrounds the records.
    pub(crate) fn surround(&self) -> Surround {
        self.plain.surround
    }

    /// The page that surrounds the records.
    pub(crate) fn page(&self) -> Option<&Page> {
        self.plain.page.as_deref()
    }

    pub(crate) fn push(&mut self, chunk: &[u8], sink: &mut dyn Sink) -> Flow {
        self.fast.push(chunk, &mut self.plain, sink)
    }

    /// Reads what is held back, even if it is incomplete.
    pub(crate) fn flush(&mut self, sink: &mut dyn Sink) -> Flow {
        self.fast.flush(&mut self.plain, sink)
    }

    /// Ends the file.
    pub(crate) fn end(&mut self, sink: &mut dyn Sink) -> Flow {
        flow!(self.flush(sink));
        self.plain.end(sink)
    }
}
