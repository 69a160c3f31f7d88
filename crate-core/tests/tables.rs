//! Data that others have collected to break programs, each with what must come of it.

#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![allow(clippy::disallowed_methods, reason = "a test may read its data")]

use std::fs;
use std::path::PathBuf;

use rollcall_cases::exporting::Export;
use rollcall_core::{Choice, CsvProfile, ExportOptions};
use serde_json::{Map, Value, json};

fn data(path: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/data")).join(path)
}

fn read_json(path: &str) -> Value {
    serde_json::from_slice(&fs::read(data(path)).unwrap()).unwrap()
}

/// The big list of naughty strings, formulas, and what may make a text one.
fn strings() -> Vec<String> {
    let mut strings: Vec<String> = Vec::new();
    for path in ["blns/blns.json", "csv-injection/triggers.json"] {
        strings.extend(serde_json::from_value::<Vec<String>>(read_json(path)).unwrap());
    }
    for payload in read_json("csv-injection/payloads.json").as_array().unwrap() {
        strings.push(payload["payload"].as_str().unwrap().to_owned());
    }
    assert_eq!(strings.len(), 337 + 26 + 9);
    strings
}

/// The rows of a CSV file, its heading first, as the csv crate reads them.
fn rows(text: &[u8]) -> Vec<Vec<String>> {
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text);
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

/// What stands in a cell once its apostrophe is taken off.
fn without_prefix(cell: &str, profile: CsvProfile) -> &str {
    match profile {
        CsvProfile::Auth0 => cell.strip_prefix('\'').unwrap(),
        CsvProfile::OwaspMinimal | CsvProfile::Excel => cell.strip_prefix('\'').unwrap_or(cell),
        CsvProfile::Plain => cell,
    }
}

fn export_csv(fields: &[&str], records: &[Value], profile: CsvProfile) -> Vec<Vec<String>> {
    let fields: Vec<Value> = fields.iter().map(|name| json!({"name": name})).collect();
    let request = json!({"fields": fields}).to_string();
    let input: String = records.iter().map(|record| format!("{record}\n")).collect();
    let export = Export {
        options: ExportOptions {
            csv_profile: profile,
            ..ExportOptions::default()
        },
        ..Export::of(&request, input.as_bytes())
    };
    let outcome = export.whole();
    let totals = outcome.result.unwrap().unwrap();
    assert_eq!(totals["exported"], records.len());
    assert_eq!(totals["read"], records.len());
    rows(&outcome.output)
}

#[test]
fn every_string_comes_back_from_csv() {
    let strings = strings();
    let records: Vec<Value> = strings
        .iter()
        .map(|text| json!({"before": 1, "text": text, "nested": [text], "behind": null}))
        .collect();
    for profile in CsvProfile::values() {
        let rows = export_csv(&["before", "text", "nested", "behind"], &records, profile);
        assert_eq!(rows.len(), 1 + strings.len());
        for (row, text) in rows[1..].iter().zip(&strings) {
            let [before, cell, nested, behind] = row.as_slice() else {
                panic!("{text:?} moves cells: {row:?}");
            };
            assert_eq!((before.as_str(), behind.as_str()), ("1", ""), "{text:?}");
            assert_eq!(without_prefix(cell, profile), text);
            let nested: Value = serde_json::from_str(without_prefix(nested, profile)).unwrap();
            assert_eq!(nested, json!([text]));
        }
    }
    println!(
        "{} strings came back from each of 4 profiles",
        strings.len()
    );
}

/// In the key of a record, in the name of a field and in its title.
#[test]
fn every_string_is_a_key_and_a_heading() {
    let mut count = 0;
    for text in strings() {
        if !(1..=100).contains(&text.chars().count()) {
            continue;
        }
        let record = Value::Object(Map::from_iter([(text.clone(), json!("value"))]));
        // A string that reads as a path leads elsewhere, but the whole name comes first. One of
        // them is a byte order mark, which no reader would give back from the start of a file.
        for profile in CsvProfile::values() {
            let rows = export_csv(&["other", &text], std::slice::from_ref(&record), profile);
            let heading = &rows[0][1];
            let bare = match profile {
                CsvProfile::Plain => heading,
                _ => heading.strip_prefix('\'').unwrap_or(heading),
            };
            assert!(heading == &text || bare == text, "{heading:?}");
            assert_eq!(without_prefix(&rows[1][1], profile), "value", "{text:?}");
        }
        let request = json!({"format": "json", "fields": [{"name": text}, {"name": "x.y", "export_as": text.clone() + "!"}]});
        let Ok(Some(totals)) = Export::of(&request.to_string(), record.to_string().as_bytes())
            .whole()
            .result
        else {
            // A title of 101 characters is refused.
            assert_eq!(text.chars().count(), 100);
            continue;
        };
        assert_eq!(totals["exported"], 1, "{text:?}");
        count += 1;
    }
    println!("{count} strings as keys and headings");
}

