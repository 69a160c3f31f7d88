//! Human-readable sizes.

use std::fmt;

/// Decimal units and their names. The last one can show any `u64`.
const UNITS: [(u64, &str); 6] = [
    (1_000, "kB"),
    (1_000_000, "MB"),
    (1_000_000_000, "GB"),
    (1_000_000_000_000, "TB"),
    (1_000_000_000_000_000, "PB"),
    (1_000_000_000_000_000_000, "EB"),
];

/// A byte count, displayed with three digits and a decimal unit: `1.22 GB`.
///
/// ```
/// assert_eq!(rollcall_core::Size(1_216_800_000).to_string(), "1.22 GB");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size(pub u64);

impl fmt::Display for Size {
    // Integers only: code to format floats would add too much to the engine.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(bytes) = *self;
        if bytes < 1000 {
            let ending = if bytes == 1 { "" } else { "s" };
            return write!(f, "{bytes} byte{ending}");
        }
        for (unit, name) in UNITS {
            if let Some(digits) = rounded(bytes, unit / 100) {
                return write!(f, "{}.{:02} {name}", digits / 100, digits % 100);
            }
            if let Some(digits) = rounded(bytes, unit / 10) {
                return write!(f, "{}.{} {name}", digits / 10, digits % 10);
            }
            if let Some(digits) = rounded(bytes, unit) {
                return write!(f, "{digits} {name}");
            }
        }
        Ok(())
    }
}

/// The size in steps, if three digits suffice.
fn rounded(bytes: u64, step: u64) -> Option<u64> {
    let steps = bytes.saturating_add(step / 2) / step;
    (steps < 1000).then_some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_three_digits() {
        for (size, want) in [
            (0, "0 bytes"),
            (1, "1 byte"),
            (999, "999 bytes"),
            (1000, "1.00 kB"),
            (9_994, "9.99 kB"),
            (9_995, "10.0 kB"),
            (99_940, "99.9 kB"),
            (99_950, "100 kB"),
            (999_499, "999 kB"),
            (999_500, "1.00 MB"),
            (200 << 20, "210 MB"),
            (1_216_800_000, "1.22 GB"),
            (40 << 40, "44.0 TB"),
            (999_499_999_999_999_999, "999 PB"),
            (u64::MAX, "18.4 EB"),
        ] {
            assert_eq!(Size(size).to_string(), want, "{size}");
        }
    }
}
