//! CSV: cells are quoted by the type of their value, and guarded against formulas.

use std::mem;

use memchr::{memchr, memchr_iter};

use crate::encode::Notices;
use crate::encode::excel;
use crate::json::blank::BOM;
use crate::json::text::readable;
use crate::plan::Field;
use crate::plan::date::is_date;
use crate::plan::formula::begins_with_trigger;
use crate::plan::options::CsvProfile;
use crate::plan::profile::DATES;
use crate::projection::Wants;
use crate::protect::{Cell, Finished, Protected};

/// The most characters that Excel reads in a cell.
const LONGEST_CELL: usize = 32_767;

/// Excel takes a file that begins so for another format, and refuses it.
const SYLK: &[u8] = b"ID";

/// Writes rows as CSV.
#[derive(Debug)]
pub(crate) struct CsvEncoder {
    columns: Vec<Column>,
    dialect: Dialect,
    notices: Notices,
    /// The JSON text of arrays and objects, before it becomes a cell.
    nested: Vec<u8>,
}

#[derive(Debug)]
struct Column {
    heading: String,
    /// Auth0 writes dates at this path.
    is_date: bool,
    cell: Cell,
    /// Rows that have it.
    found: u64,
}

/// How a profile writes cells and rows.
#[derive(Clone, Copy, Debug)]
struct Dialect {
    prefix: Prefix,
    /// Quotes every string, or only where RFC 4180 asks for it.
    quotes_all: bool,
    byte_order_mark: bool,
    /// Whether it is counted what Excel takes for something else.
    is_for_excel: bool,
    terminator: &'static [u8],
}

/// Which strings get a `'` in front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Prefix {
    All,
    /// Those that a spreadsheet may take for a formula, and those that begin with `'` already.
    Triggers,
    None,
}

impl Dialect {
    fn of(profile: CsvProfile) -> Self {
        let auth0 = Self {
            prefix: Prefix::All,
            quotes_all: true,
            byte_order_mark: false,
            is_for_excel: false,
            terminator: b"\n",
        };
        match profile {
            CsvProfile::Auth0 => auth0,
            CsvProfile::OwaspMinimal => Self {
                prefix: Prefix::Triggers,
                ..auth0
            },
            CsvProfile::Excel => Self {
                prefix: Prefix::Triggers,
                byte_order_mark: true,
                is_for_excel: true,
                terminator: b"\r\n",
                ..auth0
            },
            CsvProfile::Plain => Self {
                prefix: Prefix::None,
                quotes_all: false,
                ..auth0
            },
        }
    }
}

impl CsvEncoder {
    pub(crate) fn new(fields: &[Field], profile: CsvProfile, wants: &mut Wants) -> Self {
        let column = |field: &Field| Column {
            heading: field.heading().to_owned(),
            is_date: field.path.as_root().is_some_and(|key| DATES.contains(&key)),
            cell: Cell::of(field, wants),
            found: 0,
        };
        Self {
            columns: fields.iter().map(column).collect(),
            dialect: Dialect::of(profile),
            notices: Notices::default(),
            nested: Vec::new(),
        }
    }

