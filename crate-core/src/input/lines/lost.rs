//! Recovery within a line after a broken record: finds where the next record may start.

use crate::input::brackets::Brackets;
use crate::json::blank::{RECORD_SEPARATOR, is_blank};
use crate::json::check::Checker;

/// Inside a part of a line that was already reported.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lost {
    /// The brackets of a broken record.
    brackets: Option<Brackets>,
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
            brackets: Some(Brackets::in_object()),
            is_behind_brace: false,
        }
    }

    /// At the error in a record.
    pub(super) fn at_fault(checker: &Checker) -> Self {
        Self {
            brackets: Some(Brackets::at_fault(checker)),
            is_behind_brace: false,
        }
    }

    /// Whether it is a broken record that is still open.
    pub(super) fn is_open_record(&self) -> bool {
        self.brackets.is_some()
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
        let brackets = self.brackets.as_mut();
        match brackets.is_some_and(|brackets| brackets.take(byte)) {
            true => Next::Closed,
            false => Next::Lost,
        }
    }
}
