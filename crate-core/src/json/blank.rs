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
