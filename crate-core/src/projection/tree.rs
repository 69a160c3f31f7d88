//! The steps that lead to fields, compiled to be followed key by key.

use crate::path::Segment;
use crate::projection::names::Names;
use crate::tally::Tally;

/// The steps that lead to fields; the first node is the record itself.
#[derive(Debug)]
pub(super) struct Tree(pub Vec<Node>);

#[derive(Debug)]
pub(super) struct Node {
    pub slots: Vec<usize>,
    /// Keys of an object and the nodes below them.
    pub names: Names,
    /// Indexes of an array, in ascending order, and the nodes below them.
    pub indexes: Vec<(usize, usize)>,
}

/// A tree that grows path by path.
#[derive(Debug)]
pub(super) struct Growing(Vec<Sprout>);

#[derive(Debug, Default)]
struct Sprout {
    slots: Vec<usize>,
    names: Tally,
    /// Indexes as texts that have the order of their numbers.
    indexes: Tally,
}

impl Tree {
    pub(super) const ROOT: usize = 0;
}

impl Growing {
    pub(super) fn new() -> Self {
        Self(vec![Sprout::default()])
    }

    pub(super) fn add(&mut self, path: &[Segment], slot: usize) {
        let node = path
            .iter()
            .fold(Tree::ROOT, |node, segment| self.child(node, segment));
        self.0[node].slots.push(slot);
    }

    /// The node below `node`, made where there is none yet.
    fn child(&mut self, node: usize, segment: &Segment) -> usize {
        let next = self.0.len();
        let parent = &mut self.0[node];
        let child = match segment {
            Segment::Name(name) => parent.names.entry(name, next as u64),
            Segment::Index(index) => parent.indexes.entry(&in_order(*index), next as u64),
        };
        if child == next as u64 {
            self.0.push(Sprout::default());
        }
        child as usize
    }

    pub(super) fn finish(self) -> Tree {
        let node = |sprout: Sprout| {
            let indexes = sprout.indexes.iter();
            Node {
                slots: sprout.slots,
                names: Names::of(sprout.names),
                indexes: indexes
                    .filter_map(|(index, node)| Some((index.parse().ok()?, node as usize)))
                    .collect(),
            }
        };
        Tree(self.0.into_iter().map(node).collect())
    }
}

/// A text for an index, so that texts have the order of their numbers.
pub(crate) fn in_order(index: usize) -> String {
    format!("{index:020}")
}
