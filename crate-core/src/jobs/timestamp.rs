//! Times. The core has no clock; callers pass them in.

use std::fmt;
use std::time::{Duration, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// A wall-clock time in milliseconds since 1970-01-01T00:00:00Z.
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

/// 9999-12-31T23:59:59.999Z, the last time that this format can show.
const LAST: u64 = 253_402_300_799_999;

impl Timestamp {
    /// This time plus a number of milliseconds.
    pub fn plus(self, milliseconds: u64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// This time minus a number of milliseconds.
    pub(crate) fn minus(self, milliseconds: u64) -> Self {
        Self(self.0.saturating_sub(milliseconds))
    }

    /// Milliseconds since an earlier time; 0 if that is not earlier.
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

/// The current time by both of the runner's clocks, with randomness for the answer.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// By the wall clock, which may be set at any time.
    pub wall: Timestamp,
    /// Milliseconds since any fixed start, by a clock that never runs backwards.
    pub monotonic: u64,
    /// Unguessable bytes.
    pub entropy: [u8; 32],
}

/// A clock that never runs backwards, and never stops while either of the two clocks advances.
///
/// Jobs expire by it, so neither setting the wall clock back nor a monotonic clock that sleeps with
/// the computer keeps a job for longer.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SteadyClock {
    latest: Timestamp,
    /// The last reading of both clocks.
    shown: Option<(Timestamp, u64)>,
}

impl SteadyClock {
    /// The time of a moment; for the first one, its wall-clock time.
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
