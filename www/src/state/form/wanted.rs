//! Whose users are wanted.

use rollcall_core::Connection;
use rollcall_core::connection::is_connection_id;

/// A connection whose users are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// One that was found in files.
    Found(Connection),
    /// One by its name or id, as it was typed: the users of the export show whether it exists.
    Typed(String),
}

impl Wanted {
    /// Its id. Of a name that was typed it is the one that follows from the name.
    pub fn id(&self) -> String {
        match self {
            Self::Found(connection) => connection.id.clone(),
            Self::Typed(text) if is_connection_id(text) => text.clone(),
            Self::Typed(name) => Connection::named(name).id,
        }
    }

    /// What it is called, or else its id.
    pub fn name(&self) -> &str {
        match self {
            Self::Found(connection) => &connection.name,
            Self::Typed(text) => text,
        }
    }

    /// The name that was typed.
    pub fn typed_name(&self) -> Option<&str> {
        match self {
            Self::Typed(text) if !is_connection_id(text) => Some(text),
            Self::Found(_) | Self::Typed(_) => None,
        }
    }

    /// The connection, if files are known to have it.
    pub fn found(&self) -> Option<&Connection> {
        match self {
            Self::Found(connection) => Some(connection),
            Self::Typed(_) => None,
        }
    }
}
