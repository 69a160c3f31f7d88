//! What earlier visits have stored: records, and files that may be gone by now.

use serde::Deserialize;

use super::{Effect, Reason, Tenant};
use crate::jobs::job::{Job, JobId, LIFETIME};
use crate::jobs::timestamp::{Moment, Timestamp};

impl Tenant {
    /// Takes over the jobs whose records an earlier visit stored, as JSON text. Jobs that were running
    /// have been interrupted; those in `again` run again from the start. An unreadable record becomes
    /// a failed job with that reason.
    ///
    /// No job has more than 24 hours left. If the wall clock is earlier than the newest request, it
    /// was fast then or is slow now, and the times of all jobs are moved back by the difference.
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

    /// The file of a completed job no longer exists.
    pub fn lost(&mut self, id: &JobId) -> Vec<Effect> {
        let job = self.jobs.iter_mut().find(|job| job.id == *id);
        let Some(job) = job.filter(|job| job.has_file()) else {
            return Vec::new();
        };
        job.fail(Reason::Lost);
        vec![Effect::Save(id.clone())]
    }
}

/// The job of an unreadable record, and whether its expiry is new: once saved, it stays the same from
/// visit to visit.
fn unreadable_job(id: &JobId, record: &str, wall: Timestamp) -> (Job, bool) {
    let times = serde_json::from_str::<Times>(record).unwrap_or_default();
    let created_at = times.created_at.unwrap_or(wall).min(wall);
    let latest_end = created_at.plus(LIFETIME);
    let expires_at = times.expires_at.unwrap_or(latest_end).min(latest_end);
    let job = Job::unreadable(id.clone(), created_at, expires_at);
    (job, times.expires_at != Some(expires_at))
}

/// What an unreadable record may still contain.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Times {
    created_at: Option<Timestamp>,
    expires_at: Option<Timestamp>,
}
