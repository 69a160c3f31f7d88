//! From a cell to a JSON value.

use crate::effort::spend;
use crate::json::check::{Checker, MAX_DEPTH, Step};
use crate::json::read::string_end;
use crate::json::scalar::is_number;
use crate::json::write::write_compact;
use crate::plan::date::is_date;
use crate::plan::formula::begins_with_trigger;
use crate::plan::path::FieldPath;
use crate::plan::profile::{BOOLEANS, NESTED, NUMBERS, TEXTS};

/// What the values of a column are known to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Boolean,
    Number,
    /// A list or object.
    Nested,
    Any,
}

impl Kind {
    pub(super) fn of(path: &FieldPath) -> Self {
        let is_in = |keys: &[&str]| path.as_root().is_some_and(|key| keys.contains(&key));
        match () {
            () if is_in(&TEXTS) => Self::Text,
            () if is_in(&BOOLEANS) => Self::Boolean,
            () if is_in(&NUMBERS) => Self::Number,
            () if is_in(&NESTED) => Self::Nested,
            () => Self::Any,
        }
    }
}

/// Which texts of a file have an apostrophe in front that is no part of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guard {
    /// All. What has none is a number, `true`, `false` or a date, as in Auth0's exports.
    Texts,
    /// Those that a spreadsheet may take for a formula, and those that begin with one themselves.
    Triggers,
}

/// The value of a cell that is not empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    Text(&'a [u8]),
    /// Checked JSON.
    Json(&'a [u8]),
    /// A text in a column whose values are known to be something else, or to have an apostrophe.
    Untyped(&'a [u8]),
}

impl<'a> Value<'a> {
    /// Reads a cell of a column whose values stand `depth` levels deep in the record.
    pub(super) fn of(cell: &'a [u8], kind: Kind, depth: usize, guard: Guard) -> Self {
        let text = match (guard, cell) {
            (Guard::Texts, [b'\'', text @ ..]) => text,
            (Guard::Texts, bare) => {
                return match bare_value(bare, kind) {
                    Some(value) => value,
                    None => Self::Untyped(bare),
                };
            }
            (Guard::Triggers, _) => without_guard(cell),
        };
        let is_known = match kind {
            Kind::Text => return Self::Text(text),
            Kind::Boolean if guard == Guard::Triggers => {
                if let Some(word) = boolean(text) {
                    return Self::Json(word);
                }
                true
            }
            Kind::Number if guard == Guard::Triggers && is_number(text) => {
                return Self::Json(text);
            }
            Kind::Any => false,
            Kind::Boolean | Kind::Number | Kind::Nested => true,
        };
        if is_nested(text, depth) {
            return Self::Json(text);
        }
        match is_known {
            true => Self::Untyped(text),
            false => Self::Text(text),
        }
    }

    /// Appends it as JSON.
    pub(super) fn write(self, out: &mut Vec<u8>) {
        match self {
            Self::Text(text) | Self::Untyped(text) => write_string(text, out),
            // A value on several lines becomes one on a line.
            Self::Json(json) if memchr::memchr(b'\n', json).is_some() => write_compact(json, out),
            Self::Json(json) => out.extend_from_slice(json),
        }
    }
}

/// What has no apostrophe in a file whose texts have one.
pub(super) fn bare_value(cell: &[u8], kind: Kind) -> Option<Value<'_>> {
    match cell {
        b"true" | b"false" => Some(Value::Json(cell)),
        [b'-' | b'0'..=b'9', ..] if is_number(cell) => Some(Value::Json(cell)),
        [b'0'..=b'9', ..] if is_date(cell) => Some(Value::Text(cell)),
        _ if kind == Kind::Boolean => boolean(cell).map(Value::Json),
        _ => None,
    }
}

/// A text without the apostrophe that guards it.
pub(super) fn without_guard(text: &[u8]) -> &[u8] {
    match text {
        [b'\'', rest @ ..] if rest.first() == Some(&b'\'') || begins_with_trigger(rest) => rest,
        _ => text,
    }
}

/// The word, which Excel writes in capital letters.
fn boolean(text: &[u8]) -> Option<&'static [u8]> {
    match text {
        b"true" | b"TRUE" | b"True" => Some(b"true"),
        b"false" | b"FALSE" | b"False" => Some(b"false"),
        _ => None,
    }
}

/// Whether the whole text is a JSON list or object that may stand `depth` levels deep in a record.
fn is_nested(text: &[u8], depth: usize) -> bool {
    let (mut checker, rest) = match text {
        [b'{', .., b'}'] => (Checker::new(), text),
        [b'[', rest @ .., b']'] => (Checker::in_array(), &text[1..=rest.len() + 1]),
        _ => return false,
    };
    checker.feed(rest) == Step::End(rest.len()) && depth + levels(text) <= MAX_DEPTH
}

