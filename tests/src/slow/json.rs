//! JSON text, read again for every question.

use std::fmt;

use rollcall_core::Segment;
use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::value::RawValue;

const DEPTH: usize = 512;

/// How many blanks, byte order marks and record separators stand in front.
pub fn filler(text: &[u8]) -> usize {
    let mut rest = text;
    loop {
        rest = match rest {
            [b' ' | b'\t' | b'\r' | b'\n' | 0x1e, rest @ ..] => rest,
            [0xef, 0xbb, 0xbf, rest @ ..] => rest,
            _ => return text.len() - rest.len(),
        };
    }
}

/// Whether this is one JSON value and nothing else.
pub fn is_value(text: &str) -> bool {
    serde_json::from_str::<&RawValue>(text).is_ok()
}

/// Whether this is one JSON object that is not too deep, and nothing else.
pub fn is_record(text: &str) -> bool {
    first_record(text).is_some_and(|(_, rest)| rest.is_empty())
}

/// Whether the text is the beginning of a JSON value that goes on.
pub fn is_broken_off(text: &str) -> bool {
    serde_json::from_str::<&RawValue>(text).is_err_and(|error| error.is_eof())
}

/// The object at the start of the text, and what stands behind it.
pub fn first_record(text: &str) -> Option<(&str, &str)> {
    if !text.starts_with('{') {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    let record = values.next()?.ok()?.get();
    (depth(record) <= DEPTH).then(|| text.split_at(record.len()))
}

/// The characters that stand outside of strings, in their order.
fn outside(text: &str) -> impl Iterator<Item = (char, bool)> {
    let mut is_inside = false;
    let mut is_escaped = false;
    text.chars().map(move |character| {
        let was_inside = is_inside;
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => is_inside = !is_inside,
            _ => {}
        }
        (character, !was_inside && !is_inside)
    })
}

/// How many brackets are open where most are.
pub fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for (character, is_outside) in outside(text) {
        match character {
            '{' | '[' if is_outside => depth += 1,
            '}' | ']' if is_outside => depth -= 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// The value without white space between its tokens.
pub fn compact(text: &str) -> String {
    outside(text)
        .filter(|(character, is_outside)| !is_outside || !" \t\r\n".contains(*character))
        .map(|(character, _)| character)
        .collect()
}

/// The keys of an object, with their quotes, and its values; nothing for any other value.
pub fn members(text: &str) -> Vec<(&str, &str)> {
    struct Members;
    impl<'de> Visitor<'de> for Members {
        type Value = Vec<(&'de str, &'de str)>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut members = Vec::new();
            while let Some((key, value)) = map.next_entry::<&RawValue, &RawValue>()? {
                members.push((key.get(), value.get()));
            }
            Ok(members)
        }
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    reader.deserialize_map(Members).unwrap_or_default()
}

/// The elements of an array; nothing for any other value.
pub fn elements(text: &str) -> Vec<&str> {
    let elements: Vec<&RawValue> = serde_json::from_str(text).unwrap_or_default();
    elements.into_iter().map(RawValue::get).collect()
}

/// The bytes of a string. A half of a surrogate pair is three that UTF-8 has no use for: U+D800 to
/// U+DFFF.
pub fn bytes(text: &str) -> Vec<u8> {
    struct Bytes;
    impl Visitor<'_> for Bytes {
        type Value = Vec<u8>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }
        fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Self::Value, E> {
            Ok(bytes.to_vec())
        }
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    reader
        .deserialize_bytes(Bytes)
        .expect("the string was checked")
}

/// The text of a string, with U+FFFD for each half of a surrogate pair, and how many there are.
pub fn decode(text: &str) -> (String, u64) {
    let mut bytes = bytes(text);
    let mut count = 0;
    for at in 0..bytes.len() {
        if bytes[at] == 0xed && bytes[at + 1] >= 0xa0 {
            bytes[at..at + 3].copy_from_slice("\u{fffd}".as_bytes());
            count += 1;
        }
    }
    let text = String::from_utf8(bytes).expect("all halves are gone");
    (text, count)
}

/// The value of a key; of two equal keys the last one counts.
pub fn member<'a>(object: &'a str, name: &str) -> Option<&'a str> {
    let mut members = members(object).into_iter().rev();
    members.find_map(|(key, value)| (decode(key) == (name.to_owned(), 0)).then_some(value))
}

/// What a path leads to.
pub fn at<'a>(value: &'a str, path: &[Segment]) -> Option<&'a str> {
    path.iter().try_fold(value, |value, segment| match segment {
        Segment::Name(name) if value.starts_with('{') => member(value, name),
        // Digits are an index of a list, if they are written as one.
        Segment::Name(name) if value.starts_with('[') => {
            let index: usize = name.parse().ok()?;
            let is_index = index.to_string() == *name;
            elements(value).get(index).copied().filter(|_| is_index)
        }
        Segment::Index(index) if value.starts_with('[') => elements(value).get(*index).copied(),
        _ => None,
    })
}

/// The connections that the identities of a user name.
pub fn connections(record: &str) -> Vec<String> {
    let identities = member(record, "identities").unwrap_or_default();
    elements(identities)
        .into_iter()
        .filter(|identity| identity.starts_with('{'))
        .filter_map(|identity| member(identity, "connection"))
        .filter(|name| name.starts_with('"'))
        .filter_map(|name| String::from_utf8(bytes(name)).ok())
        .collect()
}
