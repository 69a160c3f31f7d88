//! What the page does beside showing: files, requests to the API, downloads.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use js_sys::Array;
use rollcall_core::message::Reply;
use rollcall_core::{Error, LeftOut};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FilePropertyBag, Response, window};
use yew::Callback;
use yew::platform::spawn_local;
use yew::platform::time::sleep;

use crate::download::{LINK_SECONDS, Link};
use crate::state::fault::Faults;
use crate::state::form::Form;
use crate::state::job::Listed;
use crate::state::{Action, InputFile};
use crate::tenant::{self, Look, Source};

/// The list is asked for no more often.
const REFRESH_INTERVAL: Duration = Duration::from_millis(150);

/// How often the list is asked for while nothing happens, for jobs that expire.
const IDLE_INTERVAL: Duration = Duration::from_secs(60);

/// Where the sample is, and the name that it gets.
const SAMPLE: (&str, &str) = ("./sample.ndjson.gz", "sample-users.ndjson.gz");

const FILES_ARE_GONE: &str = "The files are gone: choose them again.";

const JOBS: &str = "/api/v2/jobs";

/// Holds what the state cannot: handles of the browser.
pub struct Runner {
    dispatch: Callback<Action>,
    files: RefCell<HashMap<u32, File>>,
    next_file: Cell<u32>,
    /// Bytes of the files that are shown.
    size: Cell<u64>,
    look: RefCell<Option<Look>>,
    /// By the jobs whose files they lead to.
    links: RefCell<HashMap<String, Link>>,
    is_refreshing: Cell<bool>,
    /// Something has changed since the list was asked for.
    is_outdated: Cell<bool>,
}

impl Runner {
    /// A runner that tells `dispatch` what happens.
    pub fn new(dispatch: Callback<Action>) -> Rc<Self> {
        Rc::new(Self {
            dispatch,
            files: RefCell::default(),
            next_file: Cell::new(0),
            size: Cell::new(0),
            look: RefCell::default(),
            links: RefCell::default(),
            is_refreshing: Cell::new(false),
            is_outdated: Cell::new(false),
        })
    }

    /// Shows the jobs that there are, and from then on what becomes of them.
    pub fn open(self: &Rc<Self>) {
        let runner = self.clone();
        spawn_local(async move {
            let on_change = {
                let runner = runner.clone();
                move || runner.refresh()
            };
            if let Err(why) = tenant::open(on_change).await {
                runner.dispatch.emit(Action::Rejected(why));
                return;
            }
            loop {
                runner.refresh();
                sleep(IDLE_INTERVAL).await;
            }
        });
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
        let look = Look::start(&handles, move |reply| {
            dispatch.emit(Action::Inspected(reply));
        });
        self.look.replace(Some(look));
    }

    /// Asks for the export that the form describes, or has its faults shown.
    pub fn export(self: &Rc<Self>, form: &Form, files: &[InputFile]) {
        let Some(asked) = self.asked(form, files) else {
            return;
        };
        let runner = self.clone();
        spawn_local(async move { runner.create(asked).await });
    }

    /// The same, into a file that the person chooses first.
    pub fn save_directly(self: &Rc<Self>, form: &Form, files: &[InputFile]) {
        let (Some(mut asked), Some(name)) = (self.asked(form, files), form.file_name()) else {
            return;
        };
        let runner = self.clone();
        spawn_local(async move {
            match tenant::choose_file(&name).await {
                Ok(Some(sink)) => {
                    asked.source.sink = Some(sink);
                    runner.create(asked).await;
                }
                Ok(None) => runner.dispatch.emit(Action::NotChosen),
                Err(why) => runner.dispatch.emit(Action::Rejected(why)),
            }
        });
    }

    /// What the form asks for; if it has faults, they are shown.
    fn asked(&self, form: &Form, files: &[InputFile]) -> Option<Asked> {
        if !Faults::of(form, !files.is_empty()).0.is_empty() {
            self.dispatch.emit(Action::Refused);
            return None;
        }
        let Some(users) = self.handles(files) else {
            self.dispatch
                .emit(Action::Rejected(FILES_ARE_GONE.to_owned()));
            return None;
        };
        Some(Asked {
            target: form.target(),
            body: serde_json::to_string(&form.request()).expect("a request is plain data"),
            source: Source {
                name: form.tenant.clone(),
                users,
                connection: form.connection.clone(),
                sink: None,
            },
        })
    }

    async fn create(&self, asked: Asked) {
        let created = tenant::create(&asked.target, asked.body, &asked.source).await;
        let action = match created.and_then(|answer| answer.read::<Created>()) {
            Ok(Created { id }) => Action::Started(id),
            Err(why) => Action::Rejected(why),
        };
        // First the job, then what is said of it.
        self.list().await;
        self.dispatch.emit(action);
    }

    /// Stops a job.
    pub fn cancel(self: &Rc<Self>, id: &str) {
        self.dispatch.emit(Action::Cancelling(id.to_owned()));
        let runner = self.clone();
        let target = format!("{JOBS}/{id}/cancel");
        spawn_local(async move {
            // A job that has ended meanwhile says so in the list.
            drop(tenant::ask("POST", &target).await);
            runner.list().await;
        });
    }

