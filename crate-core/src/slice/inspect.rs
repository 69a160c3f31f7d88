//! The inspection of whole lines.

use crate::input::{PassedLines, WholeLines};
use crate::inspector::{Counts, Survey};
use crate::slice::Cut;
use crate::slice::wire::{Reader, put, put_text};

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
        let mut bytes = Vec::new();
        put(&mut bytes, &self.cut.to_numbers());
        if let Some(InspectedLines { passed, counts }) = &self.lines {
            put(
                &mut bytes,
                &[
                    passed.bytes,
                    passed.lines,
                    passed.records,
                    counts.left_out,
                    counts.without_connection,
                ],
            );
            for (connection, users) in &counts.connections {
                put(&mut bytes, &[*users]);
                put_text(&mut bytes, connection);
            }
        }
        bytes
    }

    /// What the bytes stand for; `None` when they are no slice.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader(bytes);
        let cut = Cut::of_numbers(reader.numbers()?)?;
        if reader.0.is_empty() {
            return Some(Self { cut, lines: None });
        }
        let [bytes, lines, records] = reader.numbers()?;
        let passed = PassedLines {
            bytes,
            lines,
            records,
        };
        let [left_out, without_connection] = reader.numbers()?;
        let mut counts = Counts {
            left_out,
            without_connection,
            ..Counts::default()
        };
        while !reader.0.is_empty() {
            let users = reader.number()?;
            counts.connections.insert(reader.text()?, users);
        }
        let lines = Some(InspectedLines { passed, counts });
        Some(Self { cut, lines })
    }
}
