//! What is known about the chosen files before they are exported.

use rollcall_core::message::Reply;
use rollcall_core::{Error, Findings, Progress};

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
                let connections = self.findings.connections.len() as u64;
                Some(format!(
                    "Found {} of {}.",
                    show::count(self.users(), "user"),
                    show::count(connections, "connection")
                ))
            }
            Reply::Failed { error } => {
                let text = format!(
                    "Looking into the files failed: {}",
                    show::foreign(&error.message)
                );
                self.stage = Stage::Failed(error);
                Some(text)
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
}
