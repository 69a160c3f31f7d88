//! From the bytes of files to records: gunzip where needed, then one of the splitters.

mod astray;
pub(crate) mod gzip;
mod lines;
mod list;
mod sniff;

use std::mem;
use std::ops::ControlFlow;

use crate::error::{Error, ErrorCode};
use crate::inspector::Layout;
use crate::record::{Flow, GO_ON, Item, Offer, Place, Refusal, Sink, is_blank};
use gzip::Gunzip;
use lines::Lines;
use list::{List, Surround};
use sniff::{Sniffed, sniff};

/// How often gzip may be packed in gzip.
const MAX_LAYERS: usize = 4;

/// Several files as one input, in their order.
#[derive(Debug)]
pub(crate) struct Input {
    max_record_size: usize,
    /// Index of the current file.
    file: usize,
    /// Records so far, in all files.
    records: u64,
    bytes: u64,
    /// Whether somebody else unpacks the current file.
    is_unpacked: bool,
    source: Source,
}

/// A record's number and place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    /// Index of its file.
    pub file: usize,
    /// From 1, counted through all files.
    pub record: u64,
    pub place: Place,
}

/// How the current file is read.
#[derive(Debug)]
enum Source {
    /// Too little is known to decide; `place` is where the kept bytes begin.
    Unknown {
        prefix: Vec<u8>,
        place: Place,
        layers: usize,
    },
    Gzip(Box<Gunzip>, Box<Source>),
    Lines(Lines),
    List(List),
}

impl Input {
    pub(crate) fn new(max_record_size: usize) -> Self {
        Self {
            max_record_size,
            file: 0,
            records: 0,
            bytes: 0,
            is_unpacked: false,
            source: Source::new(0),
        }
    }

    /// Reads the next bytes of the current file.
    pub(crate) fn push(&mut self, chunk: &[u8], records: &mut dyn Records) -> Flow {
        self.count(chunk.len() as u64);
        let mut numbering = Numbering {
            file: self.file,
            count: &mut self.records,
            records,
        };
        let flow = self
            .source
            .push(chunk, self.max_record_size, &mut numbering);
        flow.map_err(|error| Error {
            input: self.file,
            ..error
        })
    }

    /// Reads what is kept back of the current file, which breaks off here.
    pub(crate) fn flush(&mut self, records: &mut dyn Records) -> Flow {
        let mut numbering = Numbering {
            file: self.file,
            count: &mut self.records,
            records,
        };
        let flow = self.source.flush(&mut numbering);
        flow.map_err(|error| Error {
            input: self.file,
            ..error
        })
    }

    /// Ends the current file; the next push begins another one.
    pub(crate) fn end_file(&mut self, records: &mut dyn Records) -> Flow {
        let mut numbering = Numbering {
            file: self.file,
            count: &mut self.records,
            records,
        };
        let flow = self.source.end(self.max_record_size, &mut numbering);
        let flow = flow.map_err(|error| Error {
            input: self.file,
            ..error
        });
        self.file += 1;
        self.is_unpacked = false;
        self.source = Source::new(0);
        flow
    }

    /// So many bytes of the current file were unpacked by somebody else, who pushes their text.
    pub(crate) fn unpacked(&mut self, bytes: u64) {
        if !self.is_unpacked {
            self.is_unpacked = true;
            self.source = Source::new(1);
        }
        self.bytes += bytes;
    }

    fn count(&mut self, bytes: u64) {
        if !self.is_unpacked {
            self.bytes += bytes;
        }
    }

    /// Whether the current file is known to be NDJSON, as it is pushed.
    pub(crate) fn is_lines(&self) -> bool {
        matches!(self.source, Source::Lines(_))
    }

    /// Where the next line of an NDJSON file begins; `None` elsewhere.
    pub(crate) fn next_line(&self) -> Option<Place> {
        match &self.source {
            Source::Lines(lines) => lines.next_line(),
            _ => None,
        }
    }

    /// Moves over whole lines of an NDJSON file that somebody else has read.
    pub(crate) fn pass(&mut self, passed: &PassedLines) {
        if let Source::Lines(lines) = &mut self.source {
            lines.pass(passed.bytes, passed.lines);
        }
        self.count(passed.bytes);
        self.records += passed.records;
    }

    /// Index of the current file.
    pub(crate) fn file(&self) -> usize {
        self.file
    }

    /// Bytes pushed, of all files.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Records found, of all files.
    pub(crate) fn records(&self) -> u64 {
        self.records
    }

    /// The layout of the current file and whether it is compressed, once known.
    pub(crate) fn layout(&self) -> Option<(Layout, bool)> {
        match &self.source {
            Source::Gzip(_, inner) => inner.layout().map(|layout| (layout, true)),
            source => source.layout().map(|layout| (layout, self.is_unpacked)),
        }
    }
}

/// Whole lines that were read apart from the rest of their file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PassedLines {
    pub bytes: u64,
    pub lines: u64,
    pub records: u64,
}

/// Reads whole lines apart from the rest of their file.
#[derive(Debug)]
pub(crate) struct WholeLines(Lines);

impl WholeLines {
    pub(crate) fn new(max_record_size: usize) -> Self {
        Self(Lines::new(max_record_size, Place::START))
    }

