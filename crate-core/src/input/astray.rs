//! Recovery in a list after a broken record: finds where the next record may start.

use crate::input::brackets::Brackets;
use crate::json::blank::is_blank;
use crate::json::check::Checker;

/// Whether the skipped text ended at a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It continues.
    On,
    /// It ended before this byte.
    EndedBefore,
    /// It ended with this byte.
    EndedHere,
}

/// What surrounds the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Around {
    Nothing,
    Brackets,
    /// The records are values of an object.
    Braces,
}

/// Skips a value that is not a record, or the rest of a broken record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Astray {
    brackets: Brackets,
    around: Around,
    /// How a broken record is laid out; `None` in another value.
    lines: Option<Lines>,
}

/// The lines of a broken record.
#[derive(Clone, Copy, Debug)]
struct Lines {
    /// The indentation of the line on which the record starts.
    indent: usize,
    /// Whether the record has passed its first line. From then on its brackets say less than the
    /// lines: one that is missing or too many would split the record, or join it to the next.
    has_more: bool,
    /// Whether a brace that may be its last one was passed, and then at most a comma.
    end: End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    None,
    Brace,
    Comma,
}

impl Astray {
    /// Before a value that is not an object. It may be valid JSON, so only its brackets count.
    pub(super) fn before_other_value(around: Around) -> Self {
        Self {
            brackets: Brackets::default(),
            around,
            lines: None,
        }
    }

    /// At the error in a record on a line with this indentation.
    pub(super) fn in_record(checker: &Checker, indent: usize, around: Around) -> Self {
        Self {
            brackets: Brackets::at_fault(checker),
            around,
            lines: Some(Lines {
                indent,
                has_more: false,
                end: End::None,
            }),
        }
    }

    /// After a brace that closed a record too early.
    pub(super) fn after_early_end(indent: usize) -> Self {
        Self {
            brackets: Brackets::default(),
            around: Around::Nothing,
            lines: Some(Lines {
                indent,
                has_more: true,
                end: End::None,
            }),
        }
    }

    /// Takes the next byte, with its indentation if it is the first on its line.
    pub(super) fn take(&mut self, byte: u8, column: Option<usize>) -> Way {
        match &mut self.lines {
            Some(lines) => lines.take(byte, column, &mut self.brackets, self.around),
            None => take_other_value(byte, &mut self.brackets, self.around),
        }
    }
}

/// Whether a byte closes what is around the records.
fn closes(byte: u8, around: Around) -> bool {
    match around {
        Around::Nothing => false,
        Around::Brackets => byte == b']',
        Around::Braces => byte == b'}',
    }
}

fn take_other_value(byte: u8, brackets: &mut Brackets, around: Around) -> Way {
    let was_outside = brackets.is_outside();
    let is_end = match byte {
        b',' => true,
        b']' => around != Around::Braces,
        _ => closes(byte, around),
    };
    if was_outside && is_end {
        return Way::EndedBefore;
    }
    let is_closed = brackets.take(byte) && !was_outside;
    match is_closed || byte == b'\n' && brackets.is_outside() {
        true => Way::EndedHere,
        false => Way::On,
    }
}

impl Lines {
    fn take(
        &mut self,
        byte: u8,
        column: Option<usize>,
        brackets: &mut Brackets,
        around: Around,
    ) -> Way {
        if column.is_some_and(|column| column <= self.indent) {
            match byte {
                // In an object, no line starts with a record.
                b'{' if around != Around::Braces => return Way::EndedBefore,
                b'}' if self.has_more
                    && (around != Around::Braces || column == Some(self.indent)) =>
                {
                    return Way::EndedHere;
                }
                _ if closes(byte, around) => return Way::EndedBefore,
                _ => {}
            }
        }
        if self.end != End::None {
            match byte {
                b'{' => return Way::EndedBefore,
                _ if closes(byte, around) => return Way::EndedBefore,
                b',' if self.end == End::Brace => {
                    self.end = End::Comma;
                    return Way::On;
                }
                _ if is_blank(byte) => return Way::On,
                _ => self.end = End::None,
            }
        }
        let is_closed = brackets.take(byte);
        if byte == b'\n' {
            self.has_more = true;
        }
        if !is_closed {
            return Way::On;
        }
        // Before a key, a comma says nothing: a brace in the middle of a line has to do.
        if !self.has_more || around == Around::Braces && column.is_none() {
            return Way::EndedHere;
        }
        if byte == b'}' {
            self.end = End::Brace;
        }
        Way::On
    }
}
