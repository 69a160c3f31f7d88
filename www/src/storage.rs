//! The output files in the origin's private file system, and who may delete them.
//!
//! A file belongs to the tab that holds its Web Lock. A tab that is closed or breaks down leaves
//! its files, without their locks, to the next one that opens.

use std::collections::HashSet;
use std::time::Duration;

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{FileSystemDirectoryHandle, StorageManager, window};
use yew::platform::spawn_local;
use yew::platform::time::sleep;

/// The folder that the worker writes to.
const FOLDER: &str = "exports";

#[wasm_bindgen]
extern "C" {
    /// `navigator.locks`, which web-sys counts among the unstable interfaces.
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(this: &LockManager, name: &str, callback: &Function) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn query(this: &LockManager) -> Result<Promise, JsValue>;
}

/// An output file of this tab. Dropping it deletes the file.
pub struct OutputFile {
    name: String,
    /// Lets the lock go when called; absent where the browser has no locks.
    release: Option<Function>,
}

impl OutputFile {
    /// Claims a name before the worker writes to it.
    pub fn claim(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            release: hold(name),
        }
    }
}

impl Drop for OutputFile {
    fn drop(&mut self) {
        let name = std::mem::take(&mut self.name);
        let release = self.release.take();
        spawn_local(async move {
            // A worker that has just been ended may hold the file for another moment.
            for _ in 0..10 {
                if delete(&name).await {
                    break;
                }
                sleep(Duration::from_millis(200)).await;
            }
            if let Some(release) = release {
                // The promise of a lock takes no value and cannot fail.
                drop(release.call0(&JsValue::NULL));
            }
        });
    }
}

/// Deletes the files that no tab holds any more.
pub async fn sweep() {
    // Without locks nobody knows whose files they are.
    let (Some(folder), Some(held)) = (folder().await, held_locks().await) else {
        return;
    };
    for name in names(&folder).await {
        if !held.contains(&lock_name(&name)) {
            delete(&name).await;
        }
    }
}

/// Whether the file is gone. One that is still being written cannot be deleted.
async fn delete(name: &str) -> bool {
    let Some(folder) = folder().await else {
        return true;
    };
    match JsFuture::from(folder.remove_entry(name)).await {
        Ok(_) => true,
        Err(error) => error_name(&error).as_deref() == Some("NotFoundError"),
    }
}

/// The folder; `None` where the browser keeps no private files or none were written yet.
async fn folder() -> Option<FileSystemDirectoryHandle> {
    let storage: StorageManager = of_navigator("storage")?;
    if !Reflect::has(&storage, &"getDirectory".into()).ok()? {
        return None;
    }
    let root = JsFuture::from(storage.get_directory()).await.ok()?;
    let root: FileSystemDirectoryHandle = root.unchecked_into();
    let folder = JsFuture::from(root.get_directory_handle(FOLDER))
        .await
        .ok()?;
    Some(folder.unchecked_into())
}

async fn names(folder: &FileSystemDirectoryHandle) -> Vec<String> {
    let mut names = Vec::new();
    let keys = folder.keys();
    while let Ok(next) = keys.next()
        && let Ok(step) = JsFuture::from(next).await
        && let Ok(name) = Reflect::get(&step, &"value".into())
        && let Some(name) = name.as_string()
    {
        names.push(name);
    }
    names
}

fn lock_name(file: &str) -> String {
    format!("rollcall-export:{file}")
}

/// Holds the lock of a file until the returned function is called.
fn hold(file: &str) -> Option<Function> {
    let locks: LockManager = of_navigator("locks")?;
    let mut release = None;
    let until_released = Promise::new(&mut |resolve, _| release = Some(resolve));
    let callback = Closure::once_into_js(move |_lock: JsValue| until_released);
    // Fulfilled when the lock is let go, for which nothing waits.
    drop(
        locks
            .request(&lock_name(file), callback.unchecked_ref())
            .ok()?,
    );
    release
}

async fn held_locks() -> Option<HashSet<String>> {
    let locks: LockManager = of_navigator("locks")?;
    let snapshot = JsFuture::from(locks.query().ok()?).await.ok()?;
    let held = Array::from(&Reflect::get(&snapshot, &"held".into()).ok()?);
    let name = |lock: JsValue| Reflect::get(&lock, &"name".into()).ok()?.as_string();
    Some(held.iter().filter_map(name).collect())
}

/// A part of `navigator` that old browsers and insecure pages lack.
fn of_navigator<T: JsCast>(key: &str) -> Option<T> {
    let navigator = window()?.navigator();
    let value = Reflect::get(&navigator, &key.into()).ok()?;
    (!value.is_undefined()).then(|| value.unchecked_into())
}

fn error_name(error: &JsValue) -> Option<String> {
    Reflect::get(error, &"name".into()).ok()?.as_string()
}
