//! The connection filter.

use std::borrow::Cow;

use crate::json::text::unescape;
use crate::plan::ConnectionChoice;
use crate::plan::connection::Connection;
use crate::projection::{ManySlot, Row, Value, Wants};

/// Keeps the users of one connection.
#[derive(Debug)]
pub(crate) struct ConnectionFilter {
    choice: ConnectionChoice,
    /// Where a row has the connections of its user; `None` where all users stay.
    connections: Option<ManySlot>,
}

impl ConnectionFilter {
    pub(crate) fn new(choice: ConnectionChoice, wants: &mut Wants) -> Self {
        let is_needed = choice != ConnectionChoice::All;
        Self {
            choice,
            connections: is_needed.then(|| wants.each("identities", "connection")),
        }
    }

    /// Whether the user belongs to the connection.
    pub(crate) fn keeps(&mut self, row: &Row<'_>) -> bool {
        let Some(connections) = self.connections else {
            return true;
        };
        let mut names = row.values(connections).filter_map(connection_name);
        names.any(|name| is_chosen(&mut self.choice, &name))
    }

    /// Whether a connection was asked for that no list knows: a user has to show that it exists.
    pub(crate) fn is_open(&self) -> bool {
        matches!(
            self.choice,
            ConnectionChoice::Name(_) | ConnectionChoice::Id(_)
        )
    }
}

fn is_chosen(choice: &mut ConnectionChoice, name: &str) -> bool {
    match choice {
        ConnectionChoice::All => true,
        ConnectionChoice::Known(known) | ConnectionChoice::Name(known) => known == name,
        ConnectionChoice::Id(id) => {
            let is_chosen = Connection::named(name).id == *id;
            if is_chosen {
                *choice = ConnectionChoice::Name(name.to_owned());
            }
            is_chosen
        }
    }
}

/// The connection that a value names.
///
/// A name with half a surrogate pair is no text, so nothing can be named so.
pub(crate) fn connection_name(value: Value<'_>) -> Option<Cow<'_, str>> {
    let [b'"', name @ .., b'"'] = value.json else {
        return None;
    };
    match unescape(name) {
        Cow::Borrowed(name) => str::from_utf8(name).ok().map(Cow::Borrowed),
        Cow::Owned(name) => String::from_utf8(name).ok().map(Cow::Owned),
    }
}
