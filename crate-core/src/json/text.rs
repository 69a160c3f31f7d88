//! The text of JSON strings.

use std::borrow::Cow;

/// The text of a string that was checked, given without its quotes.
///
/// Half a surrogate pair becomes U+FFFD and adds one to `replaced`.
pub(crate) fn unescape<'a>(raw: &'a [u8], replaced: &mut u64) -> Cow<'a, [u8]> {
    if memchr::memchr(b'\\', raw).is_none() {
        return Cow::Borrowed(raw);
    }
    let mut text = Vec::with_capacity(raw.len());
    let mut at = 0;
    while let Some(offset) = memchr::memchr(b'\\', &raw[at..]) {
        text.extend_from_slice(&raw[at..at + offset]);
        at += offset + 2;
        match raw[at - 1] {
            b'b' => text.push(0x08),
            b'f' => text.push(0x0c),
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'u' => {
                let (character, length) = unicode(&raw[at..]);
                let character = character.unwrap_or_else(|| {
                    *replaced += 1;
                    char::REPLACEMENT_CHARACTER
                });
                text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                at += length;
            }
            literal => text.push(literal),
        }
    }
    text.extend_from_slice(&raw[at..]);
    Cow::Owned(text)
}

/// The same as a text of its own, without a count.
pub(crate) fn text_of(raw: &[u8]) -> String {
    String::from_utf8_lossy(&unescape(raw, &mut 0)).into_owned()
}

/// The character of an escape, from behind its `\u`, and how many bytes it takes from there;
/// `None` for half a pair.
fn unicode(raw: &[u8]) -> (Option<char>, usize) {
    let first = code_unit(raw);
    let second = match raw.get(4..6) {
        Some(br"\u") if (0xd800..0xdc00).contains(&first) => code_unit(&raw[6..]),
        _ => return (char::from_u32(first), 4),
    };
    if !(0xdc00..0xe000).contains(&second) {
        return (None, 4);
    }
    (
        char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)),
        10,
    )
}

fn code_unit(raw: &[u8]) -> u32 {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).unwrap_or(0);
    raw.iter()
        .take(4)
        .fold(0, |unit, byte| unit * 16 + digit(byte))
}

/// Whether a key, given without its quotes, spells `name`.
pub(crate) fn key_is(raw: &[u8], name: &[u8]) -> bool {
    raw == name && memchr::memchr(b'\\', name).is_none()
        || memchr::memchr(b'\\', raw).is_some() && *unescape(raw, &mut 0) == *name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_become_their_characters() {
        for (raw, want, replaced) in [
            (r"plain ü", "plain ü", 0),
            (r#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{c}\n\r\t", 0),
            (r"\u00e9\u0000", "é\0", 0),
            (r"\ud83d\ude00!", "😀!", 0),
            (r"\ud83d", "\u{fffd}", 1),
            (r"\ud83dx", "\u{fffd}x", 1),
            (r"\ud83d\n", "\u{fffd}\n", 1),
            (r"\ud83d\u0041", "\u{fffd}A", 1),
            (r"\ud83d\ud83d\ude00", "\u{fffd}😀", 1),
            (r"\ude00\ud83d", "\u{fffd}\u{fffd}", 2),
        ] {
            let mut count = 0;
            let text = unescape(raw.as_bytes(), &mut count);
            assert_eq!(
                (std::str::from_utf8(&text).unwrap(), count),
                (want, replaced),
                "{raw}"
            );
        }
    }

    #[test]
    fn keys_are_compared_by_their_text() {
        for (raw, name, want) in [
            ("tenant", "tenant", true),
            (r"ten\u0061nt", "tenant", true),
            ("tenants", "tenant", false),
            (r"a\\b", r"a\b", true),
            (r"a\nb", r"a\nb", false),
        ] {
            assert_eq!(
                key_is(raw.as_bytes(), name.as_bytes()),
                want,
                "{raw} {name}"
            );
        }
    }
}
