//! What records say of their fields and connections.

use crate::error::LeftOut;
use crate::input::record::{Flow, GO_ON};
use crate::keep::connection::connection_name;
use crate::pass::discover::Paths;
use crate::pass::reader::Rows;
use crate::projection::{ManySlot, Projection, Row, Wants};
use crate::tally::Tally;

/// How many users are asked for their field paths.
pub(crate) const SURVEYED_USERS: u64 = 1000;

/// What the records say.
#[derive(Debug)]
pub(crate) struct Survey {
    connections: ManySlot,
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

impl Survey {
    /// Counts connections, and asks the first users for their paths; with it the projection that
    /// finds what it needs.
    pub(crate) fn new(users_to_ask: u64) -> (Projection, Self) {
        let mut wants = Wants::default();
        let survey = Self {
            connections: wants.each("identities", "connection"),
            counts: Counts::default(),
            paths: Paths::default(),
            users_to_ask,
        };
        (Projection::new(wants), survey)
    }

    /// Takes what was counted since the last call.
    pub(crate) fn take_counts(&mut self) -> Counts {
        std::mem::take(&mut self.counts)
    }
}

impl Rows for Survey {
    fn row(&mut self, row: &Row<'_>) -> Flow {
        if self.users_to_ask > 0 {
            self.users_to_ask -= 1;
            self.paths.add(row.record());
        }
        // A record has room for half a million of them: they are not compared one by one.
        let mut own = Tally::default();
        for value in row.values(self.connections) {
            if let Some(name) = connection_name(value)
                && own.add(&name, 1) == 1
            {
                self.counts.connections.add(&name, 1);
            }
        }
        self.counts.without_connection += u64::from(own.is_empty());
        GO_ON
    }

    fn left_out(&mut self, _: LeftOut) -> Flow {
        self.counts.left_out += 1;
        GO_ON
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
