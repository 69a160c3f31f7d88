//! The examples do what they say.

#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![allow(clippy::disallowed_methods, reason = "a test runs programs")]

use std::env;
use std::path::PathBuf;
use std::process::{Command, Output};

/// Runs an example on the input of a golden case. Cargo builds examples next to the tests.
fn run(example: &str, case: &str) -> Output {
    let test = env::current_exe().unwrap();
    let built = test.parent().unwrap().parent().unwrap();
    let name = format!("{example}{}", env::consts::EXE_SUFFIX);
    let input = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/cases")
        .join(case)
        .join("input.ndjson");
    Command::new(built.join("examples").join(name))
        .arg(input)
        .output()
        .expect("`cargo test` builds the examples unless one test is named; so does `cargo build --examples`")
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[test]
fn export_writes_csv_and_reports() {
    let output = run("export", "ndjson-control-characters-in-front");
    assert!(output.status.success());
    assert_eq!(text(output.stdout), "Id,email\n\"'2\",\n");
    let reports = text(output.stderr);
    let lines: Vec<_> = reports.lines().collect();
    assert!(lines[0].starts_with("line 1: ") && lines[1].starts_with("line 3: "));
    assert_eq!(lines[2..], ["1 of 3 users"]);
}

#[test]
fn connections_counts_users() {
    let output = run("connections", "connection-any-identity-counts");
    assert!(output.status.success());
    let want = "       2  Username-Password-Authentication\n       2  google-oauth2\n       \
                1  Google-OAuth2\n       2  in no connection\n";
    assert_eq!(text(output.stdout), want);
}
