//! The export against a slow and simple one; fuzzing holds the two together with any bytes.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use proptest::collection::vec;
use proptest::prelude::*;
use rollcall_cases::exporting::Export;
use rollcall_cases::generated::{loosen, spaces};
use rollcall_cases::slow;
use rollcall_core::{Choice, CsvProfile, ExportOptions, ExportRequest, FieldPath, Plan, Segment};
use serde_json::{Map, Value, json};

const KEYS: [&str; 14] = [
    "a",
    "b",
    "a.b",
    "created_at",
    "x[0]",
    "é\"q",
    "identities",
    "access_token",
    "id_token",
    "multifactor",
    "secret",
    "password",
    "0",
    "1",
];

/// What stands on lines, whole or broken.
const PIECES: [&[u8]; 42] = [
    b"{\"a\":1}",
    b"{\"b\":{\"c\":[1]}}",
    b"{}",
    b"{\"a\":\"}{\"}",
    b"{\"a\":x}",
    b"{\"a\":1",
    b"\"a\":1}",
    b"{\"a\":\"",
    b"{\"a\":[{\"b\":1}",
    b"{\"b\":2}]}",
    b"{\"a\":{",
    b"{",
    b"}",
    b"[",
    b"]",
    b"}}",
    b"}{",
    b"\"",
    b"\\",
    b"\\u00",
    b",",
    b":",
    b" ",
    b"\t",
    b"\r",
    b"\n",
    b"\x1e",
    b"\xef\xbb\xbf",
    b"\xef",
    b"\xbb",
    b"\xff",
    b"\xc3\xa9",
    b"1",
    b"x",
    b"{\"a\":1,\n",
    b"\n\"b\":2}",
    b"\n \"b\":x",
    b"\n  ",
    b"\n}",
    b"},\n",
    b"\n  {\"a\":1}",
    b"ObjectId(",
];
const DATE: &str = "2023-01-25T17:48:14.784Z";

/// Values whose text `serde_json::Value` keeps.
fn value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        Just(DATE.to_owned()),
        Just("2023-01-25".to_owned()),
        any::<String>()
    ];
    let leaf = prop_oneof![
        any::<i64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            object(inner)
        ]
    })
}

fn object(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    vec((prop::sample::select(KEYS.to_vec()), value), 0..5).prop_map(|members| {
        members
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect::<Map<_, _>>()
            .into()
    })
}

/// Paths that often lead somewhere, some of them with a title; no two of one heading.
fn fields() -> impl Strategy<Value = Vec<(FieldPath, Option<String>)>> {
    let name = prop::sample::select(KEYS.to_vec()).prop_map(|key| Segment::Name(key.to_owned()));
    let step = prop_oneof![2 => name.clone(), 1 => (0..3_usize).prop_map(Segment::Index)];
    let path = (name, vec(step, 0..3))
        .prop_map(|(first, rest)| FieldPath::new([vec![first], rest].concat()).unwrap());
    vec((path, any::<bool>()), 1..6).prop_map(|fields| {
        let mut fields: Vec<(FieldPath, Option<String>)> = fields
            .into_iter()
            .enumerate()
            .map(|(index, (path, is_renamed))| (path, is_renamed.then(|| format!("title {index}"))))
            .collect();
        let mut seen = std::collections::HashSet::new();
        fields
            .retain(|(path, title)| seen.insert(title.clone().unwrap_or_else(|| path.to_string())));
        fields
    })
}

fn request(format: &str, fields: &[(FieldPath, Option<String>)]) -> String {
    let field = |(path, title): &(FieldPath, Option<String>)| match title {
        Some(title) => json!({"name": path.to_string(), "export_as": title}),
        None => json!({"name": path.to_string()}),
    };
    json!({"format": format, "fields": fields.iter().map(field).collect::<Vec<_>>()}).to_string()
}

proptest! {
    #[test]
    fn the_export_is_what_the_slow_path_writes(
        records in vec(object(value()), 0..4),
        fields in fields(),
        format in prop::sample::select(vec!["csv", "json"]),
        csv_profile in prop::sample::select(CsvProfile::values().collect::<Vec<_>>()),
        spaces in spaces(),
        size in 1..50_usize,
    ) {
        let lines = records.iter().map(|record| loosen(&record.to_string(), &spaces) + "\n");
        // The first line is a user, so the file is not one object that may hold the list of users.
        let input: String = std::iter::once("{\"user_id\":\"u\"}\n".to_owned()).chain(lines).collect();
        let body = request(format, &fields);
        let options = ExportOptions { csv_profile, ..ExportOptions::default() };
        let request = ExportRequest::from_json(body.as_bytes()).unwrap();
        // An index may have been written in two ways.
        prop_assume!(Plan::new(&request, &options).is_ok());
        let wanted = slow::export(&request, &options, input.as_bytes());
        let export = Export { options, ..Export::of(&body, input.as_bytes()) };
        let found = export.in_chunks_of(size);
        prop_assert!(found.result.is_ok(), "{:?}", found.result);
        prop_assert_eq!(&found.result.unwrap().unwrap()["found"], &json!(wanted.found));
        prop_assert_eq!(String::from_utf8(found.output).unwrap(), String::from_utf8(wanted.output).unwrap());
    }

    #[test]
    fn the_records_of_a_line_are_those_that_the_slow_path_finds(
        pieces in vec(prop::sample::select(&PIECES[..]), 0..24),
        is_in_order in any::<bool>(),
        max_record_size in prop::sample::select(vec![1 << 20, 8, 20]),
        size in 1..50_usize,
    ) {
        let first = "{\"a\":0}\n";
        let text: Vec<u8> = match is_in_order {
            // Mostly good objects.
            true => pieces.chunks(2).flat_map(|pair| [b"{\"a\":1}", pair[0]].concat()).collect(),
            false => pieces.concat(),
        };
        let input = [first.as_bytes(), &text].concat();
        let body = r#"{"format":"json"}"#;
        let options = ExportOptions { max_record_size, ..ExportOptions::default() };
        let wanted = slow::export(&ExportRequest::from_json(body.as_bytes()).unwrap(), &options, &input);
        let export = Export { options, ..Export::of(body, &input) };
        for found in [export.in_chunks_of(size), export.whole()] {
            let left_out: Vec<_> = found.left_out.iter().map(|report| (
                report["record"].as_u64().unwrap(),
                report["line"].as_u64().unwrap(),
                report["byte"].as_u64().unwrap(),
                report["error"] == "record_too_large",
            )).collect();
            prop_assert_eq!(&left_out, &wanted.left_out, "{}", input.escape_ascii());
            prop_assert_eq!(found.output.escape_ascii().to_string(), wanted.output.escape_ascii().to_string(), "{}", input.escape_ascii());
        }
    }
}
