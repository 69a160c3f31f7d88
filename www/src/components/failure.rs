//! Why an export failed, and what to do next.

use rollcall_core::{Error, ErrorCode};
use yew::prelude::*;

use crate::show;
use crate::tenant::can_save_directly;

#[derive(Properties, PartialEq)]
pub struct FailureProps {
    pub error: Error,
    /// The file in which it happened, where there are several.
    pub file: Option<AttrValue>,
    /// Whether it wrote into a file that the person chose.
    pub is_saved_directly: bool,
    /// Whether the browser keeps files in memory only.
    pub lacks_files: bool,
}

/// What happened, where, and what to do about it.
#[component]
pub fn Failure(props: &FailureProps) -> Html {
    let error = &props.error;
    let place = [
        ("record", error.record),
        ("line", error.line),
        ("byte", error.byte),
    ];
    let place: Vec<String> = place
        .into_iter()
        .filter_map(|(name, at)| Some(format!("{name} {}", show::number(at?))))
        .collect();
    let (what, advice) = words(props);
    html! {
        <div class="failure">
            <p><strong>{ what }</strong></p>
            <p><bdi>{ show::sentence(&show::visible(&error.message)) }</bdi></p>
            if !place.is_empty() {
                <p class="failure-place">
                    if let Some(file) = &props.file {
                        { "In " }<bdi>{ file }</bdi>{ format!(", at {}.", place.join(", ")) }
                    } else {
                        { format!("At {}.", place.join(", ")) }
                    }
                </p>
            }
            <p>{ advice }{ " No file was kept." }</p>
        </div>
    }
}

fn words(props: &FailureProps) -> (&'static str, String) {
    let (what, advice) = match props.error.code {
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
        ErrorCode::StorageFull => return ("There is not enough room", advice_on_room(props)),
        // Only what is read has bytes that can be named.
        ErrorCode::Io if props.error.byte.is_some() => (
            "A file could not be read",
            "Choose the files again, and export once more.",
        ),
        ErrorCode::Io if props.is_saved_directly => (
            "The chosen file could not be written",
            "Save to another place, or export the usual way.",
        ),
        ErrorCode::Io => (
            "The export was broken off",
            "Reload the page, choose the files again and export once more.",
        ),
    };
    (what, advice.to_owned())
}

fn advice_on_room(props: &FailureProps) -> String {
    let mut ways = Vec::new();
    if props.is_saved_directly {
        ways.push("save to a place with more room");
    } else {
        if can_save_directly() {
            ways.push("save directly, which needs no room in the browser");
        }
        ways.push(if props.lacks_files {
            "use a window that is not private"
        } else {
            "delete earlier exports"
        });
    }
    ways.push("choose gzip or fewer fields");
    show::sentence(&ways.join(", or "))
}
