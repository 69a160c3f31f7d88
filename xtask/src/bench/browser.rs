//! What runs in Chromium.

use super::{
    contender::{Contender, Group, Measured, Prepared},
    job,
    native::{self, Projected},
    workshop::Workshop,
};
use crate::project::root;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::fs;

/// In the order of the table.
pub const CONTENDERS: &[Contender] = &[
    Contender {
        name: "rollcall-wasm",
        group: Group::Browser,
        title: "**Rollcall**",
        remark: "every record fully checked; includes starting its worker; another worker reads for it",
        writes: true,
        prepare: |workshop| rollcall(workshop, 1, Input::Lines),
    },
    Contender {
        name: "rollcall-wasm-2",
        group: Group::Browser,
        title: "**Rollcall, 2 workers**",
        remark: "every record fully checked; includes starting its workers; another worker reads for them",
        writes: true,
        prepare: |workshop| rollcall(workshop, 2, Input::Lines),
    },
    Contender {
        name: "blob-copy",
        group: Group::Browser,
        title: "copying the same pieces into wasm memory",
        remark: "reads and discards: the most the browser allows",
        writes: false,
        prepare: |workshop| {
            let bytes = workshop.data().bytes()?;
            let run = Run {
                script: "./workers/blob-copy.js",
                job: Value::Null,
                saves: false,
                bytes,
            };
            prepared(workshop, run, Input::Lines)
        },
    },
    Contender {
        name: "serde-json-wasm",
        group: Group::Browser,
        title: "serde_json, typed, in wasm",
        remark: "does not check UTF-8 in what it skips",
        writes: true,
        prepare: |workshop| page(workshop, "./workers/serde-json.js", Input::Lines),
    },
    Contender {
        name: "byte-scanner",
        group: Group::Browser,
        title: "JavaScript that scans bytes, written for this job",
        remark: "assumes valid JSON without white space",
        writes: true,
        prepare: |workshop| page(workshop, "./workers/byte-scanner.js", Input::Lines),
    },
    Contender {
        name: "json-parse",
        group: Group::Browser,
        title: "JavaScript with `JSON.parse`, tuned",
        remark: "loses digits that a JavaScript number cannot hold",
        writes: true,
        prepare: |workshop| page(workshop, "./workers/json-parse.js", Input::Lines),
    },
    Contender {
        name: "papaparse",
        group: Group::Browser,
        title: "JavaScript with `JSON.parse` and papaparse",
        remark: "loses digits that a JavaScript number cannot hold",
        writes: true,
        prepare: |workshop| page(workshop, "./workers/papaparse.js", Input::Lines),
    },
    Contender {
        name: "duckdb-wasm",
        group: Group::Browser,
        title: "DuckDB-Wasm, types given",
        remark: "reads an array, the one layout it reads without loading code from another host; keeps everything in memory",
        writes: true,
        prepare: |workshop| page(workshop, "./duckdb.js", Input::Array),
    },
    Contender {
        name: "rollcall-wasm-gzip",
        group: Group::Gzip,
        title: "**Rollcall**",
        remark: "every record fully checked",
        writes: true,
        prepare: |workshop| rollcall(workshop, 1, Input::Gzip),
    },
    Contender {
        name: "rollcall-wasm-gzip-2",
        group: Group::Gzip,
        title: "**Rollcall, 2 workers**",
        remark: "every record fully checked; one decompresses, two process the text",
        writes: true,
        prepare: |workshop| rollcall(workshop, 2, Input::Gzip),
    },
    Contender {
        name: "json-parse-gzip",
        group: Group::Gzip,
        title: "`DecompressionStream` and JavaScript with `JSON.parse`, tuned",
        remark: "accepts only files with one member",
        writes: true,
        prepare: |workshop| page(workshop, "./workers/json-parse-gzip.js", Input::Gzip),
    },
    Contender {
        name: "projector-wasm",
        group: Group::Projector,
        title: "**Rollcall in wasm**",
        remark: "every record fully checked",
        writes: false,
        prepare: |workshop| {
            let Projected { bytes, passes } = Projected::of(workshop)?;
            let job = json!({ "request": request(), "bytes": bytes, "passes": passes });
            let bytes = bytes * passes;
            let run = Run {
                script: "./workers/projector.js",
                job,
                saves: false,
                bytes,
            };
            prepared(workshop, run, Input::Lines)
        },
    },
    Contender {
        name: "projector-native",
        group: Group::Projector,
        title: "the same natively",
        remark: "every record fully checked",
        writes: false,
        prepare: native::projector,
    },
];

enum Input {
    Lines,
    Array,
    Gzip,
}

/// What the page is to do.
struct Run {
    script: &'static str,
    job: Value,
    /// Whether what it wrote is saved behind it.
    saves: bool,
    bytes: u64,
}

fn rollcall(workshop: &mut Workshop, workers: u32, input: Input) -> Result<Prepared> {
    let types = fs::read_to_string(root().join("crate-web/js/index.d.ts"))?;
    ensure!(
        workers == 1 || types.contains("workers?:"),
        // It would be ignored in silence.
        "the package has no option for it"
    );
    let job = json!({ "request": request(), "workers": workers });
    let bytes = workshop.data().bytes()?;
    let run = Run {
        script: "./rollcall.js",
        job,
        saves: true,
        bytes,
    };
    prepared(workshop, run, input)
}

fn page(workshop: &mut Workshop, script: &'static str, input: Input) -> Result<Prepared> {
    let bytes = workshop.data().bytes()?;
    let run = Run {
        script,
        job: Value::Null,
        saves: true,
        bytes,
    };
    prepared(workshop, run, input)
}

fn prepared(workshop: &mut Workshop, run: Run, input: Input) -> Result<Prepared> {
    let data = workshop.data();
    let file = match input {
        Input::Lines => data.lines(),
        Input::Array => data.array(),
        Input::Gzip => data.gzip(),
    }?;
    let harness = workshop.harness()?.clone();
    Ok(Prepared {
        version: None,
        run: Box::new(move |output| {
            let Run {
                script,
                job,
                saves,
                bytes,
            } = &run;
            let answer = harness.ask(&json!({
                "script": script, "job": job, "file": file, "output": saves.then_some(output),
            }))?;
            measured(&answer, *bytes)
        }),
    })
}

fn measured(answer: &Value, bytes: u64) -> Result<Measured> {
    let number = |key: &str| {
        answer[key]
            .as_f64()
            .with_context(|| format!("no {key}: {answer}"))
    };
    Ok(Measured {
        bytes,
        seconds: number("seconds")?,
        cpu_seconds: number("cpu")?,
        memory: (number("memory")? * 1e6) as u64,
    })
}

/// The request as JSON that can be put into JSON.
pub fn request() -> Value {
    serde_json::from_str(&job::request()).expect("the request is JSON")
}
