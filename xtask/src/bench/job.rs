//! The job that all do: eight fields of every user to CSV under Rollcall's rule of `'`.

/// A column: what it takes, and its heading if that is another.
pub const FIELDS: [(&str, &str); 8] = [
    ("user_id", "user_id"),
    ("email", "email"),
    ("email_verified", "email_verified"),
    ("name", "name"),
    ("identities[0].connection", "provider"),
    ("user_metadata.address.city", "city"),
    ("app_metadata.roles", "roles"),
    ("created_at", "created_at"),
];

/// The body of the request.
pub fn request() -> String {
    let fields: Vec<_> = FIELDS
        .iter()
        .map(|(name, title)| format!(r#"{{"name":"{name}","export_as":"{title}"}}"#))
        .collect();
    format!(r#"{{"format":"csv","fields":[{}]}}"#, fields.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn the_request_is_json() {
        let request: Value = serde_json::from_str(&request()).unwrap();
        assert_eq!(request["fields"][4]["name"], "identities[0].connection");
        assert_eq!(request["fields"][4]["export_as"], "provider");
    }
}
