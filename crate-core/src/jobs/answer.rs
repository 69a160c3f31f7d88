//! Answers of the API: status, headers and the exact bodies.

use serde::Serialize;

use crate::error::RequestError;
use crate::jobs::job::JobId;

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Body,
}

/// The body of an [`Answer`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    Empty,
    /// JSON text, `application/json; charset=utf-8`, not to be cached.
    Json(String),
    /// The file of a job, for download under this name.
    File {
        /// The job.
        job: JobId,
        /// Such as `<tenant>.csv`.
        name: String,
    },
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

impl Answer {
    /// The headers, except the length of a file, which only the runner knows.
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
