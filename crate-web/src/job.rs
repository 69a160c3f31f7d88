//! One job over files: read, feed the core, write.

use std::cell::Cell;
use std::ops::ControlFlow;

use js_sys::Uint8Array;
use rollcall_core::job::Export;
use rollcall_core::message::Reply;
use rollcall_core::{Error, Exporter, Inspector, Plan, Totals, options};
use web_sys::{Blob, File, FileSystemFileHandle};

use crate::clock::{Throttle, steady};
use crate::report::{Post, ProgressReports};
use crate::source::Slices;
use crate::store::Output;

/// Bytes that the core gets at once. A small piece bounds what hostile gzip data can unpack to
/// before it is written.
const PIECE: u32 = 64 * 1024;

/// Output is written in blocks of at least this size.
const BLOCK: usize = 4 << 20;

/// Milliseconds between two messages on what an inspection has found.
const FINDINGS_INTERVAL: f64 = 500.0;

/// How a command ends early.
#[derive(Debug)]
pub(crate) enum Stop {
    Failed(Error),
    Cancelled,
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// Exports the files into a private file of this name, or into the file that was chosen.
pub(crate) async fn export(
    files: &[File],
    plan: Plan,
    name: &str,
    chosen: Option<FileSystemFileHandle>,
    is_cancelled: &Cell<bool>,
    post: &Post<'_>,
) -> Result<(Reply, Option<Blob>), Stop> {
    let start = steady();
    let mut output = Output::create(name, chosen).await?;
    let mut reports = ProgressReports::new(post);
    let exported = export_to(
        &mut output,
        files,
        Exporter::new(plan),
        &mut reports,
        is_cancelled,
    )
    .await;
    // Also a failed job has records to tell of.
    reports.post();
    match exported {
        Ok(totals) => {
            let (bytes_out, sha256) = (output.written(), output.sha256());
            let file = output.complete().await?;
            let export = Export {
                totals,
                bytes_out,
                sha256,
                duration: (steady() - start) as u64,
            };
            Ok((Reply::Completed(export), file))
        }
        Err(stop) => {
            output.discard().await;
            Err(stop)
        }
    }
}

async fn export_to(
    output: &mut Output,
    files: &[File],
    mut exporter: Exporter,
    reports: &mut ProgressReports<'_>,
    is_cancelled: &Cell<bool>,
) -> Result<Totals, Stop> {
    let mut out = Vec::new();
    let mut pieces = Pieces::new();
    let bytes_total: f64 = files.iter().map(|file| file.size()).sum();
    for (index, file) in files.iter().enumerate() {
        let mut slices = Slices::new(file);
        let mut flow = ControlFlow::Continue(());
        while let Some(slice) = slices
            .next()
            .await
            .map_err(|error| in_file(error, files, index))?
        {
            if is_cancelled.get() {
                return Err(Stop::Cancelled);
            }
            pieces.take(slice);
            while flow.is_continue()
                && let Some(piece) = pieces.next()
            {
                let pushed = exporter.push(piece, &mut out);
                reports.update(exporter.progress(), exporter.take_left_out());
                if out.len() >= BLOCK {
                    let read = exporter.progress().bytes_in as f64 / bytes_total;
                    output.write(&out, read).await?;
                    out.clear();
                    // Where writing takes long, word may have come meanwhile.
                    if is_cancelled.get() {
                        return Err(Stop::Cancelled);
                    }
                }
                flow = pushed.map_err(|error| in_file(error, files, index))?;
            }
            if flow.is_break() {
                break;
            }
        }
        if flow.is_continue() {
            let ended = exporter.end_input(&mut out);
            reports.update(exporter.progress(), exporter.take_left_out());
            flow = ended.map_err(|error| in_file(error, files, index))?;
        }
        if flow.is_break() {
            break;
        }
    }
    let totals = exporter.finish(&mut out)?;
    output.write(&out, 1.0).await?;
    Ok(totals)
}

/// Finds the connections and fields of the files.
pub(crate) async fn inspect(
    files: &[File],
    is_cancelled: &Cell<bool>,
    post: &Post<'_>,
) -> Result<(Reply, Option<Blob>), Stop> {
    let mut inspector = Inspector::new(options::DEFAULT_MAX_RECORD_SIZE);
    let mut reports = ProgressReports::new(post);
    let mut pieces = Pieces::new();
    let findings_are_due = Throttle::new(FINDINGS_INTERVAL);
    for (index, file) in files.iter().enumerate() {
        let mut slices = Slices::new(file);
        while let Some(slice) = slices
            .next()
            .await
            .map_err(|error| in_file(error, files, index))?
        {
            if is_cancelled.get() {
                return Err(Stop::Cancelled);
            }
            pieces.take(slice);
            while let Some(piece) = pieces.next() {
                inspector
                    .push(piece)
                    .map_err(|error| in_file(error, files, index))?;
                reports.update(inspector.progress(), Vec::new());
            }
            if findings_are_due.is_due() {
                let findings = inspector.findings();
                post(
                    &Reply::Inspected {
                        findings,
                        is_whole: false,
                    },
                    None,
                );
            }
        }
        inspector
            .end_input()
            .map_err(|error| in_file(error, files, index))?;
    }
    let findings = inspector.findings();
    Ok((
        Reply::Inspected {
            findings,
            is_whole: true,
        },
        None,
    ))
}

/// Brings slices into the engine's memory piece by piece.
struct Pieces {
    slice: Uint8Array,
    /// Where the next piece begins.
    start: u32,
    memory: Vec<u8>,
}

impl Pieces {
    fn new() -> Self {
        Self {
            slice: Uint8Array::new_with_length(0),
            start: 0,
            memory: vec![0; PIECE as usize],
        }
    }

    /// Goes on with this slice.
    fn take(&mut self, slice: Uint8Array) {
        self.slice = slice;
        self.start = 0;
    }

    fn next(&mut self) -> Option<&[u8]> {
        let end = (self.start + PIECE).min(self.slice.length());
        if self.start == end {
            return None;
        }
        let piece = self.slice.subarray(self.start, end);
        self.start = end;
        let bytes = &mut self.memory[..piece.length() as usize];
        piece.copy_to(bytes);
        Some(bytes)
    }
}

/// Says in which of several files a failure is.
fn in_file(error: Error, files: &[File], index: usize) -> Error {
    match files {
        [_] => error,
        _ => error.in_file(&files[index].name()),
    }
}

#[cfg(test)]
mod tests;
