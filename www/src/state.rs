//! The state of the page and all that can happen to it.

use std::rc::Rc;

use rollcall_core::message::Reply;
use rollcall_core::{ExportRequest, LeftOut, Plan};
use yew::Reducible;

pub mod api_call;
pub mod fault;
pub mod form;
pub mod inspection;
pub mod job;
#[cfg(test)]
mod tests;

use crate::show;
use fault::{Faults, Place};
use form::{Direction, Edit, Form};
use inspection::Inspection;
use job::{Job, Listed, element};

/// `id` of the button that starts an export.
pub const EXPORT_BUTTON: &str = "export";

/// `id` of the button that adds a row.
pub const ADD_BUTTON: &str = "add-field";

const WANTS_FILES: &str = "The form is filled as it was. Choose the files to run it again.";

const NOT_CHOSEN: &str = "No place was chosen, so nothing was exported.";

const WANTS_CONNECTIONS: &str =
    "Choose the files first: connection_id is looked for among their connections.";

/// A chosen file. The handle to its bytes is kept by the [`crate::runner::Runner`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    pub id: u32,
    pub name: String,
    pub size: u64,
    /// Milliseconds since 1970.
    pub modified: i64,
}

/// Where the focus goes next. Two requests for the same element differ by their number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Focus {
    pub element: String,
    number: u32,
}

/// What the browser keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Storage {
    /// What it does not keep, if so.
    pub lacks: Option<Lack>,
    /// Bytes in use, where that is known.
    pub usage: Option<u64>,
    /// The most bytes that may be in use, where that is known.
    pub quota: Option<u64>,
    /// Whether the chosen files would find room, where that is known.
    pub fits: Option<bool>,
}

/// What the browser has no place for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Files, and so the list of them as well: both are in memory.
    Files,
    /// The list of jobs: it is in memory, while files are on the disk.
    List,
}

impl Storage {
    /// Whether there may be less room than files of this size need.
    pub fn is_scarce(&self, size: u64) -> bool {
        self.fits == Some(false) || self.free().is_some_and(|free| free < size)
    }

    /// Bytes that may still be written, where that is known.
    pub fn free(&self) -> Option<u64> {
        Some(self.quota?.saturating_sub(self.usage?))
    }
}

/// All that the page shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The input files in their order.
    pub files: Vec<InputFile>,
    /// `None` while there are no files.
    pub inspection: Option<Inspection>,
    /// Why the sample is not among the files.
    pub sample_error: Option<String>,
    pub form: Form,
    /// Whether the person has asked for an export that the form did not allow.
    pub is_submitted: bool,
    /// Why the last request was not granted.
    pub refusal: Option<String>,
    /// Why the last request was not made, though nothing is wrong.
    pub remark: Option<String>,
    /// The newest first.
    pub jobs: Vec<Rc<Job>>,
    /// The job that was started last from here.
    pub started: Option<String>,
    pub storage: Option<Storage>,
    /// What is wrong with the body that was pasted.
    pub paste_fault: Option<String>,
    /// What a screen reader says next.
    pub announcement: String,
    pub focus: Option<Focus>,
}

/// What can happen.
#[derive(Clone, Debug)]
pub enum Action {
    FilesAdded(Vec<InputFile>),
    FileRemoved(u32),
    SampleFailed(String),
    Inspected(Reply),
    Edited(Edit),
    /// Export was asked for while the form has faults.
    Refused,
    /// The job with this id was made.
    Started(String),
    /// The person was asked for a place to save to, and wanted none.
    NotChosen,
    /// A request was not granted, or there was no answer.
    Rejected(String),
    /// The jobs that there are, the time, and the element that has the focus.
    Listed(Vec<Listed>, f64, Option<String>),
    /// The records that a job left out.
    LeftOut(String, Vec<LeftOut>),
    Cancelling(String),
    Checked(String),
    /// What was asked of a job did not work.
    JobFault(String, String),
    JobRemoved(String),
    Cleared,
    Stored(Storage),
    /// The form is to be as it was for a job.
    Repeated(Form),
    /// The form is to be as this request body says.
    Pasted(String),
    Ticked(f64),
    /// Something that only needs saying.
    Said(String),
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut state = Rc::unwrap_or_clone(self);
        state.apply(action);
        Rc::new(state)
    }
}

