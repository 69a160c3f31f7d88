//! What the page does beside showing: files, workers, downloads.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use js_sys::{Array, Math};
use rollcall_core::message::{Command, Reply};
use rollcall_core::{Error, Format};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, FilePropertyBag, Response, window};
use yew::Callback;
use yew::platform::spawn_local;
use yew::platform::time::sleep;

use crate::download::{LINK_SECONDS, Link};
use crate::state::fault::Faults;
use crate::state::job::{self, Start};
use crate::state::{Action, InputFile, State};
use crate::storage::OutputFile;
use crate::worker::ExportWorker;

/// How long a worker may take to answer a cancel before it is ended.
const CANCEL_PATIENCE: Duration = Duration::from_millis(500);

/// Where the sample is, and the name that it gets.
const SAMPLE: (&str, &str) = ("./sample.ndjson.gz", "sample-users.ndjson.gz");

/// Holds what the state cannot: handles of the browser.
pub struct Runner {
    dispatch: Callback<Action>,
    files: RefCell<HashMap<u32, File>>,
    next_file: Cell<u32>,
    inspector: RefCell<Option<ExportWorker>>,
    exports: RefCell<HashMap<String, Export>>,
}

/// The handles of one job.
struct Export {
    worker: Option<ExportWorker>,
    /// Kept for its end: the file is deleted then.
    _output: OutputFile,
    file: Option<Blob>,
    link: Option<Link>,
}

