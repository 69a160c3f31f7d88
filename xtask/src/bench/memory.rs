//! Memory with more users than would fit into it.

use super::{
    browser,
    contender::Measured,
    data::Data,
    machine::Machine,
    native::{export, measure},
    workshop::Workshop,
};
use anyhow::{Context, Result};
use serde_json::json;
use std::{
    env,
    process::{Command, Stdio},
};

/// Users that the page repeats until it has given out enough.
const REPEATED_MEGABYTES: u64 = 100;

/// Exports so many megabytes once in each world that is wanted, and prints a table.
pub fn run(megabytes: u64, wants: impl Fn(bool) -> bool) -> Result<()> {
    let mut workshop = Workshop::new(REPEATED_MEGABYTES)?;
    println!(
        "{}. Users of {megabytes} MB, as a stream.\n",
        Machine::look().line()
    );
    println!("| | MB/s | peak memory |\n| --- | ---: | --- |");
    if wants(true) {
        let Measured {
            bytes,
            seconds,
            memory,
            ..
        } = through_a_pipe(megabytes, &workshop)?;
        let speed = bytes as f64 / 1e6 / seconds;
        let memory = memory as f64 / 1e6;
        println!("| native, through a pipe | {speed:.0} | {memory:.1} MB |");
    }
    if wants(false) {
        in_the_page(megabytes, &mut workshop)?;
    }
    Ok(())
}

fn through_a_pipe(megabytes: u64, workshop: &Workshop) -> Result<Measured> {
    let data = Data::new(workshop.folder(), megabytes);
    let mut users = Command::new(env::current_exe()?)
        .args(["users", &data.count().to_string()])
        .stdout(Stdio::piped())
        .spawn()?;
    let pipe = users.stdout.take().expect("it is piped");
    let mut command = export(&workshop.command_line()?);
    command.stdin(pipe).stdout(Stdio::null());
    let measured = measure(&mut command, megabytes * 1_000_000)?;
    users.wait()?;
    Ok(measured)
}

/// The package takes a stream; what it gives back is dropped.
fn in_the_page(megabytes: u64, workshop: &mut Workshop) -> Result<()> {
    let file = workshop.data().lines()?;
    let job = json!({ "request": browser::request(), "bytes": megabytes * 1_000_000 });
    let answer = workshop.harness()?.ask(&json!({
        "script": "./workers/stream.js", "job": job, "file": file,
    }))?;
    let number = |key: &str| {
        answer[key]
            .as_f64()
            .with_context(|| format!("no {key}: {answer}"))
    };
    println!(
        "| Chromium, `exportStream` of the package | {:.0} | {:.1} MB of wasm memory, {:.0} MB of the renderer |",
        number("bytes")? / 1e6 / number("seconds")?,
        number("wasmMemory")? / 1e6,
        number("memory")?,
    );
    Ok(())
}
