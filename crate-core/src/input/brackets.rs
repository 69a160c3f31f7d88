//! The brackets of text that is not valid JSON.

use crate::json::check::Checker;

/// Counts brackets outside strings.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Brackets {
    depth: usize,
    is_in_string: bool,
    is_escaped: bool,
}

impl Brackets {
    /// After the opening brace of an object.
    pub(super) fn in_object() -> Self {
        Self {
            depth: 1,
            ..Self::default()
        }
    }

    /// At the error in an object.
    pub(super) fn at_fault(checker: &Checker) -> Self {
        Self {
            depth: checker.depth(),
            is_in_string: checker.is_in_string(),
            is_escaped: false,
        }
    }

    /// Whether the next byte is outside all brackets and strings.
    pub(super) fn is_outside(&self) -> bool {
        self.depth == 0 && !self.is_in_string
    }

    /// Takes the next byte; returns whether it closes the last bracket, or one that was never opened.
    pub(super) fn take(&mut self, byte: u8) -> bool {
        if self.is_in_string {
            match byte {
                // A JSON string cannot contain a line feed: its closing quote is missing.
                b'\n' => (self.is_in_string, self.is_escaped) = (false, false),
                _ if self.is_escaped => self.is_escaped = false,
                b'\\' => self.is_escaped = true,
                b'"' => self.is_in_string = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.is_in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}
