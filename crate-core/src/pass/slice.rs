//! Slices of NDJSON that are read apart from each other, on threads or in workers, and put
//! together in order: the same bytes, counts and reports as one machine makes.
//!
//! A slice is a run of the bytes of one file, cut anywhere. Between its first line feed and its
//! last stand whole lines, which a [`crate::SliceExporter`] exports without having seen what comes
//! before them. The [`crate::Exporter`] takes the slices in the order of the file, each by
//! [`crate::Pass::merge`]:
//!
//! 1. It reads the head: the bytes up to the first line feed, which end a line of the slice before.
//! 2. It takes what was made of the lines, or reads them itself.
//! 3. It reads the tail: the bytes after the last line feed.
//!
//! What was made of the lines is an offer. It is refused, at the cost of reading the slice twice,
//! wherever one machine would have stopped or failed inside of the slice: the limit is exact, and a
//! failure is the first one. So slices may be exported before it is known that they are lines, but
//! only once [`crate::Exporter::reads_lines`] says so is that likely to be of use.
//!
//! ```
//! use rollcall_core::{ExportOptions, ExportRequest, Exporter, Pass, Plan, SliceExporter};
//!
//! let request = ExportRequest::from_json(br#"{"fields":[{"name":"user_id"}]}"#)?;
//! let plan = Plan::new(&request, &ExportOptions::default())?;
//! let (mut exporter, mut out) = (Exporter::new(plan.clone()), Vec::new());
//! let (mut elsewhere, mut rows) = (SliceExporter::new(plan), Vec::new());
//!
//! let text = b"{\"user_id\":\"a\"}\n{\"user_id\":\"b\"}\n{\"user_";
//! let slice = elsewhere.export(text, 0, &mut rows);
//! let _ = exporter.merge(text, Some((slice, &rows)), &mut out, Exporter::push)?;
//! let _ = exporter.push(b"id\":\"c\"}", &mut out)?;
//! let _ = exporter.end_input(&mut out)?;
//! assert_eq!(exporter.finish(&mut out)?.exported, 3);
//! assert_eq!(out, b"user_id\n\"'a\"\n\"'b\"\n\"'c\"\n");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use memchr::{memchr, memrchr};

use crate::pass::wire::{Wire, WireReader, put};

/// What came of a slice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice<L> {
    pub(crate) cut: Cut,
    /// What came of its whole lines; `None`: the one machine has to read them.
    pub(crate) lines: Option<L>,
}

/// Where the whole lines of a slice are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    /// Byte of the file at which the slice begins.
    from: u64,
    head: usize,
    /// Behind the last line feed.
    tail: usize,
}

impl<L: Wire> Slice<L> {
    /// The head, the whole lines and the tail of the slice.
    pub fn split<'a>(&self, text: &'a [u8]) -> (&'a [u8], &'a [u8], &'a [u8]) {
        let (before, tail) = text.split_at(self.cut.tail);
        let (head, lines) = before.split_at(self.cut.head);
        (head, lines, tail)
    }

    /// The bytes from which [`Slice::from_bytes`] makes it again.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        put(&mut bytes, &self.cut.to_numbers());
        if let Some(lines) = &self.lines {
            lines.put(&mut bytes);
        }
        bytes
    }

    /// The slice that the bytes encode; `None` if they are none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut reader = WireReader(bytes);
        let cut = Cut::of_numbers(reader.numbers()?)?;
        let lines = if reader.0.is_empty() {
            None
        } else {
            Some(L::read(&mut reader)?)
        };
        Some(Self { cut, lines })
    }
}

impl Cut {
    pub(crate) fn new(text: &[u8], from: u64) -> Self {
        let head = memchr(b'\n', text).map_or(text.len(), |at| at + 1);
        let tail = memrchr(b'\n', text).map_or(head, |at| at + 1);
        Self { from, head, tail }
    }

    /// Byte of the file at which the lines begin.
    pub(crate) fn start(&self) -> u64 {
        self.from + self.head as u64
    }

    pub(crate) fn lines<'a>(&self, text: &'a [u8]) -> &'a [u8] {
        &text[self.head..self.tail]
    }

    fn to_numbers(self) -> [u64; 3] {
        [self.from, self.head as u64, self.tail as u64]
    }

    fn of_numbers([from, head, tail]: [u64; 3]) -> Option<Self> {
        let cut = Self {
            from,
            head: usize::try_from(head).ok()?,
            tail: usize::try_from(tail).ok()?,
        };
        (cut.head <= cut.tail).then_some(cut)
    }
}
