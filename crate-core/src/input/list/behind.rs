//! What may follow a list: the rest of its page, and other lists.

use crate::input::census::bad_layout;
use crate::input::fast::Last;
use crate::input::head::{Head, HeadStep, Target};
use crate::input::list::plain::{PlainList, State, Taken};
use crate::input::list::{Page, Surround};
use crate::input::record::{Fatal, Place, fatal};
use crate::json::check::Step;

impl PlainList {
    /// After the list, or between the pages of an array.
    pub(super) fn after(&mut self, byte: u8, is_in_array: bool) -> Result<Taken, Fatal> {
        match byte {
            _ if self.is_filler(byte) => {}
            _ if self.mark > 0 => return Err(self.other_text(self.start_of_mark())),
            b',' if is_in_array => {}
            b']' if is_in_array => self.state = State::After { is_in_array: false },
            b'[' if !is_in_array && self.may_have_another() => {
                self.surround = Surround::Array;
                self.page = None;
                self.state = State::Between { last: Last::Start };
            }
            b'{' if self.may_have_another() => {
                self.start = self.cursor.place;
                let head = match &self.page {
                    Some(page) => page.next_head(),
                    None => Head::new(Target::Users),
                };
                self.state = State::PageHead(Box::new(head));
                return Ok(Taken::Bytes(0));
            }
            _ => return Err(self.other_text(self.cursor.place)),
        }
        Ok(Taken::Bytes(1))
    }

    fn may_have_another(&self) -> bool {
        self.page
            .as_ref()
            .is_none_or(|page| page.may_have_another())
    }

    pub(super) fn page_tail(&mut self, chunk: &[u8]) -> Result<Taken, Fatal> {
        let Some(page) = &mut self.page else {
            return Ok(Taken::Bytes(0));
        };
        match page.head.take_tail(chunk) {
            Step::More => Ok(Taken::Bytes(chunk.len())),
            Step::End(length) => {
                page.check()?;
                self.state = State::After {
                    is_in_array: page.is_in_array,
                };
                Ok(Taken::Bytes(length))
            }
            Step::Violation(at, violation) => {
                let mut place = self.cursor.place.after(&chunk[..at]);
                place.byte -= violation.back as u64;
                Err(fatal(place, violation))
            }
        }
    }

    pub(super) fn page_head(&mut self, chunk: &[u8]) -> Result<Taken, Fatal> {
        let State::PageHead(head) = &mut self.state else {
            return Ok(Taken::Bytes(0));
        };
        match head.take(chunk) {
            HeadStep::More => Ok(Taken::Bytes(chunk.len())),
            HeadStep::Users(at) => {
                let is_in_array = self.page.as_ref().is_some_and(|page| page.is_in_array);
                let page = Page::new(self.start, (**head).clone(), is_in_array);
                self.page = Some(Box::new(page));
                self.surround = Surround::Page;
                self.state = State::Between { last: Last::Start };
                Ok(Taken::Bytes(at))
            }
            HeadStep::End(_) | HeadStep::Violation(..) => match &head.target {
                Target::Asked(keys) => Err(head.not_found(keys, self.start)),
                _ => Err(self.other_text(self.start)),
            },
        }
    }

    /// Text that is no list follows.
    pub(super) fn other_text(&self, place: Place) -> Fatal {
        match &self.page {
            Some(page) if !page.may_have_another() => {
                let message = format!(
                    "unexpected text after the object that holds the users at `{}`; choose the list by users_at",
                    page.at()
                );
                bad_layout(place, message, page.head.census.held())
            }
            _ => fatal(place, "unexpected text after the list of users"),
        }
    }
}
