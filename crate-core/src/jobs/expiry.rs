//! How jobs end: by expiry and by request.

use super::{Effect, Tenant};
use crate::jobs::job::{Job, LIFETIME, Status};
use crate::jobs::timestamp::Moment;

impl Tenant {
    /// Advances the time: old jobs expire, and jobs that expired a day ago are deleted.
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

    pub(super) fn forget(&mut self, job: &Job, effects: &mut Vec<Effect>) {
        if self.runs.contains_key(&job.id) {
            effects.push(Effect::Stop(job.id.clone()));
        }
        effects.extend([
            Effect::RemoveFile(job.id.clone()),
            Effect::Forget(job.id.clone()),
        ]);
    }
}
