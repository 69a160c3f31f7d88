//! Secrets leave only when a field names them.

use memchr::memchr2_iter;

use crate::effort::spend;
use crate::json::blank::{is_blank, skip_blanks};
use crate::json::read::{string_end, value_end};
use crate::json::text::key_is;
use crate::json::write::write_compact;
use crate::plan::path::{FieldPath, Segment};
use crate::plan::profile::{FACTOR_SECRET, FACTORS, PASSWORDS, TOKENS};

/// A part of the names of all tokens, from its underscore on.
const TOKEN_PART: &[u8] = b"_token";

/// Which keys of a value are secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Secrets {
    /// None, or not ours to know: metadata is the owner's.
    None,
    /// The value is a whole record.
    OfRecord,
    /// The value is `identities` or inside of it.
    OfIdentities,
    /// The value holds second factors.
    OfFactors,
}

impl Secrets {
    /// Those in the value at a path. The path names its own end, and nothing inside of it.
    pub(crate) fn at(path: &FieldPath) -> Self {
        path.segments()
            .iter()
            .fold(Self::OfRecord, |secrets, segment| match segment {
                Segment::Name(name) => secrets.below(|key| key == name),
                Segment::Index(_) => secrets,
            })
    }

    /// Those in the value of a key here; `is` compares it.
    pub(crate) fn below(self, is: impl Fn(&str) -> bool) -> Self {
        match self {
            Self::OfRecord if is("identities") => Self::OfIdentities,
            Self::OfRecord if FACTORS.iter().any(|key| is(key)) => Self::OfFactors,
            Self::OfRecord => Self::None,
            inside => inside,
        }
    }

    /// Whether a key here is a secret; `is` compares it.
    pub(crate) fn has(self, is: impl Fn(&str) -> bool) -> bool {
        let names: &[&str] = match self {
            Self::None => &[],
            Self::OfRecord => &PASSWORDS,
            Self::OfIdentities => &TOKENS,
            Self::OfFactors => &[FACTOR_SECRET],
        };
        names.iter().any(|name| is(name))
    }

    /// Whether a value that [`HOLDERS`](crate::plan::profile) hold may have any. What says no knows.
    pub(crate) fn may_be_in(self, value: &[u8]) -> bool {
        // With an escape a key may be spelled in many ways; all other tokens have this part.
        self != Self::OfIdentities
            || memchr2_iter(b'_', b'\\', value)
                .any(|at| value[at] == b'\\' || value[at..].starts_with(TOKEN_PART))
    }

    /// Appends a value that is no whole record, without its secrets at any depth and without white
    /// space between its tokens.
    ///
    /// What is a secret in an object is one in all that it holds, so looking at each byte once is enough.
    pub(crate) fn write_without(self, value: &[u8], out: &mut Vec<u8>) {
        if self == Self::None {
            return write_compact(value, out);
        }
        spend(value.len());
        let mut at = 0;
        while at < value.len() {
            let start = at;
            if value[at] != b'"' {
                at += 1;
                if !is_blank(value[start]) {
                    out.push(value[start]);
                }
                continue;
            }
            at = string_end(value, at);
            let colon = skip_blanks(value, at);
            let is_key = value.get(colon) == Some(&b':');
            let key = &value[start + 1..at - 1];
            if is_key && self.has(|name| key_is(key, name.as_bytes())) {
                at = skip_member(value, colon, out);
            } else {
                out.extend_from_slice(&value[start..at]);
            }
        }
    }
}

/// Passes the value after a colon and one of the commas around the member; gives where to go on.
fn skip_member(text: &[u8], colon: usize, out: &mut Vec<u8>) -> usize {
    let behind = skip_blanks(text, value_end(text, skip_blanks(text, colon + 1)));
    if text.get(behind) == Some(&b',') {
        return behind + 1;
    }
    // It was the last one: the comma in front of it is written already.
    if out.last() == Some(&b',') {
        out.pop();
    }
    behind
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_token_is_overlooked() {
        for name in TOKENS {
            let value = format!("[{{\"{name}\":1}}]");
            assert!(Secrets::OfIdentities.may_be_in(value.as_bytes()));
        }
        assert!(Secrets::OfIdentities.may_be_in(br#"[{"access\u005ftoken":1}]"#));
        assert!(!Secrets::OfIdentities.may_be_in(br#"[{"user_id":1,"connection":"a"}]"#));
    }

    #[test]
    fn a_path_leads_to_what_it_does_not_name() {
        for (path, want) in [
            ("identities", Secrets::OfIdentities),
            ("identities[0]", Secrets::OfIdentities),
            ("identities[0].profileData", Secrets::OfIdentities),
            ("identities[0].access_token", Secrets::OfIdentities),
            ("multifactor", Secrets::OfFactors),
            ("mfa_factors[0].totp", Secrets::OfFactors),
            ("user_metadata.identities", Secrets::None),
            ("custom_password_hash", Secrets::None),
        ] {
            assert_eq!(Secrets::at(&path.parse().unwrap()), want, "{path}");
        }
    }

    #[test]
    fn what_is_taken_out_leaves_no_comma() {
        for (value, want) in [
            (r#"[{"id_token":1}]"#, "[{}]"),
            (r#"[{"id_token":1,"a":2}]"#, r#"[{"a":2}]"#),
            (r#"[{"a":2 , "id_token" : [1,{"b":","}] }]"#, r#"[{"a":2}]"#),
            (r#"[{"a":2,"id_token":"x","b":3}]"#, r#"[{"a":2,"b":3}]"#),
            (
                r#"[{"id_token":1,"id_token":2},"id_token"]"#,
                r#"[{},"id_token"]"#,
            ),
            (r#"{"a":"id_token","id_token":{}}"#, r#"{"a":"id_token"}"#),
            (r#""id_token""#, r#""id_token""#),
            ("-1.5e3", "-1.5e3"),
        ] {
            let mut out = b"before,".to_vec();
            Secrets::OfIdentities.write_without(value.as_bytes(), &mut out);
            let text = String::from_utf8(out).unwrap();
            assert_eq!(text.strip_prefix("before,"), Some(want), "{value}");
        }
    }
}
