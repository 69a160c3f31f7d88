//! The body of `POST /api/v2/jobs/users-exports`: its shape and types.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::RequestError;

/// What to export: the request body as Auth0 defines it. `{}` asks for all users as CSV.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ExportRequest {
    /// Exports only the users of this connection: `con_` and 16 letters or digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection_id: Option<String>,
    /// Format of the file; CSV when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    /// Stops after this many users; at least 1. Users that the connection drops do not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// The fields in their order; absent or empty asks for the default fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fields: Option<Vec<FieldSpec>>,
}

/// Format of an export file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// NDJSON, one user a line; the file still ends in `.json`, as Auth0's does.
    Json,
    /// Comma-separated values.
    #[default]
    Csv,
}

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
    /// What the values may be is checked by [`crate::Plan::new`].
    ///
    /// # Errors
    /// The first fault in the order of Auth0's schema: root, `connection_id`, `format`, `limit`, `fields`.
    pub fn from_json(body: &[u8]) -> Result<Self, RequestError> {
        let value: Value = serde_json::from_slice(body).map_err(|_| RequestError::not_json())?;
        let body = object(&value, "")?;
        refuse_unknown(body, &["connection_id", "format", "limit", "fields"], "")?;
        Ok(Self {
            connection_id: string(body, "connection_id", "")?,
            format: string(body, "format", "")?
                .map(|text| match text.as_str() {
                    "csv" => Ok(Format::Csv),
                    "json" => Ok(Format::Json),
                    _ => Err(RequestError::at(
                        "format",
                        format!("No enum match for: {text}"),
                    )),
                })
                .transpose()?,
            limit: limit(body)?,
            fields: fields(body)?,
        })
    }
}

fn limit(body: &Map<String, Value>) -> Result<Option<u64>, RequestError> {
    let Some(value) = body.get("limit") else {
        return Ok(None);
    };
    let below_one = || RequestError::at("limit", format!("Value {value} is less than minimum 1"));
    match value.as_f64() {
        // As in JSON Schema, a number without a fraction is an integer however it is written.
        Some(number) if number.fract() == 0.0 && number < 0.0 => Err(below_one()),
        // Beyond u64 there is no file to reach the limit: the cast saturates.
        Some(number) if number.fract() == 0.0 => Ok(Some(value.as_u64().unwrap_or(number as u64))),
        _ => Err(wrong_type("limit", "integer", value)),
    }
}

fn fields(body: &Map<String, Value>) -> Result<Option<Vec<FieldSpec>>, RequestError> {
    let Some(value) = body.get("fields") else {
        return Ok(None);
    };
    let Value::Array(items) = value else {
        return Err(wrong_type("fields", "array", value));
    };
    let field = |(index, item): (usize, &Value)| {
        let place = format!("fields[{index}]");
        let item = object(item, &place)?;
        refuse_unknown(item, &["name", "export_as"], &place)?;
        let name = string(item, "name", &place)?.ok_or_else(|| {
            RequestError::at(&place, "Missing required property: name".to_owned())
        })?;
        let export_as = string(item, "export_as", &place)?;
        Ok(FieldSpec { name, export_as })
    };
    items
        .iter()
        .enumerate()
        .map(field)
        .collect::<Result<_, _>>()
        .map(Some)
}

fn object<'a>(value: &'a Value, place: &str) -> Result<&'a Map<String, Value>, RequestError> {
    value
        .as_object()
        .ok_or_else(|| wrong_type(place, "object", value))
}

fn string(
    object: &Map<String, Value>,
    key: &str,
    place: &str,
) -> Result<Option<String>, RequestError> {
    match object.get(key) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(value) if place.is_empty() => Err(wrong_type(key, "string", value)),
        Some(value) => Err(wrong_type(&format!("{place}.{key}"), "string", value)),
    }
}

fn refuse_unknown(
    object: &Map<String, Value>,
    known: &[&str],
    place: &str,
) -> Result<(), RequestError> {
    let unknown: Vec<&str> = object
        .keys()
        .map(String::as_str)
        .filter(|key| !known.contains(key))
        .collect();
    if unknown.is_empty() {
        return Ok(());
    }
    Err(RequestError::at(
        place,
        format!("Additional properties not allowed: {}", unknown.join(",")),
    ))
}

fn wrong_type(place: &str, wanted: &str, found: &Value) -> RequestError {
    let found = match found {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.as_f64().is_some_and(|n| n.fract() == 0.0) => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    RequestError::at(
        place,
        format!("Expected type {wanted} but found type {found}"),
    )
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
