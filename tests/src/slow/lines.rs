//! What the objects of lines are, each question answered by looking at all of it again.

use super::json::{depth, filler, first_record, is_broken_off};

/// A place of the text where a record begins, with its text or whether it is too large.
pub type Item<'a> = (usize, Result<&'a [u8], bool>);

/// The records of a text that ends in a line feed.
pub fn records(text: &[u8], max_record_size: usize) -> Vec<Item<'_>> {
    // To JSON all bytes of longer characters are alike.
    let shadow: String = text
        .iter()
        .map(|byte| {
            if byte.is_ascii() {
                char::from(*byte)
            } else {
                '\u{7f}'
            }
        })
        .collect();
    let text = Text {
        bytes: text,
        shadow,
        max_record_size,
    };
    let mut items = Vec::new();
    let mut at = At::line_start(0);
    loop {
        let next = at.place + filler(&text.bytes[at.place..]);
        at.may_have_comma &= !text.bytes[at.place..next].contains(&b'\n');
        at = match text.bytes.get(next) {
            None => return items,
            Some(b'{') => text.object(next, &mut items),
            Some(b',') if at.may_have_comma => At::line_start(next + 1),
            Some(_) => {
                items.push((next, Err(false)));
                text.lost(next, None)
            }
        };
    }
}

/// Where to go on, and whether a comma there follows an object on its line.
struct At {
    place: usize,
    may_have_comma: bool,
}

impl At {
    fn line_start(place: usize) -> Self {
        Self {
            place,
            may_have_comma: false,
        }
    }

    fn behind_object(place: usize) -> Self {
        Self {
            place,
            may_have_comma: true,
        }
    }
}

struct Text<'a> {
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
            // No string goes on behind the end of its line.
            b'\n' => (*is_in_string, *is_escaped) = (false, false),
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

impl<'a> Text<'a> {
    fn line_start(&self, at: usize) -> usize {
        let before = self.bytes[..at].iter().rposition(|&byte| byte == b'\n');
        before.map_or(0, |at| at + 1)
    }

    fn line_end(&self, at: usize) -> usize {
        let length = self.bytes[at..].iter().position(|&byte| byte == b'\n');
        length.map_or(self.bytes.len(), |length| at + length)
    }

    /// What stands in front of a place on its line, if that is only what has no meaning.
    fn margin(&self, at: usize) -> &[u8] {
        let line = &self.bytes[self.line_start(at)..at];
        &line[..filler(line)]
    }

    /// How far the line of a place is indented.
    fn indent(&self, at: usize) -> usize {
        let margin = self.margin(at).iter();
        margin.filter(|byte| b" \t\r".contains(byte)).count()
    }

    /// Whether a byte is the first on its line.
    fn is_first(&self, at: usize) -> bool {
        !b" \t\r\n".contains(&self.bytes[at]) && self.line_start(at) + self.margin(at).len() == at
    }

    /// Whether the next record begins at a place behind the line of one that is indented so far.
    fn is_next_record(&self, at: usize, indent: usize) -> bool {
        self.is_first(at)
            && match self.bytes[at] {
                b'{' => self.indent(at) <= indent,
                byte => byte == 0x1e || byte == 0xef,
            }
    }

    /// The first place behind the line of another at which the next record begins, or the end.
    fn limit(&self, at: usize) -> usize {
        let indent = self.indent(at);
        let mut places = self.line_end(at)..self.bytes.len();
        let limit = places.find(|&place| self.is_next_record(place, indent));
        limit.unwrap_or(self.bytes.len())
    }

    /// The length of the object at a place, if it is whole before another place.
    fn whole(&self, at: usize, end: usize) -> Option<usize> {
        first_record(&self.shadow[at..end]).map(|(record, _)| record.len())
    }

    /// Where the object at a place breaks; the end, if nothing before it is wrong.
    fn fault(&self, at: usize, end: usize) -> usize {
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
        let last = (at + 1..=end).take_while(good).last();
        last.unwrap_or(at + 1)
    }

