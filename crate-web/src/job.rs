//! One job over files: read, feed the core, write.

mod export;
mod inspect;

use rollcall_core::Error;

pub(crate) use export::export;
pub(crate) use inspect::inspect;

/// How a command ends early.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The input cannot be read any further.
    Failed(Error),
    /// The output cannot be written.
    Unwritten(Error),
    Cancelled,
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

#[cfg(test)]
mod tests;
