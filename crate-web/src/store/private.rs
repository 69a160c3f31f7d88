//! A file in the origin's private file system.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, DedicatedWorkerGlobalScope, File, FileSystemDirectoryHandle, FileSystemFileHandle,
    FileSystemGetDirectoryOptions, FileSystemGetFileOptions, FileSystemSyncAccessHandle,
};

use crate::error::{Extent, JobError, cannot_write, storage_full};

/// The folder of the private file system that holds outputs.
const FOLDER: &str = "exports";

pub(super) struct PrivateFile {
    folder: FileSystemDirectoryHandle,
    file: FileSystemFileHandle,
    access: FileSystemSyncAccessHandle,
}

impl PrivateFile {
    /// Makes the file of this name, empty.
    pub(super) async fn open(
        folder: FileSystemDirectoryHandle,
        name: &str,
    ) -> Result<Self, JobError> {
        let extent = Extent {
            written: 0,
            expected: 0,
        };
        open(folder, name)
            .await
            .map_err(|error| cannot_write(&error, extent))
    }

    pub(super) fn write(&self, bytes: &[u8], extent: Extent) -> Result<(), JobError> {
        let written = self
            .access
            .write_with_u8_array(bytes)
            .map_err(|error| cannot_write(&error, extent))?;
        // Some browsers write less, or answer nonsense, instead of failing.
        if written == bytes.len() as f64 {
            Ok(())
        } else {
            Err(storage_full(extent))
        }
    }

    /// The file, which has as many bytes as were written.
    pub(super) async fn complete(self, written: u64) -> Result<Blob, JobError> {
        let extent = Extent {
            written,
            expected: written,
        };
        let blob = match self.access.flush() {
            Err(error) => Err(error),
            Ok(()) => {
                self.access.close();
                JsFuture::from(self.file.get_file()).await
            }
        };
        let failure = match blob.map(JsValue::unchecked_into::<File>) {
            Ok(blob) if blob.size() == written as f64 => return Ok(blob.into()),
            Ok(blob) => storage_full(Extent {
                written: blob.size() as u64,
                ..extent
            }),
            Err(error) => cannot_write(&error, extent),
        };
        self.discard().await;
        Err(failure)
    }

    pub(super) async fn discard(self) {
        self.access.close();
        // The sweep at the next start removes what cannot be removed now.
        let _ = JsFuture::from(self.folder.remove_entry(&self.file.name())).await;
    }
}

/// `None` in private windows of some browsers, and in browsers that have no such thing.
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

async fn open(folder: FileSystemDirectoryHandle, name: &str) -> Result<PrivateFile, JsValue> {
    let options = FileSystemGetFileOptions::new();
    options.set_create(true);
    let file = folder.get_file_handle_with_options(name, &options);
    let file: FileSystemFileHandle = JsFuture::from(file).await?.unchecked_into();
    let access = JsFuture::from(file.create_sync_access_handle()).await?;
    let access: FileSystemSyncAccessHandle = access.unchecked_into();
    access.truncate_with_f64(0.0)?;
    Ok(PrivateFile {
        folder,
        file,
        access,
    })
}
