//! What may follow a list: the rest of its page, and other lists.

use crate::input::fast::Last;
use crate::input::list::Surround;
use crate::input::list::plain::{PlainList, State, Taken};
use crate::input::record::{Fatal, Place, fatal};
use crate::input::sniff::{PageHead, page_head};
use crate::json::check::Step;

impl PlainList {
    pub(super) fn after(&mut self, byte: u8) -> Result<Taken, Fatal> {
        match byte {
            _ if self.is_filler(byte) => Ok(Taken::Bytes(1)),
            _ if self.mark > 0 => Err(self.other_text(self.start_of_mark())),
            b'[' => {
                self.surround = Surround::Array;
                self.state = State::Between { last: Last::Start };
                Ok(Taken::Bytes(1))
            }
            b'{' => {
                self.start = self.cursor.place;
                self.state = State::PageHead;
                Ok(Taken::Bytes(0))
            }
            _ => Err(self.other_text(self.cursor.place)),
        }
    }

    pub(super) fn page_tail(&mut self, chunk: &[u8]) -> Result<Taken, Fatal> {
        let State::PageTail(checker) = &mut self.state else {
            return Ok(Taken::Bytes(0));
        };
        match checker.feed(chunk) {
            Step::More => Ok(Taken::Bytes(chunk.len())),
            Step::End(length) => {
                self.state = State::After;
                Ok(Taken::Bytes(length))
            }
            Step::Violation(at, violation) => {
                let mut place = self.cursor.place.after(&chunk[..at]);
                place.byte -= violation.back as u64;
                Err(fatal(place, violation))
            }
        }
    }

    pub(super) fn page_head(&mut self, byte: u8) -> Result<Taken, Fatal> {
        self.carry.push(byte);
        match page_head(&self.carry) {
            PageHead::Undecided => {}
            PageHead::Page(_) => {
                self.carry.clear();
                self.surround = Surround::Page;
                self.state = State::Between { last: Last::Start };
            }
            PageHead::No => return Err(self.other_text(self.start)),
        }
        Ok(Taken::Bytes(1))
    }

    pub(super) fn other_text(&self, place: Place) -> Fatal {
        fatal(place, "unexpected text after the list of users")
    }
}
