//! The slow path through lines: looks at every byte and gives each error its position.

use std::mem;
use std::ops::ControlFlow;

use super::lost::{Lost, Next};
use crate::effort::spend;
use crate::input::fast::{Last, Plain};
use crate::input::record::{Broken, Fatal, Flow, GO_ON, Item, Note, Place, Sink, check_utf8, flow};
use crate::input::too_large::TooLarge;
use crate::json::blank::{BOM, is_filler};
use crate::json::check::{Checker, Step};

/// Splits lines into records.
///
/// A record is an object and what follows it, up to the next object, a comma or the end of the line:
/// anything but white space there breaks it. After an error, the next record starts where the
/// brackets of the broken one close, or at a complete object right after a closing brace, if only
/// another object or the end of the line follows it.
#[derive(Debug)]
pub(super) struct PlainLines {
    max_record_size: usize,
    state: State,
    /// Of the next byte.
    place: Place,
    /// How many bytes of a byte order mark have been passed. Joined files have one in the middle.
    mark: usize,
    /// Where the current object starts, and its text, unless that is too large.
    start: Place,
    carry: Vec<u8>,
    /// Length of the current object so far, kept or not.
    length: usize,
    /// What the text belongs to if the current object turns out not to be a record.
    otherwise: Option<Lost>,
}

#[derive(Debug)]
enum State {
    Between(Last),
    /// In an object that is valid so far.
    Object(Box<Checker>),
    /// After a complete object, which the text that follows may still break.
    Whole,
    /// In something left out.
    Lost(Lost),
    /// After a broken record whose brackets have closed.
    Closed,
}

/// At the start of a line.
const START: State = State::Between(Last::Start);

impl PlainLines {
    pub(super) fn new(max_record_size: usize, place: Place, record: Option<TooLarge>) -> Self {
        let start = record.as_ref().map_or(place, |record| record.start.place);
        let length = record.as_ref().map_or(0, |record| record.length);
        Self {
            max_record_size,
            state: match record {
                Some(record) => State::Object(Box::new(record.checker.confined_to_line())),
                None => START,
            },
            place,
            mark: 0,
            start,
            carry: Vec::new(),
            length,
            otherwise: None,
        }
    }

