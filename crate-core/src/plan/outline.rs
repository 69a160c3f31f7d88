//! The outline of a JSON object: paths put together again.
//!
//! The paths `a.b`, `a.c[1]` and `y` make the outline `{"a":{"b":…,"c":[null,…]},"y":…}`. Of each row
//! as much of it is written as has values.

use std::mem;

use crate::effort::spend;
use crate::json::write::close;
use crate::plan::path::{Segment, in_order};
use crate::tally::Tally;

/// A value of the object: that of a leaf, or an object or array of other outlines.
#[derive(Debug)]
pub(crate) struct Outline<T> {
    /// The first one that a row has is the value.
    pub leaves: Vec<T>,
    /// Keys as they are written, with quotes and colon.
    names: Vec<(Vec<u8>, Outline<T>)>,
    /// In ascending order once sorted.
    indexes: Vec<(usize, Outline<T>)>,
    /// Where each name is, and each index.
    places: (Tally, Tally),
}

/// A row that has values for leaves.
pub(crate) trait Leaves<T> {
    /// Whether there is a value.
    fn has(&self, leaf: &T) -> bool;

    /// Appends the value, and says whether there was any.
    fn write(&mut self, leaf: &T, out: &mut Vec<u8>) -> bool;
}

impl<T> Default for Outline<T> {
    fn default() -> Self {
        Self {
            leaves: Vec::new(),
            names: Vec::new(),
            indexes: Vec::new(),
            places: Default::default(),
        }
    }
}

impl<T> Outline<T> {
    /// The outline of this key, added if it is new.
    pub(crate) fn named(&mut self, name: &str) -> &mut Self {
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

    /// The outline of this step, added if it is new.
    pub(crate) fn step(&mut self, segment: &Segment) -> &mut Self {
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

    /// Puts the indexes in their order, once all steps are there.
    pub(crate) fn sort(&mut self) {
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

    /// A leaf at this place or below it.
    pub(crate) fn first_leaf(&self) -> Option<&T> {
        let own = self.leaves.first();
        let names = self.names.iter().map(|(_, below)| below);
        let indexes = self.indexes.iter().map(|(_, below)| below);
        own.or_else(|| names.chain(indexes).find_map(Self::first_leaf))
    }

    /// A leaf below this place that keeps it from being what `next` makes of it: a list of one that
    /// has keys, or an object of one that has indexes.
    pub(crate) fn first_leaf_of_other_kind(&self, next: &Segment) -> Option<&T> {
        match next {
            Segment::Name(_) => self.indexes.first().and_then(|(_, one)| one.first_leaf()),
            Segment::Index(_) => self.names.first().and_then(|(_, one)| one.first_leaf()),
        }
    }

    /// Appends the value, and says whether there was any.
    pub(crate) fn write(&self, row: &mut impl Leaves<T>, out: &mut Vec<u8>) -> bool {
        spend(1);
        if self.leaves.iter().any(|leaf| row.write(leaf, out)) {
            return true;
        }
        // A value cannot be an object and an array at once: at most one of the two has anything.
        self.write_object(row, out) || self.write_array(row, out)
    }

    fn write_object(&self, row: &mut impl Leaves<T>, out: &mut Vec<u8>) -> bool {
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

    fn write_array(&self, row: &mut impl Leaves<T>, out: &mut Vec<u8>) -> bool {
        let start = out.len();
        out.push(b'[');
        let mut next = 0;
        for (index, outline) in &self.indexes {
            let before = out.len();
            // An element keeps its index: `null` takes the place of those before it that have no outline.
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

    fn is_present(&self, row: &impl Leaves<T>) -> bool {
        spend(1);
        self.leaves.iter().any(|leaf| row.has(leaf))
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
