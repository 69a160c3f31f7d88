//! The slow path through lines: looks at every byte and gives each error its position.

use std::mem;
use std::ops::ControlFlow;

use memchr::memchr;

use super::lost::{Lost, Next};
use crate::effort::spend;
use crate::input::cursor::Cursor;
use crate::input::fast::{Last, Plain};
use crate::input::margin::Margin;
use crate::input::record::{Broken, Fatal, Flow, GO_ON, Item, Note, Place, Sink, flow};
use crate::input::too_large::TooLarge;
use crate::json::blank::{BOM, RECORD_SEPARATOR, is_blank, is_filler, skip_blanks};
use crate::json::check::{Checker, Step};
use crate::json::found::Found;

/// Splits lines into records.
///
/// A record is an object and what follows it, up to the next object, a comma or the end of the line:
/// anything but white space there breaks it. After an error, the next record starts where the
/// brackets of the broken one close, or at a complete object right after a closing brace, if only
/// another object or the end of the line follows it.
///
/// An object that is open at the end of a line continues on the next one, unless that begins a
/// record itself: see [`PlainLines::is_next_record`].
#[derive(Debug)]
pub(super) struct PlainLines {
    pub(super) max_record_size: usize,
    pub(super) state: State,
    /// Of the next byte.
    pub(super) place: Place,
    pub(super) margin: Margin,
    /// How many bytes of a byte order mark have been passed. Joined files have one in the middle.
    pub(super) mark: usize,
    /// Where the current object starts, and its text, unless that is too large.
    pub(super) start: Place,
    pub(super) carry: Vec<u8>,
    /// Length of the current object so far, kept or not, and of the white space at its end.
    pub(super) length: usize,
    pub(super) blanks: usize,
    /// The indentation of the line on which the current or the broken object starts, and whether it
    /// has passed the end of that line.
    pub(super) indent: usize,
    pub(super) has_more_lines: bool,
    /// What the text belongs to if the current object turns out not to be a record.
    pub(super) otherwise: Option<Lost>,
}

#[derive(Debug)]
pub(super) enum State {
    Between(Last),
    /// In an object that is valid so far.
    Object(Box<Checker>),
    /// After a complete object, which the text that follows may still break.
    Whole(After),
    /// In the first word of a text that is not an object.
    Word(Found),
    /// In something left out.
    Lost(Lost),
    /// After a broken record whose brackets have closed.
    Closed,
}

/// What follows a complete object.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct After {
    /// Behind an object of several lines: a comma, the end of its last line.
    pub has_comma: bool,
    pub has_line_end: bool,
}

/// At the start of a line.
const START: State = State::Between(Last::Start);

impl PlainLines {
    pub(super) fn new(max_record_size: usize, cursor: Cursor, record: Option<TooLarge>) -> Self {
        let start = record.as_ref().map_or(cursor, |record| record.start);
        let length = record.as_ref().map_or(0, |record| record.length);
        Self {
            max_record_size,
            state: match record {
                Some(record) => State::Object(Box::new(record.checker)),
                None => START,
            },
            place: cursor.place,
            margin: cursor.margin,
            mark: 0,
            start: start.place,
            carry: Vec::new(),
            length,
            blanks: 0,
            indent: start.margin.width(),
            has_more_lines: false,
            otherwise: None,
        }
    }

    /// Restarts at the start of a line there, whatever was read before.
    pub(super) fn restart(&mut self, place: Place) {
        self.start_line();
        self.place = place;
        self.margin = Margin::START;
        self.mark = 0;
        self.carry.clear();
        self.otherwise = None;
    }

    pub(super) fn place(&self) -> Place {
        self.place
    }

    /// Skips whole lines.
    pub(super) fn skip(&mut self, bytes: u64, lines: u64) {
        self.place.byte += bytes;
        self.place.line += lines;
    }

    /// Ends the file, after a line feed.
    pub(super) fn end_file(&mut self, sink: &mut dyn Sink) -> Flow {
        match self.state {
            State::Object(_) => self.cut_object(sink),
            State::Whole(_) => self.take_whole(sink),
            _ => GO_ON,
        }
    }

    /// Whether a byte, the first of its line, starts the next record, whatever is open: a brace that
    /// is not indented deeper than the line of the open record, or what only stands between records.
    fn is_next_record(&self, byte: u8) -> bool {
        byte == b'{' && self.margin.width() <= self.indent
            || byte == RECORD_SEPARATOR
            || byte == BOM[0]
    }

    /// Whether a byte is the first on a line that an open record may have reached.
    fn is_on_later_line(&self, byte: u8) -> bool {
        self.has_more_lines && self.margin.is_open() && !is_blank(byte)
    }

