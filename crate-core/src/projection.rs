//! Picks the fields of a record.

mod scan;
mod walk;

use std::ops::Range;

use crate::path::{FieldPath, Segment};
use crate::plan::Field;
use scan::Scanner;

/// Finds the values of all fields in one pass over a record.
///
/// A field has two slots: one for the root key that equals its whole name, one for its path.
#[derive(Debug)]
pub(crate) struct Projection {
    tree: Tree,
    found: Found,
    identities: usize,
    scanner: Scanner,
}

/// The steps that lead to fields; the first node is the record itself.
#[derive(Debug)]
struct Tree(Vec<Node>);

#[derive(Debug, Default)]
struct Node {
    slots: Vec<usize>,
    /// Keys of an object and the nodes below them.
    names: Vec<(String, usize)>,
    /// Indexes of an array and the nodes below them.
    indexes: Vec<(usize, usize)>,
}

/// What was found in a record.
#[derive(Debug)]
struct Found {
    /// Where each slot's value is.
    slots: Vec<Option<Range<usize>>>,
    /// For each node, in which object it was last met: twice in one is a duplicate key.
    met_in: Vec<u64>,
    /// Objects that were looked into, in all records.
    objects: u64,
    has_duplicates: bool,
}

/// The values of one record: a row, before it is encoded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    record: &'a [u8],
    slots: &'a [Option<Range<usize>>],
    identities: usize,
    /// Whether a key on the way to a field stands twice; the last one counts.
    pub has_duplicates: bool,
}

impl Projection {
    pub(crate) fn new(fields: &[Field]) -> Self {
        let mut tree = Tree(vec![Node::default()]);
        for (index, field) in fields.iter().enumerate() {
            tree.add(&[Segment::Name(field.name.clone())], literal_slot(index));
            tree.add(field.path.segments(), path_slot(index));
        }
        let identities = 2 * fields.len();
        tree.add(FieldPath::root("identities").segments(), identities);
        let found = Found {
            slots: vec![None; identities + 1],
            met_in: vec![0; tree.0.len()],
            objects: 0,
            has_duplicates: false,
        };
        Self {
            tree,
            found,
            identities,
            scanner: Scanner::default(),
        }
    }

    /// The values of a record that was checked.
    pub(crate) fn row<'a>(&'a mut self, record: &'a [u8]) -> Row<'a> {
        self.found.clear();
        walk::walk(&self.tree, record, &mut self.found);
        self.found_in(record)
    }

    /// The values of a record that was not checked, if it is one JSON object without a fault.
    ///
    /// What is refused here may still be good: only [`crate::json::check::Checker`] tells.
    pub(crate) fn scan<'a>(&'a mut self, record: &'a [u8]) -> Option<Row<'a>> {
        self.found.clear();
        self.scanner.scan(&self.tree, record, &mut self.found)?;
        Some(self.found_in(record))
    }

    fn found_in<'a>(&'a self, record: &'a [u8]) -> Row<'a> {
        Row {
            record,
            slots: &self.found.slots,
            identities: self.identities,
            has_duplicates: self.found.has_duplicates,
        }
    }
}

impl<'a> Row<'a> {
    /// The value of the root key that is the whole name of field `index`.
    pub(crate) fn literal(&self, index: usize) -> Option<&'a [u8]> {
        self.slots[literal_slot(index)]
            .clone()
            .map(|range| &self.record[range])
    }

    /// The value at the path of field `index`, unless its whole name is a root key.
    pub(crate) fn at_path(&self, index: usize) -> Option<&'a [u8]> {
        match self.slots[literal_slot(index)] {
            Some(_) => None,
            None => self.slots[path_slot(index)]
                .clone()
                .map(|range| &self.record[range]),
        }
    }

    /// The value of `identities`, which tells the user's connections.
    pub(crate) fn identities(&self) -> Option<&'a [u8]> {
        self.slots[self.identities]
            .clone()
            .map(|range| &self.record[range])
    }
}

fn literal_slot(field: usize) -> usize {
    2 * field
}

fn path_slot(field: usize) -> usize {
    2 * field + 1
}

impl Tree {
    const ROOT: usize = 0;

    fn add(&mut self, path: &[Segment], slot: usize) {
        let node = path
            .iter()
            .fold(Self::ROOT, |node, segment| self.child(node, segment));
        self.0[node].slots.push(slot);
    }

    /// The node below `node`, made where there is none yet.
    fn child(&mut self, node: usize, segment: &Segment) -> usize {
        let next = self.0.len();
        let known = match segment {
            Segment::Name(name) => child(&mut self.0[node].names, name, next),
            Segment::Index(index) => child(&mut self.0[node].indexes, index, next),
        };
        if known == next {
            self.0.push(Node::default());
        }
        known
    }
}

fn child<K: PartialEq + Clone>(children: &mut Vec<(K, usize)>, key: &K, next: usize) -> usize {
    match children.iter().find(|(known, _)| known == key) {
        Some((_, node)) => *node,
        None => {
            children.push((key.clone(), next));
            next
        }
    }
}

impl Found {
    fn clear(&mut self) {
        self.slots.fill(None);
        self.has_duplicates = false;
    }

    /// A node's value is found.
    fn value(&mut self, node: &Node, value: Range<usize>) {
        for &slot in &node.slots {
            self.slots[slot] = Some(value.clone());
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
        let node = &tree.0[node];
        for &slot in &node.slots {
            self.slots[slot] = None;
        }
        for (_, child) in &node.names {
            self.forget(tree, *child);
        }
        for (_, child) in &node.indexes {
            self.forget(tree, *child);
        }
    }
}

#[cfg(test)]
mod tests;
