//! The paths that anybody needs, collected before the first record is read.

use crate::plan::path::{FieldPath, Segment};
use crate::plan::profile::HOLDERS;
use crate::projection::tree::{Step, Tree};

/// Where a row has the value of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot(pub(super) usize);

/// Where a row has the values of a path that leads into every element of an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ManySlot(pub(super) usize);

/// Collects the paths that columns, filters and counts need. Equal paths share a slot.
#[derive(Debug, Default)]
pub(crate) struct Wants {
    pub(super) tree: Tree,
    pub(super) slots: usize,
    pub(super) many_slots: usize,
    pub(super) holders: Option<[Slot; HOLDERS.len()]>,
}

impl Wants {
    /// The value at a path.
    pub(crate) fn path(&mut self, path: &FieldPath) -> Slot {
        let steps = path.segments().iter().map(|segment| match segment {
            Segment::Name(name) => Step::Name(name),
            Segment::Index(index) => Step::Index(*index),
        });
        self.at(steps)
    }

    fn at<'a>(&mut self, way: impl Iterator<Item = Step<'a>>) -> Slot {
        let node = self.tree.at(way);
        if let Some(&slot) = node.slots.first() {
            return Slot(slot);
        }
        node.slots.push(self.slots);
        self.slots += 1;
        Slot(self.slots - 1)
    }

    /// The value of a root key.
    pub(crate) fn key(&mut self, name: &str) -> Slot {
        self.path(&FieldPath::root(name))
    }

    /// The value of `key` in one element of the array under the root key `array`.
    pub(crate) fn element(&mut self, array: &str, index: usize, key: &str) -> Slot {
        self.at([Step::Name(array), Step::Index(index), Step::Name(key)].into_iter())
    }

    /// The values of `key` in all elements of the array under the root key `array`.
    pub(crate) fn each(&mut self, array: &str, key: &str) -> ManySlot {
        let node = self
            .tree
            .at([Step::Name(array), Step::Every, Step::Name(key)].into_iter());
        if let Some(&slot) = node.many_slots.first() {
            return ManySlot(slot);
        }
        node.many_slots.push(self.many_slots);
        self.many_slots += 1;
        ManySlot(self.many_slots - 1)
    }

    /// Whole records, as far as they may be exported.
    pub(crate) fn record(&mut self) {
        self.holders = Some(HOLDERS.map(|holder| self.key(holder)));
    }
}
