//! Writing JSON text.

use crate::effort::spend;
use crate::json::blank::is_blank;
use crate::json::read::string_end;

/// Appends a checked value without the white space between its tokens.
pub(crate) fn write_compact(value: &[u8], out: &mut Vec<u8>) {
    spend(value.len());
    let mut at = 0;
    while at < value.len() {
        let start = at;
        while at < value.len() && !is_blank(value[at]) {
            at = if value[at] == b'"' {
                string_end(value, at)
            } else {
                at + 1
            };
        }
        out.extend_from_slice(&value[start..at]);
        at += 1;
    }
}

/// Appends `"key":`, for a key as written in a JSON text, without its quotes.
pub(crate) fn write_key(key: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    out.extend_from_slice(key);
    out.extend_from_slice(b"\":");
}

/// Puts the closing bracket in the place of the last comma; without any member nothing stays of
/// what was written from `start` on.
pub(crate) fn close(start: usize, bracket: u8, out: &mut Vec<u8>) -> bool {
    let is_empty = out.len() == start + 1;
    match out.last_mut() {
        Some(last) if !is_empty => *last = bracket,
        _ => out.truncate(start),
    }
    !is_empty
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compact_values_keep_the_bytes_of_strings() {
        let mut out = Vec::new();
        write_compact(b"{ \"a b\" : [ 1,\r\n\t\"c \\\" d\" ] }", &mut out);
        assert_eq!(out, br#"{"a b":[1,"c \" d"]}"#);
    }

    #[test]
    fn an_object_without_members_leaves_nothing() {
        for (members, want, wrote) in [("", "[", false), ("\"a\":1,", "[{\"a\":1}", true)] {
            let mut out = format!("[{{{members}").into_bytes();
            assert_eq!(close(1, b'}', &mut out), wrote);
            assert_eq!(String::from_utf8(out).unwrap(), want);
        }
    }
}
