//! Gunzip apart from the machine that reads the text, so that the two can work at the same time.

use crate::error::Error;
use crate::input::gzip::Gunzip;

/// Unpacks one gzip file.
///
/// Whoever reads its text says so by [`crate::Exporter::unpacked`].
#[derive(Debug)]
pub struct Unpacker(Gunzip);

impl Unpacker {
    /// For a file that begins with these bytes, at least two where it has them; `None` when it is
    /// not compressed.
    pub fn of(start: &[u8]) -> Option<Self> {
        start.starts_with(b"\x1f\x8b").then(|| Self(Gunzip::new()))
    }

    /// Takes bytes from the front of `chunk` and appends their text, until either the chunk or the
    /// capacity of `text` is used up. In the latter case more text may wait, also behind the last
    /// chunk: an empty one brings it.
    ///
    /// # Errors
    /// The data is damaged; the text before the damage was appended.
    pub fn unpack(&mut self, chunk: &mut &[u8], text: &mut Vec<u8>) -> Result<(), Error> {
        Ok(self.0.fill(chunk, text)?)
    }

    /// Ends the file.
    ///
    /// # Errors
    /// It is cut.
    pub fn end(&self) -> Result<(), Error> {
        Ok(self.0.end()?)
    }
}
