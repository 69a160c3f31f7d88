//! Records and their positions.

use std::ops::{AddAssign, ControlFlow};
use std::str;

use crate::effort::spend;
use crate::error::{Error, ErrorCode, LeftOut};
use crate::json::check::Violation;
use crate::json::found::Found;
use crate::json::tokens::Marks;

/// A position in the text of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// From 0.
    pub byte: u64,
    /// From 1.
    pub line: u64,
}

impl Place {
    pub(crate) const START: Self = Self { byte: 0, line: 1 };

    /// Advances past `text`.
    pub(crate) fn pass(&mut self, text: &[u8]) {
        spend(text.len());
        self.byte += text.len() as u64;
        self.line += memchr::memchr_iter(b'\n', text).count() as u64;
    }

    pub(crate) fn after(mut self, text: &[u8]) -> Self {
        self.pass(text);
        self
    }
}

/// What was found where a record should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Item<'a> {
    /// A fully checked JSON object, without surrounding white space.
    Record(&'a [u8]),
    /// Anything else, which is left out.
    Broken(Broken),
}

/// What is worth a remark, but costs no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Note {
    /// A comma behind an object on a line.
    Comma,
    /// A line of a bulk file that says what to do.
    Action,
    /// Cells of a row of CSV whose text is not of the type of its column.
    UntypedCells(u64),
}

/// How often each [`Note`] was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Notes {
    pub commas: u64,
    pub actions: u64,
    pub untyped_cells: u64,
}

impl Notes {
    pub(crate) fn add(&mut self, note: Note) {
        match note {
            Note::Comma => self.commas += 1,
            Note::Action => self.actions += 1,
            Note::UntypedCells(count) => self.untyped_cells += count,
        }
    }
}

impl AddAssign for Notes {
    fn add_assign(&mut self, other: Self) {
        self.commas += other.commas;
        self.actions += other.actions;
        self.untyped_cells += other.untyped_cells;
    }
}

/// Why a record is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Broken {
    pub code: ErrorCode,
    pub message: String,
}

impl Broken {
    pub(crate) fn record(message: impl Into<String>) -> Self {
        Self {
            code: ErrorCode::BadRecord,
            message: message.into(),
        }
    }

    /// The JSON is invalid at this byte of the file.
    pub(crate) fn at(violation: Violation, byte: u64) -> Self {
        Self::record(format!("{violation} at byte {byte}"))
    }

    pub(crate) fn too_large(max_record_size: usize) -> Self {
        let message = format!("the record is larger than the maximum of {max_record_size} bytes");
        Self {
            code: ErrorCode::RecordTooLarge,
            message,
        }
    }

    /// The value that starts with this text is not an object.
    pub(crate) fn no_object(found: &Found) -> Self {
        Self::record(match found.bytes() {
            b"[" => "expected a JSON object, found an array".to_owned(),
            b"\"" => "expected a JSON object, found a string".to_owned(),
            b"\0" => "expected a JSON object, found NUL bytes; was the file written completely?"
                .to_owned(),
            _ => format!("expected a JSON object, found {found}"),
        })
    }

    pub(crate) fn cut() -> Self {
        Self::record("the record is truncated: its closing `}` is missing")
    }

    /// Its report. `record` counts from 1 across all files; `file` is an index.
    pub(crate) fn report(self, place: Place, record: u64, file: usize) -> LeftOut {
        LeftOut {
            code: self.code,
            record,
            line: place.line,
            byte: place.byte,
            message: self.message,
            input: file,
        }
    }
}

/// An unchecked record, offered with the tokens found in its text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Offer<'a> {
    pub text: &'a [u8],
    /// Offsets of tokens, starting with the record's opening brace.
    pub tokens: &'a [u32],
    /// What else was found in the text.
    pub marks: &'a Marks,
    pub follow: Follow,
    pub max_record_size: usize,
}

/// What must follow a record for it to be valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Follow {
    /// The list decides.
    Anything,
    /// A line feed, which is then taken too, another object or a comma.
    LineEnd,
    /// Another object, possibly after a comma.
    Object,
}

/// Why an offered record was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The tokens end before the record does.
    Cut,
    /// It may be invalid; the slow path decides.
    Doubt,
}

/// Takes what the splitters find, in input order.
pub(crate) trait Sink {
    /// Takes an item; `Break` stops the reading.
    fn take(&mut self, place: Place, item: Item<'_>) -> Flow;

    /// Takes an unchecked record if it is valid, and returns the number of its tokens. A refusing
    /// sink has no side effect.
    fn take_offer(&mut self, offer: &Offer<'_>) -> Result<(usize, Flow), Refusal>;

    /// Hears of something worth a remark.
    fn note(&mut self, note: Note);
}

/// An error that ends the job. Boxed, because it passes through many functions that would copy it.
pub(crate) type Fatal = Box<Error>;

/// Continue, stop because enough was read, or fail.
pub(crate) type Flow = Result<ControlFlow<()>, Fatal>;

pub(crate) const GO_ON: Flow = Ok(ControlFlow::Continue(()));

/// Returns from the function unless the flow continues.
macro_rules! flow {
    ($flow:expr) => {
        if let std::ops::ControlFlow::Break(()) = $flow? {
            return Ok(std::ops::ControlFlow::Break(()));
        }
    };
}
pub(crate) use flow;

/// The job cannot continue: at this position the input is truncated or does not consist of records.
pub(crate) fn fatal(place: Place, message: impl ToString) -> Fatal {
    Fatal::new(Error {
        code: ErrorCode::BadRecord,
        record: None,
        line: Some(place.line),
        byte: Some(place.byte),
        message: message.to_string(),
        input: 0,
        file: None,
        lists: Box::default(),
    })
}

/// Checks that the record is valid UTF-8.
pub(crate) fn check_utf8(record: &[u8], place: Place) -> Result<(), Broken> {
    str::from_utf8(record).map(drop).map_err(|error| {
        let byte = place.byte + error.valid_up_to() as u64;
        Broken::record(format!("invalid UTF-8 at byte {byte}"))
    })
}
