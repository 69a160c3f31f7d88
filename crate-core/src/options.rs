//! What a person may choose beside the request body that Auth0 defines.

use serde::{Deserialize, Serialize};

/// The largest record that is read unless another size is asked for: 16 MiB.
pub const DEFAULT_MAX_RECORD_SIZE: usize = 16 << 20;

/// The largest value that [`ExportOptions::max_record_size`] may take: 512 MiB.
pub const MAX_RECORD_SIZE: usize = 512 << 20;

/// Choices that are not part of the request body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ExportOptions {
    /// How CSV cells are guarded and quoted; without effect on JSON.
    pub csv_profile: CsvProfile,
    /// Compresses the output with gzip.
    pub gzip: bool,
    /// Fails the job at the first record that would be left out.
    pub strict: bool,
    /// The largest record that is read, in bytes: 1 to [`MAX_RECORD_SIZE`].
    pub max_record_size: usize,
    /// Allows more than 30 fields in CSV.
    pub lift_limits: bool,
    /// Exports only the users of the connection of this name; the request's `connection_id` then must be absent.
    pub connection: Option<String>,
}

impl Default for ExportOptions {
    fn default() -> Self {
        Self {
            csv_profile: CsvProfile::default(),
            gzip: false,
            strict: false,
            max_record_size: DEFAULT_MAX_RECORD_SIZE,
            lift_limits: false,
            connection: None,
        }
    }
}

/// A way of writing CSV cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CsvProfile {
    /// Every string is quoted and begins with `'`, as Auth0 exports it.
    #[default]
    Auth0,
    /// Every string is quoted; only those that a spreadsheet may take for a formula, or that begin
    /// with `'` already, get a `'` in front, so that it can be taken off again.
    OwaspMinimal,
    /// [`CsvProfile::OwaspMinimal`] with a byte order mark and CRLF line ends.
    Excel,
    /// RFC 4180 and nothing else: formulas are not defused.
    Plain,
}
