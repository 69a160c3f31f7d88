//! `--summary`: what a script reads instead of standard error.

use std::fs;

use serde_json::{Value, json};

use crate::folder::*;

const SUMMARY: [&str; 2] = ["--summary", "summary.json"];

/// The summary, which is one line.
fn summary(folder: &Folder) -> Value {
    let text = folder.get("summary.json").unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    serde_json::from_str(&text).unwrap()
}

#[test]
fn a_complete_run_has_totals_remarks_and_a_digest() {
    let folder = Folder::new();
    let args = ["users.json", "broken.json", "-o", "out.csv", "--limit", "4"];
    let fields = ["--field", "user_id", "--field", "Email"];
    let args = [&args, fields.as_slice(), &SUMMARY].concat();
    assert!(folder.export(&args).status.success());
    let mut found = summary(&folder);
    let totals = found["totals"].take();
    for (key, want) in [
        ("read", json!(4)),
        ("exported", json!(4)),
        ("found", json!([4, 0])),
        (
            "paths",
            json!(["user_id", "email", "identities", "identities[0].connection"]),
        ),
    ] {
        assert_eq!(totals[key], want, "{key}");
    }
    let options = found["options"].take();
    assert_eq!(options["csv_profile"], "auth0");
    // sha256sum out.csv
    let out = "user_id,Email\n\"'auth0|1\",\n\"'auth0|2\",\n\"'auth0|3\",\n\"'a\",\n";
    assert_eq!(folder.get("out.csv").as_deref(), Some(out));
    assert_eq!(
        found,
        json!({
            "request": {"limit": 4, "fields": [{"name": "user_id"}, {"name": "Email"}]},
            "options": null,
            "inputs": ["users.json", "broken.json"],
            "totals": null,
            "remarks": ["No exported user has the field `Email`: did you mean `email`?"],
            "output": {
                "bytes": 56,
                "sha256": "89a41971404c1cd2350fdfed7d1521864631f1ace2fcc200514b6bc79b89736b",
            },
        })
    );
}

#[test]
fn what_went_to_standard_output_is_measured_too() {
    let folder = Folder::new();
    let output = folder.export(&[&["users.json"], ID.as_slice(), &SUMMARY].concat());
    assert_eq!(stdout(&output), CSV);
    let found = summary(&folder);
    assert_eq!(found["output"]["bytes"], CSV.len());
    assert_eq!(found["remarks"], json!([]));
}

#[test]
fn a_failed_run_has_its_failure() {
    for (args, error, record, message) in [
        (vec!["broken.json", "--strict"], "bad_record", json!(2), ""),
        (vec!["zip"], "bad_encoding", json!(null), ""),
        (
            vec!["users.json", "--connection", "nobody"],
            "bad_request",
            json!(null),
            "The connection does not exist.",
        ),
        (
            vec!["bad.json"],
            "bad_record",
            json!(1),
            "none of 2 records could be read: ",
        ),
    ] {
        let folder = Folder::new();
        folder.put("zip", &b"PK\x03\x04\x14\0\0\0\x08\0"[..]);
        folder.put("bad.json", "{\"a\":}\n{\"a\":}\n");
        folder.put("summary.json", "older");
        let args = [&ID, args.as_slice(), &SUMMARY, &["-o", "out.csv"]].concat();
        let output = folder.export(&args);
        assert_eq!(output.status.code(), Some(1));
        let found = summary(&folder);
        let failure = &found["failure"];
        assert_eq!(
            (&failure["error"], &failure["record"]),
            (&error.into(), &record),
            "{args:?}"
        );
        let text = failure["message"].as_str().unwrap();
        assert!(text.starts_with(message), "{text}");
        // It is what standard error says.
        let last = stderr(&output).lines().last().unwrap();
        assert_eq!(&serde_json::from_str::<Value>(last).unwrap(), failure);
        let keys: Vec<_> = found.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["failure", "inputs", "options", "request"]);
        assert_eq!(folder.get("out.csv"), None);
    }
}

#[test]
fn a_run_that_is_refused_writes_none() {
    let folder = Folder::new();
    folder.put("summary.json", "older");
    for args in [
        vec!["users.json", "--limit", "0"],
        vec!["missing.json"],
        vec!["users.json", "-o", "no/out.csv"],
    ] {
        failure(&folder.export(&[args.as_slice(), &SUMMARY].concat()));
        assert_eq!(folder.get("summary.json").as_deref(), Some("older"));
    }
}

#[test]
fn it_goes_to_a_place_of_its_own() {
    for args in [
        vec!["users.json", "--summary", "users.json"],
        vec!["users.json", "-o", "out", "--summary", "./out"],
        vec!["users.json", "--rejects", "out", "--summary", "out"],
        vec!["users.json", "--request", "request", "--summary", "request"],
        vec!["users.json", "--summary", "-"],
    ] {
        let folder = Folder::new();
        folder.put("request", "{}");
        let before = folder.names();
        let (error, .., text) = failure(&folder.export(&args));
        assert_eq!(error, "bad_request", "{args:?}");
        assert!(
            text.contains("--summary") || text.contains("also read"),
            "{text}"
        );
        assert_eq!(folder.names(), before);
    }
}

#[test]
fn it_may_go_to_standard_output() {
    let folder = Folder::new();
    let args = ["users.json", "-o", "out.csv", "--summary", "-"];
    let output = folder.export(&[&args, ID.as_slice()].concat());
    let found: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(found["totals"]["exported"], 3);
    assert_eq!(folder.get("out.csv").as_deref(), Some(CSV));
}

#[test]
fn an_older_summary_is_replaced_as_a_whole() {
    let folder = Folder::new();
    folder.put("summary.json", "older");
    let args = [&["users.json"], ID.as_slice(), &SUMMARY].concat();
    assert!(folder.export(&args).status.success());
    assert!(summary(&folder)["totals"].is_object());
    let names = fs::read_dir(folder.0.path()).unwrap().count();
    assert_eq!(names, 3, "{:?}", folder.names());
}
