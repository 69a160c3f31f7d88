//! Jobs as the API shows them.

use serde::Serialize;

use crate::error::Error;
use crate::jobs::job::{Export, Input, Job, Status};
use crate::jobs::timestamp::Timestamp;
use crate::pass::progress::Progress;
use crate::plan::options::ExportOptions;
use crate::plan::request::{FieldSpec, Format};

/// A job as the API shows it; keys that have no value are absent.
#[derive(Debug, Serialize)]
pub(crate) struct JobView {
    r#type: &'static str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    connection_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<Format>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<Vec<FieldSpec>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    connection: Option<String>,
    created_at: String,
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    percentage_done: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_left_seconds: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_details: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<Summary>,
}

/// A job in the list, which is no part of Auth0's API: all that is known of it.
#[derive(Debug, Serialize)]
pub(crate) struct JobDetails<'a> {
    #[serde(flatten)]
    view: JobView,
    file_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    saved_as: Option<&'a str>,
    /// Seconds until the file is deleted.
    expires_in: u64,
    input: &'a Input,
    options: &'a ExportOptions,
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<&'a Progress>,
    #[serde(skip_serializing_if = "Option::is_none")]
    export: Option<&'a Export>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<&'a Error>,
}

#[derive(Debug, Serialize)]
struct Summary {
    total: u64,
    failed: u64,
}

impl JobView {
    pub(crate) fn of(job: &Job, location: Option<String>) -> Self {
        let request = &job.request;
        let mut view = Self {
            r#type: "users_export",
            status: "",
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
            summary: None,
        };
        view.status = match &job.status {
            Status::Pending => "pending",
            Status::Processing(run) => {
                view.percentage_done = Some(run.percentage_done);
                view.time_left_seconds = run.time_left_seconds;
                "processing"
            }
            Status::Completed(export) => {
                let (total, failed) = (export.totals.exported, export.totals.left_out);
                view.percentage_done = Some(100);
                view.summary = Some(Summary { total, failed });
                "completed"
            }
            Status::Failed { details, .. } => {
                view.status_details = Some(details.clone());
                "failed"
            }
            Status::Expired => "expired",
        };
        view
    }
}

impl<'a> JobDetails<'a> {
    pub(crate) fn of(job: &'a Job, time: Timestamp) -> Self {
        let mut details = Self {
            view: JobView::of(job, None),
            file_name: &job.file_name,
            saved_as: job.saved_as.as_deref(),
            expires_in: job.expires_at.since(time) / 1000,
            input: &job.input,
            options: &job.options,
            progress: None,
            export: None,
            failure: None,
        };
        match &job.status {
            Status::Processing(run) => details.progress = Some(&run.progress),
            Status::Completed(export) => details.export = Some(export),
            Status::Failed { error, .. } => details.failure = error.as_ref(),
            Status::Pending | Status::Expired => {}
        }
        details
    }
}
