//! The way through something that was left out, to where the next record may begin.

use crate::json::check::Checker;

/// Where the text goes on after a byte of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// It is still the same thing.
    On,
    /// It ended before this byte.
    EndedBefore,
    /// It ended with this byte.
    EndedHere,
}

/// Follows the brackets of something that is no record, or of a record behind its fault.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Astray {
    /// How far to the right a broken record began. A record that is only broken off ends before a
    /// line that begins there with `{`, or there or further left with `]`.
    indent: Option<usize>,
    depth: usize,
    is_in_string: bool,
    is_escaped: bool,
}

impl Astray {
    /// Before something that is no object. It may be valid JSON: only its brackets count.
    pub(crate) fn before_other_value() -> Self {
        Self::default()
    }

    /// Behind the opening brace of an object.
    pub(crate) fn in_object() -> Self {
        Self {
            depth: 1,
            ..Self::default()
        }
    }

    /// At the fault of a record that began `indent` blanks into its line.
    pub(crate) fn in_record(checker: &Checker, indent: usize) -> Self {
        Self {
            indent: Some(indent),
            depth: checker.depth(),
            is_in_string: checker.is_in_string(),
            is_escaped: false,
        }
    }

    /// Takes the next byte, with how many blanks stand before it if it is the first on its line.
    pub(crate) fn take(&mut self, byte: u8, column: Option<usize>) -> Way {
        if self.is_at_next_line_of_list(byte, column) {
            return Way::EndedBefore;
        }
        if self.is_in_string {
            match byte {
                _ if self.is_escaped => self.is_escaped = false,
                b'\\' => self.is_escaped = true,
                b'"' => self.is_in_string = false,
                // JSON has no line feed in a string: its end is missing.
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
            b',' | b']' if self.depth == 0 => return Way::EndedBefore,
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
