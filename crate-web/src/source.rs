//! A file as chunks.

use js_sys::{Array, ArrayBuffer, Promise, Uint8Array};
use rollcall_core::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, MessageChannel, MessagePort};

use crate::error::{cannot_read, changed};

/// Bytes that are asked of the browser at once; larger slices are hardly faster.
const SLICE: f64 = 8.0 * 1024.0 * 1024.0;

/// Reads a file slice by slice, one ahead.
///
/// `File.stream()` would end in silence when the file shrinks on disk; a slice of a changed file
/// fails.
pub(crate) struct Slices<'a> {
    file: &'a File,
    size: f64,
    /// Where the next slice begins, and its bytes to come. As a future from the start: a promise
    /// that fails before anyone waits for it would end the worker.
    next: Option<(f64, JsFuture)>,
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
        slices.next = slices.request(0.0);
        slices
    }

    /// The next slice, or `None` behind the last byte. The slice before it becomes empty.
    pub(crate) async fn next(&mut self) -> Result<Option<Uint8Array>, Error> {
        if let Some(last) = self.last.take() {
            self.bin.take(&last);
        }
        let Some((start, bytes)) = self.next.take() else {
            self.check_unchanged().await?;
            return Ok(None);
        };
        let end = (start + SLICE).min(self.size);
        self.next = self.request(end);
        let bytes = read(bytes, start).await?;
        if f64::from(bytes.length()) != end - start {
            return Err(changed(start as u64 + u64::from(bytes.length())));
        }
        self.last = Some(bytes.buffer());
        Ok(Some(bytes))
    }

    fn request(&self, start: f64) -> Option<(f64, JsFuture)> {
        let end = (start + SLICE).min(self.size);
        (start < end).then(|| (start, self.slice(start, end)))
    }

    fn slice(&self, start: f64, end: f64) -> JsFuture {
        let slice = self.file.slice_with_f64_and_f64(start, end);
        let buffer = slice.map_or_else(|error| Promise::reject(&error), |blob| blob.array_buffer());
        JsFuture::from(buffer)
    }

    /// A file that was changed behind the part that was read shows it at the last byte.
    async fn check_unchanged(&self) -> Result<(), Error> {
        let start = (self.size - 1.0).max(0.0);
        let bytes = read(self.slice(start, self.size), start).await?;
        if f64::from(bytes.length()) == self.size - start {
            Ok(())
        } else {
            Err(changed(start as u64))
        }
    }
}

async fn read(bytes: JsFuture, byte: f64) -> Result<Uint8Array, Error> {
    let buffer: JsValue = bytes
        .await
        .map_err(|error| cannot_read(&error, byte as u64))?;
    Ok(Uint8Array::new(buffer.unchecked_ref::<ArrayBuffer>()))
}

/// Frees buffers at once, where garbage collection would let hundreds of megabytes gather: what is
/// sent to a port that nobody listens to is gone.
struct Bin(Option<MessagePort>);

impl Bin {
    fn new() -> Self {
        let channel = MessageChannel::new().ok();
        Self(channel.map(|channel| {
            channel.port2().close();
            channel.port1()
        }))
    }

    fn take(&self, buffer: &ArrayBuffer) {
        if let Some(port) = &self.0 {
            let transfer = Array::of1(buffer);
            drop(port.post_message_with_transferable(buffer, &transfer));
        }
    }
}
