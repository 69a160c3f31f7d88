//! `rollcall connections`.

use std::sync::Arc;

use rollcall_core::inspector::Layout;
use rollcall_core::remarks::NO_USERS;
use rollcall_core::{Findings, Inspector, Reading, SliceInspector};
use serde::Serialize;

use crate::args::ConnectionsArgs;
use crate::disk::Disk;
use crate::failure::Failure;
use crate::input::Inputs;
use crate::output::Output;
use crate::pool;
use crate::progress::ProgressLine;
use crate::report::printable;
use crate::request;
use crate::run::{Delivery, Run};

/// Runs the command.
pub fn run(args: &ConnectionsArgs, disk: &Arc<dyn Disk>) -> Result<(), Failure> {
    let inputs = Inputs::new(&args.input)?;
    let reading = Reading::new(&request::reading(&args.input))?;
    let listing = Listing(ProgressLine::new(inputs.bytes_total(), None, false));
    let workers = (0..inputs.threads())
        .map(|_| SliceInspector::new(&reading))
        .collect();
    let mut run = Run::new(Inspector::new(reading), listing, &inputs);
    pool::run(inputs.feed(disk), inputs.chunk(), workers, &mut run)?;
    let Run {
        pass: inspector,
        delivery: Listing(progress_line),
        ..
    } = run;
    let progress = inspector.progress();
    let remark = (progress.read == 0).then(|| NO_USERS.to_owned());
    let users = progress.read - progress.left_out;
    progress_line.close(&progress, users, remark.as_slice());
    let findings = inspector.findings();
    let text = if args.json {
        json_lines(&findings)
    } else {
        table(&findings)
    };
    let mut output = Output::stdout(&**disk);
    output.write(text.as_bytes())?;
    output.complete()
}

/// Until it is complete, a listing only updates the progress line.
struct Listing(ProgressLine);

impl Delivery for Listing {
    type Pass = Inspector;

    fn after_push(&mut self, _: &mut Inspector, _: &mut Vec<u8>) -> Result<(), Failure> {
        Ok(())
    }

    fn after_piece(&mut self, inspector: &mut Inspector, _: &mut Vec<u8>) -> Result<(), Failure> {
        let progress = inspector.progress();
        self.0.show(&progress, progress.read);
        Ok(())
    }
}

/// The last line of `--json`.
#[derive(Serialize)]
struct Counts<'a> {
    layout: Option<Layout>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<&'a str>,
    read: u64,
    left_out: u64,
    without_connection: u64,
}

fn json_lines(findings: &Findings) -> String {
    let mut lines = String::new();
    for connection in &findings.connections {
        lines.push_str(&json_line(connection));
    }
    lines.push_str(&json_line(&Counts {
        layout: findings.layout,
        at: findings.at.as_deref(),
        read: findings.read,
        left_out: findings.left_out,
        without_connection: findings.without_connection,
    }));
    lines
}

fn json_line(value: &impl Serialize) -> String {
    let mut line = serde_json::to_string(value).expect("text and numbers have a JSON form");
    line.push('\n');
    line
}

fn table(findings: &Findings) -> String {
    let mut rows = vec![["id".to_owned(), "name".to_owned(), "users".to_owned()]];
    for found in &findings.connections {
        rows.push([
            found.connection.id.clone(),
            printable(&found.connection.name),
            found.users.to_string(),
        ]);
    }
    let remark = |text: &str, count: u64| [String::new(), text.to_owned(), count.to_string()];
    if findings.without_connection > 0 {
        rows.push(remark("(no connection)", findings.without_connection));
    }
    if findings.left_out > 0 {
        rows.push(remark("(records left out)", findings.left_out));
    }
    let width = |column: usize| {
        let widths = rows.iter().map(|row| row[column].chars().count());
        widths.max().unwrap_or(0)
    };
    let found = findings.at.as_ref();
    let found = found.map_or(String::new(), |at| {
        format!("Users found at {}.\n", printable(at))
    });
    let (ids, names, users) = (width(0), width(1), width(2));
    let lines = rows
        .iter()
        .map(|[id, name, count]| format!("{id:ids$}  {name:names$}  {count:>users$}\n"));
    lines.collect::<String>() + &found
}
