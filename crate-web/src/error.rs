//! What the browser's errors mean for a job.

use rollcall_core::{Error, Size};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

/// Why a job fails. Boxed, as it passes through many futures, each of which would copy all of it.
pub(crate) type JobError = Box<Error>;

/// How a command ends early.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The input cannot be read any further.
    Failed(JobError),
    /// The output cannot be written.
    Unwritten(JobError),
    Cancelled,
}

impl From<JobError> for Stop {
    fn from(error: JobError) -> Self {
        Self::Failed(error)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error.into())
    }
}

/// How much was written and how much is needed, for the words of a failure.
#[derive(Clone, Copy)]
pub(crate) struct Extent {
    pub(crate) written: u64,
    pub(crate) expected: u64,
}

/// Reading a file failed at this byte.
pub(crate) fn cannot_read(error: &JsValue, byte: u64) -> JobError {
    let message = match name(error).as_str() {
        "NotReadableError" => {
            "the file can no longer be read: it was changed or moved, or its drive is gone; choose it again"
                .to_owned()
        }
        "NotFoundError" => "the file was deleted or moved while it was being read".to_owned(),
        _ => format!("the file cannot be read: {}", text(error)),
    };
    JobError::new(Error {
        byte: Some(byte),
        ..Error::io(message)
    })
}

/// Fewer bytes came than the file had when it was chosen.
pub(crate) fn changed(byte: u64) -> JobError {
    let message = "the file changed while it was being read; choose it again";
    JobError::new(Error {
        byte: Some(byte),
        ..Error::io(message)
    })
}

/// Writing to the browser's storage failed.
pub(crate) fn cannot_write(error: &JsValue, extent: Extent) -> JobError {
    match name(error).as_str() {
        "QuotaExceededError" => storage_full(extent),
        "NoModificationAllowedError" => {
            Error::io("the output cannot be written: another tab or the browser has locked it")
                .into()
        }
        _ => Error::io(format!("the output cannot be written: {}", text(error))).into(),
    }
}

/// No more fits into the browser's storage.
pub(crate) fn storage_full(extent: Extent) -> JobError {
    JobError::new(Error::storage_full(format!(
        "the storage is full: the output needs about {}, of which {} was written",
        Size(extent.expected),
        some_or_none(extent.written)
    )))
}

/// Writing to the file that the person chose failed.
pub(crate) fn cannot_save(error: &JsValue, extent: Extent) -> JobError {
    let message = match name(error).as_str() {
        "QuotaExceededError" => {
            return JobError::new(Error::storage_full(format!(
                "the drive of the chosen file is full: the output needs about {}, of which {} was written",
                Size(extent.expected),
                some_or_none(extent.written)
            )));
        }
        "NotAllowedError" => {
            "the browser is no longer allowed to write to the chosen file".to_owned()
        }
        "NotFoundError" => "the chosen file or its folder was deleted or moved".to_owned(),
        "NoModificationAllowedError" => {
            "the chosen file is in use: by another export, or by another program".to_owned()
        }
        _ => format!("the chosen file cannot be written: {}", text(error)),
    };
    Error::io(message).into()
}

/// The file that the person chose has another size than what was written.
pub(crate) fn incomplete(size: u64, written: u64) -> JobError {
    JobError::new(Error::io(format!(
        "the chosen file has {size} bytes instead of {written}: something else has changed it, or its drive is full"
    )))
}

fn some_or_none(bytes: u64) -> String {
    match bytes {
        0 => "none".to_owned(),
        bytes => Size(bytes).to_string(),
    }
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
