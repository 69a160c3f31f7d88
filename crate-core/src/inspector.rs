//! The pass that finds connections, users and fields before an export.

use serde::{Deserialize, Serialize};

use crate::connection::ConnectionCount;
use crate::error::Error;
use crate::progress::Progress;

/// How the records stand in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// One record a line.
    Ndjson,
    /// Objects one after another, each over several lines.
    Pretty,
    /// A JSON array of records.
    Array,
    /// `{"users": […]}`, read as its list.
    UsersPage,
}

/// What an [`Inspector`] found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    /// Layout of the first file, once known.
    pub layout: Option<Layout>,
    /// Whether the first file is compressed.
    pub gzip: bool,
    /// Records read, the left-out ones too.
    pub read: u64,
    /// Records that could not be read.
    pub left_out: u64,
    /// Users that belong to no connection.
    pub without_connection: u64,
    /// The connections, those of most users first, then by name.
    pub connections: Vec<ConnectionCount>,
    /// Field paths seen in the first 1,000 users, in the order in which they appeared, at most 500.
    pub paths: Vec<String>,
}

/// Reads users without exporting them. It is fed like an [`crate::Exporter`].
#[derive(Debug)]
pub struct Inspector {}

impl Inspector {
    /// Reads records of at most `max_record_size` bytes.
    pub fn new(max_record_size: usize) -> Self {
        todo!("{max_record_size}")
    }

    /// Reads the next bytes of a file, cut anywhere.
    ///
    /// # Errors
    /// The input cannot be read any further.
    pub fn push(&mut self, chunk: &[u8]) -> Result<(), Error> {
        todo!("{}", chunk.len())
    }

    /// Ends a file; the next push begins another one.
    ///
    /// # Errors
    /// The file is cut.
    pub fn end_input(&mut self) -> Result<(), Error> {
        todo!()
    }

    /// How much has been read.
    pub fn progress(&self) -> Progress {
        todo!()
    }

    /// What was found so far.
    pub fn findings(&self) -> Findings {
        todo!()
    }
}