impl Runner {
    /// A runner that tells `dispatch` what happens.
    pub fn new(dispatch: Callback<Action>) -> Rc<Self> {
        Rc::new(Self {
            dispatch,
            files: RefCell::default(),
            next_file: Cell::new(0),
            inspector: RefCell::default(),
            exports: RefCell::default(),
        })
    }

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
                Ok(file) => runner.add_files(vec![file]),
                Err(_) => runner.dispatch.emit(Action::SampleFailed(
                    "The sample could not be loaded.".to_owned(),
                )),
            }
        });
    }

    /// Looks into the files in the background; whatever was looked into before is dropped.
    pub fn inspect(self: &Rc<Self>, files: &[InputFile]) {
        self.inspector.take();
        self.files
            .borrow_mut()
            .retain(|id, _| files.iter().any(|file| file.id == *id));
        if files.is_empty() {
            return;
        }
        let runner = self.clone();
        let on_reply = Callback::from(move |(reply, _)| {
            let is_partial = matches!(
                reply,
                Reply::Progress { .. }
                    | Reply::Inspected {
                        is_whole: false,
                        ..
                    }
            );
            if !is_partial {
                // What it has read would fill the memory until a browser in no hurry cleans up.
                runner.inspector.take();
            }
            runner.dispatch.emit(Action::Inspected(reply));
        });
        let started = ExportWorker::spawn(on_reply).and_then(|worker| {
            worker.send(&Command::Inspect, &self.handles(files))?;
            Ok(worker)
        });
        match started {
            Ok(worker) => drop(self.inspector.replace(Some(worker))),
            Err(error) => self
                .dispatch
                .emit(Action::Inspected(Reply::Failed { error })),
        }
    }

    /// Starts the export that the form asks for, or has its faults shown.
    pub fn export(self: &Rc<Self>, state: &State) {
        let form = &state.form;
        let faults = Faults::of(form, !state.files.is_empty());
        let Some(file_name) = form.file_name().filter(|_| faults.0.is_empty()) else {
            self.dispatch.emit(Action::Refused);
            return;
        };
        let id = new_id();
        let extension = match form.format {
            Format::Csv => "csv",
            Format::Json => "json",
        };
        let output = format!("{id}.{extension}");
        let command = Command::Export {
            request: form.request(),
            options: form.options(),
            connections: None,
            output: output.clone(),
        };
        self.dispatch.emit(Action::Started(Start {
            id: id.clone(),
            file_name,
            inputs: state.files.iter().map(|file| file.name.clone()).collect(),
            bytes_total: state.files.iter().map(|file| file.size).sum(),
            format: form.format,
            limit: form.request().limit,
            summary: form.summary(),
            now: now(),
        }));

        let runner = self.clone();
        let job = id.clone();
        let on_reply = Callback::from(move |(reply, file)| runner.hear(&job, reply, file));
        let output = OutputFile::claim(&output);
        let started = ExportWorker::spawn(on_reply).and_then(|worker| {
            worker.send(&command, &self.handles(&state.files))?;
            Ok(worker)
        });
        match started {
            Ok(worker) => {
                let export = Export {
                    worker: Some(worker),
                    _output: output,
                    file: None,
                    link: None,
                };
                self.exports.borrow_mut().insert(id, export);
            }
            Err(error) => self.hear(&id, Reply::Failed { error }, None),
        }
    }

    /// Asks the worker to stop, and stops it after a moment if it does not.
    pub fn cancel(self: &Rc<Self>, id: &str) {
        self.dispatch.emit(Action::Cancelling(id.to_owned()));
        if let Some(worker) = self
            .exports
            .borrow()
            .get(id)
            .and_then(|e| e.worker.as_ref())
        {
            // A worker that cannot be told is ended below.
            drop(worker.send(&Command::Cancel, &[]));
        }
        let runner = self.clone();
        let id = id.to_owned();
        spawn_local(async move {
            sleep(CANCEL_PATIENCE).await;
            let is_running = |export: &Export| export.worker.is_some();
            if runner.exports.borrow().get(&id).is_some_and(is_running) {
                runner.hear(&id, Reply::Cancelled, None);
            }
        });
    }

    /// Saves the file of a completed job; the link that is made for it ends after a while.
    pub fn download(self: &Rc<Self>, id: &str, name: &str) {
        let mut exports = self.exports.borrow_mut();
        let Some(export) = exports.get_mut(id) else {
            return;
        };
        let Some(Ok(link)) = export.file.as_ref().map(|file| Link::save(file, name)) else {
            return;
        };
        let url = link.url().to_owned();
        export.link = Some(link);
        let runner = self.clone();
        let id = id.to_owned();
        spawn_local(async move {
            sleep(Duration::from_secs(LINK_SECONDS)).await;
            if let Some(export) = runner.exports.borrow_mut().get_mut(&id) {
                export.link.take_if(|link| link.url() == url);
            }
        });
    }

    /// Forgets a job that has ended, with its file and its link.
    pub fn remove(&self, id: &str) {
        self.exports.borrow_mut().remove(id);
        self.dispatch.emit(Action::JobRemoved(id.to_owned()));
    }

    fn hear(&self, id: &str, reply: Reply, file: Option<Blob>) {
        let is_end = matches!(
            reply,
            Reply::Completed { .. } | Reply::Failed { .. } | Reply::Cancelled
        );
        let reply = match (reply, &file) {
            (Reply::Completed { .. }, None) => Reply::Failed {
                error: Error::io("The engine ended without handing over the file."),
            },
            (reply, _) => reply,
        };
        // Ending a worker ends the closure that calls this, so it must not be borrowed from.
        let id = id.to_owned();
        let is_completed = matches!(reply, Reply::Completed { .. });
        let cancel = job::element(&id, "cancel");
        let had_focus = is_end && focused_element() == Some(cancel);
        if is_end {
            self.end(&id, &reply, file);
        }
        self.dispatch.emit(Action::Heard(id.clone(), reply, now()));
        if had_focus {
            // The Cancel button is gone.
            let next = if is_completed { "download" } else { "remove" };
            self.dispatch.emit(Action::Focused(job::element(&id, next)));
        }
    }

    /// Ends the worker. The output stays only of a job that is complete.
    fn end(&self, id: &str, reply: &Reply, file: Option<Blob>) {
        let mut exports = self.exports.borrow_mut();
        if matches!(reply, Reply::Completed { .. }) {
            if let Some(export) = exports.get_mut(id) {
                export.worker = None;
                export.file = file;
            }
        } else {
            exports.remove(id);
        }
    }

    fn handles(&self, files: &[InputFile]) -> Vec<File> {
        let handles = self.files.borrow();
        files
            .iter()
            .filter_map(|file| handles.get(&file.id).cloned())
            .collect()
    }
}

/// Seconds of a clock that never goes back.
pub fn now() -> f64 {
    let performance = window().and_then(|window| window.performance());
    performance.map_or(0.0, |performance| performance.now() / 1000.0)
}

/// `id` of the element that has the focus.
fn focused_element() -> Option<String> {
    Some(window()?.document()?.active_element()?.id())
}

/// `job_` and 16 letters or digits, by which nothing is kept secret.
fn new_id() -> String {
    const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let letter = |_| char::from(ALPHABET[(Math::random() * 62.0) as usize]);
    "job_".chars().chain((0..16).map(letter)).collect()
}

async fn fetch_sample() -> Result<File, JsValue> {
    let window = window().ok_or(JsValue::UNDEFINED)?;
    let response = JsFuture::from(window.fetch_with_str(SAMPLE.0)).await?;
    let response: Response = response.dyn_into()?;
    if !response.ok() {
        return Err(JsValue::UNDEFINED);
    }
    let blob = JsFuture::from(response.blob()?).await?;
    let options = FilePropertyBag::new();
    // The same each time, so that a second click is seen to bring the same file.
    options.set_last_modified(0.0);
    File::new_with_blob_sequence_and_options(&Array::of1(&blob), SAMPLE.1, &options)
}
