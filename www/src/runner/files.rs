//! The handles of the chosen files.

use std::rc::Rc;
use std::time::UNIX_EPOCH;

use gloo_net::http::Request;
use rollcall_core::message::Reply;
use rollcall_core::{Error, ExportOptions};
use web_sys::File;
use yew::platform::spawn_local;

use super::Runner;
use crate::state::{Action, InputFile};
use crate::tenant::Look;

/// Where the sample is, and the name that it gets.
const SAMPLE: (&str, &str) = ("./sample.ndjson.gz", "sample-users.ndjson.gz");

pub(super) const FILES_ARE_GONE: &str = "The files are gone: choose them again.";

impl Runner {
    /// Takes chosen or dropped files.
    pub fn add_files(&self, files: Vec<File>) {
        if files.is_empty() {
            return;
        }
        let mut added = Vec::with_capacity(files.len());
        for file in files {
            let id = self.next_file.replace(self.next_file.get() + 1);
            added.push(InputFile {
                id,
                name: file.name(),
                size: file.size() as u64,
                modified: file.last_modified() as i64,
            });
            self.files.borrow_mut().insert(id, file);
        }
        self.dispatch.emit(Action::FilesAdded(added));
    }

    /// Fetches the sample from where the page came from.
    pub fn add_sample(self: &Rc<Self>) {
        let runner = self.clone();
        spawn_local(async move {
            match fetch_sample().await {
                Some(file) => runner.add_files(vec![file]),
                None => runner.dispatch.emit(Action::SampleFailed(
                    "The sample could not be loaded.".to_owned(),
                )),
            }
        });
    }

    /// Looks into the files in the background; whatever was looked into before is dropped.
    pub fn inspect(self: &Rc<Self>, files: &[InputFile], reading: &ExportOptions) {
        self.look.take();
        self.size.set(files.iter().map(|file| file.size).sum());
        let runner = self.clone();
        spawn_local(async move { runner.measure().await });
        // Newer files are about to be shown: in a busy or hidden page this may come after them.
        let newest = files.iter().map(|file| file.id).max();
        self.files.borrow_mut().retain(|id, _| {
            newest.is_none_or(|newest| *id > newest) || files.iter().any(|file| file.id == *id)
        });
        if files.is_empty() {
            return;
        }
        let Some(handles) = self.handles(files) else {
            let error = Error::io(FILES_ARE_GONE);
            self.dispatch
                .emit(Action::Inspected(Reply::Failed { error }));
            return;
        };
        let dispatch = self.dispatch.clone();
        let look = Look::start(&handles, reading, move |reply| {
            dispatch.emit(Action::Inspected(reply));
        });
        self.look.replace(Some(look));
    }

    /// All of these files or none: an export without one of them would be short.
    pub(super) fn handles(&self, files: &[InputFile]) -> Option<Vec<File>> {
        let handles = self.files.borrow();
        files
            .iter()
            .map(|file| handles.get(&file.id).cloned())
            .collect()
    }
}

/// `None` where it could not be fetched.
async fn fetch_sample() -> Option<File> {
    let response = Request::get(SAMPLE.0).send().await.ok()?;
    let bytes = response.binary().await.ok().filter(|_| response.ok())?;
    // The same time always, so that a second click is seen to bring the same file.
    let modified = Some(UNIX_EPOCH);
    let file = gloo_file::File::new_with_options(SAMPLE.1, bytes.as_slice(), None, modified);
    Some(File::clone(file.as_ref()))
}
