//! The export of whole lines.

use std::mem;

use crate::error::{ErrorCode, LeftOut};
use crate::pass::reader::{LineReader, Passed};
use crate::pass::row_writer::{Bounds, RowWriter};
use crate::pass::slice::{Cut, Slice};
use crate::pass::totals::Totals;
use crate::pass::wire::{Wire, WireReader, put, put_text};
use crate::plan::Plan;

/// A slice with more reports is left to the one machine, which hands them on as they come: what
/// waits for its turn must stay small.
const MAX_LEFT_OUT: usize = 1000;

/// For the same reason: rows may grow to this many times the size of their slice.
const MAX_GROWTH: usize = 4;

/// And by this much, which matters for small slices.
const FREE_GROWTH: usize = 64 << 10;

/// Exports the whole lines of slices, one slice after another, in any order.
#[derive(Debug)]
pub struct SliceExporter {
    reader: LineReader<RowWriter>,
}

/// What came of a slice: the rows of its whole lines are kept separately.
pub type ExportedSlice = Slice<ExportedLines>;

/// Counts and places begin at the first line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportedLines {
    pub(crate) passed: Passed,
    pub(crate) totals: Totals,
    pub(crate) left_out: Vec<LeftOut>,
}

impl SliceExporter {
    /// For the plan that the [`crate::Exporter`] has.
    pub fn new(plan: Plan) -> Self {
        let max_record_size = plan.reading.max_record_size;
        let (projection, writer) = RowWriter::new(plan);
        Self {
            reader: LineReader::new(max_record_size, projection, writer),
        }
    }

    /// Exports the whole lines of a slice that begins at byte `from` of its file, and replaces
    /// `rows` by their rows.
    pub fn export(&mut self, text: &[u8], from: u64, rows: &mut Vec<u8>) -> ExportedSlice {
        let cut = Cut::new(text, from);
        let lines = cut.lines(text);
        rows.clear();
        let writer = self.reader.rows_mut();
        writer.bound(Bounds {
            bytes: lines.len() * MAX_GROWTH + FREE_GROWTH,
            left_out: MAX_LEFT_OUT,
        });
        mem::swap(&mut writer.lines, rows);
        let passed = self.reader.read(lines, cut.start());
        let writer = self.reader.rows_mut();
        mem::swap(&mut writer.lines, rows);
        let (totals, left_out) = writer.take();
        let lines = passed.map(|passed| ExportedLines {
            passed,
            totals,
            left_out,
        });
        Slice { cut, lines }
    }
}

impl Wire for ExportedLines {
    fn put(&self, bytes: &mut Vec<u8>) {
        let Self {
            passed,
            totals,
            left_out,
        } = self;
        passed.put(bytes);
        put(
            bytes,
            &[
                totals.exported,
                totals.left_out,
                totals.other_connections,
                totals.duplicate_keys,
                totals.replaced_surrogates,
                totals.long_cells,
                totals.long_numbers,
                totals.converted_texts,
                totals.found.len() as u64,
            ],
        );
        put(bytes, &totals.found);
        put(bytes, &[left_out.len() as u64]);
        for one in left_out {
            let is_too_large = one.code == ErrorCode::RecordTooLarge;
            put(
                bytes,
                &[is_too_large.into(), one.record, one.line, one.byte],
            );
            put_text(bytes, &one.message);
        }
    }

    fn read(reader: &mut WireReader<'_>) -> Option<Self> {
        let passed = Passed::read(reader)?;
        let [exported, left_out, other_connections] = reader.numbers()?;
        let [duplicate_keys, replaced_surrogates, long_cells] = reader.numbers()?;
        let [long_numbers, converted_texts, fields] = reader.numbers()?;
        let found = (0..fields).map(|_| reader.number());
        let found = found.collect::<Option<_>>()?;
        let totals = Totals {
            exported,
            left_out,
            other_connections,
            duplicate_keys,
            replaced_surrogates,
            long_cells,
            long_numbers,
            converted_texts,
            found,
            ..Totals::default()
        };
        let count = reader.number()?;
        let left_out = (0..count)
            .map(|_| {
                let [is_too_large, record, line, byte] = reader.numbers()?;
                Some(LeftOut {
                    code: match is_too_large {
                        0 => ErrorCode::BadRecord,
                        _ => ErrorCode::RecordTooLarge,
                    },
                    record,
                    line,
                    byte,
                    message: reader.text()?,
                    input: 0,
                })
            })
            .collect::<Option<_>>()?;
        Some(Self {
            passed,
            totals,
            left_out,
        })
    }
}
