//! The values of one record.

use std::ops::Range;

use crate::plan::profile::HOLDERS;
use crate::projection::wants::{ManySlot, Slot};

/// Where a value is in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub start: usize,
    pub end: usize,
    pub is_plain: bool,
}

/// The values of one record: a row, before it is encoded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    pub(super) text: &'a [u8],
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) slots: &'a [Option<Spot>],
    pub(super) many_slots: &'a [Vec<Spot>],
    /// What is known of the record as a whole, if it is needed as such and is easy to cut.
    pub(super) whole: Option<Whole<'a>>,
    /// Whether a key on the way to a slot occurs twice; the last one counts.
    pub has_duplicates: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Whole<'a> {
    pub hidden: &'a [Range<usize>],
    pub holders: [Slot; HOLDERS.len()],
}

/// A value as the record has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Value<'a> {
    pub json: &'a [u8],
    /// Whether it is known to be a string without escapes.
    pub is_plain: bool,
}

/// A record without blanks between its tokens, in which no root key occurs twice.
#[derive(Clone, Debug)]
pub(crate) struct Compact<'a> {
    /// All places are places in this text.
    pub text: &'a [u8],
    /// What is between the braces.
    pub members: Range<usize>,
    /// The root keys that are not exported, in their order and without their quotes.
    pub hidden: &'a [Range<usize>],
    /// The root keys that hold secrets, with their values.
    pub holders: [(&'static str, Option<Range<usize>>); HOLDERS.len()],
}

impl<'a> Row<'a> {
    /// The record as it is in the input.
    pub(crate) fn record(&self) -> &'a [u8] {
        &self.text[self.start..self.end]
    }

    /// The record without blanks and twins among its root keys, if it is known to be so.
    pub(crate) fn compact(&self) -> Option<Compact<'a>> {
        let whole = self.whole?;
        Some(Compact {
            text: self.text,
            members: self.start + 1..self.end - 1,
            hidden: whole.hidden,
            holders: std::array::from_fn(|number| {
                let spot = self.slots[whole.holders[number].0];
                (HOLDERS[number], spot.map(|spot| spot.start..spot.end))
            }),
        })
    }

    /// The value of a slot, where the record has one.
    #[inline(always)]
    pub(crate) fn value(&self, slot: Slot) -> Option<Value<'a>> {
        self.slots[slot.0].map(|spot| self.value_at(spot))
    }

    /// The values of a slot, in the order in which the record has them.
    pub(crate) fn values(&self, slot: ManySlot) -> impl Iterator<Item = Value<'a>> {
        let row = *self;
        let spots = self.many_slots[slot.0].iter();
        spots.map(move |&spot| row.value_at(spot))
    }

    #[inline]
    fn value_at(&self, spot: Spot) -> Value<'a> {
        Value {
            json: &self.text[spot.start..spot.end],
            is_plain: spot.is_plain,
        }
    }
}
