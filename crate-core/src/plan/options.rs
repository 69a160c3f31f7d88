//! Options in addition to the request body that Auth0 defines.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::choice::{Choice, serde_by_words};
use crate::error::RequestError;
use crate::plan::shape::Object;

/// The default maximum record size: 16 MiB.
pub const DEFAULT_MAX_RECORD_SIZE: usize = 16 << 20;

/// The largest value that [`ExportOptions::max_record_size`] may take: 512 MiB.
pub const MAX_RECORD_SIZE: usize = 512 << 20;

/// Options that are not part of the request body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ExportOptions {
    /// How CSV cells are quoted and guarded; no effect on JSON.
    pub csv_profile: CsvProfile,
    /// Compresses the output with gzip.
    pub gzip: bool,
    /// Fails the job at the first record that would be left out.
    pub strict: bool,
    /// The maximum record size in bytes: 1 to [`MAX_RECORD_SIZE`]. Larger records are left out.
    pub max_record_size: usize,
    /// Allows more than 30 fields in CSV.
    pub lift_limits: bool,
    /// Exports only users of the connection with this name. The request must then have no
    /// `connection_id`.
    pub connection: Option<String>,
    /// Users belong only to the connection of their first identity, not to those of all identities; no
    /// effect without a connection.
    pub primary_only: bool,
    /// Where the users stand in each root object of the input: a path through keys to a list of
    /// users, or to an object whose values are users. No effect on CSV input.
    pub users_at: Option<String>,
    /// The headings of CSV input without a heading row, written as one: `a,b,"c,d"`.
    pub csv_headings: Option<String>,
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
            primary_only: false,
            users_at: None,
            csv_headings: None,
        }
    }
}

impl ExportOptions {
    /// The query of a request to the API: each option that differs from its default.
    ///
    /// ```
    /// use rollcall_core::{CsvProfile, ExportOptions};
    ///
    /// let options = ExportOptions { csv_profile: CsvProfile::Excel, gzip: true, ..Default::default() };
    /// assert_eq!(options.to_query(), "csv_profile=excel&gzip=true");
    /// ```
    pub fn to_query(&self) -> String {
        let [own, usual] = [self, &Self::default()].map(|options| json!(options));
        let differing = own.as_object().into_iter().flatten();
        let differing = differing.filter(|(key, value)| usual[*key] != **value);
        let text = |value: &Value| value.as_str().map_or(value.to_string(), str::to_owned);
        let pairs: Vec<_> = differing.map(|(key, value)| (key, text(value))).collect();
        serde_urlencoded::to_string(pairs).unwrap_or_default()
    }

    /// The options in an object, which may also have the keys `others`.
    pub(crate) fn from_object(object: Object<'_>, others: &[&str]) -> Result<Self, RequestError> {
        object.refuse_unknown(&[&KEYS, others].concat())?;
        let default = Self::default();
        Ok(Self {
            csv_profile: object.choice("csv_profile")?.unwrap_or(default.csv_profile),
            gzip: object.boolean("gzip")?.unwrap_or(default.gzip),
            strict: object.boolean("strict")?.unwrap_or(default.strict),
            max_record_size: object
                .integer("max_record_size")?
                // A size this machine cannot address exceeds the maximum anyway.
                .map_or(default.max_record_size, |size| {
                    size.try_into().unwrap_or(usize::MAX)
                }),
            lift_limits: object
                .boolean("lift_limits")?
                .unwrap_or(default.lift_limits),
            connection: object.optional_text("connection")?,
            primary_only: object
                .boolean("primary_only")?
                .unwrap_or(default.primary_only),
            users_at: object.optional_text("users_at")?,
            csv_headings: object.optional_text("csv_headings")?,
        })
    }
}

const KEYS: [&str; 9] = [
    "csv_profile",
    "gzip",
    "strict",
    "max_record_size",
    "lift_limits",
    "connection",
    "primary_only",
    "users_at",
    "csv_headings",
];

/// How CSV cells are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CsvProfile {
    /// Every string is quoted and starts with `'`, as in Auth0's exports.
    #[default]
    Auth0,
    /// Every string is quoted. Only strings that a spreadsheet could mistake for a formula, or that
    /// already start with `'`, get a leading `'`, so that it can be removed again.
    OwaspMinimal,
    /// [`CsvProfile::OwaspMinimal`] with a byte order mark and CRLF line endings.
    Excel,
    /// Plain RFC 4180, with no guard against formulas.
    Plain,
}

impl Choice for CsvProfile {
    const ALL: &'static [(Self, &'static str)] = &[
        (Self::Auth0, "auth0"),
        (Self::OwaspMinimal, "owasp-minimal"),
        (Self::Excel, "excel"),
        (Self::Plain, "plain"),
    ];
}

serde_by_words!(CsvProfile);

#[cfg(test)]
mod tests {
    use crate::Plan;

    #[test]
    fn options_that_make_no_sense_are_refused() {
        for (options, want) in [
            (
                r#"{"gzip":1}"#,
                "'Expected type boolean but found type integer' on property gzip.",
            ),
            (
                r#"{"zip":true}"#,
                "'Additional properties not allowed: zip'.",
            ),
            (
                r#"{"csv_profile":"Excel"}"#,
                "'No enum match for: Excel' on property csv_profile.",
            ),
            (
                r#"{"max_record_size":1e300}"#,
                "'Expected a size from 1 to 536870912 bytes' on property max_record_size.",
            ),
            (
                r#"{"connections":[{"id":"con_0000000000000001"}]}"#,
                "'Missing required property: name' on property connections[0].",
            ),
            (
                r#"{"connections":[{"id":"con_0000000000000001","name":1}]}"#,
                "'Expected type string but found type integer' on property connections[0].name.",
            ),
        ] {
            let error = Plan::from_json(b"{}", options.as_bytes()).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("Payload validation error: {want}")
            );
        }
        let options = r#"{"connection":null,"connections":null,"max_record_size":1e3}"#;
        assert!(Plan::from_json(b"{}", options.as_bytes()).is_ok());
    }
}