    pub(crate) fn heading(&self, out: &mut Vec<u8>) {
        if self.dialect.byte_order_mark {
            out.extend_from_slice(BOM);
        }
        let start = out.len();
        for (index, column) in self.columns.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            let text = column.heading.as_bytes();
            let is_guarded = self.dialect.prefix != Prefix::None && begins_with_trigger(text);
            // With a mark, neither comes first in the file.
            let is_misread = index == 0
                && !self.dialect.byte_order_mark
                && (text.starts_with(SYLK) || text.starts_with(BOM));
            let is_quoted = is_misread || needs_quotes(text);
            begin_cell(is_guarded, is_quoted, out);
            double_quotes(text, out);
            end_cell(is_quoted, out);
        }
        self.end_row(start, out);
    }

    pub(crate) fn row(&mut self, row: &Protected<'_>, out: &mut Vec<u8>) {
        let start = out.len();
        for index in 0..self.columns.len() {
            if index > 0 {
                out.push(b',');
            }
            if let Some(value) = row.value(&self.columns[index].cell) {
                self.columns[index].found += 1;
                self.value(index, value, out);
            }
        }
        self.end_row(start, out);
    }

    pub(crate) fn take_notices(&mut self) -> Notices {
        let columns = self.columns.iter_mut();
        Notices {
            found: columns.map(|column| mem::take(&mut column.found)).collect(),
            ..mem::take(&mut self.notices)
        }
    }

    fn value(&mut self, column: usize, value: Finished<'_>, out: &mut Vec<u8>) {
        let value = match value {
            Finished::Scalar(value) => value,
            Finished::Nested(nested) => {
                let mut text = mem::take(&mut self.nested);
                text.clear();
                nested.write(&mut text);
                self.string(&text, false, out);
                self.nested = text;
                return;
            }
        };
        match value.json {
            [b'"', text @ .., _] if value.is_plain => self.text(column, text, true, out),
            [b'"', raw @ .., _] => {
                let text = readable(raw, &mut self.notices.replaced_surrogates);
                self.text(column, &text, false, out);
            }
            b"null" => {}
            // A number, `true` or `false`.
            json => {
                out.extend_from_slice(json);
                let is_long = self.dialect.is_for_excel && excel::cuts(json);
                self.notices.long_numbers += u64::from(is_long);
            }
        }
    }

    /// The text of a string, which may be a date.
    fn text(&mut self, column: usize, text: &[u8], has_no_quote: bool, out: &mut Vec<u8>) {
        if self.columns[column].is_date && is_date(text) {
            out.extend_from_slice(text);
        } else {
            self.string(text, has_no_quote, out);
        }
    }

    fn string(&mut self, text: &[u8], has_no_quote: bool, out: &mut Vec<u8>) {
        let is_guarded = match self.dialect.prefix {
            Prefix::All => true,
            Prefix::Triggers => text.first() == Some(&b'\'') || begins_with_trigger(text),
            Prefix::None => false,
        };
        // An empty string keeps its quotes: without them it would be `null`.
        let is_quoted = self.dialect.quotes_all || text.is_empty() || needs_quotes(text);
        begin_cell(is_guarded, is_quoted, out);
        if has_no_quote {
            out.extend_from_slice(text);
        } else {
            double_quotes(text, out);
        }
        end_cell(is_quoted, out);
        let is_converted = self.dialect.is_for_excel && !is_guarded && excel::converts(text);
        self.notices.converted_texts += u64::from(is_converted);
        if text.len() > LONGEST_CELL {
            let length = String::from_utf8_lossy(text).encode_utf16().count();
            self.notices.long_cells += u64::from(length > LONGEST_CELL);
        }
    }

    #[inline]
    fn end_row(&self, start: usize, out: &mut Vec<u8>) {
        // A line without anything on it would be no row.
        if out.len() == start {
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(self.dialect.terminator);
    }
}

#[inline]
fn begin_cell(is_guarded: bool, is_quoted: bool, out: &mut Vec<u8>) {
    if is_quoted {
        out.push(b'"');
    }
    if is_guarded {
        out.push(b'\'');
    }
}

fn double_quotes(text: &[u8], out: &mut Vec<u8>) {
    let mut from = 0;
    for quote in memchr_iter(b'"', text) {
        out.extend_from_slice(&text[from..=quote]);
        out.push(b'"');
        from = quote + 1;
    }
    out.extend_from_slice(&text[from..]);
}

#[inline]
fn end_cell(is_quoted: bool, out: &mut Vec<u8>) {
    if is_quoted {
        out.push(b'"');
    }
}

/// Whether RFC 4180 asks for quotes.
fn needs_quotes(text: &[u8]) -> bool {
    [b',', b'"', b'\r', b'\n']
        .iter()
        .any(|&byte| memchr(byte, text).is_some())
}
