//! Cells under Rollcall's rule: a string is quoted and begins with `'`.

use memchr::memchr_iter;

/// The heading row.
pub const HEADING: &[u8] = b"user_id,email,email_verified,name,provider,city,roles,created_at\n";

/// Writes a string.
pub fn text(out: &mut Vec<u8>, text: &[u8]) {
    out.extend_from_slice(b"\"'");
    let mut start = 0;
    for quote in memchr_iter(b'"', text) {
        out.extend_from_slice(&text[start..=quote]);
        start = quote;
    }
    out.extend_from_slice(&text[start..]);
    out.push(b'"');
}
