//! `rollcall connections`.

use std::ops::ControlFlow;
use std::sync::Arc;

use rollcall_core::{Error, Findings, InspectedSlice, Inspector, SliceInspector};
use serde::Serialize;

use crate::args::ConnectionsArgs;
use crate::disk::Disk;
use crate::failure::Failure;
use crate::feed::Piece;
use crate::input::Inputs;
use crate::output::Output;
use crate::pool::{self, Merge};
use crate::progress::ProgressLine;
use crate::remarks::NO_USERS;

/// Runs the command.
pub fn run(args: &ConnectionsArgs, disk: &Arc<dyn Disk>) -> Result<(), Failure> {
    let inputs = Inputs::new(&args.input)?;
    let max_record_size = args.input.max_record_size;
    let mut listing = Listing {
        inspector: Inspector::new(max_record_size),
        progress_line: ProgressLine::new(inputs.bytes_total(), None, false),
        inputs: &inputs,
    };
    let workers = (0..inputs.threads())
        .map(|_| SliceInspector::new(max_record_size))
        .collect();
    pool::run(inputs.feed(disk), inputs.chunk(), workers, &mut listing)?;
    let Listing {
        inspector,
        progress_line,
        ..
    } = listing;
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

/// The run in progress.
struct Listing<'a> {
    inspector: Inspector,
    progress_line: ProgressLine,
    inputs: &'a Inputs,
}

impl Listing<'_> {
    fn inspect(&mut self, piece: &Piece, slice: Option<InspectedSlice>) -> Result<(), Error> {
        if let Some(bytes) = piece.packed {
            self.inspector.unpacked(bytes);
        }
        match slice {
            None => self.inspector.push(&piece.text)?,
            Some(slice) => {
                let (head, lines, tail) = slice.split(&piece.text);
                self.inspector.push(head)?;
                if !self.inspector.take_slice(slice) {
                    self.inspector.push(lines)?;
                }
                self.inspector.push(tail)?;
            }
        }
        if piece.is_last && piece.failure.is_none() {
            self.inspector.end_input()?;
        }
        Ok(())
    }
}

impl Merge<InspectedSlice> for Listing<'_> {
    fn merge(
        &mut self,
        piece: &Piece,
        slice: Option<InspectedSlice>,
        _: &[u8],
    ) -> Result<ControlFlow<()>, Failure> {
        self.inspect(piece, slice)
            .map_err(|error| self.inputs.name(error))?;
        let progress = self.inspector.progress();
        self.progress_line.show(&progress, progress.read);
        Ok(ControlFlow::Continue(()))
    }

    fn reads_lines(&self) -> bool {
        self.inspector.reads_lines()
    }
}

/// The last line of `--json`.
#[derive(Serialize)]
struct Counts {
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
    let (ids, names, users) = (width(0), width(1), width(2));
    rows.iter()
        .map(|[id, name, count]| format!("{id:ids$}  {name:names$}  {count:>users$}\n"))
        .collect()
}

/// A name may hold control sequences; the terminal must not run them.
fn printable(name: &str) -> String {
    name.chars()
        .map(|character| {
            if character.is_control() {
                '\u{fffd}'
            } else {
                character
            }
        })
        .collect()
}
