//! The slow path through a list: looks at every byte once and gives each error its position.

use std::ops::ControlFlow;

use crate::input::astray::{Around, Astray, Way};
use crate::input::cursor::Cursor;
use crate::input::fast::{Last, Plain};
use crate::input::head::Head;
use crate::input::list::Page;
use crate::input::list::Surround;
use crate::input::record::{
    Broken, Fatal, Flow, GO_ON, Item, Place, Sink, check_utf8, fatal, flow,
};
use crate::input::too_large::TooLarge;
use crate::json::blank::{BOM, is_blank, is_filler};
use crate::json::check::{Checker, Step};
use crate::json::found::Found;

/// Splits a list of records.
///
/// After an invalid record, the next one is found by its brackets or its lines: see [`Astray`].
#[derive(Debug)]
pub(super) struct PlainList {
    pub(super) max_record_size: usize,
    pub(super) surround: Surround,
    /// The page of the list, with [`Surround::Page`].
    pub(super) page: Option<Box<Page>>,
    pub(super) state: State,
    pub(super) cursor: Cursor,
    /// How many bytes of a byte order mark have been passed. Joined files have one in the middle.
    pub(super) mark: usize,
    /// Where the current record starts, and the indentation of that line.
    pub(super) start: Place,
    indent: usize,
    /// The part of the current record from earlier chunks.
    carry: Vec<u8>,
    /// Length of the current record so far, kept or not.
    length: usize,
    /// Whether the key of the next user was taken.
    has_key: bool,
}

#[derive(Debug)]
pub(super) enum State {
    /// Before a record, a comma or the end of the list.
    Between { last: Last },
    /// In a record that is valid so far.
    Record(Box<Checker>),
    /// After a complete record outside lists, which the text that follows may still break.
    Whole { has_comma: bool },
    /// In the first word of a value that is not an object.
    Word(Found),
    /// In something already reported.
    Astray(Astray),
    /// In the key of a user, or between it and its colon.
    Key { is_open: bool, is_escaped: bool },
    /// After the list, or after a page that is an element of an array.
    After { is_in_array: bool },
    /// In the members of a page after its list.
    PageTail,
    /// In the head of another page.
    PageHead(Box<Head>),
}

impl PlainList {
    /// A list whose first record may start at the cursor, or goes on there.
    pub(super) fn new(
        max_record_size: usize,
        surround: Surround,
        cursor: Cursor,
        record: Option<TooLarge>,
    ) -> Self {
        let start = record.as_ref().map_or(cursor, |record| record.start);
        let length = record.as_ref().map_or(0, |record| record.length);
        Self {
            max_record_size,
            surround,
            page: None,
            state: match record {
                Some(record) => State::Record(Box::new(record.checker)),
                None => State::Between { last: Last::Start },
            },
            cursor,
            mark: 0,
            start: start.place,
            indent: start.margin.width(),
            carry: Vec::new(),
            length,
            has_key: false,
        }
    }

    /// What ends the list around a broken record.
    fn around(&self) -> Around {
        match self.surround {
            Surround::Nothing => Around::Nothing,
            _ if self.is_map() => Around::Braces,
            _ => Around::Brackets,
        }
    }

    /// Whether the records are the values of an object.
    fn is_map(&self) -> bool {
        self.page.as_ref().is_some_and(|page| page.is_map)
    }

    /// Takes a byte of a key, up to its colon.
    fn key(&mut self, byte: u8) -> Taken {
        let State::Key {
            is_open,
            is_escaped,
        } = &mut self.state
        else {
            return Taken::Bytes(0);
        };
        match byte {
            b'"' if *is_open && !*is_escaped => *is_open = false,
            _ if *is_open => *is_escaped = byte == b'\\' && !*is_escaped,
            _ if is_blank(byte) => {}
            _ => {
                self.has_key = true;
                self.state = State::Between { last: Last::Start };
                return Taken::Bytes(usize::from(byte == b':'));
            }
        }
        Taken::Bytes(1)
    }

