//! One export job: what the list of the API says of it, and what the page adds.

mod request;
mod status;
mod words;

use std::rc::Rc;

use rollcall_core::api::{JobDetails, Reason};
use rollcall_core::{Format, LeftOut, Progress};

pub use status::Status;

/// Seconds without any progress after which a job counts as stalled.
pub const PATIENCE: f64 = 30.0;

/// `id` of the element that is a part of a job's card.
pub fn element(id: &str, part: &str) -> String {
    format!("{id}-{part}")
}

/// A job.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    pub listed: JobDetails,
    pub status: Status,
    /// Why the last thing that was asked of it did not work.
    pub fault: Option<String>,
    /// The records left out, once they were asked for.
    pub left_out: Option<Rc<Vec<LeftOut>>>,
    pub is_stalled: bool,
    pub is_cancelling: bool,
    /// Whether it runs anew, since the tab that ran it was closed.
    pub is_restarted: bool,
    /// When its run was first seen, and how much it had read by then.
    first_seen: Option<(f64, u64)>,
    /// When something of it has changed last.
    changed_at: f64,
}

impl Job {
    /// A job that was not known before. Times are in seconds of a clock that never goes back.
    pub fn new(listed: JobDetails, now: f64) -> Self {
        let mut job = Self {
            status: Status::of(&listed),
            listed,
            fault: None,
            left_out: None,
            is_stalled: false,
            is_cancelling: false,
            is_restarted: false,
            first_seen: None,
            changed_at: now,
        };
        job.watch(now);
        job
    }

    /// Whether it is still to end.
    pub fn is_active(&self) -> bool {
        matches!(self.status, Status::Pending | Status::Processing)
    }

    /// Whether it is known what was asked for.
    pub fn has_request(&self) -> bool {
        let unreadable = Status::Failed(Reason::Unreadable.into());
        self.status != Status::Expired && self.status != unreadable
    }

    /// Whether there is a file to download.
    pub fn has_file(&self) -> bool {
        matches!(self.status, Status::Completed(_)) && self.listed.saved_as.is_none()
    }

    /// The format of its file.
    pub fn format(&self) -> Format {
        self.listed.view.format.unwrap_or_default()
    }

    /// 0 to 100.
    pub fn percentage_done(&self) -> u8 {
        percentage_of(&self.listed)
    }

    /// What it has read so far.
    pub fn progress(&self) -> Progress {
        progress_of(&self.listed)
    }

    /// Takes in what the list says now, and returns what is worth saying aloud.
    pub fn update(&mut self, listed: JobDetails, now: f64) -> Option<String> {
        if listed == self.listed {
            return None;
        }
        let was_active = self.is_active();
        let tenths = (self.percentage_done() / 10, percentage_of(&listed) / 10);
        let is_restarted = progress_of(&listed).bytes_in < self.progress().bytes_in;
        self.status = Status::of(&listed);
        self.listed = listed;
        self.changed_at = now;
        self.is_stalled = false;
        if is_restarted && self.is_active() {
            self.is_restarted = true;
            self.first_seen = None;
            self.watch(now);
            let name = self.title();
            return Some(format!("Export of {name} runs again from the start."));
        }
        self.watch(now);
        if was_active && !self.is_active() {
            return Some(self.news());
        }
        // Every tenth of the way is announced once.
        (self.is_active() && tenths.1 > tenths.0)
            .then(|| format!("{}: {} %", self.title(), tenths.1 * 10))
    }

    /// Notes that time has passed.
    pub fn tick(&mut self, now: f64) {
        self.is_stalled = self.status == Status::Processing && now - self.changed_at >= PATIENCE;
    }

    /// How many records were left out so far, or of the whole; of a failed run those kept.
    pub fn left_out_count(&self) -> u64 {
        match &self.status {
            Status::Completed(export) => export.totals.left_out,
            Status::Failed(_) => self.listed.left_out.unwrap_or_default(),
            _ => self.progress().left_out,
        }
    }

    fn watch(&mut self, now: f64) {
        if self.status == Status::Processing && self.first_seen.is_none() {
            self.first_seen = Some((now, self.progress().bytes_in));
        }
    }
}

fn percentage_of(listed: &JobDetails) -> u8 {
    listed.view.percentage_done.unwrap_or_default()
}

fn progress_of(listed: &JobDetails) -> Progress {
    listed.progress.unwrap_or_default()
}
