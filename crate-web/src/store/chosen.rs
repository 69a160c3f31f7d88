//! A file that the person chose: it is written there directly, without a copy in the browser.

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileSystemFileHandle, FileSystemWritableFileStream};

use crate::error::{Extent, JobError, cannot_save, incomplete};

/// Until it is complete, the browser keeps what is written beside the file.
pub(super) struct ChosenFile {
    file: FileSystemFileHandle,
    stream: FileSystemWritableFileStream,
}

impl ChosenFile {
    pub(super) async fn open(file: FileSystemFileHandle) -> Result<Self, JobError> {
        let extent = Extent {
            written: 0,
            expected: 0,
        };
        let stream = JsFuture::from(file.create_writable()).await;
        let stream = stream.map_err(|error| cannot_save(&error, extent))?;
        Ok(Self {
            file,
            stream: stream.unchecked_into(),
        })
    }

    /// Waits until the browser has taken the bytes, so that they do not gather in memory.
    pub(super) async fn write(&self, bytes: &[u8], extent: Extent) -> Result<(), JobError> {
        // A copy: our memory may move while the browser writes.
        let bytes = Uint8Array::from(bytes);
        let written = match self.stream.write_with_js_u8_array(&bytes) {
            Ok(written) => JsFuture::from(written).await,
            Err(error) => Err(error),
        };
        written
            .map(drop)
            .map_err(|error| cannot_save(&error, extent))
    }

    /// Gives the file its content. It has as many bytes as were written.
    pub(super) async fn complete(self, written: u64) -> Result<(), JobError> {
        let extent = Extent {
            written,
            expected: written,
        };
        let file = match JsFuture::from(self.stream.close()).await {
            Ok(_) => JsFuture::from(self.file.get_file()).await,
            Err(error) => Err(error),
        };
        match file.map(JsValue::unchecked_into::<File>) {
            Ok(file) if file.size() == written as f64 => Ok(()),
            Ok(file) => Err(incomplete(file.size() as u64, written)),
            Err(error) => Err(cannot_save(&error, extent)),
        }
    }

    /// Leaves the file as it was before.
    pub(super) async fn discard(self) {
        // A stream that has failed is closed already.
        let _ = JsFuture::from(self.stream.abort()).await;
    }
}
