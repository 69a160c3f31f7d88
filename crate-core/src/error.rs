//! What can go wrong, and where it is.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::choice::{Choice, serde_by_words};

/// The kind of a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// The request or an option breaks a rule.
    BadRequest,
    /// The input is not UTF-8 text of JSON: what it looks like is in the message.
    BadEncoding,
    /// The gzip data is cut or damaged.
    BadGzip,
    /// A record, or the list around the records, is not valid JSON.
    BadRecord,
    /// A record is longer than the maximum record size.
    RecordTooLarge,
    /// Reading the input or writing the output failed outside of the core.
    Io,
    /// There is no room for the output.
    StorageFull,
}

impl ErrorCode {
    /// The word that reports have for it.
    pub fn as_str(self) -> &'static str {
        self.word()
    }
}

impl Choice for ErrorCode {
    const ALL: &'static [(Self, &'static str)] = &[
        (Self::BadRequest, "bad_request"),
        (Self::BadEncoding, "bad_encoding"),
        (Self::BadGzip, "bad_gzip"),
        (Self::BadRecord, "bad_record"),
        (Self::RecordTooLarge, "record_too_large"),
        (Self::Io, "io"),
        (Self::StorageFull, "storage_full"),
    ];
}

serde_by_words!(ErrorCode);

/// Why a job failed, as a report: `{"error", "record", "line", "byte", "message"}` in this order.
///
/// It displays as the message, with the file in front where that is told apart.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("{}{message}", .file.as_ref().map_or(String::new(), |file| format!("{}: ", file.name)))]
pub struct Error {
    /// The kind of the failure.
    #[serde(rename = "error")]
    pub code: ErrorCode,
    /// Number of the record from 1, counted through all inputs.
    pub record: Option<u64>,
    /// Line of the file from 1.
    pub line: Option<u64>,
    /// Byte of the file from 0: of its text, or with [`ErrorCode::BadGzip`] of its compressed form.
    pub byte: Option<u64>,
    /// What is wrong and what was wanted.
    pub message: String,
    /// Index from 0 of the file that the fault is in.
    #[serde(skip)]
    pub input: usize,
    /// Which of several files the fault is in, for those who show it apart from the message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<FaultyFile>,
}

/// One of several input files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultyFile {
    /// Its place among them, from 0.
    pub index: usize,
    /// What it is called.
    pub name: String,
}

/// A record that is not exported, and why. Reads as an [`Error`] whose place is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// [`ErrorCode::BadRecord`] or [`ErrorCode::RecordTooLarge`].
    #[serde(rename = "error")]
    pub code: ErrorCode,
    /// Number of the record from 1, counted through all inputs.
    pub record: u64,
    /// Line of the file from 1 on which the record begins.
    pub line: u64,
    /// Byte of the file's text from 0 at which the record begins.
    pub byte: u64,
    /// What is wrong, with the byte of the file at which it was found.
    pub message: String,
    /// Index from 0 of the file that the record is in.
    pub input: usize,
}

impl Error {
    /// Reading or writing failed outside of the core.
    pub fn io(message: impl Into<String>) -> Self {
        Self {
            code: ErrorCode::Io,
            record: None,
            line: None,
            byte: None,
            message: message.into(),
            input: 0,
            file: None,
        }
    }

    /// The output has no room: the message says how much it needs and how much there is.
    pub fn storage_full(message: impl Into<String>) -> Self {
        Self {
            code: ErrorCode::StorageFull,
            ..Self::io(message)
        }
    }

    /// The same failure with the name of its file in the message, for an input of several files.
    pub fn in_file(mut self, name: &str) -> Self {
        self.message = format!("{name}: {}", self.message);
        self
    }
}

impl From<Box<Error>> for Error {
    fn from(error: Box<Error>) -> Self {
        *error
    }
}

impl From<LeftOut> for Error {
    fn from(left_out: LeftOut) -> Self {
        Self {
            code: left_out.code,
            record: Some(left_out.record),
            line: Some(left_out.line),
            byte: Some(left_out.byte),
            message: left_out.message,
            input: left_out.input,
            file: None,
        }
    }
}

/// A request that breaks a rule. It displays as Auth0's message.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", .0.message)]
pub struct RequestError(Box<BrokenRule>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct BrokenRule {
    message: String,
    text: String,
    property: Option<String>,
    error_code: &'static str,
}

impl RequestError {
    /// A fault of the property at `place` (`limit`, `fields[0].name`); an empty place is the root.
    pub(crate) fn at(place: &str, text: String) -> Self {
        let message = match (place, description(place)) {
            ("", _) => format!("Payload validation error: '{text}'."),
            (_, None) => format!("Payload validation error: '{text}' on property {place}."),
            (_, Some(description)) => {
                format!("Payload validation error: '{text}' on property {place} ({description}).")
            }
        };
        let property = (!place.is_empty()).then(|| place.to_owned());
        Self(Box::new(BrokenRule {
            message,
            text,
            property,
            error_code: "invalid_body",
        }))
    }

    /// The body is not JSON at all.
    pub(crate) fn not_json() -> Self {
        let message = "Invalid request payload JSON format".to_owned();
        Self(Box::new(BrokenRule {
            text: message.clone(),
            message,
            property: None,
            error_code: "invalid_body",
        }))
    }

    /// No user and no list knows the connection that was asked for.
    pub(crate) fn unknown_connection() -> Self {
        let message = "The connection does not exist.".to_owned();
        Self(Box::new(BrokenRule {
            text: message.clone(),
            message,
            property: Some("connection_id".to_owned()),
            error_code: "inexistent_connection",
        }))
    }

    /// The property that the fault is in, such as `fields[3].export_as`; `None` is the whole body.
    pub fn property(&self) -> Option<&str> {
        self.0.property.as_deref()
    }

    /// The message without the words around it that name the property, for a form that shows it beside its input.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// Auth0's `errorCode`: `invalid_body` or `inexistent_connection`.
    pub fn error_code(&self) -> &'static str {
        self.0.error_code
    }
}

impl From<RequestError> for Error {
    fn from(error: RequestError) -> Self {
        Self {
            code: ErrorCode::BadRequest,
            record: None,
            line: None,
            byte: None,
            message: error.0.message,
            input: 0,
            file: None,
        }
    }
}

/// The description that Auth0's schema gives of a property.
fn description(place: &str) -> Option<&'static str> {
    let is_of_field = place.starts_with("fields[");
    let dot = place.bytes().rposition(|byte| byte == b'.');
    Some(match place.get(dot.map_or(0, |dot| dot + 1)..)? {
        "connection_id" => "connection_id of the connection from which users will be exported.",
        "format" => "Format of the file. Must be `json` or `csv`.",
        "limit" => "Limit the number of records.",
        "fields" => {
            "List of fields to be included in the CSV. Defaults to a predefined set of fields."
        }
        "name" if is_of_field => "Name of the field in the profile.",
        "export_as" if is_of_field => "Title of the column in the exported CSV.",
        _ => return None,
    })
}
