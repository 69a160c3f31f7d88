//! The chosen files.

use super::State;
use super::fault::Place;
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
    /// A file that is chosen twice is listed once: its users would be exported twice.
    pub(super) fn add_files(&mut self, files: Vec<InputFile>) {
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

    pub(super) fn remove_file(&mut self, id: u32) {
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
}
