//! How a file is laid out.

use serde::{Deserialize, Serialize};

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
