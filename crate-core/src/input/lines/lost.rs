//! The way through text of a line that was left out, to where the next record may begin.

use crate::input::astray::{Astray, Way};
use crate::json::blank::{RECORD_SEPARATOR, is_blank};
use crate::json::check::Checker;

/// In something of a line that was reported already.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lost {
    /// The brackets of a broken record.
    brackets: Option<Astray>,
    /// Whether nothing but blanks stands behind a closing brace.
    is_behind_brace: bool,
}

/// Where the text goes on from a byte of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// It is still lost.
    Lost,
    /// The broken record ended with this byte.
    Closed,
    /// An object that begins here may be the next record: nowhere inside of one does a brace that
    /// opens follow one that closes.
    MayBeRecord,
}

impl Lost {
    /// Behind the opening brace of a broken record.
    pub(super) fn in_record() -> Self {
        Self {
            brackets: Some(Astray::in_object()),
            is_behind_brace: false,
        }
    }

    /// At the fault of a record.
    pub(super) fn at_fault(checker: &Checker) -> Self {
        Self {
            brackets: Some(Astray::in_record(checker, 0)),
            is_behind_brace: false,
        }
    }

    /// Takes the next byte of the line.
    pub(super) fn take(&mut self, byte: u8) -> Next {
        if byte == b'{' && self.is_behind_brace {
            return Next::MayBeRecord;
        }
        self.pass(byte)
    }

    /// Takes a byte that begins no record.
    pub(super) fn pass(&mut self, byte: u8) -> Next {
        self.is_behind_brace =
            byte == b'}' || self.is_behind_brace && (is_blank(byte) || byte == RECORD_SEPARATOR);
        let way = self
            .brackets
            .as_mut()
            .map(|brackets| brackets.take(byte, None));
        match way {
            Some(Way::EndedHere) => Next::Closed,
            _ => Next::Lost,
        }
    }
}
