//! NDJSON: one object a line, values unchanged.

mod outline;

use crate::plan::Field;
use crate::projection::Wants;
use crate::protect::Protected;
use outline::Outline;

/// Writes rows as NDJSON.
#[derive(Debug)]
pub(crate) enum NdjsonEncoder {
    /// Whole records, as far as they may be exported.
    Records,
    Fields(Outline),
}

impl NdjsonEncoder {
    pub(crate) fn new(fields: Option<&[Field]>, wants: &mut Wants) -> Self {
        match fields {
            Some(fields) => Self::Fields(Outline::new(fields, wants)),
            None => {
                wants.record();
                Self::Records
            }
        }
    }

    /// Appends a row, and says whether a key that was read for it occurs twice.
    pub(crate) fn row(&self, row: &Protected<'_>, out: &mut Vec<u8>) -> bool {
        let has_twins = match self {
            Self::Records => row.write_record(out),
            Self::Fields(outline) => {
                if !outline.write(row, out) {
                    out.extend_from_slice(b"{}");
                }
                row.has_twins()
            }
        };
        out.push(b'\n');
        has_twins
    }
}
