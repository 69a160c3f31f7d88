//! A look into files.

use std::future::ready;
use std::ops::ControlFlow;

use rollcall_core::message::Reply;
use rollcall_core::{Error, InspectedSlice, Inspector, options};
use web_sys::Blob;

use crate::clock::Throttle;
use crate::feed::{Feed, Machine, Settled};
use crate::job::Stop;
use crate::report::{Post, ProgressReports};

/// Milliseconds between two messages on what an inspection has found.
const FINDINGS_INTERVAL: f64 = 500.0;

/// Finds the connections and fields of the files.
pub(crate) async fn inspect(
    feed: Feed<'_>,
    post: &Post<'_>,
) -> Result<(Reply, Option<Blob>), Stop> {
    let mut machine = InspectMachine {
        inspector: Inspector::new(options::DEFAULT_MAX_RECORD_SIZE),
        reports: ProgressReports::new(post),
        findings_are_due: Throttle::new(FINDINGS_INTERVAL),
        post,
    };
    feed.run(&mut machine).await?;
    Ok((machine.findings(true), None))
}

struct InspectMachine<'a> {
    inspector: Inspector,
    reports: ProgressReports<'a>,
    findings_are_due: Throttle,
    post: &'a Post<'a>,
}

impl InspectMachine<'_> {
    fn findings(&self, is_whole: bool) -> Reply {
        let findings = self.inspector.findings();
        Reply::Inspected { findings, is_whole }
    }

    fn report(&mut self) {
        self.reports.update(self.inspector.progress(), Vec::new());
    }
}

impl Machine for InspectMachine<'_> {
    fn push(&mut self, piece: &[u8]) -> Result<ControlFlow<()>, Error> {
        self.inspector.push(piece)?;
        self.report();
        Ok(ControlFlow::Continue(()))
    }

    /// An inspection that fails tells nothing of its users.
    fn flush_input(&mut self) -> Result<ControlFlow<()>, Error> {
        Ok(ControlFlow::Continue(()))
    }

    fn end_input(&mut self) -> Result<ControlFlow<()>, Error> {
        self.inspector.end_input()?;
        Ok(ControlFlow::Continue(()))
    }

    fn unpacked(&mut self, bytes: u64) {
        self.inspector.unpacked(bytes);
    }

    fn reads_lines(&self) -> bool {
        self.inspector.reads_lines()
    }

    fn take_slice(&mut self, slice: &[u8], _: &[u8]) -> bool {
        let is_taken =
            InspectedSlice::from_bytes(slice).is_some_and(|slice| self.inspector.take_slice(slice));
        self.report();
        is_taken
    }

    fn settle(&mut self) -> Settled<'_> {
        if self.findings_are_due.is_due() {
            (self.post)(&self.findings(false), None);
        }
        Box::pin(ready(Ok(())))
    }
}
