//! An export.

use rollcall_core::job::Export;
use rollcall_core::message::Reply;
use rollcall_core::{Exporter, Plan, Totals};
use web_sys::{Blob, FileSystemFileHandle};

use crate::clock::steady;
use crate::error::Stop;
use crate::feed::{Feed, Settled};
use crate::report::{Post, ProgressReports};
use crate::run::{Delivery, Run};
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
    let writing = Writing {
        output: Output::create(name, chosen).await?,
        reports: ProgressReports::new(post),
        bytes_total: feed.bytes_total(),
    };
    let mut run = Run::new(Exporter::new(plan), writing);
    let exported = write(&mut run, feed).await;
    // A failed job also has left-out records to report.
    run.delivery.reports.post();
    let output = run.delivery.output;
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

async fn write(run: &mut Run<Writing<'_>>, feed: Feed<'_>) -> Result<Totals, Stop> {
    let is_cancelled = feed.is_cancelled();
    feed.run(run).await?;
    let totals = run.pass.finish(&mut run.out)?;
    run.delivery.output.write(&run.out, 1.0).await?;
    if is_cancelled.get() {
        return Err(Stop::Cancelled);
    }
    Ok(totals)
}

/// Where an export goes: rows to the file, progress and reports to the page.
struct Writing<'a> {
    output: Output,
    reports: ProgressReports<'a>,
    bytes_total: f64,
}

impl Delivery for Writing<'_> {
    type Pass = Exporter;

    fn report(&mut self, exporter: &mut Exporter) {
        let left_out = exporter.take_left_out();
        self.reports.update(exporter.progress(), left_out);
    }

    fn settle<'a>(&'a mut self, exporter: &'a Exporter, out: &'a mut Vec<u8>) -> Settled<'a> {
        Box::pin(async {
            if out.len() < BLOCK {
                return Ok(());
            }
            let read = exporter.progress().bytes_in as f64 / self.bytes_total;
            self.output.write(out, read).await?;
            out.clear();
            Ok(())
        })
    }
}
