//! How a command fails.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use rollcall_core::{Error, RequestError};

use crate::report;

/// The exit status that a shell shows for a program ended by a broken pipe.
const BROKEN_PIPE: u8 = 128 + 13;

/// Why a command failed.
#[derive(Debug)]
pub enum Failure {
    /// Reported in one line.
    Report(Error),
    /// The reader of standard output is gone. As with other commands, there is nothing to report.
    BrokenPipe,
}

impl Failure {
    /// Reading or writing the file failed.
    pub fn io(name: &Path, error: &io::Error) -> Self {
        Error::io(format!("{}: {error}", name.display())).into()
    }

    /// The arguments contradict each other, or a file they name.
    pub fn request(message: impl Into<String>) -> Self {
        Self::Report(Error {
            code: rollcall_core::ErrorCode::BadRequest,
            ..Error::io(message)
        })
    }

    /// What there is to report of it.
    pub fn error(&self) -> Error {
        match self {
            Self::Report(error) => error.clone(),
            Self::BrokenPipe => Error::io("broken pipe: standard output was closed"),
        }
    }

    /// Reports it on standard error and returns the exit status.
    pub fn report(self) -> ExitCode {
        match self {
            Self::Report(error) => {
                report::print(&report::line(&error));
                ExitCode::FAILURE
            }
            Self::BrokenPipe => ExitCode::from(BROKEN_PIPE),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Report(error)
    }
}

impl From<RequestError> for Failure {
    fn from(error: RequestError) -> Self {
        Self::Report(error.into())
    }
}
