//! What earlier visits have kept: records, and files that may be gone meanwhile.

use serde::Deserialize;

use super::{Effect, Reason, Tenant};
use crate::jobs::job::{Job, JobId, LIFETIME};
use crate::jobs::timestamp::{Moment, Timestamp};

impl Tenant {
    /// Takes over the jobs whose records an earlier visit kept, as JSON text. What ran then was
    /// interrupted; those of `again` are run again, from the start. A record that cannot be read
    /// becomes a job that failed for this reason.
    ///
    /// No job has more than 24 hours left: where the wall clock shows less than when the newest job
    /// was asked for, it was ahead then or is behind now, and the times of all jobs are moved back
    /// by as much.
    pub fn restore(
        &mut self,
        records: &[(JobId, String)],
        again: &[JobId],
        now: &Moment,
    ) -> Vec<Effect> {
        let mut effects = Vec::new();
        let mut unreadable = Vec::new();
        for (id, record) in records {
            match serde_json::from_str::<Job>(record) {
                Ok(job) if job.id == *id => self.jobs.push(job),
                _ => unreadable.push(unreadable_job(id, record, now.wall)),
            }
        }
        let newest = self.jobs.iter().map(|job| job.created_at).max();
        let ahead = newest.unwrap_or_default().since(now.wall);
        for job in &mut self.jobs {
            if job.move_back(ahead) {
                effects.push(Effect::Save(job.id.clone()));
            }
        }
        for (job, is_changed) in unreadable {
            if is_changed {
                effects.push(Effect::Save(job.id.clone()));
            }
            self.jobs.push(job);
        }
        self.jobs
            .sort_by(|a, b| (a.created_at, &a.id).cmp(&(b.created_at, &b.id)));
        for job in self.jobs.iter_mut().filter(|job| job.is_open()) {
            if again.contains(&job.id) {
                job.restart();
            } else {
                job.fail(Reason::Interrupted);
                effects.push(Effect::RemoveFile(job.id.clone()));
            }
            effects.push(Effect::Save(job.id.clone()));
        }
        effects.extend(self.tick(now));
        self.start_waiting(&mut effects);
        effects
    }

    /// The file of a completed job is not there any more.
    pub fn lost(&mut self, id: &JobId) -> Vec<Effect> {
        let job = self.jobs.iter_mut().find(|job| job.id == *id);
        let Some(job) = job.filter(|job| job.has_file()) else {
            return Vec::new();
        };
        job.fail(Reason::Lost);
        vec![Effect::Save(id.clone())]
    }
}

/// The job of a record that cannot be read, and whether that changes when it ends: saved, an end
/// stays the same from visit to visit.
fn unreadable_job(id: &JobId, record: &str, wall: Timestamp) -> (Job, bool) {
    let times = serde_json::from_str::<Times>(record).unwrap_or_default();
    let created_at = times.created_at.unwrap_or(wall).min(wall);
    let latest_end = created_at.plus(LIFETIME);
    let expires_at = times.expires_at.unwrap_or(latest_end).min(latest_end);
    let job = Job::unreadable(id.clone(), created_at, expires_at);
    (job, times.expires_at != Some(expires_at))
}

/// What a record that cannot be read may still tell.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Times {
    created_at: Option<Timestamp>,
    expires_at: Option<Timestamp>,
}
