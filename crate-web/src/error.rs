//! What the browser's errors mean for a job.

use rollcall_core::Error;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

/// Reading a file failed at this byte.
pub(crate) fn cannot_read(error: &JsValue, byte: u64) -> Error {
    let message = match name(error).as_str() {
        "NotReadableError" => {
            "the file cannot be read any more: it was changed, moved or its drive is gone; choose it again"
                .to_owned()
        }
        "NotFoundError" => "the file was deleted or moved while it was read".to_owned(),
        _ => format!("the file cannot be read: {}", text(error)),
    };
    Error {
        byte: Some(byte),
        ..Error::io(message)
    }
}

/// Fewer bytes came than the file had when it was chosen.
pub(crate) fn changed(byte: u64) -> Error {
    let message = "the file was changed while it was read; choose it again";
    Error {
        byte: Some(byte),
        ..Error::io(message)
    }
}

/// Writing the output failed after this many bytes, of about so many in all.
pub(crate) fn cannot_write(error: &JsValue, written: u64, expected: u64) -> Error {
    match name(error).as_str() {
        "QuotaExceededError" => storage_full(written, expected),
        _ => Error::io(format!("the output cannot be written: {}", text(error))),
    }
}

/// No more fits into the browser's storage.
pub(crate) fn storage_full(written: u64, expected: u64) -> Error {
    let message = format!(
        "the browser's storage is full: about {} of output are needed, and there is room for {}; free some space, choose gzip or fewer fields",
        megabytes(expected),
        megabytes(written)
    );
    Error::io(message)
}

fn megabytes(bytes: u64) -> String {
    // Whole numbers: code that writes others weighs twenty times as much as this file.
    let tenths = bytes.saturating_add(50_000) / 100_000;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

fn name(error: &JsValue) -> String {
    error
        .dyn_ref::<DomException>()
        .map(DomException::name)
        .unwrap_or_default()
}

fn text(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => error.message().into(),
        None => format!("{error:?}"),
    }
}
