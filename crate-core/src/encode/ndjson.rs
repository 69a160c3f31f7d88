//! NDJSON: one object a line, values unchanged.

use crate::plan::Field;
use crate::plan::outline::{Leaves, Outline};
use crate::projection::Wants;
use crate::protect::{Cell, Protected};

/// Writes rows as NDJSON.
#[derive(Debug)]
pub(crate) enum NdjsonEncoder {
    /// Whole records, as far as they may be exported.
    Records,
    Fields(Outline<Cell>),
}

impl NdjsonEncoder {
    pub(crate) fn new(fields: Option<&[Field]>, wants: &mut Wants) -> Self {
        match fields {
            Some(fields) => Self::Fields(outline(fields, wants)),
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
                if !outline.write(&mut &*row, out) {
                    out.extend_from_slice(b"{}");
                }
                row.has_twins()
            }
        };
        out.push(b'\n');
        has_twins
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
