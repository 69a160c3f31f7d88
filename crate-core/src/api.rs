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

mod answer;
mod kept;
mod link;

use std::collections::HashMap;

use crate::connection::Connection;
use crate::error::{Error, LeftOut, RequestError};
use crate::job::{Export, Input, Job, JobId, LIFETIME, Run, Status};
use crate::options::ExportOptions;
use crate::plan::Plan;
use crate::progress::{Progress, Rate};
use crate::request::ExportRequest;
use crate::tenant::TenantName;
use crate::timestamp::{Moment, SteadyClock};
pub use answer::{Answer, Body};
use link::Links;

/// The scope that all requests need.
const SCOPE: &str = "read:users";

/// The most records left out that a job keeps; all are counted.
pub const MAX_LEFT_OUT: usize = 1000;

/// A request to the API.
#[derive(Clone, Copy, Debug)]
pub struct ApiRequest<'a> {
    /// `GET`, `POST` or `DELETE`.
    pub method: &'a str,
    /// The path with its query, from `/api/v2/…` or `/exports/…` on.
    pub target: &'a str,
    /// The header of this name.
    pub authorization: Option<&'a str>,
    /// The body as it came.
    pub body: &'a [u8],
}

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

/// Who may ask.
#[derive(Clone, Debug, Default)]
pub enum Access {
    /// Everyone who has any bearer token.
    #[default]
    AnyToken,
    /// The bearers of these tokens, with the scopes of each.
    Tokens(HashMap<String, Vec<String>>),
}

/// How many jobs may run and wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// Jobs that run at a time.
    pub running: usize,
    /// Jobs that wait; one more is refused.
    pub waiting: usize,
}

impl Default for Capacity {
    fn default() -> Self {
        Self {
            running: 2,
            waiting: 50,
        }
    }
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

/// When a run began, by the monotonic clock, and what tells its speed.
#[derive(Debug)]
struct Started {
    at: u64,
    rate: Rate,
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

