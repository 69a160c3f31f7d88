//! Numbers, times and foreign texts as people read them.

mod foreign;

use rollcall_core::Size;

pub use rollcall_core::number::{count, number};

pub use foreign::{foreign, is_unseen, name, visible};

/// How fast the input is read; `None` before there is anything to go by.
pub fn speed(bytes: u64, seconds: f64) -> Option<String> {
    (bytes > 0 && seconds > 0.1).then(|| format!("{}/s", Size((bytes as f64 / seconds) as u64)))
}

/// A duration in its two largest units.
pub fn duration(seconds: u64) -> String {
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    match (hours, minutes) {
        (0, 0) => format!("{seconds} s"),
        (0, _) => format!("{minutes} min {} s", seconds % 60),
        _ => format!("{hours} h {minutes} min"),
    }
}

/// How long something is still kept: to the minute where that may matter.
pub fn remaining(seconds: u64) -> String {
    match (seconds / 3600, seconds / 60) {
        (0, 0) => "less than a minute".to_owned(),
        (0, minutes) => format!("{minutes} min"),
        (1..10, _) => duration(seconds),
        _ => format!("{} h", (seconds + 1800) / 3600),
    }
}

/// How long something took: short times with a tenth.
pub fn elapsed(seconds: f64) -> String {
    if seconds < 0.1 {
        "under 0.1 s".to_owned()
    } else if seconds < 10.0 {
        format!("{seconds:.1} s")
    } else {
        duration(seconds.round() as u64)
    }
}

/// A text that begins with a capital letter and ends in a full stop.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let end = if text.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    first
        .chain(letters.as_str().chars())
        .chain(end.chars())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_two_units() {
        for (seconds, want) in [
            (0, "0 s"),
            (59, "59 s"),
            (60, "1 min 0 s"),
            (3599, "59 min 59 s"),
            (3600, "1 h 0 min"),
            (90_000, "25 h 0 min"),
        ] {
            assert_eq!(duration(seconds), want);
        }
        for (seconds, want) in [
            (59, "less than a minute"),
            (3599, "59 min"),
            (3 * 3600 + 1250, "3 h 20 min"),
            (10 * 3600, "10 h"),
            (24 * 3600 - 1, "24 h"),
        ] {
            assert_eq!(remaining(seconds), want);
        }
        assert_eq!(elapsed(0.04), "under 0.1 s");
        assert_eq!(elapsed(0.449), "0.4 s");
        assert_eq!(elapsed(61.4), "1 min 1 s");
    }

    #[test]
    fn sentences_begin_and_end() {
        for (text, want) in [
            ("no room", "No room."),
            ("Gone.", "Gone."),
            ("überfüllt", "Überfüllt."),
        ] {
            assert_eq!(sentence(text), want);
        }
    }

    #[test]
    fn speed_needs_some_time() {
        assert_eq!(speed(0, 1.0), None);
        assert_eq!(speed(1_000_000, 0.05), None);
        for (bytes, seconds, want) in [
            (50_000_000, 2.0, "25.0 MB/s"),
            (2_400_000_000, 2.0, "1.20 GB/s"),
            (1_000, 2.0, "500 bytes/s"),
        ] {
            assert_eq!(speed(bytes, seconds).as_deref(), Some(want));
        }
    }
}
