//! New jobs.

use super::view::JobView;
use super::{Answer, Effect, Tenant};
use crate::error::RequestError;
use crate::jobs::job::{Job, JobId, LIFETIME, Status};
use crate::jobs::timestamp::Moment;
use crate::plan::Plan;
use crate::plan::options::ExportOptions;
use crate::plan::request::ExportRequest;

impl Tenant {
    pub(super) fn create(
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
        let answer = Answer::ok(&JobView::of(&job, None));
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
}
