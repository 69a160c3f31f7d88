//! One export job.

use std::rc::Rc;

use rollcall_core::job::Export;
use rollcall_core::{Error, ErrorCode};
use wasm_bindgen::JsValue;
use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use super::icon::{Shape, icon};
use super::job_list::Ask;
use super::more_info::MoreInfo;
use super::progress_bar::progress_bar;
use crate::show;
use crate::state::job::{Job, PATIENCE, Status, element};

#[derive(Properties, PartialEq)]
pub struct JobCardProps {
    pub job: Rc<Job>,
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
    let heading = element(&job.listed.id, "heading");
    let (word, class) = status_word(&job.status);
    html! {
        <article ref={card} class="card job" aria-labelledby={heading.clone()}>
            <div class="job-head">
                <h3 id={heading}>{ job.title() }</h3>
                <span class={classes!("badge", class)}><span class="visually-hidden">{ "Status: " }</span>{ word }</span>
            </div>
            <p class="job-summary">{ summary(job) }</p>
            { match &job.status {
                Status::Pending | Status::Processing => running(job),
                Status::Completed(export) => completed(job, export),
                Status::Failed(error) => failed(error),
                Status::Cancelled => html! { <p>{ "Cancelled. No file was kept." }</p> },
                Status::Interrupted => html! {
                    <p>{ "The page was closed while the export ran. No file was kept: run it again." }</p>
                },
                Status::Expired => html! {
                    <p>{ "24 hours have passed: the file and the request were deleted." }</p>
                },
            } }
            // An element of its own: yew loses its place beside a component that draws nothing.
            <div><MoreInfo job={job.clone()} onask={props.onask.clone()} /></div>
            <div>
                if let Some(fault) = &job.fault {
                    <p class="note is-warning">{ icon(Shape::Warning) }<bdi>{ show::visible(fault) }</bdi></p>
                }
            </div>
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
        Status::Interrupted => ("Failed: interrupted", "is-cancelled"),
        Status::Expired => ("Expired", "is-cancelled"),
    }
}

/// What was asked for, when, and for how long it is kept.
fn summary(job: &Job) -> Html {
    let created_at = &job.listed.created_at;
    let date = js_sys::Date::new(&created_at.into());
    let local = String::from(date.to_locale_string("en-GB", &JsValue::UNDEFINED));
    html! {
        <span>
            if job.status != Status::Expired {
                { job.summary() }{ " · " }
            }
            <time datetime={created_at.clone()}>{ local }</time>
            if matches!(job.status, Status::Completed(_)) {
                { format!(" · expires in {}", show::remaining(job.listed.expires_in)) }
            }
        </span>
    }
}

fn running(job: &Job) -> Html {
    let unknown = || "…".to_owned();
    let time_left = job.listed.time_left_seconds.map(show::duration);
    let mut figures = vec![
        ("Users so far", show::number(job.listed.progress.exported)),
        ("Speed", job.speed().unwrap_or_else(unknown)),
        ("Time left", time_left.unwrap_or_else(unknown)),
    ];
    if job.listed.progress.left_out > 0 {
        figures.push(("Left out", show::number(job.listed.progress.left_out)));
    }
    html! {
        <div>
            { progress_bar(element(&job.listed.id, "progress"), "Progress", job.listed.percentage_done) }
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
    let bytes_in = job.listed.limit.is_none().then_some(job.listed.input.size);
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
            "Choose the files again or reload the page, and export once more.",
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
    let id = &job.listed.id;
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
            if matches!(job.status, Status::Completed(_)) {
                { button("download", "", Ask::Download(id.clone(), job.title().to_owned()), html! {
                    <>{ icon(Shape::Download) }{ "Download export" }</>
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
            if !job.is_active() && job.status != Status::Expired {
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
            onask.emit(Ask::Cancel(job.listed.id.clone()));
        }
    })
}
