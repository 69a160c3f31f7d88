//! White space between tokens.

/// RFC 7464 puts this control character before each record.
pub(crate) const RECORD_SEPARATOR: u8 = 0x1e;

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
