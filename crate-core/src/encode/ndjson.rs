//! NDJSON: one object a line, values unchanged.

use std::mem;

use crate::effort::spend;
use crate::plan::Field;
use crate::plan::outline::{Leaves, Outline};
use crate::projection::Wants;
use crate::protect::{Cell, Protected};

/// Writes rows as NDJSON.
#[derive(Debug)]
pub(crate) enum NdjsonEncoder {
    /// Whole records, as far as they may be exported.
    Records,
    Fields(Outline<Cell>, Presence),
}

/// In how many rows each field was found.
///
/// The outline does not know: it looks for nothing inside of a value that it writes.
#[derive(Debug)]
pub(crate) struct Presence(Vec<(Cell, u64)>);

impl NdjsonEncoder {
    pub(crate) fn new(fields: Option<&[Field]>, wants: &mut Wants) -> Self {
        match fields {
            Some(fields) => {
                let outline = outline(fields, wants);
                let cells = fields.iter().map(|field| (Cell::of(field, wants), 0));
                Self::Fields(outline, Presence(cells.collect()))
            }
            None => {
                wants.record();
                Self::Records
            }
        }
    }

    /// Appends a row, and says whether a key that was read for it occurs twice.
    pub(crate) fn row(&mut self, row: &Protected<'_>, out: &mut Vec<u8>) -> bool {
        let has_twins = match self {
            Self::Records => row.write_record(out),
            Self::Fields(outline, presence) => {
                presence.add(row);
                if !outline.write(&mut &*row, out) {
                    out.extend_from_slice(b"{}");
                }
                row.has_twins()
            }
        };
        out.push(b'\n');
        has_twins
    }

    /// For each field, the rows that had it since the last call.
    pub(crate) fn take_found(&mut self) -> Vec<u64> {
        match self {
            Self::Records => Vec::new(),
            Self::Fields(_, presence) => presence.take(),
        }
    }
}

impl Presence {
    fn add(&mut self, row: &Protected<'_>) {
        spend(self.0.len());
        for (cell, rows) in &mut self.0 {
            *rows += u64::from(row.has(cell));
        }
    }

    fn take(&mut self) -> Vec<u64> {
        self.0.iter_mut().map(|(_, rows)| mem::take(rows)).collect()
    }
}

/// The outline of all fields.
fn outline(fields: &[Field], wants: &mut Wants) -> Outline<Cell> {
    let mut root = Outline::default();
    for field in fields {
        let is_root = field.path.as_root() == Some(&field.name);
        if is_root || field.export_as.is_some() {
            let cell = Cell::of(field, wants);
            root.named(field.heading()).leaves.push(cell);
            continue;
        }
        let cell = Cell::of_key(field, wants);
        root.named(&field.name).leaves.push(cell);
        let segments = field.path.segments().iter();
        let outline = segments.fold(&mut root, Outline::step);
        outline.leaves.push(Cell::of_path(field, wants));
    }
    root.sort();
    root
}

impl Leaves<Cell> for &Protected<'_> {
    fn has(&self, cell: &Cell) -> bool {
        Protected::has(self, cell)
    }

    fn write(&mut self, cell: &Cell, out: &mut Vec<u8>) -> bool {
        let value = self.value(cell);
        if let Some(value) = &value {
            value.write(out);
        }
        value.is_some()
    }
}
