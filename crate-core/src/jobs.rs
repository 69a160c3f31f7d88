//! The API of the jobs, as Auth0 has it: requests in, answers and effects out.
//!
//! | request | answer |
//! | --- | --- |
//! | `POST /api/v2/jobs/users-exports` | the new job |
//! | `GET /api/v2/jobs` | all jobs, newest first (not in Auth0's API) |
//! | `GET /api/v2/jobs/{id}` | a job |
//! | `GET /api/v2/jobs/{id}/errors` | the records left out, or 204 |
//! | `POST /api/v2/jobs/{id}/cancel` | the job, which has failed now (not in Auth0's API) |
//! | `DELETE /api/v2/jobs/{id}`, `DELETE /api/v2/jobs` | 204 (not in Auth0's API) |
//! | `GET /api/v2/connections` | the connections |
//! | `GET` of a job's `location` | the file |
//!
//! What stands beside Auth0's request body ([`ExportOptions`]) goes into the query of the `POST`:
//! `?csv_profile=excel&gzip=true`.

mod access;
mod answer;
mod create;
mod expiry;
mod failure;
pub mod job;
mod kept;
mod link;
mod request;
mod routes;
mod runs;
pub mod tenant;
pub mod timestamp;
mod view;

use std::collections::HashMap;

use crate::error::RequestError;
use crate::jobs::job::{Input, Job, JobId};
use crate::jobs::tenant::TenantName;
use crate::jobs::timestamp::SteadyClock;
use crate::plan::Plan;
use crate::plan::connection::Connection;
pub use access::Access;
pub use answer::{Answer, Body};
pub use failure::{Failure, Reason};
pub use link::LINK_LIFETIME;
use link::Links;
pub use request::ApiRequest;
use runs::Started;
pub use runs::{Capacity, MAX_LEFT_OUT};
pub use view::{JobDetails, JobView, Kind, StatusName, Summary};

/// What the runner must do, in this order, once it has the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Start the job's run.
    Start(JobId),
    /// Stop the job's run and remove what it wrote.
    Stop(JobId),
    /// Keep the job's record.
    Save(JobId),
    /// Remove the job's file.
    RemoveFile(JobId),
    /// Remove the job's record.
    Forget(JobId),
}

/// One tenant with its jobs.
#[derive(Debug)]
pub struct Tenant {
    name: TenantName,
    base_url: String,
    access: Access,
    capacity: Capacity,
    /// That of the next job.
    input: Input,
    /// The file that the next job writes directly, if a person chose one.
    saved_as: Option<String>,
    /// `None` until it is known which there are.
    connections: Option<Vec<Connection>>,
    /// Oldest first.
    jobs: Vec<Job>,
    runs: HashMap<JobId, Started>,
    links: Links,
    clock: SteadyClock,
}

impl Tenant {
    /// A tenant whose links begin with `base_url` (without a slash at its end).
    pub fn new(name: TenantName, base_url: &str, access: Access, capacity: Capacity) -> Self {
        Self {
            name,
            base_url: base_url.to_owned(),
            access,
            capacity,
            input: Input::default(),
            saved_as: None,
            connections: None,
            jobs: Vec::new(),
            runs: HashMap::new(),
            links: Links::default(),
            clock: SteadyClock::default(),
        }
    }

    /// Tells which connections there are, or that nobody knows: then users have to show that the
    /// one exists that a job asks for.
    pub fn set_connections(&mut self, connections: impl Into<Option<Vec<Connection>>>) {
        self.connections = connections.into();
    }

    /// Tells what the next jobs read and whose name their files bear, where that changes from job
    /// to job.
    pub fn set_input(&mut self, name: TenantName, input: Input) {
        self.name = name;
        self.input = input;
    }

    /// Tells the name of the file that the next jobs write directly, or that they write none.
    pub fn set_saved_as(&mut self, name: Option<String>) {
        self.saved_as = name;
    }

    /// The jobs, newest first.
    pub fn jobs(&self) -> impl Iterator<Item = &Job> {
        self.jobs.iter().rev()
    }

    /// A job.
    pub fn job(&self, id: &JobId) -> Option<&Job> {
        self.jobs.iter().find(|job| job.id == *id)
    }

    /// The plan of a job, to run it.
    ///
    /// # Errors
    /// The connection has ceased to exist since the job was made.
    pub fn plan(&self, job: &Job) -> Result<Plan, RequestError> {
        Plan::new(&job.request, &job.options)?.among_known(self.connections.as_deref())
    }
}
