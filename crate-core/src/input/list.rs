//! Records as the elements of an array, or pretty-printed one after another.

mod behind;
mod cursor;
mod plain;

use std::ops::ControlFlow;

use crate::json::blank::is_blank;
use crate::json::tokens::Tokens;
use crate::record::{Fatal, Flow, GO_ON, Offer, Place, Refusal, Sink, flow};
use plain::{Last, Plain};

/// How many bytes are looked at for tokens at once: few behind a fault, since they may be looked
/// at in vain, then more and more.
const SMALLEST_WINDOW: usize = 256;
const WINDOW: usize = 32 << 10;

/// A longer record goes the plain way, so that its tokens take little memory.
const LONGEST_SCANNED: usize = 1 << 20;

/// What stands around the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Surround {
    /// `[` and `]`.
    Array,
    /// `{"users":[` and `]`, more members, `}`.
    Page,
    /// Nothing: objects of several lines follow one another.
    Nothing,
}

/// Splits a list of records, of which none needs to be on a line of its own.
///
/// Good records between commas are taken by their tokens; whatever else there is goes the plain
/// way, until that has come to the next place between two records.
#[derive(Debug)]
pub(crate) struct List {
    plain: Plain,
    tokens: Tokens,
    window: usize,
    /// Whether the plain way has to take what comes next.
    is_in_doubt: bool,
    /// A record whose end was not found yet, which the plain way has not seen.
    pending: Vec<u8>,
    /// How much of that was searched.
    searched: usize,
}

/// Why no more records of a text were taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    /// They were all whole ones in the text.
    Cut,
    /// Something else stands there.
    Doubt,
    /// The sink wants no more.
    Enough,
}

impl List {
    /// A list whose first record may begin at `place`.
    pub(crate) fn new(max_record_size: usize, surround: Surround, place: Place) -> Self {
        Self {
            plain: Plain::new(max_record_size, surround, place),
            tokens: Tokens::of_list(),
            window: SMALLEST_WINDOW,
            is_in_doubt: false,
            pending: Vec::new(),
            searched: 0,
        }
    }

    /// What stands around the records.
    pub(crate) fn surround(&self) -> Surround {
        self.plain.surround
    }

    pub(crate) fn push(&mut self, mut chunk: &[u8], sink: &mut dyn Sink) -> Flow {
        if !self.pending.is_empty() {
            let ControlFlow::Continue(rest) = self.end_pending(chunk, sink)? else {
                return Ok(ControlFlow::Break(()));
            };
            chunk = rest;
        }
        while !chunk.is_empty() {
            let is_between = self.plain.last().is_some();
            if is_between && !self.is_in_doubt {
                let window = chunk.len().min(self.window);
                let (length, stop) = self.scan(&chunk[..window], sink)?;
                let is_end = window == chunk.len();
                chunk = &chunk[length..];
                match stop {
                    Stop::Enough => return Ok(ControlFlow::Break(())),
                    Stop::Doubt => self.doubt(),
                    Stop::Cut if is_end => {
                        self.pending.extend_from_slice(chunk);
                        self.searched = chunk.len();
                        break;
                    }
                    Stop::Cut if length > 0 => self.window = WINDOW.min(4 * window),
                    Stop::Cut if window < LONGEST_SCANNED => self.window = 2 * window,
                    Stop::Cut => self.doubt(),
                }
                continue;
            }
            self.is_in_doubt &= is_between;
            match self.plain.step(chunk, sink)? {
                ControlFlow::Break(()) => return Ok(ControlFlow::Break(())),
                ControlFlow::Continue(rest) => chunk = rest,
            }
        }
        GO_ON
    }

    /// Ends the file.
    pub(crate) fn end(&mut self, sink: &mut dyn Sink) -> Flow {
        flow!(self.flush(sink));
        self.plain.end(sink)
    }

    /// Reads what is kept back, though its end is not there.
    pub(crate) fn flush(&mut self, sink: &mut dyn Sink) -> Flow {
        if !self.pending.is_empty() {
            let (length, stop) = self.search_pending(sink)?;
            if stop == Stop::Enough {
                return Ok(ControlFlow::Break(()));
            }
            self.pending.drain(..length);
            flow!(self.give_up_pending(sink));
        }
        GO_ON
    }

