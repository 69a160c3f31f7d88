//! The JSON grammar as a state machine that can pause at any byte.

mod number;

use number::Number;
use thiserror::Error;

use crate::effort::spend;
use crate::json::blank::is_blank;

/// The most nested objects and arrays in a record, counting the record itself.
pub(crate) const MAX_DEPTH: usize = 512;

/// What is wrong with a JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(crate) enum Violation {
    #[error("expected a value")]
    Value,
    #[error("expected a key in double quotes, or `}}`")]
    FirstKey,
    #[error("expected a key in double quotes")]
    Key,
    #[error("expected `:` after the key")]
    Colon,
    #[error("expected `,` or `}}`")]
    ObjectEnd,
    #[error("expected `,` or `]`")]
    ArrayEnd,
    #[error("expected `true`, `false` or `null`")]
    Literal,
    #[error("expected a digit")]
    Digit,
    #[error("unescaped control character in a string")]
    Control,
    #[error("expected one of `\"`, `\\`, `/`, `b`, `f`, `n`, `r`, `t`, `u` after `\\`")]
    Escape,
    #[error("expected four hex digits after `\\u`")]
    Unicode,
    #[error("the line ends inside the record")]
    LineEnd,
    #[error("nested deeper than {MAX_DEPTH} levels")]
    Depth,
}

/// How far a [`Checker`] got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// All bytes are valid so far and the object is still open.
    More,
    /// The object ends before this byte.
    End(usize),
    /// This byte is invalid here.
    Violation(usize, Violation),
}

/// Checks one JSON object, but not its UTF-8: every byte from 0x80 passes as a letter.
#[derive(Clone, Debug)]
pub(crate) struct Checker {
    state: State,
    depth: usize,
    /// Whether the object must not contain a line feed.
    is_on_line: bool,
    /// One bit per level, set if it is an object. Levels past the last bit are never opened.
    objects: [u64; MAX_DEPTH / 64],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Start,
    Value,
    FirstElement,
    FirstKey,
    Key,
    Colon,
    AfterValue,
    String { is_key: bool },
    Escape { is_key: bool },
    Unicode { is_key: bool, left: u8 },
    Literal { rest: &'static [u8] },
    Number(Number),
}

impl Checker {
    pub(crate) fn new() -> Self {
        Self {
            state: State::Start,
            depth: 0,
            is_on_line: false,
            objects: [0; MAX_DEPTH / 64],
        }
    }

    /// For an object that must not contain a line feed.
    pub(crate) fn on_line() -> Self {
        Self {
            is_on_line: true,
            ..Self::new()
        }
    }

    /// Starts inside `depth` objects, after a member of the innermost one.
    pub(crate) fn after_member(depth: usize) -> Self {
        Self {
            depth,
            state: State::AfterValue,
            objects: [u64::MAX; MAX_DEPTH / 64],
            ..Self::new()
        }
    }

    /// The same object, which must not contain a line feed from here on.
    pub(crate) fn confined_to_line(self) -> Self {
        Self {
            is_on_line: true,
            ..self
        }
    }

    /// The number of open levels.
    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    /// Whether the next byte is inside a string.
    pub(crate) fn is_in_string(&self) -> bool {
        matches!(
            self.state,
            State::String { .. } | State::Escape { .. } | State::Unicode { .. }
        )
    }

    /// Checks the next bytes of the object. Must not be called after an end or a violation.
    pub(crate) fn feed(&mut self, bytes: &[u8]) -> Step {
        let step = self.feed_on(bytes);
        spend(match step {
            Step::More => bytes.len(),
            Step::End(at) | Step::Violation(at, _) => at,
        });
        step
    }

    fn feed_on(&mut self, bytes: &[u8]) -> Step {
        let mut at = 0;
        while at < bytes.len() {
            if let State::String { .. } = self.state {
                at += plain_length(&bytes[at..]);
                if at == bytes.len() {
                    break;
                }
            }
            match self.take(bytes[at]) {
                Ok(Taken::Byte) => at += 1,
                Ok(Taken::Nothing) => {}
                Ok(Taken::End) => return Step::End(at + 1),
                Err(violation) => return Step::Violation(at, violation),
            }
        }
        Step::More
    }

