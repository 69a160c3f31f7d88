//! Picks the fields of a record.

mod names;
mod scan;
mod tree;
mod walk;
mod watch;

use std::ops::Range;

use crate::effort::spend;
use crate::input::record::{Offer, Refusal};
use crate::plan::Field;
use crate::plan::path::{FieldPath, Segment};
use crate::plan::profile::HOLDERS;
pub(crate) use tree::in_order;
use tree::{Node, Tree};
use watch::Watch;

/// Finds the values of all fields in one pass over a record.
///
/// A field has two slots: one for the root key that equals its whole name, one for its path.
#[derive(Debug)]
pub(crate) struct Projection {
    tree: Tree,
    found: Found,
    identities: usize,
}

/// What was found in a record.
#[derive(Debug)]
struct Found {
    /// Where each slot's value is.
    slots: Vec<Option<Spot>>,
    /// For each node, in which object it was last met: twice in one is a duplicate key.
    met_in: Vec<u64>,
    /// Objects that were looked into, in all records.
    objects: u64,
    has_duplicates: bool,
    /// Where whole records are exported, their other keys.
    watch: Option<Watch>,
}

/// Where a value stands in a text.
#[derive(Clone, Copy, Debug)]
struct Spot {
    start: usize,
    end: usize,
    is_plain: bool,
}

/// The values of one record: a row, before it is encoded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    text: &'a [u8],
    start: usize,
    end: usize,
    hidden: Option<&'a [Range<usize>]>,
    slots: &'a [Option<Spot>],
    identities: usize,
    /// Whether a key on the way to a field stands twice; the last one counts.
    pub has_duplicates: bool,
}

/// A value as it stands in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Value<'a> {
    pub json: &'a [u8],
    /// Whether it is known to be a string without escapes.
    pub is_plain: bool,
}

/// A record without blanks between its tokens, in which no root key stands twice.
#[derive(Clone, Debug)]
pub(crate) struct Compact<'a> {
    /// All places are places in this text.
    pub text: &'a [u8],
    /// What stands between the braces.
    pub members: Range<usize>,
    /// The root keys that are not exported, in their order and without their quotes.
    pub hidden: &'a [Range<usize>],
    /// The root keys that hold secrets, with their values.
    pub holders: [(&'static str, Option<Range<usize>>); HOLDERS.len()],
}

impl Projection {
    pub(crate) fn new(fields: &[Field]) -> Self {
        let mut tree = Tree::new();
        for (index, field) in fields.iter().enumerate() {
            tree.add(&[Segment::Name(field.name.clone())], literal_slot(index));
            tree.add(field.path.segments(), path_slot(index));
        }
        let identities = 2 * fields.len();
        tree.add(FieldPath::root("identities").segments(), identities);
        Self::of(tree, identities, identities + 1, None)
    }

    /// For whole records.
    pub(crate) fn of_records() -> Self {
        let mut tree = Tree::new();
        for (slot, holder) in HOLDERS.iter().enumerate() {
            tree.add(FieldPath::root(holder).segments(), slot);
        }
        Self::of(tree, 0, HOLDERS.len(), Some(Watch::new()))
    }

    fn of(mut tree: Tree, identities: usize, slots: usize, watch: Option<Watch>) -> Self {
        tree.sort();
        let found = Found {
            slots: vec![None; slots],
            met_in: vec![0; tree.0.len()],
            objects: 0,
            has_duplicates: false,
            watch,
        };
        Self {
            tree,
            found,
            identities,
        }
    }

    /// The values of a record that was checked.
    pub(crate) fn row<'a>(&'a mut self, record: &'a [u8]) -> Row<'a> {
        self.found.clear();
        walk::walk(&self.tree, record, &mut self.found);
        self.found_in(record, 0..record.len(), None)
    }

    /// The values of a record that is offered unchecked, with the number of its tokens.
    ///
    /// What is refused may still be good: only [`crate::json::check::Checker`] tells.
    pub(crate) fn scan<'a>(&'a mut self, offer: &Offer<'a>) -> Result<(Row<'a>, usize), Refusal> {
        self.found.clear();
        let (tokens, end) = scan::scan(&self.tree, offer, &mut self.found)?;
        let start = offer.tokens[0] as usize;
        let place = start..end;
        let watch = self.found.watch.as_ref();
        let hidden = watch.filter(|watch| {
            let is_odd = watch.is_in_doubt || self.found.has_duplicates;
            !is_odd && offer.marks.is_compact(&place)
        });
        let hidden = hidden.map(|watch| watch.hidden.as_slice());
        Ok((self.found_in(offer.text, place, hidden), tokens))
    }

    fn found_in<'a>(
        &'a self,
        text: &'a [u8],
        place: Range<usize>,
        hidden: Option<&'a [Range<usize>]>,
    ) -> Row<'a> {
        Row {
            text,
            start: place.start,
            end: place.end,
            hidden,
            slots: &self.found.slots,
            identities: self.identities,
            has_duplicates: self.found.has_duplicates,
        }
    }
}

