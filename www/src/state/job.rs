//! One export job: what the list of the API says of it, and what the page adds.

use std::rc::Rc;

use rollcall_core::job::{Export, Input};
use rollcall_core::{
    Connection, Error, ExportOptions, ExportRequest, FieldSpec, Format, LeftOut, Progress,
};
use serde::Deserialize;

use super::form;
use crate::show;

/// Seconds without any progress after which a job counts as stalled.
pub const PATIENCE: f64 = 30.0;

/// The rows, besides the heading, that Excel reads from a CSV file.
pub const EXCEL_ROWS: u64 = 1_048_575;

/// `id` of the element that is a part of a job's card.
pub fn element(id: &str, part: &str) -> String {
    format!("{id}-{part}")
}

/// A job as `GET /api/v2/jobs` lists it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Listed {
    pub id: String,
    status: Word,
    connection_id: Option<String>,
    #[serde(default)]
    format: Format,
    pub limit: Option<u64>,
    fields: Option<Vec<FieldSpec>>,
    connection: Option<String>,
    pub created_at: String,
    /// Seconds until the file is deleted.
    pub expires_in: u64,
    /// Empty once the job has expired.
    file_name: String,
    /// The file that it writes directly.
    pub saved_as: Option<String>,
    pub input: Input,
    pub options: ExportOptions,
    #[serde(default)]
    pub percentage_done: u8,
    pub time_left_seconds: Option<u64>,
    status_details: Option<String>,
    #[serde(default)]
    pub progress: Progress,
    export: Option<Export>,
    failure: Option<Error>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    Pending,
    Processing,
    Completed,
    Failed,
    Expired,
}

/// Where a job stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    /// Waits for its turn.
    Pending,
    Processing,
    Completed(Export),
    Failed(Error),
    /// Failed because the person said so.
    Cancelled,
    /// Failed because the tab that ran it was closed.
    Interrupted,
    /// Failed since the browser has deleted its file.
    Lost,
    /// Failed since what was kept of it makes no sense.
    Unreadable,
    Expired,
}

/// A job.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    pub listed: Listed,
    pub status: Status,
    /// Why the last thing that was asked of it did not work.
    pub fault: Option<String>,
    /// The records left out, once they were asked for.
    pub left_out: Option<Rc<Vec<LeftOut>>>,
    pub is_stalled: bool,
    pub is_cancelling: bool,
    /// Whether it runs anew, since the tab that ran it was closed.
    pub is_restarted: bool,
    /// When its run was first seen, and how much it had read by then.
    first_seen: Option<(f64, u64)>,
    /// When something of it has changed last.
    changed_at: f64,
}

impl Job {
    /// A job that was not known before. Times are in seconds of a clock that never goes back.
    pub fn new(listed: Listed, now: f64) -> Self {
        let mut job = Self {
            status: listed.status(),
            listed,
            fault: None,
            left_out: None,
            is_stalled: false,
            is_cancelling: false,
            is_restarted: false,
            first_seen: None,
            changed_at: now,
        };
        job.watch(now);
        job
    }

    /// Whether it is still to end.
    pub fn is_active(&self) -> bool {
        matches!(self.status, Status::Pending | Status::Processing)
    }

    /// Whether there is a file to download.
    pub fn has_file(&self) -> bool {
        matches!(self.status, Status::Completed(_)) && self.listed.saved_as.is_none()
    }

    /// The name of its file, or what else it is called.
    pub fn title(&self) -> &str {
        match (&self.listed.saved_as, self.listed.file_name.as_str()) {
            (Some(name), _) => name,
            (None, "") => &self.listed.id,
            (None, name) => name,
        }
    }

    /// Takes in what the list says now, and returns what is worth saying aloud.
    pub fn update(&mut self, listed: Listed, now: f64) -> Option<String> {
        if listed == self.listed {
            return None;
        }
        let was_active = self.is_active();
        let tenths = (
            self.listed.percentage_done / 10,
            listed.percentage_done / 10,
        );
        let is_restarted = listed.progress.bytes_in < self.listed.progress.bytes_in;
        self.status = listed.status();
        self.listed = listed;
        self.changed_at = now;
        self.is_stalled = false;
        if is_restarted && self.is_active() {
            self.is_restarted = true;
            self.first_seen = None;
            self.watch(now);
            let name = self.title();
            return Some(format!("Export of {name} runs again from the start."));
        }
        self.watch(now);
        if was_active && !self.is_active() {
            return Some(self.news());
        }
        // Every tenth of the way is announced once.
        (self.is_active() && tenths.1 > tenths.0)
            .then(|| format!("{}: {} %", self.title(), tenths.1 * 10))
    }

    /// Notes that time has passed.
    pub fn tick(&mut self, now: f64) {
        self.is_stalled = self.status == Status::Processing && now - self.changed_at >= PATIENCE;
    }

