//! One file: detects what it is and reads it.

use std::mem;
use std::ops::ControlFlow;

use super::bulk::Bulk;
use super::csv::Csv;
use super::cursor::Cursor;
use super::guard::guard_length;
use super::gzip::Gunzip;
use super::head::{Doubt, Head, Target};
use super::lines::Lines;
use super::list::{List, Page, Surround};
use super::root::{Found, Root, Splitter};
use super::sniff::{Sniffed, sniff};
use crate::effort::spend;
use crate::error::{Error, ErrorCode};
use crate::input::census::found_lists;
use crate::input::layout::{FileKind, Layout};
use crate::input::record::{Fatal, Flow, GO_ON, Place, Sink, flow};
use crate::json::blank::{BOM, RECORD_SEPARATOR, is_blank};
use crate::plan::reading::Reading;

/// How deeply gzip may be nested.
const MAX_LAYERS: usize = 4;

/// How the current file is read.
#[derive(Debug)]
pub(super) enum Source {
    /// Not enough bytes to decide yet; `cursor` is where the kept bytes start.
    Unknown {
        prefix: Vec<u8>,
        cursor: Cursor,
        layers: usize,
    },
    Gzip(Box<Gunzip>, Box<Source>),
    /// JSON whose first object decides.
    Root(Box<Root>),
    /// Lines, and what their first object holds if it may be no user.
    Lines(Lines, Option<Doubt>),
    List(List, Option<Doubt>),
    Bulk(Bulk),
    Csv(Box<Csv>),
}

impl Source {
    pub(super) fn new(layers: usize) -> Self {
        Self::Unknown {
            prefix: Vec::new(),
            cursor: Cursor::START,
            layers,
        }
    }

    pub(super) fn push(&mut self, chunk: &[u8], reading: &Reading, sink: &mut dyn Sink) -> Flow {
        match self {
            Self::Unknown { prefix, cursor, .. } => {
                prefix.extend_from_slice(chunk);
                skip_filler(prefix, cursor);
                self.decide(false, reading, sink)
            }
            Self::Gzip(gunzip, inner) => {
                let flow = gunzip.push(chunk, |text| inner.push(text, reading, sink));
                flow.or_else(|error| inner.flush_before(error, reading, sink))
            }
            Self::Root(root) => match root.push(chunk)? {
                Some(found) => self.go_on(found, reading, sink),
                None => GO_ON,
            },
            Self::Lines(lines, _) => lines.push(chunk, sink),
            Self::List(list, _) => list.push(chunk, sink),
            Self::Bulk(bulk) => bulk.push(chunk, sink),
            Self::Csv(csv) => csv.push(chunk, sink),
        }
    }

    pub(super) fn end(&mut self, reading: &Reading, sink: &mut dyn Sink) -> Flow {
        if let Self::Unknown { .. } = self {
            flow!(self.decide(true, reading, sink));
        }
        flow!(self.decide_root(reading, sink));
        match self {
            Self::Unknown { .. } | Self::Root(_) => GO_ON,
            Self::Gzip(gunzip, inner) => {
                if let Err(error) = gunzip.end() {
                    return inner.flush_before(error, reading, sink);
                }
                inner.end(reading, sink)
            }
            Self::Lines(lines, _) => lines.end(sink),
            Self::List(list, _) => list.end(sink),
            Self::Bulk(bulk) => bulk.end(sink),
            Self::Csv(csv) => csv.end(sink),
        }
    }

    /// Reads what is held back of a text that ends prematurely.
    pub(super) fn flush(&mut self, reading: &Reading, sink: &mut dyn Sink) -> Flow {
        flow!(self.decide_root(reading, sink));
        match self {
            Self::Gzip(_, inner) => inner.flush(reading, sink),
            Self::Lines(lines, _) => lines.flush(sink),
            Self::List(list, _) => list.flush(sink),
            Self::Bulk(bulk) => bulk.flush(sink),
            Self::Csv(csv) => csv.flush(sink),
            Self::Unknown { .. } | Self::Root(_) => GO_ON,
        }
    }

    /// Reads the held-back text before damaged gzip first: it may reach the limit, or have an error
    /// of its own.
    fn flush_before(&mut self, error: Fatal, reading: &Reading, sink: &mut dyn Sink) -> Flow {
        if error.code != ErrorCode::BadGzip {
            return Err(error);
        }
        match self.flush(reading, sink)? {
            ControlFlow::Break(()) => Ok(ControlFlow::Break(())),
            ControlFlow::Continue(()) => Err(error),
        }
    }

