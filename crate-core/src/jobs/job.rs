//! A job: one export with its status, from the request until it expires.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::LeftOut;
use crate::jobs::failure::{Failure, Reason};
use crate::jobs::timestamp::Timestamp;
use crate::pass::progress::{Progress, Rate};
use crate::pass::totals::Totals;
use crate::plan::connection::letters;
use crate::plan::options::ExportOptions;
use crate::plan::request::ExportRequest;

/// How long a job is kept, in milliseconds: 24 hours.
pub const LIFETIME: u64 = 24 * 60 * 60 * 1000;

/// `job_` and 16 letters or digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct JobId(String);

impl JobId {
    /// An id from unguessable bytes.
    pub(crate) fn random(entropy: &[u8; 16]) -> Self {
        Self(format!("job_{}", letters(entropy)))
    }
}

impl FromStr for JobId {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_id = text.strip_prefix("job_").is_some_and(|rest| {
            rest.len() == 16 && rest.bytes().all(|b| b.is_ascii_alphanumeric())
        });
        if is_id {
            Ok(Self(text.to_owned()))
        } else {
            Err("expected a job id: job_ and 16 letters or digits")
        }
    }
}

impl TryFrom<String> for JobId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<JobId> for String {
    fn from(id: JobId) -> Self {
        id.0
    }
}

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is kept of a job's input.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Names of the files, in order.
    pub names: Vec<String>,
    /// Their total size in bytes.
    pub size: u64,
}

/// One export, as stored between visits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// The request.
    pub request: ExportRequest,
    /// The options outside the request.
    pub options: ExportOptions,
    /// The name of its file.
    pub file_name: String,
    /// The name of the file that a person chose before the start. It is written directly, and there is
    /// no other copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saved_as: Option<String>,
    /// Its input; empty if unknown.
    pub input: Input,
    /// Name of the requested connection, if found in a list.
    pub connection: Option<String>,
    /// When it was requested, by the wall clock.
    pub created_at: Timestamp,
    /// When it expires, by a clock that never runs backwards.
    pub expires_at: Timestamp,
    /// Its status.
    pub status: Status,
    /// The first records left out, up to [`crate::api::MAX_LEFT_OUT`].
    pub left_out: Vec<LeftOut>,
}

/// The status of a job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Status {
    /// It is waiting for its turn.
    Pending,
    /// It is running.
    Processing(Run),
    /// The file is ready.
    Completed(Export),
    /// It ended without a file.
    Failed(Failure),
    /// 24 hours have passed: the file, the errors and the request have been deleted.
    Expired,
}

/// The progress of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// What has been read.
    pub progress: Progress,
    /// 0 to 100; it never decreases.
    pub percentage_done: u8,
    /// The estimated time left, once known.
    pub time_left_seconds: Option<u64>,
}

/// A finished file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Export {
    /// The counts.
    pub totals: Totals,
    /// Size of the file in bytes.
    pub bytes_out: u64,
    /// SHA-256 of the file in hexadecimal digits.
    pub sha256: String,
    /// Milliseconds from the start of the run to its end.
    pub duration: u64,
}

impl Job {
    /// Whether it is waiting or running.
    pub fn is_open(&self) -> bool {
        matches!(self.status, Status::Pending | Status::Processing(_))
    }

    /// Updates the progress after `seconds` of the run.
    pub(crate) fn advance(&mut self, progress: Progress, rate: &mut Rate, seconds: f64) {
        if let Status::Processing(run) = &mut self.status {
            *run = Run {
                progress,
                percentage_done: rate.percentage_done(&progress),
                time_left_seconds: rate.time_left_seconds(&progress, seconds),
            };
        }
    }

    /// Whether there is a file to download.
    pub fn has_file(&self) -> bool {
        matches!(self.status, Status::Completed(_)) && self.saved_as.is_none()
    }

    /// A job with an unreadable record: only its id and possibly its times are known.
    pub(crate) fn unreadable(id: JobId, created_at: Timestamp, expires_at: Timestamp) -> Self {
        let mut job = Self {
            id,
            request: ExportRequest::default(),
            options: ExportOptions::default(),
            file_name: String::new(),
            saved_as: None,
            input: Input::default(),
            connection: None,
            created_at,
            expires_at,
            status: Status::Pending,
            left_out: Vec::new(),
        };
        job.fail(Reason::Unreadable);
        job
    }

    /// Moves its times back by this many milliseconds, and limits its expiry to one lifetime after the
    /// request. Returns whether a time has changed.
    pub(crate) fn move_back(&mut self, milliseconds: u64) -> bool {
        let before = (self.created_at, self.expires_at);
        self.created_at = self.created_at.minus(milliseconds);
        let expires_at = self.expires_at.minus(milliseconds);
        self.expires_at = expires_at.min(self.created_at.plus(LIFETIME));
        before != (self.created_at, self.expires_at)
    }

    /// Makes it wait for a new run.
    pub(crate) fn restart(&mut self) {
        self.status = Status::Pending;
        self.left_out = Vec::new();
    }

    /// Ends it without a file.
    pub(crate) fn fail(&mut self, why: impl Into<Failure>) {
        self.status = Status::Failed(why.into());
    }

    /// Deletes everything but its id and dates.
    pub(crate) fn expire(&mut self) {
        self.request = ExportRequest::default();
        self.options = ExportOptions::default();
        self.file_name = String::new();
        self.saved_as = None;
        self.input = Input::default();
        self.connection = None;
        self.left_out = Vec::new();
        self.status = Status::Expired;
    }
}
