//! The jobs that there are.

use std::rc::Rc;

use yew::prelude::*;

use super::clear_data::ClearData;
use super::job_card::JobCard;
use crate::state::job::Job;
use crate::state::{Ask, Storage};

#[derive(Properties, PartialEq)]
pub struct JobListProps {
    /// The newest first.
    pub jobs: Vec<Rc<Job>>,
    /// The one that was started last from here.
    pub started: Option<String>,
    pub storage: Option<Storage>,
    /// Whether the browser can write into a file that the person chooses.
    pub can_save_directly: bool,
    pub onask: Callback<Ask>,
}

/// A card for each job.
#[component]
pub fn JobList(props: &JobListProps) -> Html {
    let card = |job: &Rc<Job>| {
        html! {
            <JobCard
                key={job.listed.view.id.clone()}
                job={job.clone()}
                lacks={props.storage.and_then(|storage| storage.lacks)}
                is_new={props.started.as_ref() == Some(&job.listed.view.id)}
                can_save_directly={props.can_save_directly}
                onask={props.onask.clone()}
            />
        }
    };
    html! {
        if !props.jobs.is_empty() {
            <section class="jobs" aria-labelledby="jobs-heading">
                <div class="jobs-head">
                    <h2 id="jobs-heading">{ "Exports" }</h2>
                    <ClearData storage={props.storage} onclear={props.onask.reform(|()| Ask::Clear)} />
                </div>
                { for props.jobs.iter().map(card) }
            </section>
        }
    }
}
