//! The slow path through a list: looks at every byte once and gives each error its position.

use std::ops::ControlFlow;

use crate::input::astray::{Astray, Way};
use crate::input::cursor::Cursor;
use crate::input::fast::{Last, Plain};
use crate::input::head::Head;
use crate::input::list::Page;
use crate::input::list::Surround;
use crate::input::record::{Broken, Fatal, Flow, GO_ON, Item, Place, Sink, check_utf8, fatal};
use crate::input::too_large::TooLarge;
use crate::json::blank::{BOM, is_blank, is_filler};
use crate::json::check::{Checker, Step};

/// Splits a list of records.
///
/// After an invalid record, the next one is found by counting brackets, or at a line that starts with
/// `{` at the same indentation as the broken record, whichever comes first.
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
    /// Where the current record starts, and its indentation if it is first on its line.
    pub(super) start: Place,
    indent: Option<usize>,
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
            indent: start.column,
            carry: Vec::new(),
            length,
            has_key: false,
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
        match (&self.state, self.surround) {
            (State::After { is_in_array: false }, _) if self.mark > 0 => {
                Err(self.other_text(self.start_of_mark()))
            }
            (State::After { is_in_array: false }, _) => GO_ON,
            (State::Between { .. }, Surround::Nothing) if self.mark > 0 => sink.take(
                self.start_of_mark(),
                Item::Broken(Broken::no_object(BOM[0])),
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
            _ if self.mark > 0 => return self.broken_mark(sink),
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
        self.indent = self.cursor.column;
        self.length = 0;
        self.has_key = false;
        if byte == b'{' {
            self.state = State::Record(Box::new(Checker::new()));
            return Ok(Taken::Bytes(0));
        }
        self.state = State::Astray(Astray::before_other_value().in_map(self.is_map()));
        match sink.take(self.start, Item::Broken(Broken::no_object(byte)))? {
            ControlFlow::Break(()) => Ok(Taken::Enough),
            ControlFlow::Continue(()) => Ok(Taken::Bytes(self.astray(byte))),
        }
    }

    fn record(&mut self, chunk: &[u8], sink: &mut dyn Sink) -> Result<Taken, Fatal> {
        let is_map = self.is_map();
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
        let is_too_large = length > self.max_record_size;
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
                let byte = self.start.byte + length as u64;
                sink.take(self.start, Item::Broken(Broken::at(violation, byte)))
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
                let astray = Astray::in_record(checker, self.indent.unwrap_or(0)).in_map(is_map);
                self.state = State::Astray(astray);
            }
        }
        Ok(if flow?.is_break() {
            Taken::Enough
        } else {
            Taken::Bytes(taken)
        })
    }

    /// Skips a byte of something already reported; returns the number of bytes skipped.
    fn astray(&mut self, byte: u8) -> usize {
        let State::Astray(astray) = &mut self.state else {
            return 0;
        };
        let way = astray.take(byte, self.cursor.column);
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
    fn broken_mark(&mut self, sink: &mut dyn Sink) -> Result<Taken, Fatal> {
        self.start = self.start_of_mark();
        self.mark = 0;
        self.indent = None;
        self.state = State::Astray(Astray::before_other_value().in_map(self.is_map()));
        match sink.take(self.start, Item::Broken(Broken::no_object(BOM[0])))? {
            ControlFlow::Break(()) => Ok(Taken::Enough),
            ControlFlow::Continue(()) => Ok(Taken::Bytes(0)),
        }
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
