//! Picks the fields of a record.

use std::ops::Range;

use crate::json::read::{Elements, Kind, Members};
use crate::json::text::key_is;
use crate::path::{FieldPath, Segment};
use crate::plan::Field;

/// Finds the values of all fields in one walk over a record.
///
/// A field has two slots: one for the root key that equals its whole name, one for its path.
#[derive(Debug)]
pub(crate) struct Projection {
    root: Node,
    /// Where each slot's value is in the record.
    slots: Vec<Option<Range<usize>>>,
    identities: usize,
    /// For each node, in which object it was last met: twice in one is a duplicate key.
    met_in: Vec<u64>,
    objects: u64,
    has_duplicates: bool,
}

/// A step that leads to fields.
#[derive(Debug, Default)]
struct Node {
    /// Index in [`Projection::met_in`].
    id: usize,
    slots: Vec<usize>,
    names: Vec<(String, Node)>,
    indexes: Vec<(usize, Node)>,
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
        let mut nodes = 1;
        let mut root = Node::default();
        for (index, field) in fields.iter().enumerate() {
            root.add(
                &[Segment::Name(field.name.clone())],
                literal_slot(index),
                &mut nodes,
            );
            root.add(field.path.segments(), path_slot(index), &mut nodes);
        }
        let identities = 2 * fields.len();
        root.add(
            FieldPath::root("identities").segments(),
            identities,
            &mut nodes,
        );
        Self {
            root,
            slots: vec![None; identities + 1],
            identities,
            met_in: vec![0; nodes],
            objects: 0,
            has_duplicates: false,
        }
    }

    /// The values of a checked record.
    pub(crate) fn row<'a>(&'a mut self, record: &'a [u8]) -> Row<'a> {
        self.slots.fill(None);
        self.has_duplicates = false;
        let mut walk = Walk {
            record,
            slots: &mut self.slots,
            met_in: &mut self.met_in,
            objects: &mut self.objects,
            has_duplicates: &mut self.has_duplicates,
        };
        walk.value(&self.root, 0..record.len());
        Row {
            record,
            slots: &self.slots,
            identities: self.identities,
            has_duplicates: self.has_duplicates,
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

impl Node {
    fn add(&mut self, path: &[Segment], slot: usize, nodes: &mut usize) {
        let Some((first, rest)) = path.split_first() else {
            self.slots.push(slot);
            return;
        };
        let child = match first {
            Segment::Name(name) => child(&mut self.names, name, nodes),
            Segment::Index(index) => child(&mut self.indexes, index, nodes),
        };
        child.add(rest, slot, nodes);
    }
}

/// The child under this key, made where there is none yet.
fn child<'a, K: PartialEq + Clone>(
    children: &'a mut Vec<(K, Node)>,
    key: &K,
    nodes: &mut usize,
) -> &'a mut Node {
    let position = children
        .iter()
        .position(|(known, _)| known == key)
        .unwrap_or_else(|| {
            children.push((
                key.clone(),
                Node {
                    id: *nodes,
                    ..Node::default()
                },
            ));
            *nodes += 1;
            children.len() - 1
        });
    &mut children[position].1
}

struct Walk<'a> {
    record: &'a [u8],
    slots: &'a mut [Option<Range<usize>>],
    met_in: &'a mut [u64],
    objects: &'a mut u64,
    has_duplicates: &'a mut bool,
}

impl Walk<'_> {
    /// Goes down as far as field paths do, which is bounded by the length of their text.
    fn value(&mut self, node: &Node, value: Range<usize>) {
        for &slot in &node.slots {
            self.slots[slot] = Some(value.clone());
        }
        let record = self.record;
        match Kind::of(&record[value.clone()]) {
            Kind::Object if !node.names.is_empty() => {
                *self.objects += 1;
                let object = *self.objects;
                for member in Members::new(record, value.start) {
                    let key = &record[member.key];
                    let wanted = node
                        .names
                        .iter()
                        .find(|(name, _)| key_is(key, name.as_bytes()));
                    if let Some((_, child)) = wanted {
                        self.member(child, member.value, object);
                    }
                }
            }
            Kind::Array if !node.indexes.is_empty() => {
                for (position, element) in Elements::new(record, value.start).enumerate() {
                    let wanted = node.indexes.iter().find(|(index, _)| *index == position);
                    if let Some((_, child)) = wanted {
                        self.value(child, element);
                    }
                }
            }
            _ => {}
        }
    }

    fn member(&mut self, node: &Node, value: Range<usize>, object: u64) {
        if self.met_in[node.id] == object {
            *self.has_duplicates = true;
            self.forget(node);
        }
        self.met_in[node.id] = object;
        self.value(node, value);
    }

    /// The earlier one of two equal keys does not count, with all that it holds.
    fn forget(&mut self, node: &Node) {
        for &slot in &node.slots {
            self.slots[slot] = None;
        }
        for (_, child) in &node.names {
            self.forget(child);
        }
        for (_, child) in &node.indexes {
            self.forget(child);
        }
    }
}
