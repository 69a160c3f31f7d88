//! Where the output grows: the origin's private file system, or memory where there is none.

use js_sys::{Array, Reflect, Uint8Array};
use rollcall_core::Error;
use sha2::{Digest, Sha256};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, DedicatedWorkerGlobalScope, File, FileSystemDirectoryHandle, FileSystemFileHandle,
    FileSystemGetDirectoryOptions, FileSystemGetFileOptions, FileSystemSyncAccessHandle,
};

use crate::error::{cannot_write, storage_full};

/// The folder of the private file system that holds outputs.
const FOLDER: &str = "exports";

/// The most bytes that are kept in memory: browsers fail to read much larger blobs.
const MEMORY_LIMIT: u64 = 200 << 20;

/// An output that is not complete yet.
pub(crate) struct Output {
    place: Place,
    written: u64,
    digest: Sha256,
}

enum Place {
    File {
        folder: FileSystemDirectoryHandle,
        file: FileSystemFileHandle,
        access: FileSystemSyncAccessHandle,
    },
    /// Private windows and some browsers have no private file system.
    Memory { parts: Array },
}

impl Output {
    /// Creates the file of this name, or an output in memory.
    pub(crate) async fn create(name: &str) -> Result<Self, Error> {
        let place = match folder().await {
            None => Place::Memory {
                parts: Array::new(),
            },
            Some(folder) => open(folder, name)
                .await
                .map_err(|error| cannot_write(&error, 0, 0))?,
        };
        Ok(Self {
            place,
            written: 0,
            digest: Sha256::new(),
        })
    }

    /// Appends bytes; `read` is the part of the input that was read for what is written by then,
    /// from 0 to 1, by which a full storage tells how much is needed.
    pub(crate) fn write(&mut self, bytes: &[u8], read: f64) -> Result<(), Error> {
        let expected = ((self.written + bytes.len() as u64) as f64 / read) as u64;
        match &self.place {
            Place::File { access, .. } => {
                let written = access
                    .write_with_u8_array(bytes)
                    .map_err(|error| cannot_write(&error, self.written, expected))?;
                // Some browsers write less, or answer nonsense, instead of failing.
                if written != bytes.len() as f64 {
                    return Err(storage_full(self.written, expected));
                }
            }
            Place::Memory { parts } => {
                if self.written + bytes.len() as u64 > MEMORY_LIMIT {
                    return Err(Error::io(format!(
                        "this window has no private file system and keeps at most {} MiB in memory; use a normal window, choose gzip or fewer fields",
                        MEMORY_LIMIT >> 20
                    )));
                }
                parts.push(&Uint8Array::from(bytes));
            }
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

    /// Completes the output.
    pub(crate) async fn complete(self) -> Result<Blob, Error> {
        let written = self.written;
        let completed = match &self.place {
            Place::Memory { parts } => Blob::new_with_u8_array_sequence(parts),
            Place::File { file, access, .. } => match access.flush() {
                Err(error) => Err(error),
                Ok(()) => {
                    access.close();
                    JsFuture::from(file.get_file())
                        .await
                        .map(|file| file.unchecked_into::<File>().into())
                }
            },
        };
        match completed {
            Ok(blob) if blob.size() == written as f64 => Ok(blob),
            Ok(blob) => {
                self.discard().await;
                Err(storage_full(blob.size() as u64, written))
            }
            Err(error) => {
                self.discard().await;
                Err(cannot_write(&error, written, written))
            }
        }
    }

    /// Removes what was written.
    pub(crate) async fn discard(self) {
        if let Place::File {
            folder,
            file,
            access,
        } = self.place
        {
            access.close();
            // The sweep at the next start removes what cannot be removed now.
            let _ = JsFuture::from(folder.remove_entry(&file.name())).await;
        }
    }
}

pub(crate) async fn folder() -> Option<FileSystemDirectoryHandle> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let navigator = scope.navigator();
    let storage = Reflect::get(&navigator, &"storage".into()).ok()?;
    let has_files = storage.is_object() && Reflect::has(&storage, &"getDirectory".into()).ok()?;
    if !has_files {
        return None;
    }
    let root = JsFuture::from(navigator.storage().get_directory())
        .await
        .ok()?;
    let options = FileSystemGetDirectoryOptions::new();
    options.set_create(true);
    let root: FileSystemDirectoryHandle = root.unchecked_into();
    let folder = root.get_directory_handle_with_options(FOLDER, &options);
    Some(JsFuture::from(folder).await.ok()?.unchecked_into())
}

async fn open(folder: FileSystemDirectoryHandle, name: &str) -> Result<Place, JsValue> {
    let options = FileSystemGetFileOptions::new();
    options.set_create(true);
    let file = folder.get_file_handle_with_options(name, &options);
    let file: FileSystemFileHandle = JsFuture::from(file).await?.unchecked_into();
    let access = JsFuture::from(file.create_sync_access_handle()).await?;
    let access: FileSystemSyncAccessHandle = access.unchecked_into();
    access.truncate_with_f64(0.0)?;
    Ok(Place::File {
        folder,
        file,
        access,
    })
}
