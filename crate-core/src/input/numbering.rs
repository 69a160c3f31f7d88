//! The numbers of records.

use crate::input::record::{Flow, Item, Offer, Place, Position, Refusal, Sink};

/// Takes the records of an input with their positions.
pub(crate) trait Records {
    /// As [`Sink::take`].
    fn take(&mut self, position: Position, item: Item<'_>) -> Flow;

    /// As [`Sink::take_offer`].
    fn take_offer(&mut self, offer: &Offer<'_>) -> Result<(usize, Flow), Refusal>;
}

/// Gives each record its number.
pub(super) struct Numbering<'a> {
    pub file: usize,
    pub count: &'a mut u64,
    pub records: &'a mut dyn Records,
}

impl Sink for Numbering<'_> {
    fn take(&mut self, place: Place, item: Item<'_>) -> Flow {
        *self.count += 1;
        let position = Position {
            file: self.file,
            record: *self.count,
            place,
        };
        self.records.take(position, item)
    }

    fn take_offer(&mut self, offer: &Offer<'_>) -> Result<(usize, Flow), Refusal> {
        let taken = self.records.take_offer(offer)?;
        *self.count += 1;
        Ok(taken)
    }
}
