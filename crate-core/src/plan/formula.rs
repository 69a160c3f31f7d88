//! What a spreadsheet may run.

/// Whether a spreadsheet may take the text for a formula (OWASP, "CSV Injection"; WSTG-INPV-21
/// counts full-width signs too, which East Asian versions read as signs).
///
/// LibreOffice drops NULs in front and then sees one, and readers drop a byte order
/// mark, so they count for nothing.
pub(crate) fn begins_with_trigger(mut text: &[u8]) -> bool {
    while let [0, rest @ ..] | [0xef, 0xbb, 0xbf, rest @ ..] = text {
        text = rest;
    }
    let is_wide = || {
        ["＝", "＋", "－", "＠"]
            .iter()
            .any(|sign| text.starts_with(sign.as_bytes()))
    };
    match text.first() {
        Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r' | b'\n') => true,
        Some(0xef) => is_wide(),
        _ => false,
    }
}
