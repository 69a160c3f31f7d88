//! The first object of a file: is it a user, or does it hold the list of users?
//!
//! ```text
//! {"user_id":"u1",…}                 a user: the file is lines, or pretty-printed objects
//! {"total":2,"users":[{…},{…}]}      a page: a list from its bracket on
//! {"data":[{…},{…}]}                 a list if the file holds nothing else, known at its end
//! [{"user_id":"u1",…},…]             an array of users
//! [{"users":[…]},{"users":[…]}]      an array of pages
//! {"index":{…}}                      a bulk file, if a document is on the next line
//! ```
//!
//! The text is kept until that is known, up to the largest record, and then read by the splitter that
//! was found. Of a larger object nothing is kept: the first list that may be its users is taken, and a
//! second one fails the job.

use std::mem;

use super::bulk::{self, Bulk};
use super::cursor::Cursor;
use super::head::{Doubt, Head, HeadStep, Target};
use super::lines::Lines;
use super::list::{List, Page, Surround};
use crate::effort::spend;
use crate::input::record::{Fatal, Place};
use crate::input::too_large::TooLarge;
use crate::json::blank::{is_filler, skip_blanks};
use crate::plan::reading::Reading;

/// Takes a file that starts with `{` or `[`, until it is known how to read it.
#[derive(Debug)]
pub(super) struct Root {
    is_in_array: bool,
    max_record_size: usize,
    /// Where the kept text starts, or the dropped text ended.
    cursor: Cursor,
    kept: Vec<u8>,
    /// What is known of the object.
    head: Head,
    state: State,
}

#[derive(Clone, Copy, Debug)]
enum State {
    /// Behind the bracket of an array.
    Before,
    /// In the object, of which `seen` bytes were looked at.
    Kept { seen: usize },
    /// Behind the object, which ends after `end` bytes.
    Behind {
        end: usize,
        seen: usize,
        mark: usize,
    },
    /// In an object that is too large to be kept; `length` bytes are gone.
    Dropped {
        start: Cursor,
        length: usize,
        /// Whether a line feed was among its bytes.
        is_over_lines: bool,
    },
}

/// How a file is to be read, and the text that comes first.
pub(super) struct Found {
    pub splitter: Splitter,
    pub text: Vec<u8>,
    /// What the object holds, if it was read as a user but may be none.
    pub doubt: Option<Doubt>,
}

/// What a text is read with.
pub(super) enum Splitter {
    Lines(Lines),
    List(List),
    Bulk(Bulk),
}

impl Root {
    /// Behind the opening bracket of an array, or at the opening brace of an object.
    pub(super) fn new(is_in_array: bool, cursor: Cursor, reading: &Reading) -> Self {
        Self {
            is_in_array,
            max_record_size: reading.max_record_size,
            cursor,
            kept: Vec::new(),
            head: Head::new(Target::of(reading)),
            state: match is_in_array {
                true => State::Before,
                false => State::Kept { seen: 0 },
            },
        }
    }

    /// Takes the next bytes of the file. Must not be called after an answer.
    pub(super) fn push(&mut self, chunk: &[u8]) -> Result<Option<Found>, Fatal> {
        if let State::Dropped { .. } = self.state {
            return self.follow(chunk);
        }
        self.kept.extend_from_slice(chunk);
        self.look(false)
    }

    /// Decides at the end of the file.
    pub(super) fn end(&mut self) -> Result<Found, Fatal> {
        match self.look(true)? {
            Some(found) => Ok(found),
            None => self.broken(),
        }
    }

