//! Elasticsearch bulk files: a line says what to do, the next one holds the document.

use std::ops::ControlFlow;

use super::lines::Lines;
use crate::input::record::{Broken, Flow, Item, Note, Offer, Place, Refusal, Sink};
use crate::json::blank::skip_blanks;
use crate::json::check::{Checker, Step};
use crate::json::read::{Kind, Members};
use crate::json::text::text_of;

/// What a line says is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// The next line is a document.
    Store,
    /// The next line holds a document under `doc`.
    Update,
    /// No document follows.
    Delete,
}

impl Action {
    /// The action that a checked object is: an object under a single key, one of four.
    pub(super) fn of(object: &[u8]) -> Option<Self> {
        let mut members = Members::new(object, 0);
        let (only, None) = (members.next()?, members.next()) else {
            return None;
        };
        if Kind::of(&object[only.value]) != Kind::Object {
            return None;
        }
        match text_of(&object[only.key])?.as_str() {
            "index" | "create" => Some(Self::Store),
            "update" => Some(Self::Update),
            "delete" => Some(Self::Delete),
            _ => None,
        }
    }
}

/// Whether a file is a bulk file whose first object is `first`; `None` if the next line has not
/// ended yet. `rest` starts with the next object, `is_end` says that nothing follows it.
pub(super) fn is_bulk(first: &[u8], rest: &[u8], is_end: bool) -> Option<bool> {
    let Some(action) = Action::of(first) else {
        return Some(false);
    };
    let line = match memchr::memchr(b'\n', rest) {
        Some(end) => &rest[..end],
        None if is_end => rest,
        None => return None,
    };
    let mut checker = Checker::new();
    let Step::End(length) = checker.feed(line) else {
        return Some(false);
    };
    let is_alone = skip_blanks(line, length) == line.len();
    let is_action = Action::of(&line[..length]).is_some();
    Some(is_alone && (action != Action::Delete || is_action))
}

/// Splits a bulk file.
#[derive(Debug)]
pub(super) struct Bulk {
    lines: Lines,
    /// What the line before announced.
    announced: Option<Action>,
}

impl Bulk {
    pub(super) fn new(lines: Lines) -> Self {
        Self {
            lines,
            announced: None,
        }
    }

    pub(super) fn push(&mut self, chunk: &[u8], sink: &mut dyn Sink) -> Flow {
        let Self { lines, announced } = self;
        lines.push(chunk, &mut Documents { announced, sink })
    }

    /// Reads what is held back, even if it is incomplete.
    pub(super) fn flush(&mut self, sink: &mut dyn Sink) -> Flow {
        let Self { lines, announced } = self;
        lines.flush(&mut Documents { announced, sink })
    }

    /// Ends the file.
    pub(super) fn end(&mut self, sink: &mut dyn Sink) -> Flow {
        let Self { lines, announced } = self;
        lines.end(&mut Documents { announced, sink })
    }
}

/// Hands on the documents.
struct Documents<'a> {
    announced: &'a mut Option<Action>,
    sink: &'a mut dyn Sink,
}

impl Sink for Documents<'_> {
    fn take(&mut self, place: Place, item: Item<'_>) -> Flow {
        let announced = self.announced.take();
        let Item::Record(record) = item else {
            return self.sink.take(place, item);
        };
        match announced {
            None => match Action::of(record) {
                Some(action) => {
                    self.sink.note(Note::Action);
                    *self.announced = Some(action).filter(|action| *action != Action::Delete);
                    Ok(ControlFlow::Continue(()))
                }
                None => self.sink.take(place, item),
            },
            Some(Action::Update) => {
                let mut members = Members::new(record, 0);
                let doc = members.find(|member| {
                    &record[member.key.clone()] == b"doc"
                        && Kind::of(&record[member.value.clone()]) == Kind::Object
                });
                match doc {
                    Some(doc) => {
                        let place = place.after(&record[..doc.value.start]);
                        self.sink.take(place, Item::Record(&record[doc.value]))
                    }
                    None => {
                        let broken = Broken::record("expected an update with a document in `doc`");
                        self.sink.take(place, Item::Broken(broken))
                    }
                }
            }
            Some(_) => self.sink.take(place, item),
        }
    }

    fn take_offer(&mut self, offer: &Offer<'_>) -> Result<(usize, Flow), Refusal> {
        match self.announced {
            Some(Action::Store) => {
                let taken = self.sink.take_offer(offer)?;
                *self.announced = None;
                Ok(taken)
            }
            _ => Err(Refusal::Doubt),
        }
    }

    fn note(&mut self, note: Note) {
        self.sink.note(note);
    }
}
