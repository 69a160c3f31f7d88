//! Connections: where users come from.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::RequestError;
use crate::json::document::Value;
use crate::json::read::Kind;
use crate::plan::shape::Object;

/// A connection as listed by `GET /api/v2/connections`; other keys are ignored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// `con_` and 16 letters or digits.
    pub id: String,
    /// The name, as in `identities[].connection`.
    pub name: String,
}

impl Connection {
    /// A connection with a known name; its id is derived from the name.
    pub fn named(name: &str) -> Self {
        Self {
            id: derived_id(name),
            name: name.to_owned(),
        }
    }

    /// The list in an object under `connections`; `null` counts as none.
    pub(crate) fn list(object: Object<'_>) -> Result<Option<Vec<Self>>, RequestError> {
        let Some(list) = object.given(LIST) else {
            return Ok(None);
        };
        if list.kind() != Kind::Array {
            return Err(object.wrong_type(LIST, "array", list));
        }
        let connection = |(index, value): (usize, Value<'_>)| {
            let place = format!("{LIST}[{index}]");
            let object = Object::new(value, &place)?;
            Ok(Self {
                id: object.demand("id")?,
                name: object.demand("name")?,
            })
        };
        let connections: Result<_, _> = list.elements().enumerate().map(connection).collect();
        connections.map(Some)
    }
}

/// The key of a list of connections.
pub(crate) const LIST: &str = "connections";

/// A connection found in the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionCount {
    /// Its id and name.
    #[serde(flatten)]
    pub connection: Connection,
    /// The number of its users; a user of two connections counts in both.
    pub users: u64,
}

/// Whether the text has the form of a connection id.
pub fn is_connection_id(text: &str) -> bool {
    text.strip_prefix("con_")
        .is_some_and(|rest| rest.len() == 16 && rest.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// An id that depends only on the name: its SHA-256 in letters and digits.
fn derived_id(name: &str) -> String {
    format!("con_{}", letters(&Sha256::digest(name.as_bytes())[..16]))
}

/// What ids are made of: one letter or digit per byte.
pub(crate) fn letters(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    bytes
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte % 62)]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_stable_and_well_formed() {
        let id = Connection::named("google-oauth2").id;
        assert!(is_connection_id(&id), "{id}");
        assert_eq!(id, Connection::named("google-oauth2").id);
        assert_ne!(id, Connection::named("google-oauth").id);
    }

    #[test]
    fn an_id_is_con_and_sixteen_letters_or_digits() {
        for (text, want) in [
            ("con_0000000000000001", true),
            ("con_000000000000000", false),
            ("con_00000000000000001", false),
            ("con_000000000000000-", false),
            ("Con_0000000000000001", false),
            ("", false),
        ] {
            assert_eq!(is_connection_id(text), want, "{text}");
        }
    }
}
