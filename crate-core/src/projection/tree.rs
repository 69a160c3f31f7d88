//! The steps that lead to fields, compiled to be followed key by key.

use crate::path::Segment;
use crate::projection::names::Names;

/// The steps that lead to fields; the first node is the record itself.
#[derive(Debug)]
pub(super) struct Tree(pub Vec<Node>);

#[derive(Debug, Default)]
pub(super) struct Node {
    pub slots: Vec<usize>,
    /// Keys of an object and the nodes below them.
    pub names: Names,
    /// Indexes of an array and the nodes below them.
    pub indexes: Vec<(usize, usize)>,
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
        let known = match segment {
            Segment::Name(name) => parent.names.plain(name.as_bytes(), &(0..name.len())),
            Segment::Index(index) => {
                let mut indexes = parent.indexes.iter();
                indexes.find(|(i, _)| i == index).map(|&(_, child)| child)
            }
        };
        if let Some(child) = known {
            return child;
        }
        match segment {
            Segment::Name(name) => parent.names.add(name, next),
            Segment::Index(index) => parent.indexes.push((*index, next)),
        }
        self.0.push(Node::default());
        next
    }
}
