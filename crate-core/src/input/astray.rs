//! Recovery after a broken record: finds where the next record may start.

use crate::json::check::Checker;

/// Whether the skipped text ended at a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// It continues.
    On,
    /// It ended before this byte.
    EndedBefore,
    /// It ended with this byte.
    EndedHere,
}

/// Follows the brackets of a value that is not a record, or of a record after its error.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Astray {
    /// The indentation of a broken record. A truncated record ends before a line that starts with `{`
    /// at this indentation, or with `]` at this or less.
    indent: Option<usize>,
    /// Whether a closing brace ends what surrounds the records.
    is_in_map: bool,
    depth: usize,
    is_in_string: bool,
    is_escaped: bool,
}

impl Astray {
    /// Before a value that is not an object. It may be valid JSON, so only its brackets count.
    pub(crate) fn before_other_value() -> Self {
        Self::default()
    }

    /// After the opening brace of an object.
    pub(crate) fn in_object() -> Self {
        Self {
            depth: 1,
            ..Self::default()
        }
    }

    /// At the error in a record indented by `indent` blanks.
    pub(crate) fn in_record(checker: &Checker, indent: usize) -> Self {
        Self {
            indent: Some(indent),
            depth: checker.depth(),
            is_in_string: checker.is_in_string(),
            is_escaped: false,
            is_in_map: false,
        }
    }

    /// The same where records are values of an object: there a closing brace ends the list, and no
    /// line starts with a record.
    pub(crate) fn in_map(self, is_in_map: bool) -> Self {
        Self {
            indent: self.indent.filter(|_| !is_in_map),
            is_in_map,
            ..self
        }
    }

    /// Takes the next byte, with its indentation if it is the first on its line.
    pub(crate) fn take(&mut self, byte: u8, column: Option<usize>) -> Way {
        if self.is_at_next_line_of_list(byte, column) {
            return Way::EndedBefore;
        }
        if self.is_in_string {
            match byte {
                _ if self.is_escaped => self.is_escaped = false,
                b'\\' => self.is_escaped = true,
                b'"' => self.is_in_string = false,
                // A JSON string cannot contain a line feed: its closing quote is missing.
                b'\n' => {
                    self.is_in_string = false;
                    if self.depth == 0 {
                        return Way::EndedHere;
                    }
                }
                _ => {}
            }
            return Way::On;
        }
        match byte {
            b'"' => self.is_in_string = true,
            b'{' | b'[' => self.depth += 1,
            b',' if self.depth == 0 => return Way::EndedBefore,
            b']' if self.depth == 0 && !self.is_in_map => return Way::EndedBefore,
            b'}' if self.depth == 0 && self.is_in_map => return Way::EndedBefore,
            b'\n' if self.depth == 0 => return Way::EndedHere,
            b'}' | b']' if self.depth > 0 => {
                self.depth -= 1;
                if self.depth == 0 {
                    return Way::EndedHere;
                }
            }
            _ => {}
        }
        Way::On
    }

    fn is_at_next_line_of_list(&self, byte: u8, column: Option<usize>) -> bool {
        match (self.indent, column) {
            (Some(indent), Some(column)) => {
                byte == b'{' && column == indent || byte == b']' && column <= indent
            }
            _ => false,
        }
    }
}
