//! What the objects of a line are, each question answered by looking at all of it again.

use super::json::{depth, filler, first_record, is_broken_off};

/// A place of the line where a record begins, with its text or whether it is too large.
pub type Item<'a> = (usize, Result<&'a [u8], bool>);

/// The records of a line that has no line feed.
pub fn records(line: &[u8], max_record_size: usize) -> Vec<Item<'_>> {
    // To JSON all bytes of longer characters are alike.
    let shadow: String = line
        .iter()
        .map(|byte| {
            if byte.is_ascii() {
                char::from(*byte)
            } else {
                '\u{7f}'
            }
        })
        .collect();
    let line = Line {
        bytes: line,
        shadow,
        max_record_size,
    };
    let mut items = Vec::new();
    let (mut at, mut may_have_comma) = (0, false);
    loop {
        at += filler(&line.bytes[at..]);
        match line.bytes.get(at) {
            None => return items,
            Some(b'{') => at = line.object(at, &mut items),
            Some(b',') if may_have_comma => at += 1,
            Some(_) => {
                items.push((at, Err(false)));
                at = line.lost(at, None);
            }
        }
        may_have_comma = at > 0 && line.bytes[at - 1] == b'}';
    }
}

struct Line<'a> {
    bytes: &'a [u8],
    shadow: String,
    max_record_size: usize,
}

/// Brackets that are open, whether a string is, and whether the next byte is escaped.
#[derive(Clone, Copy)]
struct Open(usize, bool, bool);

impl Open {
    /// Takes a byte, and tells whether it closes the last bracket.
    fn take(&mut self, byte: u8) -> bool {
        let Self(depth, is_in_string, is_escaped) = self;
        match byte {
            _ if *is_escaped => *is_escaped = false,
            b'\\' if *is_in_string => *is_escaped = true,
            b'"' => *is_in_string = !*is_in_string,
            _ if *is_in_string => {}
            b'{' | b'[' => *depth += 1,
            b'}' | b']' if *depth > 0 => {
                *depth -= 1;
                return *depth == 0;
            }
            _ => {}
        }
        false
    }
}

impl<'a> Line<'a> {
    /// The length of the object at a place, if it is whole.
    fn whole(&self, at: usize) -> Option<usize> {
        first_record(&self.shadow[at..]).map(|(record, _)| record.len())
    }

    /// Where the object at a place breaks: the end of the line is one such place.
    fn fault(&self, at: usize) -> usize {
        // What serde_json calls a fault at the end of the text may go on: `-`, `1.`, `1e` and `\u12`.
        let goes_on = |text: &str| is_broken_off(text) && depth(text) <= 512;
        let good = |end: &usize| {
            let text = &self.shadow[at..*end];
            if is_in_unicode_escape(text) {
                return goes_on(text) && goes_on(&format!("{text}0000"));
            }
            let may_be_number = !in_string(text) && text.ends_with(['-', '.', 'e', 'E', '+']);
            goes_on(text) || may_be_number && goes_on(&format!("{text}0"))
        };
        let last = (at + 1..=self.shadow.len()).take_while(good).last();
        last.unwrap_or(at + 1)
    }

    /// Writes the record at a place down; gives where to go on.
    fn object(&self, at: usize, items: &mut Vec<Item<'a>>) -> usize {
        let Some(length) = self.whole(at) else {
            let fault = self.fault(at);
            let is_too_large = fault - at > self.max_record_size;
            items.push((at, Err(is_too_large)));
            let mut open = Open(0, false, false);
            let from = if is_too_large { fault } else { at + 1 };
            for byte in &self.bytes[at..from] {
                open.take(*byte);
            }
            return self.lost(from, Some(open));
        };
        let (record, next) = (&self.bytes[at..at + length], self.next(at + length));
        let is_good = matches!(self.bytes.get(next), None | Some(b'{' | b','));
        let item = match length > self.max_record_size {
            true => Err(true),
            false if is_good && str::from_utf8(record).is_ok() => Ok(record),
            false => Err(false),
        };
        items.push((at, item));
        match is_good {
            true => at + length,
            false => self.lost(next, None),
        }
    }

    fn next(&self, at: usize) -> usize {
        at + filler(&self.bytes[at..])
    }

    /// Where the next record may begin behind what was left out.
    fn lost(&self, from: usize, mut open: Option<Open>) -> usize {
        let mut is_behind_brace = false;
        let mut at = from;
        while let Some(&byte) = self.bytes.get(at) {
            if byte == b'{'
                && is_behind_brace
                && let Some(length) = self.whole(at)
                && length <= self.max_record_size
            {
                let next = self.bytes.get(self.next(at + length));
                if matches!(next, None | Some(b'{')) {
                    return at;
                }
                // An object inside of what was left out.
                for byte in &self.bytes[at..at + length] {
                    open.as_mut().map(|open| open.take(*byte));
                }
                at += length;
                continue;
            }
            let is_blank = b" \t\r\x1e".contains(&byte);
            is_behind_brace = byte == b'}' || is_behind_brace && is_blank;
            let is_closed = open.as_mut().is_some_and(|open| open.take(byte));
            at += 1;
            if is_closed {
                at = self.next(at);
                if matches!(self.bytes.get(at), None | Some(b'{')) {
                    return at;
                }
                (open, is_behind_brace) = (None, false);
            }
        }
        at
    }
}

/// Whether the text ends in an escape of four digits, of which some may be none.
fn is_in_unicode_escape(text: &str) -> bool {
    let Some((before, behind)) = text.rsplit_once('\\') else {
        return false;
    };
    let escaped = before.len() - before.trim_end_matches('\\').len();
    escaped % 2 == 0 && behind.starts_with('u') && behind.len() < 5
}

/// Whether a text that begins outside of strings ends in one.
fn in_string(text: &str) -> bool {
    let mut open = Open(usize::MAX / 2, false, false);
    for byte in text.bytes() {
        open.take(byte);
    }
    open.1
}
