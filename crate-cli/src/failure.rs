//! How a command ends when it does not succeed.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use rollcall_core::{Error, RequestError};

use crate::report;

/// The exit status that a shell shows for a program that a broken pipe has ended.
const BROKEN_PIPE: u8 = 128 + 13;

/// Why a command failed.
#[derive(Debug)]
pub enum Failure {
    /// One line tells it.
    Report(Error),
    /// Whoever reads standard output has read enough: nothing to say, as with other commands.
    BrokenPipe,
}

impl Failure {
    /// Reading or writing the file failed.
    pub fn io(name: &Path, error: &io::Error) -> Self {
        Error::io(format!("{}: {error}", name.display())).into()
    }

    /// The arguments contradict each other or a file that they name.
    pub fn request(message: impl Into<String>) -> Self {
        Self::Report(Error {
            code: rollcall_core::ErrorCode::BadRequest,
            ..Error::io(message)
        })
    }

    /// Tells it on standard error and gives the exit status.
    pub fn tell(self) -> ExitCode {
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
