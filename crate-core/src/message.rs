//! The messages between the page and the worker, as JSON text alongside the files.
//!
//! Each posted message is `{ message: <JSON text of a Command or Reply>, files: [File, …] }`:
//! files cannot be part of JSON. [`Command::Inspect`] and [`Command::Export`] carry the input files,
//! [`Reply::Completed`] carries the output file. [`Command::Export`] may also carry `sink`, the handle
//! of a file that a person chose: the output goes there, and no reply carries it.

use serde::{Deserialize, Serialize};

use crate::error::{Error, LeftOut, RequestError};
use crate::jobs::job::Export;
use crate::json::document::{Document, Value};
use crate::pass::inspect::Findings;
use crate::pass::progress::Progress;
use crate::plan::connection::Connection;
use crate::plan::options::ExportOptions;
use crate::plan::request::ExportRequest;
use crate::plan::shape::Object;

/// From the page to the worker. A worker accepts one `Inspect` or one `Export`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Command {
    /// Finds the connections and fields of the files.
    Inspect {
        /// Whether the last reply lists all connections. Otherwise it lists the first ones, like all
        /// earlier replies.
        lists_all: bool,
        /// Of these options, those that say how the input is read ([`crate::Reading`]).
        options: ExportOptions,
    },
    /// Exports the files.
    Export {
        /// The request body.
        request: ExportRequest,
        /// The options outside the body.
        options: ExportOptions,
        /// All connections, if known.
        connections: Option<Vec<Connection>>,
        /// Name of the output in the origin's private file system, such as `<job id>.csv`.
        output: String,
    },
    /// Stops. The answer is [`Reply::Cancelled`] once the partial output is deleted, or how the job
    /// ended if the command comes too late.
    Cancel,
}

impl Command {
    /// Reads a command.
    ///
    /// Written by hand: serde's derived code would be several times as large, and every worker loads
    /// it.
    ///
    /// # Errors
    /// The first error found.
    pub fn from_json(text: &[u8]) -> Result<Self, RequestError> {
        let document = Document::new(text).ok_or_else(RequestError::not_json)?;
        let command = Object::new(document.root(), "")?;
        let kind = command.demand("kind")?;
        let part = |key| Object::new(command.get(key).unwrap_or(Value(b"null")), key);
        match kind.as_str() {
            "inspect" => Ok(Self::Inspect {
                lists_all: command.boolean("lists_all")?.unwrap_or_default(),
                options: ExportOptions::from_object(part("options")?, &[])?,
            }),
            "cancel" => Ok(Self::Cancel),
            "export" => Ok(Self::Export {
                request: ExportRequest::from_object(part("request")?)?,
                options: ExportOptions::from_object(part("options")?, &[])?,
                connections: Connection::list(command)?,
                output: command.demand("output")?,
            }),
            _ => Err(RequestError::at(
                "kind",
                format!("No enum match for: {kind}"),
            )),
        }
    }
}

/// From the worker to the page, at most about ten per second.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reply {
    /// How far the run has got.
    Progress {
        /// What has been read.
        progress: Progress,
        /// Records left out since the last message, up to the number that is kept.
        left_out: Vec<LeftOut>,
    },
    /// The answer to [`Command::Inspect`]; also sent before the end, with what is known so far.
    Inspected {
        /// What was found.
        findings: Findings,
        /// Whether all files were read to the end.
        is_whole: bool,
    },
    /// The chosen file is about to get its content: the job can no longer be cancelled.
    Completing,
    /// The file is complete. The message carries it unless it was written to a chosen file.
    Completed(Export),
    /// The job failed and left no file.
    Failed {
        /// Why.
        error: Error,
    },
    /// The job was cancelled and left no file.
    Cancelled,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_read_as_it_was_written() {
        let request =
            r#"{"format":"json","limit":5,"fields":[{"name":"a"},{"name":"b","export_as":"B"}]}"#;
        for command in [
            Command::Inspect {
                lists_all: false,
                options: ExportOptions::default(),
            },
            Command::Inspect {
                lists_all: true,
                options: ExportOptions {
                    users_at: Some("data".to_owned()),
                    csv_headings: Some("a,b".to_owned()),
                    ..ExportOptions::default()
                },
            },
            Command::Cancel,
            Command::Export {
                request: ExportRequest::default(),
                options: ExportOptions::default(),
                connections: None,
                output: "tenant-job_1.csv".to_owned(),
            },
            Command::Export {
                request: ExportRequest::from_json(request.as_bytes()).unwrap(),
                options: ExportOptions {
                    csv_profile: crate::CsvProfile::OwaspMinimal,
                    gzip: true,
                    strict: true,
                    max_record_size: 7,
                    lift_limits: true,
                    connection: Some("sms".to_owned()),
                    primary_only: true,
                    users_at: Some("data".to_owned()),
                    csv_headings: Some("a,b".to_owned()),
                },
                connections: Some(vec![Connection::named("sms")]),
                output: "\"\n".to_owned(),
            },
        ] {
            let text = serde_json::to_vec(&command).unwrap();
            assert_eq!(Command::from_json(&text), Ok(command));
        }
    }

    #[test]
    fn invalid_commands_are_refused() {
        for (text, want) in [
            ("{", "Invalid request payload JSON format"),
            (
                "{}",
                "Payload validation error: 'Missing required property: kind'.",
            ),
            (
                r#"{"kind":"stop"}"#,
                "Payload validation error: 'No enum match for: stop' on property kind.",
            ),
            (
                r#"{"kind":"export","request":{}}"#,
                "Payload validation error: 'Expected type object but found type null' on property options.",
            ),
        ] {
            let error = Command::from_json(text.as_bytes()).unwrap_err();
            assert_eq!(error.to_string(), want);
        }
    }
}