impl State {
    /// The faults to show: those of entries that were not made yet only once they stand in the way.
    pub fn faults(&self) -> Faults {
        let faults = Faults::of(&self.form, !self.files.is_empty());
        if self.is_submitted {
            faults
        } else {
            faults.without_blanks()
        }
    }

    /// Whether a job runs.
    pub fn is_busy(&self) -> bool {
        self.jobs.iter().any(|job| job.is_active())
    }

    fn apply(&mut self, action: Action) {
        match action {
            Action::FilesAdded(files) => self.add_files(files),
            Action::FileRemoved(id) => self.remove_file(id),
            Action::SampleFailed(why) => {
                self.announcement = show::foreign(&why);
                self.sample_error = Some(why);
            }
            Action::Inspected(reply) => {
                let said = self.inspection.as_mut().and_then(|known| known.hear(reply));
                self.announce(said);
            }
            Action::Edited(edit) => self.edit(edit),
            Action::Refused => self.refuse(),
            Action::Started(id) => {
                self.is_submitted = false;
                self.refusal = None;
                self.remark = None;
                let job = self.jobs.iter().find(|job| job.listed.id == id);
                let said = job.map(|job| format!("Export of {} started.", job.title()));
                self.announce(said);
                self.started = Some(id);
            }
            Action::NotChosen => {
                self.announcement = NOT_CHOSEN.to_owned();
                self.remark = Some(NOT_CHOSEN.to_owned());
            }
            Action::Rejected(why) => {
                self.remark = None;
                self.announcement = show::foreign(&why);
                self.refusal = Some(why);
            }
            Action::Listed(jobs, now, focused) => self.list(jobs, now, focused.as_deref()),
            Action::LeftOut(id, left_out) => {
                if let Some(job) = self.job_mut(&id) {
                    job.left_out = Some(Rc::new(left_out));
                }
            }
            Action::Checked(id) => {
                let said = self.job_mut(&id).map(|job| {
                    job.fault = None;
                    job.news()
                });
                self.announce(said);
            }
            Action::JobFault(id, why) => {
                // The card of a job whose file is gone says so itself.
                if let Some(job) = self.job_mut(&id) {
                    self.announcement = if job.status == job::Status::Lost {
                        job.news()
                    } else {
                        job.fault = Some(why.clone());
                        show::foreign(&why)
                    };
                }
            }
            Action::Cancelling(id) => {
                if let Some(job) = self.job_mut(&id) {
                    job.is_cancelling = true;
                }
            }
            Action::JobRemoved(id) => {
                self.jobs.retain(|job| job.listed.id != id);
                self.announcement = "Export deleted.".to_owned();
                self.focus(EXPORT_BUTTON);
            }
            Action::Cleared => {
                self.jobs.clear();
                self.announcement = "All exports deleted.".to_owned();
                self.focus(EXPORT_BUTTON);
            }
            Action::Stored(storage) => self.storage = Some(storage),
            Action::Repeated(form) => {
                self.form = form;
                if self.files.is_empty() {
                    self.is_submitted = false;
                    self.announcement = WANTS_FILES.to_owned();
                    self.refusal = Some(WANTS_FILES.to_owned());
                    self.focus(Place::Files.element());
                }
            }
            Action::Pasted(text) => self.paste(&text),
            Action::Ticked(now) => {
                for job in self.jobs.iter_mut().filter(|job| job.is_active()) {
                    Rc::make_mut(job).tick(now);
                }
            }
            Action::Said(text) => self.announcement = text,
        }
    }

    /// Takes over the list. Where the focus was on a button that goes, it moves to the next one.
    fn list(&mut self, jobs: Vec<Listed>, now: f64, focused: Option<&str>) {
        let known = std::mem::take(&mut self.jobs);
        for listed in jobs {
            let job = known.iter().find(|job| job.listed.id == listed.id);
            let Some(mut job) = job.cloned() else {
                self.jobs.push(Rc::new(Job::new(listed, now)));
                continue;
            };
            if job.listed != listed {
                let was_active = job.is_active();
                let changed = Rc::make_mut(&mut job);
                let said = changed.update(listed, now);
                self.announce(said);
                let id = &job.listed.id;
                if was_active && !job.is_active() && focused == Some(element(id, "cancel").as_str())
                {
                    let next = match job.status {
                        _ if job.has_file() => "download",
                        _ => "remove",
                    };
                    self.focus(element(id, next));
                }
            }
            self.jobs.push(job);
        }
    }

