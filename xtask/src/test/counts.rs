//! Numbers of tests, read from what the tests print.

use std::{fmt, iter::Sum};

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
}

impl Counts {
    /// Adds what a line of output says; most lines say nothing.
    pub fn read(&mut self, line: &str) {
        if let Some(counts) = of_rust(line).or_else(|| of_node(line)) {
            self.passed += counts.passed;
            self.failed += counts.failed;
        }
    }
}

/// `test result: ok. 10 passed; 0 failed; 0 ignored; …`, once for each program of tests.
fn of_rust(line: &str) -> Option<Counts> {
    let (_, numbers) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let number = |name: &str| {
        let part = numbers
            .split("; ")
            .find_map(|part| part.strip_suffix(name))?;
        part.trim().parse().ok()
    };
    Some(Counts {
        passed: number(" passed")?,
        failed: number(" failed")?,
    })
}

/// `ℹ pass 5`, `ℹ fail 0` and `ℹ cancelled 0`, each a line at the end.
fn of_node(line: &str) -> Option<Counts> {
    let (name, number) = line.strip_prefix("ℹ ")?.split_once(' ')?;
    let number = number.parse().ok()?;
    match name {
        "pass" => Some(Counts {
            passed: number,
            failed: 0,
        }),
        "fail" | "cancelled" => Some(Counts {
            passed: 0,
            failed: number,
        }),
        _ => None,
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, counts| Self {
            passed: sum.passed + counts.passed,
            failed: sum.failed + counts.failed,
        })
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_totals_of_each_kind_of_test() {
        for (lines, passed, failed) in [
            (
                "running 2 tests\ntest a ... ok\n\
                 test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s\n\
                 test result: FAILED. 10 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out",
                12,
                3,
            ),
            (
                "test result: ok. 4 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.2s",
                4,
                0,
            ),
            (
                "✔ exports (5ms)\nℹ tests 8\nℹ suites 0\nℹ pass 5\nℹ fail 2\nℹ cancelled 1\nℹ skipped 0",
                5,
                3,
            ),
            (
                "pass 5\nℹ pass much\nthe test result: ok. 1 passed; 0 failed",
                0,
                0,
            ),
        ] {
            let mut counts = Counts::default();
            lines.lines().for_each(|line| counts.read(line));
            assert_eq!(counts, Counts { passed, failed }, "{lines}");
        }
    }
}
