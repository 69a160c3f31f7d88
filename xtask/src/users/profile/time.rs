//! Points in time of a made-up user's life.

use crate::users::dice::Dice;
use std::fmt;

const DAY: u64 = 24 * 60 * 60 * 1000;

/// Milliseconds since the start of 2016, in a calendar whose months all have 28 days: every date
/// is valid, and later stays later, without a table of months.
#[derive(Clone, Copy)]
pub struct Moment(u64);

impl Moment {
    pub const START: Self = Self(0);
    /// Ten of those years.
    pub const END: Self = Self(10 * 12 * 28 * DAY);

    pub fn between(dice: &mut Dice, first: Self, last: Self) -> Self {
        Self(first.0 + dice.number() % (last.0 - first.0 + 1))
    }
}

impl fmt::Display for Moment {
    /// As Auth0 writes them: `2023-01-25T17:48:14.784Z`.
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let (days, rest) = (self.0 / DAY, self.0 % DAY);
        let (months, day) = (days / 28, days % 28 + 1);
        let (year, month) = (2016 + months / 12, months % 12 + 1);
        let (seconds, milliseconds) = (rest / 1000, rest % 1000);
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        write!(
            out,
            "{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milliseconds:03}Z"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_as_iso_8601() {
        for (moment, want) in [
            (Moment::START, "2016-01-01T00:00:00.000Z"),
            (Moment(12 * 28 * DAY - 1), "2016-12-28T23:59:59.999Z"),
            (Moment::END, "2026-01-01T00:00:00.000Z"),
        ] {
            assert_eq!(moment.to_string(), want);
        }
    }
}
