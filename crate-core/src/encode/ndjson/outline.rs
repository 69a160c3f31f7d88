//! The outline of a JSON object that holds the fields: their paths put together again.
//!
//! The fields `a.b`, `a.c[1]` and `x` with `export_as: "y"` make the outline
//! `{"a":{"b":…,"c":[null,…]},"y":…}`. Of each row as much of it is written as has values.

use std::mem;

use crate::effort::spend;
use crate::json::write::close;
use crate::plan::Field;
use crate::plan::path::Segment;
use crate::projection::{Wants, in_order};
use crate::protect::{Cell, Protected};
use crate::tally::Tally;

/// A value of the output: that of a field, or an object or array of other outlines.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// The first one that a row has is the value.
    cells: Vec<Cell>,
    /// Keys as they are written, with quotes and colon.
    names: Vec<(Vec<u8>, Outline)>,
    /// In ascending order once all fields are there.
    indexes: Vec<(usize, Outline)>,
    /// Where each name is, and each index.
    places: (Tally, Tally),
}

impl Outline {
    /// The outline of all fields.
    pub(super) fn new(fields: &[Field], wants: &mut Wants) -> Self {
        let mut root = Self::default();
        for field in fields {
            let is_root = field.path.as_root() == Some(&field.name);
            if is_root || field.export_as.is_some() {
                let cell = Cell::of(field, wants);
                root.named(field.heading()).cells.push(cell);
                continue;
            }
            let cell = Cell::of_key(field, wants);
            root.named(&field.name).cells.push(cell);
            let outline = field.path.segments().iter().fold(&mut root, Self::step);
            outline.cells.push(Cell::of_path(field, wants));
        }
        root.sort();
        root
    }

    fn named(&mut self, name: &str) -> &mut Self {
        let next = self.names.len() as u64;
        let place = self.places.0.entry(name, next);
        if place == next {
            // Not `expect`, which would link every error message into the wasm.
            let Ok(mut key) = serde_json::to_vec(name) else {
                unreachable!("a string is JSON")
            };
            key.push(b':');
            self.names.push((key, Self::default()));
        }
        &mut self.names[place as usize].1
    }

    fn step(&mut self, segment: &Segment) -> &mut Self {
        let index = match segment {
            Segment::Name(name) => return self.named(name),
            Segment::Index(index) => *index,
        };
        let next = self.indexes.len() as u64;
        let place = self.places.1.entry(&in_order(index), next);
        if place == next {
            self.indexes.push((index, Self::default()));
        }
        &mut self.indexes[place as usize].1
    }

    /// Puts the indexes in their order.
    fn sort(&mut self) {
        let mut unsorted = mem::take(&mut self.indexes);
        for (_, place) in self.places.1.iter() {
            let (index, mut outline) = mem::take(&mut unsorted[place as usize]);
            outline.sort();
            self.indexes.push((index, outline));
        }
        for (_, outline) in &mut self.names {
            outline.sort();
        }
    }

    /// Appends the value, and says whether there was any.
    pub(super) fn write(&self, row: &Protected<'_>, out: &mut Vec<u8>) -> bool {
        spend(1);
        if let Some(value) = self.cells.iter().find_map(|cell| row.value(cell)) {
            value.write(out);
            return true;
        }
        // A value cannot be an object and an array at once: at most one of the two has anything.
        self.write_object(row, out) || self.write_array(row, out)
    }

    fn write_object(&self, row: &Protected<'_>, out: &mut Vec<u8>) -> bool {
        let start = out.len();
        out.push(b'{');
        for (key, outline) in &self.names {
            let before = out.len();
            out.extend_from_slice(key);
            match outline.write(row, out) {
                true => out.push(b','),
                false => out.truncate(before),
            }
        }
        close(start, b'}', out)
    }

    fn write_array(&self, row: &Protected<'_>, out: &mut Vec<u8>) -> bool {
        let start = out.len();
        out.push(b'[');
        let mut next = 0;
        for (index, outline) in &self.indexes {
            let before = out.len();
            // An element keeps its index: `null` takes the place of those before it that no field names.
            for _ in next..if outline.is_present(row) {
                *index
            } else {
                next
            } {
                out.extend_from_slice(b"null,");
            }
            match outline.write(row, out) {
                true => {
                    out.push(b',');
                    next = index + 1;
                }
                false => out.truncate(before),
            }
        }
        close(start, b']', out)
    }

    fn is_present(&self, row: &Protected<'_>) -> bool {
        spend(1);
        self.cells.iter().any(|cell| row.has(cell))
            || self
                .names
                .iter()
                .any(|(_, outline)| outline.is_present(row))
            || self
                .indexes
                .iter()
                .any(|(_, outline)| outline.is_present(row))
    }
}
