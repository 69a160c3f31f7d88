//! Counts the users of each connection in a file of NDJSON, on two threads.
//!
//! `cargo run --example connections -- tests/cases/auth0-sample-profiles/input.ndjson`

#![allow(clippy::disallowed_methods, reason = "a program reads and writes")]

use std::error::Error;
use std::ops::ControlFlow;
use std::{env, fs, thread};

use rollcall_core::{Inspector, Pass, Reading, SliceInspector};

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).ok_or("name a file of users")?;
    let text = fs::read(path)?;
    // Cut anywhere: what belongs to a line that was cut is read at the end of the slice before.
    let (first, second) = text.split_at(text.len() / 2);
    let mut inspector = Inspector::new(Reading::default());
    thread::scope(|scope| -> Result<(), rollcall_core::Error> {
        let elsewhere = scope
            .spawn(|| SliceInspector::new(&Reading::default()).inspect(second, first.len() as u64));
        inspector.push(first)?;
        let slice = elsewhere.join().ok().map(|slice| (slice, &[][..]));
        let push = |inspector: &mut Inspector, text: &[u8], _: &mut Vec<u8>| {
            inspector.push(text).map(ControlFlow::Continue)
        };
        let _ = inspector.merge(second, slice, &mut Vec::new(), push)?;
        inspector.end_input()
    })?;
    let findings = inspector.findings();
    for found in findings.connections {
        println!("{:>8}  {}", found.users, found.connection.name);
    }
    println!("{:>8}  in no connection", findings.without_connection);
    Ok(())
}
