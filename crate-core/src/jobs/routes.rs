//! Routes requests.

use super::view::{JobDetails, JobView};
use super::{Answer, ApiRequest, Effect, Reason, Tenant};
use crate::jobs::job::{JobId, Status};
use crate::jobs::timestamp::Moment;
use crate::plan::options::ExportOptions;
use crate::plan::request::ExportRequest;

impl Tenant {
    /// Whether a request must wait until [`Tenant::set_connections`] has been called: it asks for the
    /// connections, or for users of one of them.
    pub fn needs_connections(&self, request: &ApiRequest<'_>) -> bool {
        if self.connections.is_some() || self.access.admit(request.authorization).is_err() {
            return false;
        }
        match (request.method, request.path()) {
            ("GET", "/api/v2/connections") => true,
            ("POST", "/api/v2/jobs/users-exports") => {
                let options = serde_urlencoded::from_str::<ExportOptions>(request.query());
                ExportRequest::from_json(request.body).is_ok_and(|r| r.connection_id.is_some())
                    || options.is_ok_and(|options| options.connection.is_some())
            }
            _ => false,
        }
    }

    /// A job as the API shows it, in JSON text, without a link to its file.
    pub fn shown(&self, id: &JobId) -> Option<String> {
        let view = JobView::of(self.job(id)?, None);
        Some(serde_json::to_string(&view).expect("a job is plain data"))
    }

    /// Answers a request.
    pub fn handle(&mut self, request: &ApiRequest<'_>, now: &Moment) -> (Answer, Vec<Effect>) {
        let mut effects = self.tick(now);
        let steps: Vec<&str> = request.path().split('/').skip(1).collect();
        if let ("GET", ["exports", id, key, _]) = (request.method, steps.as_slice()) {
            return (self.file(id, key, now), effects);
        }
        if let Err(refusal) = self.access.admit(request.authorization) {
            return (refusal, effects);
        }
        let answer = match (request.method, steps.as_slice()) {
            ("POST", ["api", "v2", "jobs", "users-exports"]) => {
                self.create(request.body, request.query(), now, &mut effects)
            }
            ("GET", ["api", "v2", "jobs"]) => {
                let time = self.clock.time(now);
                let details = |job| JobDetails::of(job, time);
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
                Answer::ok(&JobView::of(&self.jobs[position], location))
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
                job.fail(Reason::Cancelled);
                if is_running {
                    effects.push(Effect::Stop(job.id.clone()));
                }
                effects.push(Effect::Save(job.id.clone()));
                let answer = Answer::ok(&JobView::of(&self.jobs[position], None));
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
}
