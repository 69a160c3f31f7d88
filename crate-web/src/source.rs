//! A file as chunks.

use js_sys::{Array, ArrayBuffer, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, MessageChannel, MessagePort};

use crate::error::{JobError, cannot_read, changed};

/// Bytes that are asked of the browser at once; larger slices are hardly faster.
pub(crate) const SLICE: f64 = 8.0 * 1024.0 * 1024.0;

/// Bytes of a file that were asked for. As a future from the start: a promise that fails before
/// anyone waits for it would end the worker.
pub(crate) struct Requested {
    start: f64,
    end: f64,
    bytes: JsFuture,
}

impl Requested {
    pub(crate) fn new(file: &File, start: f64, end: f64) -> Self {
        let slice = file.slice_with_f64_and_f64(start, end);
        let buffer = slice.map_or_else(|error| Promise::reject(&error), |blob| blob.array_buffer());
        Self {
            start,
            end,
            bytes: JsFuture::from(buffer),
        }
    }

    /// The bytes, all of them: fewer come of a file that was changed.
    pub(crate) async fn bytes(self) -> Result<Uint8Array, JobError> {
        let start = self.start as u64;
        let buffer: JsValue = self
            .bytes
            .await
            .map_err(|error| cannot_read(&error, start))?;
        let bytes = Uint8Array::new(buffer.unchecked_ref::<ArrayBuffer>());
        if f64::from(bytes.length()) == self.end - self.start {
            Ok(bytes)
        } else {
            Err(changed(start + u64::from(bytes.length())))
        }
    }
}

/// Reads a file slice by slice, one ahead.
///
/// `File.stream()` would end in silence when the file shrinks on disk; a slice of a changed file
/// fails.
pub(crate) struct Slices<'a> {
    file: &'a File,
    size: f64,
    next: Option<Requested>,
    /// The slice that was given out last.
    last: Option<ArrayBuffer>,
    bin: Bin,
}

impl<'a> Slices<'a> {
    pub(crate) fn new(file: &'a File) -> Self {
        let mut slices = Self {
            file,
            size: file.size(),
            next: None,
            last: None,
            bin: Bin::new(),
        };
        slices.skip_to(0.0);
        slices
    }

    /// Goes on from this byte, behind which nothing may have been asked for.
    pub(crate) fn skip_to(&mut self, start: f64) {
        let end = (start + SLICE).min(self.size);
        self.next = (start < end).then(|| Requested::new(self.file, start, end));
    }

    /// Where the slices end that were asked for.
    pub(crate) fn end(&self) -> f64 {
        self.next.as_ref().map_or(self.size, |next| next.end)
    }

    /// The next slice, or `None` behind the last byte. The slice before it becomes empty.
    pub(crate) async fn next(&mut self) -> Result<Option<Uint8Array>, JobError> {
        let end = self.end();
        let next = self.next.take();
        self.skip_to(end);
        let slice = self.give(next).await?;
        if slice.is_none() {
            self.check_unchanged().await?;
        }
        Ok(slice)
    }

    /// The slice that was asked for, without asking for another.
    pub(crate) async fn requested(&mut self) -> Result<Option<Uint8Array>, JobError> {
        let next = self.next.take();
        self.give(next).await
    }

    async fn give(&mut self, next: Option<Requested>) -> Result<Option<Uint8Array>, JobError> {
        if let Some(last) = self.last.take() {
            self.bin.take(&last);
        }
        let Some(next) = next else {
            return Ok(None);
        };
        let bytes = next.bytes().await?;
        self.last = Some(bytes.buffer());
        Ok(Some(bytes))
    }

    /// A file that was changed behind the part that was read shows it at the last byte.
    async fn check_unchanged(&self) -> Result<(), JobError> {
        let start = (self.size - 1.0).max(0.0);
        Requested::new(self.file, start, self.size)
            .bytes()
            .await
            .map(drop)
    }
}

/// Frees buffers at once, where garbage collection would let hundreds of megabytes gather: what is
/// sent to a port that nobody listens to is gone.
pub(crate) struct Bin(Option<MessagePort>);

impl Bin {
    pub(crate) fn new() -> Self {
        let channel = MessageChannel::new().ok();
        Self(channel.map(|channel| {
            channel.port2().close();
            channel.port1()
        }))
    }

    pub(crate) fn take(&self, buffer: &ArrayBuffer) {
        if let Some(port) = &self.0 {
            let transfer = Array::of1(buffer);
            drop(port.post_message_with_transferable(buffer, &transfer));
        }
    }
}
