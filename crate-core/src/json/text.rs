//! The text of JSON strings.

use std::borrow::Cow;

use crate::effort::spend;

/// The bytes that a string means, which was checked and is given without its quotes.
///
/// Half a surrogate pair is no character. It becomes the three bytes that UTF-8 would have for it,
/// which occur in no text, so that different strings never become the same.
pub(crate) fn unescape(raw: &[u8]) -> Cow<'_, [u8]> {
    spend(raw.len());
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
                let length = match unicode(&raw[at..]) {
                    Ok((character, length)) => {
                        text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                        length
                    }
                    Err(half) => {
                        let low = |bits: u32| 0x80 | (bits & 0x3f) as u8;
                        text.extend_from_slice(&[HALF, low(half >> 6), low(half)]);
                        4
                    }
                };
                at += length;
            }
            literal => text.push(literal),
        }
    }
    text.extend_from_slice(&raw[at..]);
    Cow::Owned(text)
}

/// The first byte of a half, if the next one is from 0xa0 on: there are no other texts with both.
const HALF: u8 = 0xed;

/// The text of a string, in which half a surrogate pair is U+FFFD and adds one to `replaced`.
pub(crate) fn readable<'a>(raw: &'a [u8], replaced: &mut u64) -> Cow<'a, [u8]> {
    let mut text = unescape(raw);
    // Only escapes make halves.
    if let Cow::Owned(text) = &mut text {
        let mut from = 0;
        while let Some(offset) = memchr::memchr(HALF, &text[from..]) {
            let half = &mut text[from + offset..];
            if half[1] >= 0xa0 {
                half[..3].copy_from_slice("\u{fffd}".as_bytes());
                *replaced += 1;
            }
            from += offset + 3;
        }
    }
    text
}

/// The text of a string; `None` where it holds half a surrogate pair.
pub(crate) fn text_of(raw: &[u8]) -> Option<String> {
    String::from_utf8(unescape(raw).into_owned()).ok()
}

/// The character of an escape, from after its `\u`, and how many bytes it takes from there; or the
/// half of a pair that it is.
fn unicode(raw: &[u8]) -> Result<(char, usize), u32> {
    let first = code_unit(raw);
    let second = match raw.get(4..6) {
        Some(br"\u") if (0xd800..0xdc00).contains(&first) => code_unit(&raw[6..]),
        _ => return char::from_u32(first).map(|one| (one, 4)).ok_or(first),
    };
    if !(0xdc00..0xe000).contains(&second) {
        return Err(first);
    }
    let pair = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
    char::from_u32(pair).map(|one| (one, 10)).ok_or(first)
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
        || memchr::memchr(b'\\', raw).is_some() && *unescape(raw) == *name
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
            let text = readable(raw.as_bytes(), &mut count);
            assert_eq!(
                (std::str::from_utf8(&text).unwrap(), count),
                (want, replaced),
                "{raw}"
            );
        }
    }

    #[test]
    fn different_strings_stay_different() {
        let raws = [
            r"\ud800",
            r"\ud801",
            r"\udfff",
            r"\udbff\ud800",
            r"\ufffd",
            "\u{d7ff}",
            "\u{e000}",
        ];
        for (place, raw) in raws.iter().enumerate() {
            let text = unescape(raw.as_bytes());
            assert_eq!(
                text_of(raw.as_bytes()).is_none(),
                raw.contains(r"\ud"),
                "{raw}"
            );
            for (other_place, other) in raws.iter().enumerate() {
                let is_equal = text == unescape(other.as_bytes());
                assert_eq!(is_equal, place == other_place, "{raw} {other}");
            }
        }
        assert!(key_is(br"\ufffd", "\u{fffd}".as_bytes()));
        assert!(!key_is(br"\ud800", "\u{fffd}".as_bytes()));
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
