//! What the page and the worker say to each other, as JSON text beside the files themselves.
//!
//! Each posted message is `{ message: <JSON text of a Command or Reply>, files: [File, …] }`:
//! files cannot travel inside JSON. [`Command::Inspect`] and [`Command::Export`] bring the input
//! files, [`Reply::Completed`] brings the one output file.

use serde::{Deserialize, Serialize};

use crate::connection::Connection;
use crate::error::{Error, LeftOut};
use crate::inspector::Findings;
use crate::job::Export;
use crate::options::ExportOptions;
use crate::progress::Progress;
use crate::request::ExportRequest;

/// From the page to the worker. A worker takes one of `Inspect` and `Export` in its life.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Command {
    /// Finds the connections and fields of the files.
    Inspect,
    /// Exports the files.
    Export {
        /// The request body.
        request: ExportRequest,
        /// What stands beside the body.
        options: ExportOptions,
        /// All connections there are, where that is known.
        #[serde(default)]
        connections: Option<Vec<Connection>>,
        /// Name of the output in the origin's private file system, such as `<job id>.csv`.
        output: String,
    },
    /// Stops; answered by [`Reply::Cancelled`] once the partial output is gone.
    Cancel,
}

/// From the worker to the page; at most about ten a second.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reply {
    /// How far the reading is.
    Progress {
        /// What has been read.
        progress: Progress,
        /// Records left out since the last message, as many as are kept.
        left_out: Vec<LeftOut>,
    },
    /// The answer to [`Command::Inspect`]; also sent early, with what is known so far.
    Inspected {
        /// What was found.
        findings: Findings,
        /// Whether all files were read to their ends.
        is_whole: bool,
    },
    /// The file is complete; it comes with the message.
    Completed(Export),
    /// The job failed and left no file behind.
    Failed {
        /// Why.
        error: Error,
    },
    /// The job was cancelled and left no file behind.
    Cancelled,
}