/// At least as many levels as checked JSON has; exactly so many, if there are more than a few.
fn levels(json: &[u8]) -> usize {
    let is_opening = |byte: &&u8| matches!(byte, b'[' | b'{');
    let openings = json.iter().filter(is_opening).count();
    if openings < MAX_DEPTH / 2 {
        return openings;
    }
    spend(json.len());
    let (mut level, mut deepest, mut at) = (0_usize, 0, 0);
    while at < json.len() {
        match json[at] {
            b'[' | b'{' => level += 1,
            b']' | b'}' => level -= 1,
            b'"' => {
                at = string_end(json, at);
                continue;
            }
            _ => {}
        }
        deepest = deepest.max(level);
        at += 1;
    }
    deepest
}

/// Appends a text as a JSON string.
fn write_string(text: &[u8], out: &mut Vec<u8>) {
    spend(text.len());
    out.push(b'"');
    let mut rest = text;
    while let Some(at) = special(rest) {
        out.extend_from_slice(&rest[..at]);
        match rest[at] {
            byte @ (b'"' | b'\\') => out.extend_from_slice(&[b'\\', byte]),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            0x08 => out.extend_from_slice(b"\\b"),
            0x0c => out.extend_from_slice(b"\\f"),
            byte => {
                let digit = |value: u8| b"0123456789abcdef"[usize::from(value & 15)];
                out.extend_from_slice(b"\\u00");
                out.extend_from_slice(&[digit(byte >> 4), digit(byte)]);
            }
        }
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

/// The first byte that cannot stand in a JSON string.
fn special(text: &[u8]) -> Option<usize> {
    let is_special = |&byte: &u8| byte < 0x20 || byte == b'"' || byte == b'\\';
    let blocks = text.chunks_exact(BLOCK);
    // Whole blocks without any are passed at once.
    let clean = blocks.take_while(|block| {
        let count = block.iter().filter(|byte| is_special(byte)).count();
        count == 0
    });
    let start = BLOCK * clean.count();
    let at = text[start..].iter().position(is_special);
    at.map(|at| start + at)
}

/// As many bytes as the compiler compares at once.
const BLOCK: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_a_value_of_its_kind() {
        use Guard::{Texts, Triggers};
        use Kind::{Any, Boolean, Nested, Number, Text};
        for (cell, kind, guard, want) in [
            ("'a", Any, Texts, r#""a""#),
            ("''a", Any, Texts, r#""'a""#),
            ("'", Any, Texts, r#""""#),
            ("'12", Number, Texts, r#""12" untyped"#),
            ("12", Any, Texts, "12"),
            ("-1.5e3", Text, Texts, "-1.5e3"),
            ("01", Any, Texts, r#""01" untyped"#),
            ("true", Any, Texts, "true"),
            ("TRUE", Boolean, Texts, "true"),
            ("TRUE", Any, Texts, r#""TRUE" untyped"#),
            (
                "2023-01-25T17:48:14Z",
                Any,
                Texts,
                r#""2023-01-25T17:48:14Z""#,
            ),
            ("'[1, 2]", Any, Texts, "[1, 2]"),
            ("'[1, 2]", Text, Texts, r#""[1, 2]""#),
            ("[1]", Nested, Texts, r#""[1]" untyped"#),
            ("'=1+1", Any, Triggers, r#""=1+1""#),
            ("''tis", Any, Triggers, r#""'tis""#),
            ("'tis", Any, Triggers, r#""'tis""#),
            ("12", Any, Triggers, r#""12""#),
            ("12", Number, Triggers, "12"),
            ("1.", Number, Triggers, r#""1." untyped"#),
            ("False", Boolean, Triggers, "false"),
            ("no", Boolean, Triggers, r#""no" untyped"#),
            ("{\"a\":\n1}", Any, Triggers, r#"{"a":1}"#),
            ("{\"a\":1},{}", Any, Triggers, r#""{\"a\":1},{}""#),
            ("[1],[2]", Nested, Triggers, r#""[1],[2]" untyped"#),
            ("[]", Nested, Triggers, "[]"),
            ("[", Nested, Triggers, r#""[" untyped"#),
            ("a\u{1}\t\\", Any, Triggers, r#""a\u0001\t\\""#),
        ] {
            let value = Value::of(cell.as_bytes(), kind, 1, guard);
            let mut out = Vec::new();
            value.write(&mut out);
            let mut found = String::from_utf8(out).unwrap();
            if matches!(value, Value::Untyped(_)) {
                found += " untyped";
            }
            assert_eq!(found, want, "{cell}");
        }
    }

    #[test]
    fn what_would_be_too_deep_in_its_record_stays_text() {
        for (levels, depth, want) in [(511, 1, true), (511, 2, false), (512, 1, false)] {
            let text = format!("{}\"[[\"{}", "[".repeat(levels), "]".repeat(levels));
            assert_eq!(is_nested(text.as_bytes(), depth), want, "{levels} {depth}");
        }
        let wide = format!("[{}]", vec!["{}"; 600].join(","));
        assert!(is_nested(wide.as_bytes(), 1));
    }
}
