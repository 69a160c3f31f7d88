//! White space between tokens.

/// Whether JSON lets this byte stand between tokens.
pub(crate) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// The place of the first byte from `at` on that is not blank.
pub(crate) fn skip_blanks(text: &[u8], at: usize) -> usize {
    at + text[at..]
        .iter()
        .take_while(|&&byte| is_blank(byte))
        .count()
}

/// The text without the blanks at its end.
pub(crate) fn trim_end(text: &[u8]) -> &[u8] {
    let blanks = text.iter().rev().take_while(|&&byte| is_blank(byte));
    &text[..text.len() - blanks.count()]
}
