//! The inspection of whole lines.

use crate::input::{PassedLines, WholeLines};
use crate::pass::inspect::{Counts, Survey};
use crate::pass::slice::Cut;
use crate::pass::slice::wire::{Reader, Wire, from_bytes, put, put_text, to_bytes};

/// Inspects the whole lines of slices, as [`crate::SliceExporter`] exports them.
#[derive(Debug)]
pub struct SliceInspector {
    input: WholeLines,
    survey: Survey,
}

/// What was found in a slice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InspectedSlice {
    pub(crate) cut: Cut,
    pub(crate) lines: Option<InspectedLines>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct InspectedLines {
    pub passed: PassedLines,
    pub counts: Counts,
}

impl SliceInspector {
    /// For an [`crate::Inspector`] of this size.
    pub fn new(max_record_size: usize) -> Self {
        Self {
            input: WholeLines::new(max_record_size),
            survey: Survey::of_connections(),
        }
    }

    /// Inspects the whole lines of a slice that begins at byte `from` of its file.
    pub fn inspect(&mut self, text: &[u8], from: u64) -> InspectedSlice {
        let cut = Cut::new(text, from);
        let passed = self
            .input
            .read(cut.lines(text), cut.start(), &mut self.survey);
        let counts = self.survey.take_counts();
        let lines = passed.map(|passed| InspectedLines { passed, counts });
        InspectedSlice { cut, lines }
    }
}

impl InspectedSlice {
    /// The head, the whole lines and the tail of the slice.
    pub fn split<'a>(&self, text: &'a [u8]) -> (&'a [u8], &'a [u8], &'a [u8]) {
        self.cut.split(text)
    }

    /// The bytes from which [`InspectedSlice::from_bytes`] makes it again.
    pub fn to_bytes(&self) -> Vec<u8> {
        to_bytes(self.cut, self.lines.as_ref())
    }

    /// What the bytes stand for; `None` when they are no slice.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (cut, lines) = from_bytes(bytes)?;
        Some(Self { cut, lines })
    }
}

impl Wire for InspectedLines {
    fn put(&self, bytes: &mut Vec<u8>) {
        let Self { passed, counts } = self;
        passed.put(bytes);
        put(bytes, &[counts.left_out, counts.without_connection]);
        for (connection, users) in counts.connections.iter() {
            put(bytes, &[users]);
            put_text(bytes, connection);
        }
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let passed = PassedLines::read(reader)?;
        let [left_out, without_connection] = reader.numbers()?;
        let mut counts = Counts {
            left_out,
            without_connection,
            ..Counts::default()
        };
        while !reader.0.is_empty() {
            let users = reader.number()?;
            counts.connections.add(&reader.text()?, users);
        }
        Some(Self { passed, counts })
    }
}
