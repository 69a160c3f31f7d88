//! Turns the bytes of files into records: unpacks gzip, then splits the text.

mod astray;
mod brackets;
mod bulk;
pub(crate) mod census;
mod csv;
mod cursor;
mod fast;
mod guard;
mod gzip;
mod head;
pub mod layout;
mod lines;
mod list;
mod margin;
pub(crate) mod record;
mod root;
mod sniff;
mod source;
mod too_large;
pub mod unpacker;
mod whole_lines;

use crate::plan::reading::Reading;
pub(crate) use head::Doubt;
use layout::FileKind;
use record::{Flow, Place, Sink};
use source::Source;
pub(crate) use whole_lines::{PassedLines, WholeLines};

/// Several files as one input, in order. The records go to a [`Sink`].
#[derive(Debug)]
pub(crate) struct Input {
    reading: Reading,
    bytes: u64,
    /// Whether the caller unpacks the current file.
    is_unpacked: bool,
    source: Source,
    /// What the first file was, once it has ended.
    first_kind: Option<FileKind>,
}

impl Input {
    pub(crate) fn new(reading: Reading) -> Self {
        Self {
            reading,
            bytes: 0,
            is_unpacked: false,
            source: Source::new(0),
            first_kind: None,
        }
    }

    /// Reads the next bytes of the current file.
    pub(crate) fn push(&mut self, chunk: &[u8], sink: &mut dyn Sink) -> Flow {
        self.count(chunk.len() as u64);
        self.source.push(chunk, &self.reading, sink)
    }

    /// Reads what is held back of the current file, which ends here prematurely.
    pub(crate) fn flush(&mut self, sink: &mut dyn Sink) -> Flow {
        self.source.flush(&self.reading, sink)
    }

    /// Ends the text of the current file.
    pub(crate) fn end_file(&mut self, sink: &mut dyn Sink) -> Flow {
        self.source.end(&self.reading, sink)
    }

    /// Leaves the current file, whose text has ended; the next push starts another one.
    pub(crate) fn next_file(&mut self) {
        self.first_kind = self.first_kind();
        self.is_unpacked = false;
        self.source = Source::new(0);
    }

    /// Tells that the caller has unpacked this many bytes of the current file and pushes their text.
    pub(crate) fn unpacked(&mut self, bytes: u64) {
        if !self.is_unpacked {
            self.is_unpacked = true;
            self.source = Source::new(1);
        }
        self.bytes += bytes;
    }

    fn count(&mut self, bytes: u64) {
        if !self.is_unpacked {
            self.bytes += bytes;
        }
    }

    /// Whether what is pushed of the current file is known to be NDJSON.
    pub(crate) fn is_lines(&self) -> bool {
        matches!(self.source, Source::Lines(..))
    }

    /// Where the next line of an NDJSON file starts; `None` inside a line and in other layouts.
    pub(crate) fn next_line(&self) -> Option<Place> {
        match &self.source {
            Source::Lines(lines, _) => lines.next_line(),
            _ => None,
        }
    }

    /// Skips whole lines of an NDJSON file that were read elsewhere.
    pub(crate) fn pass(&mut self, passed: PassedLines) {
        if let Source::Lines(lines, _) = &mut self.source {
            lines.skip(passed.bytes, passed.lines);
        }
        self.count(passed.bytes);
    }

    /// Bytes pushed, over all files.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// What the first object of the current file holds, if it was read as a user but may be none.
    pub(crate) fn doubt(&self) -> Option<&Doubt> {
        self.source.doubt()
    }

    /// What the first file is, once known.
    pub(crate) fn first_kind(&self) -> Option<FileKind> {
        let first = self.first_kind.clone();
        first.or_else(|| self.source.kind(self.is_unpacked))
    }
}

#[cfg(test)]
mod tests;