    fn doubt(&mut self) {
        self.is_in_doubt = true;
        self.window = SMALLEST_WINDOW;
    }

    /// Goes on with the record that was cut; gives what is left of the chunk.
    fn end_pending<'a>(
        &mut self,
        mut chunk: &'a [u8],
        sink: &mut dyn Sink,
    ) -> Result<ControlFlow<(), &'a [u8]>, Fatal> {
        loop {
            // Twice the bytes each time: however small the chunks are, all the searching together
            // is little more than looking at each byte twice.
            let wanted = (2 * self.searched).max(SMALLEST_WINDOW);
            let more = wanted.saturating_sub(self.pending.len()).min(chunk.len());
            let (taken, rest) = chunk.split_at(more);
            self.pending.extend_from_slice(taken);
            if self.pending.len() < wanted {
                return Ok(ControlFlow::Continue(rest));
            }
            let before = self.pending.len() - taken.len();
            let (length, stop) = self.search_pending(sink)?;
            if stop == Stop::Enough {
                return Ok(ControlFlow::Break(()));
            }
            if length > before {
                self.pending.clear();
                return Ok(ControlFlow::Continue(&chunk[length - before..]));
            }
            self.pending.drain(..length);
            self.searched = self.pending.len();
            chunk = rest;
            if stop == Stop::Doubt || self.searched > LONGEST_SCANNED {
                self.doubt();
                return Ok(match self.give_up_pending(sink)? {
                    ControlFlow::Break(()) => ControlFlow::Break(()),
                    ControlFlow::Continue(()) => ControlFlow::Continue(chunk),
                });
            }
        }
    }

    fn search_pending(&mut self, sink: &mut dyn Sink) -> Result<(usize, Stop), Fatal> {
        let pending = std::mem::take(&mut self.pending);
        let found = self.scan(&pending, sink);
        self.pending = pending;
        found
    }

    /// Sends what is kept the plain way.
    fn give_up_pending(&mut self, sink: &mut dyn Sink) -> Flow {
        let pending = std::mem::take(&mut self.pending);
        let mut text = pending.as_slice();
        while !text.is_empty() {
            match self.plain.step(text, sink)? {
                ControlFlow::Break(()) => return Ok(ControlFlow::Break(())),
                ControlFlow::Continue(rest) => text = rest,
            }
        }
        GO_ON
    }

    /// Takes records and commas between them with one look at the bytes of a text that begins
    /// between two records; gives the length of what was taken.
    fn scan(&mut self, text: &[u8], sink: &mut dyn Sink) -> Result<(usize, Stop), Fatal> {
        let Some(mut last) = self.plain.last() else {
            return Ok((0, Stop::Doubt));
        };
        self.tokens.find(text, last == Last::Record);
        let mut offer = Offer {
            text,
            tokens: self.tokens.places(),
            marks: self.tokens.marks(),
            is_line: false,
            max_record_size: self.plain.max_record_size,
        };
        let mut length = 0;
        let stop = loop {
            let Some(&at) = offer.tokens.first() else {
                let is_blank_rest = text[length..].iter().all(|&byte| is_blank(byte));
                if !self.tokens.is_whole() || !is_blank_rest {
                    break Stop::Doubt;
                }
                length = text.len();
                break Stop::Cut;
            };
            let count = match text[at as usize] {
                b',' if last == Last::Record => {
                    last = Last::Comma;
                    1
                }
                b'{' => match sink.take_offer(&offer) {
                    Ok((count, flow)) => {
                        if flow?.is_break() {
                            return Ok((0, Stop::Enough));
                        }
                        last = Last::Record;
                        count
                    }
                    Err(Refusal::Cut) if self.tokens.is_whole() => break Stop::Cut,
                    Err(_) => break Stop::Doubt,
                },
                _ => break Stop::Doubt,
            };
            length = offer.tokens[count - 1] as usize + 1;
            offer.tokens = &offer.tokens[count..];
        };
        self.plain.pass(&text[..length], last);
        Ok((length, stop))
    }
}
