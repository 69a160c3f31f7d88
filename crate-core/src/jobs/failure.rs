//! Why a job ended without a file.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::Error;

/// Why a job ended without a file. It displays as a sentence for people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// Its run failed.
    Error(Error),
    /// Its run did not fail; something else happened to the job.
    Reason(Reason),
}

/// What happened to a job whose run did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A request stopped it.
    Cancelled,
    /// The page or process that ran it was closed.
    Interrupted,
    /// It was complete, but its file is gone.
    Lost,
    /// Its stored record cannot be read.
    Unreadable,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<Reason> for Failure {
    fn from(reason: Reason) -> Self {
        Self::Reason(reason)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Error(error) => error.fmt(f),
            Self::Reason(reason) => reason.fmt(f),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cancelled => "Cancelled",
            Self::Interrupted => "interrupted: the page was closed while the job was running",
            Self::Lost => "lost: the file no longer exists",
            Self::Unreadable => {
                "unreadable: its record is damaged or was written by another version"
            }
        })
    }
}
