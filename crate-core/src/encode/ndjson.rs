//! NDJSON: one object a line, values as they stand.

mod records;

use std::mem;

use crate::effort::spend;
use crate::plan::Field;
use crate::plan::path::Segment;
use crate::projection::{Row, in_order};
use crate::protect::Secrets;
use crate::tally::Tally;

/// Writes rows as NDJSON.
#[derive(Debug)]
pub(crate) enum NdjsonEncoder {
    /// Whole records, as far as they may be exported.
    Records,
    /// The shape that holds the fields.
    Fields(Shape),
}

/// A value of the output: that of a field, or an object or array of other shapes.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    values: Vec<Value>,
    /// Keys as they are written, with quotes and colon.
    names: Vec<(Vec<u8>, Shape)>,
    /// In ascending order once all fields are there.
    indexes: Vec<(usize, Shape)>,
    /// Where each name stands, and each index.
    places: (Tally, Tally),
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug)]
enum Value {
    /// The root key that equals the whole name of this field.
    Literal(usize, Secrets),
    /// The path of this field.
    Path(usize, Secrets),
    /// Either, under a name of its own.
    Either(usize, Secrets),
}

impl NdjsonEncoder {
    pub(crate) fn new(fields: Option<&[Field]>) -> Self {
        let Some(fields) = fields else {
            return Self::Records;
        };
        let mut root = Shape::default();
        for (index, field) in fields.iter().enumerate() {
            let secrets = Secrets::at(&field.path);
            if let Some(title) = &field.export_as {
                root.named(title).values.push(Value::Either(index, secrets));
                continue;
            }
            if field.path.as_root() != Some(&field.name) {
                root.named(&field.name)
                    .values
                    .push(Value::Literal(index, secrets));
            }
            let place = field.path.segments().iter().fold(&mut root, Shape::step);
            place
                .values
                .push(match field.path.as_root() == Some(&field.name) {
                    true => Value::Either(index, secrets),
                    false => Value::Path(index, secrets),
                });
        }
        root.sort();
        Self::Fields(root)
    }

    /// Appends a row, and tells whether a key that was read for it stands twice.
    pub(crate) fn row(&self, row: &Row<'_>, out: &mut Vec<u8>) -> bool {
        let has_twins = match self {
            Self::Records => match row.compact() {
                Some(record) => {
                    records::write_compact(&record, out);
                    false
                }
                None => records::write(row.record(), out),
            },
            Self::Fields(shape) => {
                if !shape.write(row, out) {
                    out.extend_from_slice(b"{}");
                }
                row.has_duplicates
            }
        };
        out.push(b'\n');
        has_twins
    }
}

impl Shape {
    fn named(&mut self, name: &str) -> &mut Self {
        let next = self.names.len() as u64;
        let place = self.places.0.entry(name, next);
        if place == next {
            // Not `expect`, which would bring all that an error can say into the wasm.
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
            let (index, mut shape) = mem::take(&mut unsorted[place as usize]);
            shape.sort();
            self.indexes.push((index, shape));
        }
        for (_, shape) in &mut self.names {
            shape.sort();
        }
    }

    /// Appends the value, and tells whether there was any.
    fn write(&self, row: &Row<'_>, out: &mut Vec<u8>) -> bool {
        spend(1);
        let value = self.values.iter().find_map(|value| value.of(row));
        if let Some((value, secrets)) = value {
            secrets.write_without(value, out);
            return true;
        }
        // A value cannot be an object and an array at once: at most one of the two has anything.
        self.write_object(row, out) || self.write_array(row, out)
    }

    fn write_object(&self, row: &Row<'_>, out: &mut Vec<u8>) -> bool {
        let start = out.len();
        out.push(b'{');
        for (key, shape) in &self.names {
            let before = out.len();
            out.extend_from_slice(key);
            match shape.write(row, out) {
                true => out.push(b','),
                false => out.truncate(before),
            }
        }
        close(start, b'}', out)
    }

    fn write_array(&self, row: &Row<'_>, out: &mut Vec<u8>) -> bool {
        let start = out.len();
        out.push(b'[');
        let mut next = 0;
        for (index, shape) in &self.indexes {
            let before = out.len();
            // An element keeps its index: `null` stands for those before it that no field names.
            for _ in next..if shape.is_present(row) { *index } else { next } {
                out.extend_from_slice(b"null,");
            }
            match shape.write(row, out) {
                true => {
                    out.push(b',');
                    next = index + 1;
                }
                false => out.truncate(before),
            }
        }
        close(start, b']', out)
    }

    fn is_present(&self, row: &Row<'_>) -> bool {
        spend(1);
        self.values.iter().any(|value| value.of(row).is_some())
            || self.names.iter().any(|(_, shape)| shape.is_present(row))
            || self.indexes.iter().any(|(_, shape)| shape.is_present(row))
    }
}

/// Puts the closing bracket in the place of the last comma; without any member nothing stays.
fn close(start: usize, bracket: u8, out: &mut Vec<u8>) -> bool {
    let is_empty = out.len() == start + 1;
    match out.last_mut() {
        Some(last) if !is_empty => *last = bracket,
        _ => out.truncate(start),
    }
    !is_empty
}

impl Value {
    fn of<'a>(&self, row: &Row<'a>) -> Option<(&'a [u8], Secrets)> {
        let (value, secrets) = match *self {
            Self::Literal(field, secrets) => (row.literal(field), secrets),
            Self::Path(field, secrets) => (row.at_path(field), secrets),
            Self::Either(field, secrets) => {
                (row.literal(field).or_else(|| row.at_path(field)), secrets)
            }
        };
        value.map(|value| (value.json, secrets))
    }
}

#[cfg(test)]
mod tests;
