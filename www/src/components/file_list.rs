//! The chosen files.

use rollcall_core::{Error, Size};
use yew::prelude::*;

use super::failure::{of_file, report};
use super::icon::{Glyph, icon};
use super::note::warning;
use crate::show;
use crate::state::inspection::Inspection;
use crate::state::{Action, InputFile};

#[derive(Properties, PartialEq)]
pub struct FileListProps {
    pub files: Vec<InputFile>,
    pub inspection: Option<Inspection>,
    pub onaction: Callback<Action>,
}

/// The files in the order in which they are read, and what is wrong with one of them.
#[component]
pub fn FileList(props: &FileListProps) -> Html {
    let inspection = props.inspection.as_ref();
    let faulty = inspection.and_then(Inspection::faulty_file);
    let users = inspection.map_or(0, Inspection::users);
    let file = |(index, file): (usize, &InputFile)| {
        let id = file.id;
        let fault = faulty.filter(|(faulty, _)| *faulty == index);
        let onclick = props.onaction.reform(move |_| Action::FileRemoved(id));
        html! {
            <li key={id}>
                { icon(Glyph::File) }
                <bdi class="file-name">{ show::visible(&file.name) }</bdi>
                <span class="file-size">{ Size(file.size).to_string() }</span>
                <button
                    type="button"
                    class="icon-button"
                    id={format!("remove-file-{id}")}
                    aria-label={format!("Remove file {}", show::foreign(&file.name))}
                    {onclick}
                >
                    { icon(Glyph::Cross) }
                </button>
                if let Some((_, error)) = fault {
                    { failure(error, users) }
                } else if file.size == 0 {
                    { warning("This file is empty.".into()) }
                }
            </li>
        }
    };
    html! {
        if !props.files.is_empty() {
            <ol class="files" aria-label="Chosen files">
                { for props.files.iter().enumerate().map(file) }
            </ol>
        }
    }
}

/// Why a file cannot be read, and how to export the users that come before the fault.
fn failure(error: &Error, users: u64) -> Html {
    let (what, advice) = of_file(error.code);
    let advice = match users {
        0 => advice.to_owned(),
        users => format!(
            "{advice} To export only {} before the error, set a limit.",
            show::count(users, "user")
        ),
    };
    report(error, None, what, advice)
}
