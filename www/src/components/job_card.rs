//! One export job.

use std::rc::Rc;

use rollcall_core::Size;
use rollcall_core::api::{Failure, Reason};
use rollcall_core::job::Export;
use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use super::facts::facts;
use super::failure::FailureText;
use super::icon::{Glyph, icon};
use super::more_info::MoreInfo;
use super::note::warning;
use super::progress_bar::progress_bar;
use crate::local_time::local_time;
use crate::show;
use crate::state::job::{Job, PATIENCE, Status, element};
use crate::state::{Ask, Lack};

#[derive(Properties, PartialEq)]
pub struct JobCardProps {
    pub job: Rc<Job>,
    /// What the browser does not keep.
    pub lacks: Option<Lack>,
    /// Whether the browser can write into a file that the person chooses.
    pub can_save_directly: bool,
    /// Whether it was just started from here.
    pub is_new: bool,
    pub onask: Callback<Ask>,
}

/// Status, figures and buttons of a job.
#[component]
pub fn JobCard(props: &JobCardProps) -> Html {
    let job = &props.job;
    let card = use_node_ref();
    {
        let card = card.clone();
        use_effect_with(props.is_new, move |is_new| {
            if let Some(card) = card.cast::<Element>().filter(|_| *is_new) {
                let options = ScrollIntoViewOptions::new();
                options.set_block(ScrollLogicalPosition::Nearest);
                card.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    }
    let heading = element(&job.listed.view.id, "heading");
    let (word, class) = status_word(&job.status);
    html! {
        <article ref={card} class="card job" aria-labelledby={heading.clone()}>
            <div class="job-head">
                // Takes the focus when the button is gone that had it.
                <h3 id={heading} tabindex="-1">{ job.title() }</h3>
                <span class={classes!("badge", class)}><span class="visually-hidden">{ "Status: " }</span>{ word }</span>
            </div>
            <p class="job-summary">{ summary(job, props.lacks) }</p>
            { match &job.status {
                Status::Pending | Status::Processing => running(job),
                Status::Completed(export) => completed(job, export),
                Status::Failed(Failure::Error(error)) => html! {
                    <FailureText
                        error={error.clone()}
                        file={Job::file_of(error).map(AttrValue::from)}
                        is_strict={job.listed.options.strict}
                        is_saved_directly={job.listed.saved_as.is_some()}
                        lacks_files={props.lacks == Some(Lack::Files)}
                        can_save_directly={props.can_save_directly}
                    />
                },
                Status::Failed(Failure::Reason(reason)) => html! { <p>{ what_happened(*reason, job) }</p> },
                Status::Expired => html! {
                    <p>{ "This export expired after 24 hours and its data was deleted here. Files you saved are not affected." }</p>
                },
            } }
            // An element of its own: yew loses its place beside a component that draws nothing.
            <div><MoreInfo job={job.clone()} onask={props.onask.clone()} /></div>
            <div>
                if let Some(fault) = &job.fault {
                    { warning(html! { <bdi>{ show::visible(fault) }</bdi> }) }
                }
            </div>
            { buttons(props) }
        </article>
    }
}

/// What became of a job whose run did not fail.
fn what_happened(reason: Reason, job: &Job) -> &'static str {
    match reason {
        Reason::Cancelled => "You cancelled this export. No file was kept.",
        Reason::Interrupted if job.listed.saved_as.is_some() => {
            "The page was closed during the export. Nothing was saved, but an empty file with this name may remain. Run the export again."
        }
        Reason::Interrupted => {
            "The page was closed during the export. No file was kept. Run the export again."
        }
        Reason::Lost => {
            "The browser deleted the file, which happens when space is low or site data is cleared. Run the export again, and download it soon."
        }
        Reason::Unreadable => {
            "The stored data of this export is unreadable: it is damaged or was written by another version of this page. Deleting the export also deletes its file."
        }
    }
}

fn status_word(status: &Status) -> (&'static str, &'static str) {
    match status {
        Status::Pending => ("Pending", "is-running"),
        Status::Processing => ("Processing", "is-running"),
        Status::Completed(_) => ("Completed", "is-completed"),
        Status::Failed(Failure::Error(_)) => ("Failed", "is-failed"),
        Status::Failed(Failure::Reason(reason)) => match reason {
            Reason::Cancelled => ("Cancelled", "is-cancelled"),
            Reason::Interrupted => ("Failed: interrupted", "is-cancelled"),
            Reason::Lost => ("Failed: file deleted", "is-failed"),
            Reason::Unreadable => ("Failed: unreadable", "is-failed"),
        },
        Status::Expired => ("Expired", "is-cancelled"),
    }
}

/// What was asked for, when, and for how long it is kept.
fn summary(job: &Job, lacks: Option<Lack>) -> Html {
    let created_at = &job.listed.view.created_at;
    html! {
        <span>
            if job.has_request() {
                { job.summary() }{ " · " }
                if job.listed.saved_as.is_some() {
                    { "saved directly · " }
                }
            }
            <time datetime={created_at.clone()}>{ local_time(created_at) }</time>
            if job.has_file() {
                { " · " }
                <span class="expiry">
                    if lacks.is_some() {
                        { "lost on reload" }
                    } else {
                        { format!("expires in {}", show::remaining(job.listed.expires_in)) }
                    }
                </span>
            }
        </span>
    }
}

fn running(job: &Job) -> Html {
    let unknown = || "…".to_owned();
    let time_left = job.listed.view.time_left_seconds.map(show::duration);
    let mut figures = vec![
        ("Users so far", show::number(job.progress().exported)),
        ("Speed", job.speed().unwrap_or_else(unknown)),
        ("Time left", time_left.unwrap_or_else(unknown)),
    ];
    if job.progress().left_out > 0 {
        figures.push(("Left out", show::number(job.progress().left_out)));
    }
    html! {
        <div>
            { progress_bar(element(&job.listed.view.id, "progress"), "Progress", job.percentage_done()) }
            { facts(&figures) }
            if job.is_restarted {
                <p class="note">{ "The tab that ran it was closed, so it runs again from the start." }</p>
            }
            if job.is_stalled {
                { warning(html! { format!("Stalled: no progress for {PATIENCE} s. You can wait, or cancel and export again.") }) }
            }
        </div>
    }
}

fn completed(job: &Job, export: &Export) -> Html {
    let seconds = export.duration as f64 / 1000.0;
    let mut figures = vec![
        ("Users exported", show::number(export.totals.exported)),
        ("File size", Size(export.bytes_out).to_string()),
        ("Duration", show::elapsed(seconds)),
    ];
    // With a limit not all of the input was read.
    let bytes_in = job
        .listed
        .view
        .limit
        .is_none()
        .then_some(job.listed.input.size);
    if let Some(speed) = bytes_in.and_then(|bytes| show::speed(bytes, seconds)) {
        figures.push(("Speed", speed));
    }
    html! {
        <>
            { facts(&figures) }
            if !job.has_file() {
                <p>{ "Saved to the file you chose. There is no copy in the browser." }</p>
            }
        </>
    }
}

/// Each button has its key, so that the focus cannot slip from *Cancel* to what comes in its place.
fn buttons(props: &JobCardProps) -> Html {
    let job = &props.job;
    let id = &job.listed.view.id;
    let of_file = html! {
        <span class="visually-hidden">{ format!(" of {}", job.title()) }</span>
    };
    let button = |key: &'static str, class, asked: Ask, text: Html| {
        let onclick = props.onask.reform(move |_: MouseEvent| asked.clone());
        html! {
            <button {key} type="button" {class} id={element(id, key)} {onclick}>
                { text }{ of_file.clone() }
            </button>
        }
    };
    let quiet = "secondary outline";
    html! {
        <div class="job-buttons">
            if job.has_file() {
                { button("download", "", Ask::Download(id.clone(), job.title().to_owned()), html! {
                    <>{ icon(Glyph::Download) }{ "Download export" }</>
                }) }
            }
            if job.is_active() {
                { button("check", quiet, Ask::Check(id.clone()), html! { "Check status" }) }
                <button
                    key="cancel"
                    type="button"
                    class={quiet}
                    id={element(id, "cancel")}
                    aria-disabled={job.is_cancelling.then_some("true")}
                    onclick={oncancel(props)}
                >
                    { if job.is_cancelling { "Cancelling…" } else { "Cancel" } }{ of_file.clone() }
                </button>
            }
            if !job.is_active() && job.has_request() {
                { button("repeat", quiet, Ask::Repeat(job.clone()), html! { "Run again" }) }
            }
            if !job.is_active() {
                { button("remove", quiet, Ask::Remove(id.clone()), html! { "Delete job" }) }
            }
        </div>
    }
}

fn oncancel(props: &JobCardProps) -> Callback<MouseEvent> {
    let (onask, job) = (props.onask.clone(), props.job.clone());
    Callback::from(move |_| {
        if !job.is_cancelling {
            onask.emit(Ask::Cancel(job.listed.view.id.clone()));
        }
    })
}
