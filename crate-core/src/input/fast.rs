//! The fast path: takes valid records by their tokens. Anything else goes to the slow path
//! ([`Plain`]), up to the next place between two records.
//!
//! The fast path only accepts. Which bytes are not a record, and why, only the slow path decides.

use std::ops::ControlFlow;

use memchr::memchr;

use crate::effort::spend;
use crate::input::record::{Fatal, Flow, Follow, GO_ON, Note, Offer, Refusal, Sink};
use crate::json::blank::is_blank;
use crate::json::tokens::Tokens;

/// How many bytes are searched for tokens at once: few after an error, since that work may be wasted,
/// then more and more.
const SMALLEST_WINDOW: usize = 256;
const WINDOW: usize = 32 << 10;

/// A longer record takes the slow path, so that its tokens do not take much memory.
const LONGEST_SCANNED: usize = 1 << 20;

/// The slow path: looks at every byte once and gives each error its position.
pub(super) trait Plain {
    /// What precedes this place between two records; `None` inside anything.
    fn last(&self) -> Option<Last>;

    /// Skips records that were taken, and what surrounds them, with `lines` line ends.
    fn pass(&mut self, text: &[u8], lines: u64, last: Last);

    /// Takes some or all bytes of a non-empty chunk; returns the rest.
    fn step<'a>(
        &mut self,
        chunk: &'a [u8],
        sink: &mut dyn Sink,
    ) -> Result<ControlFlow<(), &'a [u8]>, Fatal>;

    /// Takes all bytes of a chunk.
    fn steps(&mut self, mut chunk: &[u8], sink: &mut dyn Sink) -> Flow {
        while !chunk.is_empty() {
            match self.step(chunk, sink)? {
                ControlFlow::Break(()) => return Ok(ControlFlow::Break(())),
                ControlFlow::Continue(rest) => chunk = rest,
            }
        }
        GO_ON
    }
}

/// What precedes a place between two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Last {
    /// The start of the list or line.
    Start,
    Record,
    Comma,
}

/// The state of the fast path.
#[derive(Debug)]
pub(super) struct Fast {
    max_record_size: usize,
    follow: Follow,
    tokens: Tokens,
    window: usize,
    /// Whether the slow path must take what comes next.
    is_in_doubt: bool,
    /// A record whose end has not been found yet; the slow path has not seen it.
    pending: Vec<u8>,
    /// How much of `pending` has been searched.
    searched: usize,
}

/// Why no more records were taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    /// All complete records in the text were taken.
    Cut,
    /// Something else follows.
    Doubt,
    /// The sink wants no more.
    Enough,
}

impl Fast {
    pub(super) fn new(max_record_size: usize, follow: Follow) -> Self {
        Self {
            max_record_size,
            follow,
            tokens: match follow {
                Follow::LineEnd => Tokens::of_lines(),
                _ => Tokens::of_list(),
            },
            window: SMALLEST_WINDOW,
            is_in_doubt: false,
            pending: Vec::new(),
            searched: 0,
        }
    }

    /// Whether a line feed may end a record.
    fn is_in_lines(&self) -> bool {
        self.follow == Follow::LineEnd
    }

    /// Whether everything pushed has been taken.
    pub(super) fn has_nothing_pending(&self) -> bool {
        self.pending.is_empty()
    }

    /// Discards what was pushed.
    pub(super) fn clear(&mut self) {
        self.pending.clear();
        self.is_in_doubt = false;
    }

