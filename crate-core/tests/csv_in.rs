//! What was exported to CSV reads back as the same users, as far as CSV can hold them.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use rollcall_cases::exporting::Export;
use rollcall_cases::generated::{cuts, gzip_members, json_text};
use rollcall_core::{CsvProfile, ExportOptions};
use serde_json::{Map, Value, json};

/// The headings, with the paths of the values: attributes known to be texts, and others.
const FIELDS: [&str; 8] = [
    "user_id",
    "name",
    "created_at",
    "email_verified",
    "logins_count",
    "x",
    "user_metadata.a",
    "identities[1].connection",
];

/// As JSON text; what is in none of the lists is any value.
fn value_of(field: usize) -> BoxedStrategy<Option<String>> {
    let text =
        "('?[=+@\t-]?|'')[a-z\"\\\\,;\n\r é😀]{0,6}".prop_map(|text| json!(text).to_string());
    let any = json_text().prop_filter_map("CSV cannot hold it", |text| {
        let value: Value = serde_json::from_str(&text).ok()?;
        match value {
            Value::Null => None,
            // Spelled with the least escapes, as a text that was read is written.
            Value::String(text) if text.starts_with(['{', '[']) => None,
            Value::String(text) => Some(json!(text).to_string()),
            _ => Some(text),
        }
    });
    match field {
        0 => text.prop_map(Some).boxed(),
        1 => option::of(text).boxed(),
        2 => option::of(prop_oneof![
            text,
            Just("\"2024-02-29T00:00:00.000Z\"".to_owned())
        ])
        .boxed(),
        _ => option::of(prop_oneof![text, any]).boxed(),
    }
}

fn user() -> impl Strategy<Value = Vec<Option<String>>> {
    (0..FIELDS.len()).map(value_of).collect::<Vec<_>>()
}

fn record(values: &[Option<String>]) -> String {
    let members = FIELDS.iter().zip(values).filter_map(|(field, value)| {
        let value = value.as_ref()?;
        Some(match *field {
            "user_metadata.a" => format!("\"user_metadata\":{{\"a\":{value}}}"),
            "identities[1].connection" => {
                format!("\"identities\":[null,{{\"connection\":{value}}}]")
            }
            field => format!("\"{field}\":{value}"),
        })
    });
    format!("{{{}}}\n", members.collect::<Vec<_>>().join(","))
}

fn request(format: &str) -> String {
    let fields: Vec<Value> = FIELDS.iter().map(|name| json!({"name": name})).collect();
    json!({"format": format, "fields": fields}).to_string()
}

fn exported(format: &str, input: &[u8], csv_profile: CsvProfile) -> Vec<u8> {
    let request = request(format);
    let export = Export {
        options: ExportOptions {
            csv_profile,
            ..ExportOptions::default()
        },
        ..Export::of(&request, input)
    };
    let outcome = export.whole();
    assert!(outcome.result.is_ok() && outcome.left_out.is_empty());
    outcome.output
}

proptest! {
    #[test]
    fn the_profile_auth0_loses_nothing_but_null(users in vec(user(), 0..5), cuts in cuts()) {
        let users: String = users.iter().map(|user| record(user)).collect();
        let wanted = exported("json", users.as_bytes(), CsvProfile::Auth0);
        let csv = exported("csv", users.as_bytes(), CsvProfile::Auth0);
        let request = request("json");
        let mut sizes = cuts.iter().cycle();
        let found = Export::of(&request, &csv).run(|_| *sizes.next().unwrap());
        prop_assert_eq!(String::from_utf8(found.output), String::from_utf8(wanted), "{}", csv.escape_ascii());
        // And the same bytes again as CSV.
        prop_assert_eq!(exported("csv", &csv, CsvProfile::Auth0), csv);
    }

    #[test]
    fn the_other_profiles_lose_what_the_table_says(
        users in vec(user(), 0..5),
        profile in prop::sample::select(vec![CsvProfile::OwaspMinimal, CsvProfile::Excel, CsvProfile::Plain]),
    ) {
        // A text without an apostrophe keeps the file from being one of the profile `auth0`.
        let first = FIELDS.map(|field| (field == "user_id").then(|| "\"u\"".to_owned()));
        let users: Vec<Vec<Option<String>>> = [vec![first.to_vec()], users].concat();
        let records: String = users.iter().map(|user| record(user)).collect();
        let csv = exported("csv", records.as_bytes(), profile);
        let found = exported("json", &csv, profile);
        let found = String::from_utf8(found).unwrap();
        for (line, user) in found.lines().zip(&users) {
            let found: Map<String, Value> = serde_json::from_str(line).unwrap();
            let found = |field: &str| match field {
                "user_metadata.a" => found.get("user_metadata").map(|value| value["a"].to_string()),
                "identities[1].connection" => found.get("identities").map(|value| value[1]["connection"].to_string()),
                field => found.get(field).map(Value::to_string),
            };
            for (field, value) in FIELDS.iter().zip(user) {
                let wanted = value.as_deref().and_then(|value| kept(field, value, profile));
                let wanted = wanted.map(|text| serde_json::from_str::<Value>(&text).unwrap().to_string());
                prop_assert_eq!(found(field), wanted, "{} {:?} {}", field, value, csv.escape_ascii());
            }
        }
        prop_assert_eq!(found.lines().count(), users.len());
    }

    #[test]
    fn any_cut_of_any_rows_gives_the_same_outcome(
        rows in vec("[a\",;\t\r\n'1{}\\[\\]é]{0,12}", 0..6),
        separator in prop::sample::select(vec![",", ";", "\t"]),
        end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        is_packed in any::<bool>(),
        max_record_size in prop::sample::select(vec![8_usize, 1 << 20]),
        headings in option::weighted(0.3, Just("user_id,x".to_owned())),
        cuts in cuts(),
    ) {
        let heading = ["user_id", "email"].join(separator);
        let text = format!("{heading}{end}{}", rows.join(end));
        let file = if is_packed { gzip_members(text.as_bytes(), &[5, 20]) } else { text.into_bytes() };
        let export = Export {
            options: ExportOptions { max_record_size, csv_headings: headings, ..ExportOptions::default() },
            ..Export::of(r#"{"format":"json"}"#, &file)
        };
        let mut sizes = cuts.iter().cycle();
        export.however_cut(|_| *sizes.next().unwrap());
    }
}

/// What a value that was written by one of the profiles without an apostrophe before every text
/// reads back as.
fn kept(field: &str, value: &str, profile: CsvProfile) -> Option<String> {
    let is_text = ["user_id", "name", "created_at"].contains(&field);
    let text: Option<String> = serde_json::from_str(value).ok();
    let Some(text) = text else {
        let is_nested = value.starts_with(['{', '[']);
        let is_of_type = match field {
            "email_verified" => ["true", "false"].contains(&value),
            "logins_count" => !["true", "false"].contains(&value),
            _ => false,
        };
        return match is_nested && !is_text || is_of_type {
            true => Some(value.to_owned()),
            false => Some(json!(value).to_string()),
        };
    };
    if text.is_empty() {
        return None;
    }
    let is_guarded = text
        .strip_prefix('\'')
        .is_some_and(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\'']));
    let text = match profile {
        CsvProfile::Plain if is_guarded => &text[1..],
        _ => &text,
    };
    let word = matches!((field, text), ("email_verified", "true" | "false"));
    let number =
        field == "logins_count" && serde_json::from_str::<serde_json::Number>(text).is_ok();
    match word || number {
        true => Some(text.to_owned()),
        false => Some(json!(text).to_string()),
    }
}
