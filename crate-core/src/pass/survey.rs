//! What records say of their fields and connections.

use crate::input::Records;
use crate::input::record::{Flow, GO_ON, Item, Offer, Position, Refusal};
use crate::keep::connection::for_each_connection;
use crate::pass::discover::Paths;
use crate::projection::{Projection, Row};
use crate::tally::Tally;

/// How many users are asked for their field paths.
pub(crate) const SURVEYED_USERS: u64 = 1000;

/// What the records say.
#[derive(Debug)]
pub(crate) struct Survey {
    projection: Projection,
    pub counts: Counts,
    pub paths: Paths,
    /// How many users more are asked for their paths.
    pub users_to_ask: u64,
}

/// What is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub left_out: u64,
    pub without_connection: u64,
    /// Users of each connection.
    pub connections: Tally,
}

impl Records for Survey {
    fn take(&mut self, _: Position, item: Item<'_>) -> Flow {
        match item {
            Item::Broken(_) => self.counts.left_out += 1,
            Item::Record(record) => {
                let row = self.projection.row(record);
                Self::count(
                    &row,
                    &mut self.counts,
                    &mut self.paths,
                    &mut self.users_to_ask,
                );
            }
        }
        GO_ON
    }

    fn take_offer(&mut self, offer: &Offer<'_>) -> Result<(usize, Flow), Refusal> {
        let (row, tokens) = self.projection.scan(offer)?;
        Self::count(
            &row,
            &mut self.counts,
            &mut self.paths,
            &mut self.users_to_ask,
        );
        Ok((tokens, GO_ON))
    }
}

impl Survey {
    /// Counts connections, and asks the first users for their paths.
    pub(crate) fn new(users_to_ask: u64) -> Self {
        Self {
            projection: Projection::new(&[]),
            counts: Counts::default(),
            paths: Paths::default(),
            users_to_ask,
        }
    }

    /// Takes what was counted since the last call.
    pub(crate) fn take_counts(&mut self) -> Counts {
        std::mem::take(&mut self.counts)
    }

    fn count(row: &Row<'_>, counts: &mut Counts, paths: &mut Paths, users_to_ask: &mut u64) {
        if *users_to_ask > 0 {
            *users_to_ask -= 1;
            paths.add(row.record());
        }
        // A record has room for half a million of them: they are not compared one by one.
        let mut own = Tally::default();
        for_each_connection(row.identities().unwrap_or_default(), |name| {
            if own.add(name, 1) == 1 {
                counts.connections.add(name, 1);
            }
        });
        counts.without_connection += u64::from(own.is_empty());
    }
}

impl Counts {
    pub(crate) fn add(&mut self, other: Self) {
        self.left_out += other.left_out;
        self.without_connection += other.without_connection;
        for (connection, users) in other.connections.iter() {
            self.connections.add(connection, users);
        }
    }
}
