//! Auth0's jobs API: requests in, answers and effects out.
//!
//! | request | answer |
//! | --- | --- |
//! | `POST /api/v2/jobs/users-exports` | the new job |
//! | `GET /api/v2/jobs` | all jobs, newest first (not in Auth0's API) |
//! | `GET /api/v2/jobs/{id}` | a job |
//! | `GET /api/v2/jobs/{id}/errors` | the records left out, or 204 |
//! | `POST /api/v2/jobs/{id}/cancel` | the job, now failed (not in Auth0's API) |
//! | `DELETE /api/v2/jobs/{id}`, `DELETE /api/v2/jobs` | 204 (not in Auth0's API) |
//! | `GET /api/v2/connections` | the connections |
//! | `GET` of a job's `location` | the file |
//!
//! The options outside Auth0's request body ([`ExportOptions`]) go into the query of the `POST`:
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

/// What the runner must do, in order, once it has the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Start the job's run.
    Start(JobId),
    /// Stop the job's run and remove its output.
    Stop(JobId),
    /// Store the job's record.
    Save(JobId),
    /// Remove the job's file.
    RemoveFile(JobId),
    /// Remove the job's record.
    Forget(JobId),
}

/// A tenant with its jobs.
#[derive(Debug)]
pub struct Tenant {
    name: TenantName,
    base_url: String,
    access: Access,
    capacity: Capacity,
    /// The input of the next job.
    input: Input,
    /// The file that the next job writes directly, if any.
    saved_as: Option<String>,
    /// `None` until known.
    connections: Option<Vec<Connection>>,
    /// Oldest first.
    jobs: Vec<Job>,
    runs: HashMap<JobId, Started>,
    links: Links,
    clock: SteadyClock,
}

impl Tenant {
    /// A tenant whose links start with `base_url` (without a trailing slash).
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

    /// Sets the list of connections, or `None` if unknown: then a requested connection exists only if
    /// a user belongs to it.
    pub fn set_connections(&mut self, connections: impl Into<Option<Vec<Connection>>>) {
        self.connections = connections.into();
    }

    /// Sets the input and the tenant name, which names the files, of the next jobs.
    pub fn set_input(&mut self, name: TenantName, input: Input) {
        self.name = name;
        self.input = input;
    }

    /// Sets the name of the file that the next jobs write directly, if any.
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

    /// The plan for running a job.
    ///
    /// # Errors
    /// The connection has been deleted since the job was created.
    pub fn plan(&self, job: &Job) -> Result<Plan, RequestError> {
        Plan::new(&job.request, &job.options)?.among_known(self.connections.as_deref())
    }
}
