//! The body of `POST /api/v2/jobs/users-exports`: its shape and types.

use serde::{Deserialize, Serialize};

use crate::choice::{Choice, serde_by_words};
use crate::error::RequestError;
use crate::json::document::Document;
use crate::json::read::Kind;
use crate::plan::shape::Object;

/// What to export: the request body as Auth0 defines it. `{}` asks for all users as CSV.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ExportRequest {
    /// Exports only users of this connection: `con_` and 16 letters or digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection_id: Option<String>,
    /// Format of the file; CSV when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    /// Exports at most this many users; at least 1. Users of other connections do not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// The fields, in order; if absent or empty, the default fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fields: Option<Vec<FieldSpec>>,
}

/// Format of an export file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// NDJSON, one user per line; the file name ends in `.json`, as Auth0's does.
    Json,
    /// Comma-separated values.
    #[default]
    Csv,
}

impl Choice for Format {
    const ALL: &'static [(Self, &'static str)] = &[(Self::Csv, "csv"), (Self::Json, "json")];
}

serde_by_words!(Format);

/// One requested field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldSpec {
    /// Field path in the profile, at most 100 characters.
    pub name: String,
    /// Column heading or JSON key, at most 100 characters; `name` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub export_as: Option<String>,
}

impl ExportRequest {
    /// Reads a request body and checks its shape and types.
    ///
    /// The values are checked by [`crate::Plan::new`].
    ///
    /// # Errors
    /// The first error in the order of Auth0's schema: root, `connection_id`, `format`, `limit`, `fields`.
    pub fn from_json(body: &[u8]) -> Result<Self, RequestError> {
        let document = Document::new(body).ok_or_else(RequestError::not_json)?;
        Self::from_object(Object::new(document.root(), "")?)
    }

    /// Reads a request from an object.
    pub(crate) fn from_object(body: Object<'_>) -> Result<Self, RequestError> {
        body.refuse_unknown(&["connection_id", "format", "limit", "fields"])?;
        Ok(Self {
            connection_id: body.string("connection_id")?,
            format: body.choice("format")?,
            limit: body.integer("limit")?,
            fields: fields(body)?,
        })
    }
}

fn fields(body: Object<'_>) -> Result<Option<Vec<FieldSpec>>, RequestError> {
    let Some(value) = body.get("fields") else {
        return Ok(None);
    };
    if value.kind() != Kind::Array {
        return Err(body.wrong_type("fields", "array", value));
    }
    let field = |(index, item)| {
        let place = format!("fields[{index}]");
        let item = Object::new(item, &place)?;
        item.refuse_unknown(&["name", "export_as"])?;
        Ok(FieldSpec {
            name: item.demand("name")?,
            export_as: item.string("export_as")?,
        })
    };
    let fields: Result<_, _> = value.elements().enumerate().map(field).collect();
    fields.map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_any_whole_number_from_zero_on() {
        for (text, want) in [
            ("1", Some(1)),
            ("1.0", Some(1)),
            ("1e3", Some(1000)),
            ("0", Some(0)),
            ("18446744073709551615", Some(u64::MAX)),
            ("1e300", Some(u64::MAX)),
            ("1.5", None),
            ("-1", None),
            ("\"5\"", None),
            ("null", None),
        ] {
            let body = format!(r#"{{"limit":{text}}}"#);
            let limit = ExportRequest::from_json(body.as_bytes())
                .ok()
                .and_then(|r| r.limit);
            assert_eq!(limit, want, "{text}");
        }
    }
}
