//! The worker: commands in, replies out.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Object, Reflect};
use rollcall_core::message::{Command, Reply};
use rollcall_core::{Connection, Error, ExportOptions, ExportRequest, Plan, Reading, RequestError};
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    Blob, DedicatedWorkerGlobalScope, File, FileSystemFileHandle, MessageEvent, MessagePort,
};

use crate::convert::json;
use crate::error::Stop;
use crate::feed::Feed;
use crate::helper::{Work, help};
use crate::job::{export, inspect};
use crate::pool::Pool;
use crate::report::record_in_work;

/// Makes the dedicated worker that calls it answer the commands of `rollcall_core::message`, with
/// the help of the workers at the other ends of these ports.
///
/// Messages that came before are not seen: the caller keeps them and hands them on.
#[wasm_bindgen(js_name = runWorker)]
pub fn run_worker(helpers: Array) {
    std::panic::set_hook(Box::new(|panic| {
        let error = Error {
            record: Some(record_in_work() as u64),
            ..Error::io(format!("internal error: {panic}"))
        };
        post(&Reply::Failed { error }, None);
    }));
    let is_cancelled = Rc::new(Cell::new(false));
    listen(Box::new(move |message| {
        receive(message, &helpers, &is_cancelled);
    }));
}

/// Makes the dedicated worker that calls it help the worker at the other end of the port, with the
/// command that both get.
#[wasm_bindgen(js_name = runHelper)]
pub fn run_helper(leader: MessagePort) {
    listen(Box::new(move |message| {
        let work = match message.command {
            Ok(Command::Inspect { options, .. }) => match Reading::new(&options) {
                Ok(reading) => Work::inspect(&reading),
                // The other worker says so.
                Err(_) => return,
            },
            Ok(Command::Export {
                request,
                options,
                connections,
                ..
            }) => match plan(&request, &options, connections.as_deref()) {
                Ok(plan) => Work::export(plan),
                // The other worker says so.
                Err(_) => return,
            },
            Ok(Command::Cancel) | Err(_) => return,
        };
        help(work, message.files, leader.clone());
    }));
}

/// What is posted to a worker.
struct Message {
    command: Result<Command, RequestError>,
    files: Vec<File>,
    sink: Option<FileSystemFileHandle>,
}

/// Hands on messages as long as the worker lives. Boxed, so that it is compiled once.
fn listen(mut on_message: Box<dyn FnMut(Message)>) {
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let data = event.data();
        let get = |key: &str| Reflect::get(&data, &key.into()).unwrap_or_default();
        let text = get("message").as_string().unwrap_or_default();
        on_message(Message {
            command: Command::from_json(text.as_bytes()),
            files: get("files")
                .dyn_into::<Array>()
                .map(|files| files.iter().map(JsCast::unchecked_into).collect())
                .unwrap_or_default(),
            sink: Some(get("sink"))
                .filter(|sink| !sink.is_undefined())
                .map(JsCast::unchecked_into),
        });
    });
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
}

fn receive(message: Message, helpers: &Array, is_cancelled: &Rc<Cell<bool>>) {
    let Message {
        command,
        files,
        sink,
    } = message;
    let (pool, is_cancelled) = (|| Pool::new(helpers), Rc::clone(is_cancelled));
    match command {
        Ok(Command::Cancel) => is_cancelled.set(true),
        Ok(Command::Inspect { lists_all, options }) => {
            let pool = pool();
            spawn_local(async move {
                let feed = Feed::new(&files, pool, &is_cancelled);
                answer(match Reading::new(&options) {
                    Ok(reading) => inspect(feed, reading, lists_all, &post).await,
                    Err(error) => Err(Error::from(error).into()),
                });
            });
        }
        Ok(Command::Export {
            request,
            options,
            connections,
            output,
        }) => {
            let pool = pool();
            spawn_local(async move {
                let feed = Feed::new(&files, pool, &is_cancelled);
                answer(match plan(&request, &options, connections.as_deref()) {
                    Ok(plan) => export(feed, plan, &output, sink, &post).await,
                    Err(error) => Err(Error::from(error).into()),
                });
            });
        }
        Err(error) => answer(Err(Error::io(format!("not a command: {error}")).into())),
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
        Err(Stop::Failed(error) | Stop::Unwritten(error)) => {
            post(&Reply::Failed { error: *error }, None);
        }
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
