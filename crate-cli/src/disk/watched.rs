//! Files that are not to change while they are read.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::time::SystemTime;

/// A file whose end is only its end if the file is still the one that was opened.
///
/// A file that is cut or written anew meanwhile would pass as a smaller one, without a word.
#[derive(Debug)]
pub struct Watched {
    file: File,
    /// `None` for pipes and devices, which always change.
    opened: Option<Version>,
}

/// What a file is told by from an earlier state of it.
#[derive(Debug, PartialEq, Eq)]
struct Version {
    size: u64,
    modified: Option<SystemTime>,
}

impl Watched {
    /// Watches a file from now on.
    pub fn new(file: File) -> io::Result<Self> {
        let opened = Version::of(&file.metadata()?);
        Ok(Self { file, opened })
    }

    /// Whether it is no pipe and no device.
    #[cfg(unix)]
    pub fn is_file(&self) -> bool {
        self.opened.is_some()
    }
}

impl Version {
    fn of(metadata: &Metadata) -> Option<Self> {
        metadata.is_file().then(|| Self {
            size: metadata.len(),
            // Not every system knows it.
            modified: metadata.modified().ok(),
        })
    }
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        if read == 0 && !buffer.is_empty() && Version::of(&self.file.metadata()?) != self.opened {
            return Err(io::Error::other("it was changed while it was read"));
        }
        Ok(read)
    }
}
