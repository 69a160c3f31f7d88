//! Answers and effects as JavaScript gets them.

use rollcall_core::JobId;
use rollcall_core::api::{Answer, Body, Effect};
use serde::Serialize;

/// An [`Answer`] with what is to be done.
#[derive(Serialize)]
pub(crate) struct Answered {
    status: u16,
    headers: Vec<(&'static str, String)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// The job whose file is the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<JobId>,
    effects: Vec<Step>,
}

/// An [`Effect`].
#[derive(Serialize)]
pub(crate) struct Step {
    kind: &'static str,
    job: JobId,
}

impl Answered {
    pub(crate) fn new(answer: Answer, effects: Vec<Effect>) -> Self {
        let headers = answer.headers();
        let Answer { status, body } = answer;
        let (text, file) = match body {
            Body::Empty => (None, None),
            Body::Json(text) => (Some(text), None),
            Body::File { job, .. } => (None, Some(job)),
        };
        Self {
            status,
            headers,
            text,
            file,
            effects: steps(effects),
        }
    }
}

pub(crate) fn steps(effects: Vec<Effect>) -> Vec<Step> {
    effects
        .into_iter()
        .map(|effect| {
            let (kind, job) = match effect {
                Effect::Start(job) => ("start", job),
                Effect::Stop(job) => ("stop", job),
                Effect::Save(job) => ("save", job),
                Effect::RemoveFile(job) => ("removeFile", job),
                Effect::Forget(job) => ("forget", job),
            };
            Step { kind, job }
        })
        .collect()
}
