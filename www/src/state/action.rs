//! All that can happen to the page.

use rollcall_core::LeftOut;
use rollcall_core::api::JobDetails;
use rollcall_core::message::Reply;

use super::form::{Edit, Form};
use super::{InputFile, Storage};

/// What can happen.
#[derive(Clone, Debug)]
pub enum Action {
    FilesAdded(Vec<InputFile>),
    FileRemoved(u32),
    SampleFailed(String),
    Inspected(Reply),
    Edited(Edit),
    /// Export was asked for while the form has faults.
    Refused,
    /// The job with this id was made.
    Started(String),
    /// The person was asked for a place to save to, and wanted none.
    NotChosen,
    /// A request was not granted, or there was no answer.
    Rejected(String),
    /// The jobs that there are, the time, and the element that has the focus.
    Listed(Vec<JobDetails>, f64, Option<String>),
    /// The records that a job left out.
    LeftOut(String, Vec<LeftOut>),
    Cancelling(String),
    Checked(String),
    /// What was asked of a job did not work.
    JobFault(String, String),
    JobRemoved(String),
    Cleared,
    Stored(Storage),
    /// The form is to be as it was for a job.
    Repeated(Form),
    /// The form is to be as this request body says.
    Pasted(String),
    Ticked(f64),
    /// Something that only needs saying.
    Said(String),
}
