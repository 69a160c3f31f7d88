//! Why an export failed, and what to do next.

use rollcall_core::{Error, ErrorCode};
use yew::prelude::*;

use crate::show;

#[derive(Properties, PartialEq)]
pub struct FailureTextProps {
    pub error: Error,
    /// The file in which it happened, where there are several.
    pub file: Option<AttrValue>,
    /// Whether it ends at the first record that cannot be read.
    pub is_strict: bool,
    /// Whether it wrote into a file that the person chose.
    pub is_saved_directly: bool,
    /// Whether the browser keeps files in memory only.
    pub lacks_files: bool,
    /// Whether the browser can write into a file that the person chooses.
    pub can_save_directly: bool,
}

/// What happened, where, and what to do about it.
#[component]
pub fn FailureText(props: &FailureTextProps) -> Html {
    let (what, advice) = words(props);
    report(
        &props.error,
        props.file.as_ref(),
        what,
        format!("{advice} No file was kept."),
    )
}

/// A failure in words: `file` is named where it is not clear which one is meant.
pub fn report(error: &Error, file: Option<&AttrValue>, what: &str, advice: String) -> Html {
    let place = [
        ("record", error.record),
        ("line", error.line),
        ("byte", error.byte),
    ];
    let place: Vec<String> = place
        .into_iter()
        .filter_map(|(name, at)| Some(format!("{name} {}", show::number(at?))))
        .collect();
    let place = match (file, place.as_slice()) {
        (None, []) => None,
        (None, place) => Some(html! { format!("At {}.", place.join(", ")) }),
        (Some(file), []) => Some(html! { <>{ "In " }<bdi>{ file }</bdi>{ "." }</> }),
        (Some(file), place) => Some(html! {
            <>{ "In " }<bdi>{ file }</bdi>{ format!(", at {}.", place.join(", ")) }</>
        }),
    };
    html! {
        <div class="failure">
            <p><strong>{ what }</strong></p>
            <p><bdi>{ show::sentence(&show::visible(&error.message)) }</bdi></p>
            if let Some(place) = place {
                <p class="failure-place">{ place }</p>
            }
            <p>{ advice }</p>
        </div>
    }
}

fn words(props: &FailureTextProps) -> (&'static str, String) {
    let (what, advice) = match props.error.code {
        ErrorCode::BadRequest => (
            "The request was refused",
            "Change the form and export again.",
        ),
        code @ ErrorCode::BadRecord if props.is_strict => (
            of_file(code).0,
            "Fix the file at that position. A single broken record can also be left out, with “Stop at the first broken record” off.",
        ),
        code @ (ErrorCode::BadEncoding
        | ErrorCode::BadLayout
        | ErrorCode::BadGzip
        | ErrorCode::BadRecord) => of_file(code),
        code @ ErrorCode::RecordTooLarge => (
            of_file(code).0,
            "With “Stop at the first broken record” off, such a record is left out and listed.",
        ),
        ErrorCode::StorageFull => return ("Not enough space", advice_on_room(props)),
        // Only what is read has bytes that can be named.
        code @ ErrorCode::Io if props.error.byte.is_some() => (
            of_file(code).0,
            "Choose the files again, and export once more.",
        ),
        ErrorCode::Io if props.is_saved_directly => (
            "The chosen file could not be written",
            "Save to another location, or use “Export users” instead.",
        ),
        ErrorCode::Io => (
            "The export stopped unexpectedly",
            "Reload the page, choose the files again and export once more.",
        ),
    };
    (what, advice.to_owned())
}

/// What is wrong with a file that cannot be read, and what to do before an export.
pub fn of_file(code: ErrorCode) -> (&'static str, &'static str) {
    match code {
        ErrorCode::BadEncoding => (
            "This does not look like a file of users",
            "Choose a file of users: CSV, NDJSON or JSON.",
        ),
        ErrorCode::BadLayout => (
            "The users could not be found in this file",
            "Answer the question below the chosen files.",
        ),
        ErrorCode::BadGzip => (
            "The compressed data is incomplete or damaged",
            "Download or copy the file again.",
        ),
        ErrorCode::BadRecord => ("The data is not valid", "Fix the file at that position."),
        ErrorCode::RecordTooLarge => ("A record is too large", "Fix the file at that position."),
        ErrorCode::Io | ErrorCode::BadRequest | ErrorCode::StorageFull => {
            ("The file could not be read", "Choose it again.")
        }
    }
}

fn advice_on_room(props: &FailureTextProps) -> String {
    let mut ways = Vec::new();
    if props.is_saved_directly {
        ways.push("save to a location with more space");
    } else {
        if props.can_save_directly {
            ways.push("save directly, which needs no space in the browser");
        }
        ways.push(if props.lacks_files {
            "use a regular (non-private) window"
        } else {
            "delete earlier exports"
        });
    }
    ways.push("turn on gzip or choose fewer fields");
    show::sentence(&ways.join(", or "))
}