    /// Ends the file.
    pub(super) fn end(&mut self, sink: &mut dyn Sink) -> Flow {
        if let State::Word(_) = self.state {
            let taken = self.word(b'\n', sink)?;
            if let Taken::Enough = taken {
                return Ok(ControlFlow::Break(()));
            }
        }
        if let State::Whole { .. } = self.state {
            flow!(self.take_whole(sink));
        }
        match (&self.state, self.surround) {
            (State::After { is_in_array: false }, _) if self.mark > 0 => {
                Err(self.other_text(self.start_of_mark()))
            }
            (State::After { is_in_array: false }, _) => GO_ON,
            (State::Between { .. }, Surround::Nothing) if self.mark > 0 => sink.take(
                self.start_of_mark(),
                Item::Broken(Broken::no_object(&Found::of(&BOM[..self.mark]))),
            ),
            (State::Record(_), Surround::Nothing) => {
                let broken = match self.length > self.max_record_size {
                    true => Broken::too_large(self.max_record_size),
                    false => Broken::cut(),
                };
                sink.take(self.start, Item::Broken(broken))
            }
            (_, Surround::Nothing) => GO_ON,
            (state, _) => {
                let place = match state {
                    State::Record(_) => "inside a record",
                    State::PageTail | State::PageHead(_) => "inside the object around the users",
                    State::After { .. } => "before the closing `]` of the list of pages",
                    _ if self.is_map() => "before the closing `}` around the users",
                    _ => "before the closing `]` of the list of users",
                };
                Err(fatal(self.cursor.place, format!("the file ends {place}")))
            }
        }
    }

    fn between(&mut self, byte: u8, sink: &mut dyn Sink) -> Result<Taken, Fatal> {
        let State::Between { last } = self.state else {
            return Ok(Taken::Bytes(0));
        };
        let (closer, is_map) = match self.is_map() {
            true => (b'}', true),
            false => (b']', false),
        };
        let is_closed = byte == closer && self.surround != Surround::Nothing;
        match byte {
            _ if self.is_filler(byte) => return Ok(Taken::Bytes(1)),
            _ if self.mark > 0 => return Ok(self.broken_mark()),
            b'"' if is_map && !self.has_key => {
                self.state = State::Key {
                    is_open: true,
                    is_escaped: false,
                };
                return Ok(Taken::Bytes(1));
            }
            _ if byte == b',' || is_closed => {
                self.has_key = false;
                let is_empty_place = match byte {
                    b',' => last != Last::Record,
                    _ => last == Last::Comma,
                };
                if is_empty_place {
                    let broken = Broken::record(format!(
                        "expected a record before `{}` at byte {}",
                        char::from(byte),
                        self.cursor.place.byte
                    ));
                    if sink
                        .take(self.cursor.place, Item::Broken(broken))?
                        .is_break()
                    {
                        return Ok(Taken::Enough);
                    }
                }
                self.state = match (byte, self.surround) {
                    (b',', _) => State::Between { last: Last::Comma },
                    (_, Surround::Page) => State::PageTail,
                    _ => State::After { is_in_array: false },
                };
                if let (State::PageTail, Some(page)) = (&self.state, &mut self.page) {
                    page.leave_users();
                }
                return Ok(Taken::Bytes(1));
            }
            _ => {}
        }
        self.start = self.cursor.place;
        self.indent = self.cursor.margin.width();
        self.length = 0;
        self.has_key = false;
        if byte == b'{' {
            self.state = State::Record(Box::new(Checker::new()));
            return Ok(Taken::Bytes(0));
        }
        self.state = State::Word(Found::default());
        match Found::begins(byte) {
            true => Ok(Taken::Bytes(0)),
            false => self.report_other(&Found::of(&[byte]), sink),
        }
    }

