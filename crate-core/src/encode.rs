//! From rows to the bytes of the output.

mod csv;
mod date;
mod ndjson;

pub(crate) use csv::CsvEncoder;
pub(crate) use ndjson::NdjsonEncoder;

use crate::plan::Plan;
use crate::plan::request::Format;
use crate::projection::Row;

/// Writes rows in one of the formats.
#[derive(Debug)]
pub(crate) enum Encoder {
    Csv(CsvEncoder),
    Ndjson(NdjsonEncoder),
}

/// What was changed or is hard to use in the output.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Notices {
    pub replaced_surrogates: u64,
    pub long_cells: u64,
}

impl Encoder {
    pub(crate) fn new(plan: &Plan) -> Self {
        let fields = plan.fields.as_deref();
        match plan.format {
            Format::Csv => Self::Csv(CsvEncoder::new(
                fields.unwrap_or_default(),
                plan.options.csv_profile,
            )),
            Format::Json => Self::Ndjson(NdjsonEncoder::new(fields)),
        }
    }

    /// What stands in the file before the first row.
    pub(crate) fn heading(&mut self, out: &mut Vec<u8>) {
        match self {
            Self::Csv(csv) => csv.heading(out),
            Self::Ndjson(_) => {}
        }
    }

    /// Appends a row, and tells whether a key that was read for it stands twice.
    pub(crate) fn row(&mut self, row: &Row<'_>, out: &mut Vec<u8>) -> bool {
        match self {
            Self::Csv(csv) => {
                csv.row(row, out);
                row.has_duplicates
            }
            Self::Ndjson(ndjson) => ndjson.row(row, out),
        }
    }

    /// What was noticed since the last call.
    pub(crate) fn take_notices(&mut self) -> Notices {
        match self {
            Self::Csv(csv) => csv.take_notices(),
            Self::Ndjson(_) => Notices::default(),
        }
    }
}