#[test]
fn every_string_keeps_its_bytes_in_json() {
    for text in strings() {
        let line = format!("{}\n", json!({"text": text, "list": [text]}));
        let outcome = Export::of(r#"{"format":"json"}"#, line.as_bytes()).in_chunks_of(3);
        assert!(outcome.result.is_ok());
        assert_eq!(String::from_utf8(outcome.output).unwrap(), line);
    }
}

/// The JSON side of each pair is exported, and its CSV side says what a reader must get.
#[test]
fn csv_spectrum_is_read_back() {
    let mut count = 0;
    for entry in fs::read_dir(data("csv-spectrum/json")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let mut wanted = rows(&fs::read(data(&format!("csv-spectrum/csvs/{name}.csv"))).unwrap());
        if name == "location_coordinates" {
            // The two sides of this pair have different numbers of a telephone.
            wanted[1][0] = "1234567890".to_owned();
        }
        let fields: Vec<Value> = wanted[0].iter().map(|key| json!({"name": key})).collect();
        let request = json!({"fields": fields}).to_string();
        let input = fs::read(&path).unwrap();
        for profile in CsvProfile::values() {
            let export = Export {
                options: ExportOptions {
                    csv_profile: profile,
                    ..ExportOptions::default()
                },
                ..Export::of(&request, &input)
            };
            let outcome = export.in_chunks_of(5);
            assert!(outcome.result.is_ok() && outcome.left_out.is_empty());
            let found = rows(&outcome.output);
            assert_eq!(found[0], wanted[0], "{name}");
            let found: Vec<Vec<&str>> = found[1..]
                .iter()
                .map(|row| {
                    row.iter()
                        .map(|cell| without_prefix(cell, profile))
                        .collect()
                })
                .collect();
            assert_eq!(found, wanted[1..], "{name}");
        }
        let csv = fs::read(data(&format!("csv-spectrum/csvs/{name}.csv"))).unwrap();
        let outcome = Export::of(r#"{"format":"json"}"#, &csv).in_chunks_of(5);
        assert!(outcome.result.is_ok() && outcome.left_out.is_empty());
        let users = String::from_utf8(outcome.output).unwrap();
        for (line, row) in users.lines().zip(&wanted[1..]) {
            let user: Value = serde_json::from_str(line).unwrap();
            for (heading, text) in wanted[0].iter().zip(row) {
                // Without a text in the file, digits are a number.
                let found = match &user[heading] {
                    Value::Null => String::new(),
                    Value::String(text) => text.clone(),
                    number => number.to_string(),
                };
                let is_other = name == "location_coordinates" && heading == "Contact Phone Number";
                assert!(found == *text || is_other, "{name}: {found}");
            }
        }
        assert_eq!(users.lines().count(), wanted.len() - 1, "{name}");
        count += 1;
    }
    assert_eq!(count, 9);
}

#[test]
fn the_files_of_duckdb_get_their_verdicts() {
    let verdicts = read_json("duckdb-verdicts.json");
    let verdicts = verdicts.as_object().unwrap();
    let files = fs::read_dir(data("duckdb-json")).unwrap().count();
    assert_eq!(verdicts.len(), files - 2, "beside its licence and README");
    for (name, verdict) in verdicts {
        let input = fs::read(data("duckdb-json").join(name)).unwrap();
        for request in [r#"{"format":"json"}"#, "{}"] {
            for size in [1, 7, usize::MAX] {
                let outcome = Export::of(request, &input).in_chunks_of(size);
                let found = match outcome.result {
                    Ok(totals) => {
                        let totals = totals.unwrap();
                        let reports = outcome.left_out.len();
                        assert_eq!(totals["left_out"], reports, "{name}");
                        json!({"exported": totals["exported"], "left_out": reports})
                    }
                    Err(report) => json!({"error": report["error"], "byte": report["byte"]}),
                };
                assert_eq!(&found, verdict, "{name}");
            }
        }
    }
    println!("{} files of DuckDB", verdicts.len());
}
