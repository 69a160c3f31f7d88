//! What to know about a job beside its file.

use std::rc::Rc;

use rollcall_core::remarks::sum;
use web_sys::Element;
use yew::prelude::*;

use super::icon::{Glyph, icon};
use super::left_out_table::LeftOutTable;
use crate::show;
use crate::state::Ask;
use crate::state::job::{Job, Status};

#[derive(Properties, PartialEq)]
pub struct MoreInfoProps {
    pub job: Rc<Job>,
    pub onask: Callback<Ask>,
}

/// Warnings in sight; the counts and the records left out behind *More info*.
#[component]
pub fn MoreInfo(props: &MoreInfoProps) -> Html {
    let job = &props.job;
    let is_open = use_state_eq(|| false);
    let ontoggle = {
        let is_open = is_open.clone();
        Callback::from(move |event: Event| {
            let details: Element = event.target_unchecked_into();
            is_open.set(details.has_attribute("open"));
        })
    };
    let many = job.left_out_count();
    {
        let (onask, id) = (props.onask.clone(), job.listed.view.id.clone());
        // Again whenever there are more, once they can be seen.
        use_effect_with((*is_open && many > 0, many), move |(is_wanted, _)| {
            if *is_wanted {
                onask.emit(Ask::LeftOut(id));
            }
        });
    }
    let warning = |text: String| {
        html! { <li>{ icon(Glyph::Warning) }<span><bdi>{ text }</bdi></span></li> }
    };
    let warnings = job.warnings();
    let export = match &job.status {
        Status::Completed(export) => Some(export),
        _ => None,
    };
    html! {
        <div>
            if !warnings.is_empty() {
                <ul class="warnings" aria-label="Warnings">{ for warnings.into_iter().map(warning) }</ul>
            }
            if many > 0 || export.is_some() {
                <details class="more-info" {ontoggle}>
                    <summary>
                        { "More info" }
                        if many > 0 {
                            <span class="more-info-count">{ format!("{} left out", show::count(many, "record")) }</span>
                        }
                    </summary>
                    // A thousand rows are not worth drawing ten times a second unseen.
                    if *is_open {
                        if let Some(export) = export {
                            <p>{ sum(&export.totals) }</p>
                            <p>{ "SHA-256 of the file: " }<code>{ &export.sha256 }</code></p>
                        }
                        if let Some(left_out) = job.left_out.clone().filter(|_| many > 0) {
                            <LeftOutTable
                                label={format!("Records left out of {}", job.title())}
                                {left_out}
                                {many}
                                inputs={job.listed.input.names.clone()}
                            />
                        }
                    }
                </details>
            }
        </div>
    }
}
