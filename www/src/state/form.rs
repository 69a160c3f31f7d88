//! The form: what the person has entered so far, right or wrong.

mod edit;
mod filled;
mod request;
mod summary;
mod wanted;

use rollcall_core::{ExportOptions, Format};

pub use edit::{Direction, Edit};
pub use summary::summary;
pub use wanted::Wanted;

/// Users of a sample.
pub const SAMPLE: u64 = 10;

/// One row of *Export fields*.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Stays the same when rows move.
    pub id: u32,
    /// User attribute: a field path.
    pub name: String,
    /// Field name; empty means the attribute itself.
    pub title: String,
}

/// The entries of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    pub tenant: String,
    /// `None` is all connections.
    pub connection: Option<Wanted>,
    pub format: Format,
    pub default_fields: bool,
    pub rows: Vec<Row>,
    pub limit: String,
    pub sample: bool,
    /// Those beside the request; a connection that is typed is in `connection`.
    pub options: ExportOptions,
    next_row: u32,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            tenant: "my-tenant".to_owned(),
            connection: None,
            format: Format::Csv,
            default_fields: true,
            rows: Vec::new(),
            limit: String::new(),
            sample: false,
            options: ExportOptions::default(),
            next_row: 1,
        }
    }
}
