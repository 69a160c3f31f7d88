//! What was found in a record so far.

use std::ops::Range;

use crate::effort::spend;
use crate::projection::row::Spot;
use crate::projection::tree::{Node, Tree};
use crate::projection::watch::Watch;

/// What was found in a record.
#[derive(Debug)]
pub(super) struct Found {
    /// Where each slot's value is.
    pub slots: Vec<Option<Spot>>,
    /// Where the values of each slot of many are, in their order.
    pub many_slots: Vec<Vec<Spot>>,
    /// For each node, in which object it was last met: twice in one is a duplicate key.
    met_in: Vec<Object>,
    /// Objects that were looked into, in all records.
    objects: u64,
    pub has_duplicates: bool,
    /// Where whole records are exported, their other keys.
    pub watch: Option<Watch>,
}

/// An object on a way to values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Object {
    /// No two have the same, in all records.
    number: u64,
    /// The place of its brace.
    start: usize,
}

impl Found {
    pub(super) fn new(tree: &Tree, slots: usize, many_slots: usize, watch: Option<Watch>) -> Self {
        Self {
            slots: vec![None; slots],
            many_slots: vec![Vec::new(); many_slots],
            met_in: vec![Object::default(); tree.0.len()],
            objects: 0,
            has_duplicates: false,
            watch,
        }
    }

    #[inline]
    pub(super) fn clear(&mut self) {
        spend(self.slots.len());
        self.slots.fill(None);
        for spots in &mut self.many_slots {
            spots.clear();
        }
        self.has_duplicates = false;
        if let Some(watch) = &mut self.watch {
            watch.clear();
        }
    }

    /// A node's value is found.
    #[inline(always)]
    pub(super) fn value(&mut self, node: &Node, place: Range<usize>, is_plain: bool) {
        let spot = Spot {
            start: place.start,
            end: place.end,
            is_plain,
        };
        if let Some(slot) = node.slot {
            self.slots[slot] = Some(spot);
        }
        if !node.many_slots.is_empty() {
            self.one_of_many(node, spot);
        }
    }

    /// A value of every element is found. Not inlined, as most exports have none.
    #[inline(never)]
    fn one_of_many(&mut self, node: &Node, spot: Spot) {
        for &slot in &node.many_slots {
            self.many_slots[slot].push(spot);
        }
    }

    /// The next object that is looked into.
    pub(super) fn next_object(&mut self, start: usize) -> Object {
        self.objects += 1;
        Object {
            number: self.objects,
            start,
        }
    }

    /// A node's key is met in an object; of two equal ones the earlier does not count.
    #[inline]
    pub(super) fn key(&mut self, tree: &Tree, node: usize, object: Object) {
        if self.met_in[node].number == object.number {
            self.has_duplicates = true;
            self.forget(tree, node, object.start);
        }
        self.met_in[node] = object;
    }

    /// Forgets a value and all that it holds; its object begins at `start`.
    fn forget(&mut self, tree: &Tree, node: usize, start: usize) {
        spend(1);
        let node = &tree.0[node];
        if let Some(slot) = node.slot {
            self.slots[slot] = None;
        }
        for &slot in &node.many_slots {
            // What comes before belongs to other elements.
            let spots = &mut self.many_slots[slot];
            let kept = spots.partition_point(|spot| spot.start < start);
            spots.truncate(kept);
        }
        for child in node.names.nodes() {
            self.forget(tree, child, start);
        }
        for child in node
            .indexes
            .iter()
            .map(|(_, child)| *child)
            .chain(node.every)
        {
            self.forget(tree, child, start);
        }
    }
}
