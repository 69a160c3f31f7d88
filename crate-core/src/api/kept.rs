//! What earlier visits have kept: records, and files that may be gone meanwhile.

use serde::Deserialize;

use super::{Effect, Tenant};
use crate::job::{Job, JobId, LIFETIME};
use crate::timestamp::{Moment, SteadyClock, Timestamp};

impl Tenant {
    /// Takes over the jobs whose records an earlier visit kept, as JSON text. What ran then was
    /// interrupted; those of `again` are run again, from the start. A record that cannot be read becomes a job that failed for this reason.
    pub fn restore(
        &mut self,
        records: &[(JobId, String)],
        again: &[JobId],
        now: &Moment,
    ) -> Vec<Effect> {
        let mut unreadable = Vec::new();
        for (id, record) in records {
            match serde_json::from_str::<Job>(record) {
                Ok(job) if job.id == *id => self.jobs.push(job),
                _ => unreadable.push((id, Times::of(record))),
            }
        }
        let latest = self.jobs.iter().map(|job| job.created_at).max();
        self.clock = SteadyClock::new(latest.unwrap_or_default(), now.monotonic);
        let time = self.clock.time(now);
        let mut effects = Vec::new();
        for (id, times) in unreadable {
            let created_at = times.created_at.unwrap_or(time);
            // Saved, an end that is not known stays the same from visit to visit.
            let expires_at = times.expires_at.unwrap_or_else(|| {
                effects.push(Effect::Save(id.clone()));
                time.plus(LIFETIME)
            });
            let job = Job::unreadable(id.clone(), created_at, expires_at);
            self.jobs.push(job);
        }
        self.jobs
            .sort_by(|a, b| (a.created_at, &a.id).cmp(&(b.created_at, &b.id)));
        for job in self.jobs.iter_mut().filter(|job| job.is_open()) {
            if again.contains(&job.id) {
                job.restart();
            } else {
                job.fail("interrupted: the page was closed while the job ran", None);
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
        job.fail("lost: the file is not there any more", None);
        vec![Effect::Save(id.clone())]
    }
}

/// What a record that cannot be read may still tell.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Times {
    created_at: Option<Timestamp>,
    expires_at: Option<Timestamp>,
}

impl Times {
    fn of(record: &str) -> Self {
        serde_json::from_str(record).unwrap_or_default()
    }
}
