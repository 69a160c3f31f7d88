//! The jobs that the page lists, and what is said of them.

use std::rc::Rc;

use rollcall_core::LeftOut;
use rollcall_core::api::{Failure, JobDetails, Reason};

use super::job::{Job, Status, element};
use super::{SUBMIT, State};
use crate::show;

impl State {
    /// Takes over the list. Where the focus was on a button that goes, it moves to the next one.
    pub(super) fn list(&mut self, jobs: Vec<JobDetails>, now: f64, focused: Option<&str>) {
        let known = std::mem::take(&mut self.jobs);
        let focused_job = focused.and_then(|focused| {
            let is_in = |job: &Rc<Job>| focused.starts_with(&element(&job.listed.view.id, ""));
            known.iter().position(is_in)
        });
        let was_removed = |job: &Rc<Job>| {
            !jobs
                .iter()
                .any(|listed| listed.view.id == job.listed.view.id)
        };
        let removed = focused_job.filter(|position| was_removed(&known[*position]));
        for listed in jobs {
            let job = known
                .iter()
                .find(|job| job.listed.view.id == listed.view.id);
            let Some(mut job) = job.cloned() else {
                self.jobs.push(Rc::new(Job::new(listed, now)));
                continue;
            };
            if job.listed != listed {
                let was_active = job.is_active();
                let changed = Rc::make_mut(&mut job);
                let said = changed.update(listed, now);
                self.announce(said);
                let id = &job.listed.view.id;
                let had_focus = ["cancel", "check"]
                    .iter()
                    .any(|part| focused == Some(element(id, part).as_str()));
                if had_focus && was_active && !job.is_active() {
                    // No button that starts or deletes anything: the next key may have been meant
                    // for the one that is gone.
                    let next = if job.has_file() {
                        "download"
                    } else {
                        "heading"
                    };
                    self.focus(element(id, next));
                }
            }
            self.jobs.push(job);
        }
        if let Some(position) = removed {
            self.focus_behind(position);
        }
    }

    /// Moves the focus from a job that is gone to what has come in its place. Not to a button, as
    /// the next key may still be meant for the one that is gone.
    fn focus_behind(&mut self, position: usize) {
        let next = self.jobs.get(position).or(self.jobs.last());
        self.focus(match next {
            Some(job) => element(&job.listed.view.id, "heading"),
            None => SUBMIT.to_owned(),
        });
    }

    /// A job was made from the form.
    pub(super) fn start(&mut self, id: String) {
        self.is_submitted = false;
        self.refusal = None;
        self.remark = None;
        let job = self.jobs.iter().find(|job| job.listed.view.id == id);
        let said = job.map(|job| format!("Export of {} started.", job.title()));
        self.announce(said);
        self.started = Some(id);
    }

    /// Takes in the records that a job left out.
    pub(super) fn keep_left_out(&mut self, id: &str, left_out: Vec<LeftOut>) {
        if let Some(job) = self.job_mut(id) {
            job.left_out = Some(Rc::new(left_out));
        }
    }

    /// Says how a job is, which was asked for.
    pub(super) fn say_news(&mut self, id: &str) {
        let said = self.job_mut(id).map(|job| {
            job.fault = None;
            job.news()
        });
        self.announce(said);
    }

    /// Notes why what was asked of a job did not work.
    pub(super) fn fault_job(&mut self, id: &str, why: String) {
        // The card of a job whose file is gone says so itself.
        if let Some(job) = self.job_mut(id) {
            self.announcement = if job.status == Status::Failed(Failure::Reason(Reason::Lost)) {
                job.news()
            } else {
                job.fault = Some(why.clone());
                show::foreign(&why)
            };
        }
    }

    /// Notes that a job is being cancelled.
    pub(super) fn cancel_job(&mut self, id: &str) {
        if let Some(job) = self.job_mut(id) {
            job.is_cancelling = true;
        }
    }

    /// Drops a job that was deleted.
    pub(super) fn remove_job(&mut self, id: &str) {
        let position = self.jobs.iter().position(|job| job.listed.view.id == id);
        self.jobs.retain(|job| job.listed.view.id != id);
        self.announcement = "Export deleted.".to_owned();
        // The list may have been told before.
        if let Some(position) = position {
            self.focus_behind(position);
        }
    }

    /// Drops all jobs, which were deleted.
    pub(super) fn clear_jobs(&mut self) {
        self.jobs.clear();
        self.announcement = "All exports deleted.".to_owned();
        self.focus(SUBMIT);
    }

    /// Notes that time has passed.
    pub(super) fn tick(&mut self, now: f64) {
        for job in self.jobs.iter_mut().filter(|job| job.is_active()) {
            Rc::make_mut(job).tick(now);
        }
    }

    fn job_mut(&mut self, id: &str) -> Option<&mut Job> {
        let job = self.jobs.iter_mut().find(|job| job.listed.view.id == id)?;
        Some(Rc::make_mut(job))
    }
}
