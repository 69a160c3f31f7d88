//! `--summary`: what a run was asked for and what came of it, as one JSON object.

use std::path::Path;

use rollcall_core::{Error, ExportOptions, ExportRequest, Totals};
use serde::Serialize;

use crate::disk::Disk;
use crate::failure::Failure;
use crate::measure::Measured;
use crate::output::Output;

/// The file of a run that is under way.
pub struct Summary<'a> {
    path: &'a Path,
    output: Output,
    asked: Asked<'a>,
}

/// What a run was asked for.
#[derive(Clone, Debug, Serialize)]
pub struct Asked<'a> {
    pub request: &'a ExportRequest,
    pub options: &'a ExportOptions,
    /// The input files, as they were named.
    pub inputs: Vec<String>,
}

/// What there is to say of a run that has read and written everything.
#[derive(Debug, Serialize)]
pub struct Complete {
    pub totals: Totals,
    pub remarks: Vec<String>,
}

#[derive(Serialize)]
struct Completed<'a> {
    #[serde(flatten)]
    complete: &'a Complete,
    /// The file of the export.
    output: Option<Measured>,
}

#[derive(Serialize)]
struct Failed<'a> {
    failure: &'a Error,
}

/// A summary whose text is certain to find room, if its file is one that can be replaced.
struct Prepared<'a> {
    summary: Summary<'a>,
    text: String,
}

impl<'a> Summary<'a> {
    /// The summary at `path`, of which nothing is seen yet.
    pub fn create(path: &'a Path, asked: Asked<'a>, disk: &dyn Disk) -> Result<Self, Failure> {
        Ok(Self {
            path,
            output: Output::create(path, disk)?,
            asked,
        })
    }

    /// Puts the output of a run that has not failed in its place, and tells how the run has ended.
    ///
    /// A summary that cannot be written fails the run before the output gets its name, unless only
    /// the renaming fails. Of a failed run the failure matters more than that it was written down.
    pub fn conclude(
        self,
        ended: Result<Complete, Failure>,
        output: Output,
        disk: &dyn Disk,
    ) -> Result<Complete, Failure> {
        let complete = match ended {
            Ok(complete) => complete,
            Err(failure) => {
                self.fail(&failure).ok();
                return Err(failure);
            }
        };
        let prepared = self.prepare(&Completed {
            complete: &complete,
            output: output.figures(),
        })?;
        if let Err(failure) = output.complete() {
            prepared.fail(&failure, disk).ok();
            return Err(failure);
        }
        prepared.complete()?;
        Ok(complete)
    }

    fn prepare(mut self, completed: &Completed<'_>) -> Result<Prepared<'a>, Failure> {
        let text = self.text(completed);
        if self.output.is_hidden() {
            self.output.write(text.as_bytes())?;
            self.output.settle()?;
        }
        Ok(Prepared {
            summary: self,
            text,
        })
    }

    /// Says why the run has failed.
    fn fail(mut self, failure: &Failure) -> Result<(), Failure> {
        let text = self.text(&Failed {
            failure: &failure.error(),
        });
        self.output.write(text.as_bytes())?;
        self.output.complete()
    }

    fn text(&self, outcome: &impl Serialize) -> String {
        #[derive(Serialize)]
        struct Both<'a, T> {
            #[serde(flatten)]
            asked: &'a Asked<'a>,
            #[serde(flatten)]
            outcome: &'a T,
        }
        let both = Both {
            asked: &self.asked,
            outcome,
        };
        let mut text = serde_json::to_string(&both).expect("text and numbers have a JSON form");
        text.push('\n');
        text
    }
}

impl Prepared<'_> {
    /// Shows the summary.
    fn complete(self) -> Result<(), Failure> {
        let Self { summary, text } = self;
        let mut output = summary.output;
        if output.is_hidden() {
            return output.publish();
        }
        output.write(text.as_bytes())?;
        output.complete()
    }

    /// Says instead why the run has failed after all.
    fn fail(self, failure: &Failure, disk: &dyn Disk) -> Result<(), Failure> {
        let Summary {
            path,
            output,
            asked,
        } = self.summary;
        let summary = match output.is_hidden() {
            true => Summary::create(path, asked, disk)?,
            false => Summary {
                path,
                output,
                asked,
            },
        };
        summary.fail(failure)
    }
}
