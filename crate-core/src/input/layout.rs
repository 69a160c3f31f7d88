//! How a file is laid out.

use serde::{Deserialize, Serialize};

use crate::error::FoundList;

/// How the records are arranged in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// One record per line.
    Ndjson,
    /// One object after another, each over several lines.
    Pretty,
    /// A JSON array of records.
    Array,
    /// An object that holds the list of records, such as `{"users": […]}`; or several.
    List,
    /// An Elasticsearch bulk file: lines in turn say what to do with a document, and hold it.
    Bulk,
    /// CSV, one record per row.
    Csv,
}

/// What a file was found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileKind {
    pub layout: Layout,
    pub is_gzip: bool,
    /// Where the list of users is, with [`Layout::List`].
    pub at: Option<String>,
    /// The lists and maps in the first object that may be the users.
    pub lists: Vec<FoundList>,
}
