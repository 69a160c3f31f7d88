//! The inspection of whole lines.

use crate::pass::reader::{LineReader, Passed};
use crate::pass::slice::{Cut, Slice};
use crate::pass::survey::{Counts, Survey};
use crate::pass::wire::{Wire, WireReader, put, put_text};
use crate::plan::reading::Reading;

/// Inspects the whole lines of slices, as [`crate::SliceExporter`] exports them.
#[derive(Debug)]
pub struct SliceInspector {
    reader: LineReader<Survey>,
}

/// What was found in a slice.
pub type InspectedSlice = Slice<InspectedLines>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InspectedLines {
    pub(crate) passed: Passed,
    pub(crate) counts: Counts,
}

impl SliceInspector {
    /// For an [`crate::Inspector`] that reads alike.
    pub fn new(reading: &Reading) -> Self {
        let (projection, survey) = Survey::new(0);
        Self {
            reader: LineReader::new(reading.max_record_size, projection, survey),
        }
    }

    /// Inspects the whole lines of a slice that begins at byte `from` of its file.
    pub fn inspect(&mut self, text: &[u8], from: u64) -> InspectedSlice {
        let cut = Cut::new(text, from);
        let passed = self.reader.read(cut.lines(text), cut.start());
        let counts = self.reader.rows_mut().take_counts();
        let lines = passed.map(|passed| InspectedLines { passed, counts });
        Slice { cut, lines }
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

    fn read(reader: &mut WireReader<'_>) -> Option<Self> {
        let passed = Passed::read(reader)?;
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