    /// Takes a byte of the first word of a value that is not an object.
    fn word(&mut self, byte: u8, sink: &mut dyn Sink) -> Result<Taken, Fatal> {
        let State::Word(found) = &mut self.state else {
            return Ok(Taken::Bytes(0));
        };
        if found.take(byte) {
            return Ok(Taken::Bytes(1));
        }
        let found = *found;
        self.report_other(&found, sink)
    }

    /// Reports a value that is not an object. Its first byte is not taken unless it is in a word.
    fn report_other(&mut self, found: &Found, sink: &mut dyn Sink) -> Result<Taken, Fatal> {
        self.state = State::Astray(Astray::before_other_value(self.around()));
        let flow = sink.take(self.start, Item::Broken(Broken::no_object(found)))?;
        Ok(match flow {
            ControlFlow::Break(()) => Taken::Enough,
            ControlFlow::Continue(()) => Taken::Bytes(0),
        })
    }

    fn record(&mut self, chunk: &[u8], sink: &mut dyn Sink) -> Result<Taken, Fatal> {
        let around = self.around();
        let State::Record(checker) = &mut self.state else {
            return Ok(Taken::Bytes(0));
        };
        let step = checker.feed(chunk);
        let taken = match step {
            Step::More => chunk.len(),
            Step::End(length) => length,
            Step::Violation(at, _) => at,
        };
        let length = self.length + taken;
        let is_too_large = length - checker.overrun() > self.max_record_size;
        let flow = match step {
            Step::More if is_too_large => {
                self.carry.clear();
                GO_ON
            }
            Step::More => {
                self.carry.extend_from_slice(chunk);
                GO_ON
            }
            _ if is_too_large => sink.take(
                self.start,
                Item::Broken(Broken::too_large(self.max_record_size)),
            ),
            Step::Violation(_, violation) => {
                let byte = self.start.byte + (length - violation.back) as u64;
                sink.take(self.start, Item::Broken(Broken::at(violation, byte)))
            }
            Step::End(_) if self.surround == Surround::Nothing => {
                self.carry.extend_from_slice(&chunk[..taken]);
                self.length = length;
                self.state = State::Whole { has_comma: false };
                return Ok(Taken::Bytes(taken));
            }
            Step::End(_) => {
                let record = if self.carry.is_empty() {
                    &chunk[..taken]
                } else {
                    self.carry.extend_from_slice(&chunk[..taken]);
                    &self.carry
                };
                let item = match check_utf8(record, self.start) {
                    Ok(()) => Item::Record(record),
                    Err(broken) => Item::Broken(broken),
                };
                sink.take(self.start, item)
            }
        };
        self.length = length;
        match step {
            Step::More => {}
            Step::End(_) => {
                self.carry.clear();
                self.state = State::Between { last: Last::Record };
            }
            Step::Violation(..) => {
                self.carry.clear();
                let astray = Astray::in_record(checker, self.indent, around);
                self.state = State::Astray(astray);
            }
        }
        Ok(if flow?.is_break() {
            Taken::Enough
        } else {
            Taken::Bytes(taken)
        })
    }

    /// Takes a byte after a complete record outside lists. What follows may show that its last brace
    /// was one too many in a larger object: only part of a user would leave.
    fn whole(&mut self, byte: u8, sink: &mut dyn Sink) -> Result<Taken, Fatal> {
        let State::Whole { has_comma } = &mut self.state else {
            return Ok(Taken::Bytes(0));
        };
        let is_filler = is_filler(byte, &mut self.mark, true);
        match byte {
            _ if is_filler => return Ok(Taken::Bytes(1)),
            b',' if self.mark == 0 && !*has_comma => {
                *has_comma = true;
                return Ok(Taken::Bytes(1));
            }
            b'"' | b':' | b'}' | b']' if self.mark == 0 => {
                let place = self.cursor.place.byte;
                let text = format!("unexpected text after the record at byte {place}");
                self.carry.clear();
                self.state = State::Astray(Astray::after_early_end(self.indent));
                let broken = Item::Broken(Broken::record(text));
                return Ok(match sink.take(self.start, broken)? {
                    ControlFlow::Break(()) => Taken::Enough,
                    ControlFlow::Continue(()) => Taken::Bytes(0),
                });
            }
            _ => {}
        }
        Ok(match self.take_whole(sink)? {
            ControlFlow::Break(()) => Taken::Enough,
            ControlFlow::Continue(()) => Taken::Bytes(0),
        })
    }

