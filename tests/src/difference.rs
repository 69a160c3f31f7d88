//! The first byte in which two outputs differ, with what stands round it.

/// How many bytes are shown before and behind the difference.
const CONTEXT: usize = 40;

/// Compares two byte strings.
///
/// # Errors
/// The first place where they differ: its byte, its line, and both sides with their surroundings.
pub(crate) fn first_difference(wanted: &[u8], found: &[u8]) -> Result<(), String> {
    if wanted == found {
        return Ok(());
    }
    let byte = wanted
        .iter()
        .zip(found)
        .position(|(wanted, found)| wanted != found)
        .unwrap_or(wanted.len().min(found.len()));
    let line = 1 + wanted[..byte].iter().filter(|&&b| b == b'\n').count();
    Err(format!(
        "the output differs at byte {byte}, line {line} ({} bytes, wanted {})\n  wanted: {}\n  found:  {}",
        found.len(),
        wanted.len(),
        around(wanted, byte),
        around(found, byte),
    ))
}

/// The bytes round `byte`, escaped, with a mark in front of it.
fn around(bytes: &[u8], byte: usize) -> String {
    let start = byte.saturating_sub(CONTEXT);
    let end = bytes.len().min(byte + CONTEXT);
    let cut = |is_cut| if is_cut { "…" } else { "" };
    format!(
        "{}{}»{}{}",
        cut(start > 0),
        bytes[start..byte].escape_ascii(),
        bytes[byte..end].escape_ascii(),
        cut(end < bytes.len()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_shown_with_its_surroundings() {
        assert_eq!(first_difference(b"same\n", b"same\n"), Ok(()));
        for (wanted, found, words) in [
            (
                &b"a\nbc"[..],
                &b"a\nbd"[..],
                ["byte 3, line 2", r"wanted: a\nb»c", r"found:  a\nb»d"],
            ),
            (b"ab", b"a", ["byte 1, line 1", "wanted: a»b", "found:  a»"]),
            (
                b"",
                b"\xff",
                ["byte 0, line 1", "wanted: »", r"found:  »\xff"],
            ),
        ] {
            let why = first_difference(wanted, found).expect_err("they differ");
            for word in words {
                assert!(why.contains(word), "{why} does not say {word}");
            }
        }
        let long = [b'x'; 200];
        let mut other = long;
        other[100] = b'y';
        let why = first_difference(&long, &other).expect_err("they differ");
        assert!(why.contains('…') && why.len() < 400, "{why}");
    }
}