    pub(super) fn start_line(&mut self) {
        self.state = START;
        self.has_more_lines = false;
    }

    /// Ends the line.
    fn end_line(&mut self, sink: &mut dyn Sink) -> Flow {
        loop {
            match &mut self.state {
                State::Word(_) => flow!(self.report_word(sink)),
                State::Whole(after) if self.mark == 0 => {
                    if self.has_more_lines {
                        after.has_line_end = true;
                        return GO_ON;
                    }
                    flow!(self.take_whole(sink));
                }
                _ if self.mark > 0 => {
                    flow!(self.other_text(BOM[0], sink));
                }
                State::Lost(lost) if lost.is_open_record() || self.has_more_lines => {
                    lost.pass(b'\n');
                    self.has_more_lines = true;
                    return GO_ON;
                }
                State::Closed if self.has_more_lines => return GO_ON,
                _ => {
                    self.start_line();
                    return GO_ON;
                }
            }
        }
    }

    /// Takes a byte outside objects; `false` if it is left for the next step.
    fn byte(&mut self, byte: u8, sink: &mut dyn Sink) -> Result<ControlFlow<(), bool>, Fatal> {
        let is_on_later_line = self.is_on_later_line(byte);
        let is_next_record = self.is_next_record(byte);
        let (is_taken, flow) = match &mut self.state {
            _ if byte == b'\n' => {
                let flow = self.end_line(sink);
                self.place.line += 1;
                (true, flow)
            }
            State::Lost(_) | State::Closed if is_on_later_line && is_next_record => {
                self.start_line();
                (false, GO_ON)
            }
            // The last line of the broken record.
            State::Lost(_) | State::Closed
                if is_on_later_line && byte == b'}' && self.margin.width() <= self.indent =>
            {
                self.state = State::Closed;
                self.has_more_lines = false;
                (true, GO_ON)
            }
            State::Between(_) | State::Whole(_) | State::Closed
                if is_filler(byte, &mut self.mark, true) =>
            {
                (true, GO_ON)
            }
            _ if self.mark > 0 => (false, self.other_text(BOM[0], sink)),
            State::Between(_) | State::Closed if byte == b'{' => {
                self.begin_object(None);
                (false, GO_ON)
            }
            State::Between(last @ Last::Record) if byte == b',' => {
                *last = Last::Comma;
                sink.note(Note::Comma);
                (true, GO_ON)
            }
            State::Between(_) | State::Closed => (false, self.other_text(byte, sink)),
            State::Whole(_) => return self.after_whole(byte, sink),
            State::Word(found) => match found.take(byte) {
                true => (true, GO_ON),
                false => (false, self.report_word(sink)),
            },
            State::Lost(lost) => {
                // Only on its first line may the rest of a broken record hold another one: later
                // lines hold its members, whatever they look like.
                let next = match self.has_more_lines {
                    true => lost.pass(byte),
                    false => lost.take(byte),
                };
                match next {
                    Next::Lost => (true, GO_ON),
                    Next::Closed => {
                        self.state = State::Closed;
                        (true, GO_ON)
                    }
                    Next::MayBeRecord => {
                        let otherwise = Some(*lost);
                        self.begin_object(otherwise);
                        (false, GO_ON)
                    }
                }
            }
            State::Object(_) => (false, GO_ON),
        };
        Ok(flow?.map_continue(|()| is_taken))
    }

    fn begin_object(&mut self, otherwise: Option<Lost>) {
        self.state = State::Object(Box::new(Checker::new()));
        self.start = self.place;
        self.carry.clear();
        self.length = 0;
        self.blanks = 0;
        self.indent = self.margin.width();
        self.has_more_lines = false;
        self.otherwise = otherwise;
    }

