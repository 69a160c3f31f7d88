//! One record a line.

use std::ops::ControlFlow;

use memchr::memchr;

use crate::json::blank::{is_blank, trim_end};
use crate::json::tokens::Tokens;
use crate::record::{
    Broken, Fatal, Flow, GO_ON, Item, Offer, Place, Refusal, Sink, flow, object_length,
};

const BOM: &[u8] = "\u{feff}".as_bytes();

/// RFC 7464 puts this control character before each record.
const RECORD_SEPARATOR: u8 = 0x1e;

/// Tokens are looked for in so many bytes at once: both find room in the cache next to the CPU.
const WINDOW: usize = 32 << 10;

/// A longer line goes the plain way, so that the tokens of one line take little memory.
const LONGEST_SCANNED: usize = 1 << 20;

/// Splits NDJSON at line feeds.
#[derive(Debug)]
pub(crate) struct Lines {
    max_record_size: usize,
    tokens: Tokens,
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
            tokens: Tokens::of_lines(),
            place,
            carry: Vec::new(),
            dropped: Dropped::Nothing,
        }
    }

    /// Begins at the start of a line there, whatever was read before.
    pub(crate) fn restart(&mut self, place: Place) {
        self.place = place;
        self.carry.clear();
        self.dropped = Dropped::Nothing;
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
            chunk = &chunk[end + 1..];
        }
        while !chunk.is_empty() {
            let window = &chunk[..chunk.len().min(WINDOW)];
            let ControlFlow::Continue(length) = self.scan(window, sink)? else {
                return Ok(ControlFlow::Break(()));
            };
            chunk = &chunk[length..];
            if length > 0 {
                continue;
            }
            // The line is longer than the window, or has a fault.
            let Some(end) = memchr(b'\n', chunk) else {
                break;
            };
            flow!(self.line(&chunk[..=end], sink));
            chunk = &chunk[end + 1..];
        }
        self.keep(chunk);
        GO_ON
    }

    /// Takes the whole lines of a text with one look at its bytes; gives the length of those that
    /// were taken. None are behind the first fault that hides where lines end.
    fn scan(&mut self, text: &[u8], sink: &mut dyn Sink) -> Result<ControlFlow<(), usize>, Fatal> {
        self.tokens.find(text, false);
        let (mut tokens, mut start) = (self.tokens.places(), 0);
        while let Some(&at) = tokens.first() {
            let at = at as usize;
            let offer = Offer {
                text,
                tokens,
                marks: self.tokens.marks(),
                is_line: true,
                max_record_size: self.max_record_size,
            };
            let taken = match text[at] {
                b'\n' => Ok((1, GO_ON)),
                b'{' => sink.take_offer(&offer),
                _ => Err(Refusal::Doubt),
            };
            let (count, flow) = match taken {
                Ok(taken) => taken,
                Err(Refusal::Cut) => break,
                Err(Refusal::Doubt) => {
                    let is_end = |&at: &u32| text[at as usize] == b'\n';
                    let Some(index) = tokens.iter().position(is_end) else {
                        break;
                    };
                    let end = tokens[index] as usize;
                    let flow = line(&text[start..end], self.place, self.max_record_size, sink);
                    (index + 1, flow)
                }
            };
            let end = tokens[count - 1] as usize + 1;
            self.place.byte += (end - start) as u64;
            self.place.line += 1;
            (tokens, start) = (&tokens[count..], end);
            if flow?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(start))
    }

    /// Takes a line with its line feed.
    fn line(&mut self, text: &[u8], sink: &mut dyn Sink) -> Flow {
        let filler = start_of_record(text);
        if filler < text.len() && text.len() <= LONGEST_SCANNED {
            let place = self.place;
            self.place.byte += filler as u64;
            match self.scan(&text[filler..], sink)? {
                ControlFlow::Break(()) => return Ok(ControlFlow::Break(())),
                ControlFlow::Continue(0) => self.place = place,
                ControlFlow::Continue(_) => return GO_ON,
            }
        }
        let place = self.place;
        self.place.pass(text);
        line(text, place, self.max_record_size, sink)
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
                let start = start_of_record(&self.carry);
                self.place.byte += start as u64;
                let kept = self.carry.len() - start;
                self.dropped = Dropped::Record(kept as u64 + *length + bytes.len() as u64);
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

    /// Takes the line that was kept, behind its line feed or at the end of the file.
    fn end_line(&mut self, sink: &mut dyn Sink) -> Flow {
        let dropped = std::mem::replace(&mut self.dropped, Dropped::Nothing);
        if let Dropped::Record(length) = dropped {
            let place = self.place;
            self.place.byte += length + 1;
            self.place.line += 1;
            let broken = Broken::too_large(self.max_record_size);
            return sink.take(place, Item::Broken(broken));
        }
        let mut text = std::mem::take(&mut self.carry);
        text.push(b'\n');
        let flow = self.line(&text, sink);
        if let Dropped::Blanks(length) = dropped {
            self.place.byte += length;
        }
        text.clear();
        self.carry = text;
        flow
    }
}

/// Takes a line whole or not at all: it may hold several objects, but nothing else.
fn line(line: &[u8], place: Place, max_record_size: usize, sink: &mut dyn Sink) -> Flow {
    let start = start_of_record(line);
    let text = trim_end(&line[start..]);
    if text.is_empty() {
        return GO_ON;
    }
    let place = place.after(&line[..start]);
    if text.len() > max_record_size {
        return sink.take(place, Item::Broken(Broken::too_large(max_record_size)));
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
        // Marks stay behind the last record where files were joined.
        if next == text.len() {
            break;
        }
        match object_length(&text[next..], place.after(&text[..next])) {
            Ok(length) => end = next + length,
            Err(_) => {
                let byte = place.byte + next as u64;
                let message = format!("other text follows the record, at byte {byte}");
                return sink.take(place, Item::Broken(Broken::record(message)));
            }
        }
        ends.push(end);
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
