//! The steps that lead to fields, compiled to be followed key by key.

use crate::plan::path::Segment;
use crate::projection::names::Names;
use crate::tally::Tally;

/// The steps that lead to fields; the first node is the record itself.
#[derive(Debug)]
pub(super) struct Tree(pub Vec<Node>);

#[derive(Debug, Default)]
pub(super) struct Node {
    pub slots: Vec<usize>,
    /// Keys of an object and the nodes below them.
    pub names: Names,
    /// Indexes of an array and the nodes below them; in ascending order once all are there.
    pub indexes: Vec<(usize, usize)>,
    /// Where each index stands, under a text that has the order of its number.
    places: Tally,
}

impl Tree {
    pub(super) const ROOT: usize = 0;

    pub(super) fn new() -> Self {
        Self(vec![Node::default()])
    }

    pub(super) fn add(&mut self, path: &[Segment], slot: usize) {
        let node = path
            .iter()
            .fold(Self::ROOT, |node, segment| self.child(node, segment));
        self.0[node].slots.push(slot);
    }

    /// The node below `node`, made where there is none yet.
    fn child(&mut self, node: usize, segment: &Segment) -> usize {
        let next = self.0.len();
        let parent = &mut self.0[node];
        let child = match segment {
            Segment::Name(name) => parent.names.entry(name, next),
            Segment::Index(index) => {
                let last = parent.indexes.len();
                let place = parent.places.entry(&in_order(*index), last as u64) as usize;
                if place == last {
                    parent.indexes.push((*index, next));
                }
                parent.indexes[place].1
            }
        };
        if child == next {
            self.0.push(Node::default());
        }
        child
    }

    /// Puts the indexes in their order, once all paths are added.
    pub(super) fn sort(&mut self) {
        for node in &mut self.0 {
            let places = node.places.iter();
            node.indexes = places
                .map(|(_, place)| node.indexes[place as usize])
                .collect();
        }
    }
}

/// A text for an index, so that texts have the order of their numbers.
pub(crate) fn in_order(index: usize) -> String {
    format!("{index:020}")
}