    /// Fills the form from a request body, or says what is wrong with it.
    fn paste(&mut self, text: &str) {
        match self.read(text) {
            Ok(form) => {
                self.form = form;
                self.paste_fault = None;
                self.announcement = "The form is filled from the JSON body.".to_owned();
            }
            Err(why) => {
                self.announcement = show::foreign(&why);
                self.paste_fault = Some(why);
            }
        }
    }

    fn read(&self, text: &str) -> Result<Form, String> {
        let request = ExportRequest::from_json(text.as_bytes()).map_err(|e| e.to_string())?;
        let plan = Plan::new(&request, &self.form.options()).map_err(|e| e.to_string())?;
        let findings = self.inspection.as_ref().map(|known| &known.findings);
        let found: Vec<_> = findings
            .iter()
            .flat_map(|findings| &findings.connections)
            .map(|found| found.connection.clone())
            .chain(self.form.connection.clone())
            .collect();
        let plan = match (plan.among(&found), &findings) {
            (Err(_), None) => return Err(WANTS_CONNECTIONS.to_owned()),
            (plan, _) => plan.map_err(|e| e.to_string())?,
        };
        let name = plan.connection_name();
        let connection = found.iter().find(|found| Some(found.name.as_str()) == name);
        Ok(self.form.filled(&request, connection.cloned()))
    }

    /// A file that is chosen twice is listed once: its users would be exported twice.
    fn add_files(&mut self, files: Vec<InputFile>) {
        for file in files {
            let is_same = |known: &InputFile| {
                (&known.name, known.size, known.modified) == (&file.name, file.size, file.modified)
            };
            if !self.files.iter().any(is_same) {
                self.files.push(file);
            }
        }
        self.inspection = Some(Inspection::default());
        self.sample_error = None;
        self.refusal = None;
        let many = show::count(self.files.len() as u64, "file");
        self.announcement = format!("{many} chosen.");
    }

    fn remove_file(&mut self, id: u32) {
        let position = self.files.iter().position(|file| file.id == id);
        self.files.retain(|file| file.id != id);
        self.inspection = (!self.files.is_empty()).then(Inspection::default);
        self.announcement = "File removed.".to_owned();
        let next = position.and_then(|position| self.files.get(position).or(self.files.last()));
        self.focus(match next {
            Some(file) => format!("remove-file-{}", file.id),
            None => Place::Files.element(),
        });
    }

    fn edit(&mut self, edit: Edit) {
        let position = match &edit {
            Edit::RemoveRow(id) => self.form.position(*id),
            _ => None,
        };
        self.form.edit(edit.clone());
        self.refusal = None;
        self.remark = None;
        match edit {
            Edit::AddRow => {
                if let Some(row) = self.form.rows.last() {
                    self.focus(Place::RowName(row.id).element());
                }
            }
            Edit::RemoveRow(_) => {
                self.announcement = "Field removed.".to_owned();
                let next = position.and_then(|position| self.form.rows.get(position));
                self.focus(match next {
                    Some(row) => format!("field-{}-remove", row.id),
                    None => ADD_BUTTON.to_owned(),
                });
            }
            Edit::MoveRow(id, direction) => {
                let position = self.form.position(id).unwrap_or_default() + 1;
                self.announcement = format!("Field {position} of {}.", self.form.rows.len());
                let button = match direction {
                    Direction::Up => "up",
                    Direction::Down => "down",
                };
                self.focus(format!("field-{id}-{button}"));
            }
            _ => {}
        }
    }

    fn refuse(&mut self) {
        self.is_submitted = true;
        let faults = self.faults();
        let Some(first) = faults.0.first() else {
            return;
        };
        self.announcement = match faults.0.len() {
            1 => first.text.clone(),
            many => format!("{many} entries need a change. {}", first.text),
        };
        self.focus(first.place.element());
    }

    fn job_mut(&mut self, id: &str) -> Option<&mut Job> {
        let job = self.jobs.iter_mut().find(|job| job.listed.id == id)?;
        Some(Rc::make_mut(job))
    }

    fn announce(&mut self, said: Option<String>) {
        if let Some(said) = said {
            self.announcement = said;
        }
    }

    fn focus(&mut self, element: impl Into<String>) {
        let number = self.focus.as_ref().map_or(0, |focus| focus.number + 1);
        let element = element.into();
        self.focus = Some(Focus { element, number });
    }
}