    fn take(&mut self, byte: u8) -> Result<Taken, Violation> {
        if is_blank(byte) && self.allows_blank() {
            if byte == b'\n' && self.is_on_line {
                return Err(Violation::LineEnd);
            }
            return Ok(Taken::Byte);
        }
        self.state = match self.state {
            State::Start if byte == b'{' => return self.open(true),
            State::Start => return Err(Violation::Value),
            State::FirstElement if byte == b']' => return Ok(self.close()),
            State::FirstElement | State::Value => return self.value(byte),
            State::FirstKey if byte == b'}' => return Ok(self.close()),
            State::FirstKey if byte != b'"' => return Err(Violation::FirstKey),
            State::Key if byte != b'"' => return Err(Violation::Key),
            State::FirstKey | State::Key => State::String { is_key: true },
            State::Colon if byte == b':' => State::Value,
            State::Colon => return Err(Violation::Colon),
            State::AfterValue => return self.after_value(byte),
            State::String { is_key } => match byte {
                b'"' if is_key => State::Colon,
                b'"' => State::AfterValue,
                b'\\' => State::Escape { is_key },
                _ => return Err(Violation::Control),
            },
            State::Escape { is_key } => match byte {
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => State::String { is_key },
                b'u' => State::Unicode { is_key, left: 4 },
                _ => return Err(Violation::Escape),
            },
            State::Unicode { .. } if !byte.is_ascii_hexdigit() => return Err(Violation::Unicode),
            State::Unicode { is_key, left: 1 } => State::String { is_key },
            State::Unicode { is_key, left } => State::Unicode {
                is_key,
                left: left - 1,
            },
            State::Literal { rest } => match rest {
                [next, rest @ ..] if *next == byte && rest.is_empty() => State::AfterValue,
                [next, rest @ ..] if *next == byte => State::Literal { rest },
                _ => return Err(Violation::Literal),
            },
            State::Number(part) => match part.next(byte)? {
                Some(part) => State::Number(part),
                None => {
                    self.state = State::AfterValue;
                    return Ok(Taken::Nothing);
                }
            },
        };
        Ok(Taken::Byte)
    }

    fn allows_blank(&self) -> bool {
        matches!(
            self.state,
            State::Start
                | State::Value
                | State::FirstElement
                | State::FirstKey
                | State::Key
                | State::Colon
                | State::AfterValue
        )
    }

    fn value(&mut self, byte: u8) -> Result<Taken, Violation> {
        self.state = match byte {
            b'{' => return self.open(true),
            b'[' => return self.open(false),
            b'"' => State::String { is_key: false },
            b't' => State::Literal { rest: b"rue" },
            b'f' => State::Literal { rest: b"alse" },
            b'n' => State::Literal { rest: b"ull" },
            b'-' => State::Number(Number::Minus),
            b'0' => State::Number(Number::Zero),
            b'1'..=b'9' => State::Number(Number::Integer),
            _ => return Err(Violation::Value),
        };
        Ok(Taken::Byte)
    }

    fn after_value(&mut self, byte: u8) -> Result<Taken, Violation> {
        match (byte, self.is_in_object()) {
            (b',', true) => self.state = State::Key,
            (b',', false) => self.state = State::Value,
            (b'}', true) | (b']', false) => return Ok(self.close()),
            (_, true) => return Err(Violation::ObjectEnd),
            (_, false) => return Err(Violation::ArrayEnd),
        }
        Ok(Taken::Byte)
    }

    fn open(&mut self, is_object: bool) -> Result<Taken, Violation> {
        if self.depth == MAX_DEPTH {
            return Err(Violation::Depth);
        }
        let bit = 1 << (self.depth % 64);
        let word = &mut self.objects[self.depth / 64];
        *word = if is_object { *word | bit } else { *word & !bit };
        self.depth += 1;
        self.state = if is_object {
            State::FirstKey
        } else {
            State::FirstElement
        };
        Ok(Taken::Byte)
    }

    fn close(&mut self) -> Taken {
        self.depth -= 1;
        self.state = State::AfterValue;
        if self.depth == 0 {
            Taken::End
        } else {
            Taken::Byte
        }
    }

    fn is_in_object(&self) -> bool {
        let level = self.depth - 1;
        self.objects[level / 64] & (1 << (level % 64)) != 0
    }
}

/// What happened to a byte.
enum Taken {
    Byte,
    /// The byte ended a number and belongs to what follows.
    Nothing,
    End,
}

/// Length of the leading plain text of a string: no quote, backslash or control character.
fn plain_length(bytes: &[u8]) -> usize {
    let special = |&byte: &u8| byte == b'"' || byte == b'\\' || byte < 0x20;
    bytes.iter().position(special).unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests;
