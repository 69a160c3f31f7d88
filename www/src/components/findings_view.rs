//! What the chosen files hold.

use rollcall_core::Rate;
use rollcall_core::inspector::Layout;
use yew::prelude::*;

use super::facts::facts;
use super::note::warning;
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
        let why = show::sentence(&show::visible(&error.message));
        return warning(html! {
            <>{ "Looking into the files failed: " }<bdi>{ why }</bdi></>
        });
    }
    let findings = &inspection.findings;
    let mut figures: Vec<(&str, String)> = Vec::new();
    if let Some(layout) = findings.layout {
        let gzip = if findings.gzip { ", gzip" } else { "" };
        figures.push(("Layout", format!("{}{gzip}", name(layout))));
    }
    if inspection.users() > 0 || !inspection.is_reading() {
        figures.push(("Users", show::number(inspection.users())));
        figures.push((
            "Connections",
            show::number(findings.connections.len() as u64),
        ));
    }
    if findings.without_connection > 0 {
        figures.push((
            "Without connection",
            show::number(findings.without_connection),
        ));
    }
    if findings.left_out > 0 {
        figures.push(("Unreadable records", show::number(findings.left_out)));
    }
    html! {
        <div class="findings">
            if inspection.is_reading() {
                { progress_bar("inspection", "Looking into the files. You can go on meanwhile.", Rate::new(props.bytes_total, None).percentage_done(&inspection.progress)) }
            }
            if !figures.is_empty() {
                { facts(&figures) }
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
