//! Files that must not change while they are read.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::time::SystemTime;

/// A file whose end counts only if the file has not changed since it was opened.
///
/// Otherwise a file truncated or rewritten meanwhile would silently pass as a shorter one.
#[derive(Debug)]
pub struct Watched {
    file: File,
    /// `None` for pipes and devices, which always change.
    opened: Option<Version>,
}

/// What changes when a file is written to.
#[derive(Debug, PartialEq, Eq)]
struct Version {
    size: u64,
    modified: Option<SystemTime>,
}

impl Watched {
    /// Starts watching a file.
    pub fn new(file: File) -> io::Result<Self> {
        let opened = Version::of(&file.metadata()?);
        Ok(Self { file, opened })
    }

    /// Whether it is a regular file, not a pipe or a device.
    #[cfg(unix)]
    pub fn is_file(&self) -> bool {
        self.opened.is_some()
    }
}

impl Version {
    fn of(metadata: &Metadata) -> Option<Self> {
        metadata.is_file().then(|| Self {
            size: metadata.len(),
            // Not every system records it.
            modified: metadata.modified().ok(),
        })
    }
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        if read == 0 && !buffer.is_empty() && Version::of(&self.file.metadata()?) != self.opened {
            return Err(io::Error::other("the file changed while it was being read"));
        }
        Ok(read)
    }
}
