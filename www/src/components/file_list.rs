//! The chosen files.

use rollcall_core::Size;
use yew::prelude::*;

use super::icon::{Shape, icon};
use crate::show;
use crate::state::{Action, InputFile};

#[derive(Properties, PartialEq)]
pub struct FileListProps {
    pub files: Vec<InputFile>,
    pub onaction: Callback<Action>,
}

/// The files in the order in which they are read.
#[component]
pub fn FileList(props: &FileListProps) -> Html {
    let file = |file: &InputFile| {
        let id = file.id;
        let onclick = props.onaction.reform(move |_| Action::FileRemoved(id));
        html! {
            <li key={id}>
                { icon(Shape::File) }
                <bdi class="file-name">{ show::visible(&file.name) }</bdi>
                <span class="file-size">{ Size(file.size).to_string() }</span>
                <button
                    type="button"
                    class="icon-button"
                    id={format!("remove-file-{id}")}
                    aria-label={format!("Remove file {}", show::foreign(&file.name))}
                    {onclick}
                >
                    { icon(Shape::Cross) }
                </button>
            </li>
        }
    };
    html! {
        if !props.files.is_empty() {
            <ol class="files" aria-label="Chosen files">
                { for props.files.iter().map(file) }
            </ol>
        }
    }
}
