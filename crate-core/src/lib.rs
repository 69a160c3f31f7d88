//! Exports user profiles to CSV or NDJSON: bytes in, bytes out, no I/O and no clock.

pub mod choice;
mod effort;
pub mod error;
mod json;
pub mod size;
mod tally;

/// What to export.
pub mod plan;

/// Files become records.
mod input;

/// Records become rows.
mod projection;

/// Which rows stay.
mod keep;

/// Secrets go.
mod protect;

/// Rows become lines.
mod encode;

/// Lines become a file.
mod pack;

/// The passes that do all of this.
mod pass;

/// The jobs API that asks for it.
pub mod jobs;

/// The messages between the page and its workers.
pub mod message;

pub use choice::Choice;
pub use error::{Error, ErrorCode, FaultyFile, LeftOut, RequestError};
pub use input::unpacker::{self, Unpacker};
pub use jobs as api;
pub use jobs::job::{self, Job, JobId};
pub use jobs::tenant::{self, TenantName};
pub use jobs::timestamp::{self, Moment, Timestamp};
pub use pass::Pass;
pub use pass::export::{self as exporter, Exporter};
pub use pass::export_slice::{ExportedSlice, SliceExporter};
pub use pass::inspect::{self as inspector, Findings, Inspector};
pub use pass::inspect_slice::{InspectedSlice, SliceInspector};
pub use pass::progress::{self, Progress, Rate};
pub use pass::slice;
pub use pass::totals::Totals;
pub use plan::Plan;
pub use plan::connection::{self, Connection, ConnectionCount};
pub use plan::options::{self, CsvProfile, ExportOptions};
pub use plan::path::{self, FieldPath, Segment};
pub use plan::profile;
pub use plan::request::{self, ExportRequest, FieldSpec, Format};
pub use size::Size;

/// The examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
