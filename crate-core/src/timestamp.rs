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

/// A clock that follows the wall clock forward but never back, and never stands still.
///
/// Jobs expire by it: a wall clock that was set back 25 hours neither keeps nor deletes a job.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SteadyClock {
    latest: Timestamp,
    monotonic: u64,
}

impl SteadyClock {
    /// A clock that has already seen `latest`.
    pub(crate) fn new(latest: Timestamp, monotonic: u64) -> Self {
        Self { latest, monotonic }
    }

    /// The time of a moment.
    pub(crate) fn time(&mut self, moment: &Moment) -> Timestamp {
        let passed = moment.monotonic.saturating_sub(self.monotonic);
        self.latest = self.latest.plus(passed).max(moment.wall);
        self.monotonic = self.monotonic.max(moment.monotonic);
        self.latest
    }
}