impl<'a> Row<'a> {
    /// The record as it stands in the input.
    pub(crate) fn record(&self) -> &'a [u8] {
        &self.text[self.start..self.end]
    }

    /// The record without blanks and twins among its root keys, if it is known to be so.
    pub(crate) fn compact(&self) -> Option<Compact<'a>> {
        Some(Compact {
            text: self.text,
            members: self.start + 1..self.end - 1,
            hidden: self.hidden?,
            holders: std::array::from_fn(|slot| {
                let spot = self.slots[slot];
                (HOLDERS[slot], spot.map(|spot| spot.start..spot.end))
            }),
        })
    }

    /// The value of the root key that is the whole name of field `index`.
    pub(crate) fn literal(&self, index: usize) -> Option<Value<'a>> {
        self.slot(literal_slot(index))
    }

    /// The value at the path of field `index`, unless its whole name is a root key.
    pub(crate) fn at_path(&self, index: usize) -> Option<Value<'a>> {
        match self.slots[literal_slot(index)] {
            Some(_) => None,
            None => self.slot(path_slot(index)),
        }
    }

    /// The value of `identities`, which tells the user's connections.
    pub(crate) fn identities(&self) -> Option<&'a [u8]> {
        self.slot(self.identities).map(|value| value.json)
    }

    fn slot(&self, slot: usize) -> Option<Value<'a>> {
        let spot = self.slots[slot]?;
        Some(Value {
            json: &self.text[spot.start..spot.end],
            is_plain: spot.is_plain,
        })
    }
}

fn literal_slot(field: usize) -> usize {
    2 * field
}

fn path_slot(field: usize) -> usize {
    2 * field + 1
}

impl Found {
    fn clear(&mut self) {
        spend(self.slots.len());
        self.slots.fill(None);
        self.has_duplicates = false;
        if let Some(watch) = &mut self.watch {
            watch.clear();
        }
    }

    /// A node's value is found.
    fn value(&mut self, node: &Node, place: Range<usize>, is_plain: bool) {
        let spot = Spot {
            start: place.start,
            end: place.end,
            is_plain,
        };
        for &slot in &node.slots {
            self.slots[slot] = Some(spot);
        }
    }

    /// A number for the next object that is looked into.
    fn next_object(&mut self) -> u64 {
        self.objects += 1;
        self.objects
    }

    /// A node's key is met in an object; of two equal ones the earlier does not count.
    fn key(&mut self, tree: &Tree, node: usize, object: u64) {
        if self.met_in[node] == object {
            self.has_duplicates = true;
            self.forget(tree, node);
        }
        self.met_in[node] = object;
    }

    /// Forgets a value and all that it holds.
    fn forget(&mut self, tree: &Tree, node: usize) {
        spend(1);
        let node = &tree.0[node];
        for &slot in &node.slots {
            self.slots[slot] = None;
        }
        for child in node.names.nodes() {
            self.forget(tree, child);
        }
        for (_, child) in &node.indexes {
            self.forget(tree, *child);
        }
    }
}

#[cfg(test)]
mod tests;
