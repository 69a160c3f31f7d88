//! Changes of the form.

use rollcall_core::{ExportOptions, Format};

use super::{Form, Row, Wanted};

/// A change of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    Tenant(String),
    Connection(Option<Wanted>),
    Format(Format),
    DefaultFields(bool),
    AddRow,
    RowName(u32, String),
    RowTitle(u32, String),
    MoveRow(u32, Direction),
    RemoveRow(u32),
    Limit(String),
    Sample(bool),
    Options(ExportOptions),
}

/// Where a row moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

impl Form {
    /// The change of an option.
    pub fn option(&self, change: impl FnOnce(&mut ExportOptions)) -> Edit {
        let mut options = self.options.clone();
        change(&mut options);
        Edit::Options(options)
    }

    /// Applies a change.
    pub fn edit(&mut self, edit: Edit) {
        match edit {
            Edit::Tenant(text) => self.tenant = text,
            Edit::Connection(connection) => self.connection = connection,
            Edit::Format(format) => self.format = format,
            Edit::DefaultFields(included) => self.default_fields = included,
            Edit::AddRow => {
                let id = self.next_row;
                self.next_row += 1;
                self.rows.push(Row {
                    id,
                    ..Row::default()
                });
            }
            Edit::RowName(id, text) => {
                if let Some(row) = self.row_mut(id) {
                    row.name = text;
                }
            }
            Edit::RowTitle(id, text) => {
                if let Some(row) = self.row_mut(id) {
                    row.title = text;
                }
            }
            Edit::MoveRow(id, direction) => {
                let to = self.position(id).and_then(|from| match direction {
                    Direction::Up => from.checked_sub(1).map(|to| (from, to)),
                    Direction::Down => Some((from, from + 1)).filter(|p| p.1 < self.rows.len()),
                });
                if let Some((from, to)) = to {
                    self.rows.swap(from, to);
                }
            }
            Edit::RemoveRow(id) => self.rows.retain(|row| row.id != id),
            Edit::Limit(text) => self.limit = text,
            Edit::Sample(sample) => self.sample = sample,
            Edit::Options(options) => self.options = options,
        }
    }

    /// Index of a row.
    pub fn position(&self, id: u32) -> Option<usize> {
        self.rows.iter().position(|row| row.id == id)
    }

    fn row_mut(&mut self, id: u32) -> Option<&mut Row> {
        self.rows.iter_mut().find(|row| row.id == id)
    }
}
