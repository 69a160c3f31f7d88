//! What the chosen files hold.

use rollcall_core::Rate;
use rollcall_core::inspector::Layout;
use yew::prelude::*;

use super::facts::facts;
use super::failure::report;
use super::note::warning;
use super::progress_bar::progress_bar;
use crate::show;
use crate::state::inspection::{Inspection, Stage};

const ADVICE: &str = "You can still try to export them, or reload the page.";

#[derive(Properties, PartialEq)]
pub struct FindingsViewProps {
    pub inspection: Inspection,
    pub file_count: usize,
    /// Size of the files together.
    pub bytes_total: u64,
}

/// Progress of the look into the files, and its result.
#[component]
pub fn FindingsView(props: &FindingsViewProps) -> Html {
    let inspection = &props.inspection;
    if let Stage::Failed(error) = &inspection.stage {
        // Where it is the fault of a file, it is said there.
        return match inspection.faulty_file() {
            Some(_) => Html::default(),
            None => report(error, None, "Couldn't read the files", ADVICE.to_owned()),
        };
    }
    let findings = &inspection.findings;
    let mut figures: Vec<(&str, String)> = Vec::new();
    if let Some(layout) = findings.layout {
        let gzip = if findings.gzip { ", gzip" } else { "" };
        figures.push(("Layout", format!("{}{gzip}", name(layout))));
        if let Some(at) = &findings.at {
            figures.push(("Found in", show::name(at)));
        }
    }
    if inspection.users() > 0 || !inspection.is_reading() {
        figures.push(("Users", show::number(inspection.users())));
        figures.push(("Connections", show::number(findings.connection_count)));
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
                { progress_bar("inspection", "Reading your files… You can keep working.", Rate::new(props.bytes_total, None).percentage_done(&inspection.progress)) }
            }
            if !figures.is_empty() {
                { facts(&figures) }
            }
            // Files of no bytes say so themselves.
            if inspection.is_empty() && props.bytes_total > 0 {
                { warning(if props.file_count == 1 { "This file has no users." } else { "These files have no users." }.into()) }
            }
            if inspection.is_unreadable() {
                { warning(format!("{} An export would fail.", inspection.nothing_read()).into()) }
            }
        </div>
    }
}

/// What people call a layout.
fn name(layout: Layout) -> &'static str {
    match layout {
        Layout::Ndjson => "NDJSON",
        Layout::Pretty => "JSON objects",
        Layout::Array => "JSON array",
        Layout::List => "JSON list",
        Layout::Bulk => "Elasticsearch bulk",
        Layout::Csv => "CSV",
    }
}
