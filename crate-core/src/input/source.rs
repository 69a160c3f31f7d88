//! One file: detects what it is and reads it.

use std::mem;
use std::ops::ControlFlow;

use super::gzip::Gunzip;
use super::lines::Lines;
use super::list::{List, Surround};
use super::sniff::{Sniffed, sniff};
use crate::effort::spend;
use crate::error::{Error, ErrorCode};
use crate::input::layout::Layout;
use crate::input::record::{Fatal, Flow, GO_ON, Place, Sink};
use crate::json::blank::{BOM, RECORD_SEPARATOR, is_blank};
use crate::plan::reading::Reading;

/// How deeply gzip may be nested.
const MAX_LAYERS: usize = 4;

/// How the current file is read.
#[derive(Debug)]
pub(super) enum Source {
    /// Not enough bytes to decide yet; `place` is where the kept bytes start.
    Unknown {
        prefix: Vec<u8>,
        place: Place,
        layers: usize,
    },
    Gzip(Box<Gunzip>, Box<Source>),
    Lines(Lines),
    List(List),
}

impl Source {
    pub(super) fn new(layers: usize) -> Self {
        Self::Unknown {
            prefix: Vec::new(),
            place: Place::START,
            layers,
        }
    }

    pub(super) fn push(&mut self, chunk: &[u8], reading: &Reading, sink: &mut dyn Sink) -> Flow {
        match self {
            Self::Unknown { prefix, place, .. } => {
                prefix.extend_from_slice(chunk);
                skip_filler(prefix, place);
                self.decide(false, reading, sink)
            }
            Self::Gzip(gunzip, inner) => {
                let flow = gunzip.push(chunk, |text| inner.push(text, reading, sink));
                flow.or_else(|error| inner.flush_before(error, sink))
            }
            Self::Lines(lines) => lines.push(chunk, sink),
            Self::List(list) => list.push(chunk, sink),
        }
    }

    pub(super) fn end(&mut self, reading: &Reading, sink: &mut dyn Sink) -> Flow {
        if let Self::Unknown { .. } = self {
            let flow = self.decide(true, reading, sink)?;
            if flow.is_break() {
                return Ok(flow);
            }
        }
        match self {
            Self::Unknown { .. } => GO_ON,
            Self::Gzip(gunzip, inner) => {
                if let Err(error) = gunzip.end() {
                    return inner.flush_before(error, sink);
                }
                inner.end(reading, sink)
            }
            Self::Lines(lines) => lines.end(sink),
            Self::List(list) => list.end(sink),
        }
    }

    /// Reads what is held back of a text that ends prematurely.
    pub(super) fn flush(&mut self, sink: &mut dyn Sink) -> Flow {
        match self {
            Self::Gzip(_, inner) => inner.flush(sink),
            Self::Lines(lines) => lines.flush(sink),
            Self::List(list) => list.flush(sink),
            Self::Unknown { .. } => GO_ON,
        }
    }

    /// Reads the held-back text before damaged gzip first: it may reach the limit, or have an error
    /// of its own.
    fn flush_before(&mut self, error: Fatal, sink: &mut dyn Sink) -> Flow {
        if error.code != ErrorCode::BadGzip {
            return Err(error);
        }
        match self.flush(sink)? {
            ControlFlow::Break(()) => Ok(ControlFlow::Break(())),
            ControlFlow::Continue(()) => Err(error),
        }
    }

    /// Inspects the first bytes and, once they suffice, continues with the detected source.
    fn decide(&mut self, is_whole: bool, reading: &Reading, sink: &mut dyn Sink) -> Flow {
        let Self::Unknown {
            prefix,
            place,
            layers,
        } = self
        else {
            return GO_ON;
        };
        let (place, layers) = (*place, *layers);
        let (source, skip) = match sniff(prefix, is_whole) {
            Sniffed::Undecided => return GO_ON,
            Sniffed::Foreign(message) => return Err(bad_encoding(message, place)),
            Sniffed::Gzip if layers == MAX_LAYERS => {
                let message = format!("gzip is nested more than {MAX_LAYERS} levels deep");
                return Err(bad_encoding(message, place));
            }
            Sniffed::Gzip => (
                Self::Gzip(
                    Box::new(Gunzip::behind(place.byte)),
                    Box::new(Self::new(layers + 1)),
                ),
                0,
            ),
            Sniffed::Text { layout, skip } => {
                let place = place.after(&prefix[..skip]);
                let max_record_size = reading.max_record_size;
                let list = |surround| Self::List(List::new(max_record_size, surround, place));
                let source = match layout {
                    Layout::Ndjson => Self::Lines(Lines::new(max_record_size, place)),
                    Layout::Pretty => list(Surround::Nothing),
                    Layout::Array => list(Surround::Array),
                    Layout::UsersPage => list(Surround::Page),
                };
                (source, skip)
            }
        };
        let prefix = mem::take(prefix);
        *self = source;
        self.push(&prefix[skip..], reading, sink)
    }

    pub(super) fn layout(&self) -> Option<Layout> {
        match self {
            Self::Unknown { .. } => None,
            Self::Gzip(_, inner) => inner.layout(),
            Self::Lines(_) => Some(Layout::Ndjson),
            Self::List(list) => Some(match list.surround() {
                Surround::Nothing => Layout::Pretty,
                Surround::Array => Layout::Array,
                Surround::Page => Layout::UsersPage,
            }),
        }
    }
}

/// Drops leading white space, record separators and byte order marks, so that a file of only white
/// space takes no memory.
fn skip_filler(prefix: &mut Vec<u8>, place: &mut Place) {
    let mut at = 0;
    loop {
        let is_filler = |&byte: &u8| is_blank(byte) || byte == RECORD_SEPARATOR;
        if prefix[at..].first().is_some_and(is_filler) {
            at += 1;
        } else if prefix[at..].starts_with(BOM) {
            at += BOM.len();
        } else {
            break;
        }
    }
    spend(prefix.len());
    place.pass(&prefix[..at]);
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
    })
}
