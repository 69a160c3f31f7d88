//! One record a line.

use memchr::memchr;

use crate::record::{Broken, Flow, GO_ON, Item, Place, Sink, flow, is_blank, object_length};

const BOM: &[u8] = "\u{feff}".as_bytes();

/// RFC 7464 puts this control character before each record.
const RECORD_SEPARATOR: u8 = 0x1e;

/// Splits NDJSON at line feeds.
#[derive(Debug)]
pub(crate) struct Lines {
    max_record_size: usize,
    /// Where the current line begins.
    place: Place,
    /// The part of the current line that earlier chunks brought.
    carry: Vec<u8>,
    /// Bytes of the current line that are not kept.
    dropped: Dropped,
}

/// Why bytes of a line are not kept in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dropped {
    Nothing,
    /// White space behind a record of the largest size; it does not count, unless more follows.
    Blanks(u64),
    /// The record is too large.
    Record(u64),
}

impl Lines {
    pub(crate) fn new(max_record_size: usize, place: Place) -> Self {
        Self {
            max_record_size,
            place,
            carry: Vec::new(),
            dropped: Dropped::Nothing,
        }
    }

    /// Where the next line begins; `None` inside of a line.
    pub(crate) fn next_line(&self) -> Option<Place> {
        let is_between = self.carry.is_empty() && self.dropped == Dropped::Nothing;
        is_between.then_some(self.place)
    }

    /// Moves over whole lines that somebody else has read.
    pub(crate) fn pass(&mut self, bytes: u64, lines: u64) {
        self.place.byte += bytes;
        self.place.line += lines;
    }

    pub(crate) fn push(&mut self, mut chunk: &[u8], sink: &mut dyn Sink) -> Flow {
        if !self.carry.is_empty() || self.dropped != Dropped::Nothing {
            let Some(end) = memchr(b'\n', chunk) else {
                self.keep(chunk);
                return GO_ON;
            };
            self.keep(&chunk[..end]);
            flow!(self.end_line(sink));
            self.place.pass(b"\n");
            chunk = &chunk[end + 1..];
        }
        while let Some(end) = memchr(b'\n', chunk) {
            flow!(line(&chunk[..end], self.place, self.max_record_size, sink));
            self.place.pass(&chunk[..=end]);
            chunk = &chunk[end + 1..];
        }
        self.keep(chunk);
        GO_ON
    }

    /// Ends the file, whose last line needs no line feed.
    pub(crate) fn end(&mut self, sink: &mut dyn Sink) -> Flow {
        self.end_line(sink)
    }

    fn keep(&mut self, bytes: &[u8]) {
        match &mut self.dropped {
            Dropped::Record(length) => *length += bytes.len() as u64,
            Dropped::Blanks(length) if bytes.iter().all(|&b| is_blank(b)) => {
                *length += bytes.len() as u64;
            }
            Dropped::Blanks(length) => {
                self.dropped =
                    Dropped::Record(*length + self.carry.len() as u64 + bytes.len() as u64);
                self.carry.clear();
            }
            Dropped::Nothing => {
                self.carry.extend_from_slice(bytes);
                self.drop_excess();
            }
        }
    }

    /// Keeps memory bounded: a line that cannot become a record of allowed size is not kept.
    fn drop_excess(&mut self) {
        let start = start_of_record(&self.carry);
        let end = trim_end(&self.carry).len();
        if end <= start {
            // Nothing but blanks so far: their place matters, they themselves do not.
            self.place.byte += self.carry.len() as u64;
            self.carry.clear();
        } else if end - start > self.max_record_size {
            self.place.byte += start as u64;
            self.dropped = Dropped::Record((self.carry.len() - start) as u64);
            self.carry.clear();
        } else if self.carry.len() - start > self.max_record_size {
            self.dropped = Dropped::Blanks((self.carry.len() - end) as u64);
            self.carry.truncate(end);
        }
    }

    fn end_line(&mut self, sink: &mut dyn Sink) -> Flow {
        let dropped = std::mem::replace(&mut self.dropped, Dropped::Nothing);
        let flow = match dropped {
            Dropped::Record(_) => sink.take(
                self.place,
                Item::Broken(Broken::too_large(self.max_record_size)),
            ),
            _ => line(&self.carry, self.place, self.max_record_size, sink),
        };
        self.place.byte += self.carry.len() as u64;
        self.carry.clear();
        if let Dropped::Blanks(length) | Dropped::Record(length) = dropped {
            self.place.byte += length;
        }
        flow
    }
}

/// Takes a line whole or not at all: it may hold several objects, but nothing else.
pub(crate) fn line(line: &[u8], place: Place, max_record_size: usize, sink: &mut dyn Sink) -> Flow {
    let start = start_of_record(line);
    let text = trim_end(&line[start..]);
    if text.is_empty() {
        return GO_ON;
    }
    let place = place.after(&line[..start]);
    if text.len() > max_record_size {
        return sink.take(place, Item::Broken(Broken::too_large(max_record_size)));
    }
    if let Some(flow) = sink.take_unchecked(text) {
        return flow;
    }
    let first = match object_length(text, place) {
        Ok(length) if length == text.len() => return sink.take(place, Item::Record(text)),
        Ok(length) => length,
        Err(broken) => return sink.take(place, Item::Broken(broken)),
    };
    let mut ends = vec![first];
    let mut end = first;
    loop {
        let next = end + start_of_record(&text[end..]);
        match object_length(&text[next..], place.after(&text[..next])) {
            Ok(length) => end = next + length,
            Err(_) => {
                let byte = place.byte + next as u64;
                let message = format!("other text follows the record, at byte {byte}");
                return sink.take(place, Item::Broken(Broken::record(message)));
            }
        }
        ends.push(end);
        if end == text.len() {
            break;
        }
    }
    let mut from = 0;
    for end in ends {
        let start = from + start_of_record(&text[from..end]);
        flow!(sink.take(place.after(&text[..start]), Item::Record(&text[start..end])));
        from = end;
    }
    GO_ON
}

/// How many blanks, byte order marks and record separators stand before the record.
fn start_of_record(line: &[u8]) -> usize {
    let mut at = 0;
    while at < line.len() {
        if is_blank(line[at]) || line[at] == RECORD_SEPARATOR {
            at += 1;
        } else if line[at..].starts_with(BOM) {
            at += BOM.len();
        } else {
            break;
        }
    }
    at
}

fn trim_end(text: &[u8]) -> &[u8] {
    let blanks = text
        .iter()
        .rev()
        .take_while(|&&byte| is_blank(byte))
        .count();
    &text[..text.len() - blanks]
}
