//! Numbers and words.

use crate::json::blank::is_blank;

/// Whether a text begins with a good number or word that is a value: the next byte that is no blank
/// ends it, or there is none where the text is cut.
#[inline]
pub(crate) fn is_value(text: &[u8]) -> bool {
    let length = match text[0] {
        b't' if text.starts_with(b"true") => 4,
        b'n' if text.starts_with(b"null") => 4,
        b'f' if text.starts_with(b"false") => 5,
        b'-' | b'0'..=b'9' => match number_length(text) {
            Some(length) => length,
            None => return false,
        },
        _ => return false,
    };
    let behind = text[length..].iter().find(|&&byte| !is_blank(byte));
    matches!(behind, None | Some(b',' | b'}' | b']'))
}

/// Whether the whole text is a number.
pub(crate) fn is_number(text: &[u8]) -> bool {
    matches!(text.first(), Some(b'-' | b'0'..=b'9')) && number_length(text) == Some(text.len())
}

fn number_length(text: &[u8]) -> Option<usize> {
    let digits = |at: usize| {
        at + text[at..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let some_digits = |at: usize| Some(digits(at)).filter(|&end| end > at);
    let start = usize::from(text[0] == b'-');
    let mut at = some_digits(start)?;
    if text[start] == b'0' && at > start + 1 {
        return None;
    }
    if text.get(at) == Some(&b'.') {
        at = some_digits(at + 1)?;
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        at += 1 + usize::from(matches!(text.get(at + 1), Some(b'+' | b'-')));
        at = some_digits(at)?;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers() {
        for value in [
            "true", "false", "null", "0", "7", "10", "1234567", "0.5", "897.68", "1.00",
        ] {
            for behind in [",xxxxxxx", "}xxxxxxx", "],xxxxxx"] {
                let text = format!("{value}{behind}");
                assert!(is_value(text.as_bytes()), "{text}");
            }
            assert!(is_value(format!("{value} \n").as_bytes()), "{value}");
            assert!(!is_value(format!("{value}:1,xxxxx").as_bytes()), "{value}");
            assert!(!is_value(format!("{value}x,xxxxxxx").as_bytes()), "{value}");
        }
        for broken in [
            "01", "1.", ".5", "00.1", "1.2.3", "tru", "truE", "nul", "fals", "-", "+1", "1e", "0x1",
        ] {
            assert!(
                !is_value(format!("{broken},xxxxxxxx").as_bytes()),
                "{broken}"
            );
        }
        for long in [
            "-0",
            "1e400",
            "-1.5E+300",
            "12345678901234567890",
            "0.123456789",
        ] {
            assert!(is_value(format!("{long},xxxxxxx").as_bytes()), "{long}");
        }
    }
}
