//! What the chosen files hold.

use rollcall_core::Rate;
use rollcall_core::inspector::Layout;
use yew::prelude::*;

use super::icon::{Shape, icon};
use super::progress_bar::progress_bar;
use crate::show;
use crate::state::inspection::{Inspection, Stage};

#[derive(Properties, PartialEq)]
pub struct FindingsViewProps {
    pub inspection: Inspection,
    /// Size of the files together.
    pub bytes_total: u64,
}

/// Progress of the look into the files, and its result.
#[component]
pub fn FindingsView(props: &FindingsViewProps) -> Html {
    let inspection = &props.inspection;
    if let Stage::Failed(error) = &inspection.stage {
        return html! {
            <p class="note is-warning">
                { icon(Shape::Warning) }
                <span>{ "Looking into the files failed: " }<bdi>{ show::visible(&error.message) }</bdi></span>
            </p>
        };
    }
    let findings = &inspection.findings;
    let mut facts: Vec<(&str, String)> = Vec::new();
    if let Some(layout) = findings.layout {
        let gzip = if findings.gzip { ", gzip" } else { "" };
        facts.push(("Layout", format!("{}{gzip}", name(layout))));
    }
    if inspection.users() > 0 || !inspection.is_reading() {
        facts.push(("Users", show::number(inspection.users())));
        facts.push((
            "Connections",
            show::number(findings.connections.len() as u64),
        ));
    }
    if findings.without_connection > 0 {
        facts.push((
            "Without connection",
            show::number(findings.without_connection),
        ));
    }
    if findings.left_out > 0 {
        facts.push(("Unreadable records", show::number(findings.left_out)));
    }
    let fact =
        |(name, value): &(&str, String)| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> };
    html! {
        <div class="findings">
            if inspection.is_reading() {
                { progress_bar("inspection", "Looking into the files. You can go on meanwhile.", Rate::new(props.bytes_total, None).percentage_done(&inspection.progress)) }
            }
            if !facts.is_empty() {
                <dl class="facts">{ for facts.iter().map(fact) }</dl>
            }
        </div>
    }
}

fn name(layout: Layout) -> &'static str {
    match layout {
        Layout::Ndjson => "NDJSON",
        Layout::Pretty => "JSON objects",
        Layout::Array => "JSON array",
        Layout::UsersPage => "Page of users",
    }
}
