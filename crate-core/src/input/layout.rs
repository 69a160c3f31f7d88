//! How a file is laid out.

use serde::{Deserialize, Serialize};

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
    /// `{"users": […]}`, of which the list is read.
    UsersPage,
}
