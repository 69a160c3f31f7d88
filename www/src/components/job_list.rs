//! The jobs of this visit.

use std::rc::Rc;

use yew::prelude::*;

use super::job_card::JobCard;
use crate::state::job::Job;

#[derive(Properties, PartialEq)]
pub struct JobListProps {
    /// The newest first.
    pub jobs: Vec<Rc<Job>>,
    /// With the job's id.
    pub oncancel: Callback<String>,
    /// With the job's id and the name of its file.
    pub ondownload: Callback<(String, String)>,
    /// With the job's id.
    pub onremove: Callback<String>,
}

/// A card for each job.
#[component]
pub fn JobList(props: &JobListProps) -> Html {
    let card = |job: &Rc<Job>| {
        html! {
            <JobCard
                key={job.start.id.clone()}
                job={job.clone()}
                oncancel={props.oncancel.clone()}
                ondownload={props.ondownload.clone()}
                onremove={props.onremove.clone()}
            />
        }
    };
    html! {
        if !props.jobs.is_empty() {
            <section class="jobs" aria-labelledby="jobs-heading">
                <h2 id="jobs-heading">{ "Exports" }</h2>
                { for props.jobs.iter().map(card) }
            </section>
        }
    }
}
