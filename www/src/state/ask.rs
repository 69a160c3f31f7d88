//! All that a person can ask of the jobs.

use std::rc::Rc;

use super::job::Job;

/// What can be asked of a job, by its id, or of all.
#[derive(Clone, Debug)]
pub enum Ask {
    Cancel(String),
    Check(String),
    /// With the name of the file.
    Download(String, String),
    LeftOut(String),
    Remove(String),
    /// To run once more.
    Repeat(Rc<Job>),
    Clear,
}