    /// Restarts at the start of a line there, whatever was read before.
    pub(super) fn restart(&mut self, place: Place) {
        self.state = START;
        self.place = place;
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

    /// Ends the line.
    fn end(&mut self, sink: &mut dyn Sink) -> Flow {
        loop {
            match self.state {
                State::Object(_) => flow!(self.break_object(Broken::cut(), sink)),
                State::Whole if self.mark == 0 => flow!(self.take_whole(sink)),
                _ if self.mark > 0 => {
                    flow!(self.other_text(BOM[0], sink));
                }
                _ => {
                    self.state = START;
                    return GO_ON;
                }
            }
        }
    }

    /// Takes a byte outside objects; `false` if it is left for the next step.
    fn byte(&mut self, byte: u8, sink: &mut dyn Sink) -> Result<ControlFlow<(), bool>, Fatal> {
        let (is_taken, flow) = match &mut self.state {
            _ if byte == b'\n' => {
                let flow = self.end(sink);
                self.place.line += 1;
                (true, flow)
            }
            State::Between(_) | State::Whole | State::Closed
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
            State::Whole => {
                let is_record = byte == b'{' || byte == b',' && self.otherwise.is_none();
                let flow = match is_record {
                    true => self.take_whole(sink),
                    false => self.other_text(byte, sink),
                };
                (false, flow)
            }
            State::Lost(lost) => match lost.take(byte) {
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
            },
            State::Object(_) => (false, GO_ON),
        };
        Ok(flow?.map_continue(|()| is_taken))
    }

    fn begin_object(&mut self, otherwise: Option<Lost>) {
        self.state = State::Object(Box::new(Checker::on_line()));
        self.start = self.place;
        self.carry.clear();
        self.length = 0;
        self.otherwise = otherwise;
    }

    /// Takes bytes of the current object, up to its end, an error or the end of the chunk; returns how
    /// many.
    fn object(
        &mut self,
        chunk: &[u8],
        sink: &mut dyn Sink,
    ) -> Result<ControlFlow<(), usize>, Fatal> {
        let State::Object(checker) = &mut self.state else {
            return Ok(ControlFlow::Continue(0));
        };
        let step = checker.feed(chunk);
        let taken = match step {
            Step::More => chunk.len(),
            Step::End(taken) | Step::Violation(taken, _) => taken,
        };
        self.place.byte += taken as u64;
        self.length += taken;
        if self.otherwise.is_some() || !self.is_too_large() {
            self.carry.extend_from_slice(&chunk[..taken]);
        } else {
            // It is followed to its end, and none of it is looked at again.
            self.carry = Vec::new();
        }
        let flow = match step {
            // The end of the line breaks it when it is taken.
            Step::Violation(at, _) if chunk[at] == b'\n' => self.end(sink),
            Step::Violation(_, violation) => {
                self.break_object(Broken::at(violation, self.place.byte), sink)
            }
            _ if self.otherwise.is_some() && self.is_too_large() => self.drop_attempt(sink),
            Step::End(_) => {
                self.state = State::Whole;
                GO_ON
            }
            Step::More => GO_ON,
        };
        Ok(flow?.map_continue(|()| taken))
    }

    fn is_too_large(&self) -> bool {
        self.length > self.max_record_size
    }

    /// Leaves out the current object, which is invalid here, and searches for the next record after
    /// its brace: it may be inside what looked like a string.
    fn break_object(&mut self, broken: Broken, sink: &mut dyn Sink) -> Flow {
        if self.otherwise.is_some() {
            return self.drop_attempt(sink);
        }
        let is_too_large = self.is_too_large();
        let lost = match &self.state {
            State::Object(checker) if is_too_large => Lost::at_fault(checker),
            _ => Lost::in_record(),
        };
        self.state = State::Lost(lost);
        flow!(self.report(broken, sink));
        let text = mem::take(&mut self.carry);
        match is_too_large {
            true => GO_ON,
            false => self.read_again(&text, sink),
        }
    }

    /// The current object is not a record: it belongs to what was left out before.
    fn drop_attempt(&mut self, sink: &mut dyn Sink) -> Flow {
        let mut lost = self.otherwise.take().unwrap_or_default();
        lost.pass(b'{');
        self.state = State::Lost(lost);
        let text = mem::take(&mut self.carry);
        self.read_again(&text, sink)
    }

    /// Reads the text of the former current object again, from after its brace.
    fn read_again(&mut self, text: &[u8], sink: &mut dyn Sink) -> Flow {
        self.place = self.start;
        self.place.byte += 1;
        self.steps(&text[1..], sink)
    }

    fn report(&mut self, broken: Broken, sink: &mut dyn Sink) -> Flow {
        let broken = match self.is_too_large() {
            true => Broken::too_large(self.max_record_size),
            false => broken,
        };
        sink.take(self.start, Item::Broken(broken))
    }

    /// Takes the complete object, which nothing after it has broken.
    fn take_whole(&mut self, sink: &mut dyn Sink) -> Flow {
        self.state = State::Between(Last::Record);
        self.otherwise = None;
        if self.is_too_large() {
            return self.report(Broken::cut(), sink);
        }
        match check_utf8(&self.carry, self.start) {
            Ok(()) => sink.take(self.start, Item::Record(&self.carry)),
            Err(broken) => sink.take(self.start, Item::Broken(broken)),
        }
    }

    /// Leaves out text that starts with `first` where an object, a comma or the end of the line should
    /// be. The part of a byte order mark already passed belongs to it.
    fn other_text(&mut self, first: u8, sink: &mut dyn Sink) -> Flow {
        let mark = mem::take(&mut self.mark);
        let mut place = self.place;
        place.byte -= mark as u64;
        let state = mem::replace(&mut self.state, State::Lost(Lost::default()));
        match state {
            State::Whole if let Some(mut lost) = self.otherwise.take() => {
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
            State::Whole => {
                let text = format!("unexpected text after the record at byte {}", place.byte);
                self.report(Broken::record(text), sink)
            }
            // It belongs to the broken record before it.
            State::Closed => GO_ON,
            _ => sink.take(place, Item::Broken(Broken::no_object(first))),
        }
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
        }
        Ok(flow.map_continue(|is_taken| &chunk[usize::from(is_taken)..]))
    }
}
