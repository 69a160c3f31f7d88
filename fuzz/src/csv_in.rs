//! CSV is read as the `csv` crate reads it, and an export reads back as the users that it was made of.

use rollcall_cases::exporting::Export;
use rollcall_cases::slow::json::is_value;
use serde_json::{Value, json};

use crate::head::split;

/// The first byte of the first line is the largest chunk. The other lines are rows of a file, and
/// values of users.
pub fn law(data: &[u8]) {
    let (head, data) = split(data);
    let chunk = head.first().map_or(1, |&byte| usize::from(byte).max(1));
    rows(data, chunk);
    round_trip(&String::from_utf8_lossy(data), chunk);
}

/// Attributes that are known to be texts, and a first row that has no apostrophe in front.
const START: &[u8] = b"sep=,\nuser_id,name,email\nx,y,z\n";

fn rows(data: &[u8], chunk: usize) {
    let data: Vec<u8> = data.iter().copied().filter(|&byte| byte != b'\r').collect();
    let text = [START, &data].concat();
    let export = Export::of(r#"{"format":"json"}"#, &text);
    let found = export.whole();
    let cut = export.in_chunks_of(chunk);
    assert_eq!(cut.result, found.result);
    assert_eq!(cut.left_out, found.left_out);
    if let Err(report) = found.result {
        assert_eq!(report["error"], "bad_record", "{report}");
        let closed = [&text[..], b"\""].concat();
        let closed = Export::of(r#"{"format":"json"}"#, &closed).whole();
        assert!(closed.result.is_ok(), "a quote does not close {text:?}");
        return;
    }
    assert_eq!(cut.output, found.output);
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(&text[6..]);
    let mut users = found.output.split(|&byte| byte == b'\n');
    let mut left_out = found.left_out.iter();
    for (index, row) in reader.byte_records().enumerate() {
        let row = row.expect("bytes have no encoding");
        let is_text = row.iter().all(|cell| str::from_utf8(cell).is_ok());
        if row.len() != 3 || !is_text {
            let report = left_out.next().expect("the row is no user");
            assert_eq!(report["record"], index + 1, "{report}");
            continue;
        }
        let mut user = json!({});
        for (key, cell) in ["user_id", "name", "email"].into_iter().zip(&row) {
            let text = without_guard(str::from_utf8(cell).expect("it is text"));
            if !text.is_empty() {
                user[key] = text.into();
            }
        }
        let found = users.next().expect("the row is a user");
        let found: Value = serde_json::from_slice(found).expect("it is JSON");
        assert_eq!(found, user);
    }
    assert_eq!((users.next(), left_out.next()), (Some(&b""[..]), None));
}

fn without_guard(cell: &str) -> &str {
    let rest = cell.strip_prefix('\'').unwrap_or_default();
    let visible = rest.trim_start_matches(['\0', '\u{feff}']);
    let triggers = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    match rest.starts_with('\'') || visible.starts_with(triggers) {
        true => rest,
        false => cell,
    }
}

/// Where the values go.
const FIELDS: [&str; 7] = [
    "x",
    "name",
    "email_verified",
    "user_metadata.a",
    "created_at",
    "logins_count",
    "identities[1].y",
];

/// The lines are values as JSON, or else texts.
fn round_trip(data: &str, chunk: usize) {
    let values: Vec<String> = data.split('\n').map(value).collect();
    let users: String = values
        .chunks(FIELDS.len())
        .map(|values| user(values) + "\n")
        .collect();
    let names = ["user_id"].into_iter().chain(FIELDS);
    let fields: Vec<Value> = names.map(|name| json!({"name": name})).collect();
    let export = |format: &str, input: &str| {
        let request = json!({"format": format, "fields": fields}).to_string();
        let outcome = Export::of(&request, input.as_bytes()).in_chunks_of(chunk);
        assert!(outcome.result.is_ok() && outcome.left_out.is_empty());
        String::from_utf8(outcome.output).expect("an export is text")
    };
    let wanted = export("json", &users);
    let csv = export("csv", &users);
    assert_eq!(export("json", &csv), wanted, "{csv}");
}

/// A value that CSV can hold: any but `null`, half a surrogate pair, and a text that is wholly a
/// list or object.
fn value(line: &str) -> String {
    let text = |text: &str| {
        let is_nested = text.starts_with(['{', '[']) && is_value(text);
        let text = if is_nested { &text[1..] } else { text };
        serde_json::to_string(text).expect("text is JSON")
    };
    match line.trim_matches([' ', '\t', '\r']) {
        "null" => "{}".to_owned(),
        line if line.starts_with('"') && is_value(line) => {
            serde_json::from_str(line).map_or_else(|_| text(line), |inner: String| text(&inner))
        }
        line if is_value(line) => line.to_owned(),
        _ => text(line),
    }
}

fn user(values: &[String]) -> String {
    let mut members = vec![r#""user_id":"auth0|1""#.to_owned()];
    for (field, value) in FIELDS.iter().zip(values) {
        let is_text = matches!(*field, "name" | "created_at");
        if is_text && value.starts_with(['{', '[']) {
            continue;
        }
        members.push(match *field {
            "user_metadata.a" => format!("\"user_metadata\":{{\"a\":{value}}}"),
            "identities[1].y" => format!("\"identities\":[{{}},{{\"y\":{value}}}]"),
            field => format!("\"{field}\":{value}"),
        });
    }
    format!("{{{}}}", members.join(","))
}
