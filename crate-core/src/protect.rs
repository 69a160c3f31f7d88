//! What may leave of the values of a row. Encoders have no other way to a value, so that none of
//! them can forget it.

mod record;
mod secrets;

use crate::plan::Field;
use crate::projection::{Row, Slot, Value, Wants};
pub(crate) use secrets::Secrets;

/// A row as encoders see it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Protected<'a>(&'a Row<'a>);

/// A value that an encoder writes: where a row has it, and what of it is a secret.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell {
    origin: Origin,
    secrets: Secrets,
}

/// A name stands for the root key that equals it as a whole, before it is a path.
#[derive(Clone, Copy, Debug)]
enum Origin {
    /// One place, whatever the others have.
    At(Slot),
    KeyOrPath {
        key: Slot,
        path: Slot,
    },
    PathWithoutKey {
        key: Slot,
        path: Slot,
    },
}

/// A value that may leave.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Finished<'a> {
    /// A string, a number or a plain word: it holds nothing but itself.
    Scalar(Value<'a>),
    Nested(Nested<'a>),
}

/// An array or an object, which may hold secrets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nested<'a> {
    json: &'a [u8],
    secrets: Secrets,
}

impl Cell {
    /// The value of a field.
    pub(crate) fn of(field: &Field, wants: &mut Wants) -> Self {
        let (key, path) = (wants.key(&field.name), wants.path(&field.path));
        let origin = match key == path {
            true => Origin::At(key),
            false => Origin::KeyOrPath { key, path },
        };
        Self::at(origin, field)
    }

    /// The value of a field whose name is a root key.
    pub(crate) fn of_key(field: &Field, wants: &mut Wants) -> Self {
        Self::at(Origin::At(wants.key(&field.name)), field)
    }

    /// The value of a field whose name is a path and no root key.
    pub(crate) fn of_path(field: &Field, wants: &mut Wants) -> Self {
        let (key, path) = (wants.key(&field.name), wants.path(&field.path));
        Self::at(Origin::PathWithoutKey { key, path }, field)
    }

    #[inline]
    fn at(origin: Origin, field: &Field) -> Self {
        Self {
            origin,
            secrets: Secrets::at(&field.path),
        }
    }
}

impl<'a> Protected<'a> {
    pub(crate) fn new(row: &'a Row<'a>) -> Self {
        Self(row)
    }

    /// The value of a cell, where the row has one.
    #[inline(always)]
    pub(crate) fn value(&self, cell: &Cell) -> Option<Finished<'a>> {
        let row = self.0;
        let value = match cell.origin {
            Origin::At(slot) => row.value(slot),
            Origin::KeyOrPath { key, path } => row.value(key).or_else(|| row.value(path)),
            Origin::PathWithoutKey { key, .. } if row.value(key).is_some() => None,
            Origin::PathWithoutKey { path, .. } => row.value(path),
        }?;
        Some(match value.json {
            json @ [b'{' | b'[', ..] => Finished::Nested(Nested {
                json,
                secrets: cell.secrets,
            }),
            _ => Finished::Scalar(value),
        })
    }

    /// Whether the row has a value for a cell.
    pub(crate) fn has(&self, cell: &Cell) -> bool {
        self.value(cell).is_some()
    }

    /// Whether a key on the way to a value occurs twice; the last one counts.
    pub(crate) fn has_twins(&self) -> bool {
        self.0.has_duplicates
    }

    /// Appends the whole record without the attributes and secrets that are not exported, and
    /// tells whether a key that is exported occurs twice.
    pub(crate) fn write_record(&self, out: &mut Vec<u8>) -> bool {
        match self.0.compact() {
            Some(record) => {
                record::write_compact(&record, out);
                false
            }
            None => record::write(self.0.record(), out),
        }
    }
}

impl Finished<'_> {
    /// Appends the value as JSON without white space between its tokens.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Scalar(value) => out.extend_from_slice(value.json),
            Self::Nested(nested) => nested.write(out),
        }
    }
}

impl Nested<'_> {
    /// Appends it without its secrets, as JSON without white space between its tokens.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        self.secrets.write_without(self.json, out);
    }
}

#[cfg(test)]
mod tests;
