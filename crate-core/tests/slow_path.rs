//! The export against a slow and simple one over `serde_json::Value`.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod exporting;

use exporting::Export;
use proptest::collection::vec;
use proptest::prelude::*;
use rollcall_core::{FieldPath, Segment};
use serde_json::{Map, Value, json};

const KEYS: [&str; 6] = ["a", "b", "a.b", "created_at", "x[0]", "é\"q"];
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

/// The root key of the whole text, else what the path leads to; and where it was found.
fn find<'a>(record: &'a Value, path: &FieldPath) -> Option<(&'a Value, Vec<Segment>)> {
    let text = path.to_string();
    if let Some(value) = record.get(&text) {
        return Some((value, vec![Segment::Name(text)]));
    }
    let mut value = record;
    for segment in path.segments() {
        value = match segment {
            Segment::Name(name) => value.as_object()?.get(name)?,
            Segment::Index(index) => value.as_array()?.get(*index)?,
        };
    }
    Some((value, path.segments().to_vec()))
}

fn cell(value: Option<&Value>, path: &FieldPath) -> String {
    let string = |text: &str| format!("\"'{}\"", text.replace('"', "\"\""));
    match value {
        None | Some(Value::Null) => String::new(),
        Some(value @ (Value::Bool(_) | Value::Number(_))) => value.to_string(),
        Some(Value::String(text)) if text == DATE && path.to_string() == "created_at" => {
            text.clone()
        }
        Some(Value::String(text)) => string(text),
        Some(value) => string(&value.to_string()),
    }
}

/// Puts a value where it was found, with null in the gaps of arrays.
fn put(mut place: &mut Value, segments: &[Segment], value: &Value) {
    for segment in segments {
        place = match segment {
            Segment::Name(name) => {
                if place.is_null() {
                    *place = json!({});
                }
                place
                    .as_object_mut()
                    .unwrap()
                    .entry(name.clone())
                    .or_insert(Value::Null)
            }
            Segment::Index(index) => {
                if place.is_null() {
                    *place = json!([]);
                }
                let items = place.as_array_mut().unwrap();
                items.resize(items.len().max(index + 1), Value::Null);
                &mut items[*index]
            }
        };
    }
    *place = value.clone();
}

proptest! {
    #[test]
    fn csv_is_what_the_slow_path_writes(records in vec(object(value()), 0..4), fields in fields(), size in 1..50_usize) {
        let input: String = records.iter().map(|record| format!("{record}\n")).collect();
        let request = request("csv", &fields);
        let outcome = Export::of(&request, input.as_bytes()).in_chunks_of(size);
        let output = String::from_utf8(outcome.output).unwrap();
        let rows: String = records
            .iter()
            .map(|record| {
                let cells: Vec<String> = fields.iter().map(|(path, _)| cell(find(record, path).map(|found| found.0), path)).collect();
                if cells == [""] { "\"\"\n".to_owned() } else { cells.join(",") + "\n" }
            })
            .collect();
        // Headings have laws of their own; here they end where the rows begin.
        prop_assert!(output.ends_with(&rows), "{}\nwanted rows:\n{}", output, rows);
        prop_assert_eq!(output.len() - rows.len(), heading_length(&fields));
    }

    #[test]
    fn ndjson_is_what_the_slow_path_writes(records in vec(object(value()), 0..4), fields in fields(), size in 1..50_usize) {
        let input: String = records.iter().map(|record| format!("{record}\n")).collect();
        let request = request("json", &fields);
        let outcome = Export::of(&request, input.as_bytes()).in_chunks_of(size);
        prop_assert!(outcome.result.is_ok(), "{:?}", outcome.result);
        let lines: Vec<&str> = str::from_utf8(&outcome.output).unwrap().lines().collect();
        let found: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        for (line, value) in lines.iter().zip(&found) {
            // Reading drops a key that stands twice.
            prop_assert_eq!(line.len(), value.to_string().len(), "{}", line);
        }
        let wanted: Vec<Value> = records
            .iter()
            .map(|record| {
                let mut row = json!({});
                for (path, title) in &fields {
                    if let Some((value, place)) = find(record, path) {
                        let place = title.clone().map_or(place, |title| vec![Segment::Name(title)]);
                        put(&mut row, &place, value);
                    }
                }
                row
            })
            .collect();
        prop_assert_eq!(found, wanted);
    }
}

fn heading_length(fields: &[(FieldPath, Option<String>)]) -> usize {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(
            fields
                .iter()
                .map(|(path, title)| title.clone().unwrap_or_else(|| path.to_string())),
        )
        .unwrap();
    writer.into_inner().unwrap().len()
}
