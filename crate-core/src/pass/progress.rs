//! How far an export is, and how long it will take.

use serde::{Deserialize, Serialize};

/// What has been read so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Bytes of the files read, as they are stored (compressed, if they are).
    pub bytes_in: u64,
    /// Records read, the left-out ones too.
    pub read: u64,
    /// Users written.
    pub exported: u64,
    /// Records that could not be read.
    pub left_out: u64,
}

/// Percentage and time left, from [`Progress`] and the time passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    bytes_total: u64,
    limit: Option<u64>,
    percentage_done: u8,
}

impl Rate {
    /// For an input of `bytes_total` bytes and an export of at most `limit` users.
    pub fn new(bytes_total: u64, limit: Option<u64>) -> Self {
        Self {
            bytes_total,
            limit,
            percentage_done: 0,
        }
    }

    /// The percentage from 0 to 100; it never falls.
    pub fn percentage_done(&mut self, progress: &Progress) -> u8 {
        let percentage = (self.part_done(progress) * 100.0) as u8;
        self.percentage_done = self.percentage_done.max(percentage);
        self.percentage_done
    }

    /// Seconds until the end if all goes on as it did for the `seconds` so far; `None` until a
    /// whole second has passed and anything was read.
    pub fn time_left_seconds(&self, progress: &Progress, seconds: f64) -> Option<u64> {
        let done = self.part_done(progress);
        (seconds >= 1.0 && done > 0.0).then(|| (seconds * (1.0 - done) / done).ceil() as u64)
    }

    /// From 0 to 1: of the bytes, or of the limit where that is nearer.
    fn part_done(&self, progress: &Progress) -> f64 {
        let part = |done: u64, total: u64| {
            if total == 0 {
                0.0
            } else {
                done as f64 / total as f64
            }
        };
        let of_limit = self
            .limit
            .map_or(0.0, |limit| part(progress.exported, limit));
        part(progress.bytes_in, self.bytes_total)
            .max(of_limit)
            .min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentage_follows_bytes_or_limit_and_never_falls() {
        let at = |bytes_in, exported| Progress {
            bytes_in,
            exported,
            ..Progress::default()
        };
        let mut rate = Rate::new(1000, Some(10));
        for (progress, want) in [
            (at(0, 0), 0),
            (at(99, 0), 9),
            (at(99, 5), 50),
            (at(10, 0), 50),
            (at(1000, 5), 100),
            (at(2000, 5), 100),
        ] {
            assert_eq!(rate.percentage_done(&progress), want, "{progress:?}");
        }
    }

    #[test]
    fn time_left_is_known_after_a_second() {
        let rate = Rate::new(100, None);
        let at = |bytes_in| Progress {
            bytes_in,
            ..Progress::default()
        };
        for (bytes, seconds, want) in [
            (0, 5.0, None),
            (50, 0.5, None),
            (50, 2.0, Some(2)),
            (75, 3.0, Some(1)),
            (100, 9.0, Some(0)),
        ] {
            assert_eq!(
                rate.time_left_seconds(&at(bytes), seconds),
                want,
                "{bytes} {seconds}"
            );
        }
    }
}
