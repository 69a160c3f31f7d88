//! Tokens of identities leave only when a field names them.

use memchr::memchr2_iter;

use crate::json::read::{Elements, Kind, Members, compact};
use crate::json::text::key_is;
use crate::path::{FieldPath, Segment};
use crate::profile::SECRETS;

/// A part of the names of all secrets, from its underscore on.
const SECRET_PART: &[u8] = b"_token";

/// What a value may hold that must stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Secrets {
    /// Nothing, or the field names it.
    None,
    /// An identity: its tokens.
    InIdentity,
    /// A list of identities: their tokens.
    InIdentities,
}

impl Secrets {
    /// What the value at a path may hold.
    pub(crate) fn at(path: &FieldPath) -> Self {
        match path.segments() {
            [Segment::Name(root)] if root == "identities" => Self::InIdentities,
            [Segment::Name(root), Segment::Index(_)] if root == "identities" => Self::InIdentity,
            _ => Self::None,
        }
    }

    /// Appends the value without the secrets and without white space between its tokens.
    pub(crate) fn write_without(self, value: &[u8], out: &mut Vec<u8>) {
        match (self, Kind::of(value)) {
            (Self::InIdentities, Kind::Array) => {
                out.push(b'[');
                for (position, identity) in Elements::new(value, 0).enumerate() {
                    if position > 0 {
                        out.push(b',');
                    }
                    Self::InIdentity.write_without(&value[identity], out);
                }
                out.push(b']');
            }
            (Self::InIdentity, Kind::Object) => {
                out.push(b'{');
                let is_secret =
                    |key: &[u8]| SECRETS.iter().any(|name| key_is(key, name.as_bytes()));
                let open = Members::new(value, 0).filter(|m| !is_secret(&value[m.key.clone()]));
                for (position, member) in open.enumerate() {
                    if position > 0 {
                        out.push(b',');
                    }
                    write_key(&value[member.key], out);
                    compact(&value[member.value], out);
                }
                out.push(b'}');
            }
            _ => compact(value, out),
        }
    }
}

/// Whether a value may hold secrets. What says no knows.
pub(crate) fn may_hold_secrets(value: &[u8]) -> bool {
    // With an escape a key may be spelled in many ways; all others have this part.
    memchr2_iter(b'_', b'\\', value)
        .any(|at| value[at] == b'\\' || value[at..].starts_with(SECRET_PART))
}

/// Appends `"key":`, for a key as it stands in a JSON text, without its quotes.
pub(crate) fn write_key(key: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    out.extend_from_slice(key);
    out.extend_from_slice(b"\":");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_is_overlooked() {
        for name in SECRETS {
            assert!(may_hold_secrets(format!("[{{\"{name}\":1}}]").as_bytes()));
        }
        assert!(may_hold_secrets(br#"[{"access\u005ftoken":1}]"#));
        assert!(!may_hold_secrets(br#"[{"user_id":1,"connection":"a"}]"#));
    }
}
