//! Every golden case through the built command: files to a file, and standard input to output.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use libtest_mimic::{Arguments, Failed, Trial};
use rollcall_cases::{CASES, Case, Outcome};
use serde_json::Value;

/// Ways of reading: nothing said, small pieces on one thread, small pieces on several.
const WAYS: [&[&str]; 5] = [
    &[],
    &["--chunk", "7", "--threads", "1"],
    &["--chunk", "1", "--threads", "2"],
    &["--chunk", "7", "--threads", "3"],
    &["--chunk", "64", "--threads", "2"],
];

fn main() -> ExitCode {
    let exports = CASES
        .iter()
        .map(|case| Trial::test(case.name(), || run(case)));
    let listings = CASES.iter().filter(|case| case.lists_connections());
    let listings = listings.map(|case| {
        let name = format!("{}: connections", case.name());
        Trial::test(name, || list_connections(case))
    });
    let trials = exports.chain(listings).collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn run(case: &Case) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let inputs = put_files(case, folder.path())?;
    for way in WAYS {
        let mut args = vec!["export".to_owned(), "--request".into(), "request".into()];
        args.extend(options(case));
        args.extend(way.iter().map(|&arg| arg.to_owned()));
        let outcome = export_to_file(folder.path(), &args, &inputs)?;
        case.check(&outcome)
            .map_err(|why| format!("files, {way:?}: {why}"))?;
        if let [input] = inputs.as_slice() {
            let outcome = export_to_stdout(folder.path(), &args, input)?;
            case.check(&outcome)
                .map_err(|why| format!("standard input, {way:?}: {why}"))?;
        }
    }
    Ok(())
}

/// Writes what the command reads, and names the input files.
fn put_files(case: &Case, folder: &Path) -> io::Result<Vec<String>> {
    fs::write(folder.join("request"), case.request())?;
    if let Some(list) = case.connections() {
        fs::write(folder.join("connections"), list)?;
    }
    let inputs = folder.join("inputs");
    fs::create_dir(&inputs)?;
    case.inputs()
        .iter()
        .map(|input| {
            fs::write(inputs.join(input.file_name), input.bytes)?;
            Ok(format!("inputs/{}", input.file_name))
        })
        .collect()
}

/// What the case chooses beside its request, as options of the command.
fn options(case: &Case) -> Vec<String> {
    let mut args = Vec::new();
    for (key, value) in case.options().as_object().into_iter().flatten() {
        let option = format!("--{}", key.replace('_', "-"));
        match value {
            Value::Bool(false) => {}
            Value::Bool(true) => args.push(option),
            Value::String(text) => args.extend([option, text.clone()]),
            other => args.extend([option, other.to_string()]),
        }
    }
    if case.connections().is_some() {
        args.extend(["--connections".into(), "connections".into()]);
    }
    args
}

fn command(folder: &Path, args: &[String]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rollcall"));
    command.args(args).current_dir(folder).stdin(Stdio::null());
    command
}

fn export_to_file(folder: &Path, args: &[String], inputs: &[String]) -> Result<Outcome, Failed> {
    let out = folder.join("out");
    let done = command(folder, args)
        .args(["--output", "out", "--summary", "summary"])
        .args(inputs)
        .output()?;
    let output = match fs::read(&out) {
        Ok(bytes) => {
            fs::remove_file(&out)?;
            bytes
        }
        Err(_) => Vec::new(),
    };
    let summary = read_summary(&folder.join("summary"), &output)?;
    if fs::read_dir(folder)?.count() > 3 {
        return Err("a file was left behind".into());
    }
    let outcome = outcome(output, &done)?;
    match (outcome.result, summary) {
        (Ok(_), Some(summary)) => Ok(Outcome {
            result: Ok(Some(summary["totals"].clone())),
            ..outcome
        }),
        (Err(report), Some(summary)) if summary["failure"] != report => {
            Err(format!("the summary has another failure: {summary}").into())
        }
        (Ok(_), None) => Err("no summary".into()),
        (result, _) => Ok(Outcome { result, ..outcome }),
    }
}

/// The summary of a run, if there is one; it measures the output.
fn read_summary(path: &Path, output: &[u8]) -> Result<Option<Value>, Failed> {
    let Ok(text) = fs::read_to_string(path) else {
        return Ok(None);
    };
    fs::remove_file(path)?;
    let summary: Value = serde_json::from_str(&text)?;
    match summary["output"]["bytes"].as_u64() {
        Some(bytes) if bytes != output.len() as u64 => {
            Err(format!("the output has {} bytes: {summary}", output.len()).into())
        }
        _ => Ok(Some(summary)),
    }
}

fn export_to_stdout(folder: &Path, args: &[String], input: &str) -> Result<Outcome, Failed> {
    let stdin = File::open(folder.join(input))?;
    let done = command(folder, args).stdin(stdin).output()?;
    outcome(done.stdout.clone(), &done)
}

fn outcome(output: Vec<u8>, done: &std::process::Output) -> Result<Outcome, Failed> {
    let mut left_out = str::from_utf8(&done.stderr)?
        .lines()
        .map(|line| serde_json::from_str(line).map_err(|_| format!("not a report: {line}")))
        .collect::<Result<Vec<Value>, String>>()?;
    let result = match done.status.code() {
        Some(0) => Ok(None),
        Some(1) => Err(left_out.pop().ok_or("no report of the failure")?),
        _ => return Err(format!("ended by {}", done.status).into()),
    };
    Ok(Outcome {
        output,
        left_out,
        result,
    })
}

fn list_connections(case: &Case) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let inputs = put_files(case, folder.path())?;
    for way in WAYS {
        let done = command(folder.path(), &["connections".into(), "--json".into()])
            .args(way)
            .args(&inputs)
            .output()?;
        let mut lines = str::from_utf8(&done.stdout)?
            .lines()
            .map(serde_json::from_str)
            .collect::<Result<Vec<Value>, _>>()?;
        // The last line counts users.
        lines.pop();
        case.check_connections(&lines)
            .map_err(|why| format!("{way:?}: {why}"))?;
    }
    Ok(())
}
