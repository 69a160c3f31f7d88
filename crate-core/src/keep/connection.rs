//! The connection filter.

use crate::json::read::{Elements, Kind, Members};
use crate::json::text::{key_is, unescape};
use crate::plan::ConnectionChoice;
use crate::plan::connection::Connection;

/// Keeps the users of one connection.
#[derive(Debug)]
pub(crate) struct ConnectionFilter {
    choice: ConnectionChoice,
}

impl ConnectionFilter {
    pub(crate) fn new(choice: ConnectionChoice) -> Self {
        Self { choice }
    }

    /// Whether the user with this value of `identities` belongs to the connection.
    pub(crate) fn keeps(&mut self, identities: Option<&[u8]>) -> bool {
        let choice = match &mut self.choice {
            ConnectionChoice::All => return true,
            choice => choice,
        };
        let mut keeps = false;
        for_each_connection(identities.unwrap_or_default(), |name| {
            keeps = keeps || is_chosen(choice, name);
        });
        keeps
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

/// Calls `on_name` with the connection of each identity; a user may have the same one twice.
///
/// A name with half a surrogate pair is no text, so nothing can be named so.
pub(crate) fn for_each_connection(identities: &[u8], mut on_name: impl FnMut(&str)) {
    if identities.is_empty() || Kind::of(identities) != Kind::Array {
        return;
    }
    for identity in Elements::new(identities, 0) {
        let identity = &identities[identity];
        if Kind::of(identity) != Kind::Object {
            continue;
        }
        let connection = Members::new(identity, 0)
            .filter(|member| key_is(&identity[member.key.clone()], b"connection"))
            .last()
            .map(|member| &identity[member.value]);
        if let Some([b'"', name @ .., b'"']) = connection
            && let Ok(name) = str::from_utf8(&unescape(name))
        {
            on_name(name);
        }
    }
}