    /// Where it stands, in a sentence.
    pub fn news(&self) -> String {
        let name = self.title();
        match &self.status {
            Status::Pending => format!("Export of {name} waits for its turn."),
            Status::Processing => format!("{name}: {} %", self.listed.percentage_done),
            Status::Completed(export) => {
                let users = show::count(export.totals.exported, "user");
                let place = if self.has_file() { "" } else { " and saved" };
                format!("{name} is complete: {users} exported{place}.")
            }
            Status::Failed(error) => {
                format!("Export of {name} failed: {}", show::foreign(&error.message))
            }
            Status::Cancelled => format!("Export of {name} cancelled."),
            Status::Interrupted => format!("Export of {name} was interrupted."),
            Status::Lost => format!("The file of {name} is gone."),
            Status::Unreadable => format!("Export {name} cannot be read."),
            Status::Expired => format!("Export {name} has expired."),
        }
    }

    /// How fast it reads, in words.
    pub fn speed(&self) -> Option<String> {
        let (at, bytes) = self.first_seen?;
        let read = self.listed.progress.bytes_in.saturating_sub(bytes);
        show::speed(read, self.changed_at - at)
    }

    /// What was asked for, in a few words.
    pub fn summary(&self) -> String {
        let listed = &self.listed;
        let fields = listed.fields.as_ref().map_or(0, Vec::len);
        let connection = listed.connection.as_ref().or(listed.connection_id.as_ref());
        form::summary(
            listed.format,
            connection.map(String::as_str),
            fields,
            listed.limit,
        )
    }

    /// The request that made it.
    pub fn request(&self) -> ExportRequest {
        ExportRequest {
            connection_id: self.listed.connection_id.clone(),
            format: Some(self.listed.format),
            limit: self.listed.limit,
            fields: self.listed.fields.clone(),
        }
    }

    /// The connection whose users it exports.
    pub fn connection(&self) -> Option<Connection> {
        let name = self.listed.connection.clone()?;
        let id = self.listed.connection_id.clone();
        Some(Connection {
            id: id.unwrap_or_else(|| Connection::named(&name).id),
            name,
        })
    }

    /// The tenant that its file is named after.
    pub fn tenant(&self) -> &str {
        let name = &self.listed.file_name;
        name.split_once('.').map_or(name, |(tenant, _)| tenant)
    }

    /// How many records were left out so far, or of the whole.
    pub fn left_out_count(&self) -> u64 {
        match &self.status {
            Status::Completed(export) => export.totals.left_out,
            _ => self.listed.progress.left_out,
        }
    }

    /// What to know about the complete file before it is used.
    pub fn warnings(&self) -> Vec<String> {
        let Status::Completed(Export { totals, .. }) = &self.status else {
            return Vec::new();
        };
        let mut warnings = Vec::new();
        let mut warn = |applies: bool, text: String| {
            if applies {
                warnings.push(text);
            }
        };
        let duplicates = show::count(totals.duplicate_keys, "user");
        warn(
            totals.duplicate_keys > 0,
            format!("{duplicates} had an exported key twice; the last one counted."),
        );
        let cells = show::count(totals.replaced_surrogates, "cell");
        warn(
            totals.replaced_surrogates > 0,
            format!("{cells} held half of a character, which was written as \u{fffd}."),
        );
        let cells = show::count(totals.long_cells, "cell");
        warn(
            totals.long_cells > 0,
            format!("{cells} longer than 32,767 characters: Excel cuts the text there."),
        );
        warn(
            self.listed.format == Format::Csv && totals.exported > EXCEL_ROWS,
            format!(
                "The file has more rows than the {} that Excel shows.",
                show::number(EXCEL_ROWS + 1)
            ),
        );
        warnings
    }

    fn watch(&mut self, now: f64) {
        if self.status == Status::Processing && self.first_seen.is_none() {
            self.first_seen = Some((now, self.listed.progress.bytes_in));
        }
    }
}

impl Listed {
    fn status(&self) -> Status {
        let details = self.status_details.as_deref().unwrap_or_default();
        match (self.status, &self.export) {
            (Word::Pending, _) => Status::Pending,
            (Word::Processing, _) => Status::Processing,
            (Word::Completed, Some(export)) => Status::Completed(export.clone()),
            (Word::Expired, _) => Status::Expired,
            // A failure of the run itself says so; the others are no doing of its own.
            (Word::Failed, _) if self.failure.is_none() && details == "Cancelled" => {
                Status::Cancelled
            }
            (Word::Failed, _) if self.failure.is_none() && details.starts_with("interrupted") => {
                Status::Interrupted
            }
            (Word::Failed, _) if self.failure.is_none() && details.starts_with("lost: ") => {
                Status::Lost
            }
            (Word::Failed, _) if self.failure.is_none() && details.starts_with("unreadable: ") => {
                Status::Unreadable
            }
            (Word::Failed | Word::Completed, _) => {
                Status::Failed(self.failure.clone().unwrap_or_else(|| Error::io(details)))
            }
        }
    }
}
