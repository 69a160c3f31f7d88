//! Finds the wanted values of a record, in one pass over it.

mod found;
mod names;
mod row;
mod scan;
mod tree;
mod walk;
mod wants;
mod watch;

use std::ops::Range;

use crate::input::record::{Offer, Refusal};
use crate::plan::profile::HOLDERS;
use found::Found;
use row::Whole;
pub(crate) use row::{Compact, Row, Value};
use tree::Tree;
pub(crate) use wants::{ManySlot, Slot, Wants};
use watch::Watch;

/// Finds the values of all slots in one pass over a record.
#[derive(Debug)]
pub(crate) struct Projection {
    tree: Tree,
    found: Found,
    /// Where whole records are wanted, the slots of the keys that hold secrets.
    holders: Option<[Slot; HOLDERS.len()]>,
}

impl Projection {
    pub(crate) fn new(wants: Wants) -> Self {
        let Wants {
            mut tree,
            slots,
            many_slots,
            holders,
        } = wants;
        tree.finish();
        let watch = holders.map(|_| Watch::new());
        Self {
            found: Found::new(&tree, slots, many_slots, watch),
            tree,
            holders,
        }
    }

    /// The values of a record that was checked.
    pub(crate) fn row<'a>(&'a mut self, record: &'a [u8]) -> Row<'a> {
        self.found.clear();
        walk::walk(&self.tree, record, &mut self.found);
        self.found_in(record, 0..record.len(), None)
    }

    /// The values of a record that is offered unchecked, with the number of its tokens.
    ///
    /// What is refused may still be good: only [`crate::json::check::Checker`] knows.
    pub(crate) fn scan<'a>(&'a mut self, offer: &Offer<'a>) -> Result<(Row<'a>, usize), Refusal> {
        self.found.clear();
        let (tokens, end) = scan::scan(&self.tree, offer, &mut self.found)?;
        let start = offer.tokens[0] as usize;
        let place = start..end;
        let watch = self.found.watch.as_ref().zip(self.holders);
        let whole = watch.filter(|(watch, _)| {
            let is_odd = watch.is_in_doubt || self.found.has_duplicates;
            !is_odd && offer.marks.is_compact(&place)
        });
        let whole = whole.map(|(watch, holders)| Whole {
            hidden: &watch.hidden,
            holders,
        });
        Ok((self.found_in(offer.text, place, whole), tokens))
    }

    fn found_in<'a>(
        &'a self,
        text: &'a [u8],
        place: Range<usize>,
        whole: Option<Whole<'a>>,
    ) -> Row<'a> {
        Row {
            text,
            start: place.start,
            end: place.end,
            slots: &self.found.slots,
            many_slots: &self.found.many_slots,
            whole,
            has_duplicates: self.found.has_duplicates,
        }
    }
}

#[cfg(test)]
mod tests;
