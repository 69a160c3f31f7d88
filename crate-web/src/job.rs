//! One job over files: read, feed the core, write.

mod export;
mod inspect;

use rollcall_core::Error;

use crate::error::Fault;
pub(crate) use export::export;
pub(crate) use inspect::inspect;

/// How a command ends early.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The input cannot be read any further.
    Failed(Fault),
    /// The output cannot be written.
    Unwritten(Fault),
    Cancelled,
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Failed(fault)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error.into())
    }
}

#[cfg(test)]
mod tests;