    pub(super) fn push(
        &mut self,
        mut chunk: &[u8],
        plain: &mut dyn Plain,
        sink: &mut dyn Sink,
    ) -> Flow {
        if !self.pending.is_empty() {
            let ControlFlow::Continue(rest) = self.end_pending(chunk, plain, sink)? else {
                return Ok(ControlFlow::Break(()));
            };
            chunk = rest;
        }
        while !chunk.is_empty() {
            let is_between = plain.last().is_some();
            if is_between && !self.is_in_doubt {
                let window = chunk.len().min(self.window);
                let (length, stop) = self.scan(&chunk[..window], plain, sink)?;
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
            match plain.step(chunk, sink)? {
                ControlFlow::Break(()) => return Ok(ControlFlow::Break(())),
                ControlFlow::Continue(rest) => chunk = rest,
            }
        }
        GO_ON
    }

    /// Reads what is held back, even if it is incomplete.
    pub(super) fn flush(&mut self, plain: &mut dyn Plain, sink: &mut dyn Sink) -> Flow {
        if !self.pending.is_empty() {
            let (length, stop) = self.search_pending(plain, sink)?;
            if stop == Stop::Enough {
                return Ok(ControlFlow::Break(()));
            }
            self.pending.drain(..length);
            return self.give_up_pending(plain, sink);
        }
        GO_ON
    }

    fn doubt(&mut self) {
        self.is_in_doubt = true;
        self.window = SMALLEST_WINDOW;
    }

    /// Continues with the incomplete record; returns the rest of the chunk.
    fn end_pending<'a>(
        &mut self,
        mut chunk: &'a [u8],
        plain: &mut dyn Plain,
        sink: &mut dyn Sink,
    ) -> Result<ControlFlow<(), &'a [u8]>, Fatal> {
        loop {
            // Twice the bytes each time: however small the chunks are, all searches together look at
            // each byte about twice.
            let wanted = (2 * self.searched).max(SMALLEST_WINDOW);
            let more = wanted.saturating_sub(self.pending.len()).min(chunk.len());
            spend(more);
            // Do not wait past the end of a line: nothing more may come for hours.
            let line_end = match self.is_in_lines() {
                true => memchr(b'\n', &chunk[..more]),
                false => None,
            };
            let (taken, rest) = chunk.split_at(line_end.map_or(more, |at| at + 1));
            self.pending.extend_from_slice(taken);
            if self.pending.len() < wanted && line_end.is_none() {
                return Ok(ControlFlow::Continue(rest));
            }
            let before = self.pending.len() - taken.len();
            let (length, stop) = self.search_pending(plain, sink)?;
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
                return Ok(match self.give_up_pending(plain, sink)? {
                    ControlFlow::Break(()) => ControlFlow::Break(()),
                    ControlFlow::Continue(()) => ControlFlow::Continue(chunk),
                });
            }
        }
    }

    fn search_pending(
        &mut self,
        plain: &mut dyn Plain,
        sink: &mut dyn Sink,
    ) -> Result<(usize, Stop), Fatal> {
        let pending = std::mem::take(&mut self.pending);
        let found = self.scan(&pending, plain, sink);
        self.pending = pending;
        found
    }

    /// Sends what is held back to the slow path.
    fn give_up_pending(&mut self, plain: &mut dyn Plain, sink: &mut dyn Sink) -> Flow {
        let pending = std::mem::take(&mut self.pending);
        plain.steps(&pending, sink)
    }

    /// Takes records and separators in one pass over a text that starts between two records; returns
    /// the length taken.
    fn scan(
        &mut self,
        text: &[u8],
        plain: &mut dyn Plain,
        sink: &mut dyn Sink,
    ) -> Result<(usize, Stop), Fatal> {
        let Some(mut last) = plain.last() else {
            return Ok((0, Stop::Doubt));
        };
        self.tokens.find(text, last == Last::Record);
        let mut offer = Offer {
            text,
            tokens: self.tokens.places(),
            marks: self.tokens.marks(),
            follow: self.follow,
            max_record_size: self.max_record_size,
        };
        // The length that the slow path knows of, the length taken, and lines since then.
        let (mut passed, mut length, mut lines) = (0, 0, 0);
        let stop = loop {
            let Some(&at) = offer.tokens.first() else {
                spend(text.len() - length);
                let is_blank_rest = text[length..].iter().all(|&byte| is_blank(byte));
                if !self.tokens.is_whole() || !is_blank_rest {
                    break Stop::Doubt;
                }
                length = text.len();
                break Stop::Cut;
            };
            let taken = match text[at as usize] {
                // Only lines have such a token.
                b'\n' => {
                    (last, lines) = (Last::Start, lines + 1);
                    Some(1)
                }
                b',' if last == Last::Record => {
                    last = Last::Comma;
                    if self.is_in_lines() {
                        sink.note(Note::Comma);
                    }
                    Some(1)
                }
                b'{' => match sink.take_offer(&offer) {
                    Ok((count, flow)) => {
                        if flow?.is_break() {
                            return Ok((0, Stop::Enough));
                        }
                        (last, lines) = match text[offer.tokens[count - 1] as usize] {
                            b'\n' => (Last::Start, lines + 1),
                            _ => (Last::Record, lines),
                        };
                        Some(count)
                    }
                    Err(Refusal::Cut) if self.tokens.is_whole() => break Stop::Cut,
                    Err(_) => None,
                },
                _ => None,
            };
            let count = match taken {
                Some(count) => count,
                None if !self.is_in_lines() => break Stop::Doubt,
                None => {
                    // The tokens after this line are valid.
                    let is_end = |&at: &u32| text[at as usize] == b'\n';
                    let index = offer.tokens.iter().position(is_end);
                    spend(index.unwrap_or(offer.tokens.len()));
                    let Some(index) = index else {
                        break Stop::Doubt;
                    };
                    plain.pass(&text[passed..length], lines, last);
                    passed = offer.tokens[index] as usize + 1;
                    if plain.steps(&text[length..passed], sink)?.is_break() {
                        return Ok((0, Stop::Enough));
                    }
                    if plain.last().is_none() {
                        // The record may continue on the next line.
                        return Ok((passed, Stop::Doubt));
                    }
                    (last, lines) = (Last::Start, 0);
                    index + 1
                }
            };
            length = offer.tokens[count - 1] as usize + 1;
            offer.tokens = &offer.tokens[count..];
        };
        plain.pass(&text[passed..length], lines, last);
        Ok((length, stop))
    }
}
