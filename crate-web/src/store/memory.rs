//! An output in memory, for windows without a private file system.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use rollcall_core::{Error, Size};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use crate::error::{Extent, JobError};

/// The most bytes that are kept in memory: browsers fail to read much larger blobs.
const LIMIT: u64 = 200 << 20;

pub(super) struct Memory {
    parts: Array,
}

impl Memory {
    pub(super) fn new() -> Self {
        Self {
            parts: Array::new(),
        }
    }

    pub(super) fn write(&self, bytes: &[u8], extent: Extent) -> Result<(), JobError> {
        if extent.written + bytes.len() as u64 > LIMIT {
            let error = Error::storage_full(format!(
                "about {} of output are needed, and this window, which has no private file system, keeps at most {} MiB in memory",
                Size(extent.expected),
                LIMIT >> 20
            ));
            return Err(error.into());
        }
        self.parts.push(&Uint8Array::from(bytes));
        Ok(())
    }

    /// All parts as one blob, of which the last byte can be read: browsers that lack the memory
    /// for a blob say so no earlier.
    pub(super) async fn complete(self, written: u64) -> Result<Blob, JobError> {
        let lost = || {
            JobError::new(Error::storage_full(format!(
                "the output has {}, and the browser has not enough memory to keep them",
                Size(written)
            )))
        };
        let blob = Blob::new_with_u8_array_sequence(&self.parts).map_err(|_| lost())?;
        let size = blob.size();
        let last = blob.slice_with_f64_and_f64((size - 1.0).max(0.0), size);
        let last = JsFuture::from(last.map_err(|_| lost())?.array_buffer()).await;
        let is_read = last.is_ok_and(|last| {
            let last: ArrayBuffer = last.unchecked_into();
            u64::from(last.byte_length()) == written.min(1)
        });
        if is_read && size == written as f64 {
            Ok(blob)
        } else {
            Err(lost())
        }
    }
}
