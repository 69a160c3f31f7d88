//! Reading a JSON text that was checked before; on any other text the result means nothing.

use std::ops::Range;

use crate::effort::spend;
use crate::json::blank::is_blank;

/// The kind of a JSON value, from its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Object,
    Array,
    String,
    Number,
    Boolean,
    Null,
}

impl Kind {
    /// The kind of a checked value.
    pub(crate) fn of(value: &[u8]) -> Self {
        match value.first() {
            Some(b'{') => Self::Object,
            Some(b'[') => Self::Array,
            Some(b'"') => Self::String,
            Some(b't' | b'f') => Self::Boolean,
            Some(b'n') => Self::Null,
            _ => Self::Number,
        }
    }
}

/// A key of an object and its value, as places in the text.
pub(crate) struct Member {
    /// The key without its quotes, escapes as written.
    pub key: Range<usize>,
    pub value: Range<usize>,
}

/// The members of the object that begins at a byte of the text, duplicates too.
pub(crate) struct Members<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Members<'a> {
    /// `at` is the place of the opening brace.
    pub(crate) fn new(text: &'a [u8], at: usize) -> Self {
        Self { text, at: at + 1 }
    }
}

impl Iterator for Members<'_> {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        let quote = skip_separators(self.text, self.at);
        if self.text.get(quote) != Some(&b'"') {
            return None;
        }
        let key_end = string_end(self.text, quote);
        spend(key_end - self.at);
        let start = skip_separators(self.text, key_end);
        self.at = value_end(self.text, start);
        Some(Member {
            key: quote + 1..key_end - 1,
            value: start..self.at,
        })
    }
}

/// The elements of the array that begins at a byte of the text.
pub(crate) struct Elements<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Elements<'a> {
    /// `at` is the place of the opening bracket.
    pub(crate) fn new(text: &'a [u8], at: usize) -> Self {
        Self { text, at: at + 1 }
    }
}

impl Iterator for Elements<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let start = skip_separators(self.text, self.at);
        if matches!(self.text.get(start), None | Some(b']')) {
            return None;
        }
        self.at = value_end(self.text, start);
        Some(start..self.at)
    }
}

/// Skips white space, commas and colons: in a checked text they are only where they must be.
fn skip_separators(text: &[u8], at: usize) -> usize {
    let separator = |&byte: &u8| is_blank(byte) || matches!(byte, b',' | b':');
    at + text[at..].iter().take_while(|byte| separator(byte)).count()
}

/// The place after the value that begins at `at`.
pub(crate) fn value_end(text: &[u8], at: usize) -> usize {
    let end = match Kind::of(&text[at..]) {
        Kind::String => string_end(text, at),
        Kind::Object | Kind::Array => nested_end(text, at),
        Kind::Number | Kind::Boolean | Kind::Null => {
            let delimiter = |&byte: &u8| is_blank(byte) || matches!(byte, b',' | b'}' | b']');
            at + text[at..]
                .iter()
                .position(delimiter)
                .unwrap_or(text.len() - at)
        }
    };
    spend(end - at);
    end
}

/// The place after the closing quote of the string that begins at `at`.
pub(crate) fn string_end(text: &[u8], at: usize) -> usize {
    let mut at = at + 1;
    loop {
        match memchr::memchr2(b'"', b'\\', &text[at..]) {
            Some(offset) if text[at + offset] == b'"' => return at + offset + 1,
            Some(offset) => at += offset + 2,
            None => return text.len(),
        }
    }
}

fn nested_end(text: &[u8], at: usize) -> usize {
    let mut at = at;
    let mut depth = 0;
    while at < text.len() {
        match text[at] {
            b'"' => {
                at = string_end(text, at);
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            break;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_and_elements_are_found_at_any_spacing() {
        let text = br#"{ "a" : [ 1 , "]" , {"x":[]} ] ,"\"}":"v" }"#;
        let members: Vec<(&[u8], &[u8])> = Members::new(text, 0)
            .map(|m| (&text[m.key], &text[m.value]))
            .collect();
        let wanted: [(&[u8], &[u8]); 2] =
            [(b"a", br#"[ 1 , "]" , {"x":[]} ]"#), (br#"\"}"#, br#""v""#)];
        assert_eq!(members, wanted);
        let elements: Vec<&[u8]> = Elements::new(text, 8).map(|range| &text[range]).collect();
        let wanted: [&[u8]; 3] = [b"1", br#""]""#, br#"{"x":[]}"#];
        assert_eq!(elements, wanted);
        assert_eq!(Members::new(b"{ }", 0).count(), 0);
        assert_eq!(Elements::new(b"[ ]", 0).count(), 0);
    }
}
