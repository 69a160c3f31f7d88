//! The inspection of whole lines.

use serde::{Deserialize, Serialize};

use crate::input::{PassedLines, WholeLines};
use crate::inspector::{Counts, Survey};
use crate::slice::Cut;

/// Inspects the whole lines of slices, as [`crate::SliceExporter`] exports them.
#[derive(Debug)]
pub struct SliceInspector {
    input: WholeLines,
    survey: Survey,
}

/// What was found in a slice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectedSlice {
    pub(crate) cut: Cut,
    pub(crate) lines: Option<InspectedLines>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
}
