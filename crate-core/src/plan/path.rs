//! Field paths: `identities[0].connection`, `a["x.y"]`.

use std::fmt::{self, Write};
use std::str::FromStr;

use thiserror::Error;

/// One step of a field path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Segment {
    /// The value of this key of an object; if the name is written as an index, also the element at
    /// that index of an array.
    Name(String),
    /// The element at this index of an array, from 0.
    Index(usize),
}

/// The index that a name is in an array: `0` and `12`, but not `01`.
pub(crate) fn index_of(name: &str) -> Option<usize> {
    let is_usual = name == "0" || !name.starts_with(['0', '+']);
    name.parse().ok().filter(|_| is_usual)
}

/// The path of a value in a profile: one or more segments, the first of which is a name.
///
/// Names that contain `.`, `[`, `]` or quotes are written in brackets and quotes, with `\` before each
/// quote or `\`.
///
/// ```
/// use rollcall_core::{FieldPath, Segment};
///
/// let path: FieldPath = r#"app_metadata["https://acme.example/role"][0]"#.parse()?;
/// assert_eq!(path.segments()[1], Segment::Name("https://acme.example/role".into()));
/// assert_eq!(path.to_string(), r#"app_metadata["https://acme.example/role"][0]"#);
/// # Ok::<(), rollcall_core::path::PathError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FieldPath(Vec<Segment>);

/// The text is not a field path.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("expected {wanted} at character {at} of the field path")]
pub struct PathError {
    wanted: &'static str,
    at: usize,
}

impl FieldPath {
    /// Builds a path from segments; `None` unless the first one is a name.
    pub fn new(segments: Vec<Segment>) -> Option<Self> {
        matches!(segments.first(), Some(Segment::Name(_))).then_some(Self(segments))
    }

    /// The path of the root key that is exactly `name`.
    pub fn root(name: &str) -> Self {
        Self(vec![Segment::Name(name.to_owned())])
    }

    /// The steps from the root of the profile.
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// The key, if the path is a single root key.
    pub fn as_root(&self) -> Option<&str> {
        match self.0.as_slice() {
            [Segment::Name(name)] => Some(name),
            _ => None,
        }
    }
}

impl FromStr for FieldPath {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        let mut reader = Reader { text, rest: text };
        let mut segments = Vec::new();
        loop {
            match reader.peek() {
                Some(b'[') => segments.push(reader.bracket()?),
                None if !segments.is_empty() => return Ok(Self(segments)),
                Some(b'.') if !segments.is_empty() => {
                    reader.next();
                    segments.push(reader.bare_name()?);
                }
                _ if segments.is_empty() => segments.push(reader.bare_name()?),
                _ => return Err(reader.wanted("`.`, `[` or the end")),
            }
            if matches!(segments.as_slice(), [Segment::Index(_)]) {
                return Err(PathError {
                    wanted: "a name",
                    at: 1,
                });
            }
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    /// The rest of the text, not yet read.
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.rest.bytes().next()
    }

    /// Takes an ASCII character.
    fn next(&mut self) -> Option<u8> {
        let (next, rest) = self.rest.split_at_checked(1)?;
        self.rest = rest;
        next.bytes().next()
    }

    fn wanted(&self, wanted: &'static str) -> PathError {
        PathError {
            wanted,
            at: self.text.chars().count() - self.rest.chars().count() + 1,
        }
    }

