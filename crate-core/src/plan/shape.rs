//! Checks the shape of JSON from callers.

use crate::choice::Choice;
use crate::error::RequestError;
use crate::json::document::Value;
use crate::json::number;
use crate::json::read::Kind;
use crate::tally::Tally;

/// An object at a place of a request; the empty place is the root.
#[derive(Clone, Copy)]
pub(crate) struct Object<'a> {
    value: Value<'a>,
    place: &'a str,
}

impl<'a> Object<'a> {
    /// # Errors
    /// The value is not an object.
    pub(crate) fn new(value: Value<'a>, place: &'a str) -> Result<Self, RequestError> {
        match value.kind() {
            Kind::Object => Ok(Self { value, place }),
            _ => Err(wrong_type(place, "object", value)),
        }
    }

    /// # Errors
    /// The object has keys other than these.
    pub(crate) fn refuse_unknown(&self, known: &[&str]) -> Result<(), RequestError> {
        let mut unknown = Tally::default();
        for key in self.value.keys().filter(|key| !known.contains(&&**key)) {
            unknown.add(&key, 1);
        }
        if unknown.is_empty() {
            return Ok(());
        }
        Err(RequestError::at(
            self.place,
            format!("Additional properties not allowed: {}", unknown.join(",")),
        ))
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<Value<'a>> {
        self.value.get(key)
    }

    /// The value of a key, unless that is `null`.
    pub(crate) fn given(&self, key: &str) -> Option<Value<'a>> {
        self.get(key).filter(|value| value.kind() != Kind::Null)
    }

    /// The error for a value of the wrong type under this key.
    pub(crate) fn wrong_type(&self, key: &str, wanted: &str, found: Value<'_>) -> RequestError {
        wrong_type(&self.place_of(key), wanted, found)
    }

    /// A string, unless the key is absent or null.
    pub(crate) fn optional_text(&self, key: &str) -> Result<Option<String>, RequestError> {
        let given = self.given(key);
        given.map(|value| self.text(key, value)).transpose()
    }

    /// A string, if the key exists.
    pub(crate) fn string(&self, key: &str) -> Result<Option<String>, RequestError> {
        self.get(key).map(|value| self.text(key, value)).transpose()
    }

    /// A required string.
    pub(crate) fn demand(&self, key: &str) -> Result<String, RequestError> {
        self.string(key)?.ok_or_else(|| {
            RequestError::at(self.place, format!("Missing required property: {key}"))
        })
    }

    /// One of a fixed list of words, if the key exists.
    pub(crate) fn choice<T: Choice>(&self, key: &str) -> Result<Option<T>, RequestError> {
        let Some(text) = self.string(key)? else {
            return Ok(None);
        };
        match T::of_word(&text) {
            Some(choice) => Ok(Some(choice)),
            None => Err(RequestError::at(
                &self.place_of(key),
                format!("No enum match for: {text}"),
            )),
        }
    }

    /// `true` or `false`, if the key exists.
    pub(crate) fn boolean(&self, key: &str) -> Result<Option<bool>, RequestError> {
        match self.get(key) {
            None => Ok(None),
            Some(value) if value.kind() == Kind::Boolean => Ok(Some(value.0 == b"true")),
            Some(value) => Err(self.wrong_type(key, "boolean", value)),
        }
    }

    /// A non-negative integer, capped at `u64::MAX`, if the key exists.
    pub(crate) fn integer(&self, key: &str) -> Result<Option<u64>, RequestError> {
        let Some(value) = self.get(key) else {
            return Ok(None);
        };
        match integer(value) {
            Some(1..) if value.0.starts_with(b"-") => Err(RequestError::at(
                &self.place_of(key),
                format!(
                    "Value {} is less than minimum 1",
                    String::from_utf8_lossy(value.0)
                ),
            )),
            Some(integer) => Ok(Some(integer)),
            None => Err(self.wrong_type(key, "integer", value)),
        }
    }

    /// The string value of this key.
    pub(crate) fn text(&self, key: &str, value: Value<'_>) -> Result<String, RequestError> {
        value
            .string()
            .ok_or_else(|| self.wrong_type(key, "string", value))
    }

    fn place_of(&self, key: &str) -> String {
        match self.place {
            "" => key.to_owned(),
            place => format!("{place}.{key}"),
        }
    }
}

fn wrong_type(place: &str, wanted: &str, found: Value<'_>) -> RequestError {
    let found = match found.kind() {
        Kind::Null => "null",
        Kind::Boolean => "boolean",
        Kind::Number if integer(found).is_some() => "integer",
        Kind::Number => "number",
        Kind::String => "string",
        Kind::Array => "array",
        Kind::Object => "object",
    };
    RequestError::at(
        place,
        format!("Expected type {wanted} but found type {found}"),
    )
}

fn integer(value: Value<'_>) -> Option<u64> {
    match value.kind() {
        Kind::Number => number::integer(value.0),
        _ => None,
    }
}
