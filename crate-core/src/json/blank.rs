//! White space between tokens.

/// RFC 7464 puts this control character before each record.
pub(crate) const RECORD_SEPARATOR: u8 = 0x1e;

/// The byte order mark.
pub(crate) const BOM: &[u8] = "\u{feff}".as_bytes();

/// Whether JSON allows this byte between tokens.
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

/// Whether a byte between records means nothing: a blank, a byte order mark, of which one stays where
/// files were joined, or a record separator where there may be one. The bytes of a mark may come one
/// by one: `mark` counts those that were passed.
pub(crate) fn is_filler(byte: u8, mark: &mut usize, has_separators: bool) -> bool {
    if byte == BOM[*mark] {
        *mark = (*mark + 1) % BOM.len();
        return true;
    }
    *mark == 0 && (is_blank(byte) || has_separators && byte == RECORD_SEPARATOR)
}
