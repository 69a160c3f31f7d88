//! The state of the page and all that can happen to it.

use std::rc::Rc;

use rollcall_core::message::Reply;
use yew::Reducible;

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
use job::{Job, Start};

/// `id` of the button that starts an export.
pub const EXPORT_BUTTON: &str = "export";

/// `id` of the button that adds a row.
pub const ADD_BUTTON: &str = "add-field";

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
    /// The newest first.
    pub jobs: Vec<Rc<Job>>,
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
    Started(Start),
    /// The worker of the job with this id said something; with the time.
    Heard(String, Reply, f64),
    Cancelling(String),
    JobRemoved(String),
    Ticked(f64),
    Focused(String),
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
                self.announcement.clone_from(&why);
                self.sample_error = Some(why);
            }
            Action::Inspected(reply) => {
                let said = self.inspection.as_mut().and_then(|known| known.hear(reply));
                self.announce(said);
            }
            Action::Edited(edit) => self.edit(edit),
            Action::Refused => self.refuse(),
            Action::Started(start) => {
                self.is_submitted = false;
                self.announcement = format!("Export of {} started.", start.file_name);
                self.jobs.insert(0, Rc::new(Job::new(start)));
            }
            Action::Heard(id, reply, now) => {
                let said = self.job_mut(&id).and_then(|job| job.hear(reply, now));
                self.announce(said);
            }
            Action::Cancelling(id) => {
                if let Some(job) = self.job_mut(&id) {
                    job.is_cancelling = true;
                }
            }
            Action::JobRemoved(id) => {
                self.jobs.retain(|job| job.start.id != id);
                self.announcement = "Export removed.".to_owned();
                self.focus(EXPORT_BUTTON);
            }
            Action::Ticked(now) => {
                for job in self.jobs.iter_mut().filter(|job| job.is_active()) {
                    Rc::make_mut(job).tick(now);
                }
            }
            Action::Focused(element) => self.focus(element),
        }
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
        let job = self.jobs.iter_mut().find(|job| job.start.id == id)?;
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
