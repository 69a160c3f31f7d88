//! What becomes of entries in the form.

use rollcall_core::ExportOptions;

use super::form::{Direction, Edit, Form};
use super::form_error::Input;
use super::inspection::Inspection;
use super::{ADD_BUTTON, State};

const WANTS_FILES: &str = "The form is filled in as before. Choose the files to run it again.";

impl State {
    pub(super) fn edit(&mut self, edit: Edit) {
        let position = match &edit {
            Edit::RemoveRow(id) => self.form.position(*id),
            _ => None,
        };
        self.change_form(|form| form.edit(edit.clone()));
        self.refusal = None;
        self.remark = None;
        match edit {
            Edit::AddRow => {
                if let Some(row) = self.form.rows.last() {
                    self.focus(Input::RowName(row.id).element());
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

    /// Changes the form. The files are looked into again if they are to be read in another way.
    fn change_form(&mut self, change: impl FnOnce(&mut Form)) {
        let reading = self.reading();
        change(&mut self.form);
        if self.reading() != reading && !self.files.is_empty() {
            self.inspection = Some(Inspection::default());
        }
    }

    /// The options that say how the files are read.
    pub fn reading(&self) -> ExportOptions {
        let ExportOptions {
            users_at,
            csv_headings,
            ..
        } = self.form.options.clone();
        ExportOptions {
            users_at,
            csv_headings,
            ..ExportOptions::default()
        }
    }

    pub(super) fn refuse(&mut self) {
        self.is_submitted = true;
        let faults = self.faults();
        let Some(first) = faults.0.first() else {
            return;
        };
        self.announcement = match faults.0.len() {
            1 => first.text.clone(),
            many => format!("{many} entries need a change. {}", first.text),
        };
        self.focus(first.input.element());
    }

    /// Fills the form as it was for a job. Files that are gone have to be chosen again.
    pub(super) fn repeat(&mut self, form: Form) {
        self.change_form(|own| *own = form);
        if self.files.is_empty() {
            self.is_submitted = false;
            self.announcement = WANTS_FILES.to_owned();
            self.refusal = Some(WANTS_FILES.to_owned());
            self.focus(Input::Files.element());
        }
    }
}
