//! What the worker tells the page.

use js_sys::{Array, Object, Reflect};
use rollcall_core::message::Reply;
use rollcall_core::{LeftOut, Progress};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, DedicatedWorkerGlobalScope};

use crate::clock::Throttle;

/// The most left-out records that a page is told of; all are counted.
const MAX_LEFT_OUT: usize = 1000;

/// Milliseconds between two messages on progress.
const INTERVAL: f64 = 100.0;

/// Posts a reply, with the file that goes with it.
pub(crate) fn post(reply: &Reply, file: Option<Blob>) {
    let text = serde_json::to_string(reply).expect("a reply is JSON");
    let message = Object::new();
    let files: Array = file.into_iter().collect();
    for (key, value) in [("message", JsValue::from(text)), ("files", files.into())] {
        Reflect::set(&message, &key.into(), &value).expect("a new object takes keys");
    }
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    scope
        .post_message(&message)
        .expect("text and blobs can be cloned");
}

/// Posts progress now and then.
pub(crate) struct ProgressReports {
    throttle: Throttle,
    progress: Progress,
    /// Records that the page was not told of yet.
    left_out: Vec<LeftOut>,
    /// How many it was told of or will be.
    kept: usize,
}

impl ProgressReports {
    pub(crate) fn new() -> Self {
        let (progress, left_out) = (Progress::default(), Vec::new());
        Self {
            throttle: Throttle::new(INTERVAL),
            progress,
            left_out,
            kept: 0,
        }
    }

    /// Takes what is new, and posts it unless the last message is too fresh.
    pub(crate) fn update(&mut self, progress: Progress, left_out: Vec<LeftOut>) {
        self.progress = progress;
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
        post(
            &Reply::Progress {
                progress: self.progress,
                left_out,
            },
            None,
        );
    }
}