    /// Writes the record at a place down; gives where to go on.
    fn object(&self, at: usize, items: &mut Vec<Item<'a>>) -> At {
        let (line_end, limit) = (self.line_end(at), self.limit(at));
        if let Some(length) = self.whole(at, line_end) {
            return self.object_of_a_line(at, length, items);
        }
        if let Some(length) = self.whole(at, limit) {
            return self.object_of_lines(at, length, items);
        }
        // The line feed breaks an object in a string or in the middle of a word.
        let fault = self.fault(at, limit);
        if fault == limit {
            let length = self.bytes[at..limit].trim_ascii_end().len();
            items.push((at, Err(length > self.max_record_size)));
            return At::line_start(limit);
        }
        let is_too_large = fault - at > self.max_record_size;
        items.push((at, Err(is_too_large)));
        let mut open = Open(0, false, false);
        let is_on_line = fault <= line_end;
        let from = match is_on_line && !is_too_large {
            true => at + 1,
            false => fault,
        };
        for byte in &self.bytes[at..from] {
            open.take(*byte);
        }
        match is_on_line {
            true => self.lost(from, Some(open)),
            false => self.lost_lines(from, Some(open), self.indent(at)),
        }
    }

    fn item(&self, at: usize, length: usize, is_good: bool) -> Item<'a> {
        let record = &self.bytes[at..at + length];
        let is_good = is_good && str::from_utf8(record).is_ok();
        match length > self.max_record_size {
            true => (at, Err(true)),
            false if is_good => (at, Ok(record)),
            false => (at, Err(false)),
        }
    }

    fn object_of_a_line(&self, at: usize, length: usize, items: &mut Vec<Item<'a>>) -> At {
        let end = at + length;
        let next = self.next_on_line(end);
        let is_good = matches!(self.bytes.get(next), None | Some(b'\n' | b'{' | b','));
        items.push(self.item(at, length, is_good));
        match is_good {
            true => At::behind_object(end),
            false => self.lost(next, None),
        }
    }

    /// Also good if other text follows on a later line or behind a comma, but for a member or the
    /// end of an object: this one has a brace too many.
    fn object_of_lines(&self, at: usize, length: usize, items: &mut Vec<Item<'a>>) -> At {
        let end = at + length;
        let mut next = end + filler(&self.bytes[end..]);
        let has_comma = self.bytes.get(next) == Some(&b',');
        if has_comma {
            next += 1;
            next += filler(&self.bytes[next..]);
        }
        let has_line_end = self.bytes[end..next].contains(&b'\n');
        let is_good = match self.bytes.get(next) {
            None | Some(b'{') => true,
            Some(b'"' | b':' | b'}' | b']') => false,
            Some(b',') => true,
            Some(_) => has_comma || has_line_end,
        };
        items.push(self.item(at, length, is_good));
        match is_good {
            true if has_comma || has_line_end => At::line_start(next),
            true => At::behind_object(next),
            false => self.lost_lines(next, None, self.indent(at)),
        }
    }

    /// The next byte of the line that has a meaning.
    fn next_on_line(&self, at: usize) -> usize {
        at + filler(&self.bytes[at..self.line_end(at)])
    }

    /// Where the next record may begin behind what was left out on a line.
    fn lost(&self, from: usize, mut open: Option<Open>) -> At {
        let mut is_behind_brace = false;
        let (mut at, end) = (from, self.line_end(from));
        while at < end {
            let byte = self.bytes[at];
            if byte == b'{'
                && is_behind_brace
                && let Some(length) = self.whole(at, end)
                && length <= self.max_record_size
            {
                let next = self.next_on_line(at + length);
                if next == end || self.bytes[next] == b'{' {
                    return At::line_start(at);
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
                at = self.next_on_line(at);
                if at == end || self.bytes[at] == b'{' {
                    return At::line_start(at);
                }
                (open, is_behind_brace) = (None, false);
            }
        }
        match open {
            // The broken object is still open.
            Some(_) => self.lost_lines(end, open, self.indent(from)),
            None => At::line_start(end),
        }
    }

    /// Where the next record may begin behind what was left out on several lines.
    fn lost_lines(&self, from: usize, mut open: Option<Open>, indent: usize) -> At {
        let mut is_closed = false;
        let mut at = from;
        while at < self.bytes.len() {
            let byte = self.bytes[at];
            if self.is_next_record(at, indent) || is_closed && byte == b'{' {
                return At::line_start(at);
            }
            if byte == b'}' && self.is_first(at) && self.indent(at) <= indent {
                // The last line of the object.
                let next = self.next_on_line(at + 1);
                return match self.bytes.get(next) {
                    None | Some(b'\n' | b'{') => At::line_start(next),
                    Some(_) => self.lost(next, None),
                };
            }
            let mark = "\u{feff}".as_bytes();
            if is_closed && filler(&[byte]) > 0 {
                at += 1;
            } else if is_closed && self.bytes[at..].starts_with(mark) {
                at += mark.len();
            } else {
                if is_closed {
                    open = None;
                }
                is_closed = open.as_mut().is_some_and(|open| open.take(byte));
                at += 1;
            }
        }
        At::line_start(self.bytes.len())
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
