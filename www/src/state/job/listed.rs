//! A job as the API lists it.

use rollcall_core::job::{Export, Input};
use rollcall_core::{Error, ExportOptions, FieldSpec, Format, Progress};
use serde::Deserialize;

/// A job as `GET /api/v2/jobs` lists it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Listed {
    pub id: String,
    status: Word,
    pub connection_id: Option<String>,
    #[serde(default)]
    pub format: Format,
    pub limit: Option<u64>,
    pub fields: Option<Vec<FieldSpec>>,
    pub connection: Option<String>,
    pub created_at: String,
    /// Seconds until the file is deleted.
    pub expires_in: u64,
    /// Empty once the job has expired.
    pub file_name: String,
    /// The file that it writes directly.
    pub saved_as: Option<String>,
    pub input: Input,
    pub options: ExportOptions,
    #[serde(default)]
    pub percentage_done: u8,
    pub time_left_seconds: Option<u64>,
    status_details: Option<String>,
    #[serde(default)]
    pub progress: Progress,
    export: Option<Export>,
    failure: Option<Error>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    Pending,
    Processing,
    Completed,
    Failed,
    Expired,
}

/// Where a job stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    /// Waits for its turn.
    Pending,
    Processing,
    Completed(Export),
    Failed(Error),
    /// Failed because the person said so.
    Cancelled,
    /// Failed because the tab that ran it was closed.
    Interrupted,
    /// Failed since the browser has deleted its file.
    Lost,
    /// Failed since what was kept of it makes no sense.
    Unreadable,
    Expired,
}

impl Listed {
    /// Where it stands, told apart further than the API does.
    pub fn status(&self) -> Status {
        let details = self.status_details.as_deref().unwrap_or_default();
        match (self.status, &self.export) {
            (Word::Pending, _) => Status::Pending,
            (Word::Processing, _) => Status::Processing,
            (Word::Completed, Some(export)) => Status::Completed(export.clone()),
            (Word::Expired, _) => Status::Expired,
            // A failure of the run itself says so; the others are no doing of its own.
            (Word::Failed, _) if self.failure.is_none() && details == "Cancelled" => {
                Status::Cancelled
            }
            (Word::Failed, _) if self.failure.is_none() && details.starts_with("interrupted") => {
                Status::Interrupted
            }
            (Word::Failed, _) if self.failure.is_none() && details.starts_with("lost: ") => {
                Status::Lost
            }
            (Word::Failed, _) if self.failure.is_none() && details.starts_with("unreadable: ") => {
                Status::Unreadable
            }
            (Word::Failed | Word::Completed, _) => {
                Status::Failed(self.failure.clone().unwrap_or_else(|| Error::io(details)))
            }
        }
    }
}
