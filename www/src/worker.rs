//! The worker that does the reading and writing, seen from the page.

use js_sys::{Array, Object, Reflect};
use rollcall_core::Error;
use rollcall_core::message::{Command, Reply};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, ErrorEvent, Event, File, MessageEvent, Worker, WorkerOptions, WorkerType};
use yew::Callback;

/// `boot.js` allows this script and no other.
const SCRIPT: &str = "./worker.js";

/// A dedicated worker for one inspection or one export. Dropping it ends it at once.
pub struct ExportWorker {
    worker: Worker,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(Event)>,
}

impl ExportWorker {
    /// Starts a worker. `on_reply` gets what it says, with the file that came along; a worker that
    /// cannot be started or breaks down says [`Reply::Failed`].
    ///
    /// # Errors
    /// The browser refused to start it.
    pub fn spawn(on_reply: Callback<(Reply, Option<Blob>)>) -> Result<Self, Error> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(SCRIPT, &options)
            .map_err(|_| Error::io("The engine could not be started."))?;

        let heard = on_reply.clone();
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let said = read(&event.data()).unwrap_or_else(|| {
                let error = Error::io("The engine sent a message that cannot be read.");
                (Reply::Failed { error }, None)
            });
            heard.emit(said);
        });
        // Also the event of a message that cannot be read, which has no text.
        let on_error = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            event.prevent_default();
            let text = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
            let error = Error::io(match text.filter(|text| !text.is_empty()) {
                Some(text) => format!("The engine broke down: {text}"),
                None => "The engine could not be started or broke down.".to_owned(),
            });
            on_reply.emit((Reply::Failed { error }, None));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(on_error.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Self {
            worker,
            _on_message: on_message,
            _on_error: on_error,
        })
    }

    /// Sends a command with the files it is about.
    ///
    /// # Errors
    /// The browser cannot hand a file over.
    pub fn send(&self, command: &Command, files: &[File]) -> Result<(), Error> {
        let text = serde_json::to_string(command).expect("a command is plain data");
        let files: Array = files.iter().collect();
        let envelope = Object::new();
        Reflect::set(&envelope, &"message".into(), &text.into())
            .and_then(|_| Reflect::set(&envelope, &"files".into(), &files))
            .and_then(|_| self.worker.post_message(&envelope))
            .map_err(|_| Error::io("The files could not be handed to the engine."))
    }
}

impl Drop for ExportWorker {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onmessageerror(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// Takes `{ message, files }` apart.
fn read(data: &JsValue) -> Option<(Reply, Option<Blob>)> {
    let text = Reflect::get(data, &"message".into()).ok()?.as_string()?;
    let reply = serde_json::from_str(&text).ok()?;
    let files = Reflect::get(data, &"files".into()).ok()?;
    let file = Array::from(&files).get(0).dyn_into().ok();
    Some((reply, file))
}
