//! What follows a complete object decides whether it is a record.

use std::ops::ControlFlow;

use crate::input::fast::Last;
use crate::input::lines::plain::{After, PlainLines, State};
use crate::input::record::{Broken, Fatal, Flow, GO_ON, Item, Note, Sink, check_utf8, flow};

impl PlainLines {
    /// Takes a byte after a complete object; `false` if it is left for the next step.
    pub(super) fn after_whole(
        &mut self,
        byte: u8,
        sink: &mut dyn Sink,
    ) -> Result<ControlFlow<(), bool>, Fatal> {
        let State::Whole(after) = self.state else {
            return Ok(ControlFlow::Continue(false));
        };
        let is_attempt = self.otherwise.is_some();
        let flow = match byte {
            b'{' => self.take_whole(sink),
            b',' if self.has_more_lines && !after.has_comma => {
                self.state = State::Whole(After {
                    has_comma: true,
                    ..after
                });
                return Ok(ControlFlow::Continue(true));
            }
            b',' if !is_attempt => self.take_whole(sink),
            // A member or the end of an object in which this brace was one too many.
            b'"' | b':' | b'}' | b']' => self.other_text(byte, sink),
            _ if after.has_comma || after.has_line_end => self.take_whole(sink),
            _ => self.other_text(byte, sink),
        };
        Ok(flow?.map_continue(|()| false))
    }

    /// Takes the complete object, which nothing after it has broken.
    pub(super) fn take_whole(&mut self, sink: &mut dyn Sink) -> Flow {
        let State::Whole(after) = self.state else {
            return GO_ON;
        };
        let last = match after {
            After {
                has_line_end: true, ..
            } => Last::Start,
            After {
                has_comma: true, ..
            } => Last::Comma,
            _ => Last::Record,
        };
        self.state = State::Between(last);
        self.has_more_lines = false;
        self.otherwise = None;
        if self.length > self.max_record_size {
            flow!(self.report(Broken::cut(), true, sink));
        } else {
            let item = match check_utf8(&self.carry, self.start) {
                Ok(()) => Item::Record(&self.carry),
                Err(broken) => Item::Broken(broken),
            };
            flow!(sink.take(self.start, item));
        }
        if after.has_comma {
            sink.note(Note::Comma);
        }
        GO_ON
    }
}
