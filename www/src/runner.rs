//! What the page does beside showing: files, requests to the API, downloads.

mod download;
mod export;
mod files;
mod jobs;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use gloo_file::ObjectUrl;
use rollcall_core::api::JobDetails;
use web_sys::{File, window};
use yew::Callback;
use yew::platform::spawn_local;
use yew::platform::time::sleep;

use crate::state::{Action, Ask, State};
use crate::tenant::{self, Look};

/// The list is asked for no more often.
const REFRESH_INTERVAL: Duration = Duration::from_millis(150);

/// How often the list is asked for while nothing happens, for jobs that expire.
const IDLE_INTERVAL: Duration = Duration::from_secs(60);

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
    links: RefCell<HashMap<String, ObjectUrl>>,
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

    /// Does what the person asks of the jobs.
    pub fn answer(self: &Rc<Self>, asked: Ask, state: &State) {
        match asked {
            Ask::Cancel(id) => self.cancel(&id),
            Ask::Check(id) => self.check(id),
            Ask::Download(id, name) => self.download(id, name),
            Ask::LeftOut(id) => self.load_left_out(id),
            Ask::Remove(id) => self.remove(id),
            Ask::Repeat(job) => self.repeat(&job, state),
            Ask::Clear => self.clear(),
        }
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

    fn tell(&self, jobs: Vec<JobDetails>) {
        self.dispatch
            .emit(Action::Listed(jobs, now(), focused_element()));
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
