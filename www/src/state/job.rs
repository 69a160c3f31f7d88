//! One export job as the page knows it.

use std::rc::Rc;

use rollcall_core::job::Export;
use rollcall_core::message::Reply;
use rollcall_core::{Error, Format, LeftOut, Progress, Rate};

use crate::show;

/// The most records left out that are kept for *More info*.
pub const LEFT_OUT_SHOWN: usize = 1000;

/// Seconds without a word from the worker after which a job counts as stalled.
pub const PATIENCE: f64 = 30.0;

/// The rows, besides the heading, that Excel reads from a CSV file.
pub const EXCEL_ROWS: u64 = 1_048_575;

/// `id` of the element that is a part of a job's card.
pub fn element(id: &str, part: &str) -> String {
    format!("{id}-{part}")
}

/// Where a job stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    /// Started; the worker has not answered yet.
    Pending,
    Processing,
    Completed(Export),
    Failed(Error),
    /// Failed because the person said so.
    Cancelled,
}

/// What is known when a job starts. Times are in seconds of a clock that never goes back.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    pub id: String,
    /// Name of the file to download.
    pub file_name: String,
    /// Names of the input files, in their order.
    pub inputs: Vec<String>,
    /// Size of the input files together.
    pub bytes_total: u64,
    pub format: Format,
    pub limit: Option<u64>,
    /// What was asked for, in a few words.
    pub summary: String,
    pub now: f64,
}

/// A job.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    pub start: Start,
    pub status: Status,
    pub progress: Progress,
    pub percentage_done: u8,
    pub time_left_seconds: Option<u64>,
    /// Seconds from the start to the last word of the worker.
    pub seconds: f64,
    /// The first records left out, at most [`LEFT_OUT_SHOWN`].
    pub left_out: Rc<Vec<LeftOut>>,
    pub is_stalled: bool,
    pub is_cancelling: bool,
    rate: Rate,
}

impl Job {
    /// A job that has just started.
    pub fn new(start: Start) -> Self {
        let rate = Rate::new(start.bytes_total, start.limit);
        Self {
            start,
            status: Status::Pending,
            progress: Progress::default(),
            percentage_done: 0,
            time_left_seconds: None,
            seconds: 0.0,
            left_out: Rc::default(),
            is_stalled: false,
            is_cancelling: false,
            rate,
        }
    }

    /// Whether the worker still has to say how it ended.
    pub fn is_active(&self) -> bool {
        matches!(self.status, Status::Pending | Status::Processing)
    }

    /// Takes in what the worker said, and returns what is worth saying aloud.
    pub fn hear(&mut self, reply: Reply, now: f64) -> Option<String> {
        if !self.is_active() {
            return None;
        }
        self.is_stalled = false;
        self.seconds = now - self.start.now;
        let name = &self.start.file_name;
        match reply {
            Reply::Progress { progress, left_out } => self.advance(progress, left_out),
            // Belongs to a worker that inspects.
            Reply::Inspected { .. } => None,
            Reply::Completed(export) => {
                self.percentage_done = 100;
                let users = show::count(export.totals.exported, "user");
                self.status = Status::Completed(export);
                Some(format!("{name} is complete: {users} exported."))
            }
            Reply::Failed { error } => {
                let text = format!("Export of {name} failed: {}", show::foreign(&error.message));
                self.status = Status::Failed(error);
                Some(text)
            }
            Reply::Cancelled => {
                let text = format!("Export of {name} cancelled.");
                self.status = Status::Cancelled;
                Some(text)
            }
        }
    }

    /// Notes that time has passed.
    pub fn tick(&mut self, now: f64) {
        let heard_at = self.start.now + self.seconds;
        self.is_stalled = self.is_active() && now - heard_at >= PATIENCE;
    }

    /// Every tenth of the way is announced once.
    fn advance(&mut self, progress: Progress, left_out: Vec<LeftOut>) -> Option<String> {
        let before = self.percentage_done / 10;
        self.status = Status::Processing;
        self.progress = progress;
        self.percentage_done = self.rate.percentage_done(&progress);
        self.time_left_seconds = self.rate.time_left_seconds(&progress, self.seconds);
        if !left_out.is_empty() {
            let room = LEFT_OUT_SHOWN.saturating_sub(self.left_out.len());
            Rc::make_mut(&mut self.left_out).extend(left_out.into_iter().take(room));
        }
        let tenths = self.percentage_done / 10;
        (tenths > before).then(|| format!("{}: {} %", self.start.file_name, tenths * 10))
    }

    /// The counts so far, or those of the end.
    pub fn left_out_count(&self) -> u64 {
        match &self.status {
            Status::Completed(export) => export.totals.left_out,
            _ => self.progress.left_out,
        }
    }

    /// What to know about the complete file before it is used.
    pub fn warnings(&self) -> Vec<String> {
        let Status::Completed(Export { totals, .. }) = &self.status else {
            return Vec::new();
        };
        let mut warnings = Vec::new();
        let mut warn = |applies: bool, text: String| {
            if applies {
                warnings.push(text);
            }
        };
        let duplicates = show::count(totals.duplicate_keys, "user");
        warn(
            totals.duplicate_keys > 0,
            format!("{duplicates} had an exported key twice; the last one counted."),
        );
        let cells = show::count(totals.replaced_surrogates, "cell");
        warn(
            totals.replaced_surrogates > 0,
            format!("{cells} held half of a character, which was written as \u{fffd}."),
        );
        let cells = show::count(totals.long_cells, "cell");
        warn(
            totals.long_cells > 0,
            format!("{cells} longer than 32,767 characters: Excel cuts the text there."),
        );
        warn(
            self.start.format == Format::Csv && totals.exported > EXCEL_ROWS,
            format!(
                "The file has more rows than the {} that Excel shows.",
                show::number(EXCEL_ROWS + 1)
            ),
        );
        warnings
    }
}
