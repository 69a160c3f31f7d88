//! The state of the page, which has one way to change: an [`Action`].

use std::rc::Rc;

use yew::Reducible;

mod action;
pub mod api_call;
mod ask;
mod editing;
mod files;
mod focus;
pub mod form;
pub mod form_error;
pub mod inspection;
pub mod job;
mod job_list;
mod pasted;
mod storage;
#[cfg(test)]
mod tests;

use crate::show;
pub use action::Action;
pub use ask::Ask;
pub use files::InputFile;
use focus::Focus;
pub use focus::{ADD_BUTTON, SUBMIT};
use form::Form;
use form_error::FormErrors;
use inspection::Inspection;
use job::Job;
pub use storage::{Lack, Storage};

const NOT_CHOSEN: &str = "No location chosen, so nothing was exported.";

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
    pub fn faults(&self) -> FormErrors {
        let faults = self.faults_of(&self.form);
        if self.is_submitted {
            faults
        } else {
            faults.without_blanks()
        }
    }

    /// All that keeps a form from being exported.
    pub fn faults_of(&self, form: &Form) -> FormErrors {
        FormErrors::of(form, self.files_fault(form))
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
                self.choose_list();
            }
            Action::Edited(edit) => self.edit(edit),
            Action::Pasted(text) => self.paste(&text),
            Action::Repeated(form) => self.repeat(form),
            Action::Refused => self.refuse(),
            Action::NotChosen => {
                self.announcement = NOT_CHOSEN.to_owned();
                self.remark = Some(NOT_CHOSEN.to_owned());
            }
            Action::Rejected(why) => {
                self.remark = None;
                self.announcement = show::foreign(&why);
                self.refusal = Some(why);
            }
            Action::Started(id) => self.start(id),
            Action::Listed(jobs, now, focused) => self.list(jobs, now, focused.as_deref()),
            Action::LeftOut(id, left_out) => self.keep_left_out(&id, left_out),
            Action::Checked(id) => self.say_news(&id),
            Action::JobFault(id, why) => self.fault_job(&id, why),
            Action::Cancelling(id) => self.cancel_job(&id),
            Action::JobRemoved(id) => self.remove_job(&id),
            Action::Cleared => self.clear_jobs(),
            Action::Stored(storage) => self.storage = Some(storage),
            Action::Ticked(now) => self.tick(now),
            Action::Said(text) => self.announcement = text,
        }
    }

    fn announce(&mut self, said: Option<String>) {
        if let Some(said) = said {
            self.announcement = said;
        }
    }
}
