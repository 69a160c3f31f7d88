//! What every output is compared with: the job done without Rollcall, slowly and by the rule.

use super::job::FIELDS;
use anyhow::Result;
use serde_json::Value;
use std::io::{BufRead, Write};

/// Writes the rows of lines of users.
pub fn write(users: impl BufRead, out: &mut impl Write) -> Result<()> {
    let titles: Vec<_> = FIELDS.iter().map(|(_, title)| *title).collect();
    writeln!(out, "{}", titles.join(","))?;
    for line in users.lines() {
        writeln!(out, "{}", row(&serde_json::from_str(&line?)?))?;
    }
    Ok(())
}

fn row(user: &Value) -> String {
    let identity = &user["identities"][0];
    let address = &user["user_metadata"]["address"];
    [
        cell(&user["user_id"]),
        cell(&user["email"]),
        cell(&user["email_verified"]),
        cell(&user["name"]),
        cell(&identity["connection"]),
        cell(&address["city"]),
        cell(&user["app_metadata"]["roles"]),
        // A date of Auth0 is bare.
        user["created_at"].as_str().unwrap_or_default().to_owned(),
    ]
    .join(",")
}

fn cell(value: &Value) -> String {
    let guarded = |text: &str| format!("\"'{}\"", text.replace('"', "\"\""));
    match value {
        Value::Null => String::new(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) => guarded(text),
        Value::Array(_) | Value::Object(_) => guarded(&value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_follow_the_rule() {
        let users = br#"{"user_id":"auth0|1","email_verified":true,"name":"say \"hi\"","identities":[{"connection":"c1"}],"user_metadata":{"address":{"city":"K\u00f6ln"}},"app_metadata":{"roles":["a","b"]},"created_at":"2023-01-25T17:48:14.784Z"}
{"user_id":"auth0|2","email":null,"name":"","identities":[],"app_metadata":{"roles":[]},"created_at":"2023-01-25T17:48:14.784Z"}
"#;
        let mut out = Vec::new();
        write(&users[..], &mut out).unwrap();
        let want = r#"user_id,email,email_verified,name,provider,city,roles,created_at
"'auth0|1",,true,"'say ""hi""","'c1","'Köln","'[""a"",""b""]",2023-01-25T17:48:14.784Z
"'auth0|2",,,"'",,,"'[]",2023-01-25T17:48:14.784Z
"#;
        assert_eq!(String::from_utf8(out).unwrap(), want);
    }
}
