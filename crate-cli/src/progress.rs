//! What a person sees while a command runs. Nothing is shown unless standard error is a terminal.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{HumanCount, ProgressBar, ProgressFinish, ProgressStyle};
use rollcall_core::{Progress, Rate, Size};

use crate::report;

/// Time between two redraws.
const INTERVAL: Duration = Duration::from_millis(100);

/// The progress bar and the clock.
#[derive(Debug)]
pub struct ProgressLine {
    is_shown: bool,
    bar: Option<ProgressBar>,
    rate: Rate,
    started: Instant,
    drawn: Instant,
}

impl ProgressLine {
    /// For an input of `bytes_total`, if known, and at most `limit` users. There is no bar if the
    /// output itself goes to the terminal.
    pub fn new(bytes_total: Option<u64>, limit: Option<u64>, output_is_terminal: bool) -> Self {
        let is_shown = io::stderr().is_terminal();
        let now = Instant::now();
        let has_end = bytes_total.is_some() || limit.is_some();
        Self {
            is_shown,
            bar: (is_shown && !output_is_terminal).then(|| bar(has_end)),
            rate: Rate::new(bytes_total.unwrap_or(0), limit),
            started: now,
            drawn: now,
        }
    }

    /// Shows the progress.
    pub fn show(&mut self, progress: &Progress, users: u64) {
        let Some(bar) = &self.bar else { return };
        let now = Instant::now();
        if now - self.drawn < INTERVAL {
            return;
        }
        self.drawn = now;
        let seconds = (now - self.started).as_secs_f64();
        let left = match self.rate.time_left_seconds(progress, seconds) {
            Some(left) => format!(", {left} s left"),
            None => String::new(),
        };
        bar.set_message(format!("{}{left}", summary(progress, users, seconds)));
        bar.set_position(self.rate.percentage_done(progress).into());
    }

    /// Prints to standard error without tearing the bar.
    pub fn aside(&self, print: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    /// Removes the bar and prints a summary of the run and the remarks.
    pub fn close(self, progress: &Progress, users: u64, remarks: &[String]) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
        if !self.is_shown {
            return;
        }
        let seconds = self.started.elapsed().as_secs_f64();
        let mut text = format!("{}, {seconds:.1} s\n", summary(progress, users, seconds));
        for remark in remarks {
            text.push_str(&report::printable(remark));
            text.push('\n');
        }
        report::print(&text);
    }
}

fn bar(has_end: bool) -> ProgressBar {
    let template = if has_end {
        "{bar:20} {percent:>3} %  {wide_msg}"
    } else {
        "{spinner} {wide_msg}"
    };
    let style = ProgressStyle::with_template(template).expect("the template is well formed");
    ProgressBar::new(100)
        .with_style(style)
        .with_finish(ProgressFinish::AndClear)
}

fn summary(progress: &Progress, users: u64, seconds: f64) -> String {
    let megabytes_a_second = progress.bytes_in as f64 / 1e6 / seconds.max(1e-3);
    format!(
        "{}, {megabytes_a_second:.0} MB/s, {} users",
        Size(progress.bytes_in),
        HumanCount(users)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_shown_as_everywhere() {
        let progress = Progress {
            bytes_in: 1_216_800_000,
            ..Progress::default()
        };
        assert_eq!(
            summary(&progress, 1_000_000, 2.0),
            "1.22 GB, 608 MB/s, 1,000,000 users"
        );
    }
}
