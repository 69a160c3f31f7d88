//! What is known about the chosen files before they are exported.

use rollcall_core::message::Reply;
use rollcall_core::{Error, ErrorCode, Findings, FoundList, Progress};

use crate::show;

/// The pass over the chosen files, and what it found so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inspection {
    pub findings: Findings,
    pub progress: Progress,
    pub stage: Stage,
}

/// How far the pass is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Stage {
    #[default]
    Reading,
    Whole,
    Failed(Error),
}

impl Inspection {
    /// Takes in what the worker said, and returns what is worth saying aloud.
    pub fn hear(&mut self, reply: Reply) -> Option<String> {
        match reply {
            Reply::Progress { progress, .. } => {
                self.progress = progress;
                None
            }
            Reply::Inspected { findings, is_whole } => {
                self.findings = findings;
                if !is_whole {
                    return None;
                }
                self.stage = Stage::Whole;
                if self.is_empty() {
                    return Some("Found no users.".to_owned());
                }
                if self.is_unreadable() {
                    return Some(self.nothing_read());
                }
                Some(format!(
                    "Found {} of {}.",
                    show::count(self.users(), "user"),
                    show::count(self.findings.connection_count, "connection")
                ))
            }
            Reply::Failed { error } => {
                let text = show::foreign(&error.to_string());
                self.stage = Stage::Failed(error);
                Some(format!("Couldn't read the files: {text}"))
            }
            // Belong to a worker that exports.
            Reply::Completing | Reply::Completed { .. } | Reply::Cancelled => None,
        }
    }

    /// Users found so far.
    pub fn users(&self) -> u64 {
        let (read, left_out) = match self.stage {
            Stage::Whole => (self.findings.read, self.findings.left_out),
            _ => (self.progress.read, self.progress.left_out),
        };
        read.saturating_sub(left_out)
    }

    /// Whether more may be found.
    pub fn is_reading(&self) -> bool {
        self.stage == Stage::Reading
    }

    /// Whether the files hold no user, not even an unreadable one.
    pub fn is_empty(&self) -> bool {
        self.stage == Stage::Whole && self.findings.read == 0
    }

    /// Whether there are records, and none of them can be read.
    pub fn is_unreadable(&self) -> bool {
        self.stage == Stage::Whole && self.findings.read > 0 && self.users() == 0
    }

    /// What is said of records of which none can be read.
    pub fn nothing_read(&self) -> String {
        match self.findings.read {
            1 => "The only record cannot be read.".to_owned(),
            many => format!("None of the {} can be read.", show::count(many, "record")),
        }
    }

    /// Whether all connections are listed that the files hold.
    pub fn lists_all(&self) -> bool {
        let listed = self.findings.connections.len() as u64;
        self.stage == Stage::Whole && self.findings.connection_count <= listed
    }

    /// The lists that may hold the users, of the file that was read or cannot be.
    pub fn lists(&self) -> &[FoundList] {
        match &self.stage {
            Stage::Failed(error) => &error.lists,
            _ => &self.findings.lists,
        }
    }

    /// Whether the files cannot be read, for this reason.
    pub fn fails_with(&self, code: ErrorCode) -> bool {
        matches!(&self.stage, Stage::Failed(error) if error.code == code)
    }

    /// The list that is most likely the users, where the files were not read by one: they failed for
    /// it, or hold one object that is no user for sure.
    pub fn best_list(&self) -> Option<&FoundList> {
        let is_one_object = self.stage == Stage::Whole && self.findings.read == 1;
        let is_open = is_one_object && self.findings.at.is_none();
        let lists = self.lists().iter();
        lists
            .filter(|list| list.length != Some(0))
            .filter(|_| is_open || self.fails_with(ErrorCode::BadLayout))
            .max_by_key(|list| {
                let at = list.at.to_lowercase();
                let names_people = ["user", "member", "account", "people", "person"]
                    .into_iter()
                    .any(|word| at.contains(word));
                (names_people, list.length)
            })
    }

    /// What is wrong with a file, and its place among the files. What fails outside of them is
    /// not meant: an export may fare better.
    pub fn faulty_file(&self) -> Option<(usize, &Error)> {
        let Stage::Failed(error) = &self.stage else {
            return None;
        };
        let is_in_file = match error.code {
            ErrorCode::BadEncoding
            | ErrorCode::BadLayout
            | ErrorCode::BadGzip
            | ErrorCode::BadRecord
            | ErrorCode::RecordTooLarge => true,
            // Only what is read has bytes that can be named.
            ErrorCode::Io => error.byte.is_some(),
            ErrorCode::BadRequest | ErrorCode::StorageFull => false,
        };
        let index = error.file.as_ref().map_or(0, |file| file.index);
        is_in_file.then_some((index, error))
    }
}
