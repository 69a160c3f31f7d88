use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use serde_json::json;

use super::*;

fn case(expected: Expected) -> Case {
    let totals = matches!(expected, Expected::Output(_));
    Case {
        name: "made-up",
        why: None,
        request: b"{}",
        options: None,
        connections: None,
        inputs: &[],
        expected,
        left_out: None,
        totals: totals.then_some(br#"{"read":3,"exported":2}"#),
        connections_found: None,
    }
}

fn completed(output: &[u8]) -> Outcome {
    let totals = json!({"read": 3, "exported": 2, "left_out": 0, "other_connections": 1});
    Outcome {
        output: output.to_vec(),
        left_out: Vec::new(),
        result: Ok(Some(totals)),
    }
}

fn failed(report: Value) -> Outcome {
    Outcome {
        result: Err(report),
        ..completed(b"")
    }
}

#[track_caller]
fn refuses(case: &Case, outcome: &Outcome, word: &str) {
    let why = case.check(outcome).expect_err(word);
    assert!(why.contains(word), "{why:?} does not say {word:?}");
}

#[test]
fn output_is_compared_byte_by_byte() {
    let case = case(Expected::Output(b"a\n1\n"));
    assert_eq!(case.check(&completed(b"a\n1\n")), Ok(()));
    for (output, word) in [
        (&b"a\n2\n"[..], "byte 2"),
        (b"a\n1", "byte 3"),
        (b"a\n1\n\n", "byte 4"),
        (b"", "byte 0"),
    ] {
        refuses(&case, &completed(output), word);
    }
    refuses(&case, &failed(json!({"error": "bad_gzip"})), "bad_gzip");
}

#[test]
fn gzip_output_is_compared_unpacked() {
    let gzip = Case {
        options: Some(br#"{"gzip":true}"#),
        ..case(Expected::Output(b"a\n"))
    };
    let pack = |text: &[u8]| {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(text).unwrap();
        packer.finish().unwrap()
    };
    assert_eq!(gzip.check(&completed(&pack(b"a\n"))), Ok(()));
    refuses(&gzip, &completed(&pack(b"b\n")), "byte 0");
    refuses(&gzip, &completed(b"a\n"), "no gzip");
    refuses(&gzip, &completed(&pack(b"a\n")[..12]), "no gzip");
}

#[test]
fn totals_must_add_up_and_be_the_wanted_ones() {
    let case = case(Expected::Output(b""));
    let with = |totals| Outcome {
        result: Ok(totals),
        ..completed(b"")
    };
    assert_eq!(case.check(&with(None)), Ok(()));
    for (totals, word) in [
        (
            json!({"read": 3, "exported": 2, "left_out": 0, "other_connections": 0}),
            "add up",
        ),
        (
            json!({"read": 4, "exported": 2, "left_out": 0, "other_connections": 2}),
            "read is 4",
        ),
        (
            json!({"read": 3, "exported": 2, "left_out": 0}),
            "other_connections",
        ),
    ] {
        refuses(&case, &with(Some(totals)), word);
    }
}

#[test]
fn records_left_out_are_compared_by_the_keys_that_are_wanted() {
    let report = |record, byte| json!({"error": "bad_record", "record": record, "line": record, "byte": byte, "message": "any"});
    let with = |left_out: &[Value]| Outcome {
        left_out: left_out.to_vec(),
        ..completed(b"")
    };
    let none = case(Expected::Output(b""));
    refuses(&none, &with(&[report(1, 0)]), "beyond");
    let two = Case {
        left_out: Some(b"{\"record\":1,\"byte\":0}\n{\"record\":2,\"byte\":9}\n"),
        ..case(Expected::Output(b""))
    };
    assert_eq!(two.check(&with(&[report(1, 0), report(2, 9)])), Ok(()));
    refuses(&two, &with(&[report(1, 0)]), "not left out");
    refuses(&two, &with(&[report(2, 9), report(1, 0)]), "byte is 9");
    refuses(&two, &with(&[report(1, 0), report(2, 8)]), "byte is 8");
    refuses(
        &two,
        &with(&[report(1, 0), report(2, 9), report(3, 10)]),
        "beyond",
    );
}

#[test]
fn a_refusal_is_compared_by_its_whole_message() {
    let case = case(Expected::Refusal(b"No."));
    let refusal = |error: &str, message: &str| failed(json!({"error": error, "message": message}));
    assert_eq!(case.check(&refusal("bad_request", "No.")), Ok(()));
    refuses(&case, &refusal("bad_request", "No"), "wanted");
    refuses(&case, &refusal("io", "No."), "wanted");
    refuses(&case, &completed(b""), "not refused");
}

#[test]
fn a_failure_is_compared_by_the_keys_that_are_wanted() {
    let case = case(Expected::Failure(
        br#"{"error":"bad_encoding","record":null,"message_names":"UTF-16"}"#,
    ));
    let report = json!({"error": "bad_encoding", "message": "looks like utf-16 text", "byte": 0});
    assert_eq!(case.check(&failed(report)), Ok(()));
    for (report, word) in [
        (
            json!({"error": "bad_encoding", "message": "looks like zip"}),
            "does not name",
        ),
        (json!({"error": "bad_encoding"}), "does not name"),
        (
            json!({"error": "bad_gzip", "message": "UTF-16"}),
            "error is",
        ),
        (
            json!({"error": "bad_encoding", "record": 1, "message": "UTF-16"}),
            "record is 1",
        ),
    ] {
        refuses(&case, &failed(report), word);
    }
    refuses(&case, &completed(b""), "completed");
}
