//! Detects what a file is from its first bytes, never from its name.

mod kind;
mod text;

use crate::effort::spend;
use crate::input::csv::form;
use crate::json::blank::{BOM, is_blank};
use kind::Kind;

/// Enough bytes to distinguish CSV and binary files from broken JSON.
const PREFIX: usize = 4096;

/// What the first bytes of a file show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sniffed {
    /// More bytes are needed.
    Undecided,
    Gzip,
    /// Lines, none of which need be an object.
    Lines,
    /// An object, with which the text starts.
    Object,
    /// An array, whose first element may follow its bracket.
    Array,
    Csv(form::Found),
    /// Not UTF-8 JSON; the message says what it looks like and what was expected.
    Foreign(String),
}

/// Detects what a file is from its first bytes, after white space, record separators and byte order
/// marks. With `is_whole`, the file has no more bytes. `headings` is how many headings of CSV an
/// option names.
pub(crate) fn sniff(prefix: &[u8], is_whole: bool, headings: Option<usize>) -> Sniffed {
    let is_end = is_whole && prefix.len() <= PREFIX;
    let is_whole = is_whole || prefix.len() >= PREFIX;
    let prefix = &prefix[..prefix.len().min(PREFIX)];
    spend(prefix.len());
    let may_become_gzip = prefix.len() < 2 && b"\x1f\x8b".starts_with(prefix);
    // No text starts with 0x1f, so a file of just that byte is truncated gzip.
    if prefix.starts_with(b"\x1f\x8b") || is_whole && prefix == b"\x1f" {
        return Sniffed::Gzip;
    }
    if !is_whole && (may_become_gzip || kind::may_become_magic(prefix)) {
        return Sniffed::Undecided;
    }
    if let Some(kind) = kind::of_magic(prefix) {
        return foreign(kind);
    }
    match prefix {
        [] if is_whole => Sniffed::Lines,
        [b'{' | b'['] | [] if !is_whole => Sniffed::Undecided,
        [b'{' | b'[', 0, ..] | [0, b'{' | b'[', ..] => foreign(kind::UTF_16),
        [b'[', ..] => Sniffed::Array,
        [b'{', ..] => Sniffed::Object,
        [b'<', ..] => foreign(kind::MARKUP),
        _ if !is_whole => Sniffed::Undecided,
        // One bad record must not reject the whole file.
        _ if is_object_behind_controls(prefix) => Sniffed::Lines,
        _ if let Some(kind) = text::certain(prefix) => foreign(kind),
        // Cells may hold control characters.
        _ if let Some(found) = form::find(prefix, is_end, headings) => Sniffed::Csv(found),
        _ if is_binary(prefix) => foreign(kind::of_binary(prefix)),
        _ if has_json(prefix) => Sniffed::Lines,
        _ => foreign(text::other(prefix)),
    }
}

fn foreign(Kind { name, advice }: Kind) -> Sniffed {
    let colon = if advice.is_empty() { "" } else { ": " };
    Sniffed::Foreign(format!(
        "this looks like {name}{colon}{advice}; expected users as UTF-8 JSON, one object per line or an array, or as CSV with a heading row; plain or gzip"
    ))
}

/// Whether a line begins with an object or array, or all of the text is NUL bytes, which are reported
/// as that.
fn has_json(text: &[u8]) -> bool {
    let is_skipped = |byte: &u8| *byte <= 0x20 || BOM.contains(byte);
    let mut lines = text.split(|&byte| byte == b'\n');
    lines.any(|line| {
        let first = line.iter().find(|byte| !is_skipped(byte));
        matches!(first, Some(b'{' | b'['))
    }) || text.iter().all(|&byte| byte == 0)
}

/// Whether only control characters precede the first brace.
fn is_object_behind_controls(text: &[u8]) -> bool {
    let controls = text.iter().take_while(|&&byte| (1..0x20).contains(&byte));
    text.get(controls.count()) == Some(&b'{')
}

fn is_binary(text: &[u8]) -> bool {
    let control = |&byte: &u8| byte < 0x20 && !is_blank(byte) && byte != 0x1e && byte != 0x0c;
    // A file of only NUL bytes was never written; it is reported as that, not as binary.
    text.iter().any(control) && text.iter().any(|&byte| byte != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_told_by_its_first_byte() {
        for (prefix, want) in [
            ("", Sniffed::Lines),
            (r#"{"user_id":"1"}"#, Sniffed::Object),
            ("[", Sniffed::Array),
            ("null\n{}", Sniffed::Lines),
            ("\u{2}\u{1f}{}", Sniffed::Lines),
            ("not json, at all\n{}", Sniffed::Lines),
            ("null\n \u{feff}\u{1e}{}", Sniffed::Lines),
            ("\0\0\0", Sniffed::Lines),
        ] {
            assert_eq!(sniff(prefix.as_bytes(), true, None), want, "{prefix}");
        }
    }

    #[test]
    fn foreign_files_are_named() {
        for (prefix, want) in [
            (&b"PK\x03\x04rest"[..], "ZIP"),
            (b"\xff\xfe{\0", "UTF-16"),
            (b"{\0\"\0", "UTF-16"),
            (b"\0{\0\"", "UTF-16"),
            (b"<html>", "HTML"),
            (b"\x7fELF\x02\x01\0", "binary"),
            (b"\x16\0\0\0{", "binary"),
            (b"\x1b[1;39m{", "terminal"),
            (b"{\\rtf1 x}", "RTF"),
            (b"HTTP/1.1 200 OK\n\n{}", "HTTP"),
            (b"var users = [\n{}\n]", "JavaScript"),
            (b"null", "text"),
            (b"users:\n- id: 1\n", "YAML"),
            (b"INSERT INTO t VALUES\n(1);\n", "SQL"),
        ] {
            let Sniffed::Foreign(message) = sniff(prefix, true, None) else {
                panic!("{prefix:?}");
            };
            assert!(message.contains(want), "{message}");
        }
    }

    #[test]
    fn too_few_bytes_decide_nothing() {
        for prefix in [&b""[..], b"\x1f", b"{", b"P", b"hello"] {
            assert_eq!(sniff(prefix, false, None), Sniffed::Undecided, "{prefix:?}");
        }
    }
}
