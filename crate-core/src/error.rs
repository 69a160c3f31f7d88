//! Errors and where they are.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::choice::{Choice, serde_by_words};

/// The kind of a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// The request or an option breaks a rule.
    BadRequest,
    /// The input is neither JSON nor CSV in UTF-8; the message says what it looks like.
    BadEncoding,
    /// The file holds several lists that may be the users, or none, and the message names them; or it
    /// is CSV whose first row gives no headings, or headings that contradict each other.
    BadLayout,
    /// The gzip data is truncated or damaged.
    BadGzip,
    /// A record, or the list around the records, is not valid JSON.
    BadRecord,
    /// A record is larger than the maximum record size.
    RecordTooLarge,
    /// Reading the input or writing the output failed outside the core.
    Io,
    /// There is no space for the output.
    StorageFull,
}

impl ErrorCode {
    /// Its name in reports.
    pub fn as_str(self) -> &'static str {
        self.word()
    }
}

impl Choice for ErrorCode {
    const ALL: &'static [(Self, &'static str)] = &[
        (Self::BadRequest, "bad_request"),
        (Self::BadEncoding, "bad_encoding"),
        (Self::BadLayout, "bad_layout"),
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
/// It displays as the message, preceded by the name in `file` if that is set.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("{}{message}", .file.as_ref().map_or(String::new(), |file| format!("{}: ", file.name)))]
pub struct Error {
    /// The kind of the failure.
    #[serde(rename = "error")]
    pub code: ErrorCode,
    /// Number of the record from 1, counted through all inputs.
    pub record: Option<u64>,
    /// Line in the file, from 1.
    pub line: Option<u64>,
    /// Byte in the file, from 0: in its text, or with [`ErrorCode::BadGzip`] in the compressed data.
    pub byte: Option<u64>,
    /// What is wrong and what was expected.
    pub message: String,
    /// Index of the file with the error, from 0.
    #[serde(skip)]
    pub input: usize,
    /// Which of several files has the error, for callers that show it separately from the message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Box<FaultyFile>>,
    /// With [`ErrorCode::BadLayout`]: the lists of the file that may be its users.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub lists: Box<[FoundList]>,
}

/// A list that may be the users of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundList {
    /// Where it stands: what the option `users_at` is to be set to.
    pub at: String,
    /// How many elements it has; `None` if they were not counted.
    pub length: Option<u64>,
}

/// One of several input files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultyFile {
    /// Its index among them, from 0.
    pub index: usize,
    /// Its name.
    pub name: String,
}

/// A record that is not exported, and why. Serializes like an [`Error`] with a known position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// [`ErrorCode::BadRecord`] or [`ErrorCode::RecordTooLarge`].
    #[serde(rename = "error")]
    pub code: ErrorCode,
    /// Number of the record from 1, counted through all inputs.
    pub record: u64,
    /// Line in the file on which the record starts, from 1.
    pub line: u64,
    /// Byte in the file's text at which the record starts, from 0.
    pub byte: u64,
    /// What is wrong, with the byte in the file at which it was found.
    pub message: String,
    /// Index of the record's file, from 0.
    pub input: usize,
}

impl Error {
    /// Reading or writing failed outside the core.
    pub fn io(message: impl Into<String>) -> Self {
        Self {
            code: ErrorCode::Io,
            record: None,
            line: None,
            byte: None,
            message: message.into(),
            input: 0,
            file: None,
            lists: Box::default(),
        }
    }

    /// There is no space for the output; the message says how much is needed and how much there is.
    pub fn storage_full(message: impl Into<String>) -> Self {
        Self {
            code: ErrorCode::StorageFull,
            ..Self::io(message)
        }
    }

    /// The same error with the file's name in its message, for an input of several files.
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
            lists: Box::default(),
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
    /// An error in the property at `place` (`limit`, `fields[0].name`); an empty place is the root.
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

    /// The requested connection is neither in the list nor in any user.
    pub(crate) fn unknown_connection() -> Self {
        let message = "The connection does not exist.".to_owned();
        Self(Box::new(BrokenRule {
            text: message.clone(),
            message,
            property: Some("connection_id".to_owned()),
            error_code: "inexistent_connection",
        }))
    }

    /// The invalid property, such as `fields[3].export_as`; `None` means the whole body.
    pub fn property(&self) -> Option<&str> {
        self.0.property.as_deref()
    }

    /// The message without the words that name the property, for a form that shows it next to the
    /// property's input.
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
            lists: Box::default(),
        }
    }
}

/// The description of a property in Auth0's schema.
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