    /// Asks how a job is, and has it said aloud.
    pub fn check(self: &Rc<Self>, id: String) {
        let runner = self.clone();
        spawn_local(async move {
            let checked = tenant::ask("GET", &format!("{JOBS}/{id}")).await;
            runner.list().await;
            runner.dispatch.emit(match checked {
                Ok(_) => Action::Checked(id),
                Err(why) => Action::JobFault(id, why),
            });
        });
    }

    /// Asks for the records that a job left out.
    pub fn load_left_out(self: &Rc<Self>, id: String) {
        let runner = self.clone();
        spawn_local(async move {
            let left_out = match tenant::ask("GET", &format!("{JOBS}/{id}/errors")).await {
                Ok(answer) if answer.is_empty() => Ok(Vec::new()),
                Ok(answer) => answer.read::<Vec<LeftOut>>(),
                Err(why) => Err(why),
            };
            runner.dispatch.emit(match left_out {
                Ok(left_out) => Action::LeftOut(id, left_out),
                Err(why) => Action::JobFault(id, why),
            });
        });
    }

    /// Gets a fresh link to the file of a completed job, which ends after a while, and saves it.
    pub fn download(self: &Rc<Self>, id: String, name: String) {
        let runner = self.clone();
        spawn_local(async move {
            match fresh_link(&id, &name).await {
                Ok(link) => runner.keep(id, link).await,
                Err(why) => {
                    // The job may have failed for the same reason.
                    runner.list().await;
                    runner.dispatch.emit(Action::JobFault(id, why));
                }
            }
        });
    }

    async fn keep(&self, id: String, link: Link) {
        let url = link.url().to_owned();
        self.links.borrow_mut().insert(id.clone(), link);
        sleep(Duration::from_secs(LINK_SECONDS)).await;
        let mut links = self.links.borrow_mut();
        if links.get(&id).is_some_and(|link| link.url() == url) {
            links.remove(&id);
        }
    }

    /// Deletes a job with its file and its link.
    pub fn remove(self: &Rc<Self>, id: String) {
        let runner = self.clone();
        spawn_local(async move {
            runner.links.borrow_mut().remove(&id);
            let removed = tenant::ask("DELETE", &format!("{JOBS}/{id}")).await;
            runner.dispatch.emit(match removed {
                Ok(_) => Action::JobRemoved(id),
                Err(why) => Action::JobFault(id, why),
            });
            runner.list().await;
        });
    }

    /// Deletes all jobs with their files and links.
    pub fn clear(self: &Rc<Self>) {
        let runner = self.clone();
        spawn_local(async move {
            runner.links.borrow_mut().clear();
            let cleared = tenant::ask("DELETE", JOBS).await;
            runner.dispatch.emit(match cleared {
                Ok(_) => Action::Cleared,
                Err(why) => Action::Rejected(why),
            });
            runner.list().await;
        });
    }

    /// Asks for the list soon, once for however many changes.
    fn refresh(self: &Rc<Self>) {
        self.is_outdated.set(true);
        if self.is_refreshing.replace(true) {
            return;
        }
        let runner = self.clone();
        spawn_local(async move {
            while runner.is_outdated.replace(false) {
                runner.list().await;
                sleep(REFRESH_INTERVAL).await;
            }
            runner.is_refreshing.set(false);
        });
    }

    async fn list(&self) {
        match tenant::ask("GET", JOBS)
            .await
            .and_then(|answer| answer.read())
        {
            Ok(jobs) => self.tell(jobs),
            Err(why) => self.dispatch.emit(Action::Rejected(why)),
        }
        self.measure().await;
    }

    /// Tells how much the browser keeps, and whether there is room for as much as the files have.
    async fn measure(&self) {
        if let Some(storage) = tenant::storage(self.size.get()).await {
            self.dispatch.emit(Action::Stored(storage));
        }
    }

    fn tell(&self, jobs: Vec<Listed>) {
        self.dispatch
            .emit(Action::Listed(jobs, now(), focused_element()));
    }

    /// All of these files or none: an export without one of them would be short.
    fn handles(&self, files: &[InputFile]) -> Option<Vec<File>> {
        let handles = self.files.borrow();
        files
            .iter()
            .map(|file| handles.get(&file.id).cloned())
            .collect()
    }
}

/// A request for a job.
struct Asked {
    target: String,
    body: String,
    source: Source,
}

/// What matters of the answer to a request for a job.
#[derive(serde::Deserialize)]
struct Created {
    id: String,
}

async fn fresh_link(id: &str, name: &str) -> Result<Link, String> {
    #[derive(serde::Deserialize)]
    struct Completed {
        location: String,
    }
    let job = tenant::ask("GET", &format!("{JOBS}/{id}")).await?;
    let Completed { location } = job.read()?;
    let file = tenant::ask("GET", &location).await?.file();
    let file = file.ok_or("The file is gone: run the export again.")?;
    Link::save(&file, name).map_err(|_| "The browser refused to save the file.".to_owned())
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
