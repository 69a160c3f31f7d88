//! Exports user profiles to CSV or NDJSON: bytes in, bytes out, no I/O and no clock.
//!
//! ```text
//! chunk → input → record → projection → row → keep → protect → encode → lines → pack → chunk
//!            └ broken → report                └ or count: what an inspection finds
//! request → plan: asks for slots, and says who is kept, what is written and how
//! ```
//!
//! The modules below are in this order, the ground they share first, and each uses only those
//! before it. [`Exporter`] ties them together for an export and [`Inspector`] for a look at what is
//! there; both are a [`Pass`]. Chunks may be cut anywhere, and several files are one input.
//!
//! ```
//! use rollcall_core::{ExportOptions, ExportRequest, Exporter, Plan};
//!
//! let request = ExportRequest::from_json(
//!     br#"{"fields":[{"name":"email"},{"name":"identities[0].connection","export_as":"From"}]}"#,
//! )?;
//! let mut exporter = Exporter::new(Plan::new(&request, &ExportOptions::default())?);
//! let mut out = Vec::new();
//! let file = br#"[{"email":"a@example.com","identities":[{"connection":"acme"}]},{"email":"=1+1"}, 7]"#;
//! for chunk in file.chunks(10) {
//!     let _ = exporter.push(chunk, &mut out)?; // `Break` once the limit is reached
//! }
//! let _ = exporter.end_input(&mut out)?;
//! let totals = exporter.finish(&mut out)?;
//!
//! assert_eq!(out, b"email,From\n\"'a@example.com\",\"'acme\"\n\"'=1+1\",\n");
//! assert_eq!((totals.read, totals.exported), (3, 2));
//! let left_out = &exporter.take_left_out()[0];
//! assert_eq!((left_out.record, left_out.line, left_out.byte), (3, 1, 82));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod choice;
mod effort;
pub mod error;
mod json;
pub mod number;
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

/// What to know about a file.
pub mod remarks;

/// The jobs API that asks for it.
pub mod jobs;

/// The messages between the page and its workers.
pub mod message;

pub use choice::Choice;
pub use error::{Error, ErrorCode, FaultyFile, FoundList, LeftOut, RequestError};
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
pub use plan::reading::Reading;
pub use plan::request::{self, ExportRequest, FieldSpec, Format};
pub use size::Size;

/// The examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