    /// Reads lines that begin at this byte of their file; lines and records are counted from the
    /// first one here. `None` when `records` has stopped the reading or has failed.
    pub(crate) fn read(
        &mut self,
        text: &[u8],
        byte: u64,
        records: &mut dyn Records,
    ) -> Option<PassedLines> {
        let start = Place { byte, line: 1 };
        self.0.restart(start);
        let mut count = 0;
        let mut numbering = Numbering {
            file: 0,
            count: &mut count,
            records,
        };
        let is_whole = matches!(self.0.push(text, &mut numbering), GO_ON);
        let end = self.0.next_line().filter(|_| is_whole)?;
        Some(PassedLines {
            bytes: end.byte - start.byte,
            lines: end.line - start.line,
            records: count,
        })
    }
}

impl Source {
    fn new(layers: usize) -> Self {
        Self::Unknown {
            prefix: Vec::new(),
            place: Place::START,
            layers,
        }
    }

    fn push(&mut self, chunk: &[u8], max_record_size: usize, sink: &mut dyn Sink) -> Flow {
        match self {
            Self::Unknown { prefix, place, .. } => {
                prefix.extend_from_slice(chunk);
                skip_filler(prefix, place);
                self.decide(false, max_record_size, sink)
            }
            Self::Gzip(gunzip, inner) => {
                let flow = gunzip.push(chunk, |text| inner.push(text, max_record_size, sink));
                flow.or_else(|error| inner.flush_before(error, sink))
            }
            Self::Lines(lines) => lines.push(chunk, sink),
            Self::List(list) => list.push(chunk, sink),
        }
    }

    fn end(&mut self, max_record_size: usize, sink: &mut dyn Sink) -> Flow {
        if let Self::Unknown { .. } = self {
            let flow = self.decide(true, max_record_size, sink)?;
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
                inner.end(max_record_size, sink)
            }
            Self::Lines(lines) => lines.end(sink),
            Self::List(list) => list.end(sink),
        }
    }

    /// Reads what is kept back of a text that breaks off.
    fn flush(&mut self, sink: &mut dyn Sink) -> Flow {
        match self {
            Self::Gzip(_, inner) => inner.flush(sink),
            Self::List(list) => list.flush(sink),
            Self::Unknown { .. } | Self::Lines(_) => GO_ON,
        }
    }

    /// The text before damaged gzip counts, however much of it is kept back: it may reach the
    /// limit, or have a fault of its own.
    fn flush_before(&mut self, error: Error, sink: &mut dyn Sink) -> Flow {
        if error.code != ErrorCode::BadGzip {
            return Err(error);
        }
        match self.flush(sink)? {
            ControlFlow::Break(()) => Ok(ControlFlow::Break(())),
            ControlFlow::Continue(()) => Err(error),
        }
    }

    /// Looks at the first bytes and, once they tell enough, reads on as what they are.
    fn decide(&mut self, is_whole: bool, max_record_size: usize, sink: &mut dyn Sink) -> Flow {
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
                let message = format!("gzip is packed in gzip more than {MAX_LAYERS} times");
                return Err(bad_encoding(message, place));
            }
            Sniffed::Gzip => (
                Self::Gzip(Box::new(Gunzip::new()), Box::new(Self::new(layers + 1))),
                0,
            ),
            Sniffed::Text { layout, skip } => {
                let place = place.after(&prefix[..skip]);
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
        self.push(&prefix[skip..], max_record_size, sink)
    }

    fn layout(&self) -> Option<Layout> {
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

/// Takes the records of an input with their positions.
pub(crate) trait Records {
    /// As [`Sink::take`].
    fn take(&mut self, position: Position, item: Item<'_>) -> Flow;

    /// As [`Sink::take_offer`].
    fn take_offer(&mut self, offer: &Offer<'_>) -> Result<(usize, Flow), Refusal>;
}

/// Gives each record its number.
struct Numbering<'a> {
    file: usize,
    count: &'a mut u64,
    records: &'a mut dyn Records,
}

impl Sink for Numbering<'_> {
    fn take(&mut self, place: Place, item: Item<'_>) -> Flow {
        *self.count += 1;
        let position = Position {
            file: self.file,
            record: *self.count,
            place,
        };
        self.records.take(position, item)
    }

    fn take_offer(&mut self, offer: &Offer<'_>) -> Result<(usize, Flow), Refusal> {
        let taken = self.records.take_offer(offer)?;
        *self.count += 1;
        Ok(taken)
    }
}

/// Drops blanks and byte order marks in front, so that a file of blanks takes no memory.
fn skip_filler(prefix: &mut Vec<u8>, place: &mut Place) {
    let mut at = 0;
    loop {
        if prefix[at..].first().is_some_and(|&byte| is_blank(byte)) {
            at += 1;
        } else if prefix[at..].starts_with("\u{feff}".as_bytes()) {
            at += "\u{feff}".len();
        } else {
            break;
        }
    }
    place.pass(&prefix[..at]);
    prefix.drain(..at);
}

fn bad_encoding(message: String, place: Place) -> Error {
    Error {
        code: ErrorCode::BadEncoding,
        record: None,
        line: None,
        byte: Some(place.byte),
        message,
        input: 0,
    }
}

#[cfg(test)]
mod tests;
