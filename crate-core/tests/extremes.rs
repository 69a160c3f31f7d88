//! Records that are as deep, as wide or as long as they can be: read or left out, in a moment.

#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![allow(clippy::disallowed_methods, reason = "a test may look at the clock")]

use std::time::{Duration, Instant};

use rollcall_cases::Outcome;
use rollcall_cases::exporting::Export;

const ID: &str = r#"{"fields":[{"name":"user_id"}]}"#;
const ALL_AS_JSON: &str = r#"{"format":"json"}"#;

/// On a busy machine too, far more than any of these takes where time grows with the size; far less
/// than where it grows with its square.
const A_MOMENT: Duration = Duration::from_secs(60);

fn between_good_ones(middle: &str) -> [String; 2] {
    let (first, last) = (r#"{"user_id":"first"}"#, r#"{"user_id":"last"}"#);
    [
        format!("{first}\n{middle}\n{last}\n"),
        format!("[{first},\n{middle},\n{last}]"),
    ]
}

fn exported_soon(request: &str, input: &str) -> Outcome {
    let start = Instant::now();
    let outcome = Export::of(request, input.as_bytes()).in_chunks_of(64 << 10);
    assert!(start.elapsed() < A_MOMENT, "{:?}", start.elapsed());
    outcome
}

#[test]
fn five_million_levels_cost_their_record_and_no_other() {
    let levels = 5_000_000;
    for (open, close) in [("[", "]"), ("{\"\":", "}"), ("[", ""), ("[{\"a\":", "")] {
        let levels = levels / open.len();
        let deep = format!(
            "{{\"user_id\":\"deep\",\"x\":{}{}}}",
            open.repeat(levels),
            close.repeat(levels)
        );
        for input in between_good_ones(&deep) {
            let outcome = exported_soon(ID, &input);
            assert!(outcome.result.is_ok(), "{open}: {:?}", outcome.result);
            assert_eq!(
                outcome.output, b"user_id\n\"'first\"\n\"'last\"\n",
                "{open}"
            );
            let [report] = outcome.left_out.as_slice() else {
                panic!("{open}: {} are left out", outcome.left_out.len());
            };
            assert_eq!(report["record"], 2);
            let message = report["message"].as_str().unwrap();
            assert!(
                message.starts_with("nested deeper than 512 levels"),
                "{message}"
            );
        }
    }
}

#[test]
fn numbers_of_ten_thousand_digits_keep_each_of_them() {
    let nines = "9".repeat(10_000);
    for number in [
        nines.clone(),
        format!("-{nines}"),
        format!("0.{nines}"),
        format!("1e{nines}"),
        format!("1E-{nines}"),
    ] {
        let input = format!("{{\"n\":{number}}}\n");
        let csv = exported_soon(r#"{"fields":[{"name":"n"}]}"#, &input);
        assert!(
            csv.output == format!("n\n{number}\n").as_bytes(),
            "{number}"
        );
        let json = exported_soon(ALL_AS_JSON, &input);
        assert!(json.output == input.as_bytes(), "{number}");
    }
}

#[test]
fn a_record_of_a_million_keys_is_read() {
    let keys: Vec<String> = (0..1_000_000)
        .map(|n| format!("\"{n:x}\":{}", n % 10))
        .collect();
    let wide = format!("{{{}}}", keys.join(","));
    for input in between_good_ones(&wide) {
        let csv = exported_soon(r#"{"fields":[{"name":"f423f"},{"name":"0"}]}"#, &input);
        assert_eq!(csv.output, b"f423f,0\n,\n9,0\n,\n");
        let json = exported_soon(ALL_AS_JSON, &input);
        assert!(
            json.output
                .windows(wide.len())
                .any(|part| part == wide.as_bytes())
        );
    }
    // The same key each time: the last one counts.
    let same = format!(
        "{{{}}}\n",
        "\"user_id\":\"x\",".repeat(1_000_000) + "\"user_id\":\"y\""
    );
    assert_eq!(exported_soon(ID, &same).output, b"user_id\n\"'y\"\n");
    assert_eq!(
        exported_soon(ALL_AS_JSON, &same).output,
        b"{\"user_id\":\"y\"}\n"
    );
}

#[test]
fn a_key_of_ten_megabytes_is_a_key() {
    let key = "k".repeat(10_000_000);
    let input = format!("{{\"{key}\":1,\"user_id\":\"1\"}}\n");
    assert_eq!(exported_soon(ID, &input).output, b"user_id\n\"'1\"\n");
    assert!(exported_soon(ALL_AS_JSON, &input).output == input.as_bytes());
}

#[test]
fn a_string_of_a_hundred_megabytes_is_left_out() {
    let long = format!("{{\"user_id\":\"{}\"}}", "x".repeat(100_000_000));
    for input in between_good_ones(&long) {
        let outcome = exported_soon(ID, &input);
        assert_eq!(outcome.output, b"user_id\n\"'first\"\n\"'last\"\n");
        assert_eq!(outcome.left_out.len(), 1);
        assert_eq!(outcome.left_out[0]["error"], "record_too_large");
        assert_eq!(outcome.left_out[0]["record"], 2);
    }
}

#[test]
fn a_user_of_half_a_million_connections_counts_once_for_each() {
    let count = 500_000;
    let names: Vec<String> = (0..count)
        .map(|n| format!("{{\"connection\":\"{n:x}\"}}"))
        .collect();
    let input = format!(
        "{{\"user_id\":\"1\",\"identities\":[{}]}}\n",
        names.join(",")
    );
    assert!(input.len() < 16 << 20);
    let start = Instant::now();
    let export = Export::of(ID, input.as_bytes());
    let found = export.list_connections(64 << 10).unwrap();
    assert!(start.elapsed() < A_MOMENT, "{:?}", start.elapsed());
    assert_eq!(found.len(), count);
    assert!(found.iter().all(|connection| connection["users"] == 1));
}
