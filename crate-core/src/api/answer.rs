//! Answers of the API: status, headers and the exact bodies.

use serde::Serialize;

use crate::error::{Error, RequestError};
use crate::job::{Export, Input, Job, JobId, Status};
use crate::options::ExportOptions;
use crate::progress::Progress;
use crate::request::{FieldSpec, Format};
use crate::timestamp::Timestamp;

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// What it carries.
    pub body: Body,
}

/// The body of an [`Answer`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    Empty,
    /// JSON text, `application/json; charset=utf-8`, not to be kept by caches.
    Json(String),
    /// The file of a job, to be saved under this name.
    File {
        /// The job.
        job: JobId,
        /// `<tenant>.csv` or the like.
        name: String,
    },
}

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

#[derive(Serialize)]
struct Refusal<'a> {
    #[serde(rename = "statusCode")]
    status_code: u16,
    error: &'a str,
    message: &'a str,
    #[serde(rename = "errorCode", skip_serializing_if = "Option::is_none")]
    error_code: Option<&'a str>,
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("gz") => "application/gzip",
        Some("json") => "application/x-ndjson",
        _ => "text/csv; charset=utf-8",
    }
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

impl Answer {
    /// Its headers, but for the length of a file, which the runner knows.
    pub fn headers(&self) -> Vec<(&'static str, String)> {
        match &self.body {
            Body::Empty => Vec::new(),
            Body::Json(_) => vec![
                ("content-type", "application/json; charset=utf-8".to_owned()),
                ("cache-control", "no-cache".to_owned()),
            ],
            Body::File { name, .. } => vec![
                ("content-type", content_type(name).to_owned()),
                // The name needs no escape: see [`crate::TenantName`].
                (
                    "content-disposition",
                    format!("attachment; filename=\"{name}\"; filename*=UTF-8''{name}"),
                ),
                ("cache-control", "no-store".to_owned()),
                ("x-content-type-options", "nosniff".to_owned()),
            ],
        }
    }

    pub(crate) fn ok(body: &(impl Serialize + ?Sized)) -> Self {
        Self::json(200, body)
    }

    pub(crate) fn no_content() -> Self {
        Self {
            status: 204,
            body: Body::Empty,
        }
    }

    pub(crate) fn file(job: JobId, name: String) -> Self {
        Self {
            status: 200,
            body: Body::File { job, name },
        }
    }

    pub(crate) fn refusal(error: &RequestError) -> Self {
        Self::error(
            400,
            "Bad Request",
            &error.to_string(),
            Some(error.error_code()),
        )
    }

    pub(crate) fn unauthorized(message: &str) -> Self {
        Self::error(401, "Unauthorized", message, None)
    }

    pub(crate) fn insufficient_scope(scope: &str) -> Self {
        let message = format!("Insufficient scope, expected any of: {scope}");
        Self::error(403, "Forbidden", &message, Some("insufficient_scope"))
    }

    pub(crate) fn link_expired() -> Self {
        let message = "The link has expired. Get the job again for a new one.";
        Self::error(403, "Forbidden", message, Some("link_expired"))
    }

    pub(crate) fn unknown_job() -> Self {
        Self::not_found("The job does not exist.", Some("inexistent_job"))
    }

    pub(crate) fn not_found(message: &str, code: Option<&str>) -> Self {
        Self::error(404, "Not Found", message, code)
    }

    pub(crate) fn conflict(message: &str) -> Self {
        Self::error(409, "Conflict", message, Some("job_ended"))
    }

    pub(crate) fn too_many_requests() -> Self {
        let message = "Global limit has been reached";
        Self::error(429, "Too Many Requests", message, Some("too_many_requests"))
    }

    fn error(status_code: u16, error: &str, message: &str, error_code: Option<&str>) -> Self {
        Self::json(
            status_code,
            &Refusal {
                status_code,
                error,
                message,
                error_code,
            },
        )
    }

    fn json(status: u16, body: &(impl Serialize + ?Sized)) -> Self {
        let text = serde_json::to_string(body).expect("bodies have string keys");
        Self {
            status,
            body: Body::Json(text),
        }
    }
}
