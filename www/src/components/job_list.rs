//! The jobs that there are.

use std::rc::Rc;

use yew::prelude::*;

use super::clear_data::ClearData;
use super::job_card::JobCard;
use crate::state::Storage;
use crate::state::job::Job;

#[derive(Properties, PartialEq)]
pub struct JobListProps {
    /// The newest first.
    pub jobs: Vec<Rc<Job>>,
    /// The one that was started last from here.
    pub started: Option<String>,
    pub storage: Option<Storage>,
    pub onask: Callback<Ask>,
}

/// What can be asked of a job, by its id, or of all.
#[derive(Clone, Debug)]
pub enum Ask {
    Cancel(String),
    Check(String),
    /// With the name of the file.
    Download(String, String),
    LeftOut(String),
    Remove(String),
    /// To run once more.
    Repeat(Rc<Job>),
    Clear,
}

/// A card for each job.
#[component]
pub fn JobList(props: &JobListProps) -> Html {
    let card = |job: &Rc<Job>| {
        html! {
            <JobCard
                key={job.listed.id.clone()}
                job={job.clone()}
                lacks={props.storage.and_then(|storage| storage.lacks)}
                is_new={props.started.as_ref() == Some(&job.listed.id)}
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
