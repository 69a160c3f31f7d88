//! The runs of jobs: which start, which wait, and how they end.

use super::{Effect, Failure, Tenant};
use crate::error::LeftOut;
use crate::jobs::job::{Export, Job, JobId, Run, Status};
use crate::jobs::timestamp::Moment;
use crate::pass::progress::{Progress, Rate};

/// The most reports of records left out that a job keeps; all records are counted.
pub const MAX_LEFT_OUT: usize = 1000;

/// How many jobs may run and how many may wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// Jobs running at a time.
    pub running: usize,
    /// Jobs waiting; any more are refused.
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

/// When a run started, by the monotonic clock, and its rate.
#[derive(Debug)]
pub(super) struct Started {
    at: u64,
    rate: Rate,
}

impl Tenant {
    /// A run has started; `bytes_total` is the size of its input.
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

    /// A run has made progress.
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

    /// A run has ended with a file. A job cancelled in the meantime stays cancelled and its file is
    /// removed, unless it was written to a chosen file: then the cancellation came too late.
    pub fn completed(&mut self, id: &JobId, export: Export) -> Vec<Effect> {
        self.runs.remove(id);
        let is_theirs = |job: &&mut Job| job.id == *id && (job.is_open() || job.saved_as.is_some());
        let Some(job) = self.jobs.iter_mut().find(is_theirs) else {
            return vec![Effect::RemoveFile(id.clone())];
        };
        job.status = Status::Completed(export);
        let mut effects = vec![Effect::Save(id.clone())];
        self.start_waiting(&mut effects);
        effects
    }

    /// A run has ended without a file.
    pub fn failed(&mut self, id: &JobId, why: impl Into<Failure>) -> Vec<Effect> {
        self.runs.remove(id);
        let mut effects = Vec::new();
        if let Some(job) = self.open_job(id) {
            job.fail(why);
            effects.push(Effect::Save(id.clone()));
        }
        self.start_waiting(&mut effects);
        effects
    }

    fn open_job(&mut self, id: &JobId) -> Option<&mut Job> {
        self.jobs
            .iter_mut()
            .find(|job| job.id == *id && job.is_open())
    }

    /// Whether it has not been started yet.
    pub(super) fn is_waiting(&self, job: &Job) -> bool {
        job.status == Status::Pending && !self.runs.contains_key(&job.id)
    }

    /// The number of jobs that are running or about to start.
    pub(super) fn running(&self) -> usize {
        self.runs.len()
    }

    pub(super) fn start_waiting(&mut self, effects: &mut Vec<Effect>) {
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
}
