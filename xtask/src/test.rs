//! `cargo xtask test`

mod counts;
mod part;
mod runner;

pub use counts::Counts;
use part::Part;
use std::{process::ExitCode, time::Instant};

/// Runs the tests: all parts, or those that are named.
#[derive(clap::Args)]
pub struct Arguments {
    parts: Vec<Part>,
}

/// How a part ended.
struct Outcome {
    part: Part,
    is_ok: bool,
    counts: Counts,
    seconds: u64,
}

/// Runs every part, also behind one that fails; the last thing it prints is a line for each and
/// the numbers of all tests.
pub fn run(arguments: &Arguments) -> ExitCode {
    let parts = match arguments.parts.as_slice() {
        [] => Part::ALL,
        parts => parts,
    };
    let outcomes: Vec<_> = parts.iter().map(|part| run_part(*part)).collect();
    println!();
    for outcome in &outcomes {
        println!("{}", outcome.line());
    }
    println!("{}", outcomes.iter().map(Outcome::total).sum::<Counts>());
    if outcomes.iter().all(|outcome| outcome.is_ok) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn run_part(part: Part) -> Outcome {
    println!("\n── {part}");
    let start = Instant::now();
    let mut counts = Counts::default();
    let result = part.run(&mut counts);
    if let Err(error) = &result {
        println!("{error:#}");
    }
    Outcome {
        part,
        is_ok: result.is_ok() && counts.failed == 0,
        counts,
        seconds: start.elapsed().as_secs(),
    }
}

impl Outcome {
    fn line(&self) -> String {
        let state = if self.is_ok { "ok" } else { "FAILED" };
        let mut line = format!("{:<14} {state:<6} {:>4} s", self.part, self.seconds);
        if self.counts != Counts::default() {
            line += &format!("  {}", self.counts);
        }
        line
    }

    /// A part that fails without a failed test, say because it does not compile, counts as one.
    fn total(&self) -> Counts {
        let mut counts = self.counts;
        if !self.is_ok {
            counts.failed = counts.failed.max(1);
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_never_counted_as_none() {
        let outcome = |is_ok, passed, failed| Outcome {
            part: Part::Clippy,
            is_ok,
            counts: Counts { passed, failed },
            seconds: 61,
        };
        for (outcome, line, total) in [
            (
                outcome(true, 0, 0),
                "clippy         ok       61 s",
                "0 passed, 0 failed",
            ),
            (
                outcome(false, 0, 0),
                "clippy         FAILED   61 s",
                "0 passed, 1 failed",
            ),
            (
                outcome(false, 7, 2),
                "clippy         FAILED   61 s  7 passed, 2 failed",
                "7 passed, 2 failed",
            ),
        ] {
            assert_eq!(outcome.line(), line);
            assert_eq!(outcome.total().to_string(), total);
        }
    }
}
