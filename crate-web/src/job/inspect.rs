//! A look into files.

use std::future::ready;

use rollcall_core::message::Reply;
use rollcall_core::{Inspector, Reading};
use web_sys::Blob;

use crate::clock::Throttle;
use crate::error::Stop;
use crate::feed::{Feed, Settled};
use crate::report::{Post, ProgressReports};
use crate::run::{Delivery, Run};

/// Milliseconds between two messages on what an inspection has found, or more where they are dear.
const FINDINGS_INTERVAL: f64 = 500.0;

/// The most connections that a message lists: a person looks for others by their names.
const MOST_CONNECTIONS: usize = 200;

/// Finds the connections and fields of the files; `lists_all` has the answer list them all.
pub(crate) async fn inspect(
    feed: Feed<'_>,
    reading: Reading,
    lists_all: bool,
    post: &Post<'_>,
) -> Result<(Reply, Option<Blob>), Stop> {
    let posting = Posting {
        reports: ProgressReports::new(post),
        findings_are_due: Throttle::new(FINDINGS_INTERVAL),
        post,
    };
    let inspector = Inspector::new(reading);
    let mut run = Run::new(inspector, posting);
    let read = feed.run(&mut run).await;
    // Progress of a file that breaks off is posted as well.
    run.delivery.reports.post();
    read?;
    let most = if lists_all {
        usize::MAX
    } else {
        MOST_CONNECTIONS
    };
    let reply = Reply::Inspected {
        findings: run.pass.first_findings(most),
        is_whole: true,
    };
    Ok((reply, None))
}

/// Where an inspection goes: to the page.
struct Posting<'a> {
    reports: ProgressReports<'a>,
    findings_are_due: Throttle,
    post: &'a Post<'a>,
}

impl Delivery for Posting<'_> {
    type Pass = Inspector;

    fn report(&mut self, inspector: &mut Inspector) {
        self.reports.update(inspector.progress(), Vec::new());
    }

    fn settle<'a>(&'a mut self, inspector: &'a Inspector, _: &'a mut Vec<u8>) -> Settled<'a> {
        if self.findings_are_due.is_due() {
            let post = self.post;
            self.findings_are_due.spend(|| {
                let reply = Reply::Inspected {
                    findings: inspector.first_findings(MOST_CONNECTIONS),
                    is_whole: false,
                };
                post(&reply, None);
            });
        }
        Box::pin(ready(Ok(())))
    }
}
