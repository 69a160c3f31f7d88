//! The chosen files.

use super::State;
use super::form::Form;
use super::form_error::Input;
use super::inspection::Inspection;
use crate::show;

/// A chosen file. The handle to its bytes is kept by the [`crate::runner::Runner`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    pub id: u32,
    pub name: String,
    pub size: u64,
    /// Milliseconds since 1970.
    pub modified: i64,
}

impl State {
    /// A file that is chosen twice is listed once, as its users would be exported twice. The later
    /// choice counts: the earlier one may no longer be readable.
    pub(super) fn add_files(&mut self, files: Vec<InputFile>) {
        for file in files {
            let is_same = |known: &&mut InputFile| {
                (&known.name, known.size, known.modified) == (&file.name, file.size, file.modified)
            };
            match self.files.iter_mut().find(is_same) {
                Some(known) => *known = file,
                None => self.files.push(file),
            }
        }
        self.inspection = Some(Inspection::default());
        self.sample_error = None;
        self.refusal = None;
        let many = show::count(self.files.len() as u64, "file");
        self.announcement = format!("{many} chosen.");
    }

    /// Reads the files by the list that is most likely the users, unless a choice was made. The
    /// person sees it, and may choose another one.
    pub(super) fn choose_list(&mut self) {
        let best = self.inspection.as_ref().and_then(Inspection::best_list);
        if let Some(list) = best.filter(|_| self.form.options.users_at.is_none()) {
            self.announcement = format!("Reading the list {}.", show::foreign(&list.at));
            self.form.options.users_at = Some(list.at.clone());
            self.inspection = Some(Inspection::default());
        }
    }

    /// Why the files cannot be exported with this form.
    pub(super) fn files_fault(&self, form: &Form) -> Option<String> {
        if self.files.is_empty() {
            return Some("Choose a file with users first.".to_owned());
        }
        let inspection = self.inspection.as_ref()?;
        let (index, _) = inspection.faulty_file()?;
        let name = show::foreign(&self.files.get(index)?.name);
        let text = format!("Remove or replace {name}: it cannot be read.");
        if inspection.users() == 0 {
            return Some(text);
        }
        let is_all = form.limit().is_ok_and(|limit| limit.is_none());
        is_all.then(|| format!("{text} Or set a limit to export only users before the error."))
    }

    pub(super) fn remove_file(&mut self, id: u32) {
        let position = self.files.iter().position(|file| file.id == id);
        self.files.retain(|file| file.id != id);
        self.inspection = (!self.files.is_empty()).then(Inspection::default);
        if self.files.is_empty() {
            // Another file has its users elsewhere.
            self.form.options.users_at = None;
            self.form.options.csv_headings = None;
        }
        self.announcement = "File removed.".to_owned();
        let next = position.and_then(|position| self.files.get(position).or(self.files.last()));
        self.focus(match next {
            Some(file) => format!("remove-file-{}", file.id),
            None => Input::Files.element(),
        });
    }
}
