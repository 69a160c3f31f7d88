//! Speed of an export in memory: `cargo bench -p rollcall-core`.
//!
//! The stages add up, since none runs without the ones before it: `split` finds and checks records,
//! `project` also looks for fields, `encode` also writes rows, and `whole` unpacks gzip first.

#![allow(missing_docs, reason = "Criterion's macros write functions without")]
#![allow(clippy::disallowed_methods, reason = "another program makes the users")]

use std::io::Write;
use std::process::Command;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use flate2::{Compression, write::GzEncoder};
use rollcall_core::{Connection, ExportOptions, ExportRequest, Exporter, Plan};
use serde_json::Value;

/// What the command and the engine push at once.
const CHUNK: usize = 64 << 10;

const ONE: &str = r#"{"fields":[{"name":"user_id"}]}"#;
const EIGHT: &str = r#"{"fields":[{"name":"user_id"},{"name":"email"},{"name":"email_verified"},{"name":"name"},{"name":"identities[0].connection","export_as":"provider"},{"name":"user_metadata.address.city","export_as":"city"},{"name":"app_metadata.roles","export_as":"roles"},{"name":"created_at"}]}"#;
const DEFAULT: &str = "{}";
const RECORDS: &str = r#"{"format":"json"}"#;

fn layouts() -> [(&'static str, Vec<u8>); 3] {
    let array = users(&["--array"]);
    let values: Value = serde_json::from_slice(&array).expect("it is JSON");
    let pretty = serde_json::to_vec_pretty(&values).expect("a value is JSON");
    [("ndjson", users(&[])), ("array", array), ("pretty", pretty)]
}

/// Made-up users, the same ones in every run.
fn users(options: &[&str]) -> Vec<u8> {
    let made = Command::new(env!("CARGO"))
        .args(["xtask", "users", "4000"])
        .args(options)
        .output()
        .expect("cargo can be started");
    assert!(made.status.success(), "{}", made.stderr.escape_ascii());
    made.stdout
}

/// A plan that keeps all users, or none of them.
fn plan(body: &str, keeps: bool) -> Plan {
    let request = ExportRequest::from_json(body.as_bytes()).expect("the request is good");
    let options = ExportOptions {
        connection: (!keeps).then(|| "nobody".to_owned()),
        ..ExportOptions::default()
    };
    let plan = Plan::new(&request, &options).expect("the request is good");
    match keeps {
        true => plan,
        false => plan
            .among(&[Connection::named("nobody")])
            .expect("the connection is in the list"),
    }
}

fn export(plan: Plan, input: &[u8], out: &mut Vec<u8>) {
    let mut exporter = Exporter::new(plan);
    for chunk in input.chunks(CHUNK) {
        let _ = exporter.push(chunk, out).expect("the input is good");
        out.clear();
    }
    let _ = exporter.end_input(out).expect("the input is good");
    exporter.finish(out).expect("the connection is known");
    out.clear();
}

fn stages(criterion: &mut Criterion) {
    for (layout, text) in layouts() {
        let mut group = criterion.benchmark_group(layout);
        group.throughput(Throughput::Bytes(text.len() as u64));
        let mut out = Vec::new();
        let mut packer = GzEncoder::new(Vec::new(), Compression::default());
        packer
            .write_all(&text)
            .expect("writing to memory does not fail");
        let packed = packer.finish().expect("writing to memory does not fail");
        for (name, body, keeps, input) in [
            ("split", RECORDS, false, &text),
            ("project, 1 field", ONE, false, &text),
            ("project, 8 fields", EIGHT, false, &text),
            ("encode, 1 field", ONE, true, &text),
            ("encode, 8 fields", EIGHT, true, &text),
            ("encode, default fields", DEFAULT, true, &text),
            ("encode, records as JSON", RECORDS, true, &text),
            ("whole, gzip, 8 fields", EIGHT, true, &packed),
        ] {
            group.bench_function(name, |bencher| {
                bencher.iter(|| export(plan(body, keeps), input, &mut out));
            });
        }
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    targets = stages
}
criterion_main!(benches);
