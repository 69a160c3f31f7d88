//! The steps that lead to fields, compiled to be followed key by key.

use crate::json::text::key_is;
use crate::path::Segment;

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

/// Names with the nodes below them, found without looking at each.
#[derive(Debug)]
pub(super) struct Names {
    /// Those of one bucket stand together.
    names: Vec<(String, usize)>,
    /// Where each bucket begins.
    starts: [u32; BUCKETS + 1],
}

const BUCKETS: usize = 64;

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
            Segment::Name(name) => parent.names.plain(name.as_bytes()),
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

impl Default for Names {
    fn default() -> Self {
        Self {
            names: Vec::new(),
            starts: [0; BUCKETS + 1],
        }
    }
}

impl Names {
    fn add(&mut self, name: &str, node: usize) {
        let bucket = bucket(name.as_bytes());
        let place = self.starts[bucket] as usize;
        self.names.insert(place, (name.to_owned(), node));
        for start in &mut self.starts[bucket + 1..] {
            *start += 1;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The nodes below all names.
    pub(super) fn nodes(&self) -> impl Iterator<Item = usize> {
        self.names.iter().map(|&(_, node)| node)
    }

    /// The node below a key without escapes.
    #[inline]
    pub(super) fn plain(&self, key: &[u8]) -> Option<usize> {
        let bucket = bucket(key);
        self.names[self.starts[bucket] as usize..self.starts[bucket + 1] as usize]
            .iter()
            .find(|(name, _)| name.as_bytes() == key)
            .map(|&(_, node)| node)
    }

    /// The node below a key, however it is spelled.
    pub(super) fn spelled(&self, key: &[u8]) -> Option<usize> {
        self.names
            .iter()
            .find(|(name, _)| key_is(key, name.as_bytes()))
            .map(|&(_, node)| node)
    }
}

/// Keys of profiles differ in their length more than in anything else.
#[inline]
fn bucket(key: &[u8]) -> usize {
    let first = key.first().copied().unwrap_or_default();
    (usize::from(first) + 7 * key.len()) % BUCKETS
}
