//! Jobs as the API shows them.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::jobs::failure::{Failure, Reason};
use crate::jobs::job::{Export, Input, Job, Status};
use crate::jobs::timestamp::Timestamp;
use crate::pass::progress::Progress;
use crate::plan::options::ExportOptions;
use crate::plan::request::{FieldSpec, Format};
use crate::remarks::remarks;

/// A job as the API shows it; keys without a value are absent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JobView {
    /// The type of the job.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Its status.
    pub status: StatusName,
    /// As requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection_id: Option<String>,
    /// As requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    /// As requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// As requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fields: Option<Vec<FieldSpec>>,
    /// Name of the connection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
    /// When it was requested.
    pub created_at: String,
    /// Its id.
    pub id: String,
    /// A link to its file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// 0 to 100, once it has started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percentage_done: Option<u8>,
    /// While it runs, once known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_left_seconds: Option<u64>,
    /// Why it failed, in a sentence for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_details: Option<String>,
    /// Why it failed, if its run did not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Once it is complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<Summary>,
}

/// A job in the list, which is not part of Auth0's API: everything known about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JobDetails {
    /// The job as the API shows it.
    #[serde(flatten)]
    pub view: JobView,
    /// The name of its file; empty once it has expired.
    pub file_name: String,
    /// The name of the file that it writes directly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saved_as: Option<String>,
    /// Seconds until the file is deleted.
    pub expires_in: u64,
    /// Its input files.
    pub input: Input,
    /// The options outside the request.
    pub options: ExportOptions,
    /// While it runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<Progress>,
    /// Once it is complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub export: Option<Export>,
    /// The error of its run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<Error>,
    /// How many records left out are kept of a run that failed, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_out: Option<u64>,
}

/// The type of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An export of users.
    UsersExport,
}

/// The status of a job, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusName {
    /// It is waiting for its turn.
    Pending,
    /// It is running.
    Processing,
    /// The file is ready.
    Completed,
    /// It ended without a file.
    Failed,
    /// The file and the request have been deleted.
    Expired,
}

/// The counts of a complete job, and what to know about its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Users in the file.
    pub total: u64,
    /// Records left out.
    pub failed: u64,
    /// What to know about the file, in sentences; absent if there is nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
}

impl JobView {
    pub(crate) fn of(job: &Job, location: Option<String>) -> Self {
        let request = &job.request;
        let mut view = Self {
            kind: Kind::UsersExport,
            status: StatusName::Pending,
            connection_id: request.connection_id.clone(),
            format: request.format,
            limit: request.limit,
            fields: request.fields.clone(),
            connection: job.connection.clone(),
            created_at: job.created_at.to_string(),
            id: job.id.to_string(),
            location,
            percentage_done: None,
            time_left_seconds: None,
            status_details: None,
            reason: None,
            summary: None,
        };
        view.status = match &job.status {
            Status::Pending => StatusName::Pending,
            Status::Processing(run) => {
                view.percentage_done = Some(run.percentage_done);
                view.time_left_seconds = run.time_left_seconds;
                StatusName::Processing
            }
            Status::Completed(export) => {
                let (total, failed) = (export.totals.exported, export.totals.left_out);
                view.percentage_done = Some(100);
                view.summary = Some(Summary {
                    total,
                    failed,
                    remarks: remarks(&export.totals, request, &job.options),
                });
                StatusName::Completed
            }
            Status::Failed(failure) => {
                view.status_details = Some(failure.to_string());
                view.reason = match failure {
                    Failure::Error(_) => None,
                    Failure::Reason(reason) => Some(*reason),
                };
                StatusName::Failed
            }
            Status::Expired => StatusName::Expired,
        };
        view
    }
}

impl JobDetails {
    pub(crate) fn of(job: &Job, time: Timestamp) -> Self {
        let mut details = Self {
            view: JobView::of(job, None),
            file_name: job.file_name.clone(),
            saved_as: job.saved_as.clone(),
            expires_in: job.expires_at.since(time) / 1000,
            input: job.input.clone(),
            options: job.options.clone(),
            progress: None,
            export: None,
            failure: None,
            left_out: None,
        };
        match &job.status {
            Status::Processing(run) => details.progress = Some(run.progress),
            Status::Completed(export) => details.export = Some(export.clone()),
            Status::Failed(Failure::Error(error)) => {
                let kept = job.left_out.len() as u64;
                details.failure = Some(error.clone());
                details.left_out = Some(kept).filter(|kept| *kept > 0);
            }
            Status::Pending | Status::Failed(Failure::Reason(_)) | Status::Expired => {}
        }
        details
    }
}
