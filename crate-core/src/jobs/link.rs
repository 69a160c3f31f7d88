//! Links to files, each valid for a minute.

use super::{Answer, Tenant};
use crate::jobs::job::JobId;
use crate::jobs::timestamp::Moment;
use crate::plan::connection::letters;

/// Milliseconds for which a link to a file is valid: 60 seconds.
pub const LINK_LIFETIME: u64 = 60_000;

/// The links that have been issued.
#[derive(Debug, Default)]
pub(crate) struct Links(Vec<Link>);

#[derive(Debug)]
struct Link {
    job: JobId,
    key: String,
    /// By the monotonic clock, so that setting the wall clock does not change a link's lifetime.
    expires_at: u64,
}

impl Links {
    /// Creates a link and returns its key.
    pub(crate) fn add(&mut self, job: &JobId, now: &Moment) -> String {
        self.0.retain(|link| now.monotonic < link.expires_at);
        let key = letters(&now.entropy);
        let expires_at = now.monotonic + LINK_LIFETIME;
        self.0.push(Link {
            job: job.clone(),
            key: key.clone(),
            expires_at,
        });
        key
    }

    /// Whether the link exists and has not expired.
    pub(crate) fn is_valid(&self, job: &JobId, key: &str, now: &Moment) -> bool {
        let is_it = |link: &&Link| link.job == *job && link.key == key;
        self.0
            .iter()
            .find(is_it)
            .is_some_and(|link| now.monotonic < link.expires_at)
    }
}

impl Tenant {
    /// A new link to the file of a completed job.
    pub(super) fn location(&mut self, position: usize, now: &Moment) -> Option<String> {
        let job = &self.jobs[position];
        job.has_file().then(|| {
            let key = self.links.add(&job.id, now);
            format!(
                "{}/exports/{}/{key}/{}",
                self.base_url, job.id, job.file_name
            )
        })
    }

    /// The file that a link points to.
    pub(super) fn file(&mut self, id: &str, key: &str, now: &Moment) -> Answer {
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
}
