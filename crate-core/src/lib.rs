//! Exports user profiles to CSV or NDJSON: bytes in, bytes out, no I/O and no clock.
//!
//! The modules stand in the order in which the data passes them.

pub mod request;
mod shape;

pub mod connection;
pub mod error;
pub mod options;
pub mod path;
pub mod plan;
pub mod profile;

pub mod unpacker;

mod effort;
mod input;
mod json;
mod record;
mod select;
mod tally;

mod encode;
mod projection;

pub mod api;
pub mod exporter;
pub mod inspector;
pub mod job;
pub mod message;
pub mod progress;
pub mod size;
pub mod slice;
pub mod tenant;
pub mod timestamp;

pub use connection::{Connection, ConnectionCount};
pub use error::{Error, ErrorCode, FaultyFile, LeftOut, RequestError};
pub use exporter::{Exporter, Totals};
pub use inspector::{Findings, Inspector};
pub use job::{Job, JobId};
pub use options::{CsvProfile, ExportOptions};
pub use path::{FieldPath, Segment};
pub use plan::Plan;
pub use progress::{Progress, Rate};
pub use request::{ExportRequest, FieldSpec, Format};
pub use size::Size;
pub use slice::{ExportedSlice, InspectedSlice, SliceExporter, SliceInspector};
pub use tenant::TenantName;
pub use timestamp::{Moment, Timestamp};
pub use unpacker::Unpacker;

/// The examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
