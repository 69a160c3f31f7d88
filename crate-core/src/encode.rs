//! From rows to lines.

mod csv;
mod excel;
mod ndjson;

pub(crate) use csv::CsvEncoder;
pub(crate) use ndjson::NdjsonEncoder;

use crate::plan::Plan;
use crate::plan::request::Format;
use crate::projection::Wants;
use crate::protect::Protected;

/// Writes rows in one of the formats.
#[derive(Debug)]
pub(crate) enum Encoder {
    Csv(CsvEncoder),
    Ndjson(NdjsonEncoder),
}

/// What was found, changed or is hard to use in the output.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notices {
    pub replaced_surrogates: u64,
    pub long_cells: u64,
    pub long_numbers: u64,
    pub converted_texts: u64,
    /// For each field, the rows that have it.
    pub found: Vec<u64>,
}

impl Encoder {
    /// Asks for what the rows of a plan need.
    pub(crate) fn new(plan: &Plan, wants: &mut Wants) -> Self {
        let fields = plan.fields.as_deref();
        match plan.format {
            Format::Csv => Self::Csv(CsvEncoder::new(
                fields.unwrap_or_default(),
                plan.options.csv_profile,
                wants,
            )),
            Format::Json => Self::Ndjson(NdjsonEncoder::new(fields, wants)),
        }
    }

    /// What the file has before the first row.
    pub(crate) fn heading(&mut self, out: &mut Vec<u8>) {
        match self {
            Self::Csv(csv) => csv.heading(out),
            Self::Ndjson(_) => {}
        }
    }

    /// Appends a row, and says whether a key that was read for it occurs twice.
    pub(crate) fn row(&mut self, row: &Protected<'_>, out: &mut Vec<u8>) -> bool {
        match self {
            Self::Csv(csv) => {
                csv.row(row, out);
                row.has_twins()
            }
            Self::Ndjson(ndjson) => ndjson.row(row, out),
        }
    }

    /// What was noticed since the last call.
    pub(crate) fn take_notices(&mut self) -> Notices {
        match self {
            Self::Csv(csv) => csv.take_notices(),
            Self::Ndjson(ndjson) => Notices {
                found: ndjson.take_found(),
                ..Notices::default()
            },
        }
    }
}
