//! Where the output grows: the origin's private file system, memory where there is none, or a
//! file that the person chose.

mod chosen;
mod memory;
mod private;

use sha2::{Digest, Sha256};
use web_sys::{Blob, FileSystemFileHandle};

use crate::error::{Extent, JobError};
use chosen::ChosenFile;
use memory::Memory;
use private::PrivateFile;
#[cfg(test)]
pub(crate) use private::folder;

/// An output that is not complete yet.
pub(crate) struct Output {
    place: Place,
    written: u64,
    digest: Sha256,
}

enum Place {
    Private(PrivateFile),
    Memory(Memory),
    Chosen(ChosenFile),
}

impl Output {
    /// Begins the private file of this name, an output in memory, or the file that was chosen.
    pub(crate) async fn create(
        name: &str,
        chosen: Option<FileSystemFileHandle>,
    ) -> Result<Self, JobError> {
        let place = match chosen {
            Some(file) => Place::Chosen(ChosenFile::open(file).await?),
            None => match private::folder().await {
                Some(folder) => Place::Private(PrivateFile::open(folder, name).await?),
                None => Place::Memory(Memory::new()),
            },
        };
        Ok(Self {
            place,
            written: 0,
            digest: Sha256::new(),
        })
    }

    /// Appends bytes; `read` is the part of the input that was read for what is written by then,
    /// from 0 to 1, by which a full storage tells how much is needed.
    pub(crate) async fn write(&mut self, bytes: &[u8], read: f64) -> Result<(), JobError> {
        let extent = Extent {
            written: self.written,
            expected: ((self.written + bytes.len() as u64) as f64 / read) as u64,
        };
        match &self.place {
            Place::Private(file) => file.write(bytes, extent)?,
            Place::Memory(memory) => memory.write(bytes, extent)?,
            Place::Chosen(file) => file.write(bytes, extent).await?,
        }
        self.written += bytes.len() as u64;
        self.digest.update(bytes);
        Ok(())
    }

    /// Bytes written so far.
    pub(crate) fn written(&self) -> u64 {
        self.written
    }

    /// SHA-256 of what was written so far, in hexadecimal digits.
    pub(crate) fn sha256(&self) -> String {
        let digest = self.digest.clone().finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Completes the output. There is nothing to hand over of a file that was chosen.
    pub(crate) async fn complete(self) -> Result<Option<Blob>, JobError> {
        match self.place {
            Place::Private(file) => file.complete(self.written).await.map(Some),
            Place::Memory(memory) => memory.complete(self.written).await.map(Some),
            Place::Chosen(file) => file.complete(self.written).await.map(|()| None),
        }
    }

    /// Removes what was written.
    pub(crate) async fn discard(self) {
        match self.place {
            Place::Private(file) => file.discard().await,
            // It is gone with this value.
            Place::Memory(_) => {}
            Place::Chosen(file) => file.discard().await,
        }
    }
}

#[cfg(test)]
mod tests;
