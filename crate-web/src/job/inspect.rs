//! A look into files.

use std::future::ready;
use std::ops::ControlFlow;

use rollcall_core::message::Reply;
use rollcall_core::{Error, InspectedSlice, Inspector, options};
use web_sys::Blob;

use crate::clock::Throttle;
use crate::error::Stop;
use crate::feed::{Feed, Machine, Settled};
use crate::report::{Post, ProgressReports};

/// Milliseconds between two messages on what an inspection has found, or more where they are dear.
const FINDINGS_INTERVAL: f64 = 500.0;

/// The most connections that a message lists: a person looks for others by their names.
const MOST_CONNECTIONS: usize = 200;

/// Finds the connections and fields of the files; `lists_all` has the answer list them all.
pub(crate) async fn inspect(
    feed: Feed<'_>,
    lists_all: bool,
    post: &Post<'_>,
) -> Result<(Reply, Option<Blob>), Stop> {
    let mut machine = InspectMachine {
        inspector: Inspector::new(options::DEFAULT_MAX_RECORD_SIZE),
        reports: ProgressReports::new(post),
        findings_are_due: Throttle::new(FINDINGS_INTERVAL),
        post,
    };
    let read = feed.run(&mut machine).await;
    // Also of files that break off it is told how far they could be read.
    machine.reports.post();
    read?;
    let most = if lists_all {
        usize::MAX
    } else {
        MOST_CONNECTIONS
    };
    let reply = Reply::Inspected {
        findings: machine.inspector.first_findings(most),
        is_whole: true,
    };
    Ok((reply, None))
}

struct InspectMachine<'a> {
    inspector: Inspector,
    reports: ProgressReports<'a>,
    findings_are_due: Throttle,
    post: &'a Post<'a>,
}

impl InspectMachine<'_> {
    fn post_findings(&self) {
        let reply = Reply::Inspected {
            findings: self.inspector.first_findings(MOST_CONNECTIONS),
            is_whole: false,
        };
        (self.post)(&reply, None);
    }

    fn report(&mut self) {
        self.reports.update(self.inspector.progress(), Vec::new());
    }
}

impl Machine for InspectMachine<'_> {
    fn push(&mut self, piece: &[u8]) -> Result<ControlFlow<()>, Error> {
        let pushed = self.inspector.push(piece);
        self.report();
        pushed.map(ControlFlow::Continue)
    }

    /// An inspection that fails tells nothing of its users.
    fn flush_input(&mut self) -> Result<ControlFlow<()>, Error> {
        Ok(ControlFlow::Continue(()))
    }

    fn end_input(&mut self) -> Result<ControlFlow<()>, Error> {
        let ended = self.inspector.end_input();
        self.report();
        ended.map(ControlFlow::Continue)
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
            self.findings_are_due.spend(|| self.post_findings());
        }
        Box::pin(ready(Ok(())))
    }
}
