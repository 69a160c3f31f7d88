//! An export.

use std::ops::ControlFlow;

use rollcall_core::job::Export;
use rollcall_core::message::Reply;
use rollcall_core::{Error, ExportedSlice, Exporter, Plan, Totals};
use web_sys::{Blob, FileSystemFileHandle};

use crate::clock::steady;
use crate::error::Stop;
use crate::feed::{Feed, Machine, Settled};
use crate::report::{Post, ProgressReports};
use crate::store::Output;

/// Output is written in blocks of at least this size.
const BLOCK: usize = 4 << 20;

/// Exports the files into a private file of this name, or into the file that was chosen.
pub(crate) async fn export(
    feed: Feed<'_>,
    plan: Plan,
    name: &str,
    chosen: Option<FileSystemFileHandle>,
    post: &Post<'_>,
) -> Result<(Reply, Option<Blob>), Stop> {
    let start = steady();
    let is_chosen = chosen.is_some();
    let mut machine = ExportMachine {
        exporter: Exporter::new(plan),
        out: Vec::new(),
        output: Output::create(name, chosen).await?,
        reports: ProgressReports::new(post),
        bytes_total: feed.bytes_total(),
    };
    let exported = machine.run(feed).await;
    // Also a failed job has records to tell of.
    machine.reports.post();
    let output = machine.output;
    match exported {
        Ok(totals) => {
            let (bytes_out, sha256) = (output.written(), output.sha256());
            if is_chosen {
                post(&Reply::Completing, None);
            }
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

struct ExportMachine<'a> {
    exporter: Exporter,
    /// What is to be written.
    out: Vec<u8>,
    output: Output,
    reports: ProgressReports<'a>,
    bytes_total: f64,
}

impl ExportMachine<'_> {
    async fn run(&mut self, feed: Feed<'_>) -> Result<Totals, Stop> {
        let is_cancelled = feed.is_cancelled();
        feed.run(self).await?;
        let totals = self.exporter.finish(&mut self.out)?;
        self.output.write(&self.out, 1.0).await?;
        if is_cancelled.get() {
            return Err(Stop::Cancelled);
        }
        Ok(totals)
    }

    fn report(&mut self) {
        let left_out = self.exporter.take_left_out();
        self.reports.update(self.exporter.progress(), left_out);
    }
}

impl Machine for ExportMachine<'_> {
    fn push(&mut self, piece: &[u8]) -> Result<ControlFlow<()>, Error> {
        let flow = self.exporter.push(piece, &mut self.out);
        self.report();
        flow
    }

    fn flush_input(&mut self) -> Result<ControlFlow<()>, Error> {
        let flow = self.exporter.flush_input(&mut self.out);
        self.report();
        flow
    }

    fn end_input(&mut self) -> Result<ControlFlow<()>, Error> {
        let flow = self.exporter.end_input(&mut self.out);
        self.report();
        flow
    }

    fn unpacked(&mut self, bytes: u64) {
        self.exporter.unpacked(bytes);
    }

    fn reads_lines(&self) -> bool {
        self.exporter.reads_lines()
    }

    fn take_slice(&mut self, slice: &[u8], rows: &[u8]) -> bool {
        let is_taken = ExportedSlice::from_bytes(slice)
            .is_some_and(|slice| self.exporter.take_slice(slice, rows, &mut self.out));
        self.report();
        is_taken
    }

    fn settle(&mut self) -> Settled<'_> {
        Box::pin(async {
            if self.out.len() < BLOCK {
                return Ok(());
            }
            let read = self.exporter.progress().bytes_in as f64 / self.bytes_total;
            self.output.write(&self.out, read).await?;
            self.out.clear();
            Ok(())
        })
    }
}
