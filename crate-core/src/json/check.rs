//! The JSON grammar as a state machine that can pause at any byte.

mod number;

use number::Number;
use thiserror::Error;

use crate::effort::spend;
use crate::json::blank::is_blank;
use crate::json::found::Found;

/// The most nested objects and arrays in a record, counting the record itself.
pub(crate) const MAX_DEPTH: usize = 512;

/// What is wrong with a JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{}", .expected.with(.found))]
pub(crate) struct Violation {
    pub expected: Expected,
    pub found: Found,
    /// How many bytes before the end of the step the found text starts.
    pub back: usize,
}

/// What the grammar wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(crate) enum Expected {
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
    #[error("nested deeper than {MAX_DEPTH} levels")]
    Depth,
}

impl Expected {
    /// Says what was wanted and what stands there.
    fn with(self, found: &Found) -> String {
        match self {
            Self::Depth => self.to_string(),
            Self::Control if found.bytes() == b"\n" => {
                "a string does not end on its line: its closing `\"` is missing, or a line feed in it is not escaped".to_owned()
            }
            _ => format!("{self}, found {found}"),
        }
    }
}

/// How far a [`Checker`] got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// All bytes are valid so far and the object is still open.
    More,
    /// The object ends before this byte.
    End(usize),
    /// The text before this byte is invalid, or this byte is. A word is taken to its end, so that the
    /// violation can name it; no byte of it closes or opens anything.
    Violation(usize, Violation),
}

/// Checks one JSON object, but not its UTF-8: every byte from 0x80 passes as a letter.
#[derive(Clone, Debug)]
pub(crate) struct Checker {
    state: State,
    depth: usize,
    /// The word that is no valid text, and how many of its bytes are invalid.
    found: Found,
    overrun: usize,
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
    String {
        is_key: bool,
    },
    Escape {
        is_key: bool,
    },
    Unicode {
        is_key: bool,
        left: u8,
    },
    /// In a word of which so many bytes were read.
    Literal {
        word: &'static [u8],
        length: usize,
    },
    Number(Number),
    /// In a word that stands where something else is expected.
    Invalid(Expected),
}

impl Checker {
    pub(crate) fn new() -> Self {
        Self {
            state: State::Start,
            depth: 0,
            found: Found::default(),
            overrun: 0,
            objects: [0; MAX_DEPTH / 64],
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

    /// Starts inside an array, after its `[`; ends where the array does.
    pub(crate) fn in_array() -> Self {
        Self {
            depth: 1,
            state: State::FirstElement,
            ..Self::new()
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
            if let State::Invalid(expected) = self.state {
                if !self.found.take(bytes[at]) {
                    return Step::Violation(at, self.violation(expected, self.found.length()));
                }
                self.overrun += 1;
                at += 1;
                continue;
            }
            match self.take(bytes[at]) {
                Ok(Taken::Byte) => at += 1,
                Ok(Taken::Nothing) => {}
                Ok(Taken::End) => return Step::End(at + 1),
                Err(expected) => match self.begin_word(bytes[at]) {
                    true => self.state = State::Invalid(expected),
                    false => {
                        self.found = Found::of(&bytes[at..=at]);
                        return Step::Violation(at, self.violation(expected, 0));
                    }
                },
            }
        }
        Step::More
    }

    /// Whether this invalid byte belongs to a word, which may have begun as a valid one.
    fn begin_word(&mut self, byte: u8) -> bool {
        self.found = match self.state {
            State::Literal { word, length } => Found::of(&word[..length]),
            State::Number(Number::Minus) => Found::of(b"-"),
            _ => Found::default(),
        };
        // `tru}` shows `tru`, but of `-}` the brace is what is wrong.
        let is_literal = matches!(self.state, State::Literal { .. });
        !self.is_in_string() && (is_literal || Found::begins(byte))
    }

    fn violation(&self, expected: Expected, back: usize) -> Violation {
        Violation {
            expected,
            found: self.found,
            back,
        }
    }

    /// How many bytes were taken since the first invalid one.
    pub(crate) fn overrun(&self) -> usize {
        self.overrun
    }

    fn take(&mut self, byte: u8) -> Result<Taken, Expected> {
        if is_blank(byte) && self.allows_blank() {
            return Ok(Taken::Byte);
        }
        self.state = match self.state {
            State::Start if byte == b'{' => return self.open(true),
            State::Start => return Err(Expected::Value),
            State::FirstElement if byte == b']' => return Ok(self.close()),
            State::FirstElement | State::Value => return self.value(byte),
            State::FirstKey if byte == b'}' => return Ok(self.close()),
            State::FirstKey if byte != b'"' => return Err(Expected::FirstKey),
            State::Key if byte != b'"' => return Err(Expected::Key),
            State::FirstKey | State::Key => State::String { is_key: true },
            State::Colon if byte == b':' => State::Value,
            State::Colon => return Err(Expected::Colon),
            State::AfterValue => return self.after_value(byte),
            State::String { is_key } => match byte {
                b'"' if is_key => State::Colon,
                b'"' => State::AfterValue,
                b'\\' => State::Escape { is_key },
                _ => return Err(Expected::Control),
            },
            State::Escape { is_key } => match byte {
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => State::String { is_key },
                b'u' => State::Unicode { is_key, left: 4 },
                _ => return Err(Expected::Escape),
            },
            State::Unicode { .. } if !byte.is_ascii_hexdigit() => return Err(Expected::Unicode),
            State::Unicode { is_key, left: 1 } => State::String { is_key },
            State::Unicode { is_key, left } => State::Unicode {
                is_key,
                left: left - 1,
            },
            State::Literal { word, length } if word[length] == byte => match length + 1 {
                end if end == word.len() => State::AfterValue,
                length => State::Literal { word, length },
            },
            State::Literal { .. } => return Err(Expected::Literal),
            State::Invalid(expected) => return Err(expected),
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

    fn value(&mut self, byte: u8) -> Result<Taken, Expected> {
        self.state = match byte {
            b'{' => return self.open(true),
            b'[' => return self.open(false),
            b'"' => State::String { is_key: false },
            b't' => literal(b"true"),
            b'f' => literal(b"false"),
            b'n' => literal(b"null"),
            b'-' => State::Number(Number::Minus),
            b'0' => State::Number(Number::Zero),
            b'1'..=b'9' => State::Number(Number::Integer),
            _ => return Err(Expected::Value),
        };
        Ok(Taken::Byte)
    }

    fn after_value(&mut self, byte: u8) -> Result<Taken, Expected> {
        match (byte, self.is_in_object()) {
            (b',', true) => self.state = State::Key,
            (b',', false) => self.state = State::Value,
            (b'}', true) | (b']', false) => return Ok(self.close()),
            (_, true) => return Err(Expected::ObjectEnd),
            (_, false) => return Err(Expected::ArrayEnd),
        }
        Ok(Taken::Byte)
    }

    fn open(&mut self, is_object: bool) -> Result<Taken, Expected> {
        if self.depth == MAX_DEPTH {
            return Err(Expected::Depth);
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

/// After the first byte of a word.
fn literal(word: &'static [u8]) -> State {
    State::Literal { word, length: 1 }
}

/// Length of the leading plain text of a string: no quote, backslash or control character.
fn plain_length(bytes: &[u8]) -> usize {
    let special = |&byte: &u8| byte == b'"' || byte == b'\\' || byte < 0x20;
    bytes.iter().position(special).unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests;
