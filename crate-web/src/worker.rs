//! The worker: commands in, replies out.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Object, Reflect};
use rollcall_core::message::{Command, Reply};
use rollcall_core::{Connection, Error, ExportOptions, ExportRequest, Plan, RequestError};
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, DedicatedWorkerGlobalScope, File, FileSystemFileHandle, MessageEvent};

use crate::convert::json;
use crate::job::{Stop, export, inspect};
use crate::report::record_in_work;

/// Makes the dedicated worker that calls it answer the commands of `rollcall_core::message`.
///
/// Messages that came before are not seen: the caller keeps them and hands them on.
#[wasm_bindgen(js_name = runWorker)]
pub fn run_worker() {
    std::panic::set_hook(Box::new(|panic| {
        let error = Error {
            record: Some(record_in_work() as u64),
            ..Error::io(format!("the engine stopped at a fault of its own: {panic}"))
        };
        post(&Reply::Failed { error }, None);
    }));
    let is_cancelled = Rc::new(Cell::new(false));
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        receive(&event.data(), &is_cancelled);
    });
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The worker listens as long as it lives.
    on_message.forget();
}

fn receive(data: &JsValue, is_cancelled: &Rc<Cell<bool>>) {
    let get = |key: &str| Reflect::get(data, &key.into()).unwrap_or_default();
    let text = get("message").as_string().unwrap_or_default();
    let files: Vec<File> = get("files")
        .dyn_into::<Array>()
        .map(|files| files.iter().map(JsCast::unchecked_into).collect())
        .unwrap_or_default();
    let sink = Some(get("sink")).filter(|sink| !sink.is_undefined());
    let sink: Option<FileSystemFileHandle> = sink.map(JsCast::unchecked_into);
    let is_cancelled = Rc::clone(is_cancelled);
    match Command::from_json(text.as_bytes()) {
        Ok(Command::Cancel) => is_cancelled.set(true),
        Ok(Command::Inspect) => {
            spawn_local(async move { answer(inspect(&files, &is_cancelled, &post).await) })
        }
        Ok(Command::Export {
            request,
            options,
            connections,
            output,
        }) => spawn_local(async move {
            answer(match plan(&request, &options, connections.as_deref()) {
                Ok(plan) => export(&files, plan, &output, sink, &is_cancelled, &post).await,
                Err(error) => Err(Stop::Failed(error.into())),
            });
        }),
        Err(error) => answer(Err(Stop::Failed(Error::io(format!(
            "not a command: {error}"
        ))))),
    }
}

fn plan(
    request: &ExportRequest,
    options: &ExportOptions,
    connections: Option<&[Connection]>,
) -> Result<Plan, RequestError> {
    Plan::new(request, options)?.among_known(connections)
}

fn answer(result: Result<(Reply, Option<Blob>), Stop>) {
    match result {
        Ok((reply, file)) => post(&reply, file),
        Err(Stop::Failed(error)) => post(&Reply::Failed { error }, None),
        Err(Stop::Cancelled) => post(&Reply::Cancelled, None),
    }
}

/// Posts a reply, with the file that goes with it.
fn post(reply: &Reply, file: Option<Blob>) {
    let text = json(reply);
    let message = Object::new();
    let files: Array = file.into_iter().collect();
    for (key, value) in [("message", JsValue::from(text)), ("files", files.into())] {
        Reflect::set(&message, &key.into(), &value).expect("a new object takes keys");
    }
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    scope
        .post_message(&message)
        .expect("text and blobs can be cloned");
}
