//! Times, which are always passed in.

use std::fmt;
use std::time::{Duration, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// A time by the wall clock, in milliseconds since 1970-01-01T00:00:00Z.
///
/// ```
/// use rollcall_core::Timestamp;
///
/// assert_eq!(Timestamp(1_630_700_188_389).to_string(), "2021-09-03T20:16:28.389Z");
/// ```
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(pub u64);

/// 9999-12-31T23:59:59.999Z, the last time that has this form.
const LAST: u64 = 253_402_300_799_999;

impl Timestamp {
    /// This time and so many milliseconds.
    pub fn plus(self, milliseconds: u64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// This time less so many milliseconds.
    pub(crate) fn minus(self, milliseconds: u64) -> Self {
        Self(self.0.saturating_sub(milliseconds))
    }

    /// Milliseconds since an earlier time; 0 if it is not earlier.
    pub fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = UNIX_EPOCH + Duration::from_millis(self.0.min(LAST));
        humantime::format_rfc3339_millis(time).fmt(f)
    }
}

/// Now, by both clocks that a runner has, with the randomness that an answer may need.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// By the wall clock, which people and networks set back and forth.
    pub wall: Timestamp,
    /// Milliseconds by a clock that never goes back, since any start.
    pub monotonic: u64,
    /// Bytes that nobody can guess.
    pub entropy: [u8; 32],
}

/// A clock that never goes back, and never stands still while one of the two clocks goes on.
///
/// Jobs expire by it: a wall clock that was set back 25 hours keeps no job for longer, and neither
/// does a monotonic clock that sleeps with the computer.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SteadyClock {
    latest: Timestamp,
    /// What both clocks showed last.
    shown: Option<(Timestamp, u64)>,
}

impl SteadyClock {
    /// The time of a moment; of the first one by its wall clock.
    pub(crate) fn time(&mut self, moment: &Moment) -> Timestamp {
        self.latest = match self.shown {
            None => moment.wall,
            Some((wall, monotonic)) => {
                let by_wall = moment.wall.since(wall);
                let by_monotonic = moment.monotonic.saturating_sub(monotonic);
                self.latest.plus(by_wall.max(by_monotonic))
            }
        };
        self.shown = Some((moment.wall, moment.monotonic));
        self.latest
    }
}
