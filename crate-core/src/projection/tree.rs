//! The steps that lead to wanted values, compiled to be followed key by key.

use crate::plan::path::{in_order, index_of};
use crate::projection::names::Names;
use crate::tally::Tally;

/// The steps that lead to wanted values; the first node is the record itself.
#[derive(Debug)]
pub(super) struct Tree(pub Vec<Node>);

#[derive(Debug, Default)]
pub(super) struct Node {
    /// The slot that takes the value here.
    pub slot: Option<usize>,
    /// Slots that take a value of every element.
    pub many_slots: Vec<usize>,
    /// Keys of an object and the nodes below them.
    pub names: Names,
    /// Indexes of an array and the nodes below them; in ascending order once all are there.
    pub indexes: Vec<(usize, usize)>,
    /// Names that are indexes too, where the value is an array, with their nodes below `names`; in
    /// ascending order. They are apart from the indexes, because a path in brackets does not lead
    /// into objects.
    pub digits: Vec<(usize, usize)>,
    /// The node below the elements that have none of their own.
    pub every: Option<usize>,
    /// Where each index is, under a text that has the order of its number.
    places: Tally,
}

/// One step of a way.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'a> {
    Name(&'a str),
    Index(usize),
    /// Into every element of an array.
    Every,
}

impl Default for Tree {
    fn default() -> Self {
        Self(vec![Node::default()])
    }
}

impl Tree {
    pub(super) const ROOT: usize = 0;

    /// The node at the end of a way, made where there is none yet.
    pub(super) fn at<'a>(&mut self, way: impl Iterator<Item = Step<'a>>) -> &mut Node {
        let node = way.fold(Self::ROOT, |node, step| self.child(node, step));
        &mut self.0[node]
    }

    /// The node below `node`, made where there is none yet.
    fn child(&mut self, node: usize, step: Step<'_>) -> usize {
        let next = self.0.len();
        let parent = &mut self.0[node];
        let child = match step {
            Step::Name(name) => parent.names.entry(name, next),
            Step::Index(index) => {
                let last = parent.indexes.len();
                let place = parent.places.entry(&in_order(index), last as u64) as usize;
                if place == last {
                    parent.indexes.push((index, next));
                }
                parent.indexes[place].1
            }
            Step::Every => *parent.every.get_or_insert(next),
        };
        if child == next {
            self.0.push(Node::default());
        }
        child
    }

    /// Makes it ready to be followed, once all ways are there.
    pub(super) fn finish(&mut self) {
        let mut node = 0;
        // It grows on the way, by the nodes that are yet to come.
        while node < self.0.len() {
            self.sort(node);
            self.find_digits(node);
            if let Some(every) = self.0[node].every {
                for place in 0..self.0[node].indexes.len() {
                    let (_, own) = self.0[node].indexes[place];
                    self.join(every, own);
                }
            }
            node += 1;
        }
    }

    /// Puts the indexes in their order.
    fn sort(&mut self, node: usize) {
        let node = &mut self.0[node];
        let places = node.places.iter();
        node.indexes = places
            .map(|(_, place)| node.indexes[place as usize])
            .collect();
        node.places = Tally::default();
    }

    /// Notes which names are indexes too.
    fn find_digits(&mut self, node: usize) {
        let mut digits = Tally::default();
        for (name, child) in self.0[node].names.entries() {
            if let Some(index) = index_of(&name) {
                digits.add(&in_order(index), child as u64);
            }
        }
        let entries = digits.iter();
        self.0[node].digits = entries
            .filter_map(|(index, child)| Some((index.parse().ok()?, child as usize)))
            .collect();
    }

    /// An element with a node of its own is one of every: adds all that is wanted of those.
    fn join(&mut self, every: usize, own: usize) {
        let many_slots = self.0[every].many_slots.clone();
        self.0[own].many_slots.extend(many_slots);
        let names: Vec<_> = self.0[every].names.entries().collect();
        for (name, below) in names {
            let child = self.child(own, Step::Name(&name));
            self.join(below, child);
        }
    }
}

impl Node {
    #[inline(always)]
    pub(super) fn leads_into_arrays(&self) -> bool {
        !self.indexes.is_empty() || self.every.is_some() || !self.digits.is_empty()
    }
}