    /// Looks at what is kept.
    fn look(&mut self, is_end: bool) -> Result<Option<Found>, Fatal> {
        match self.state {
            State::Before => {
                let blanks = skip_blanks(&self.kept, 0);
                self.cursor.pass(&self.kept[..blanks]);
                self.kept.drain(..blanks);
                match self.kept.first() {
                    None => Ok(None),
                    Some(b'{') => {
                        self.state = State::Kept { seen: 0 };
                        self.look(is_end)
                    }
                    Some(_) => self.users(None).map(Some),
                }
            }
            State::Kept { seen } => {
                // One byte more than a record may have, and the rest of a word that breaks it.
                let most = |head: &Head| self.max_record_size + head.checker.overrun();
                let limit = self.kept.len().min(most(&self.head) + 1);
                self.state = State::Kept { seen: limit };
                match self.head.take(&self.kept[seen..limit]) {
                    HeadStep::Users(at) => Ok(Some(self.page(seen + at))),
                    HeadStep::End(at) => self.ended(seen + at, is_end),
                    HeadStep::Violation(..) => self.broken().map(Some),
                    HeadStep::More if limit > most(&self.head) => self.drop_kept(limit),
                    HeadStep::More if limit < self.kept.len() => self.look(is_end),
                    HeadStep::More => Ok(None),
                }
            }
            State::Behind { .. } => self.look_behind(is_end),
            State::Dropped { .. } => Ok(None),
        }
    }

    /// The object ends after so many bytes, without users that were looked for.
    fn ended(&mut self, end: usize, is_end: bool) -> Result<Option<Found>, Fatal> {
        self.state = State::Behind {
            end,
            seen: end,
            mark: 0,
        };
        self.look_behind(is_end)
    }

    /// Whether there is nothing to find but what was looked for.
    fn is_for_sure(&self) -> bool {
        self.is_in_array || self.head.target != Target::Users || self.head.census.is_user()
    }

    /// Looks whether anything follows the object.
    fn look_behind(&mut self, is_end: bool) -> Result<Option<Found>, Fatal> {
        let State::Behind {
            end,
            mut seen,
            mut mark,
        } = self.state
        else {
            return Ok(None);
        };
        let may_be_bulk = || bulk::Action::of(&self.kept[..end]).is_some();
        if self.is_for_sure() || self.head.usual().next().is_none() && !may_be_bulk() {
            // With the line feed behind it, the splitter takes the object at the first go.
            return match self.kept.len() > end || is_end {
                true => self.users(Some(end)).map(Some),
                false => Ok(None),
            };
        }
        let from = seen;
        while seen < self.kept.len() && is_filler(self.kept[seen], &mut mark, true) {
            seen += 1;
        }
        spend(seen - from);
        self.state = State::Behind { end, seen, mark };
        if seen < self.kept.len() {
            return match bulk::is_bulk(&self.kept[..end], &self.kept[seen..], is_end) {
                None if self.kept.len() - seen <= self.max_record_size => Ok(None),
                Some(true) => {
                    let lines = Lines::new(self.max_record_size, self.cursor, None);
                    Ok(Some(self.found(Splitter::Bulk(Bulk::new(lines)), None)))
                }
                _ => self.users(Some(end)).map(Some),
            };
        }
        if is_end {
            return match self.only_usual()? {
                Some(keys) => Ok(Some(self.list(keys))),
                None => self.users(Some(end)).map(Some),
            };
        }
        // However much white space follows, it is not kept forever.
        match seen - end <= self.max_record_size {
            true => Ok(None),
            false => self.users(Some(end)).map(Some),
        }
    }

    /// The keys of the only list in a usual place.
    fn only_usual(&self) -> Result<Option<Vec<String>>, Fatal> {
        let mut usual = self.head.usual();
        match (usual.next(), usual.next()) {
            (Some(_), Some(_)) => Err(self.head.several(self.start())),
            (only, _) => Ok(only.map(|held| held.keys.clone())),
        }
    }

    /// The object is larger than a record: from here on, what was looked at is not kept.
    fn drop_kept(&mut self, length: usize) -> Result<Option<Found>, Fatal> {
        if !self.is_for_sure() {
            if let Some(keys) = self.only_usual()? {
                return Ok(Some(self.list(keys)));
            }
            self.head.target = Target::Usual;
        }
        let start = self.cursor;
        self.cursor.pass(&self.kept[..length]);
        self.state = State::Dropped {
            start,
            length,
            is_over_lines: self.kept[..length].contains(&b'\n'),
        };
        let rest = self.kept.split_off(length);
        self.kept = Vec::new();
        self.follow(&rest)
    }

