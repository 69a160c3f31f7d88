//! Whether a text is CSV, and how it separates cells and rows: its first bytes show it.

use std::str;

pub(crate) use crate::input::csv::frame::Form;
use crate::input::csv::frame::Frame;
use crate::input::csv::heading::{is_known, is_name, is_value};
use crate::input::record::Place;
use crate::json::blank::is_blank;

/// What separates cells.
const SEPARATORS: [u8; 3] = *b",;\t";

/// The way to read a CSV file, and where its first row starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub form: Form,
    pub skip: usize,
}

/// Finds how the text that starts with `prefix` is to be read as CSV, if it is CSV; `is_whole`
/// says that it has no more bytes. With `headings`, which the option names, it is.
pub(crate) fn find(prefix: &[u8], is_whole: bool, headings: Option<usize>) -> Option<Found> {
    let skip = named_separator(prefix).map_or(0, |(_, skip)| skip);
    let text = &prefix[skip..];
    let found = |separator| {
        let terminator = terminator(text, separator);
        let form = Form {
            separator,
            terminator,
        };
        Found { form, skip }
    };
    if let Some((separator, _)) = named_separator(prefix) {
        return Some(found(separator));
    }
    let look = |separator| Look::at(text, is_whole, found(separator).form);
    if let Some(count) = headings {
        let has_count = |separator: &u8| look(*separator).cells.len() == count;
        let separator = SEPARATORS.into_iter().find(has_count);
        return Some(found(separator.unwrap_or(SEPARATORS[0])));
    }
    // The first of the best.
    let mut best: Option<((usize, usize, usize), u8)> = None;
    for separator in SEPARATORS {
        if let Some(rank) = look(separator).rank()
            && best.is_none_or(|(other, _)| rank > other)
        {
            best = Some((rank, separator));
        }
    }
    best.map(|(_, separator)| found(separator))
}

/// The separator in a line `sep=;` in front, which Excel writes and reads, and the length of the line.
fn named_separator(text: &[u8]) -> Option<(u8, usize)> {
    let (word, rest) = text.split_at_checked(4)?;
    let (&separator, rest) = rest.split_first()?;
    let end = match rest {
        [b'\r', b'\n', ..] => 2,
        [b'\n' | b'\r', ..] => 1,
        _ => return None,
    };
    let is_it = word.eq_ignore_ascii_case(b"sep=") && !matches!(separator, b'"' | b'\r' | b'\n');
    is_it.then_some((separator, 5 + end))
}

/// What ends the first row.
fn terminator(text: &[u8], separator: u8) -> u8 {
    let form = |terminator| Form {
        separator,
        terminator,
    };
    let length = |terminator| {
        let mut frame = Frame::new(form(terminator), usize::MAX, Place::START);
        let mut length = 0;
        while length < text.len() {
            let (used, row) = frame.read(&text[length..]);
            length += used;
            if row.is_some() {
                break;
            }
        }
        length
    };
    let end = length(b'\r');
    let is_alone = text[..end].ends_with(b"\r") && text.get(end).is_some_and(|&next| next != b'\n');
    match is_alone && length(b'\n') > end {
        true => b'\r',
        false => b'\n',
    }
}

/// The first rows under a form.
#[derive(Default)]
struct Look {
    /// The first row, which may be cut.
    cells: Vec<Vec<u8>>,
    /// How many whole rows follow, and how many of those have as many cells.
    others: usize,
    equal: usize,
    /// Whether a row begins like JSON.
    has_json: bool,
}

impl Look {
    fn at(text: &[u8], is_whole: bool, form: Form) -> Self {
        let mut look = Self::default();
        let mut frame = Frame::new(form, usize::MAX, Place::START);
        let mut is_first = true;
        let mut rest = text;
        while !rest.is_empty() {
            let (used, row) = frame.read(rest);
            rest = &rest[used..];
            if let Some(row) = row {
                look.row(row.raw, row.cells(), is_first);
                is_first = false;
            }
        }
        if is_whole || is_first {
            if let Some(row) = frame.finish() {
                look.row(row.raw, row.cells(), is_first);
            } else if is_first && frame.open_row().is_some() {
                // What ends a cell that is still open.
                frame.read(b"\"");
                if let Some(row) = frame.finish() {
                    look.row(row.raw, row.cells(), is_first);
                }
            }
        }
        look
    }

    fn row<'a>(&mut self, raw: &[u8], cells: impl Iterator<Item = &'a [u8]>, is_first: bool) {
        if is_first {
            self.cells = cells.map(<[u8]>::to_vec).collect();
        } else {
            self.others += 1;
            self.equal += usize::from(cells.count() == self.cells.len());
        }
        self.has_json |= matches!(raw.trim_ascii_start(), [b'{' | b'[', ..]);
    }

    /// How well the text is CSV of this form, if at all.
    fn rank(&self) -> Option<(usize, usize, usize)> {
        let is_control = |&byte: &u8| byte < 0x20 && !is_blank(byte);
        if self.has_json || self.cells.iter().flatten().any(is_control) {
            return None;
        }
        let texts = || {
            self.cells
                .iter()
                .filter_map(|cell| str::from_utf8(cell).ok())
        };
        let count = self.cells.len();
        let known = texts().filter(|text| is_known(text)).count();
        let all_equal = self.others > 0 && self.equal == self.others;
        let is_csv = match (count, known) {
            (0 | 1, known) => known == 1,
            // Names of attributes may also occur in prose.
            (_, 1..) => 2 * self.equal >= self.others,
            _ => {
                let has_value = texts().any(is_value);
                let is_row_of_values = has_value && (all_equal || self.others == 0);
                is_row_of_values || all_equal && texts().count() == count && texts().all(is_name)
            }
        };
        is_csv.then_some((known, self.equal, count))
    }
}
