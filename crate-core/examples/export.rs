//! Exports the users of a file to CSV, chunk by chunk, and reports what was left out.
//!
//! `cargo run --example export -- tests/cases/auth0-sample-profiles/input.ndjson`

#![allow(clippy::disallowed_methods, reason = "a program reads and writes")]

use std::error::Error;
use std::fs::File;
use std::io::{Read, Write, stdout};

use rollcall_core::{ExportOptions, ExportRequest, Exporter, Plan};

const REQUEST: &str = r#"{"fields":[{"name":"user_id","export_as":"Id"},{"name":"email"}]}"#;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("name a file of users")?;
    let request = ExportRequest::from_json(REQUEST.as_bytes())?;
    let mut exporter = Exporter::new(Plan::new(&request, &ExportOptions::default())?);
    let (mut file, mut chunk, mut out) = (File::open(path)?, vec![0; 64 << 10], Vec::new());
    loop {
        let length = file.read(&mut chunk)?;
        let flow = match length {
            0 => exporter.end_input(&mut out)?,
            _ => exporter.push(&chunk[..length], &mut out)?,
        };
        for left_out in exporter.take_left_out() {
            eprintln!("line {}: {}", left_out.line, left_out.message);
        }
        stdout().write_all(&std::mem::take(&mut out))?;
        // Nothing more is wanted once a limit is reached.
        if length == 0 || flow.is_break() {
            break;
        }
    }
    let totals = exporter.finish(&mut out)?;
    stdout().write_all(&out)?;
    eprintln!("{} of {} users", totals.exported, totals.read);
    Ok(())
}
