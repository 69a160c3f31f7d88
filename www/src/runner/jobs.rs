//! Requests that concern jobs that there are.

use std::rc::Rc;

use rollcall_core::LeftOut;
use yew::platform::spawn_local;

use super::{JOBS, Runner};
use crate::state::Action;
use crate::tenant;

impl Runner {
    /// Stops a job.
    pub(super) fn cancel(self: &Rc<Self>, id: &str) {
        self.dispatch.emit(Action::Cancelling(id.to_owned()));
        let runner = self.clone();
        let target = format!("{JOBS}/{id}/cancel");
        spawn_local(async move {
            // A job that has ended meanwhile says so in the list.
            drop(tenant::ask("POST", &target).await);
            runner.list().await;
        });
    }

    /// Asks how a job is, and has it said aloud.
    pub(super) fn check(self: &Rc<Self>, id: String) {
        let runner = self.clone();
        spawn_local(async move {
            let checked = tenant::ask("GET", &format!("{JOBS}/{id}")).await;
            runner.list().await;
            runner.dispatch.emit(match checked {
                Ok(_) => Action::Checked(id),
                Err(why) => Action::JobFault(id, why),
            });
        });
    }

    /// Asks for the records that a job left out.
    pub(super) fn load_left_out(self: &Rc<Self>, id: String) {
        let runner = self.clone();
        spawn_local(async move {
            let left_out = match tenant::ask("GET", &format!("{JOBS}/{id}/errors")).await {
                Ok(answer) if answer.is_empty() => Ok(Vec::new()),
                Ok(answer) => answer.read::<Vec<LeftOut>>(),
                Err(why) => Err(why),
            };
            runner.dispatch.emit(match left_out {
                Ok(left_out) => Action::LeftOut(id, left_out),
                Err(why) => Action::JobFault(id, why),
            });
        });
    }

    /// Deletes a job with its file and its link.
    pub(super) fn remove(self: &Rc<Self>, id: String) {
        let runner = self.clone();
        spawn_local(async move {
            runner.links.borrow_mut().remove(&id);
            let removed = tenant::ask("DELETE", &format!("{JOBS}/{id}")).await;
            runner.dispatch.emit(match removed {
                Ok(_) => Action::JobRemoved(id),
                Err(why) => Action::JobFault(id, why),
            });
            runner.list().await;
        });
    }

    /// Deletes all jobs with their files and links.
    pub(super) fn clear(self: &Rc<Self>) {
        let runner = self.clone();
        spawn_local(async move {
            runner.links.borrow_mut().clear();
            let cleared = tenant::ask("DELETE", JOBS).await;
            runner.dispatch.emit(match cleared {
                Ok(_) => Action::Cleared,
                Err(why) => Action::Rejected(why),
            });
            runner.list().await;
        });
    }
}
