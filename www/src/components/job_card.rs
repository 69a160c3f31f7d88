//! One export job.

use std::rc::Rc;

use rollcall_core::job::Export;
use rollcall_core::{Error, ErrorCode};
use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use super::icon::{Shape, icon};
use super::more_info::MoreInfo;
use super::progress_bar::progress_bar;
use crate::show;
use crate::state::job::{Job, PATIENCE, Status, element};

#[derive(Properties, PartialEq)]
pub struct JobCardProps {
    pub job: Rc<Job>,
    /// With the job's id.
    pub oncancel: Callback<String>,
    /// With the job's id and the name of its file.
    pub ondownload: Callback<(String, String)>,
    /// With the job's id.
    pub onremove: Callback<String>,
}

/// Status, figures and buttons of a job.
#[component]
pub fn JobCard(props: &JobCardProps) -> Html {
    let job = &props.job;
    let card = use_node_ref();
    {
        let card = card.clone();
        use_effect_with((), move |()| {
            if let Some(card) = card.cast::<Element>() {
                let options = ScrollIntoViewOptions::new();
                options.set_block(ScrollLogicalPosition::Nearest);
                card.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    }
    let heading = element(&job.start.id, "heading");
    let (word, class) = status_word(&job.status);
    html! {
        <article ref={card} class="card job" aria-labelledby={heading.clone()}>
            <div class="job-head">
                <h3 id={heading}>{ &job.start.file_name }</h3>
                <span class={classes!("badge", class)}><span class="visually-hidden">{ "Status: " }</span>{ word }</span>
            </div>
            <p class="job-summary">{ &job.start.summary }</p>
            { match &job.status {
                Status::Pending | Status::Processing => running(job),
                Status::Completed(export) => completed(job, export),
                Status::Failed(error) => failed(error),
                Status::Cancelled => html! { <p>{ "Cancelled. No file was kept." }</p> },
            } }
            // An element of its own: yew loses its place beside a component that draws nothing.
            <div><MoreInfo job={job.clone()} /></div>
            { buttons(props) }
        </article>
    }
}

fn status_word(status: &Status) -> (&'static str, &'static str) {
    match status {
        Status::Pending => ("Pending", "is-running"),
        Status::Processing => ("Processing", "is-running"),
        Status::Completed(_) => ("Completed", "is-completed"),
        Status::Failed(_) => ("Failed", "is-failed"),
        Status::Cancelled => ("Failed: cancelled", "is-cancelled"),
    }
}

fn running(job: &Job) -> Html {
    let unknown = || "…".to_owned();
    let time_left = job.time_left_seconds.map(show::duration);
    let mut figures = vec![
        ("Users so far", show::number(job.progress.exported)),
        (
            "Speed",
            show::speed(job.progress.bytes_in, job.seconds).unwrap_or_else(unknown),
        ),
        ("Time left", time_left.unwrap_or_else(unknown)),
    ];
    if job.progress.left_out > 0 {
        figures.push(("Left out", show::number(job.progress.left_out)));
    }
    html! {
        <div>
            { progress_bar(element(&job.start.id, "progress"), "Progress", job.percentage_done) }
            { facts(&figures) }
            if job.is_stalled {
                <p class="note is-warning">
                    { icon(Shape::Warning) }
                    <span>{ format!("Stalled: nothing was heard for {PATIENCE} s. You can wait, or cancel and export again.") }</span>
                </p>
            }
        </div>
    }
}

fn completed(job: &Job, export: &Export) -> Html {
    let seconds = export.duration as f64 / 1000.0;
    let mut figures = vec![
        ("Users exported", show::number(export.totals.exported)),
        ("File size", show::bytes(export.bytes_out)),
        ("Duration", show::elapsed(seconds)),
    ];
    // With a limit not all of the input was read.
    let bytes_in = job.start.limit.is_none().then_some(job.start.bytes_total);
    if let Some(speed) = bytes_in.and_then(|bytes| show::speed(bytes, seconds)) {
        figures.push(("Speed", speed));
    }
    facts(&figures)
}

fn failed(error: &Error) -> Html {
    let place = [
        ("record", error.record),
        ("line", error.line),
        ("byte", error.byte),
    ];
    let place: Vec<String> = place
        .into_iter()
        .filter_map(|(name, at)| Some(format!("{name} {}", show::number(at?))))
        .collect();
    let (what, advice) = words(error.code);
    html! {
        <div class="failure">
            <p><strong>{ what }</strong></p>
            <p><bdi>{ show::visible(&error.message) }</bdi></p>
            if !place.is_empty() {
                <p class="failure-place">{ format!("At {}.", place.join(", ")) }</p>
            }
            <p>{ advice }{ " No file was kept." }</p>
        </div>
    }
}

/// What happened, and what to do about it.
fn words(code: ErrorCode) -> (&'static str, &'static str) {
    match code {
        ErrorCode::BadRequest => (
            "The request was refused",
            "Change the form and export again.",
        ),
        ErrorCode::BadEncoding => (
            "This does not look like a file of users",
            "Choose a file as Auth0 exports it: NDJSON or JSON in UTF-8, plain or gzip.",
        ),
        ErrorCode::BadGzip => (
            "The compressed data is incomplete or damaged",
            "Download or copy the file again.",
        ),
        ErrorCode::BadRecord => (
            "The data is not valid",
            "Mend the file there. A single broken record can also be left out, with “Stop at the first broken record” off.",
        ),
        ErrorCode::RecordTooLarge => (
            "A record is too large",
            "With “Stop at the first broken record” off, such a record is left out and listed.",
        ),
        ErrorCode::Io => (
            "Reading or writing failed",
            "Choose the files again or reload the page, and export once more. If the storage is full, remove earlier exports or use gzip.",
        ),
    }
}

fn facts(figures: &[(&str, String)]) -> Html {
    let fact =
        |(name, value): &(&str, String)| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> };
    html! { <dl class="facts">{ for figures.iter().map(fact) }</dl> }
}

/// Each button has its key, so that the focus cannot slip from *Cancel* to what comes in its place.
fn buttons(props: &JobCardProps) -> Html {
    let job = &props.job;
    let Job {
        start,
        status,
        is_cancelling,
        ..
    } = &**job;
    let id = &start.id;
    let of_file = html! {
        <span class="visually-hidden">{ format!(" of {}", start.file_name) }</span>
    };
    let oncancel = {
        let (id, is_cancelling) = (id.clone(), *is_cancelling);
        let cancel = props.oncancel.clone();
        Callback::from(move |_| {
            if !is_cancelling {
                cancel.emit(id.clone());
            }
        })
    };
    let ondownload = {
        let (id, name) = (id.clone(), start.file_name.clone());
        props.ondownload.reform(move |_| (id.clone(), name.clone()))
    };
    let onremove = {
        let id = id.clone();
        props.onremove.reform(move |_| id.clone())
    };
    html! {
        <div class="job-buttons">
            if job.is_active() {
                <button
                    key="cancel"
                    type="button"
                    class="secondary outline"
                    id={element(id, "cancel")}
                    aria-disabled={is_cancelling.then_some("true")}
                    onclick={oncancel}
                >
                    { if *is_cancelling { "Cancelling…" } else { "Cancel" } }{ of_file.clone() }
                </button>
            }
            if matches!(status, Status::Completed(_)) {
                <button key="download" type="button" id={element(id, "download")} onclick={ondownload}>
                    { icon(Shape::Download) }
                    { "Download export" }{ of_file.clone() }
                </button>
            }
            if !job.is_active() {
                <button
                    key="remove"
                    type="button"
                    class="secondary outline"
                    id={element(id, "remove")}
                    onclick={onremove}
                >
                    { "Remove job" }{ of_file }
                </button>
            }
        </div>
    }
}