    /// Takes the characters up to the first ASCII character that `ends` them, or to the end.
    fn until(&mut self, ends: impl Fn(u8) -> bool) -> &'a str {
        let end = self.rest.bytes().position(ends);
        let (part, rest) = end
            .and_then(|end| self.rest.split_at_checked(end))
            .unwrap_or((self.rest, ""));
        self.rest = rest;
        part
    }

    fn bare_name(&mut self) -> Result<Segment, PathError> {
        let name = self.until(|next| b".[]\"'".contains(&next));
        if name.is_empty() {
            return Err(self.wanted("a name"));
        }
        Ok(Segment::Name(name.to_owned()))
    }

    /// `["name"]`, `['name']` or `[0]`.
    fn bracket(&mut self) -> Result<Segment, PathError> {
        self.next();
        let segment = match self.peek() {
            Some(quote @ (b'"' | b'\'')) => self.quoted_name(quote)?,
            _ => self.index()?,
        };
        match self.peek() {
            Some(b']') => self.next(),
            _ => return Err(self.wanted("`]`")),
        };
        Ok(segment)
    }

    fn quoted_name(&mut self, quote: u8) -> Result<Segment, PathError> {
        self.next();
        let mut name = String::new();
        loop {
            name.push_str(self.until(|next| next == quote || next == b'\\'));
            match self.next() {
                None => return Err(self.wanted("a closing quote")),
                Some(b'\\') => match self.next() {
                    Some(literal @ (b'"' | b'\'' | b'\\')) => name.push(char::from(literal)),
                    _ => return Err(self.wanted("a quote or `\\` after `\\`")),
                },
                Some(_) => return Ok(Segment::Name(name)),
            }
        }
    }

    fn index(&mut self) -> Result<Segment, PathError> {
        let start = self.rest;
        let digits = self.until(|next| !next.is_ascii_digit());
        if digits.is_empty() || (digits.starts_with('0') && digits.len() > 1) {
            self.rest = start;
            return Err(self.wanted("an index or a quoted name"));
        }
        // An index too large for `usize` is out of reach for any array, as is the maximum.
        Ok(Segment::Index(digits.parse().unwrap_or(usize::MAX)))
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::Name(name) if is_bare(name) && position == 0 => f.write_str(name)?,
                Segment::Name(name) if is_bare(name) => write!(f, ".{name}")?,
                Segment::Name(name) => {
                    f.write_str("[\"")?;
                    for character in name.chars() {
                        if matches!(character, '"' | '\\') {
                            f.write_char('\\')?;
                        }
                        f.write_char(character)?;
                    }
                    f.write_str("\"]")?;
                }
            }
        }
        Ok(())
    }
}

fn is_bare(name: &str) -> bool {
    !name.is_empty() && !name.contains(['.', '[', ']', '"', '\''])
}

/// A text for an index, so that texts have the order of their numbers.
pub(crate) fn in_order(index: usize) -> String {
    format!("{index:020}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_print_back_to_themselves() {
        for text in [
            "email",
            "user_metadata.country",
            "identities[0].connection",
            "a[0][12].b",
            r#"a["x.y"]"#,
            r#"["a\\b\"c]"].d"#,
            r#"a[""]"#,
            "with space.ü",
        ] {
            let path: FieldPath = text.parse().unwrap();
            assert_eq!(path.to_string(), text);
        }
    }

    #[test]
    fn both_quotes_read_the_same() {
        let double: FieldPath = r#"a["x.y"]"#.parse().unwrap();
        assert_eq!("a['x.y']".parse(), Ok(double));
    }

    #[test]
    fn other_text_is_refused_with_its_place() {
        for (text, wanted, at) in [
            ("", "a name", 1),
            (".a", "a name", 1),
            ("a.", "a name", 3),
            ("a..b", "a name", 3),
            ("[0]", "a name", 1),
            ("a[", "an index or a quoted name", 3),
            ("a[-1]", "an index or a quoted name", 3),
            ("a[01]", "an index or a quoted name", 3),
            ("a[1", "`]`", 4),
            ("a['b", "a closing quote", 5),
            ("a]b", "`.`, `[` or the end", 2),
            (r"a['\n']", "a quote or `\\` after `\\`", 6),
        ] {
            assert_eq!(
                text.parse::<FieldPath>(),
                Err(PathError { wanted, at }),
                "{text}"
            );
        }
    }

    #[test]
    fn names_that_are_indexes() {
        for (name, want) in [
            ("0", Some(0)),
            ("12", Some(12)),
            ("01", None),
            ("00", None),
            ("+1", None),
            ("-1", None),
            ("", None),
            ("1a", None),
            ("18446744073709551616", None),
        ] {
            assert_eq!(index_of(name), want, "{name}");
        }
    }

    #[test]
    fn an_index_never_wraps() {
        let path: FieldPath = "a[18446744073709551616]".parse().unwrap();
        assert_eq!(path.segments()[1], Segment::Index(usize::MAX));
    }
}
