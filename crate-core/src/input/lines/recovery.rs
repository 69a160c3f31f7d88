//! What becomes of an object that is not valid.

use std::mem;

use crate::input::fast::Plain;
use crate::input::lines::lost::Lost;
use crate::input::lines::plain::{PlainLines, State};
use crate::input::record::{Broken, Flow, GO_ON, Sink, flow};

impl PlainLines {
    /// Leaves out the current object, which is invalid here, and searches for the next record after
    /// its brace: it may be inside what looked like a string. That takes an object to be on one line;
    /// in one that was valid up to the end of a line, strings are what they look like.
    pub(super) fn break_object(
        &mut self,
        broken: Broken,
        is_too_large: bool,
        sink: &mut dyn Sink,
    ) -> Flow {
        if self.otherwise.is_some() {
            return self.drop_attempt(sink);
        }
        let is_searched = !is_too_large && !self.has_more_lines;
        let lost = match &self.state {
            State::Object(checker) if !is_searched => Lost::at_fault(checker),
            _ => Lost::in_record(),
        };
        self.state = State::Lost(lost);
        flow!(self.report(broken, is_too_large, sink));
        let text = mem::take(&mut self.carry);
        match is_searched {
            true => self.read_again(&text, sink),
            false => GO_ON,
        }
    }

    /// The current object ends before its closing brace.
    pub(super) fn cut_object(&mut self, sink: &mut dyn Sink) -> Flow {
        self.start_line();
        let is_too_large = self.length - self.blanks > self.max_record_size;
        self.report(Broken::cut(), is_too_large, sink)
    }

    /// The current object is not a record: it belongs to what was left out before.
    pub(super) fn drop_attempt(&mut self, sink: &mut dyn Sink) -> Flow {
        let mut lost = self.otherwise.take().unwrap_or_default();
        lost.pass(b'{');
        self.state = State::Lost(lost);
        let text = mem::take(&mut self.carry);
        self.read_again(&text, sink)
    }

    /// Reads the text of the former current object again, from after its brace.
    pub(super) fn read_again(&mut self, text: &[u8], sink: &mut dyn Sink) -> Flow {
        self.place = self.start;
        self.place.byte += 1;
        self.steps(&text[1..], sink)
    }
}
