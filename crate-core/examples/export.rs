//! Exports the users on standard input: `export < users.ndjson > users.csv`.

use std::io::{Read, Write, stdin, stdout};

use rollcall_core::{ExportOptions, ExportRequest, Exporter, Plan};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let body = std::env::args().nth(1).unwrap_or_else(|| "{}".to_owned());
    let plan = Plan::new(
        &ExportRequest::from_json(body.as_bytes())?,
        &ExportOptions::default(),
    )?;
    let mut exporter = Exporter::new(plan);
    let (mut chunk, mut out) = (vec![0; 1 << 20], Vec::new());
    loop {
        let length = stdin().read(&mut chunk)?;
        let is_done = length == 0 || exporter.push(&chunk[..length], &mut out)?.is_break();
        stdout().write_all(&out)?;
        out.clear();
        if is_done {
            break;
        }
    }
    let _ = exporter.end_input(&mut out)?;
    let totals = exporter.finish(&mut out)?;
    stdout().write_all(&out)?;
    eprintln!("{totals:?}");
    Ok(())
}
