//! The grammar of numbers.

use super::Expected;

/// The part of a number that was just read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    Minus,
    Zero,
    Integer,
    Point,
    Fraction,
    Exponent,
    ExponentSign,
    ExponentDigits,
}

impl Number {
    /// The part after `byte`; `None` where the number ended before it.
    pub(super) fn next(self, byte: u8) -> Result<Option<Self>, Expected> {
        Ok(Some(match (self, byte) {
            (Self::Minus, b'0') => Self::Zero,
            (Self::Minus, b'1'..=b'9') => Self::Integer,
            (Self::Integer, b'0'..=b'9') => Self::Integer,
            (Self::Zero | Self::Integer, b'.') => Self::Point,
            (Self::Point | Self::Fraction, b'0'..=b'9') => Self::Fraction,
            (Self::Zero | Self::Integer | Self::Fraction, b'e' | b'E') => Self::Exponent,
            (Self::Exponent, b'+' | b'-') => Self::ExponentSign,
            (Self::Exponent | Self::ExponentSign | Self::ExponentDigits, b'0'..=b'9') => {
                Self::ExponentDigits
            }
            (Self::Minus | Self::Point | Self::Exponent | Self::ExponentSign, _) => {
                return Err(Expected::Digit);
            }
            (Self::Zero | Self::Integer | Self::Fraction | Self::ExponentDigits, _) => {
                return Ok(None);
            }
        }))
    }
}
