//! The tenant that has this page's jobs, as JavaScript runs it.

use js_sys::{Array, Function};
use rollcall_core::message::{Command, Reply};
use rollcall_core::{Connection, Error, ExportOptions};
use rollcall_js::{from_js, to_js};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, File};

use crate::state::Storage;

#[wasm_bindgen(raw_module = "./page-tenant.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = openJobs)]
    async fn open_jobs(on_change: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = ask)]
    async fn ask_js(
        method: &str,
        target: &str,
        body: Option<String>,
        source: JsValue,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = storage)]
    async fn storage_js(size: f64) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_name = inspect)]
    fn inspect_js(files: &Array, message: String, on_reply: &Closure<dyn Fn(String)>) -> Function;

    /// Whether the browser can write into a file that the person chooses.
    #[wasm_bindgen(js_name = canSaveDirectly)]
    pub fn can_save_directly() -> bool;

    #[wasm_bindgen(catch, js_name = chooseFile)]
    async fn choose_file_js(suggested_name: &str) -> Result<JsValue, JsValue>;

    /// Whether closing this tab would end jobs that run.
    #[wasm_bindgen(js_name = runsJobs)]
    pub fn runs_jobs() -> bool;

    type Answered;
    #[wasm_bindgen(method, getter)]
    fn status(this: &Answered) -> u16;
    #[wasm_bindgen(method, getter)]
    fn text(this: &Answered) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn file(this: &Answered) -> Option<Blob>;
}

/// What a new job reads, and where it writes. What is not given is absent.
#[derive(Serialize)]
pub struct JobSource {
    /// The tenant that the file is named after.
    pub name: String,
    /// The files.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    pub users: Array,
    /// The connections that matter; `None` where it is not known whether the one that is asked
    /// for exists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connections: Option<Vec<Connection>>,
    /// Where it writes; nowhere else is a copy.
    #[serde(rename = "sink", skip_serializing_if = "Option::is_none")]
    pub target: Option<SaveTarget>,
}

/// The handle of a file that the person chose.
#[derive(Serialize)]
#[serde(transparent)]
pub struct SaveTarget(#[serde(with = "serde_wasm_bindgen::preserve")] JsValue);

/// An answer of the API that is no refusal.
pub struct Granted(Answered);

impl Granted {
    /// Its body.
    ///
    /// # Errors
    /// It is not what was expected.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, String> {
        let text = self.0.text().unwrap_or_default();
        serde_json::from_str(&text).map_err(|error| format!("Unexpected response: {error}"))
    }

    /// The file that it brings.
    pub fn file(&self) -> Option<Blob> {
        self.0.file()
    }

    /// Whether it says that there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.0.status() == 204
    }
}

/// Opens the tenant. `on_change` is called for as long as the page lives.
pub async fn open(on_change: impl Fn() + 'static) -> Result<(), String> {
    let on_change = Closure::<dyn Fn()>::new(on_change).into_js_value();
    open_jobs(&on_change).await.map(drop).map_err(words)
}

/// Sends a request to the API.
///
/// # Errors
/// The message of a refusal, or why there is no answer.
pub async fn ask(method: &str, target: &str) -> Result<Granted, String> {
    accept(ask_js(method, target, None, JsValue::UNDEFINED).await)
}

/// Asks for a new job.
///
/// # Errors
/// As with [`ask`].
pub async fn create(target: &str, body: String, source: &JobSource) -> Result<Granted, String> {
    accept(ask_js("POST", target, Some(body), to_js(source)).await)
}

/// Asks the person for a place to save to; `None` if they want none.
///
/// # Errors
/// Why the browser does not ask.
pub async fn choose_file(suggested_name: &str) -> Result<Option<SaveTarget>, String> {
    let chosen = choose_file_js(suggested_name).await;
    let chosen = chosen
        .map_err(|error| format!("The browser did not open its save dialog: {}", words(error)))?;
    Ok(Some(chosen)
        .filter(|chosen| !chosen.is_undefined())
        .map(SaveTarget))
}

/// What the browser keeps, and how much; and whether so many bytes find room.
pub async fn storage(size: u64) -> Option<Storage> {
    from_js(&storage_js(size as f64).await.ok()?).ok()
}

/// A look into files. Dropping it ends it.
pub struct Look {
    end: Function,
    _on_reply: Closure<dyn Fn(String)>,
}

impl Look {
    /// Starts it, with the options that say how files are read; `on_reply` gets what it finds.
    pub fn start(
        files: &[File],
        reading: &ExportOptions,
        on_reply: impl Fn(Reply) + 'static,
    ) -> Self {
        let command = Command::Inspect {
            lists_all: false,
            options: reading.clone(),
        };
        let message = serde_json::to_string(&command).expect("a command has a JSON form");
        let on_reply = Closure::<dyn Fn(String)>::new(move |text: String| {
            on_reply(
                serde_json::from_str(&text).unwrap_or_else(|_| Reply::Failed {
                    error: Error::io("The engine sent an invalid message."),
                }),
            );
        });
        let end = inspect_js(&files.iter().collect(), message, &on_reply);
        Self {
            end,
            _on_reply: on_reply,
        }
    }
}

impl Drop for Look {
    fn drop(&mut self) {
        // It has nothing to throw.
        drop(self.end.call0(&JsValue::NULL));
    }
}

fn accept(answer: Result<JsValue, JsValue>) -> Result<Granted, String> {
    #[derive(serde::Deserialize)]
    struct Refusal {
        message: String,
    }
    let answer = Granted(answer.map_err(words)?.unchecked_into());
    if answer.0.status() < 400 {
        return Ok(answer);
    }
    Err(answer.read::<Refusal>()?.message)
}

fn words(error: JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => error.message().into(),
        None => "The engine could not be started.".to_owned(),
    }
}