    /// Inspects the first bytes and, once they suffice, continues with the detected source.
    fn decide(&mut self, is_whole: bool, reading: &Reading, sink: &mut dyn Sink) -> Flow {
        let Self::Unknown {
            prefix,
            cursor,
            layers,
        } = self
        else {
            return GO_ON;
        };
        let (cursor, layers) = (*cursor, *layers);
        let place = cursor.place;
        let headings = reading.csv_headings.as_ref().map(Vec::len);
        let source = match sniff(prefix, is_whole, headings) {
            Sniffed::Undecided => return GO_ON,
            Sniffed::Foreign(message) => return Err(bad_encoding(message, place)),
            Sniffed::Gzip if layers == MAX_LAYERS => {
                let message = format!("gzip is nested more than {MAX_LAYERS} levels deep");
                return Err(bad_encoding(message, place));
            }
            Sniffed::Gzip => Self::Gzip(
                Box::new(Gunzip::behind(place.byte)),
                Box::new(Self::new(layers + 1)),
            ),
            Sniffed::Csv(found) => {
                let place = place.after(&prefix[..found.skip]);
                prefix.drain(..found.skip);
                Self::Csv(Box::new(Csv::new(found.form, place, reading)?))
            }
            Sniffed::Object => Self::Root(Box::new(Root::new(false, cursor, reading))),
            Sniffed::Array => {
                let mut cursor = cursor;
                cursor.pass(&prefix[..1]);
                prefix.remove(0);
                Self::Root(Box::new(Root::new(true, cursor, reading)))
            }
            Sniffed::Lines
                if let Some(keys) = &reading.users_at
                    && !prefix.is_empty() =>
            {
                return Err(Head::new(Target::of(reading)).not_found(keys, place));
            }
            Sniffed::Lines => Self::Lines(Lines::new(reading.max_record_size, cursor, None), None),
        };
        let prefix = mem::take(prefix);
        *self = source;
        self.push(&prefix, reading, sink)
    }

    /// Goes on with what was found to be right.
    fn go_on(&mut self, found: Found, reading: &Reading, sink: &mut dyn Sink) -> Flow {
        let Found {
            splitter,
            text,
            doubt,
        } = found;
        *self = match splitter {
            Splitter::Lines(lines) => Self::Lines(lines, doubt),
            Splitter::List(list) => Self::List(list, doubt),
            Splitter::Bulk(bulk) => Self::Bulk(bulk),
        };
        self.push(&text, reading, sink)
    }

    /// Decides with what there is, at the end of the text.
    fn decide_root(&mut self, reading: &Reading, sink: &mut dyn Sink) -> Flow {
        let Self::Root(root) = self else {
            return GO_ON;
        };
        let found = root.end()?;
        self.go_on(found, reading, sink)
    }

    fn layout(&self) -> Option<Layout> {
        match self {
            Self::Unknown { .. } | Self::Root(_) => None,
            Self::Gzip(_, inner) => inner.layout(),
            Self::Lines(..) => Some(Layout::Ndjson),
            Self::List(list, _) => Some(match list.surround() {
                Surround::Nothing => Layout::Pretty,
                Surround::Array => Layout::Array,
                Surround::Page => Layout::List,
            }),
            Self::Bulk(_) => Some(Layout::Bulk),
            Self::Csv(_) => Some(Layout::Csv),
        }
    }

    /// What the file is, once known.
    pub(super) fn kind(&self, is_gzip: bool) -> Option<FileKind> {
        let (page, doubt) = match self {
            Self::Gzip(_, inner) => return inner.kind(true),
            Self::List(list, doubt) => (list.page(), doubt.as_ref()),
            Self::Lines(_, doubt) => (None, doubt.as_ref()),
            Self::Unknown { .. } | Self::Root(_) | Self::Bulk(_) | Self::Csv(_) => (None, None),
        };
        let held = page.map(Page::held).or(doubt.map(|doubt| &doubt.held[..]));
        Some(FileKind {
            layout: self.layout()?,
            is_gzip,
            at: page.map(Page::at),
            lists: found_lists(held.unwrap_or_default()),
        })
    }

    /// What the first object holds, if it was read as a user but may be none.
    pub(super) fn doubt(&self) -> Option<&Doubt> {
        match self {
            Self::Gzip(_, inner) => inner.doubt(),
            Self::Lines(_, doubt) | Self::List(_, doubt) => doubt.as_ref(),
            _ => None,
        }
    }
}

/// Drops leading white space, record separators, byte order marks and guards, so that a file of only white
/// space takes no memory.
fn skip_filler(prefix: &mut Vec<u8>, cursor: &mut Cursor) {
    let mut at = 0;
    loop {
        let is_filler = |&byte: &u8| is_blank(byte) || byte == RECORD_SEPARATOR;
        if prefix[at..].first().is_some_and(is_filler) {
            at += 1;
        } else if prefix[at..].starts_with(BOM) {
            at += BOM.len();
        } else {
            match guard_length(&prefix[at..]) {
                0 => break,
                length => at += length,
            }
        }
    }
    spend(prefix.len());
    cursor.pass(&prefix[..at]);
    prefix.drain(..at);
}

fn bad_encoding(message: String, place: Place) -> Fatal {
    Fatal::new(Error {
        code: ErrorCode::BadEncoding,
        record: None,
        line: None,
        byte: Some(place.byte),
        message,
        input: 0,
        file: None,
        lists: Box::default(),
    })
}
