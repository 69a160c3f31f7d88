//! Data that others have collected to break programs, through the command.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::folder::*;

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/data");

fn read_json(path: &str) -> Value {
    serde_json::from_slice(&fs::read(Path::new(DATA).join(path)).unwrap()).unwrap()
}

#[test]
fn every_naughty_string_comes_back_from_csv() {
    let payloads = read_json("csv-injection/payloads.json");
    let payloads = payloads.as_array().unwrap().iter();
    let mut strings: Vec<Value> = payloads.map(|one| one["payload"].clone()).collect();
    for path in ["blns/blns.json", "csv-injection/triggers.json"] {
        strings.extend(read_json(path).as_array().unwrap().iter().cloned());
    }
    let folder = Folder::new();
    let lines = strings
        .iter()
        .map(|text| json!({"user_id": text}).to_string() + "\n");
    folder.put("strings.json", lines.collect::<String>());
    let output = folder.export(&["strings.json", "-o", "out.csv", ID[0], ID[1]]);
    assert!(output.status.success());
    assert_eq!(stderr(&output), "");
    let text = folder.get("out.csv").unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), strings.len());
    for (row, text) in rows.iter().zip(&strings) {
        assert_eq!(row[0].strip_prefix('\''), text.as_str());
    }
}

#[test]
fn the_files_of_duckdb_get_their_verdicts() {
    let folder = Folder::new();
    for (name, verdict) in read_json("duckdb-verdicts.json").as_object().unwrap() {
        let file = format!("{DATA}/duckdb-json/{name}");
        let output = folder.export(&[&file, "--format", "json"]);
        let reports = reports(stderr(&output));
        let found = if output.status.success() {
            json!({"exported": stdout(&output).lines().count(), "left_out": reports.len()})
        } else {
            let (error, _, _, byte, _) = reports.last().unwrap();
            json!({"error": error, "byte": byte})
        };
        assert_eq!(&found, verdict, "{name}");
    }
}
