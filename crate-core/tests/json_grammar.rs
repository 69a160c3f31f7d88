//! JSONTestSuite: the content of each file as a value in a record that stands between two good ones.

#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![allow(clippy::disallowed_methods, reason = "a test may read its data")]

use std::fs;
use std::path::Path;

use rollcall_cases::Outcome;
use rollcall_cases::exporting::Export;

const REQUEST: &str = r#"{"format":"json","fields":[{"name":"user_id"}]}"#;
const FIRST: &str = "{\"user_id\":\"first\"}";
const LAST: &str = "{\"user_id\":\"last\"}";

/// The files of a folder of the suite with their names, in order.
fn files_in(folder: &str) -> Vec<(String, Vec<u8>)> {
    let suite = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/data/jsontestsuite");
    let mut files: Vec<_> = fs::read_dir(Path::new(suite).join(folder))
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

fn files() -> Vec<(String, Vec<u8>)> {
    files_in("test_parsing")
}

/// What the suite leaves open is fixed by the rules: numbers of any size and escapes of half
/// surrogate pairs are read; bytes that are not UTF-8, and a byte order mark inside a record, are not.
fn is_json(name: &str, content: &[u8]) -> bool {
    match name.as_bytes()[0] {
        b'y' => true,
        b'n' => false,
        _ => str::from_utf8(content).is_ok_and(|text| !text.starts_with('\u{feff}')),
    }
}

fn between(open: &str, content: &[u8], separator: &str, close: &str) -> Vec<u8> {
    let record = [b"{\"user_id\":\"middle\",\"v\":", content, b"}"].concat();
    [
        format!("{open}{FIRST}{separator}").as_bytes(),
        &record,
        format!("{separator}{LAST}{close}").as_bytes(),
    ]
    .concat()
}

fn users(outcome: &Outcome) -> Vec<&str> {
    let output = str::from_utf8(&outcome.output).unwrap();
    output
        .lines()
        .map(|line| {
            line.strip_prefix("{\"user_id\":\"")
                .and_then(|rest| rest.strip_suffix("\"}"))
                .unwrap()
        })
        .collect()
}

#[test]
fn every_file_gets_its_verdict_as_a_line() {
    for (name, content) in files() {
        let has_line_ends = content.contains(&b'\n');
        let is_json = is_json(&name, &content);
        if is_json && has_line_ends {
            continue; // A line end inside a record makes it two lines; the array below takes these.
        }
        let input = between("", &content, "\n", "\n");
        for size in [1, 64, usize::MAX] {
            let outcome = Export::of(REQUEST, &input).in_chunks_of(size);
            assert!(outcome.result.is_ok(), "{name}: {:?}", outcome.result);
            let wanted: &[&str] = if is_json {
                &["first", "middle", "last"]
            } else {
                &["first", "last"]
            };
            assert_eq!(users(&outcome), wanted, "{name}");
            if is_json {
                assert!(
                    outcome.left_out.is_empty(),
                    "{name}: {:?}",
                    outcome.left_out
                );
                continue;
            }
            let report = &outcome.left_out[0];
            assert_eq!(report["error"], "bad_record", "{name}");
            assert_eq!(report["record"], 2, "{name}");
            assert_eq!(report["line"], 2, "{name}");
            assert_eq!(report["byte"], FIRST.len() + 1, "{name}");
            assert!(outcome.left_out.len() == 1 || has_line_ends, "{name}");
        }
    }
}

#[test]
fn every_json_file_is_read_in_an_array() {
    for (name, content) in files() {
        if !is_json(&name, &content) {
            continue;
        }
        let input = between("[", &content, ",\n", "]\n");
        for size in [1, 64, usize::MAX] {
            let outcome = Export::of(REQUEST, &input).in_chunks_of(size);
            assert_eq!(users(&outcome), ["first", "middle", "last"], "{name}");
            assert!(
                outcome.result.is_ok() && outcome.left_out.is_empty(),
                "{name}: {outcome:?}"
            );
        }
    }
}

/// Content that is no JSON may swallow the rest of an array, or end its record early and leave
/// something behind it, but never in silence.
#[test]
fn no_other_file_passes_in_an_array() {
    for (name, content) in files() {
        if is_json(&name, &content) {
            continue;
        }
        let input = between("[", &content, ",\n", "]\n");
        let outcome = Export::of(REQUEST, &input).whole();
        let is_reported = outcome.result.is_err() || !outcome.left_out.is_empty();
        assert!(is_reported, "{name}: {outcome:?}");
        for size in [1, 7] {
            let other = Export::of(REQUEST, &input).in_chunks_of(size);
            assert_eq!(other.result, outcome.result, "{name} in chunks of {size}");
            assert_eq!(
                other.left_out, outcome.left_out,
                "{name} in chunks of {size}"
            );
        }
    }
}

/// The verdicts as a table; `cargo test --test json_grammar -- --nocapture` shows it.
#[test]
fn the_table_of_verdicts() {
    let mut rows = [("y", 0, 0), ("n", 0, 0), ("i", 0, 0)];
    for (name, content) in files() {
        let text: Vec<u8> = content
            .iter()
            .map(|&b| if b == b'\n' { b' ' } else { b })
            .collect();
        // A line feed between tokens is a blank; one anywhere else makes the file no JSON.
        let content = if is_json(&name, &content) {
            text
        } else {
            content
        };
        let outcome = Export::of(REQUEST, &between("", &content, "\n", "\n")).whole();
        let is_read = outcome.left_out.is_empty();
        assert_eq!(is_read, is_json(&name, &content), "{name}");
        let row = rows.iter_mut().find(|row| name.starts_with(row.0)).unwrap();
        row.1 += usize::from(is_read);
        row.2 += usize::from(!is_read);
    }
    println!("      read  left out");
    for (name, read, left_out) in rows {
        println!("{name}_    {read:>4}  {left_out:>8}");
    }
    assert_eq!(rows, [("y", 57, 0), ("n", 0, 125), ("i", 18, 10)]);
}

/// What other readers round, fold or drop leaves as it came.
#[test]
fn no_value_is_changed() {
    for (name, content) in files_in("test_transform") {
        let value = content.trim_ascii();
        let record = [b"{\"v\":", value, b"}\n"].concat();
        let outcome = Export::of(r#"{"format":"json"}"#, &record).in_chunks_of(3);
        assert_eq!(
            outcome.result.is_ok(),
            str::from_utf8(value).is_ok(),
            "{name}"
        );
        match str::from_utf8(value) {
            Ok(_) => assert_eq!(outcome.output, record, "{name}"),
            Err(_) => assert_eq!(outcome.left_out[0]["error"], "bad_record", "{name}"),
        }
    }
}
