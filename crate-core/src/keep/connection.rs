//! The connection filter.

use std::borrow::Cow;

use crate::json::text::unescape;
use crate::plan::connection::Connection;
use crate::plan::{ConnectionChoice, Plan};
use crate::projection::{ManySlot, Row, Slot, Value, Wants};

/// Keeps the users of one connection.
#[derive(Debug)]
pub(crate) struct ConnectionFilter {
    choice: ConnectionChoice,
    identities: Identities,
}

/// Which identities make a user belong to a connection: where a row has their connections.
#[derive(Debug)]
enum Identities {
    /// All users stay.
    Any,
    One(Slot),
    Each(ManySlot),
}

impl ConnectionFilter {
    pub(crate) fn new(plan: &Plan, wants: &mut Wants) -> Self {
        Self {
            choice: plan.connection.clone(),
            identities: match (&plan.connection, plan.options.primary_only) {
                (ConnectionChoice::All, _) => Identities::Any,
                (_, true) => Identities::One(wants.element("identities", 0, "connection")),
                (_, false) => Identities::Each(wants.each("identities", "connection")),
            },
        }
    }

    /// Whether the user belongs to the connection.
    pub(crate) fn keeps(&mut self, row: &Row<'_>) -> bool {
        let choice = &mut self.choice;
        let mut is_chosen = |value| {
            let name = connection_name(value);
            name.is_some_and(|name| is_chosen(choice, &name))
        };
        match self.identities {
            Identities::Any => true,
            Identities::One(slot) => row.value(slot).is_some_and(is_chosen),
            Identities::Each(slot) => row.values(slot).any(&mut is_chosen),
        }
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