    /// Follows an object that is not kept.
    fn follow(&mut self, chunk: &[u8]) -> Result<Option<Found>, Fatal> {
        let State::Dropped {
            start,
            length,
            is_over_lines,
        } = self.state
        else {
            return Ok(None);
        };
        let before = self.head.checker.clone();
        let (is_whole, taken) = match self.head.take(chunk) {
            HeadStep::Users(at) => {
                self.cursor.pass(&chunk[..at]);
                self.kept = chunk[at..].to_vec();
                return Ok(Some(self.page(0)));
            }
            HeadStep::More => (false, chunk.len()),
            HeadStep::End(at) | HeadStep::Violation(at, _) => (true, at),
        };
        let is_over_lines = is_over_lines || chunk[..taken].contains(&b'\n');
        let length = length + if is_whole { 0 } else { taken };
        self.state = State::Dropped {
            start,
            length,
            is_over_lines,
        };
        if is_whole {
            // The splitter finds the same once more.
            self.head.checker = before;
            self.kept = chunk.to_vec();
            return self.broken().map(Some);
        }
        self.cursor.pass(chunk);
        Ok(None)
    }

    /// Where the object starts.
    fn start(&self) -> Place {
        match self.state {
            State::Dropped { start, .. } => start.place,
            _ => self.cursor.place,
        }
    }

    /// The users begin after so many bytes of what is kept.
    fn page(&mut self, at: usize) -> Found {
        let start = self.start();
        self.cursor.pass(&self.kept[..at]);
        self.kept.drain(..at);
        let page = Page::new(start, self.head.clone(), self.is_in_array);
        let list = List::of_page(self.max_record_size, page, self.cursor);
        self.found(Splitter::List(list), None)
    }

    /// The list under these keys of the kept text holds the users.
    fn list(&mut self, keys: Vec<String>) -> Found {
        self.head = Head::new(Target::Same(keys));
        let step = self.head.take(&self.kept);
        self.head.target = Target::Usual;
        match step {
            HeadStep::Users(at) => self.page(at),
            _ => self.found_users(None),
        }
    }

    /// The object is broken or breaks off here, or is known to be too large.
    fn broken(&mut self) -> Result<Found, Fatal> {
        // A list that is broken inside is still that list.
        let open = self.head.census.open_list().filter(|_| !self.is_for_sure());
        match open.filter(|open| self.head.usual().eq([*open])) {
            Some(open) => Ok(self.list(open.keys.clone())),
            None => self.users(None),
        }
    }

    /// No list was found: the text is users. The first one ends after so many bytes, or is broken.
    fn users(&mut self, end: Option<usize>) -> Result<Found, Fatal> {
        match &self.head.target {
            Target::Asked(keys) => Err(self.head.not_found(keys, self.start())),
            _ => Ok(self.found_users(end)),
        }
    }

    fn found_users(&mut self, end: Option<usize>) -> Found {
        let (max, cursor) = (self.max_record_size, self.cursor);
        let record = match self.state {
            State::Dropped { start, length, .. } => Some(TooLarge {
                start,
                length,
                checker: self.head.checker.clone(),
            }),
            _ => None,
        };
        let is_over_lines = match self.state {
            State::Dropped { is_over_lines, .. } => is_over_lines,
            _ => {
                is_rest_of_line_blank(&self.kept)
                    || end.is_some_and(|end| self.kept[..end].contains(&b'\n'))
            }
        };
        let splitter = if self.is_in_array {
            Splitter::List(List::new(max, Surround::Array, cursor, record))
        } else if is_over_lines {
            Splitter::List(List::new(max, Surround::Nothing, cursor, record))
        } else {
            Splitter::Lines(Lines::new(max, cursor, record))
        };
        let doubt = end
            .filter(|_| !self.is_in_array)
            .and_then(|_| self.head.doubt());
        self.found(splitter, doubt)
    }

    fn found(&mut self, splitter: Splitter, doubt: Option<Doubt>) -> Found {
        Found {
            splitter,
            text: mem::take(&mut self.kept),
            doubt,
        }
    }
}

/// Whether an object's brace is alone on its line.
fn is_rest_of_line_blank(text: &[u8]) -> bool {
    let blanks = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\r');
    let blanks = text.iter().skip(1).take_while(blanks).count();
    text.get(1 + blanks) == Some(&b'\n')
}