    /// Tells which connections there are.
    pub fn set_connections(&mut self, connections: Vec<Connection>) {
        self.connections = Some(connections);
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

    /// Whether a request must wait until [`Tenant::set_connections`] was called: it asks for them,
    /// or for the users of one of them.
    pub fn needs_connections(&self, request: &ApiRequest<'_>) -> bool {
        if self.connections.is_some() || self.admit(request.authorization).is_err() {
            return false;
        }
        let (path, query) = split_target(request.target);
        match (request.method, path) {
            ("GET", "/api/v2/connections") => true,
            ("POST", "/api/v2/jobs/users-exports") => {
                let options = serde_urlencoded::from_str::<ExportOptions>(query);
                ExportRequest::from_json(request.body).is_ok_and(|r| r.connection_id.is_some())
                    || options.is_ok_and(|options| options.connection.is_some())
            }
            _ => false,
        }
    }

    /// The connections, once it is known which there are.
    pub fn connections(&self) -> Option<&[Connection]> {
        self.connections.as_deref()
    }

    /// A job as the API shows it, in JSON text, without a link to its file.
    pub fn shown(&self, id: &JobId) -> Option<String> {
        let view = self.view(self.job(id)?, None);
        Some(serde_json::to_string(&view).expect("a job is plain data"))
    }

    /// Answers a request.
    pub fn handle(&mut self, request: &ApiRequest<'_>, now: &Moment) -> (Answer, Vec<Effect>) {
        let mut effects = self.tick(now);
        let (path, query) = split_target(request.target);
        let steps: Vec<&str> = path.split('/').skip(1).collect();
        if let ("GET", ["exports", id, key, _]) = (request.method, steps.as_slice()) {
            return (self.file(id, key, now), effects);
        }
        if let Err(refusal) = self.admit(request.authorization) {
            return (refusal, effects);
        }
        let answer = match (request.method, steps.as_slice()) {
            ("POST", ["api", "v2", "jobs", "users-exports"]) => {
                self.create(request.body, query, now, &mut effects)
            }
            ("GET", ["api", "v2", "jobs"]) => {
                let time = self.clock.time(now);
                let details = |job| answer::JobDetails::of(job, time);
                let jobs: Vec<_> = self.jobs().map(details).collect();
                Answer::ok(&jobs)
            }
            ("DELETE", ["api", "v2", "jobs"]) => {
                while let Some(job) = self.jobs.pop() {
                    self.forget(&job, &mut effects);
                }
                Answer::no_content()
            }
            ("GET", ["api", "v2", "connections"]) => {
                Answer::ok(self.connections.as_deref().unwrap_or_default())
            }
            (method, ["api", "v2", "jobs", id, rest @ ..]) => {
                self.on_job(method, id, rest, now, &mut effects)
            }
            _ => Answer::not_found("Not Found", None),
        };
        (answer, effects)
    }

    /// A run has begun: `bytes_total` is the size of its input.
    pub fn started(&mut self, id: &JobId, bytes_total: u64, now: &Moment) -> Vec<Effect> {
        let Some(job) = self.open_job(id) else {
            return Vec::new();
        };
        job.status = Status::Processing(Run::default());
        let rate = Rate::new(bytes_total, job.request.limit);
        self.runs.insert(
            id.clone(),
            Started {
                at: now.monotonic,
                rate,
            },
        );
        vec![Effect::Save(id.clone())]
    }

    /// A run goes on.
    pub fn advanced(
        &mut self,
        id: &JobId,
        progress: Progress,
        left_out: Vec<LeftOut>,
        now: &Moment,
    ) {
        let started = self.runs.get_mut(id);
        let job = self
            .jobs
            .iter_mut()
            .find(|job| job.id == *id && job.is_open());
        if let (Some(job), Some(started)) = (job, started) {
            let seconds = now.monotonic.saturating_sub(started.at) as f64 / 1000.0;
            job.advance(progress, &mut started.rate, seconds);
            let room = MAX_LEFT_OUT.saturating_sub(job.left_out.len());
            job.left_out.extend(left_out.into_iter().take(room));
        }
    }

    /// A run has ended with a file. A job that was cancelled meanwhile stays cancelled: its file
    /// is removed.
    pub fn completed(&mut self, id: &JobId, export: Export) -> Vec<Effect> {
        self.runs.remove(id);
        let Some(job) = self.open_job(id) else {
            return vec![Effect::RemoveFile(id.clone())];
        };
        job.status = Status::Completed(export);
        let mut effects = vec![Effect::Save(id.clone())];
        self.start_waiting(&mut effects);
        effects
    }

    /// A run has ended without a file.
    pub fn failed(&mut self, id: &JobId, error: Error) -> Vec<Effect> {
        self.runs.remove(id);
        let mut effects = Vec::new();
        if let Some(job) = self.open_job(id) {
            job.fail(error.message.clone(), Some(error));
            effects.push(Effect::Save(id.clone()));
        }
        self.start_waiting(&mut effects);
        effects
    }

    /// Lets time pass: jobs that are old enough expire, and those that expired a day ago are
    /// forgotten.
    pub fn tick(&mut self, now: &Moment) -> Vec<Effect> {
        let time = self.clock.time(now);
        let mut effects = Vec::new();
        for job in self
            .jobs
            .iter_mut()
            .filter(|job| time >= job.expires_at && !job.is_open())
        {
            if job.status != Status::Expired {
                job.expire();
                effects.extend([
                    Effect::RemoveFile(job.id.clone()),
                    Effect::Save(job.id.clone()),
                ]);
            }
        }
        self.jobs.retain(|job| {
            let is_forgotten =
                job.status == Status::Expired && time >= job.expires_at.plus(LIFETIME);
            if is_forgotten {
                effects.push(Effect::Forget(job.id.clone()));
            }
            !is_forgotten
        });
        effects
    }

    fn admit(&self, authorization: Option<&str>) -> Result<(), Answer> {
        let token = authorization.and_then(|header| {
            let (scheme, token) = header.split_once(' ')?;
            scheme
                .eq_ignore_ascii_case("bearer")
                .then_some(token.trim())
        });
        let Some(token) = token.filter(|token| !token.is_empty()) else {
            return Err(Answer::unauthorized("Missing authentication"));
        };
        match &self.access {
            Access::AnyToken => Ok(()),
            Access::Tokens(tokens) => match tokens.get(token) {
                None => Err(Answer::unauthorized("Invalid token")),
                Some(scopes) if scopes.iter().any(|scope| scope == SCOPE) => Ok(()),
                Some(_) => Err(Answer::insufficient_scope(SCOPE)),
            },
        }
    }

    fn create(
        &mut self,
        body: &[u8],
        query: &str,
        now: &Moment,
        effects: &mut Vec<Effect>,
    ) -> Answer {
        let job = match self.new_job(body, query, now) {
            Ok(job) => job,
            Err(refusal) => return Answer::refusal(&refusal),
        };
        let waiting = self.jobs.iter().filter(|job| self.is_waiting(job)).count();
        let is_free = self.running() < self.capacity.running;
        if !is_free && waiting >= self.capacity.waiting {
            return Answer::too_many_requests();
        }
        let answer = Answer::ok(&self.view(&job, None));
        effects.push(Effect::Save(job.id.clone()));
        self.jobs.push(job);
        self.start_waiting(effects);
        answer
    }

    fn new_job(&mut self, body: &[u8], query: &str, now: &Moment) -> Result<Job, RequestError> {
        let request = ExportRequest::from_json(body)?;
        let options: ExportOptions = serde_urlencoded::from_str(query)
            .map_err(|error| RequestError::at("query", error.to_string()))?;
        let plan = Plan::new(&request, &options)?.among_known(self.connections.as_deref())?;
        let mut entropy = [0; 16];
        entropy.copy_from_slice(&now.entropy[..16]);
        let format = request.format.unwrap_or_default();
        Ok(Job {
            id: JobId::random(&entropy),
            file_name: self.name.file_name(format, &options),
            saved_as: self.saved_as.clone(),
            input: self.input.clone(),
            connection: plan.connection_name().map(str::to_owned),
            request,
            options,
            created_at: now.wall,
            expires_at: self.clock.time(now).plus(LIFETIME),
            status: Status::Pending,
            left_out: Vec::new(),
        })
    }

    fn on_job(
        &mut self,
        method: &str,
        id: &str,
        rest: &[&str],
        now: &Moment,
        effects: &mut Vec<Effect>,
    ) -> Answer {
        let position = self.jobs.iter().position(|job| job.id.to_string() == id);
        let Some(position) = position else {
            return Answer::unknown_job();
        };
        match (method, rest) {
            ("GET", []) => {
                let location = self.location(position, now);
                Answer::ok(&self.view(&self.jobs[position], location))
            }
            ("GET", ["errors"]) => match self.jobs[position].left_out.as_slice() {
                _ if self.jobs[position].status == Status::Expired => Answer::unknown_job(),
                [] => Answer::no_content(),
                left_out => Answer::ok(left_out),
            },
            ("POST", ["cancel"]) => {
                if !self.jobs[position].is_open() {
                    return Answer::conflict("The job has ended already.");
                }
                let job = &mut self.jobs[position];
                let is_running =
                    matches!(job.status, Status::Processing(_)) || self.runs.contains_key(&job.id);
                job.fail("Cancelled", None);
                if is_running {
                    effects.push(Effect::Stop(job.id.clone()));
                }
                effects.push(Effect::Save(job.id.clone()));
                let answer = Answer::ok(&self.view(&self.jobs[position], None));
                self.start_waiting(effects);
                answer
            }
            ("DELETE", []) => {
                let job = self.jobs.remove(position);
                self.forget(&job, effects);
                self.start_waiting(effects);
                Answer::no_content()
            }
            _ => Answer::not_found("Not Found", None),
        }
    }

    /// A fresh link to the file of a completed job.
    fn location(&mut self, position: usize, now: &Moment) -> Option<String> {
        let job = &self.jobs[position];
        job.has_file().then(|| {
            let key = self.links.add(&job.id, now);
            format!(
                "{}/exports/{}/{key}/{}",
                self.base_url, job.id, job.file_name
            )
        })
    }

    fn file(&mut self, id: &str, key: &str, now: &Moment) -> Answer {
        let job = self.jobs.iter().find(|job| job.id.to_string() == id);
        match job {
            Some(job) if job.has_file() => {
                if !self.links.is_valid(&job.id, key, now) {
                    return Answer::link_expired();
                }
                Answer::file(job.id.clone(), job.file_name.clone())
            }
            _ => Answer::unknown_job(),
        }
    }

    fn view(&self, job: &Job, location: Option<String>) -> answer::JobView {
        answer::JobView::of(job, location)
    }

    fn open_job(&mut self, id: &JobId) -> Option<&mut Job> {
        self.jobs
            .iter_mut()
            .find(|job| job.id == *id && job.is_open())
    }

    /// Whether it was not told to start yet.
    fn is_waiting(&self, job: &Job) -> bool {
        job.status == Status::Pending && !self.runs.contains_key(&job.id)
    }

    /// Jobs that run, or were told to start.
    fn running(&self) -> usize {
        self.runs.len()
    }

    fn start_waiting(&mut self, effects: &mut Vec<Effect>) {
        while self.running() < self.capacity.running {
            let next = self.jobs.iter().find(|job| self.is_waiting(job));
            let Some(job) = next else { return };
            let id = job.id.clone();
            self.runs.insert(
                id.clone(),
                Started {
                    at: 0,
                    rate: Rate::new(0, None),
                },
            );
            effects.push(Effect::Start(id));
        }
    }

    fn forget(&mut self, job: &Job, effects: &mut Vec<Effect>) {
        if self.runs.contains_key(&job.id) {
            effects.push(Effect::Stop(job.id.clone()));
        }
        effects.extend([
            Effect::RemoveFile(job.id.clone()),
            Effect::Forget(job.id.clone()),
        ]);
    }
}

/// Path and query.
fn split_target(target: &str) -> (&str, &str) {
    target.split_once('?').unwrap_or((target, ""))
}

/// Milliseconds for which a link to a file is valid: 60 seconds.
pub const LINK_LIFETIME: u64 = 60_000;
