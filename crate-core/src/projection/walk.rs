//! The plain way: a walk over a record that was checked.

use std::ops::Range;

use crate::json::read::{Elements, Kind, Members};
use crate::projection::found::Found;
use crate::projection::tree::Tree;

/// Finds the values of a checked record.
pub(super) fn walk(tree: &Tree, record: &[u8], found: &mut Found) {
    value(tree, Tree::ROOT, record, 0..record.len(), found);
}

/// Goes down as far as field paths do, which is bounded by the length of their text.
fn value(tree: &Tree, node: usize, record: &[u8], place: Range<usize>, found: &mut Found) {
    let Some(node) = tree.0.get(node) else { return };
    found.value(node, place.clone(), false);
    match Kind::of(&record[place.clone()]) {
        Kind::Object if !node.names.is_empty() => {
            let object = found.next_object(place.start);
            for member in Members::new(record, place.start) {
                let key = &record[member.key];
                if let Some(child) = node.names.spelled(key) {
                    found.key(tree, child, object);
                    value(tree, child, record, member.value, found);
                }
            }
        }
        Kind::Array if node.leads_into_arrays() => {
            let mut wanted = node.indexes.iter().peekable();
            let mut digits = node.digits.iter().peekable();
            for (position, element) in Elements::new(record, place.start).enumerate() {
                if let Some(&(_, child)) = digits.next_if(|(index, _)| *index == position) {
                    value(tree, child, record, element.clone(), found);
                }
                let own = wanted.next_if(|(index, _)| *index == position);
                if let Some(child) = own.map(|&(_, child)| child).or(node.every) {
                    value(tree, child, record, element, found);
                }
            }
        }
        _ => {}
    }
}
