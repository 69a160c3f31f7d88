//! What the worker tells the page.

use std::cell::Cell;

use rollcall_core::message::Reply;
use rollcall_core::{LeftOut, Progress};
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Blob;

use crate::clock::Throttle;

/// The most left-out records that a page is told of; all are counted.
const MAX_LEFT_OUT: usize = 1000;

/// Milliseconds between two messages on progress.
const INTERVAL: f64 = 100.0;

thread_local! {
    /// Records that were read when the worker last told how far it is.
    static READ: Cell<u64> = const { Cell::new(0) };
}

/// The number of the record at which, or soon behind which, the worker is.
///
/// For an engine that broke down: it takes no memory and looks at nothing that may be half done.
#[wasm_bindgen(js_name = recordInWork)]
pub fn record_in_work() -> f64 {
    READ.get() as f64 + 1.0
}

/// Sends a reply, with the file that goes with it.
pub(crate) type Post<'a> = dyn Fn(&Reply, Option<Blob>) + 'a;

/// Posts progress now and then.
pub(crate) struct ProgressReports<'a> {
    post: &'a Post<'a>,
    throttle: Throttle,
    progress: Progress,
    /// Records that the page was not told of yet.
    left_out: Vec<LeftOut>,
    /// How many it was told of or will be.
    kept: usize,
}

impl<'a> ProgressReports<'a> {
    pub(crate) fn new(post: &'a Post<'a>) -> Self {
        let (progress, left_out) = (Progress::default(), Vec::new());
        Self {
            post,
            throttle: Throttle::new(INTERVAL),
            progress,
            left_out,
            kept: 0,
        }
    }

    /// Takes what is new, and posts it unless the last message is too fresh.
    pub(crate) fn update(&mut self, progress: Progress, left_out: Vec<LeftOut>) {
        self.progress = progress;
        READ.set(progress.read);
        let taken = left_out.len().min(MAX_LEFT_OUT - self.kept);
        self.left_out.extend(left_out.into_iter().take(taken));
        self.kept += taken;
        if self.throttle.is_due() {
            self.post();
        }
    }

    /// Posts what is new.
    pub(crate) fn post(&mut self) {
        let left_out = std::mem::take(&mut self.left_out);
        (self.post)(
            &Reply::Progress {
                progress: self.progress,
                left_out,
            },
            None,
        );
    }
}
