//! Gunzip as a separate step, so that unpacking and reading can run in parallel.

use crate::error::Error;
use crate::input::gzip::Gunzip;

/// Unpacks one gzip file.
///
/// Tell the reader of its text so with [`crate::Exporter::unpacked`].
#[derive(Debug)]
pub struct Unpacker(Gunzip);

impl Unpacker {
    /// For a file that starts with these bytes, of which two suffice; `None` if it is not gzip.
    pub fn of(start: &[u8]) -> Option<Self> {
        start.starts_with(b"\x1f\x8b").then(|| Self(Gunzip::new()))
    }

    /// Takes bytes from the front of `chunk` and appends their text, until the chunk or the capacity
    /// of `text` is used up. In the latter case more text may be waiting, even after the last chunk:
    /// call again with an empty one.
    ///
    /// # Errors
    /// The data is damaged. The text before the damage has been appended.
    pub fn unpack(&mut self, chunk: &mut &[u8], text: &mut Vec<u8>) -> Result<(), Error> {
        Ok(self.0.fill(chunk, text)?)
    }

    /// Ends the file.
    ///
    /// # Errors
    /// The data is truncated.
    pub fn end(&self) -> Result<(), Error> {
        Ok(self.0.end()?)
    }
}