    fn take_whole(&mut self, sink: &mut dyn Sink) -> Flow {
        let last = match self.state {
            State::Whole { has_comma: true } => Last::Comma,
            _ => Last::Record,
        };
        self.state = State::Between { last };
        let item = match check_utf8(&self.carry, self.start) {
            Ok(()) => Item::Record(&self.carry),
            Err(broken) => Item::Broken(broken),
        };
        let flow = sink.take(self.start, item);
        self.carry.clear();
        flow
    }

    /// Skips a byte of something already reported; returns the number of bytes skipped.
    fn astray(&mut self, byte: u8) -> usize {
        let State::Astray(astray) = &mut self.state else {
            return 0;
        };
        let way = astray.take(byte, self.cursor.column());
        if way == Way::On {
            return 1;
        }
        self.state = State::Between { last: Last::Record };
        // Outside an array, a bracket ends nothing.
        let is_stray_bracket = byte == b']' && self.surround == Surround::Nothing;
        usize::from(way == Way::EndedHere || is_stray_bracket)
    }

    /// White space and byte order marks; outside lists, also record separators.
    pub(super) fn is_filler(&mut self, byte: u8) -> bool {
        let is_outside =
            self.surround == Surround::Nothing || matches!(self.state, State::After { .. });
        is_filler(byte, &mut self.mark, is_outside)
    }

    /// Part of a byte order mark where a record should be.
    fn broken_mark(&mut self) -> Taken {
        self.start = self.start_of_mark();
        self.state = State::Word(Found::of(&BOM[..self.mark]));
        self.mark = 0;
        Taken::Bytes(0)
    }

    pub(super) fn start_of_mark(&self) -> Place {
        Place {
            byte: self.cursor.place.byte - self.mark as u64,
            ..self.cursor.place
        }
    }
}

impl Plain for PlainList {
    fn last(&self) -> Option<Last> {
        match self.state {
            State::Between { last } if self.mark == 0 => Some(last),
            _ => None,
        }
    }

    fn pass(&mut self, text: &[u8], _: u64, last: Last) {
        self.cursor.pass(text);
        // The fast path may have come here just before the value of a key.
        self.has_key &= last == Last::Start;
        self.state = State::Between { last };
    }

    fn step<'a>(
        &mut self,
        chunk: &'a [u8],
        sink: &mut dyn Sink,
    ) -> Result<ControlFlow<(), &'a [u8]>, Fatal> {
        let byte = chunk[0];
        let taken = match &mut self.state {
            State::Between { .. } => self.between(byte, sink)?,
            State::Record(_) => self.record(chunk, sink)?,
            State::Whole { .. } => self.whole(byte, sink)?,
            State::Word(_) => self.word(byte, sink)?,
            State::Astray(_) => Taken::Bytes(self.astray(byte)),
            State::Key { .. } => self.key(byte),
            State::After { is_in_array } => {
                let is_in_array = *is_in_array;
                self.after(byte, is_in_array)?
            }
            State::PageTail => self.page_tail(chunk)?,
            State::PageHead(_) => self.page_head(chunk)?,
        };
        Ok(match taken {
            Taken::Bytes(length) => {
                self.cursor.pass(&chunk[..length]);
                ControlFlow::Continue(&chunk[length..])
            }
            Taken::Enough => ControlFlow::Break(()),
        })
    }
}

/// How much of a chunk was taken.
pub(super) enum Taken {
    Bytes(usize),
    /// The sink takes no more.
    Enough,
}