    /// Takes bytes of the current object, at most to the end of the line; returns how many.
    fn object(
        &mut self,
        chunk: &[u8],
        sink: &mut dyn Sink,
    ) -> Result<ControlFlow<(), usize>, Fatal> {
        let is_attempt = self.otherwise.is_some();
        if is_attempt && chunk[0] == b'\n' {
            return Ok(self.drop_attempt(sink)?.map_continue(|()| 0));
        }
        if self.is_on_later_line(chunk[0]) && self.is_next_record(chunk[0]) {
            return Ok(self.cut_object(sink)?.map_continue(|()| 0));
        }
        let State::Object(checker) = &mut self.state else {
            return Ok(ControlFlow::Continue(0));
        };
        let text = match memchr(b'\n', chunk) {
            Some(end) if is_attempt => &chunk[..end],
            // White space at the start of a line: what follows it is looked at before it is taken.
            _ if self.margin.is_open() && is_blank(chunk[0]) => &chunk[..skip_blanks(chunk, 0)],
            Some(end) => &chunk[..=end],
            None => chunk,
        };
        let step = checker.feed(text);
        let taken = match step {
            Step::More => text.len(),
            Step::End(taken) | Step::Violation(taken, _) => taken,
        };
        let overrun = checker.overrun();
        let text = &text[..taken];
        self.place.pass(text);
        self.margin.pass(text);
        self.has_more_lines |= self.place.line > self.start.line;
        self.length += taken;
        let blanks = text.iter().rev().take_while(|&&byte| is_blank(byte));
        self.blanks = match blanks.count() {
            all if all == taken => self.blanks + all,
            some => some,
        };
        let is_too_large = self.length - overrun > self.max_record_size;
        if self.otherwise.is_some() || !is_too_large {
            self.carry.extend_from_slice(text);
        } else {
            // It is followed to its end, and none of it is looked at again.
            self.carry = Vec::new();
        }
        let flow = match step {
            Step::Violation(_, violation) => {
                let byte = self.place.byte - violation.back as u64;
                self.break_object(Broken::at(violation, byte), is_too_large, sink)
            }
            _ if self.otherwise.is_some() && is_too_large => self.drop_attempt(sink),
            Step::End(_) => {
                self.state = State::Whole(After::default());
                GO_ON
            }
            Step::More => GO_ON,
        };
        Ok(flow?.map_continue(|()| taken))
    }

    pub(super) fn report(
        &mut self,
        broken: Broken,
        is_too_large: bool,
        sink: &mut dyn Sink,
    ) -> Flow {
        let broken = match is_too_large {
            true => Broken::too_large(self.max_record_size),
            false => broken,
        };
        sink.take(self.start, Item::Broken(broken))
    }

    /// Leaves out text that starts with `first` where an object, a comma or the end of the line should
    /// be. The part of a byte order mark already passed belongs to it.
    pub(super) fn other_text(&mut self, first: u8, sink: &mut dyn Sink) -> Flow {
        if let State::Whole(after) = self.state
            && (after.has_comma || after.has_line_end)
            && self.mark > 0
        {
            return self.take_whole(sink);
        }
        let mark = mem::take(&mut self.mark);
        let mut place = self.place;
        place.byte -= mark as u64;
        let state = mem::replace(&mut self.state, State::Lost(Lost::default()));
        match state {
            State::Whole(_) if let Some(mut lost) = self.otherwise.take() => {
                spend(self.carry.len());
                for &byte in &self.carry {
                    lost.pass(byte);
                }
                if mark > 0 {
                    lost.pass(first);
                }
                self.state = State::Lost(lost);
                GO_ON
            }
            State::Whole(_) => {
                let text = format!("unexpected text after the record at byte {}", place.byte);
                let is_too_large = self.length > self.max_record_size;
                self.report(Broken::record(text), is_too_large, sink)
            }
            // It belongs to the broken record before it.
            State::Closed => GO_ON,
            _ => {
                self.start = place;
                self.state = State::Word(Found::of(&BOM[..mark]));
                match mark {
                    0 if !Found::begins(first) => self.report_other(Found::of(&[first]), sink),
                    _ => GO_ON,
                }
            }
        }
    }

    /// Leaves out a text whose first word is known.
    fn report_word(&mut self, sink: &mut dyn Sink) -> Flow {
        let State::Word(found) = self.state else {
            return GO_ON;
        };
        self.report_other(found, sink)
    }

    fn report_other(&mut self, found: Found, sink: &mut dyn Sink) -> Flow {
        self.state = State::Lost(Lost::default());
        sink.take(self.start, Item::Broken(Broken::no_object(&found)))
    }
}

impl Plain for PlainLines {
    fn last(&self) -> Option<Last> {
        match self.state {
            State::Between(last) if self.mark == 0 => Some(last),
            _ => None,
        }
    }

    fn pass(&mut self, text: &[u8], lines: u64, last: Last) {
        self.skip(text.len() as u64, lines);
        self.margin.pass(text);
        self.state = State::Between(last);
    }

    fn step<'a>(
        &mut self,
        chunk: &'a [u8],
        sink: &mut dyn Sink,
    ) -> Result<ControlFlow<(), &'a [u8]>, Fatal> {
        if let State::Object(_) = self.state {
            let flow = self.object(chunk, sink)?;
            return Ok(flow.map_continue(|taken| &chunk[taken..]));
        }
        spend(1);
        let flow = self.byte(chunk[0], sink)?;
        if let ControlFlow::Continue(true) = flow {
            self.place.byte += 1;
            self.margin.pass(&chunk[..1]);
        }
        Ok(flow.map_continue(|is_taken| &chunk[usize::from(is_taken)..]))
    }
}
