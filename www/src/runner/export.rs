//! The request for a job.

use std::rc::Rc;

use yew::platform::spawn_local;

use super::Runner;
use super::files::FILES_ARE_GONE;
use crate::state::form::Form;
use crate::state::job::Job;
use crate::state::{Action, State};
use crate::tenant::{self, JobSource};

/// A request for a job.
struct Asked {
    target: String,
    body: String,
    source: JobSource,
}

/// What matters of the answer to a request for a job.
#[derive(serde::Deserialize)]
struct Created {
    id: String,
}

impl Runner {
    /// Asks for the export that the form describes, or has its faults shown.
    pub fn export(self: &Rc<Self>, form: &Form, state: &State) {
        let Some(asked) = self.asked(form, state) else {
            return;
        };
        let runner = self.clone();
        spawn_local(async move { runner.create(asked).await });
    }

    /// The same, into a file that the person chooses first.
    pub fn save_directly(self: &Rc<Self>, form: &Form, state: &State) {
        let (Some(mut asked), Some(name)) = (self.asked(form, state), form.file_name()) else {
            return;
        };
        let runner = self.clone();
        spawn_local(async move {
            match tenant::choose_file(&name).await {
                Ok(Some(target)) => {
                    asked.source.target = Some(target);
                    runner.create(asked).await;
                }
                Ok(None) => runner.dispatch.emit(Action::NotChosen),
                Err(why) => runner.dispatch.emit(Action::Rejected(why)),
            }
        });
    }

    /// Fills the form as it was for a job, and runs that once more on the files that are chosen.
    pub(super) fn repeat(self: &Rc<Self>, job: &Job, state: &State) {
        let form = state.form.repeated(job);
        self.dispatch.emit(Action::Repeated(form.clone()));
        if state.files.is_empty() {
            return;
        }
        if job.listed.saved_as.is_some() && tenant::can_save_directly() {
            self.save_directly(&form, state);
        } else {
            self.export(&form, state);
        }
    }

    /// What the form asks for; if it has faults, they are shown.
    fn asked(&self, form: &Form, state: &State) -> Option<Asked> {
        if !state.faults_of(form).0.is_empty() {
            self.dispatch.emit(Action::Refused);
            return None;
        }
        let Some(users) = self.handles(&state.files) else {
            self.dispatch
                .emit(Action::Rejected(FILES_ARE_GONE.to_owned()));
            return None;
        };
        Some(Asked {
            target: form.target(),
            body: serde_json::to_string(&form.body()).expect("a request is plain data"),
            source: JobSource {
                name: form.tenant.clone(),
                users: users.iter().collect(),
                connections: match &form.connection {
                    None => Some(Vec::new()),
                    Some(wanted) => wanted.found().map(|found| vec![found.clone()]),
                },
                target: None,
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
}
