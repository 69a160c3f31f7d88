//! Every golden case as a job in a dedicated worker, over real files and the private file system.

use std::cell::{Cell, RefCell};
use std::fmt::Write as _;
use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};
use js_sys::{Array, Reflect, Uint8Array};
use rollcall_cases::{CASES, Case, Outcome};
use rollcall_core::message::Reply;
use rollcall_core::{
    Connection, Error, ErrorCode, ExportOptions, ExportRequest, FaultyFile, LeftOut, Plan, Reading,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Blob, File, MessageChannel};

use super::{export, inspect};
use crate::error::Stop;
use crate::feed::Feed;
use crate::pool::Pool;
use crate::report::Post;

wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[wasm_bindgen_test]
async fn golden_cases() {
    let mut wrong = Vec::new();
    // A list of connections is not among what the worker is given.
    for case in CASES.iter().filter(|case| case.connections().is_none()) {
        if let Err(difference) = case.check(&run(case).await) {
            wrong.push(format!("{}: {difference}", case.name()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[wasm_bindgen_test]
async fn connections_are_found() {
    let cases: Vec<&Case> = CASES
        .iter()
        .filter(|case| case.lists_connections())
        .collect();
    assert!(!cases.is_empty());
    for case in cases {
        let inspected = inspect(
            alone(&files(case), &Cell::new(false)),
            reading(case),
            true,
            &|_, _| {},
        )
        .await;
        let Ok((
            Reply::Inspected {
                findings,
                is_whole: true,
            },
            None,
        )) = inspected
        else {
            panic!("{}: {inspected:?}", case.name());
        };
        let found = json!(findings.connections);
        let found = found.as_array().expect("a list");
        if let Err(difference) = case.check_connections(found) {
            panic!("{}: {difference}", case.name());
        }
    }
}

#[wasm_bindgen_test]
async fn of_many_connections_messages_list_the_first_ones() {
    // The last one has two users; there is more than one piece of text, so that some come early.
    let mut text = String::new();
    for number in (1..=30_000).chain([30_000]) {
        writeln!(
            text,
            r#"{{"identities":[{{"connection":"c{number:05}"}}]}}"#
        )
        .expect("a text");
    }
    let files = [file("users.ndjson", text.as_bytes())];
    for (lists_all, want) in [(false, 200), (true, 30_000)] {
        let early = RefCell::new(Vec::new());
        let post = |reply: &Reply, _: Option<Blob>| {
            if let Reply::Inspected { findings, .. } = reply {
                early.borrow_mut().push(findings.connections.len());
            }
        };
        let inspected = inspect(
            alone(&files, &Cell::new(false)),
            Reading::default(),
            lists_all,
            &post,
        )
        .await;
        let Ok((Reply::Inspected { findings, .. }, None)) = inspected else {
            panic!("{inspected:?}");
        };
        assert_eq!(findings.connection_count, 30_000);
        assert_eq!(findings.connections.len(), want);
        let first = ["c30000", "c00001"].map(Connection::named);
        assert_eq!(
            [0, 1].map(|at| findings.connections[at].connection.clone()),
            first
        );
        let early = early.take();
        assert!(
            !early.is_empty() && early.iter().all(|many| *many <= 200),
            "{early:?}"
        );
    }
}

#[wasm_bindgen_test]
async fn the_file_that_fails_is_named_apart_where_there_are_several() {
    let [good, bad] = [
        file("Good.json", b"{\"user_id\":\"1\"}\n"),
        file("bad.json", b"PK\x03\x04"),
    ];
    for (files, want) in [
        (vec![bad.clone()], None),
        (vec![good.clone(), bad.clone(), good.clone()], Some(1)),
        (vec![good.clone(), good, bad], Some(2)),
    ] {
        let is_cancelled = Cell::new(false);
        let exported = export(
            alone(&files, &is_cancelled),
            default_plan(),
            "faulty.csv",
            None,
            &|_, _| {},
        )
        .await;
        let inspected = inspect(
            alone(&files, &is_cancelled),
            Reading::default(),
            false,
            &|_, _| {},
        )
        .await;
        for stopped in [exported, inspected] {
            let Err(Stop::Failed(error)) = stopped else {
                panic!("{stopped:?}");
            };
            let name = "bad.json".to_owned();
            assert_eq!(
                error.file,
                want.map(|index| Box::new(FaultyFile { index, name }))
            );
            assert!(!error.message.contains("bad.json"), "{}", error.message);
        }
    }
}

#[wasm_bindgen_test]
async fn a_cancelled_job_leaves_no_file() {
    let files = [file("users.ndjson", b"{\"user_id\":\"1\"}\n")];
    let is_cancelled = Cell::new(true);
    let stopped = export(
        alone(&files, &is_cancelled),
        default_plan(),
        "cancelled.csv",
        None,
        &|_, _| {},
    )
    .await;
    assert!(matches!(stopped, Err(Stop::Cancelled)), "{stopped:?}");
    assert!(!outputs().await.contains(&"cancelled.csv".to_owned()));
}

#[wasm_bindgen_test]
async fn a_failed_job_leaves_no_file_but_tells_of_its_records() {
    let files = [file("users.json", b"[5,{\"user_id\":\"1\"}")];
    let left_out = RefCell::new(Vec::new());
    let post = collect(&left_out);
    let is_cancelled = Cell::new(false);
    let stopped = export(
        alone(&files, &is_cancelled),
        default_plan(),
        "failed.csv",
        None,
        &post,
    )
    .await;
    let Err(Stop::Failed(error)) = stopped else {
        panic!("{stopped:?}");
    };
    assert_eq!((error.code, error.byte), (ErrorCode::BadRecord, Some(18)));
    assert_eq!(left_out.take().len(), 1);
    assert!(!outputs().await.contains(&"failed.csv".to_owned()));
}

#[wasm_bindgen_test]
async fn text_before_a_cut_is_whole_with_helpers_too() {
    // A list is no work for helpers, but where there are some, its text comes in pieces of 1 MiB.
    // Reports tell how much of it has come, down to two bytes.
    let mut text = vec![b' '; (1 << 20) - 300];
    text[0] = b'[';
    text.extend(b"0,".repeat(400));
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(&text).expect("memory takes all");
    let packed = packer.finish().expect("memory takes all");
    let mut seen = Vec::new();
    for length in packed.len() - 60..packed.len() {
        let files = [file("users.json.gz", &packed[..length])];
        let is_cancelled = Cell::new(false);
        let mut outcomes = Vec::new();
        for helpers in [Array::new(), Array::of1(&idle_port())] {
            let left_out = RefCell::new(Vec::new());
            let post = collect(&left_out);
            let feed = Feed::new(&files, Pool::new(&helpers), &is_cancelled);
            let stopped = export(feed, default_plan(), "cut.csv", None, &post).await;
            let Err(Stop::Failed(error)) = stopped else {
                panic!("{stopped:?}");
            };
            outcomes.push((left_out.take().len(), json!(*error)));
        }
        assert_eq!(outcomes[0], outcomes[1], "{length} of {}", packed.len());
        seen.push(outcomes[0].0);
    }
    // From before the piece is full to the last.
    assert!(seen[0] < 150 && seen.contains(&400), "{seen:?}");
}

/// To a helper that would never answer.
fn idle_port() -> web_sys::MessagePort {
    MessageChannel::new()
        .expect("a worker has channels")
        .port1()
}

/// Without helpers, whom a worker of these tests cannot have.
fn alone<'a>(files: &'a [File], is_cancelled: &'a Cell<bool>) -> Feed<'a> {
    Feed::new(files, Pool::new(&Array::new()), is_cancelled)
}

fn default_plan() -> Plan {
    Plan::new(&ExportRequest::default(), &ExportOptions::default()).expect("defaults are allowed")
}

fn options(case: &Case) -> ExportOptions {
    serde_json::from_value(case.options()).expect("options of a case")
}

fn reading(case: &Case) -> Reading {
    Reading::new(&options(case)).expect("options that can be read with")
}

/// Runs a case as the page does.
async fn run(case: &Case) -> Outcome {
    let left_out = RefCell::new(Vec::new());
    let result = export_case(case, &collect(&left_out)).await;
    let left_out = left_out
        .take()
        .into_iter()
        .map(|item| json!(Error::from(item)))
        .collect();
    match result {
        Ok((output, totals)) => Outcome {
            output,
            left_out,
            result: Ok(Some(totals)),
        },
        Err(error) => Outcome {
            output: Vec::new(),
            left_out,
            result: Err(json!(error)),
        },
    }
}

async fn export_case(case: &Case, post: &Post<'_>) -> Result<(Vec<u8>, Value), Error> {
    let request = ExportRequest::from_json(case.request())?;
    let plan = Plan::new(&request, &options(case))?;
    let (files, is_cancelled) = (files(case), Cell::new(false));
    match export(alone(&files, &is_cancelled), plan, "case", None, post).await {
        Ok((Reply::Completed(export), Some(output))) => {
            let bytes = bytes(&output).await;
            assert_eq!(bytes.len() as u64, export.bytes_out, "{}", case.name());
            let digest: String = Sha256::digest(&bytes)
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            assert_eq!(digest, export.sha256, "{}", case.name());
            Ok((bytes, json!(export.totals)))
        }
        Err(Stop::Failed(error)) => Err(*error),
        other => panic!("{}: {other:?}", case.name()),
    }
}

/// Keeps the records that a job tells of.
fn collect(left_out: &RefCell<Vec<LeftOut>>) -> impl Fn(&Reply, Option<Blob>) {
    |reply, _| {
        if let Reply::Progress {
            left_out: items, ..
        } = reply
        {
            left_out.borrow_mut().extend(items.iter().cloned());
        }
    }
}

fn files(case: &Case) -> Vec<File> {
    case.inputs()
        .iter()
        .map(|input| file(input.file_name, input.bytes))
        .collect()
}

fn file(name: &str, bytes: &[u8]) -> File {
    let parts = Array::of1(&Uint8Array::from(bytes));
    File::new_with_u8_array_sequence(&parts, name).expect("a file of bytes")
}

async fn bytes(blob: &Blob) -> Vec<u8> {
    let buffer = JsFuture::from(blob.array_buffer())
        .await
        .expect("the output can be read");
    Uint8Array::new(&buffer).to_vec()
}

/// The names of the outputs in the private file system.
async fn outputs() -> Vec<String> {
    let folder = crate::store::folder().await.expect("a private file system");
    let entries = folder.keys();
    let mut names = Vec::new();
    loop {
        let next = JsFuture::from(entries.next().expect("an iterator"))
            .await
            .expect("an entry");
        if Reflect::get(&next, &"done".into()).is_ok_and(|done| done.is_truthy()) {
            return names;
        }
        let name = Reflect::get(&next, &"value".into())
            .ok()
            .and_then(|name| name.as_string());
        names.extend(name);
    }
}
