//! What is said of a job.

use rollcall_core::Error;
use rollcall_core::api::{Failure, Reason};

use super::{Job, Status};
use crate::show;
use crate::state::form::{self, Wanted};

impl Job {
    /// The name of its file, or what else it is called.
    pub fn title(&self) -> &str {
        match (&self.listed.saved_as, self.listed.file_name.as_str()) {
            (Some(name), _) => name,
            (None, "") => &self.listed.view.id,
            (None, name) => name,
        }
    }

    /// What was asked for, in a few words.
    pub fn summary(&self) -> String {
        let listed = &self.listed;
        let fields = listed.view.fields.as_ref().map_or(0, Vec::len);
        let connection = self.connection();
        form::summary(
            self.format(),
            connection.as_ref().map(Wanted::name),
            fields,
            listed.view.limit,
        )
    }

    /// Where it stands, in a sentence.
    pub fn news(&self) -> String {
        let name = self.title();
        match &self.status {
            Status::Pending => format!("Export of {name} is waiting for its turn."),
            Status::Processing => format!("{name}: {} %", self.percentage_done()),
            Status::Completed(export) => {
                let users = show::count(export.totals.exported, "user");
                let place = if self.has_file() { "" } else { " and saved" };
                format!("{name} is complete: {users} exported{place}.")
            }
            Status::Failed(Failure::Error(error)) => {
                format!(
                    "Export of {name} failed: {}",
                    show::foreign(&error.to_string())
                )
            }
            Status::Failed(Failure::Reason(reason)) => match reason {
                Reason::Cancelled => format!("Export of {name} cancelled."),
                Reason::Interrupted => format!("Export of {name} was interrupted."),
                Reason::Lost => format!("The file of {name} is gone."),
                Reason::Unreadable => format!("Export {name} cannot be read."),
            },
            Status::Expired => format!("Export {name} has expired."),
        }
    }

    /// The name of the input file that failed, where there are several.
    pub fn file_of(error: &Error) -> Option<String> {
        Some(show::visible(&error.file.as_ref()?.name))
    }

    /// How fast it reads, in words.
    pub fn speed(&self) -> Option<String> {
        let (at, bytes) = self.first_seen?;
        let read = self.progress().bytes_in.saturating_sub(bytes);
        show::speed(read, self.changed_at - at)
    }

    /// What to know about the complete file before it is used.
    pub fn warnings(&self) -> Vec<String> {
        let summary = self.listed.view.summary.iter();
        let remarks = summary.flat_map(|summary| &summary.remarks);
        remarks.map(|remark| show::visible(remark)).collect()
    }
}
