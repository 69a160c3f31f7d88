//! The machine of one export.

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use crate::error::{Error, LeftOut};
use crate::plan::Plan;
use crate::progress::Progress;

/// The counts of a finished export: `read = exported + left_out + other_connections`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Records read until the end or the limit.
    pub read: u64,
    /// Users written.
    pub exported: u64,
    /// Records that could not be read; each was reported.
    pub left_out: u64,
    /// Users that the connection dropped.
    pub other_connections: u64,
    /// Exported users in whom a key that was read stands twice; the last one counted.
    pub duplicate_keys: u64,
    /// CSV cells in which half a surrogate pair was written as U+FFFD.
    pub replaced_surrogates: u64,
    /// CSV cells of more than 32,767 characters, which Excel cuts.
    pub long_cells: u64,
}

/// Turns chunks of input files into an export file.
#[derive(Debug)]
pub struct Exporter {}

impl Exporter {
    /// An export that has read nothing yet.
    pub fn new(plan: Plan) -> Self {
        todo!("{plan:?}")
    }

    /// Reads the next bytes of a file, cut anywhere, and appends output to `out`.
    ///
    /// `Break` says that the limit is reached: nothing more needs to be pushed.
    ///
    /// # Errors
    /// The job has failed; what was written must not be offered as a complete file.
    pub fn push(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> Result<ControlFlow<()>, Error> {
        todo!("{} {}", chunk.len(), out.len())
    }

    /// Ends a file; the next push begins another one.
    ///
    /// # Errors
    /// As with [`Exporter::push`]: the file is cut.
    pub fn end_input(&mut self, out: &mut Vec<u8>) -> Result<ControlFlow<()>, Error> {
        todo!("{}", out.len())
    }

    /// Ends the export after the last [`Exporter::end_input`], or after `Break`.
    ///
    /// # Errors
    /// The connection that was asked for has no user in the input and no list knows it.
    pub fn finish(&mut self, out: &mut Vec<u8>) -> Result<Totals, Error> {
        todo!("{}", out.len())
    }

    /// How much has been read and written.
    pub fn progress(&self) -> Progress {
        todo!()
    }

    /// Takes the records left out since the last call, in their order.
    pub fn take_left_out(&mut self) -> Vec<LeftOut> {
        todo!()
    }
}
