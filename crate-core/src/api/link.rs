//! Links to files, each valid for a minute.

use crate::api::LINK_LIFETIME;
use crate::job::{JobId, letters};
use crate::timestamp::Moment;

/// The links that were given out.
#[derive(Debug, Default)]
pub(crate) struct Links(Vec<Link>);

#[derive(Debug)]
struct Link {
    job: JobId,
    key: String,
    /// By the monotonic clock: a wall clock that is set does not change the life of a link.
    expires_at: u64,
}

impl Links {
    /// Makes a link and gives its key.
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

    /// Whether the link exists and its minute has not passed.
    pub(crate) fn is_valid(&self, job: &JobId, key: &str, now: &Moment) -> bool {
        let is_it = |link: &&Link| link.job == *job && link.key == key;
        self.0
            .iter()
            .find(is_it)
            .is_some_and(|link| now.monotonic < link.expires_at)
    }
}
