//! Recovery within a line after a broken record: finds where the next record may start.

use crate::input::astray::{Astray, Way};
use crate::json::blank::{RECORD_SEPARATOR, is_blank};
use crate::json::check::Checker;

/// Inside a part of a line that was already reported.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lost {
    /// The brackets of a broken record.
    brackets: Option<Astray>,
    /// Whether only white space has followed a closing brace.
    is_behind_brace: bool,
}

/// What follows from a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// It is still lost.
    Lost,
    /// The broken record ended with this byte.
    Closed,
    /// An object that starts here may be the next record: inside a record, an opening brace never
    /// follows a closing one.
    MayBeRecord,
}

impl Lost {
    /// After the opening brace of a broken record.
    pub(super) fn in_record() -> Self {
        Self {
            brackets: Some(Astray::in_object()),
            is_behind_brace: false,
        }
    }

    /// At the error in a record.
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

    /// Takes a byte that does not start a record.
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
